"""Stipulated and ordered changes: the last one is in force, and every day before it is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from casemgr.domain.words import DeadlineKind, EntryKind, Side
from casemgr.errors import Malformed
from casemgr.usecases import litigation, orders, parties, waiting
from casemgr.usecases.orders import OrderDateInput
from casemgr.usecases.parties import ServiceInput
from casemgr.usecases.waiting import WaitingInput
from tests.house.sources import HOUSE
from tests.usecases.suits import Suit, open_suit


@pytest.fixture
def suit(sqlite_template: Path, tmp_path: Path) -> Iterator[Suit]:
    """Open the lawsuit on October 29, 2010."""
    with open_suit(sqlite_template, tmp_path) as opened:
        yield opened


def fix(suit: Suit, number: int, on: date, fixed_for: date, **more: object) -> str:
    """Record an order and the date it fixed; return the date's key."""
    entry = suit.enter(EntryKind.ORDER, on, number=number, filed_by=Side.COURT)
    given = OrderDateInput.model_validate(
        {"title": "Motions", "whose": "theirs", "fixed_for": fixed_for,
         "docket_entry_id": entry.id, "words": f"Motions due by {fixed_for}.", **more}
    )  # fmt: skip
    row = suit.do(lambda work: orders.record_order_date(work, suit.lawsuit.id, given))
    return f"{row.id}:order"


def serve(suit: Suit, on: date) -> None:
    given = ServiceInput(served_on_whom="U.S. Attorney", us_attorney=True, delivered_on=on)
    suit.do(lambda work: parties.record_service(work, suit.lawsuit.id, given))


def says(suit: Suit, key: str) -> str:
    [row] = suit.deadlines(key)
    return " ".join(each["says"] for each in row.steps)


def test_an_order_that_moves_an_order_s_date_supersedes_it(suit: Suit) -> None:
    first = fix(suit, 12, date(2010, 9, 1), date(2010, 11, 15))
    fix(suit, 15, date(2010, 10, 1), date(2010, 12, 1), changes_key=first)

    [now] = suit.deadlines(first)
    assert (now.due, now.kind) == (date(2010, 12, 1), DeadlineKind.ORDER)
    assert [each.due for each in suit.deadlines(first, current=False)] == [
        date(2010, 11, 15),
        date(2010, 12, 1),
    ]
    assert "Dkt. 12 set November 15, 2010" in says(suit, first)
    assert "Dkt. 15 set this day instead" in says(suit, first)


def test_an_earlier_order_typed_later_changes_nothing_but_is_told(suit: Suit) -> None:
    first = fix(suit, 12, date(2010, 9, 1), date(2010, 11, 15))
    fix(suit, 15, date(2010, 10, 20), date(2010, 12, 1), changes_key=first)
    fix(suit, 13, date(2010, 9, 20), date(2010, 11, 22), changes_key=first)

    [now] = suit.deadlines(first)
    assert now.due == date(2010, 12, 1)
    assert "Dkt. 13 set November 22, 2010" in says(suit, first)


def test_a_stipulated_answer_keeps_what_the_rule_gave(suit: Suit) -> None:
    serve(suit, date(2010, 10, 1))
    [by_rule] = suit.deadlines("foia.answer")
    assert by_rule.due == date(2010, 11, 1)  # the thirtieth day is a Sunday

    fix(suit, 9, date(2010, 10, 20), date(2010, 12, 1), changes_key=by_rule.key)

    [now] = suit.deadlines("foia.answer")
    assert (now.due, now.kind, now.title) == (
        date(2010, 12, 1),
        DeadlineKind.ORDER,
        by_rule.title,
    )
    assert "Before any change it was November 1, 2010." in says(suit, "foia.answer")


def test_a_rule_s_trigger_that_moves_leaves_the_court_s_day_alone(suit: Suit) -> None:
    serve(suit, date(2010, 10, 1))
    [by_rule] = suit.deadlines("foia.answer")
    fix(suit, 9, date(2010, 10, 20), date(2010, 12, 1), changes_key=by_rule.key)

    serve(suit, date(2010, 9, 24))  # somebody finds an earlier receipt

    [now] = suit.deadlines("foia.answer")
    assert now.due == date(2010, 12, 1)
    assert "Before any change it was October 25, 2010." in says(suit, "foia.answer")


