"""The formulas of the federal courts' filing system, as clerks use them.

`Motions due by 12/29/2021`, `Hearing set for 2/7/2018 at 2:00 PM in Courtroom 1 before …`: always
with figures for the month. Of an answer some courts say from whose service the clerk counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casemgr.domain.docket_days import (
    DAY,
    JUDGE,
    MEETING,
    NUMERIC,
    OFF,
    TIME,
    WHAT,
    Speaker,
    StatedDate,
    StatedKind,
    day_in,
    passage,
    stated,
)

_PARTY = r"[A-Z][^;:]{1,200}?"
_BY = r"(?: (?i:by)| on or before| no later than| on|:)?"
_SERVICE = re.compile(
    rf"(?P<who>{_PARTY}) (?P<event>served|waiver sent)(?: on| by mail on)? (?P<event_on>{NUMERIC})"
    rf", (?P<what>answer|response) due{_BY} (?P<on>{NUMERIC})"
)
# The return of service on the United States Attorney says for whom all the answer is then due.
_SERVICE_UPON = re.compile(
    rf"Date of Service [Uu]pon (?P<upon>[A-Z][A-Za-z. ]{{2,60}}?) (?:on )?(?P<event_on>{NUMERIC})"
    rf"\W{{1,4}}(?P<what>[Aa]nswer) due (?:for|from) (?P<who>[A-Z][^.;:()]{{1,120}}?){_BY} "
    rf"(?P<on>{NUMERIC})"
)
_DUE = re.compile(
    rf"(?P<what>{WHAT}) (?i:due)(?: (?:for|from) (?P<who>[A-Z][^.;:()]{{1,120}}?))?{_BY} "
    rf"(?P<on>{NUMERIC})(?P<more>(?:(?:, | and |, and ){NUMERIC})*)"
)
_DEADLINES = (
    re.compile(rf"(?P<what>{WHAT} [Dd]eadline):? (?P<on>{NUMERIC})"),
    re.compile(rf"(?P<what>[Dd]eadline (?:for|to) [^.:;\d]{{3,80}}?): (?P<on>{NUMERIC})"),
)
_SET = re.compile(
    rf"(?P<what>{WHAT}) (?:(?:is |are |has been |have been )?(?:re)?(?:set|scheduled)"
    rf"|continued|adjourned|rescheduled|moved)"
    rf"(?: from {NUMERIC}(?: at {TIME})?)? (?:for|to) (?P<on>{NUMERIC})"
    rf"(?:,? (?:at )?(?P<at>{TIME}))?"
    rf"(?:,? (?:in|at) (?P<place>[^.;()]{{0,200}}?)(?= before |[.;()]|$))?"
    rf"(?: before (?P<before>{JUDGE}))?"
)
_SET_OFF = re.compile(
    rf"\b(?P<what>(?:(?![Tt]he )[A-Za-z'’/-]+ ){{1,6}}?)(?:previously |currently )?"
    rf"(?:set|scheduled) for (?P<on>{DAY})(?:,? at (?:{TIME}|[^.;]{{0,120}}?))?,? {OFF}"
)
_DUE_OFF = (
    re.compile(
        rf"(?i:deadline|date) of (?P<on>{DAY})(?:,? (?:for|to) (?P<what>[^.;]{{3,120}}?))? {OFF}"
    ),
    re.compile(rf"(?P<on>{DAY}),? deadline(?:,? (?:for|to) (?P<what>[^.;]{{3,120}}?))? {OFF}"),
    re.compile(rf"(?P<what>{WHAT})[ ,]+(?:currently )?due{_BY} (?P<on>{DAY}),? {OFF}"),
)
# A line that ends what it names.
_TERMINATES = re.compile(r"^\W*(?:Terminate|Terminated|TERMINATED?) (?:Deadlines?|Hearings?)\b")


def formulas(text: str) -> Iterator[StatedDate]:
    """Yield the days that the clerk's formulas name in an entry."""
    lifts = _TERMINATES.match(text) is not None
    for each in (*services(text), *dues(text), *appointments(text)):
        yield _ended(each) if lifts else each


