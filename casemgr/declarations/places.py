"""The names by which the place of an oath shows whether it lies in the United States."""

from __future__ import annotations

import re

# States, territories and commonwealths, in full and as the post office writes them.
AMERICAN = re.compile(
    r"\b(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|"
    r"Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|"
    r"Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New\s+Hampshire|New\s+Jersey|"
    r"New\s+Mexico|New\s+York|North\s+Carolina|North\s+Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|"
    r"Rhode\s+Island|South\s+Carolina|South\s+Dakota|Tennessee|Texas|Utah|Vermont|Virginia|"
    r"Washington|West\s+Virginia|Wisconsin|Wyoming|Columbia|Puerto\s+Rico|Guam|Virgin\s+Islands|"
    r"Samoa|Mariana|United\s+States|U\.?S\.?A?\.?|D\.?\s?C\.?|"
    r"A[KLRSZ]|C[AOT]|DE|FL|GA|GU|HI|I[ADLN]|K[SY]|LA|M[ADEINOPST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|"
    r"T[NX]|UT|V[AIT]|W[AIVY])\b|N\.Y\.|N\.J\.|Mass\.|Cal(?:if)?\.|Md\.|Va\.|Pa\.|Ill\.|Tex\.|Fla\."
)
FOREIGN = re.compile(
    r"\b(?:Canada|Ontario|Qu[eé]bec|British\s+Columbia|Alberta|Manitoba|Nova\s+Scotia|Mexico|M[eé]xico|"
    r"Guatemala|Honduras|El\s+Salvador|Nicaragua|Costa\s+Rica|Panam[aá]|Colombia|Venezuela|Ecuador|"
    r"Per[uú]|Bolivia|Chile|Argentina|Brazil|Brasil|Uruguay|Paraguay|Cuba|Haiti|Dominican\s+Republic|"
    r"Jamaica|Trinidad|Bahamas|Barbados|Belize|England|United\s+Kingdom|U\.?K\.?|Scotland|Wales|Ireland|"
    r"France|Germany|Spain|España|Portugal|Italy|Netherlands|Belgium|Luxembourg|Switzerland|Austria|"
    r"Denmark|Sweden|Norway|Finland|Iceland|Poland|Czech\w*|Slovak\w*|Hungary|Romania|Bulgaria|Greece|"
    r"Turkey|Türkiye|Ukraine|Russia|Belarus|Lithuania|Latvia|Estonia|Serbia|Croatia|Slovenia|Bosnia|"
    r"Albania|Kosovo|Cyprus|Malta|Israel|Palestine|Lebanon|Syria|Jordan|Iraq|Iran|Kuwait|Bahrain|Qatar|"
    r"Saudi\s+Arabia|United\s+Arab\s+Emirates|Yemen|Oman|Egypt|Libya|Tunisia|Algeria|Morocco|Sudan|"
    r"Ethiopia|Somalia|Kenya|Uganda|Tanzania|Rwanda|Nigeria|Ghana|Senegal|Liberia|Cameroon|Angola|"
    r"South\s+Africa|Zimbabwe|Zambia|Mozambique|Afghanistan|Pakistan|India|Bangladesh|Nepal|Sri\s+Lanka|"
    r"China|Hong\s+Kong|Taiwan|Japan|Korea|Mongolia|Vietnam|Thailand|Cambodia|Laos|Myanmar|Burma|"
    r"Malaysia|Singapore|Indonesia|Philippines|Australia|New\s+Zealand|Fiji|London|Paris|Berlin|"
    r"Madrid|Toronto|Vancouver|Montr[eé]al|Tijuana|Geneva|Tokyo|Baghdad|Kabul)\b"
)
