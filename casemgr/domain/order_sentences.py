"""Days that a court sets in its own sentences; they mostly write the month out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from casemgr.domain.docket_days import (
    COUNT,
    DAY,
    LONG,
    TIME,
    Speaker,
    StatedDate,
    StatedKind,
    again_in,
    number_in,
    passage,
    stated,
)

BEFORE = r"(?:by |on or before )?no later than|on or before"
_HOUR = rf"(?: (?:{TIME}|noon|(?:the )?close of business),? on)?"
_BY = rf"(?:{BEFORE}|by){_HOUR}"
WHO = (
    r"(?:\b(?P<who>(?:[Tt]he |[Aa]ll )?(?:[Pp]laintiffs?|[Dd]efendants?|[Gg]overnment|"
    r"[Pp]etitioners?|[Rr]espondents?|[Pp]arties))(?: collectively| jointly)? )?"
)
MUST = r"(?:shall|must|(?:is|are) (?:hereby )?(?:directed|ordered|required) to)"
ACTS = (
    r"(?:file|submit|serve|produce|complete|confer|respond|answer|provide|notify|move|release|"
    r"process|appear|re-?file|meet)"
)
_POINT = r"(?:\(\w{1,3}\) )?"
MEETS = r"(?:trial|hearing|conference|argument)"
_WAS = (
    rf"(?: (?:previously |currently )?(?:scheduled|set|noticed) (?:for|on) {DAY}(?:,? at {TIME})?)?"
)
_SHIFTED = r"(?:adjourned|rescheduled|continued|moved|set|scheduled)"

_EXTENDED = re.compile(
    r"(?:\b(?P<who>[Pp]laintiffs?|[Dd]efendants?|[Gg]overnment|[Pp]arties)['’]?s?['’]? )?"
    r"(?:[Dd]eadline|[Tt]ime)(?: for| by which| within which| of)? (?P<what>[^.]{3,120}?)"
    r",? (?:(?:is|are|was|has been|shall be) )?(?:hereby )?(?:extended|enlarged|moved|set)"
    rf"(?: by [^.;,]{{3,30}},?)?(?:,? from {DAY})?"
    rf",? (?:(?:up )?to and including|through and including|to|through|until|for) (?P<on>{DAY})"
)
_OWN_EXTENDED = re.compile(
    r"(?P<what>[A-Z][\w'’ ]{2,80}? deadline) (?:is|are) (?:hereby )?"
    r"(?:extended|enlarged|moved|reset)"
    rf"(?:,? from {DAY})? (?:(?:up )?to and including|through and including|to|through|until) "
    rf"(?P<on>{DAY})"
)
_HAVE_UNTIL = re.compile(
    rf"{WHO}(?:shall )?(?:have|has|(?:is|are) (?:given|granted)) (?:up )?"
    rf"(?:until|to and including|through) (?:and including )?(?P<on>{DAY}),? "
    r"(?:in which |within which )?to (?P<what>[^.;]{3,120})"
)
_PROSE_DUE = re.compile(
    rf"(?P<what>[A-Z][\w'’-]*(?: [\w'’,-]+){{0,12}}?),? (?:(?:currently )?due (?:on )?{LONG},? )?"
    r"(?:(?:is|are|shall be|will be|shall now be|is now|are now) )?due"
    rf" (?:{_BY} )?(?:on )?(?P<on>{LONG})"
)
# The second and third of a list: `Defendants' opposition due 11/5/2010; reply due 11/12/2010`.
_LISTED = re.compile(
    r"[;,] (?:and )?(?:the )?(?!shall |is |are |now )"
    r"(?P<what>[a-z][a-z'’/-]*(?: [\w'’/-]+){0,6}?) (?:(?:is|are) )?due"
    rf"(?: {_BY})?(?: on)? (?P<on>{DAY})"
)
# `Motions to be filed by 5/2/2016; responses by 6/1/2016; replies by 6/15/2016`.
_LISTED_BY = re.compile(
    r"[;,] (?:and )?(?:the )?(?P<what>(?:responses?|oppositions?|repl(?:y|ies)|cross-motions?)"
    rf"(?: [a-z]+){{0,4}}?) by (?P<on>{DAY})"
)
_HEADED = re.compile(rf"DUE DATE OF (?P<what>[^:]{{3,120}}): (?P<on>{DAY})")
_DEADLINE = re.compile(rf"(?P<what>[Dd]eadline (?:for|to) [^.:;\d]{{3,80}}?): (?P<on>{LONG})")
_SHALL = re.compile(
    rf"{WHO}{MUST} {_POINT}(?P<what>{ACTS}\b[^.:;]{{0,160}}?),? {_BY} (?P<on>{DAY})"
)
_TO = re.compile(
    rf"{WHO.removesuffix('?')}to (?P<what>{ACTS}\b[^.:;]{{0,100}}?),? {_BY} (?P<on>{DAY})"
)
# The further points of a list: `(1) complete … by July 1, 2019; (2) file an index by August 1`.
_POINTS = re.compile(
    rf"[;,] (?:and )?\(\w{{1,3}}\) (?P<what>{ACTS}\b[^.:;]{{0,100}}?),? {_BY} (?P<on>{DAY})"
)
# `Government's moving brief by June 1, 2010; Plaintiffs' opposition by June 22, 2010`.
_OWNED_BY = re.compile(
    r"(?P<what>(?:Government|Plaintiff|Defendant)s?['’]s? [a-z][a-z -]{2,60}?) "
    rf"{_BY} (?P<on>{DAY})"
)
# What the same sentence orders by another day: `… by July 9, 2010, and an index by August 2, 2010`.
_AND_BY = re.compile(
    rf"{DAY},? and (?:(?:shall|must) )?(?P<what>[A-Za-z][^.:;,\d]{{3,100}}?),? {_BY} (?P<on>{DAY})"
)
_BY_FIRST = re.compile(
    rf"\b(?:{BEFORE}|[Bb]y){_HOUR} (?P<on>{DAY}), (?!and )"
    rf"(?P<what>[^.;:]{{0,80}}? {MUST} [^.;:]{{3,160}})"
)
_FILED_BY = re.compile(
    r"(?P<what>[A-Z][^.;:]{3,160}?) (?:(?:shall|must) be|(?:(?:is|are) )?to be) "
    rf"(?:filed|submitted|served|produced|completed)(?: [^.;:\d]{{1,60}}?)? {_BY} (?P<on>{DAY})"
)
# `shall file a status report every 60 days, beginning June 1, 2010`.
_BEGINNING = re.compile(
    rf"{WHO}{MUST} (?P<what>{ACTS}\b[^.:;]{{0,160}}?),? every {COUNT} (?P<unit>day|week|month)s?,? "
    rf"(?:beginning|starting|commencing)(?: on)? (?P<on>{DAY})"
)
_HOLDS = re.compile(
    rf"(?:hold|conduct)s? (?:a|an|the) (?P<what>[^.;]{{3,160}}?),? on (?P<on>{LONG})"
    rf"(?:,? at (?P<at>{TIME}))?(?: in (?P<place>[^.;]*?))?(?=[.;]| to | regarding |$)"
)
_BEGINS = re.compile(
    r"(?P<what>[A-Z][^.;]{0,80}?(?:trial|hearing|conference)[^.;]{0,40}?) will "
    rf"(?:begin|be held|take place|commence) (?:on )?(?P<on>{LONG})(?:,? at (?P<at>{TIME}))?"
)
_MOVED = re.compile(
    rf"(?P<what>[A-Z][^.;]{{0,80}}?{MEETS}\b(?:{_WAS}|[^.;]{{0,40}}?)),? (?:is|are) "
    rf"(?:hereby )?{_SHIFTED} (?:to|for|until) (?P<on>{LONG})(?:,? at (?P<at>{TIME}))?"
)
_MEETING_SET = re.compile(
    rf"(?P<what>\b(?:[a-z-]+ ){{0,2}}?{MEETS}){_WAS},? (?:(?:is|are|shall be) (?:hereby )?"
    rf"(?i:vacated and )?(?i:{_SHIFTED})|adjourned|rescheduled|continued) "
    rf"(?:to|for|until) (?P<on>{DAY})(?:,? at (?P<at>{TIME}))?"
)
_HEADED_MEETING = re.compile(
    rf"DATE AND TIME OF (?P<what>[^:]{{3,80}}): (?P<on>{LONG})(?:,? at (?P<at>{TIME}))?"
)
_DUES = (
    _HEADED, _OWN_EXTENDED, _EXTENDED, _HAVE_UNTIL, _FILED_BY, _PROSE_DUE, _LISTED, _LISTED_BY,
    _POINTS, _OWNED_BY, _SHALL, _TO, _AND_BY,
    _BY_FIRST, _DEADLINE, _BEGINNING,
)  # fmt: skip
_MEETINGS = (_HEADED_MEETING, _HOLDS, _BEGINS, _MOVED, _MEETING_SET)


def sentences(text: str) -> Iterator[StatedDate]:
    """Yield the days that the court's own sentences name in an entry."""
    for pattern in _DUES:
        for found in pattern.finditer(text):
            each = stated(text, found, StatedKind.DUE, Speaker.ORDER)
            if each is not None:
                yield _again(text, found, each)
    for pattern in _MEETINGS:
        for found in pattern.finditer(text):
            each = stated(text, found, StatedKind.APPOINTMENT, Speaker.ORDER)
            if each is not None:
                yield each


def _again(text: str, found: re.Match[str], each: StatedDate) -> StatedDate:
    """Return a day due with how long after it the same is due again, where the words go on so."""
    if "unit" in found.groupdict():
        return replace(each, every=number_in(found["count"]), every_unit=f"{found['unit']}s")
    again = again_in(text, found.end("on")) if found.end("on") == found.end() else None
    if again is None:
        return each
    every, unit, end = again
    words = passage(text, (found.start(), end))
    return replace(each, every=every, every_unit=unit, words=words)
