"""What the sentence around a date tells: a life, a law of another day, a step of the case."""

from __future__ import annotations

import re

from casemgr.declarations.given import Dated

# A life, a law or a paper of another day may be as old as it likes.
OF_OLD = re.compile(
    r"\b(?:Act|Executive\s+Order|E\.O\.|Pub(?:lic|\.)\s+L|Fed\.\s+Reg|Federal\s+Register|enacted|"
    r"amended|Attorney\s+General|Memorandum\s+(?:from|of|for)|born|graduat\w+|degree|admitted|B\.A\.|"
    r"J\.D\.|founded|established|created|incorporated|since|retired|career|law\s+school|licensed|"
    r"September\s+11|promulgated|adopted|statute|regulation|F\.\d|F\.\s?Supp|U\.S\.C|C\.F\.R|"
    r"began\s+(?:my|work)|joined|served|employed|worked|held|appointed|previously|formerly|prior\s+to|"
    r"history|historical|records?\s+(?:from|dating|created|dated|of)|created\s+(?:on|between)|"
    r"time\s*frame|date\s+range|between|from\s+\w+\s+\d)\b",
    re.IGNORECASE,
)
LIFE = re.compile(
    r"\b(?:graduat\w+|degree|admitted|B\.A|J\.D|law\s+school|licensed|born|career|employed|worked|"
    r"served\s+as|joined|began\s+(?:my|work)|prior\s+to|previously|formerly|before\s+(?:joining|"
    r"becoming|that|my)|assigned|held|appointed|retired|position|practic\w+|hired|member|resid\w+|"
    r"lived|moved|married|arrived|was\s+(?:a|an|the))\b",
    re.IGNORECASE,
)
SINCE = re.compile(
    r"\b(?:I\s+(?:have\s+(?:been|served|worked|held|acted|directed|led)|am|was\s+(?:appointed|named|"
    r"hired|promoted|assigned|elected|selected)|became|joined|assumed|began|started|took|serve|hold)"
    r"|(?<!can )(?<!may )(?<!must )(?<!could )(?<!should )(?<!would )have\s+(?:been|served|worked|"
    r"held|done\s+so)|held\s+(?:this|that|the)\s+(?:\w+\s+)?position|in\s+this\s+"
    r"(?:position|capacity|role)\s+since)\b[^.;]*?"
    r"\b(?:since|effective|on|in|as\s+of|from)\s+(?:about\s+|approximately\s+|or\s+about\s+)?$",
    re.IGNORECASE,
)
OWN_DEED = re.compile(
    r"\b(?:I|[Ww]e)\s+(?:also\s+|then\s+|personally\s+|again\s+)?(?:discussed|participated|received|"
    r"attended|met|spoke|wrote|sent|called|observed|saw|witnessed|heard|submitted|requested|"
    r"telephoned|e-?mailed|asked|visited|took|mailed|filed|searched|conducted|signed|told|learned|"
    r"informed|interviewed|contacted|responded|informed|emailed|testified|traveled|watched)\b"
)


def is_a_step(each: Dated) -> bool:
    """Say whether the sentence tells a step of the case: a letter, a request, a receipt."""
    return bool(
        re.search(
            r"\b(?:[Bb]y\s+letter|letter\s+dated|request\s+dated|dated|received|submitted|sent|"
            r"acknowledg\w+|responded|appeal\w*|[Oo]n)\b[^.]{0,40}$",
            each.before,
        )
        and not LIFE.search(each.sentence)
        and not re.search(r"\bAct\b|Order\b|Reg\b|enacted|records\s+from|F\.\d", each.sentence)
    )
