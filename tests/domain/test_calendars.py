"""Which days are open: against the statute's own oddities and against another library."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.calendars import Calendar
from casemgr.domain.holidays import Holiday, nth_weekday
from casemgr.errors import CalendarNotKnown
from casemgr.law.reader import the_law

WORKING = the_law().almanac.working
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))
ONE_DAY = timedelta(days=1)


def test_another_library_knows_the_same_federal_holidays() -> None:
    # The library keeps Veterans Day of 1971 to 1977, Juneteenth and the observed days as we do.
    theirs = holidays.country_holidays("US", years=range(1971, 2061), observed=True)
    day = date(1986, 1, 1)
    while day.year <= 2059:
        if day.weekday() < 5:
            assert (WORKING.closed_for(day) is not None) == (day in theirs), day
        day += ONE_DAY


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2010-12-31", "New Year's Day (observed)"),
        ("2021-12-31", "New Year's Day (observed)"),
        ("2021-06-18", "Juneteenth National Independence Day (observed)"),
        ("2022-06-20", "Juneteenth National Independence Day (observed)"),
        ("1976-10-25", "Veterans Day"),
        ("1986-01-20", "Birthday of Martin Luther King Jr."),
        ("2010-02-06", "Saturday"),
        ("2010-02-07", "Sunday"),
        ("2010-02-08", None),
        ("1983-01-17", None),
        ("2020-06-19", None),
        ("1977-11-11", None),
        ("2024-03-29", None),
        ("2024-11-29", None),
        ("2017-01-20", None),
    ],
)
def test_a_day_is_closed_for_its_reason_or_open(day: str, why: str | None) -> None:
    assert WORKING.closed_for(date.fromisoformat(day)) == why


@pytest.mark.parametrize(
    ("state", "day", "closed"),
    [
        ("NY", "2023-02-13", True),
        ("NY", "2013-02-12", True),
        ("NY", "2022-02-11", False),
        ("NY", "2013-11-05", True),
        ("NY", "2016-11-08", True),
        ("NY", "2016-11-01", False),
        ("DC", "2011-04-15", True),
        ("DC", "2006-04-17", False),
        ("DC", "2017-04-17", True),
        ("DC", "2021-01-20", True),
        ("DC", "2022-01-20", False),
        ("DC", "1985-01-21", True),
        ("MA", "2008-04-21", True),
        ("ME", "2008-04-21", True),
        ("MA", "2008-04-14", False),
        ("CA", "2023-09-22", True),
        ("CA", "2025-01-29", True),
        ("CA", "2024-04-02", False),
        ("CA", "2019-04-01", True),
    ],
)
def test_a_state_keeps_its_own_holidays(state: str, day: str, closed: bool) -> None:
    days = the_law().almanac.court_days((state,))

    assert (days.closed_for(date.fromisoformat(day)) is not None) == closed


def test_the_third_of_july_2015_is_closed_forward_only_for_courts_and_always_for_agencies() -> None:
    friday, almanac = date(2015, 7, 3), the_law().almanac

    assert almanac.court_days().closed_for(friday)
    assert almanac.court_days(fridays=False).closed_for(friday) is None
    assert almanac.working.closed_for(friday)


@given(day=DAYS, n=st.integers(1, 400))
def test_counting_on_and_back_meet(day: date, n: int) -> None:
    due = WORKING.after(day, n)

    assert WORKING.between(day, due) == n
    assert WORKING.closed_for(due) is None
    assert WORKING.before(due, n) <= day + timedelta(days=7)
    assert WORKING.before(due + ONE_DAY, n) > day


@given(day=DAYS, n=st.integers(1, 60))
def test_the_tables_agree_with_a_walk(day: date, n: int) -> None:
    forward, back = day, day
    for _ in range(n):
        forward, back = forward + ONE_DAY, back - ONE_DAY
        while WORKING.closed_for(forward):
            forward += ONE_DAY
        while WORKING.closed_for(back):
            back -= ONE_DAY

    assert WORKING.after(day, n) == forward
    assert WORKING.before(day, n) == back


@given(day=DAYS)
def test_the_nearest_open_day_is_the_day_itself_if_it_is_open(day: date) -> None:
    after, before = WORKING.next_open(day), WORKING.previous_open(day)

    assert before <= day <= after
    assert (before == after == day) == (WORKING.closed_for(day) is None)
    assert WORKING.closed_for(after) is None is WORKING.closed_for(before)
    assert WORKING.between(before, after) == (0 if before == after else 1)


@given(start=DAYS, span=st.integers(0, 900))
def test_every_closed_day_of_a_span_is_told_once(start: date, span: int) -> None:
    end = start + timedelta(days=span)

    told = [step.on for step in WORKING.skipped(start, end)]

    assert len(told) + WORKING.between(start, end) == span
    assert told == sorted(set(told))
    assert all(day and start < day <= end and WORKING.closed_for(day) for day in told)


@pytest.mark.parametrize(
    "ask",
    [
        lambda calendar: calendar.closed_for(date(1999, 12, 31)),
        lambda calendar: calendar.closed_for(date(2002, 1, 1)),
        lambda calendar: calendar.after(date(2001, 12, 20), 20),
        lambda calendar: calendar.after(date(1999, 12, 31), 1),
        lambda calendar: calendar.after(date(2002, 1, 1), 1),
        lambda calendar: calendar.before(date(2000, 1, 5), 20),
        lambda calendar: calendar.before(date(2002, 1, 1), 1),
        lambda calendar: calendar.between(date(1999, 1, 1), date(2000, 5, 1)),
        lambda calendar: calendar.between(date(2000, 1, 1), date(2002, 5, 1)),
        lambda calendar: calendar.next_open(date(2001, 12, 31)),
        lambda calendar: calendar.previous_open(date(2000, 1, 1)),
        lambda calendar: calendar.skipped(date(2001, 12, 1), date(2002, 1, 1)),
    ],
)
def test_a_year_that_is_not_held_is_refused(ask: object) -> None:
    closed = {date(2001, 12, 31): "closed"}
    calendar = Calendar("small", 2000, 2001, closed)

    with pytest.raises(CalendarNotKnown, match="holds the years 2000 to 2001"):
        ask(calendar)  # type: ignore[operator]


@pytest.mark.parametrize("n", [0, -1])
def test_counting_no_days_at_all_is_a_slip(n: int) -> None:
    with pytest.raises(ValueError, match="first day"):
        WORKING.after(date(2010, 2, 3), n)
    with pytest.raises(ValueError, match="first day"):
        WORKING.before(date(2010, 2, 3), n)


def test_the_last_days_of_the_calendar_still_answer() -> None:
    calendar = Calendar("small", 2000, 2001, {})

    assert calendar.closed_for(date(2000, 1, 1)) == "Saturday"
    assert calendar.closed_for(date(2001, 12, 31)) is None
    assert calendar.after(date(2001, 12, 28), 1) == date(2001, 12, 31)
    assert calendar.before(date(2000, 1, 4), 1) == date(2000, 1, 3)
    assert calendar.previous_open(date(2000, 1, 3)) == date(2000, 1, 3)
    with pytest.raises(CalendarNotKnown, match="1999 is outside"):
        calendar.previous_open(date(2000, 1, 2))
    assert calendar.next_open(date(2001, 12, 31)) == date(2001, 12, 31)


def test_the_first_day_of_the_calendar_is_one_of_its_days_and_the_day_outside_is_not() -> None:
    first = date(2002, 1, 1)
    calendar = Calendar("small", 2002, 2003, {first: "New Year's Day"})

    assert calendar.closed_for(first) == "New Year's Day"
    assert calendar.next_open(first) == calendar.after(first, 1) == date(2002, 1, 2)
    assert calendar.between(first, date(2002, 1, 3)) == 2
    for ask in (calendar.is_open, calendar.next_open, calendar.previous_open):
        for outside in (date(2001, 12, 31), date(2004, 1, 1)):
            with pytest.raises(CalendarNotKnown, match=f"{outside.year} is outside"):
                ask(outside)


def test_a_holiday_may_come_every_few_years_or_on_listed_days_only() -> None:
    inauguration = Holiday("Inauguration Day", since=1973, every=4, month=1, day=20)
    listed = Holiday("Listed", since=2000, until=2003, dates=(date(2001, 5, 5), date(2004, 5, 5)))

    assert [year for year in range(1970, 1983) if inauguration.on(year)] == [1973, 1977, 1981]
    assert [listed.on(year) for year in (2000, 2001, 2004)] == [None, date(2001, 5, 5), None]


def test_a_weekday_of_a_month_is_found_from_either_end() -> None:
    assert nth_weekday(2024, 2, 3, 5) == date(2024, 2, 29)
    assert nth_weekday(2024, 5, 0, -1) == date(2024, 5, 27)
    assert nth_weekday(2024, 9, 0, 1) == date(2024, 9, 2)
    assert nth_weekday(2024, 12, 1, -1) == date(2024, 12, 31)
    assert nth_weekday(2024, 12, 1, -2) == date(2024, 12, 24)
