"""How a statute names a holiday, and the days that makes it in each year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

ONE_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

Observed = Literal["friday_before", "monday_after"]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day a statute sets aside, from the year `since` to the year `until`.

    Either `month` and `day`, or `month`, `weekday` (Monday is 0) and `nth` (-1 is the last),
    or a list of `dates`. `plus` moves on by days (Election Day is the Tuesday after the first
    Monday: weekday 0, nth 1, plus 1). `every`/`from_year` keep only one year in so many.
    `saturday` and `sunday` say what happens when the day falls there; None: nothing.
    """

    name: str
    since: int
    until: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    plus: int = 0
    every: int = 1
    dates: tuple[date, ...] = ()
    saturday: Literal["friday"] | None = None
    sunday: Literal["monday"] | None = None

    def on(self, year: int) -> date | None:
        """Return the day itself in `year`, or None where the year has none."""
        if year < self.since or (self.until is not None and year > self.until):
            return None
        if (year - self.since) % self.every:
            return None
        if self.dates:
            return next((day for day in self.dates if day.year == year), None)
        assert self.month is not None
        if self.day is not None:
            return date(year, self.month, self.day)
        assert self.weekday is not None
        assert self.nth is not None
        return nth_weekday(year, self.month, self.weekday, self.nth) + timedelta(days=self.plus)

    def observed(self, year: int) -> tuple[date, Observed] | None:
        """Return the other day on which the holiday of `year` is kept, and which kind it is."""
        day = self.on(year)
        if day is None:
            return None
        if day.weekday() == SATURDAY and self.saturday:
            return day - ONE_DAY, "friday_before"
        if day.weekday() == SUNDAY and self.sunday:
            return day + ONE_DAY, "monday_after"
        return None


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the nth `weekday` (Monday is 0) of a month; -1 is the last.

    >>> nth_weekday(2026, 11, 3, 4)
    datetime.date(2026, 11, 26)
    >>> nth_weekday(2026, 5, 0, -1)
    datetime.date(2026, 5, 25)
    """
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    last = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - ONE_DAY
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-nth - 1))


@dataclass(frozen=True, slots=True)
class Statute:
    """The holidays of one law, and the years for which we hold them."""

    name: str
    title: str
    cites: str
    url: str
    first: int
    last: int
    holidays: tuple[Holiday, ...]
    checked_on: date
    checked_by: str
    status: Literal["verified", "unverified"]
    note: str | None = None
    days: Mapping[date, str] = field(init=False, repr=False)
    mondays: Mapping[date, str] = field(init=False, repr=False)
    fridays: Mapping[date, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        kept = {"friday_before": dict[date, str](), "monday_after": dict[date, str]()}
        for holiday, year in self._each_year():
            if other := holiday.observed(year):
                day, kind = other
                kept[kind].setdefault(day, f"{holiday.name} (observed)")
        days = {
            found: holiday.name
            for holiday, year in self._each_year()
            if (found := holiday.on(year)) is not None
        }
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "mondays", kept["monday_after"])
        object.__setattr__(self, "fridays", kept["friday_before"])

    def _each_year(self) -> Iterator[tuple[Holiday, int]]:
        # One year more: New Year's Day on a Saturday is kept on 31 December of the year before.
        for holiday in self.holidays:
            for year in range(self.first, self.last + 2):
                yield holiday, year
