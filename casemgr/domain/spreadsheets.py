"""What the columns of an office's old spreadsheet mean, and what its cells say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from casemgr.domain.words import Outcome


class Field(StrEnum):
    """What a column can tell of a request."""

    TITLE = "title"
    REFERENCE = "reference"
    SUMMARY = "summary"
    ASKED_FOR = "asked_for"
    OFFICES = "offices"
    NUMBERS = "numbers"
    SENT_ON = "sent_on"
    RECEIVED_ON = "received_on"
    ACKNOWLEDGED_ON = "acknowledged_on"
    DECIDED_ON = "decided_on"
    OUTCOME = "outcome"
    CLOSED_ON = "closed_on"
    RECORDS_FROM = "records_from"
    RECORDS_UNTIL = "records_until"
    FEE_WAIVER = "fee_waiver"


DAYS = frozenset(
    {
        Field.SENT_ON, Field.RECEIVED_ON, Field.ACKNOWLEDGED_ON, Field.DECIDED_ON,
        Field.CLOSED_ON, Field.RECORDS_FROM, Field.RECORDS_UNTIL,
    }
)  # fmt: skip

# The words that headers use, the most telling first: each is looked for as a whole word.
_GUESSES: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (Field.NUMBERS, ("tracking", "foia no", "foia number", "control number", "case number",
                     "agency number", "agency no")),
    (Field.RECEIVED_ON, ("received", "receipt", "got it", "date recd", "recd")),
    (Field.ACKNOWLEDGED_ON, ("acknowledged", "acknowledgement", "acknowledgment", "ack")),
    (Field.RECORDS_FROM, ("records from", "range from", "start of range", "records start")),
    (Field.RECORDS_UNTIL, ("records until", "records to", "records through", "range to",
                           "end of range", "records end")),
    (Field.CLOSED_ON, ("closed", "date closed")),
    (Field.OUTCOME, ("outcome", "result", "disposition", "determination type", "how decided")),
    (Field.DECIDED_ON, ("decided", "decision", "determination", "response date", "responded",
                        "final response", "answered")),
    (Field.SENT_ON, ("sent", "submitted", "filed", "date of request", "request date", "requested",
                     "date")),
    (Field.FEE_WAIVER, ("fee waiver", "waiver")),
    (Field.OFFICES, ("agency", "agencies", "component", "components", "office", "offices",
                     "sent to", "recipient", "recipients")),
    (Field.REFERENCE, ("reference", "ref", "our number", "our no", "file no", "file number",
                       "id", "no", "number")),
    (Field.ASKED_FOR, ("records requested", "records sought", "items", "asked for", "text")),
    (Field.SUMMARY, ("summary", "notes", "note", "comments", "comment", "description",
                     "remarks")),
    (Field.TITLE, ("title", "request", "subject", "topic", "name")),
)  # fmt: skip


def guess(headers: Sequence[str]) -> dict[int, Field]:
    """Return what each column seems to mean; each field once, a column nobody knows not at all.

    >>> guess(["Ref", "Subject", "Agency", "Date sent", "Colour"])[3]
    <Field.SENT_ON: 'sent_on'>
    """
    found: dict[int, Field] = {}
    plain = [f" {' '.join(re.findall(r'[a-z]+', header.lower()))} " for header in headers]
    for exact in (True, False):
        for wanted, words in _GUESSES:
            for word in words:
                at = _first(plain, word, exact=exact, taken=found)
                if at is not None and wanted not in found.values():
                    found[at] = wanted
    return dict(sorted(found.items()))


def _first(plain: Sequence[str], word: str, *, exact: bool, taken: dict[int, Field]) -> int | None:
    for at, header in enumerate(plain):
        if at not in taken and (header == f" {word} " if exact else f" {word} " in header):
            return at
    return None


# --- days

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d\d?:.*)?$", re.ASCII)
_NUMBERS = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: \d\d?:.*)?$", re.ASCII)
_DAY_NAME = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})$", re.I)
_NAME_DAY = re.compile(r"^([a-z]{3,9})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4}|\d{2})$", re.I)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.I)


class NoDay(ValueError):
    """A cell that should hold a day and does not; `str()` is the sentence to show."""


def is_ambiguous(text: str) -> bool:
    """Say whether a day reads two ways: which number is the month?

    >>> is_ambiguous("2/3/2015"), is_ambiguous("13/2/2015"), is_ambiguous("3/3/2015")
    (True, False, False)
    """
    found = _NUMBERS.match(text)
    return found is not None and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12


def seems_day_first(texts: Iterable[str]) -> bool | None:
    """Say what the days that read only one way show of a file; None where they show nothing.

    >>> seems_day_first(["2/3/2015", "13/2/2015"])
    True
    """
    first = last = 0
    for text in texts:
        if found := _NUMBERS.match(text):
            first += int(found[1]) > 12
            last += int(found[2]) > 12
    return None if bool(first) == bool(last) else bool(first)


def read_day(text: str, day_first: bool | None, today: date) -> date:
    """Return the day a cell holds; NoDay with a sentence where it holds none.

    `day_first` is what somebody said of the whole file; None where nobody has. Of a year with two
    digits the century is the latest that is not after today.
    """
    said = _WEEKDAY.sub("", " ".join(text.split()))
    if found := _ISO.match(said):
        return _day(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _NUMBERS.match(said):
        return _by_numbers(found, day_first, today, text)
    if found := _DAY_NAME.match(said):
        return _day(_year(found[3], today), _month(found[2], text), int(found[1]), text)
    if found := _NAME_DAY.match(said):
        return _day(_year(found[3], today), _month(found[1], text), int(found[2]), text)
    raise NoDay(f"{_quoted(text)} is no day we can read. Write it like 2/3/2015 or Feb 3, 2015.")


def _by_numbers(found: re.Match[str], day_first: bool | None, today: date, text: str) -> date:
    one, two, year = int(found[1]), int(found[2]), _year(found[3], today)
    if day_first is None and is_ambiguous(text):
        raise NoDay(
            f"{_quoted(text)} reads two ways. Say for this file whether the day or the month "
            "comes first."
        )
    if day_first is None:
        day_first = one > 12
    if day_first and two > 12 >= one:
        raise NoDay(f"{_quoted(text)} has no month {two}. This file was said to have days first.")
    if not day_first and one > 12 >= two:
        raise NoDay(f"{_quoted(text)} has no month {one}. This file was said to have months first.")
    return _day(year, two if day_first else one, one if day_first else two, text)


def _year(said: str, today: date) -> int:
    if len(said) == 4:
        return int(said)
    year = today.year // 100 * 100 + int(said)
    return year if year <= today.year else year - 100


def _month(name: str, text: str) -> int:
    for number, month in enumerate(MONTHS, start=1):
        if month.startswith(name.lower()):
            return number
    raise NoDay(f"{_quoted(text)} names no month we know.")


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise NoDay(f"{_quoted(text)} is not in the calendar.") from None
    if not 1900 <= year <= 2199:
        raise NoDay(f"{_quoted(text)}: the year {year} cannot be right.")
    return found


def _quoted(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


# --- other cells

_OUTCOMES: dict[str, Outcome] = {
    "granted": Outcome.GRANTED, "full grant": Outcome.GRANTED, "granted in full": Outcome.GRANTED,
    "released in full": Outcome.GRANTED, "released": Outcome.GRANTED,
    "partial": Outcome.PARTIAL, "partial grant": Outcome.PARTIAL, "in part": Outcome.PARTIAL,
    "granted in part": Outcome.PARTIAL, "released in part": Outcome.PARTIAL,
    "partially granted": Outcome.PARTIAL, "denied in part": Outcome.PARTIAL,
    "denied": Outcome.DENIED, "full denial": Outcome.DENIED, "denied in full": Outcome.DENIED,
    "withheld": Outcome.DENIED, "withheld in full": Outcome.DENIED,
    "no records": Outcome.NO_RECORDS, "no responsive records": Outcome.NO_RECORDS,
    "no record": Outcome.NO_RECORDS, "none found": Outcome.NO_RECORDS,
    "glomar": Outcome.GLOMAR, "neither confirm nor deny": Outcome.GLOMAR,
    "improper": Outcome.IMPROPER, "not a proper request": Outcome.IMPROPER,
    "improper request": Outcome.IMPROPER,
}  # fmt: skip
NO = frozenset({"", "no", "n", "none", "not asked", "n/a", "na", "-", "0", "false"})
YES = frozenset({"yes", "y", "x", "asked", "requested", "1", "true", "granted", "denied"})


def read_outcome(text: str) -> Outcome | None:
    """Return how an agency decided, as a cell says it; None where the words are not known.

    >>> read_outcome("Denied in full.")
    <Outcome.DENIED: 'denied'>
    """
    return _OUTCOMES.get(" ".join(re.findall(r"[a-z]+", text.lower().replace("_", " "))))


def several(text: str) -> list[str]:
    """Return what a cell lists: one a line, or between semicolons or bars.

    >>> several("ICE; CBP ;FBI")
    ['ICE', 'CBP', 'FBI']
    """
    return [each.strip() for each in re.split(r"[;\n|]", text) if each.strip()]
