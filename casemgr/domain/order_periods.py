"""Periods that a court sets in its own sentences: from a paper, an order, or to a hearing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casemgr.domain.docket_days import (
    COUNT,
    LONG,
    Awaited,
    again_in,
    number_in,
    owner_in,
    passage,
    thing_in,
)
from casemgr.domain.order_sentences import ACTS, BEFORE, MUST, WHO

_AWAITED = re.compile(
    r"(?P<what>[A-Z][\w'’-]*(?: [\w'’,-]+){0,8}?),? (?:(?:is|are|shall be|will be) )?"
    rf"(?:due|(?:shall|must) be (?:filed|served))(?: (?:{BEFORE}|by|within))? {COUNT}"
    r" (?P<business>business |court )?(?:calendar )?(?P<unit>day|week|month)s?"
    r" (?:after|following|from|of)(?: the date of| the)? "
    r"(?P<act>service|filing|entry|receipt|decision) (?:of|on)(?: the| any)? "
    r"(?P<of>[^.;,()]{3,80})",
)
# Counted from the order itself: `shall file a report within 14 days of the date of this Order`.
_FROM_HERE = re.compile(
    rf"{WHO}{MUST} (?P<what>{ACTS}\b[^.:;]{{0,160}}?),? (?:{BEFORE}|by|within) {COUNT}"
    r" (?P<business>business |court )?(?:calendar )?(?P<unit>day|week|month)s? "
    r"(?:after|following|from|of) (?:the )?(?:(?:date|entry|filing|issuance) of )?"
    r"(?P<of>this [Oo]rder)"
)
# Counted to a hearing: `Pretrial memoranda are due seven days before the conference`.
_TO_A_HEARING = (
    rf"(?:at least |not less than )?{COUNT} (?P<business>business |court )?(?:calendar )?"
    r"(?P<unit>day|week|month)s? (?P<way>before|prior to|in advance of|after|following)"
    r"(?: the (?:date|start|beginning) of)?(?: the| that| such)? "
    r"(?P<of>(?!(?:each|every|any|all) )(?:[A-Za-z-]+ ){0,4}?"
    r"(?i:trial|hearing|conference|argument))\b"
)
_HEARINGS = (
    re.compile(
        r"(?P<what>[A-Z][\w'’-]*(?: [\w'’,-]+){0,8}?),? (?:(?:is|are|shall be|will be) )?"
        rf"(?:due|(?:shall|must) be (?:filed|served|submitted))(?: (?:{BEFORE}|by|within))? "
        rf"{_TO_A_HEARING}"
    ),
    re.compile(
        rf"{WHO}{MUST} (?P<what>{ACTS}\b[^.:;]{{0,160}}?),? "
        rf"(?:(?:{BEFORE}|by|within) )?{_TO_A_HEARING}"
    ),
    re.compile(
        rf"(?i:{BEFORE}|by|within)? ?(?i:{_TO_A_HEARING}),? (?:the )?{WHO}{MUST} "
        rf"(?P<what>{ACTS}\b[^.:;]{{0,160}})"
    ),
)


def periods(text: str) -> Iterator[Awaited]:
    """Yield the periods an order lets run from something that has not happened yet."""
    for found in _AWAITED.finditer(text):
        yield _period(text, found, owner_in(found["what"]), found["act"].lower())
    for found in _FROM_HERE.finditer(text):
        yield _period(text, found, owner_in(found["who"] or ""), "entry")
    for pattern in _HEARINGS:
        for found in pattern.finditer(text):
            after = found["way"].lower() in ("after", "following")
            whose = found.groupdict().get("who") or found["what"]
            act = "after_hearing" if after else "before_hearing"
            yield _period(text, found, owner_in(whose), act)


def _period(text: str, found: re.Match[str], who: str, act: str) -> Awaited:
    of = found["of"] if act.endswith("hearing") else thing_in(found["of"])
    every, every_unit, end = again_in(text, found.end()) or (0, "", found.end())
    return Awaited(
        what=thing_in(found["what"]),
        who=who,
        count=number_in(found["count"].lower()),
        unit=f"{found['business'] or ''}{found['unit']}s".lower().replace("court ", "business "),
        act=act,
        of=of,
        of_whom=owner_in(found["of"]),
        words=re.sub(rf"^{LONG} ", "", passage(text, (found.start(), end))),
        at_char=found.start(),
        every=every,
        every_unit=every_unit,
    )
