"""Months and years as calendars lay them out: weeks from Monday on, weekends apart."""

from __future__ import annotations

from calendar import MONDAY, Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.domain.calendar_dates import Dated

_WEEKS = Calendar(MONDAY)
WORKING = 5  # Monday to Friday
FIRST, LAST = 1900, 2199


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one year.

    >>> Month(2010, 12).after, Month(2010, 1).before, Month(2010, 11).last
    (Month(year=2011, month=1), Month(year=2009, month=12), datetime.date(2010, 11, 30))
    """

    year: int
    month: int

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Month:
        """Return the month that follows."""
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def before(self) -> Month:
        """Return the month before."""
        return Month(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def is_held(self) -> bool:
        """Say whether calendars here reach so far."""
        return FIRST <= self.year <= LAST

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def month_of(text: str, otherwise: date) -> Month:
    """Return the month that an address names as 2010-11; the one of a day where it names none.

    >>> month_of("2010-11", date(2026, 1, 1)), month_of("soon", date(2026, 1, 1))
    (Month(year=2010, month=11), Month(year=2026, month=1))
    """
    year, _, month = text.partition("-")
    digits = year.isascii() and month.isascii() and year.isdecimal() and month.isdecimal()
    if digits and len(year) == 4 and len(month) <= 2 and 1 <= int(month) <= 12:
        found = Month(int(year), int(month))
        if found.is_held:
            return found
    return Month(otherwise.year, otherwise.month)


@dataclass(frozen=True, slots=True)
class Mark:
    """A date on one day of a calendar; a span has one at each end, which `end` names."""

    dated: Dated
    end: str = ""  # "earliest" or "latest"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar with what falls on it; `closed` says why no agency's clock runs."""

    on: date
    marks: tuple[Mark, ...]
    closed: str = ""


def marked(dates: Iterable[Dated]) -> dict[date, list[Mark]]:
    """Return the dates by day; one known only as a span stands at both its ends."""
    found: dict[date, list[Mark]] = {}
    for dated in dates:
        if dated.first == dated.last:
            found.setdefault(dated.first, []).append(Mark(dated))
            continue
        found.setdefault(dated.first, []).append(Mark(dated, "earliest"))
        found.setdefault(dated.last, []).append(Mark(dated, "latest"))
    return found


def weeks_of(first: Month, last: Month) -> list[list[date]]:
    """Return the weeks, each of seven days from Monday on, that hold these months."""
    found: list[list[date]] = []
    month = first
    while (month.year, month.month) <= (last.year, last.month):
        for week in _WEEKS.monthdatescalendar(month.year, month.month):
            if not found or week[0] > found[-1][0]:
                found.append(week)
        month = month.after
    return found


def shade(number: int) -> int:
    """Return how dark a day of a year at a glance is: 0 for none, up to 4.

    >>> [shade(n) for n in (0, 1, 2, 4, 9)]
    [0, 1, 2, 3, 4]
    """
    return sum(number >= least for least in (1, 2, 4, 7))
