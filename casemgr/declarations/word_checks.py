"""Checks of what is said: by whom, from what knowledge, and whether it belongs in a declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casemgr.declarations.findings import change, found, sentences
from casemgr.declarations.given import Given
from casemgr.declarations.paper import Finding, Fix, Paper

_SAID = (
    r"(?:told|said|says|stated|states|informed|announced|advised|explained|confirmed|indicated|"
    r"mentioned|replied|promised|assured|claimed|reported|acknowledged|admitted|suggested|"
    r"discussed|spoke|talked|cited|responded|insisted|represented|conversation|(?:tele)?phone\s+call|"
    r"conference\s+call|communicat\w+)"
)
_OFFICE = (
    r"(?:official|officer|employee|representative|agent|spokes(?:man|woman|person)|staffer|"
    r"staff\s+member|supervisor|analyst|source|clerk|caller|administrator|operator)"
)
_UNNAMED = re.compile(
    rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ss]ome|[Ss]everal|[Tt]wo|[Aa]n?\s+unnamed|[Uu]nidentified|[Cc]ertain|[Vv]arious)"
    rf"\s+(?:(?!(?:of|the|an?|until|when|that|and|to|by|with|for|from|in|at|on|hours?|days?|weeks?)\b)[\w.&/'’-]+\s+){{0,4}}?{_OFFICE}s?\b(?!\s+(?:named|who\s+identified|by\s+the\s+name)\b)"
    rf"|\b(?:(?:[A-Z][\w.&/-]*|and|or|the)\s+){{1,8}}{_OFFICE}s\b|\b{_OFFICE}s\s+(?:at|of|from|with)\s+[A-Z]\w*"
    r"|\b(?:[Ss]omebody|[Ss]omeone)\b(?!\s+else\b)"
)
_AGAIN = re.compile(rf"\b[Tt]he\s+(?:same\s+)?{_OFFICE}s?\b")
_NAMED = re.compile(r"\b[A-Z][a-z]+\s+(?:[A-Z]\.\s+)?[A-Z][a-z]{2,}\b")
_BASIS = re.compile(
    r"personal(?:ly)?\s+(?:know\w*|famil\w+|aware|observ\w+|experienc\w+)|first-?\s?hand|own\s+knowledge|"
    r"I\s+make\s+this\s+\w+\s+from|(?:keep|kept)\s+(?:the|its|our)\s+(?:files?|records?)|(?:based|basis)\s+(?:up)?on|on\s+the\s+basis\s+of|rests?\s+on|my\s+(?:review|knowledge|experience|observations?|records|work|conversations?|"
    r"communications?|notes)|(?:made\s+available|provided|known)\s+to\s+me|official\s+(?:capacity|duties)|"
    r"familiar\s+with|I\s+(?:have\s+)?(?:personally\s+)?(?:reviewed|attended|participated|observed|saw|"
    r"witnessed|heard|read|received|discussed|searched|wrote|sent|conducted|examined|spoke|met|kept|"
    r"represent|prepared|supervise|made|took|mailed|served|visited|compiled|submitted|asked|wrote|looked\s+(?:at|through)|"
    r"(?:tele)?phoned|called|e-?mailed|measured|photographed|filed|signed|told|handed|opened)|\bmyself\b|"
    r"attorney\s+(?:for|with|at|representing|in)|Assistant\s+United\s+States\s+Attorney|counsel\s+(?:for|to|of)|"
    r"I\s+(?:am|was)\s+(?:present|over|the\s+plaintiff|a\s+plaintiff|one\s+of)|conocimiento",
    re.IGNORECASE,
)
_BELIEF = re.compile(
    r"\b(?:up)?on\s+information\s+and\s+belief\b|\binformation\s+and\s+belief\b|"
    r"\bto\s+the\s+best\s+of\s+my\s+(?:knowledge,?\s+)?(?:information,?\s+)?(?:and\s+)?belief\b",
    re.IGNORECASE,
)
_STATUTE = re.compile(
    r"\b(\d{1,2})\s+U\.?\s?S\.?\s?C\.?(?:A\.?)?\s*(?:§{1,2}|Sec(?:tion|\.)|[Ss]s\.?|\?)?\s*(\d+\w*)"
)
# What a declaration about a request cannot do without naming.
_OF_THE_MATTER = {("5", "552"), ("5", "552a"), ("28", "1746"), ("5", "552b")}
_DECISION = re.compile(
    r"\b\d{1,4}\s+(?:U\.\s?S\.|S\.\s?Ct\.|F\.\s?(?:2d|3d|4th)|F\.\s?Supp\.(?:\s?[23]d)?|L\.\s?Ed\.)\s+\d{1,4}\b"
    r"|\b\d{4}\s+WL\s+\d{4,}|\b[A-Z][\w.’']+(?:\s+[\w.&’']+){0,5}\s+v\.\s+[A-Z][\w.’' ]{2,60},\s+\d"
)
_REPORTERS = (" v. ", "F.", "U.S.", "U. S.", "S. Ct.", "WL", "L. Ed.")
_ARGUMENT = re.compile(
    r"\b(?:unlawful(?:ly)?|illegal(?:ly)?|in\s+violation\s+of|violat(?:es|ed|ing)\s+(?:the\s+)?(?:law|FOIA|Act|"
    r"Constitution|statute|Freedom)|as\s+a\s+matter\s+of\s+law|in\s+bad\s+faith|arbitrar(?:y|ily)\s+and\s+"
    r"capricious\w*|without\s+(?:any\s+)?legal\s+(?:basis|justification|authority)|"
    r"(?:plaintiffs?|defendants?|we|they)\s+(?:are|is)\s+entitled\s+to|frivolous|the\s+[Cc]ourt\s+should|"
    r"clearly\s+(?:erroneous|improper|inadequate|failed|violat\w+)|unconstitutional(?:ly)?)\b",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\bI\s+am\s+(?:currently\s+|also\s+)?(?:employed\s+(?:as|by)|the|an?|assigned)\b[^.]{0,200}?(?:FOIA|Freedom\s+of\s+"
    r"Information|Disclosure|Records?|Information\s+(?:Review|Management|and)|Privacy|Department|Agency|"
    r"Bureau|Division|Office\s+of)",
)
_CITATIONS = (
    (re.compile(r"\bU\.S\.C(?=\s*§|\s+\d)"), "U.S.C."),
    (re.compile(r"(?<=\d\s)USC(?=\s*§|\s+\d)"), "U.S.C."),
    (re.compile(r"\bU\.\sS\.\sC\.(?=\s*§|\s+\d)"), "U.S.C."),
    (re.compile(r"\bC\.F\.R(?=\s*§|\s+\d)"), "C.F.R."),
    (re.compile(r"\bFed\.?\s+R\.?\s+Civ\.?\s+P(?=\s+\d)"), "Fed. R. Civ. P."),
    (re.compile(r"\bFed\sR\sCiv\sP\b\.?"), "Fed. R. Civ. P."),
    (re.compile(r"\bF\.Supp\.(?=\s?\d)"), "F. Supp. "),
)
_CITED_AS = ("S.C", "USC", "S. C", "C.F.R", "Fed", "F.Supp")
_NO_SIGN = re.compile(r"(?<=U\.S\.C\.\s)(?=\d)")
_IDENTIFIERS = (
    (re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])"), "a full Social Security number", ("-",)),
    (
        re.compile(
            r"\b(?:SSN|[Ss]ocial\s+[Ss]ecurity\s+(?:[Nn]umber|[Nn]o\.?|#))\W{0,4}(?:is\s+)?\d{9}\b"
        ),
        "a full Social Security number",
        ("SSN", "ocial"),
    ),
    (
        re.compile(r"\bA[\s#-]{0,2}\d{2,3}[-\s]\d{3}[-\s]\d{3}\b|\bA\s?#?\s?\d{8,9}\b"),
        "a full A-number",
        ("A",),
    ),
    (
        re.compile(
            r"\b(?:[Dd]ate\s+of\s+[Bb]irth|DOB|(?:was\s+|is\s+)?[Bb]orn(?:\s+on)?)\W{1,3}(?:is\s+|on\s+)?"
            r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+"
            r"\d{1,2},?\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4})"
        ),
        "a full date of birth",
        ("irth", "orn", "DOB"),
    ),
    (
        re.compile(
            r"\b(?:[Aa]ccount|[Aa]cct\.?|[Cc]ard)\s+(?:[Nn]umber|[Nn]o\.?|#)\W{0,3}(?:is\s+)?"
            r"(?:\d[ -]?){7,}\d\b"
        ),
        "a full account number",
        ("ccount", "cct", "ard"),
    ),
    (
        re.compile(r"(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)"),
        "a full card number",
        ("0", "1", "2", "3", "4", "5"),
    ),
    (
        re.compile(
            r"\b(?:minor\s+(?:child|son|daughter)|(?:\d{1,2}|\w+)-year-old\s+(?:son|daughter|child|boy|girl|niece|"
            r"nephew|brother|sister))\s*,?\s+(?:named\s+|is\s+)?[A-Z][a-z]{2,}(?:\s+[A-Z][a-z]+)?"
        ),
        "a child's name",
        ("minor", "year-old"),
    ),
)
_SCANNER = re.compile(
    r"[Hh]andwritten\s+signature|signature\s+(?:is\s+)?(?:written|positioned)|[Tt]he\s+(?:image|picture|photo(?:graph)?)\s+"
    r"(?:shows|contains|depicts|displays)|\[(?:illegible|unreadable|handwritten|stamp|seal|signature|image)[^\]]*\]|\ufffd|"
    r"written\s+in\s+(?:dark|black|blue)\s+ink|\b(?:0f|0n|tbe|tlie|wbich|aud\s+the|l\s+declare|1\s+declare)\b"
)


def unnamed_speaker(given: Given) -> Iterator[Finding]:
    """Find what somebody without a name is said to have said."""
    paper = given.paper
    open_question = False  # somebody was left unnamed: "the official" is the same one
    for position, para in enumerate(paper.paragraphs):
        who = None
        for _, sentence in sentences(para.text):
            if not re.search(rf"\b{_SAID}\b", sentence):
                continue
            unnamed = _UNNAMED.search(sentence)
            if unnamed and not _is_named(sentence, unnamed):
                who = who or unnamed[0]
                open_question = True
            elif open_question and (again := _AGAIN.search(sentence)):
                who = who or again[0]
        if who:
            says = f"“{who.strip()}” is not named, and is said to have spoken."
            yield found("unnamed-speaker", says, paper, position)


def _is_named(sentence: str, unnamed: re.Match[str]) -> bool:
    after = sentence[unnamed.end() : unnamed.end() + 60]
    return bool(
        re.match(
            r"[\s,(]+(?:(?:named|called|identified\s+as)\s+)?(?:Mr\.|Ms\.|Mrs\.|Dr\.)?\s*"
            + _NAMED.pattern,
            after,
        )
    )


def no_basis(given: Given) -> Iterator[Finding]:
    """Find a paper that nowhere says how the declarant knows."""
    paper = given.paper
    words = " ".join([paper.opening, *(each.text for each in paper.paragraphs)])
    if len(paper.paragraphs) > 1 and not _BASIS.search(words):
        yield found("no-basis-of-knowledge", "Nothing says how the declarant knows what is stated.")


def belief(given: Given) -> Iterator[Finding]:
    """Find statements on information and belief."""
    paper = given.paper
    for position, para in enumerate(paper.paragraphs):
        if said := _BELIEF.search(para.text):
            says = f"“{said[0]}” is not personal knowledge."
            yield found("information-and-belief", says, paper, position)
    if said := _BELIEF.search(f"{paper.opening} {paper.jurat_text}"):
        yield found("information-and-belief", f"The oath rests on “{said[0]}”.")


def argument_or_law(given: Given) -> Iterator[Finding]:
    """Find argument and citations of law; an agency's account of its exemptions is left alone."""
    paper = given.paper
    agency = bool(_AGENCY.search(" ".join(each.text for each in paper.paragraphs[:3])))
    for position, para in enumerate(paper.paragraphs):
        what = _cited_law(para.text, agency)
        argued = None if agency else _ARGUMENT.search(para.text)
        if what:
            says = f"“{what}” is law: a declaration of facts leaves it to the memorandum."
            yield found("argument-or-law", says, paper, position)
        elif argued and not _in_quotation(para.text, argued.start()):
            yield found("argument-or-law", f"“{argued[0]}” is argument.", paper, position)


