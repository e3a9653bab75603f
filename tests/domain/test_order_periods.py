"""What returns after a day, and what is counted to a hearing, as orders put it."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.domain.clerk_dates import awaited, stated_dates
from casemgr.domain.docket_days import again_in


@pytest.mark.parametrize(
    ("says", "every", "unit"),
    [
        ("shall file a report by June 1, 2016, and every 60 days thereafter", 60, "days"),
        ("shall file it by June 1, 2016 and every sixty (60) days thereafter", 60, "days"),
        ("shall produce records by June 1, 2016 and monthly thereafter", 1, "months"),
        ("shall file a report by June 1, 2016, with further reports every two weeks", 2, "weeks"),
        ("shall file a report by June 1, 2016, and every other month thereafter", 2, "months"),
        ("shall file a report by June 1, 2016, and quarterly thereafter", 3, "months"),
        ("shall file a joint status report every 60 days, beginning June 1, 2016", 60, "days"),
    ],
)  # fmt: skip
def test_an_order_may_ask_for_the_same_again_and_again(says: str, every: int, unit: str) -> None:
    [found] = stated_dates(f"ORDER: The parties {says}.")
    assert (found.on, found.every, found.every_unit) == (date(2016, 6, 1), every, unit)
    assert found.words in f"The parties {says}"
    assert found.words.endswith(says[-8:])


@pytest.mark.parametrize(
    "says",
    [
        "The parties shall file a report by June 1, 2016, and each party shall bring a list.",
        "The parties shall file a report by June 1, 2016. Every motion waits.",
        "The parties shall file a report by June 1, 2016, and a reply within 60 days.",
    ],
)
def test_what_goes_on_otherwise_does_not_return(says: str) -> None:
    found = stated_dates(f"ORDER: {says}")
    assert [each.every for each in found if each.on == date(2016, 6, 1)] == [0]


def test_a_period_of_the_order_itself_may_return_too() -> None:
    [found] = awaited(
        "ORDER: Defendants shall file a status report within 30 days of this Order, and every 60 "
        "days thereafter."
    )
    assert (found.count, found.from_itself, found.every, found.every_unit) == (30, True, 60, "days")


@pytest.mark.parametrize(
    ("says", "what", "count", "unit", "act", "of"),
    [
        (
            ("The parties shall file a joint letter no later than seven days before the status "
            "conference."),
            "file a joint letter", 7, "days", "before_hearing", "status conference",
        ),
        (
            ("At least three business days before the Initial Pretrial Conference, the parties "
            "shall submit a joint letter."),
            "submit a joint letter", 3, "business days", "before_hearing",
            "Initial Pretrial Conference",
        ),
        (
            "Pretrial memoranda are due one week prior to the hearing.",
            "Pretrial memoranda", 1, "weeks", "before_hearing", "hearing",
        ),
        (
            "Plaintiffs shall submit proposed findings within 14 days after the hearing.",
            "submit proposed findings", 14, "days", "after_hearing", "hearing",
        ),
    ],
)  # fmt: skip
def test_a_period_to_a_hearing_is_read(
    says: str, what: str, count: int, unit: str, act: str, of: str
) -> None:
    [found] = awaited(f"ORDER: {says}")
    assert (found.what, found.count, found.unit, found.act, found.of) == (
        what,
        count,
        unit,
        act,
        of,
    )
    assert found.words in says


@pytest.mark.parametrize(
    "says",
    [
        "The parties shall file a letter seven days before each conference.",
        "MOTION for leave to file a brief seven days before the hearing.",
        "ORDER: The conference is set for June 1, 2016.",
    ],
)
def test_what_no_single_hearing_is_named_for_waits_for_none(says: str) -> None:
    assert awaited(says) == ()


def test_two_days_that_follow_a_comma_are_not_taken_for_a_return() -> None:
    assert again_in("by June 1, 2016, and July 1, 2016", 15) is None