def _ended(each: StatedDate) -> StatedDate:
    off = StatedKind.LIFTED if each.kind is StatedKind.DUE else StatedKind.CANCELLED
    return StatedDate(
        what=each.what,
        on=each.on,
        kind=off,
        speaker=each.speaker,
        words=each.words,
        at_char=each.at_char,
        who=each.who,
    )


def services(text: str) -> Iterator[StatedDate]:
    """Yield the answers due whose day of service, or of a waiver, stands beside them."""
    for found in _SERVICE.finditer(text):
        on, who = day_in(found["on"]), party_in(found["who"])
        if on is not None:
            yield StatedDate(
                what=found["what"],
                who=who,
                on=on,
                kind=StatedKind.DUE,
                speaker=Speaker.CLERK,
                event=found["event"],
                event_on=day_in(found["event_on"]),
                words=who + text[found.end("who") : found.end()],
                at_char=found.start("event"),
            )
    for found in _SERVICE_UPON.finditer(text):
        on = day_in(found["on"])
        if on is not None:
            yield StatedDate(
                what="answer",
                who=found["upon"].strip(),
                on=on,
                kind=StatedKind.DUE,
                speaker=Speaker.CLERK,
                event="served",
                event_on=day_in(found["event_on"]),
                words=passage(text, found.span()),
                at_char=found.start("on"),
            )


def dues(text: str) -> Iterator[StatedDate]:
    """Yield what is due by a day, and what is not any more."""
    for pattern in _DUE_OFF:
        for found in pattern.finditer(text):
            yield from _one(text, found, StatedKind.LIFTED)
    for found in _DUE.finditer(text):
        for first in _one(text, found, StatedKind.DUE):
            yield first
            yield from _more(first, found)
    for pattern in _DEADLINES:
        for found in pattern.finditer(text):
            yield from _one(text, found, StatedKind.DUE)


def _one(text: str, found: re.Match[str], kind: StatedKind) -> Iterator[StatedDate]:
    each = stated(text, found, kind, Speaker.CLERK)
    if each is not None:
        yield each


def _more(first: StatedDate, found: re.Match[str]) -> Iterator[StatedDate]:
    """Yield the further days of a list: `Status Report due by 5/1/2019, 7/1/2019`."""
    for at in re.finditer(NUMERIC, found["more"] or ""):
        on = day_in(at[0])
        if on is not None:
            yield StatedDate(
                what=first.what,
                who=first.who,
                on=on,
                kind=first.kind,
                speaker=first.speaker,
                words=first.words,
                at_char=found.start("more") + at.start(),
            )


def appointments(text: str) -> Iterator[StatedDate]:
    """Yield the hearings and conferences set, moved or called off."""
    for found in _SET_OFF.finditer(text):
        met = re.search(rf"(?i)\b{MEETING}\b", found["what"])
        yield from _one(text, found, StatedKind.CANCELLED if met else StatedKind.LIFTED)
    for found in _SET.finditer(text):
        meets = found["at"] or re.search(rf"\b{MEETING}\b", found["what"])
        yield from _one(text, found, StatedKind.APPOINTMENT if meets else StatedKind.DUE)


# The full stop of `U.S. Attorney` or `John Q. Public` ends no sentence.
_ENDS = re.compile(r"(?:(?<!\.[A-Z])(?<!\b[A-Z])\. (?=[A-Z])|EXECUTED\.? |served\. )")


def party_in(who: str) -> str:
    """Return a party's name out of the words before *served*: after the last sentence's end.

    >>> party_in("AFFIDAVIT OF SERVICE. U.S. Attorney")
    'U.S. Attorney'
    """
    return _ENDS.split(who)[-1].strip(" ,;")