def _cited_law(text: str, agency: bool) -> str:
    if any(hint in text for hint in _REPORTERS) and (decision := _DECISION.search(text)):
        return decision[0]
    if agency:
        return ""
    for each in _STATUTE.finditer(text):
        if (each[1], each[2]) not in _OF_THE_MATTER:
            return each[0]
    return ""


def _in_quotation(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def citation_form(given: Given) -> Iterator[Finding]:
    """Find citations with a wrong stop or space."""
    # Where no § stands anywhere, the program that read the page lost them all.
    has_sign = "§" in given.paper.closing + "".join(each.text for each in given.paper.paragraphs)
    paper = given.paper
    for position, para in enumerate(paper.paragraphs):
        if not any(hint in para.text for hint in _CITED_AS):
            continue
        for pattern, good in _CITATIONS:
            for wrong in pattern.finditer(para.text):
                if wrong[0] != good:
                    yield _citation(paper, position, wrong, good)
        for place in _NO_SIGN.finditer(para.text) if has_sign else ():
            says = f"“{para.text[max(0, place.start() - 9) : place.start() + 4]}” lacks the sign §."
            fix = change(paper, position, place.start(), place.start(), "§ ")
            yield found("citation-form", says, paper, position, replacement=fix)


def _citation(paper: Paper, position: int, wrong: re.Match[str], good: str) -> Finding:
    replacement: Fix = change(paper, position, wrong.start(), wrong.end(), good)
    says = f"“{wrong[0]}” is usually written “{good.strip()}”."
    fix = f"Write {good.strip()}"
    return found("citation-form", says, paper, position, fix=fix, replacement=replacement)


def identifiers(given: Given) -> Iterator[Finding]:
    """Find what Fed. R. Civ. P. 5.2 lets nobody file in full."""
    paper = given.paper
    for position, para in enumerate(paper.paragraphs):
        for pattern, what, hints in _IDENTIFIERS:
            if any(hint in para.text for hint in hints) and pattern.search(para.text):
                says = f"In {para.name} there is what looks like {what}."
                yield found("personal-identifier", says, paper, position)


def scanner_text(given: Given) -> Iterator[Finding]:
    """Find words that a machine may have put there."""
    paper = given.paper
    for position, para in enumerate(paper.paragraphs):
        if seen := _SCANNER.search(para.text):
            says = f"“{seen[0]}” may be a machine's words or a misread line."
            yield found("suspected-scanner-text", says, paper, position)
    if seen := _SCANNER.search(paper.closing):
        says = f"“{seen[0]}”, beside the signature, may be a machine's words."
        yield found("suspected-scanner-text", says)


def stale(given: Given) -> Iterator[Finding]:
    """Find paragraphs written from a fact that the record has changed since."""
    paper, against = given.paper, given.against
    for each in against.changed if against is not None else ():
        now = f" It is now: {each.now}." if each.now else ""
        says = f"{each.what} was changed after this paragraph was written.{now}"
        yield found("stale-fact", says, paper, each.position)


WORD_CHECKS = (
    unnamed_speaker,
    no_basis,
    belief,
    argument_or_law,
    citation_form,
    identifiers,
    scanner_text,
    stale,
)
