"""Which days count. One calendar is built once and then answers from tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from itertools import accumulate, compress

from casemgr.domain.holidays import SATURDAY
from casemgr.domain.steps import Step
from casemgr.errors import CalendarNotKnown

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def _every_day(first: int, last: int) -> tuple[list[date], list[bool]]:
    """List every day of the years, and whether each is a weekday; shared by all calendars."""
    base, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal()
    days = [date.fromordinal(ordinal) for ordinal in range(base, end + 1)]
    return days, [day.weekday() < SATURDAY for day in days]


class Calendar:
    """The open days of an agency or a court from the year `first` to the year `last`.

    Every answer is one look into a table. The busiest methods find their place in it themselves:
    a call of another method would take as long again.

    Saturdays and Sundays are closed, and so is every day in `closures`, which maps a day to its
    reason. A day outside the years is refused with `CalendarNotKnown`, never guessed.
    """

    def __init__(self, name: str, first: int, last: int, closures: Mapping[date, str]) -> None:
        self.name, self.first, self.last = name, first, last
        self.closures = dict(closures)
        self._base = date(first, 1, 1).toordinal()
        self._days, weekdays = _every_day(first, last)
        self._size = len(self._days)
        self._is_open = weekdays.copy()
        for day in self.closures:
            if first <= day.year <= last:
                self._is_open[day.toordinal() - self._base] = False
        self._open = list(compress(self._days, self._is_open))
        self._upto = list(accumulate(self._is_open))
        self._told: tuple[list[int], list[Step]] | None = None

    @cached_property
    def _next(self) -> list[date | None]:
        found: date | None = None
        nexts: list[date | None] = []
        for day, opened in zip(reversed(self._days), reversed(self._is_open), strict=True):
            found = day if opened else found
            nexts.append(found)
        return nexts[::-1]

    def _tell(self) -> tuple[list[int], list[Step]]:
        """Make the sentences of all closed days, and up to each day how many there were.

        A proof takes a slice of the sentences.
        """
        skips = [
            Step(day, f"{self._reason(day)}: not counted.")
            for day, opened in zip(self._days, self._is_open, strict=True)
            if not opened
        ]
        self._told = list(accumulate(not opened for opened in self._is_open)), skips
        return self._told

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._base
        if 0 <= index < self._size:
            return index
        raise self._not_known(day.year)

    def _not_known(self, year: int) -> CalendarNotKnown:
        return CalendarNotKnown(self.name, year, self.first, self.last)

    def _reason(self, day: date) -> str:
        return self.closures.get(day) or WEEKDAYS[day.weekday()]

    def is_open(self, day: date) -> bool:
        """Say whether `day` counts."""
        index = day.toordinal() - self._base
        if 0 <= index < self._size:
            return self._is_open[index]
        raise self._not_known(day.year)

    def closed_for(self, day: date) -> str | None:
        """Say why `day` does not count, or return None if it does."""
        return None if self.is_open(day) else self._reason(day)

    def after(self, day: date, n: int) -> date:
        """Return the nth open day after `day`, which itself is never counted."""
        index = day.toordinal() - self._base
        if index < 0 or n < 1:
            return self._refuse_after(day, n)
        try:
            return self._open[self._upto[index] + n - 1]
        except IndexError:
            return self._refuse_after(day, n)

    def walk(self, day: date, n: int) -> tuple[date, list[Step]]:
        """Return the nth open day after `day`, and the closed days passed on the way to it."""
        found, base = self.after(day, n), self._base
        shut, skips = self._told or self._tell()
        return found, skips[shut[day.toordinal() - base] : shut[found.toordinal() - base]]

    def _refuse_after(self, day: date, n: int) -> date:
        """Refuse a count that starts or ends outside the years held."""
        if n < 1:
            raise ValueError(f"Counting starts at the first day after; {n} was asked.")
        self._index(day)
        raise self._not_known(self.last + 1)

    def before(self, day: date, n: int) -> date:
        """Return the nth open day before `day`, which itself is never counted."""
        index = self._index(day)
        place = self._upto[index] - self._is_open[index] - n
        if n < 1:
            raise ValueError(f"Counting starts at the first day before; {n} was asked.")
        if place < 0:
            raise self._not_known(self.first - 1)
        return self._open[place]

    def between(self, start: date, end: date) -> int:
        """Count the open days after `start`, up to and including `end`.

        Where `end` is the earlier day, the days from it to `start` count below zero.
        """
        return self._upto[self._index(end)] - self._upto[self._index(start)]

    def next_open(self, day: date) -> date:
        """Return the day itself if it is open, else the first open day after it."""
        index = day.toordinal() - self._base
        if not 0 <= index < self._size:
            raise self._not_known(day.year)
        found = self._next[index]
        if found is None:
            raise self._not_known(self.last + 1)
        return found

    def previous_open(self, day: date) -> date:
        """Return the day itself if it is open, else the last open day before it."""
        place = self._upto[self._index(day)] - 1
        if place < 0:
            raise self._not_known(self.first - 1)
        return self._open[place]

    def skipped(self, start: date, end: date) -> list[Step]:
        """List the closed days after `start`, up to and including `end`, each with its reason."""
        first, last = self._index(start), self._index(end)
        shut, skips = self._told or self._tell()
        return skips[shut[first] : shut[last]]
