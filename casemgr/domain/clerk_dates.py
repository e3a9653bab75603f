"""The dates a court's docket states in words: what the clerk set, and what an order says.

A clerk's dates are evidence of a deadline and no law: they are read to be compared with ours, and a
court's words are read to be proposed. Nothing read here counts until a person accepts it.

The clerk's formulas are those of the federal courts' filing system: `Motions due by 12/29/2021`,
`Hearing set for 2/7/2018 at 2:00 PM in Courtroom 1 before …`, always with numbers for the month. An
order's own sentences write the month out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import chain


class StatedKind(StrEnum):
    """What happens on a day that a docket names."""

    DUE = "due"  # something is to be done by then
    APPOINTMENT = "appointment"  # people meet, at a time
    CANCELLED = "cancelled"  # an appointment of that day is off


class Speaker(StrEnum):
    """Whose words name the day."""

    CLERK = "clerk"  # the clerk's formula
    ORDER = "order"  # a sentence of the court's


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """One day that an entry names.

    - `what`: the thing due or the appointment, in the entry's words (`Responses`, `answer`).
    - `who`: whose it is where the entry says so (`Hornblower Group, Inc.`, `Plaintiff's`), or "".
    - `at`: the time of an appointment, in the court's zone, or None; `place`, `before`: or "".
    - `event`, `event_on`: what the clerk counted from (`served`, `waiver sent`), where it is there.
    - `words`: the passage it was read from; `at_char`: where that begins in the entry.
    """

    what: str
    on: date
    kind: StatedKind
    speaker: Speaker
    words: str
    at_char: int
    who: str = ""
    at: time | None = None
    place: str = ""
    before: str = ""
    event: str = ""
    event_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A period an order sets running from something still to come.

    `Replies are due seven days after service of the oppositions`: `what` is `replies`, `count` 7,
    `unit` `days`, `act` `service`, `of` `oppositions`; `who` and `of_whom` are whose the paper due
    and the paper awaited are, where the words say so.
    """

    what: str
    count: int
    unit: str
    act: str
    of: str
    words: str
    at_char: int
    who: str = ""
    of_whom: str = ""


def stated_dates(says: str) -> tuple[StatedDate, ...]:
    """Return the days an entry names, in the order of its text.

    What a party files asks for days and fixes none: of such an entry only what the clerk added in
    the system's own formulas is read. A day of no calendar (`2/30/2021`) is left out: nobody can be
    held to it.
    """
    text = _flat(says)
    if _asks(says):
        answers, meetings = filter(_is_answer, _dues(text)), filter(_is_full, _appointments(text))
        found = chain(_services(text), answers, meetings)
    else:
        found = chain(_services(text), _dues(text), _appointments(text), _orders(text))
    kept: list[StatedDate] = []
    for each in sorted(found, key=lambda one: (one.at_char, -len(one.words))):
        if not any(_same(each, other) for other in kept):
            kept.append(each)
    return tuple(kept)


def awaited(says: str) -> tuple[Awaited, ...]:
    """Return the periods an entry lets run from something that has not happened yet."""
    if _asks(says):
        return ()
    text = _flat(says)
    return tuple(
        Awaited(
            what=_thing(found["what"]),
            who=_owner(found["what"]),
            count=_number(found["count"]),
            unit=f"{found['business'] or ''}{found['unit']}s".replace("court ", "business "),
            act=found["act"].lower(),
            of=_thing(found["of"]),
            of_whom=_owner(found["of"]),
            words=re.sub(rf"^{_LONG} ", "", _passage(text, found.span())),
            at_char=found.start(),
        )
        for found in _AWAITED.finditer(text)
    )


