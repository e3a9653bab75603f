"""Days as people type them, read one way or refused with what to type."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.prose import full_day
from casemgr.web import speak
from casemgr.web.typed import day

TODAY = date(2010, 10, 29)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_a_day_as_our_own_pages_print_it_is_read_back(any_day: date) -> None:
    assert day(full_day(any_day), TODAY) == any_day
    assert day(any_day.isoformat(), TODAY) == any_day
    assert day(f"{any_day.month}/{any_day.day}/{any_day.year}", TODAY) == any_day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9/8/26", date(2026, 9, 8)),
        ("1/2/71", date(1971, 1, 2)),
        ("Sept. 8, 2026", date(2026, 9, 8)),
        ("8th Sept 2026", date(2026, 9, 8)),
        (" TODAY ", TODAY),
        ("tomorrow", date(2010, 10, 30)),
    ],
)
def test_short_forms_are_read(typed: str, meant: date) -> None:
    assert day(typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "9/8",
        "31/12/2010",
        "2010-13-01",
        "Feb 30 2010",
        "Ma 8 2010",
        "٩/8/2010",
        "9/8/2010 or so",
    ],
)
def test_what_cannot_be_read_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match="Type a date like 9/8/2026"):
        day(typed, TODAY)


def test_a_day_typed_before_its_month_is_not_guessed_but_told() -> None:
    with pytest.raises(ValueError, match="for February 13, 2015 type 2/13/2015"):
        day("13/2/2015", TODAY)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(typed: str) -> None:
    with suppress(ValueError):
        assert isinstance(day(typed, TODAY), date)


def test_days_inside_a_sentence_are_written_out_and_the_rest_is_escaped() -> None:
    said = str(speak.prose("due Wednesday 2010-11-17 <b> and 2010-13-45"))

    assert said == (
        'due <time datetime="2010-11-17">Wednesday, November 17, 2010</time> '
        "&lt;b&gt; and 2010-13-45"
    )
