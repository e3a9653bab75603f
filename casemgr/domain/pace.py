"""The pace of productions: what was owed by a day, what came, and when it would all be here."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from casemgr.domain.words import Every

DAYS = {Every.WEEK: 7, Every.FORTNIGHT: 14}
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3}
FURTHEST = 4_000  # instalments; what would take longer is not worth a date


@dataclass(frozen=True, slots=True)
class Pace:
    """So many pages at a time from a day on; `until` is its last day, None while it holds."""

    pages: int
    every: Every
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """Pages that came on a day and count towards the pace."""

    on: date
    pages: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a production stands on a day, counted from the day the pace began.

    - `owed`: pages due by `owed_on`, the last day on which an instalment fell due, if any did;
      `next_on`: the next one. `came`: pages that came; `behind`: what is missing of `owed`, never
      under 0.
    - `in_all`: pages there are, if anybody said; `left`: those still to come.
    - `ends_as_fixed`: when all would be here at the fixed pace from now on; `ends_as_it_goes`: at
      the pace of the days since it began. None where it cannot be said.
    """

    as_of: date
    owed: int
    owed_on: date | None
    next_on: date | None
    came: int
    in_all: int | None
    ends_as_fixed: date | None
    ends_as_it_goes: date | None

    @property
    def behind(self) -> int:
        """Return how many pages are missing of what was due."""
        return max(self.owed - self.came, 0)

    @property
    def left(self) -> int | None:
        """Return how many pages are still to come; None where nobody said how many there are."""
        return None if self.in_all is None else max(self.in_all - self.came, 0)


def due_days(pace: Pace) -> Iterator[date]:
    """Yield the last day of each instalment: a month after the pace began, two months after...

    >>> days = due_days(Pace(650, Every.MONTH, date(2026, 1, 31)))
    >>> next(days), next(days)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    """
    for count in range(1, FURTHEST + 1):
        try:
            day = _after(pace.since, pace.every, count)
        except (OverflowError, ValueError):
            return
        if pace.until is not None and day > pace.until:
            return
        yield day


def standing(
    paces: Sequence[Pace], came: Iterable[Came], today: date, in_all: int | None = None
) -> Standing:
    """Return where a production stands on a day; a pace holds until the next one begins.

    Pages that came before the first pace began count against what there is in all, and not
    towards what was owed under it.
    """
    follow = _one_after_another(paces)
    begun = follow[0].since
    known = [each for each in came if each.on <= today]
    since = sum(each.pages for each in known if each.on >= begun)
    before = sum(each.pages for each in known if each.on < begun)
    fell = list(instalments(paces, today))
    rest = None if in_all is None else max(in_all - before, 0)
    owed = sum(pages for _, pages in fell)
    left = None if rest is None else max(rest - since, 0)
    return Standing(
        as_of=today,
        owed=owed if rest is None else min(owed, rest),
        owed_on=fell[-1][0] if fell else None,
        next_on=_next(follow, today) if left != 0 else None,
        came=since,
        in_all=rest,
        ends_as_fixed=_as_fixed(follow, today, left),
        ends_as_it_goes=_as_it_goes(begun, today, since, left),
    )


def instalments(paces: Sequence[Pace], until: date) -> Iterator[tuple[date, int]]:
    """Yield the day and pages of each instalment until a day, that day included."""
    for each in _one_after_another(paces):
        for day in due_days(each):
            if day > until:
                break
            yield day, each.pages


def _one_after_another(paces: Sequence[Pace]) -> list[Pace]:
    """Return the paces in order, each ending before the next begins."""
    ordered = sorted(paces, key=lambda each: each.since)
    found = []
    for each, after in zip(ordered, [*ordered[1:], None], strict=True):
        ends = [each.until, after.since - timedelta(days=1) if after else None]
        known = [day for day in ends if day is not None]
        found.append(Pace(each.pages, each.every, each.since, min(known) if known else None))
    return found


def _next(paces: Sequence[Pace], today: date) -> date | None:
    return next((day for each in paces for day in due_days(each) if day > today), None)


def _as_fixed(paces: Sequence[Pace], today: date, left: int | None) -> date | None:
    if not left:
        return None
    for each in paces:
        for day in due_days(each):
            if day <= today:
                continue
            left -= each.pages
            if left <= 0:
                return day
    return None


def _as_it_goes(begun: date, today: date, came: int, left: int | None) -> date | None:
    days = (today - begun).days
    if not left or came <= 0 or days <= 0:
        return None
    needed = -(-Fraction(left * days, came) // 1)  # whole days, rounded up
    try:
        return today + timedelta(days=int(needed))
    except OverflowError:
        return None


def _after(since: date, every: Every, count: int) -> date:
    if every in DAYS:
        return since + timedelta(days=DAYS[every] * count)
    months = since.month - 1 + MONTHS[every] * count
    year, month = since.year + months // 12, months % 12 + 1
    return date(year, month, min(since.day, calendar.monthrange(year, month)[1]))