# --- what an entry is made of

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_TENS = {"thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90}

_NUMERIC = r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_LONG = rf"{_WEEKDAY}(?:{'|'.join(_MONTHS)})\.? \d{{1,2}},? \d{{4}}\b"
_TIME = r"\d{1,2}(?::\d{2})? ?[AaPp]\.? ?[Mm]\b\.?"
_NAME = r"(?:[A-Z]\.|[A-Z][\w'’-]+)"
_JUDGE = rf"(?:Chief |Senior |Magistrate |District |U\.S\. )*Judge {_NAME}(?: {_NAME})*(?:,? Jr\.)?"
# A thing due begins with a capital and goes back to where the sentence or the list before it ends.
_WHAT = r"[A-Z][A-Za-z'’/-]*(?: (?:[A-Za-z'’/&-]+|\([^)]*\))){0,7}?"
_MEETING = (
    r"(?:Hearing|Conference|Trial|Argument|Call|Examination|Proceeding|Deposition|Status|Mediation)"
)
_PARTY = r"[A-Z][^;:]{1,200}?"


def _flat(says: str) -> str:
    """Return the text with one space where it had any white space; offsets are kept close."""
    return re.sub(r"\s+", " ", says)


# What a party files asks for dates; it fixes none, though its title may name some.
_ASKING = re.compile(
    r"^(?:\W*(?:FILING ERROR\b.{0,80}?-\s*)?)"
    r"(?:(?:FIRST|SECOND|THIRD|JOINT|CONSENT|UNOPPOSED|ASSENTED TO|EMERGENCY|EX PARTE|CROSS|AMENDED"
    r"|LETTER|PROPOSED)\s+)*"
    r"(?:MOTION|LETTER|APPLICATION|REQUEST|MEMORANDUM|DECLARATION|AFFIDAVIT|OPPOSITION|REPLY|"
    r"RESPONSE|OBJECTION|STIPULATION AND PROPOSED|PROPOSED|STATEMENT|BRIEF|COUNTER STATEMENT)\b",
    re.IGNORECASE,
)


def _asks(says: str) -> bool:
    return _ASKING.match(says) is not None


def _is_answer(stated: StatedDate) -> bool:
    """Say whether a day is for answering the paper: the clerk's system adds it to motions."""
    return (
        re.fullmatch(r"(?i)(?:responses?|repl(?:y|ies)|oppositions?|objections?)", stated.what)
        is not None
    )


def _is_full(stated: StatedDate) -> bool:
    """Say whether an appointment has its hour and its judge, as the system writes it."""
    return stated.at is not None and bool(stated.before)


# --- the clerk's formulas

_SERVICE = re.compile(
    rf"(?P<who>{_PARTY}) (?P<event>served|waiver sent)(?: on| by mail on)? (?P<event_on>{_NUMERIC})"
    rf", (?P<what>answer|response) due (?:by )?(?P<on>{_NUMERIC})"
)
_DUE = re.compile(rf"(?P<what>{_WHAT}) due(?: by| on)? (?P<on>{_NUMERIC})")
_SET = re.compile(
    rf"(?P<what>{_WHAT}) (?:(?:is |are |has been |have been )?(?:re)?(?:set|scheduled)"
    rf"|continued|adjourned|rescheduled|moved)"
    rf" (?:for|to) (?P<on>{_NUMERIC})(?:,? (?:at )?(?P<at>{_TIME}))?"
    rf"(?: (?:in|at) (?P<place>[^.;()]*?)(?= before |[.;()]|$))?"
    rf"(?: before (?P<before>{_JUDGE}))?"
)
_OFF = re.compile(
    rf"\b(?P<what>(?:(?![Tt]he )[A-Za-z'’/-]+ ){{1,6}}?)(?:previously |currently )?"
    rf"(?:set|scheduled) for (?P<on>{_NUMERIC}|{_LONG})"
    r"(?: at [^.;]*?)? (?:is|was|has been) (?:hereby )?(?:adjourned sine die|cancell?ed|vacated|"
    r"not held|terminated)"
)


def _services(text: str) -> Iterator[StatedDate]:
    for found in _SERVICE.finditer(text):
        on, since = _day(found["on"]), _day(found["event_on"])
        if on is not None:
            yield StatedDate(
                what=found["what"],
                who=_party(found["who"]),
                on=on,
                kind=StatedKind.DUE,
                speaker=Speaker.CLERK,
                event=found["event"],
                event_on=since,
                words=_party(found["who"]) + text[found.end("who") : found.end()],
                at_char=found.start("event"),
            )


def _dues(text: str) -> Iterator[StatedDate]:
    for found in _DUE.finditer(text):
        on = _day(found["on"])
        if on is not None:
            yield StatedDate(
                what=_thing(found["what"]),
                who=_owner(found["what"]),
                on=on,
                kind=StatedKind.DUE,
                speaker=Speaker.CLERK,
                words=_passage(text, found.span()),
                at_char=found.start("on"),
            )


def _appointments(text: str) -> Iterator[StatedDate]:
    for found in _OFF.finditer(text):
        on = _day(found["on"])
        if on is not None:
            yield _stated(text, found, on, StatedKind.CANCELLED, Speaker.CLERK)
    for found in _SET.finditer(text):
        on = _day(found["on"])
        if on is not None:
            meets = found["at"] or re.search(rf"\b{_MEETING}\b", found["what"])
            kind = StatedKind.APPOINTMENT if meets else StatedKind.DUE
            yield _stated(text, found, on, kind, Speaker.CLERK)


# --- what an order says in its own sentences

_BY = r"(?:(?:by |on or before )?no later than|on or before|by)"
_EXTENDED = re.compile(
    rf"(?:deadline|time)(?: for| by which| within which)? (?P<what>[^.]{{3,120}}?)"
    rf" (?:is|are|was|has been|is hereby) (?:hereby )?(?:extended|moved|set)"
    rf" (?:to|through|until|for) (?P<on>{_LONG}|{_NUMERIC})"
)
_PROSE_DUE = re.compile(
    rf"(?P<what>[A-Z][\w'’-]*(?: [\w'’,-]+){{0,12}}?),? (?:(?:is|are|shall be|will be) )?due"
    rf" (?:{_BY} )?(?:on )?(?P<on>{_LONG})"
)
_HEADED = re.compile(rf"DUE DATE OF (?P<what>[^:]{{3,120}}): (?P<on>{_LONG}|{_NUMERIC})")
_SHALL = re.compile(
    rf"(?:shall|must|(?:is|are) (?:hereby )?(?:directed|ordered|required) to)"
    rf" (?P<what>(?:file|submit|serve|produce|complete|confer|respond|answer|provide|notify|move)"
    rf"\b[^.:;]{{0,160}}?),? {_BY} (?P<on>{_LONG}|{_NUMERIC})"
)
_BY_FIRST = re.compile(
    rf"\b{_BY.replace('by)', '[Bb]y)')} (?P<on>{_LONG}|{_NUMERIC}), (?P<what>[^.;:]{{0,80}}? "
    r"(?:shall|must|(?:is|are) (?:directed|ordered|required) to) [^.;:]{3,160})"
)
_FILED_BY = re.compile(
    rf"(?P<what>[A-Z][^.;:]{{3,160}}?) (?:shall|must) be (?:filed|submitted|served|produced)"
    rf"(?: [^.;:\d]{{1,60}}?)? {_BY} (?P<on>{_LONG}|{_NUMERIC})"
)
_HOLDS = re.compile(
    rf"(?:hold|conduct)s? (?:a|an|the) (?P<what>[^.;]{{3,160}}?),? on (?P<on>{_LONG})"
    rf"(?:,? at (?P<at>{_TIME}))?(?: in (?P<place>[^.;]*?))?(?=[.;]| to | regarding |$)"
)
_BEGINS = re.compile(
    rf"(?P<what>[A-Z][^.;]{{0,80}}?(?:trial|hearing|conference)[^.;]{{0,40}}?) will "
    rf"(?:begin|be held|take place|commence) (?:on )?(?P<on>{_LONG})(?:,? at (?P<at>{_TIME}))?"
)
_MOVED = re.compile(
    rf"(?P<what>[A-Z][^.;]{{0,80}}?(?:trial|hearing|conference|argument)[^.;]{{0,40}}?) (?:is|are) "
    rf"(?:hereby )?(?:adjourned|rescheduled|continued|moved|set|scheduled) (?:to|for|until) "
    rf"(?P<on>{_LONG})(?:,? at (?P<at>{_TIME}))?"
)
_HEADED_MEETING = re.compile(
    rf"DATE AND TIME OF (?P<what>[^:]{{3,80}}): (?P<on>{_LONG})(?:,? at (?P<at>{_TIME}))?"
)
_ASKED_DUES = (_HEADED, _EXTENDED, _FILED_BY, _PROSE_DUE, _SHALL, _BY_FIRST)
_ASKED_MEETINGS = (_HEADED_MEETING, _HOLDS, _BEGINS, _MOVED)

_PERIOD = rf"(?P<count>\d{{1,3}}|{'|'.join((*_NUMBERS, *_TENS))})(?: \(\d{{1,3}}\))?"
_AWAITED = re.compile(
    rf"(?P<what>[A-Z][\w'’-]*(?: [\w'’,-]+){{0,8}}?),? (?:(?:is|are|shall be|will be) )?"
    rf"(?:due|(?:shall|must) be (?:filed|served))(?: (?:{_BY}|within))? {_PERIOD}"
    rf" (?P<business>business |court )?(?:calendar )?(?P<unit>day|week|month)s?"
    rf" (?:after|following|from|of)(?: the date of| the)? "
    rf"(?P<act>service|filing|entry|receipt|decision) (?:of|on)(?: the| any)? "
    rf"(?P<of>[^.;,()]{{3,80}})",
)


def _orders(text: str) -> Iterator[StatedDate]:
    for pattern in _ASKED_DUES:
        for found in pattern.finditer(text):
            on = _day(found["on"])
            if on is not None:
                yield _stated(text, found, on, StatedKind.DUE, Speaker.ORDER)
    for pattern in _ASKED_MEETINGS:
        for found in pattern.finditer(text):
            on = _day(found["on"])
            if on is not None:
                yield _stated(text, found, on, StatedKind.APPOINTMENT, Speaker.ORDER)


def _stated(
    text: str, found: re.Match[str], on: date, kind: StatedKind, speaker: Speaker
) -> StatedDate:
    said = found.groupdict()
    return StatedDate(
        what=_thing(said["what"]),
        who=_owner(said["what"]),
        on=on,
        at=_time(said.get("at")),
        place=(said.get("place") or "").strip(" ,"),
        before=(said.get("before") or "").strip(" ."),
        kind=kind,
        speaker=speaker,
        words=_passage(text, found.span()),
        at_char=found.start("on"),
    )


# --- small readings


def _day(text: str) -> date | None:
    """Return the day in either form; a year of two digits is of this century or the last."""
    if "/" in text:
        month, day, year = (int(part) for part in text.split("/"))
        year += 0 if year > 99 else (2000 if year < 70 else 1900)
    else:
        words = re.findall(r"[A-Za-z]+|\d+", re.sub(rf"^{_WEEKDAY}", "", text))
        month, day, year = _MONTHS.index(words[0]) + 1, int(words[1]), int(words[2])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(text: str | None) -> time | None:
    if not text:
        return None
    [hours, *minutes] = (int(part) for part in re.findall(r"\d+", text))
    if not 1 <= hours <= 12:
        return None
    afternoon = "p" in text.lower()
    return time(hours % 12 + (12 if afternoon else 0), minutes[0] if minutes else 0)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _TENS.get(text) or _NUMBERS.index(text) + 1


# A possessive before the thing due says whose it is.
_OWNED = re.compile(r"^(?P<who>[A-Z][\w.,& -]*?(?:['’]s|s['’]?)) (?P<what>[A-Za-z].*)$")
_SIDES = re.compile(r"\b(Plaintiffs?|Defendants?|Petitioners?|Respondents?|Government)['’]?s?['’]?")


def _owner(what: str) -> str:
    found = _SIDES.search(what)
    return found.group(1) if found else ""


def _thing(what: str) -> str:
    """Return the thing itself: without the sentence before it, and without whose it is."""
    last = re.split(rf"(?:\. |: |; |^and |, and | NOT HELD |{_LONG} )", what)[-1]
    plain = re.sub(rf"^(?:(?:An?|[Tt]he|parties['’]|{_SIDES.pattern}) )+", "", last.strip(" ,."))
    return re.sub(r",? if any,?$", "", plain).strip(" ,.")


def _party(who: str) -> str:
    """Return a party's name out of the words before *served*: after the last sentence's end."""
    return re.split(r"(?:\. (?=[A-Z])|EXECUTED\.? |served\. )", who)[-1].strip(" ,;")


def _passage(text: str, span: tuple[int, int]) -> str:
    return text[slice(*span)].strip()


def _same(one: StatedDate, other: StatedDate) -> bool:
    """Say whether two readings are of the same words: the clerk's formula comes first."""
    return one.on == other.on and abs(one.at_char - other.at_char) < 3