def test_an_answer_closes_the_date_the_court_gave(suit: Suit) -> None:
    serve(suit, date(2010, 9, 1))
    [by_rule] = suit.deadlines("foia.answer")
    fix(suit, 9, date(2010, 9, 20), date(2010, 10, 15), changes_key=by_rule.key)

    suit.enter(EntryKind.ANSWER, date(2010, 10, 12), number=10, filed_by=Side.THEIRS)

    [now] = suit.deadlines("foia.answer")
    assert (now.done_on, now.due) == (date(2010, 10, 12), date(2010, 10, 15))


def test_a_deadline_of_no_lawsuit_here_cannot_be_changed(suit: Suit) -> None:
    with pytest.raises(Malformed, match="no such deadline in this lawsuit"):
        fix(suit, 9, date(2010, 10, 20), date(2010, 12, 1), changes_key="LS-0:foia.answer")


def test_two_services_on_the_us_attorney_are_one_answer_from_the_first(suit: Suit) -> None:
    serve(suit, date(2010, 10, 8))
    serve(suit, date(2010, 10, 1))

    assert [each.due for each in suit.deadlines("foia.answer")] == [date(2010, 11, 1)]


def test_service_is_watched_until_everybody_on_file_was_reached(suit: Suit) -> None:
    suit.enter(EntryKind.COMPLAINT, date(2010, 9, 1), number=1)
    serve(suit, date(2010, 9, 3))
    given = ServiceInput(
        served_on_whom="Attorney General", attorney_general=True, sent_on=date(2010, 9, 3)
    )
    sent = suit.do(lambda work: parties.record_service(work, suit.lawsuit.id, given))
    [watched] = suit.deadlines("frcp.4m")
    assert watched.done_on is None

    reached = given.model_copy(update={"delivered_on": date(2010, 9, 9)})
    suit.do(lambda work: parties.change_service(work, sent.id, reached))

    [served] = suit.deadlines("frcp.4m")
    assert (served.done_on, served.done_how) == (date(2010, 9, 9), "served")


def test_a_rule_somebody_left_out_makes_no_date(suit: Suit) -> None:
    suit.enter(EntryKind.MOTION, date(2010, 10, 28), without_rules=["lcr.nysd.6_1b.opposition"])

    assert suit.deadlines("6_1b") == []


def test_a_docket_older_than_our_law_files_is_taken_with_its_dates_unknown(suit: Suit) -> None:
    suit.enter(EntryKind.MOTION, date(2005, 3, 1), number=3)

    [old] = suit.deadlines("6_1b")
    assert old.due is None
    assert "2005-03-01" in old.uncertain_because


OCT_26, OCT_29, NOV_1 = date(2010, 10, 26), date(2010, 10, 29), date(2010, 11, 1)


def test_the_cascade_that_the_readme_shows_is_what_a_preview_gives(
    sqlite_template: Path, tmp_path: Path
) -> None:
    with open_suit(sqlite_template, tmp_path, date(2010, 10, 26)) as suit:
        order = suit.enter(EntryKind.ORDER, date(2010, 9, 1), number=11, filed_by=Side.COURT)
        motion = suit.enter(EntryKind.MOTION, date(2010, 10, 12), number=12)
        replies = WaitingInput(
            title="Replies", whose=Side.OURS, asks=EntryKind.REPLY, length=7,
            awaits=EntryKind.OPPOSITION, awaits_by=Side.THEIRS, docket_entry_id=order.id,
        )  # fmt: skip
        suit.do(lambda work: waiting.record_waiting(work, suit.lawsuit.id, replies))
        fixed = OrderDateInput(
            title="Produce the letters", whose=Side.THEIRS, fixed_for=date(2010, 11, 15)
        )
        suit.do(lambda work: orders.record_order_date(work, suit.lawsuit.id, fixed))
        given = {"number": 13, "filed_by": Side.THEIRS, "answers_id": motion.id}
        opposition = suit.enter(EntryKind.OPPOSITION, date(2010, 10, 22), **given)

        later = suit.entry(EntryKind.OPPOSITION, date(2010, 10, 25), **given)
        moved = suit.what_if(
            lambda work: litigation.change_docket_entry(work, opposition.id, later)
        )

    assert [(each.title, each.what, each.was, each.due) for each in moved] == [
        ("Oppose the motion of October 12, 2010 (Dkt. 12)", "done", OCT_26, OCT_26),
        ("Replies", "moved", OCT_29, NOV_1),
        ("Reply to the opposition of October 25, 2010 (Dkt. 13)", "moved", OCT_29, NOV_1),
    ]
    readme = (HOUSE / "README.md").read_text(encoding="utf-8")
    for shown in ("| Oct 26 | *done; Oct 26* |", "| Oct 29 | **Nov 1** |", "*does not move*"):
        assert shown in readme
