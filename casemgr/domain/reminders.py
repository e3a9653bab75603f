"""On which days to remind, given a deadline: the office's policy, without any clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from casemgr.domain.words import Side

# Ours: two weeks, a week, three days, the day before, the day itself, the day after it passed.
OURS = (14, 7, 3, 1, 0, -1)
# Theirs: the day after, when their lateness opens a right of ours.
THEIRS = (-1,)


def days_to_remind(whose: Side, target: date, today: date) -> Iterator[tuple[int, date]]:
    """Yield (days before the target, day to send), today or later; negative is after it.

    >>> [n for n, _ in days_to_remind(Side.OURS, date(2010, 11, 12), date(2010, 11, 9))]
    [3, 1, 0, -1]
    """
    for before in OURS if whose is Side.OURS else THEIRS:
        day = target - timedelta(days=before)
        if day >= today:
            yield before, day
