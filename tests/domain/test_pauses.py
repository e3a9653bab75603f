"""When an agency's clock stands still, and when a period with pauses runs out."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.domain.pauses import merged, runs_out
from casemgr.law.reader import the_law

WORKING = the_law().almanac.working


def day(number: int) -> date:
    """A day of March 2021, which has no holiday; the first is a Monday."""
    return date(2021, 3, number)


@pytest.mark.parametrize(
    ("pauses", "joined"),
    [
        ([], []),
        ([(1, 3), (5, 6)], [(1, 3), (5, 6)]),
        ([(5, 6), (1, 3)], [(1, 3), (5, 6)]),
        ([(1, 3), (3, 5)], [(1, 5)]),
        ([(1, 9), (3, 5)], [(1, 9)]),
        ([(1, None), (1, 3)], [(1, None)]),
        ([(1, 3), (2, None)], [(1, None)]),
        ([(1, None), (5, 6)], [(1, None)]),
        # A question that may have come after its answer stops nothing, and hides nothing.
        ([(5, 3), (6, 8)], [(6, 8)]),
        ([(4, 4)], [(4, 4)]),
    ],
)
def test_pauses_that_touch_are_one(
    pauses: list[tuple[int, int | None]], joined: list[tuple[int, int | None]]
) -> None:
    def days(spans: list[tuple[int, int | None]]) -> list[tuple[date, date | None]]:
        return [(day(first), day(last) if last else None) for first, last in spans]

    assert merged(days(pauses)) == days(joined)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], 8),
        ([(3, 4)], 10),
        ([(6, 7)], 8),  # a weekend: no day was to be counted
        ([(8, 8)], 9),  # the last day itself
        ([(9, 12)], 8),  # after the time had run
        ([(3, 3), (9, 9)], 10),  # the first pause moves the last day onto the second
        ([(3, 3), (12, 12)], 9),
        ([(1, 2)], 9),  # begun on day 0, which is not counted anyway
    ],
)
def test_five_working_days_from_the_first_of_march(pauses: list[tuple[int, int]], due: int) -> None:
    spans = [(day(first), day(last)) for first, last in pauses]

    assert runs_out(day(1), 5, spans, WORKING) == day(due)


def test_a_pause_that_has_not_ended_leaves_no_last_day() -> None:
    assert runs_out(day(1), 5, [(day(8), None)], WORKING) is None
    assert runs_out(day(1), 5, [(day(9), None)], WORKING) == day(8)
