"""Rule 6 in its texts: properties that no example alone can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from casemgr.domain.almanac import Closure
from casemgr.domain.calendars import Calendar
from casemgr.domain.counting import (
    Terms,
    add_days,
    add_hours,
    add_months,
    add_working_days,
    anniversary,
    settle,
    subtract_working_days,
)
from casemgr.domain.steps import Step
from casemgr.errors import LawError
from casemgr.law.reader import the_law

LAW = the_law()
RULE = LAW.counting["frcp_6"]
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
TEXTS = st.sampled_from(RULE.texts)
STATES = st.sampled_from(((), ("NY",), ("DC",), ("MA",), ("CA",)))
WAYS = st.sampled_from(("after", "before"))


def terms(text_of: date = date(2009, 12, 1), states: tuple[str, ...] = ()) -> Terms:
    """How a court of these states counts by the text of that day."""
    return Terms(
        rule=RULE,
        text=RULE.text_on(text_of),
        forward=LAW.almanac.court_days(states),
        backward=LAW.almanac.court_days(fridays=False),
    )


@given(day=DAYS, n=st.integers(0, 400), text=TEXTS, states=STATES)
def test_more_days_are_never_earlier(
    day: date, n: int, text: object, states: tuple[str, ...]
) -> None:
    how = replace(terms(states=states), text=text)
    # An old text changes its way of counting at its threshold.
    assume(n + 1 != how.text.short_below)

    assert add_days(day, n, how) <= add_days(day, n + 1, how)


@given(day=DAYS, n=st.integers(0, 400), text=TEXTS, states=STATES, way=WAYS, three=st.booleans())
def test_the_act_can_be_done_on_the_last_day(
    day: date, n: int, text: object, states: tuple[str, ...], way: str, three: bool
) -> None:
    how = replace(terms(states=states), text=text, adds_three=three)

    due = add_days(day, n, how, way)

    open_days = how.forward if way == "after" or three else how.backward
    assert open_days.closed_for(due) is None


@given(day=DAYS, n=st.integers(0, 60), text=TEXTS, closed=st.sets(st.integers(0, 90), max_size=9))
def test_a_closed_clerk_never_brings_a_day_nearer_and_is_never_the_last_day(
    day: date, n: int, text: object, closed: set[int]
) -> None:
    shut = frozenset(day + timedelta(days=after) for after in closed)
    how = replace(terms(), text=text)

    due = add_days(day, n, replace(how, closed=shut))

    assert due >= add_days(day, n, how)
    assert due not in shut or not how.text.clerk


@given(day=DAYS, n=st.integers(1, 60), added=st.integers(0, 90), text=TEXTS)
def test_adding_a_holiday_never_brings_a_day_nearer(
    day: date, n: int, added: int, text: object
) -> None:
    how = replace(terms(), text=text)
    closures = {**how.forward.closures, day + timedelta(days=added): "a new holiday"}
    more = Calendar("more", how.forward.first, how.forward.last, closures)

    assert add_days(day, n, how.on(more)) >= add_days(day, n, how)


@given(day=DAYS, n=st.integers(0, 400), text=TEXTS)
def test_forward_and_backward_are_mirror_images_before_anything_moves(
    day: date, n: int, text: object
) -> None:
    how = replace(terms(), text=text, roll=False)
    assume(n >= how.text.short_below)

    assert day - add_days(day, n, how, "before") == add_days(day, n, how) - day


@given(day=DAYS, n=st.integers(0, 60), way=WAYS, text=TEXTS, three=st.booleans())
def test_the_date_is_the_same_with_and_without_its_explanation(
    day: date, n: int, way: str, text: object, three: bool
) -> None:
    how = replace(terms(), text=text, adds_three=three, service="mail")
    steps: list[Step] = []

    assert add_days(day, n, how, way, steps) == add_days(day, n, how, way)
    assert steps or n == 0
    assert all(step.says for step in steps)


@given(day=DAYS, n=st.integers(0, 60))
def test_working_days_back_undo_working_days_on(day: date, n: int) -> None:
    working = LAW.almanac.working
    start = working.next_open(day)

    assert subtract_working_days(add_working_days(start, n, working), n, working) == start


@given(day=DAYS, n=st.integers(1, 10))
def test_an_old_short_period_counts_open_days_only(day: date, n: int) -> None:
    how = terms(date(1990, 1, 1))

    assert how.forward.between(day, add_days(day, n, how)) == n


def test_an_old_short_period_counted_back_tells_the_closed_days_it_passed_and_no_others() -> None:
    friday = date(1990, 6, 15)
    steps: list[Step] = []

    assert add_days(friday, 5, terms(friday), "before", steps) == date(1990, 6, 8)
    assert [step.on for step in steps if step.on] == [
        friday,
        *(date(1990, 6, n) for n in (10, 9, 8)),
    ]


@pytest.mark.parametrize(
    ("text_of", "n", "due"),
    [
        # From Friday 1985-06-28: six days are short before August 1985, seven are not.
        ("1985-07-31", 6, "1985-07-09"),
        ("1985-07-31", 7, "1985-07-05"),
        ("1985-08-01", 10, "1985-07-15"),
        ("1985-08-01", 11, "1985-07-09"),
        ("2009-11-30", 10, "1985-07-15"),
        ("2009-12-01", 10, "1985-07-08"),
        ("2023-12-01", 6, "1985-07-05"),
    ],
)
def test_the_threshold_of_short_periods_is_that_of_the_text(text_of: str, n: int, due: str) -> None:
    how = terms(date.fromisoformat(text_of))

    assert add_days(date(1985, 6, 28), n, how) == date.fromisoformat(due)


def test_three_days_come_after_the_move_since_december_2005_and_before_it_until_then() -> None:
    saturday = date(2024, 8, 31)  # before Labor Day, Monday 2 September
    new = replace(terms(date(2005, 12, 1)), adds_three=True)
    old = replace(terms(date(2005, 11, 30)), adds_three=True)

    assert settle(saturday, new) == date(2024, 9, 6)
    assert settle(saturday, old) == date(2024, 9, 3)


@pytest.mark.parametrize(
    ("service", "served_on", "adds"),
    [
        ("mail", "2001-11-30", True),
        ("electronic", "2001-11-30", False),
        ("clerk", "2001-11-30", False),
        ("electronic", "2001-12-01", True),
        ("electronic", "2016-11-30", True),
        ("electronic", "2016-12-01", False),
        ("mail", "2016-12-01", True),
        ("clerk", "2016-12-01", True),
        ("other_consented", "2016-12-01", True),
        ("personal", "2010-01-01", False),
        (None, "2010-01-01", False),
        ("mail", "1960-01-01", False),
    ],
)
def test_the_manners_of_service_that_add_days_follow_the_day_of_service(
    service: str | None, served_on: str, adds: bool
) -> None:
    assert RULE.adds_three_days(service, date.fromisoformat(served_on)) is adds


def test_a_closed_clerk_moved_nothing_before_august_1985() -> None:
    shut = frozenset({date(1985, 7, 8)})
    old, new = terms(date(1985, 7, 31)), terms(date(1985, 8, 1))

    assert settle(date(1985, 7, 8), replace(old, closed=shut)) == date(1985, 7, 8)
    assert settle(date(1985, 7, 8), replace(new, closed=shut)) == date(1985, 7, 9)


def test_several_closed_days_and_a_weekend_are_all_passed() -> None:
    shut = frozenset({date(2012, 10, 29), date(2012, 10, 30), date(2012, 11, 2)})
    steps: list[Step] = []

    moved = settle(date(2012, 10, 27), replace(terms(), closed=shut), "after", steps)

    assert moved == date(2012, 10, 31)
    assert [step.on for step in steps][-2:] == [date(2012, 10, 29), date(2012, 10, 30)]
    assert settle(date(2012, 11, 2), replace(terms(), closed=shut)) == date(2012, 11, 5)


@pytest.mark.parametrize(
    ("start", "n", "direction", "end"),
    [
        ("2024-01-31", 1, "after", "2024-02-29"),
        ("2023-01-31", 1, "after", "2023-02-28"),
        ("2024-03-31", 1, "before", "2024-02-29"),
        ("2024-12-15", 1, "after", "2025-01-15"),
        ("2024-01-15", 1, "before", "2023-12-15"),
        ("2024-02-29", 12, "after", "2025-02-28"),
        ("2024-02-29", 48, "after", "2028-02-29"),
        ("2024-05-05", 0, "after", "2024-05-05"),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(
    start: str, n: int, direction: str, end: str
) -> None:
    assert add_months(date.fromisoformat(start), n, direction) == date.fromisoformat(end)


def test_months_outside_every_calendar_are_refused() -> None:
    with pytest.raises(LawError, match="outside every calendar"):
        add_months(date(2024, 1, 1), 12 * 8000)
    with pytest.raises(LawError, match="outside every calendar"):
        add_months(date(2024, 1, 1), 12 * 2024, "before")
    with pytest.raises(LawError, match="outside every calendar"):
        add_months(date(2024, 1, 1), 12 * 7976)


def test_months_reach_the_first_and_the_last_year() -> None:
    assert add_months(date(2024, 1, 1), 12 * 2023, "before") == date(1, 1, 1)
    assert add_months(date(2024, 1, 1), 12 * 7975) == date(9999, 1, 1)


def test_an_anniversary_on_a_closed_day_moves_on() -> None:
    steps: list[Step] = []

    assert anniversary(date(2012, 2, 29), 1, terms(), "after", steps) == date(2013, 2, 28)
    assert "There is no day 29" in steps[-1].says
    assert anniversary(date(2010, 7, 3), 1, terms()) == date(2011, 7, 5)


EAST = ZoneInfo("America/New_York")
MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001 - local times


@given(moment=MOMENTS, n=st.integers(0, 500))
def test_hours_end_on_an_open_day_and_are_elapsed_hours(moment: datetime, n: int) -> None:
    moment = moment.replace(second=0, microsecond=0, hour=12)

    end = add_hours(moment, n, EAST, terms())

    assert terms().forward.closed_for(end.date()) is None
    elapsed = end.replace(tzinfo=EAST).timestamp() - moment.replace(tzinfo=EAST).timestamp()
    assert elapsed >= n * 3600
    assert elapsed - n * 3600 < 5 * 24 * 3600


def test_hours_may_be_counted_back() -> None:
    monday = datetime(2024, 9, 9, 10, 0)  # noqa: DTZ001 - a local time

    found = add_hours(monday, 48, EAST, terms(), "before")

    assert found == datetime(2024, 9, 6, 10, 0)  # noqa: DTZ001 - Saturday runs back to Friday


def test_a_day_before_the_first_text_is_refused() -> None:
    with pytest.raises(LawError, match="has no text for 1960-01-01"):
        RULE.text_on(date(1960, 1, 1))


def test_the_holiday_of_one_court_is_not_that_of_another() -> None:
    shut = Closure(date(2024, 1, 16), "office", "snow", "the clerk's notice", court="nysd")
    almanac = LAW.with_closures([shut]).almanac

    assert almanac.clerk_closed("nysd") == {date(2024, 1, 16)}
    assert almanac.clerk_closed("nyed") == frozenset()
    assert almanac.working.closed_for(date(2024, 1, 16)) is None
