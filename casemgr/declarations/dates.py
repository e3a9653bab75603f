"""The dates a text names, as printed: exact days, months, and how each is written."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

_REMEMBERED = 4000  # letters: longer texts are read anew each time
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SPANISH = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_NUMBER = {each[:3].casefold(): at for at, each in enumerate(MONTHS, start=1)}
_MONTH = "|".join(
    [*MONTHS, r"Jan\.?", r"Feb\.?", r"Mar\.?", r"Apr\.?", r"Jun\.?", r"Jul\.?", r"Aug\.?",
     r"Sept?\.?", r"Oct\.?", r"Nov\.?", r"Dec\.?", "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY",
     "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"]
)  # fmt: skip
_WEEKDAY = rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)}),?\s+)?"
_YEAR = r"(?P<year>[12]\d{3})"
_ORDINAL = r"(?P<ordinal>\s?(?:st|nd|rd|th))?"
_DAY = r"(?P<day>\d{1,2})"
_FORMS = (
    rf"{_WEEKDAY}(?P<month>{_MONTH})\s+{_DAY}{_ORDINAL}(?P<comma>\s*,)?\s*{_YEAR}(?!\d)",
    (
        rf"{_WEEKDAY}(?:the\s+)?{_DAY}{_ORDINAL}(?P<of>\s+day)?(?:\s+of)?\s+"
        rf"(?P<month>{_MONTH})(?P<comma>\s*,)?\s*{_YEAR}\b"
    ),
    rf"\b(?P<month>{_MONTH})(?P<comma>\s*,)?(?:\s+of)?\s+{_YEAR}\b",
    r"\b(?P<month>\d{1,2})(?P<slash>[/-])(?P<day>\d{1,2})(?P=slash)(?P<year>(?:[12]\d)?\d\d)\b(?!-)",
    r"\b(?P<year>[12]\d{3})-(?P<month>\d\d)-(?P<day>\d\d)\b",
    rf"\b{_DAY}\s+de\s+(?P<month>{'|'.join(_SPANISH)})\s+del?\s+{_YEAR}\b",
)
_SEEN = tuple(re.compile(form) for form in _FORMS)


class Form(StrEnum):
    """How a date is printed."""

    LONG = "August 5, 2011"
    ORDINAL = "August 5th, 2011"
    NO_COMMA = "August 5 2011"
    DAY_FIRST = "5 August 2011"
    LEGAL = "5th day of August, 2011"
    MONTH = "August 2011"
    FIGURES = "8/5/2011"
    ISO = "2011-08-05"
    SPANISH = "5 de agosto de 2011"


# What a text must hold for one of the forms to be in it: a look that costs little.
_NAMED = re.compile(r"\b(?:Jan|Feb|Ma[ry]|Apr|Ju[nl]|Aug|Sep|Oct|Nov|Dec)", re.IGNORECASE)
_HINTS = {
    Form.LONG: _NAMED,
    Form.DAY_FIRST: _NAMED,
    Form.MONTH: _NAMED,
    Form.FIGURES: re.compile(r"\d[/-]\d"),
    Form.ISO: re.compile(r"\d{4}-\d\d-"),
    Form.SPANISH: re.compile(r"\bde\s"),
}
_KINDS = (Form.LONG, Form.DAY_FIRST, Form.MONTH, Form.FIGURES, Form.ISO, Form.SPANISH)


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A date in a text: where, as what, and the day it names; a month alone has no exact day.

    `first` and `last` are the first and last day it can mean; equal where it is exact.
    """

    start: int
    end: int
    text: str
    form: Form
    first: date
    last: date
    weekday: str = ""

    @property
    def exact(self) -> bool:
        """Say whether one day is named."""
        return self.first == self.last


def dates_in(text: str) -> tuple[DateSeen, ...]:
    """Return every date with a year that a text names, in order; days that cannot be are left out.

    >>> [str(each.first) for each in dates_in("On August 5th 2011 and in June 2011")]
    ['2011-08-05', '2011-06-01']
    """
    return _dates_in(text) if len(text) <= _REMEMBERED else _dates_in.__wrapped__(text)


@lru_cache(maxsize=2048)
def _dates_in(text: str) -> tuple[DateSeen, ...]:
    taken: list[DateSeen] = []
    covered = bytearray(len(text))
    kinds = [kind for kind in zip(_KINDS, _SEEN, strict=True) if _HINTS[kind[0]].search(text)]
    for form, pattern in kinds:
        for found in pattern.finditer(text):
            if any(covered[found.start() : found.end()]):
                continue
            seen = _seen(found, form)
            if seen is not None:
                taken.append(seen)
                covered[seen.start : seen.end] = b"\1" * (seen.end - seen.start)
    return tuple(sorted(taken, key=lambda each: each.start))


def impossible_days(text: str) -> Iterator[str]:
    """Return what is printed like a date and is no day of the calendar, such as June 31, 2011."""
    for pattern in _SEEN[:2] if _NAMED.search(text) else ():
        for found in pattern.finditer(text):
            if int(found["year"]) > 1700 and _seen(found, Form.LONG) is None:
                yield found[0]


def in_words(day: date) -> str:
    """Return a day as a court paper prints it.

    >>> in_words(date(2011, 8, 5))
    'August 5, 2011'
    """
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def _seen(found: re.Match[str], form: Form) -> DateSeen | None:
    said = found.groupdict()
    month, year = _month(said["month"]), _year(said["year"])
    if not 1 <= month <= 12 or not 1700 <= year <= 2999:
        return None
    last = monthrange(year, month)[1]
    named = said.get("day")
    if named is not None and not 1 <= int(named) <= last:
        return None
    first = date(year, month, int(named) if named else 1)
    until = first if named else date(year, month, last)
    form = _exactly(form, said)
    weekday = (said.get("weekday") or "").title()
    return DateSeen(found.start(), found.end(), found[0], form, first, until, weekday)


def _exactly(form: Form, said: dict[str, str | None]) -> Form:
    if form is Form.LONG:
        if said["ordinal"]:
            return Form.ORDINAL
        return form if said["comma"] else Form.NO_COMMA
    if form is Form.DAY_FIRST and (said["of"] or said["ordinal"]):
        return Form.LEGAL if said["of"] else Form.ORDINAL
    return form


def _month(said: str | None) -> int:
    assert said is not None
    if said.isdigit():
        return int(said)
    if said in _SPANISH:
        return _SPANISH.index(said) + 1
    return _NUMBER[said[:3].casefold()]


def _year(said: str | None) -> int:
    assert said is not None
    year = int(said)
    if year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)
