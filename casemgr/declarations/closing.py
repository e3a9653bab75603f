"""The end of a paper: its oath, the day and place of execution, and the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from casemgr.declarations.dates import MONTHS, DateSeen, dates_in
from casemgr.declarations.lines import Line
from casemgr.declarations.paper import Jurat
from casemgr.declarations.places import AMERICAN

_OATH = re.compile(
    r"(?:under|subject\s+to|on)\s+(?:the\s+)?(?:pains?\s+and\s+)?penalt(?:y|ies)\s+(?:of|for)\s+perjury"
    r"|under\s+penalties\s+(?:of|for)\s+perjury|under\s+penalties\s+as\s+provided\s+by\s+law|bajo\s+(?:pena|protesta)\s+de\s+perjurio"
    r"|under\s+penalty\s+of\s+law|under\s+oath|duly\s+sworn|sworn\s+(?:to\s+)?(?:and\s+subscribed|before)"
    r"|subscribed\s+and\s+sworn|swear\s+(?:or\s+affirm\s+)?(?:that\s+)?the",
    re.IGNORECASE,
)
MOST_ANCHORS = 2_000  # no paper has more; a text made to stall a reader might
# What ends a paper; each begins a sentence or a line.
ANCHOR = re.compile(
    r"(?:(?<=[.;!?”\"\n])|^)\s*(?P<all>"
    r"(?:(?:Pursuant|In\s+accordance|Under|Subject)[^.\n]{0,90}(?:U\.?\s?S\.?\s?C|Code)[^\n]{0,60},?\s*)?"
    r"(?:(?:WHEREFORE|Wherefore|THEREFORE|Therefore|ACCORDINGLY|Accordingly),?\s+)?"
    # The first verb counts: to try each later one too would take a hostile text's reader minutes.
    r"(?:(?:I|and\s+I|the\s+undersigned),?\s+"
    r"(?>(?:[^.;]{0,90}?\s)?(?:declare|certify|verify|state|affirm|swear|attest)s?)"
    r"[^.;]{0,350}?(?:penalt(?:y|ies)|1746)"
    r"|Declaro\s+bajo|(?:Signed|Executed|Subscribed|Dated|DATED|Date:|EXECUTED|Ejecutado|Fechado)"
    r"\s*(?:[:,]|on\b|this\b|under\b|at\b|in\b|the\b|by\b|and\b|en\b|el\b)"
    r"|(?:SUBSCRIBED|Sworn|SWORN|Subscribed)\s+(?:AND|and|to|TO|before|BEFORE)"
    r"|(?:FURTHER|Further),?\s+(?:the\s+)?(?:AFFIANT|affiant|declarant|DECLARANT|I\s+say)"
    rf"|[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}}, [A-Z][A-Za-z. ]{{1,20}}\n\s*(?:{'|'.join(MONTHS)})"
    r" \d{1,2},? \d{4}(?=\s*\n)"
    r"|Under\s+(?:the\s+)?penalt|/\s?[sS]\s?/|s/\s?[A-Z]|_{6,}))",
)
_STATUTE = re.compile(
    r"\b(?:declare|certify|verify|state)s?\b[^.]{0,160}?\bunder\s+(?:the\s+)?penalt(?:y|ies)\s+of\s+perjury\b"
    r"[^.]{0,200}?\bthat\b[^.]{0,120}?\b(?:foregoing|above)\b[^.]{0,120}?\btrue\s+and\s+correct\b",
    re.IGNORECASE | re.DOTALL,
)
_SPANISH = re.compile(
    r"declaro\s+bajo\s+(?:pena|protesta)\s+de\s+perjurio[^.]{0,200}?(?:anterior|precede)[^.]{0,80}?"
    r"(?:verdadero|verdad|cierto)",
    re.IGNORECASE,
)
_AMERICAN_LAW = re.compile(
    r"laws?\s+of\s+(?:the\s+(?:State|Commonwealth)\s+of\s+[\w ]{4,20}\s+and\s+(?:of\s+)?)?the\s+"
    r"United\s+States|leyes\s+de\s+(?:los\s+)?Estados\s+Unidos",
    re.IGNORECASE,
)
_STATE_LAW = re.compile(
    r"laws?\s+of\s+(?:the\s+(?:State|Commonwealth)\s+of\s+)?(?!the\s+United)[A-Z]"
)
_EXECUTED = re.compile(
    r"(?:Executed|EXECUTED|Signed|SIGNED|Dated|DATED|Date|DATE|Subscribed|Affirmed|Ejecutado|Fechado|"
    r"Sworn\s+to|sworn\s+to|Declared|executed|signed|affirm\s+this|Fecha)\b"
)
_PLACE_FIRST = re.compile(
    r"(?:Dated|DATED|Executed|EXECUTED|Signed)\s*:?\s*(?:at|in|AT|IN)?\s*:?\s*"
    r"(?P<place>[A-Z][A-Za-z.'’ \-]+(?:,\s*[A-Z][A-Za-z.'’ ]*)+)\s*[,;.]?\s*"
    r"(?:on\s+|this\s+|the\s+)*\s*$"
)
_PLACE_AFTER = re.compile(
    r"^[\s,.;]*(?:\d{4}[\s,.;]*)?(?:at|in|from|AT|IN|en)\s*:?\s+(?:the\s+City\s+of\s+)?"
    r"(?P<place>[A-ZÁÉÍÓÚÑ][\w.'’\-]*(?:[ ,]+(?:[A-ZÁÉÍÓÚÑ][\w.'’\-]*|of|de|del|la))*)"
)
_PLACE_BARE = re.compile(
    r"^[\s,]*(?P<place>[A-Z][a-z.'’\-]+(?: [A-Z][a-z.'’\-]+)*,\s*"
    r"(?:[A-Z][A-Z.]{1,4}|[A-Z][a-z]+(?: [A-Z][a-z]+)*))\s*$"
)
_TOWN = rf"(?P<place>[A-Z][a-z.'’\-]+(?: [A-Z][a-z.'’\-]+){{0,2}},\s*(?:{AMERICAN.pattern}))"
_CITY_AND_STATE = re.compile(rf"^[\s,]*{_TOWN}(?=[\s,]|$)")
_CITY_AND_STATE_LAST = re.compile(rf"(?<=\.\s){_TOWN}$")
_SIGNED = re.compile(
    r"(?:/\s?[sS5]\s?/|^\s*/[sS]\s+(?=[A-Z])|\bs/\s?(?=[A-Z])|\[?\(?\b(?:signed|signature(?:\s+on\s+file)?)\b\)?\]?\s*(?:by\s*)?:?\s*$|[(\[](?:signed|signature)[)\]]|"
    r"(?:digitally|electronically)\s+signed|docusigned|handwritten\s+signature|signature\s+(?:in|of|that)\s)",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Closing:
    """What ends a paper."""

    text: str
    jurat: Jurat
    jurat_text: str
    executed_on: date | None
    executed_at: str
    signed: bool


def closing_starts(text: str, floor: int) -> int | None:
    """Return where the end of a paper begins: the first such place a date or signature follows."""
    anchors = (each for each in ANCHOR.finditer(text) if each.start("all") >= floor)
    found = list(islice(anchors, MOST_ANCHORS))
    for at, each in enumerate(found):
        after = text[each.start("all") : each.start("all") + 1500]
        if _ends(each["all"], after, at == len(found) - 1):
            return each.start("all")
    return None


def _ends(begins: str, after: str, last: bool) -> bool:
    oath = bool(re.search(r"penalt|perjur", begins + after[:200], re.IGNORECASE))
    executed = bool(_EXECUTED.match(begins))
    if re.match(r"(?:Signed|Executed|Dated|Date)", begins) and not dates_in(after[:160]):
        return bool(re.search(r"_{3,}", after[:160])) or (last and oath)
    number_follows = re.search(r"\n\s*\d{1,3}[.)]\s+[A-Z]", after[:700])
    if oath and not number_follows:
        return True
    if executed or re.match(r"/|s/|_|[A-Z][a-z ]+,", begins):
        return not number_follows
    return last and not number_follows


def read_closing(text: str, opening: str, declarant: str) -> Closing:
    """Read the end of a paper; the oath may stand in its opening instead."""
    jurat, words = _jurat(text, opening)
    when, where = _executed(text)
    where = _without_signer(where, declarant)
    return Closing(
        text=text,
        jurat=jurat,
        jurat_text=words,
        executed_on=when.first if when is not None else None,
        executed_at=where,
        signed=_is_signed(text, declarant),
    )


def _jurat(text: str, opening: str) -> tuple[Jurat, str]:
    for part in (text, opening):
        found = _STATUTE.search(part) or _SPANISH.search(part)
        if found:
            words = _sentence(part, found.start(), found.end())
            if _AMERICAN_LAW.search(words):
                return Jurat.OUTSIDE, words
            if _STATE_LAW.search(words):
                return Jurat.REWORDED, words
            return Jurat.INSIDE, words
    for part in (text, opening):
        if found := _OATH.search(part):
            return Jurat.REWORDED, _sentence(part, found.start(), found.end())
    return Jurat.MISSING, ""


def _sentence(text: str, start: int, end: int) -> str:
    before = max(
        text.rfind(". ", 0, start), text.rfind("\n\n", 0, start), text.rfind(".\n", 0, start)
    )
    # "28 U.S.C. § 1746" has stops of its own.
    while before > 0 and re.search(
        r"\b(?:[A-Z]|Sec|No|Mr|Ms|Dr)\.?$", text[max(0, before - 4) : before]
    ):
        before = text.rfind(". ", 0, before)
    after = re.search(r"[.:]\s+(?![§\d\s])|[.:]$|\n\n", text[end:])
    until = end + (after.start() + 1 if after else min(len(text) - end, 200))
    return re.sub(r"\s+", " ", text[max(0, before + 1) : until]).strip(" .,:") + "."


def _executed(text: str) -> tuple[DateSeen | None, str]:
    """Return the day and the place of execution."""
    seen = [each for each in dates_in(text) if each.exact]
    said = [each.start() for each in _EXECUTED.finditer(text)]
    best: tuple[int, DateSeen] | None = None
    for each in seen:
        before = [at for at in said if at <= each.start]
        far = each.start - before[-1] if before else 1000 + each.start
        if best is None or far < best[0]:
            best = (far, each)
    if best is None:
        return None, _place(text, None, said)
    return best[1], _place(text, best[1], said)


def _place(text: str, day: DateSeen | None, said: Sequence[int]) -> str:
    if day is None:
        found = next((_PLACE_AFTER.search(text[at:][10:]) for at in said), None)
        return _tidy(found["place"]) if found else ""
    start = max((at for at in said if at <= day.start), default=max(0, day.start - 80))
    before, after = text[start : day.start], text[day.end : day.end + 120]
    before = re.sub(r"\s+", " ", re.sub(r"(?:on|this|the|,)\s*$", "", before.rstrip()))
    if found := _PLACE_FIRST.search(before):
        return _tidy(found["place"])
    if found := re.search(
        r"\b(?:at|in|en)\s+([A-Z][\w.'’ ,\-]+?)\s*,?\s*(?:on|this|el)?\s*$", before
    ):
        return _tidy(found[1])
    if found := _PLACE_AFTER.match(after):
        return _tidy(found["place"])
    above = text[: day.start].rstrip(" ,\n").split("\n")[-1].strip()
    if found := _PLACE_BARE.match(above) or _CITY_AND_STATE_LAST.search(above):
        return _tidy(found["place"])
    for line in after.split("\n")[:3]:
        if found := _PLACE_BARE.match(line) or _CITY_AND_STATE.match(line):
            return _tidy(found["place"])
    return ""


def _tidy(place: str) -> str:
    tidy = re.sub(r"\s+", " ", place.split("\n")[0]).strip(" ,;:_")
    tidy = re.split(r"\s+(?:By|Signature|Name|Respectfully|I)\b", tidy)[0]
    return tidy if re.search(r"\b[A-Z]\.$|D\.C\.$", tidy) else tidy.strip(" .,")


def _without_signer(place: str, declarant: str) -> str:
    """Cut a place where a text without lines goes straight on to who signs."""
    at = place.casefold().find(declarant.casefold()) if declarant else -1
    return _tidy(place[:at]) if at > 0 else place


def _is_signed(text: str, declarant: str) -> bool:
    found = _SIGNED.search(text)
    if not found:
        return False
    # "/s/" of the notary or of counsel below does not sign for the declarant.
    near = text[found.start() : found.start() + 160]
    return not re.search(r"notary|attorneys?\s+for", near, re.IGNORECASE) or bool(
        declarant and declarant.split()[-1].casefold() in near.casefold()
    )


def signature_alone(lines: Sequence[Line], declarant: str) -> bool:
    """Say whether the page that bears the signature has nothing else of the paper on it."""
    surname = declarant.split()[-1].casefold() if declarant else ""
    at = next(
        (
            n
            for n in range(len(lines) - 1, -1, -1)
            if surname and surname in lines[n].text.casefold()
        ),
        None,
    )
    if at is None or lines[at].page == 1:
        return False
    page = [each.text for each in lines if each.page == lines[at].page]
    return all(_belongs_to_signature(each, surname) for each in page)


def _belongs_to_signature(line: str, surname: str) -> bool:
    if surname in line.casefold() or _EXECUTED.match(line) or dates_in(line) or "_" in line:
        return True
    return len(line.split()) <= 8 and not re.search(r"[.?!]$", line) and not _OATH.search(line)
