"""On which days to remind, given a deadline: the office's policy, without any clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from casemgr.domain.words import Side

# Two weeks, a week, three days, the day before, the day itself.
AHEAD = (14, 7, 3, 1, 0)


def days_to_remind(
    whose: Side, *, in_court: bool, due: date | None, last: date | None, today: date
) -> Iterator[tuple[int, date]]:
    """Yield (days before the date, day to send), today or later; -1 is the day after it.

    `due` is the date to work to. What is ours, and everything in court, is told ahead. An
    agency's time is not: it is told the day after `last`, the latest defensible day, when its
    lateness has opened a right of ours.

    >>> day = date(2010, 11, 12)
    >>> told = days_to_remind(
    ...     Side.OURS, in_court=True, due=day, last=day, today=date(2010, 11, 9))
    >>> [n for n, _ in told]
    [3, 1, 0, -1]
    """
    if due is not None and (whose is Side.OURS or in_court):
        for before in AHEAD:
            day = due - timedelta(days=before)
            if day >= today:
                yield before, day
    after = due if whose is Side.OURS else last
    if after is not None and after + timedelta(days=1) >= today:
        yield -1, after + timedelta(days=1)
