"""The pace: what was owed by a day, what came, how far behind, and when it ends."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.pace import Came, Pace, instalments, standing
from casemgr.domain.words import Every

BEGUN = date(2026, 10, 1)
MONTHLY = Pace(650, Every.MONTH, BEGUN)
TODAY = date(2026, 12, 15)


def test_six_hundred_and_fifty_a_month_are_owed_month_by_month() -> None:
    stands = standing([MONTHLY], [Came(date(2026, 10, 20), 420)], TODAY)

    assert (stands.owed, stands.owed_on, stands.next_on) == (
        1300,
        date(2026, 12, 1),
        date(2027, 1, 1),
    )
    assert (stands.came, stands.behind) == (420, 880)


def test_a_month_that_has_no_such_day_ends_on_its_last() -> None:
    pace = Pace(100, Every.MONTH, date(2026, 1, 31))

    days = [day for day, _ in instalments([pace], date(2026, 4, 30))]

    assert days == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


def test_the_end_is_told_at_the_fixed_pace_and_at_the_real_one() -> None:
    stands = standing([MONTHLY], [Came(date(2026, 10, 20), 750)], TODAY, in_all=3000)

    # 2,250 left: four more months of 650. So far ten pages a day: 225 days.
    assert stands.left == 2250
    assert stands.ends_as_fixed == date(2027, 4, 1)
    assert stands.ends_as_it_goes == date(2027, 7, 28)


def test_a_new_pace_ends_the_one_before_it() -> None:
    faster = Pace(1000, Every.MONTH, date(2026, 11, 1))

    stands = standing([faster, MONTHLY], [], TODAY)

    # October's month would have ended on November 1, when the faster one began.
    assert (stands.owed, stands.owed_on) == (1000, date(2026, 12, 1))


def test_what_came_before_the_pace_began_is_not_counted_towards_it() -> None:
    stands = standing([MONTHLY], [Came(date(2026, 6, 1), 500)], TODAY, in_all=1000)

    assert (stands.came, stands.in_all, stands.left) == (0, 500, 500)
    assert stands.owed == 500  # no more than there is


def test_when_everything_is_here_nothing_is_owed_next() -> None:
    stands = standing([MONTHLY], [Came(TODAY, 700)], TODAY, in_all=700)

    assert (stands.left, stands.behind, stands.next_on) == (0, 0, None)
    assert (stands.ends_as_fixed, stands.ends_as_it_goes) == (None, None)


def test_a_pace_that_begins_tomorrow_owes_nothing_yet() -> None:
    stands = standing([Pace(650, Every.WEEK, date(2026, 12, 16))], [], TODAY)

    assert (stands.owed, stands.owed_on, stands.next_on) == (0, None, date(2026, 12, 23))


@given(
    st.lists(st.tuples(st.dates(BEGUN, date(2030, 1, 1)), st.integers(0, 5000)), max_size=8),
    st.dates(BEGUN, date(2030, 1, 1)),
    st.sampled_from(Every),
)
def test_more_pages_never_put_an_agency_further_behind(
    came: list[tuple[date, int]], today: date, every: Every
) -> None:
    pages = [Came(day, count) for day, count in came]
    pace = [Pace(100, every, BEGUN)]

    fewer, more = standing(pace, pages[:-1], today), standing(pace, pages, today)

    assert more.behind <= fewer.behind <= fewer.owed
    assert more.owed == fewer.owed
