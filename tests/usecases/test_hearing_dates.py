"""Periods that run to a hearing, and days that an order lets return."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from casemgr.db.tables import Deadline, Hearing
from casemgr.domain.clerk_dates import awaited
from casemgr.domain.words import AwaitedAct, EntryKind, PeriodUnit, Side
from casemgr.errors import Malformed
from casemgr.usecases import hearings, orders, waiting
from casemgr.usecases.hearings import MoveInput, OffInput
from casemgr.usecases.orders import HearingInput, OrderDateInput
from casemgr.usecases.views import reconciliation
from casemgr.usecases.views.compared import Verdict
from casemgr.usecases.waiting import WaitingInput
from tests.usecases.suits import Suit, open_suit

MARCH = date(2011, 3, 31)
SEVEN_BEFORE = (
    "ORDER: Plaintiffs shall file a reply no later than seven days before the status conference."
)
EVERY_SIXTY = (
    "ORDER: The parties shall file a joint status report by May 2, 2011, and every 60 days "
    "thereafter."
)


@pytest.fixture
def suit(sqlite_template: Path, tmp_path: Path) -> Iterator[Suit]:
    """Open the lawsuit on March 31, 2011."""
    with open_suit(sqlite_template, tmp_path, MARCH) as opened:
        yield opened


def order(suit: Suit, says: str) -> WaitingInput:
    """Record an order, and return what its words propose."""
    entry = suit.enter(EntryKind.ORDER, date(2011, 3, 1), number=20, filed_by=Side.COURT, says=says)
    [found] = awaited(says)
    return waiting.proposed(entry.id, "Dkt. 20", found)


def wait(suit: Suit, given: WaitingInput) -> None:
    suit.do(lambda work: waiting.record_waiting(work, suit.lawsuit.id, given))


def confer(suit: Suit, month: int, day: int, title: str = "Status conference") -> Hearing:
    given = HearingInput(title=title, starts_at=datetime(2011, month, day, 15, tzinfo=UTC))
    return suit.do(lambda work: orders.record_hearing(work, suit.lawsuit.id, given))


def stands(suit: Suit) -> Deadline:
    [found] = suit.deadlines(":waiting")
    return found


def test_before_the_hearing_is_set_it_has_no_day_and_says_so(suit: Suit) -> None:
    given = order(suit, SEVEN_BEFORE)
    assert (given.act, given.awaits, given.asks) == (
        AwaitedAct.BEFORE_HEARING,
        None,
        EntryKind.REPLY,
    )
    wait(suit, given)
    confer(suit, 4, 12, "Initial pretrial conference")

    assert stands(suit).due is None
    assert stands(suit).uncertain_because == (
        "It has a day when the hearing is set: seven days before it."
    )


def test_it_gets_its_day_moves_with_the_hearing_and_loses_it_with_it(suit: Suit) -> None:
    wait(suit, order(suit, SEVEN_BEFORE))
    hearing = confer(suit, 5, 9)
    assert (stands(suit).due, stands(suit).certain) == (date(2011, 5, 2), True)

    to = MoveInput(starts_at=datetime(2011, 6, 13, 15, tzinfo=UTC), because="The court is away")
    assert [
        (each.was, each.due)
        for each in suit.what_if(lambda work: hearings.move_hearing(work, hearing.id, to))
    ] == [(date(2011, 5, 2), date(2011, 6, 6))]
    moved = suit.do(lambda work: hearings.move_hearing(work, hearing.id, to))
    assert stands(suit).due == date(2011, 6, 6)
    assert any("is set for June 13, 2011" in each["says"] for each in stands(suit).steps)

    off = OffInput(because="The matter is settled")
    suit.do(lambda work: hearings.cancel_hearing(work, moved.id, off))
    assert stands(suit).due is None
    told = [each.due for each in suit.deadlines(":waiting", current=False)]
    assert {date(2011, 5, 2), date(2011, 6, 6), None} == set(told)


def test_a_closed_last_day_before_a_hearing_moves_further_back(suit: Suit) -> None:
    wait(suit, order(suit, SEVEN_BEFORE))
    confer(suit, 6, 6)  # the seventh day before is Memorial Day, and a weekend lies before it

    assert stands(suit).due == date(2011, 5, 27)


def test_a_paper_that_may_be_another_closes_it_not(suit: Suit) -> None:
    wait(suit, order(suit, SEVEN_BEFORE))
    confer(suit, 3, 29)
    suit.enter(EntryKind.REPLY, date(2011, 3, 21), number=26)

    assert (stands(suit).due, stands(suit).done_on) == (date(2011, 3, 22), None)


def test_a_person_may_choose_the_hearing_and_it_is_kept_when_that_moves(suit: Suit) -> None:
    given = order(suit, SEVEN_BEFORE)
    argument = confer(suit, 5, 9, "Oral argument")
    wait(suit, given.model_copy(update={"hearing_id": argument.id}))
    assert stands(suit).due == date(2011, 5, 2)

    to = MoveInput(starts_at=datetime(2011, 6, 13, 15, tzinfo=UTC), because="The court is away")
    suit.do(lambda work: hearings.move_hearing(work, argument.id, to))

    assert stands(suit).due == date(2011, 6, 6)


@pytest.mark.parametrize(
    ("update", "wrong"),
    [
        ({"awaits": EntryKind.REPLY}, "leave the paper out"),
        ({"act": AwaitedAct.SERVICE}, "which paper it waits for"),
    ],
)
def test_it_waits_for_a_paper_or_a_hearing_and_never_both(
    suit: Suit, update: dict[str, object], wrong: str
) -> None:
    given = order(suit, SEVEN_BEFORE).model_copy(update=update)
    with pytest.raises(Malformed, match=wrong):
        wait(suit, given)


# --- what returns


def report(suit: Suit, *, every: int | None = 60, **more: object) -> str:
    """Record the order, and the day it fixes for a status report."""
    entry = suit.enter(
        EntryKind.ORDER, date(2011, 3, 1), number=20, filed_by=Side.COURT, says=EVERY_SIXTY
    )
    given = OrderDateInput.model_validate(
        {
            "title": "Joint status report",
            "whose": Side.OURS,
            "fixed_for": date(2011, 5, 2),
            "every": every,
            "docket_entry_id": entry.id,
            **more,
        }
    )
    return suit.do(lambda work: orders.record_order_date(work, suit.lawsuit.id, given)).id


def test_a_report_that_returns_has_its_next_days_each_with_its_proof(suit: Suit) -> None:
    report(suit, words="by May 2, 2011, and every 60 days thereafter")

    found = sorted(suit.deadlines(":order"), key=lambda each: each.due or MARCH)
    assert len(found) == 12
    # July 1 is a Friday; October 29 a Saturday, so that the day moves to Monday.
    assert [each.due for each in found[:4]] == [
        date(2011, 5, 2),
        date(2011, 7, 1),
        date(2011, 8, 30),
        date(2011, 10, 31),
    ]
    assert "every 60 days after it: “by May 2, 2011" in found[1].steps[0]["says"]
    assert [each["due"] for each in found[4].readings] == ["2011-12-30"]
    assert (found[4].due, found[4].safe) == (date(2011, 12, 28), date(2011, 12, 28))


def test_taking_the_return_away_leaves_the_first_day_alone(suit: Suit) -> None:
    fixed = report(suit)
    given = OrderDateInput(title="Joint status report", whose=Side.OURS, fixed_for=date(2011, 5, 2))

    suit.do(lambda work: orders.change_order_date(work, fixed, given))

    assert [each.due for each in suit.deadlines(":order")] == [date(2011, 5, 2)]


def test_an_order_may_set_another_day_for_one_of_them(suit: Suit) -> None:
    fixed = report(suit)
    given = OrderDateInput(
        title="Joint status report",
        whose=Side.OURS,
        fixed_for=date(2011, 7, 15),
        changes_key=f"{fixed}:order:2",
    )

    suit.do(lambda work: orders.record_order_date(work, suit.lawsuit.id, given))

    found = {each.key: each.due for each in suit.deadlines(":order:")}
    assert found[f"{fixed}:order:2"] == date(2011, 7, 15)
    assert found[f"{fixed}:order:3"] == date(2011, 8, 30)


def test_a_period_of_the_order_itself_may_return_by_the_month(suit: Suit) -> None:
    given = order(
        suit,
        "ORDER: Defendants shall produce records within 30 days of this Order, and monthly "
        "thereafter.",
    )
    assert (given.every, given.every_unit) == (1, PeriodUnit.MONTHS)
    wait(suit, given)

    found = sorted(each.due for each in suit.deadlines(":waiting") if each.due)
    assert found[:3] == [date(2011, 3, 31), date(2011, 5, 2), date(2011, 5, 31)]


def test_the_docket_that_says_more_than_the_first_day_does_not_agree(suit: Suit) -> None:
    report(suit, every=None)
    with suit.desk.work(suit.ada, reads_only=True) as work:
        [found] = [one for one in reconciliation.look(work, suit.lawsuit.id).dates if one.stated]
    assert found.verdict is Verdict.DIFFER
    assert found.again == "and every 60 days after it"
    assert "due again and again" in found.why


def test_the_docket_and_a_day_that_returns_agree(suit: Suit) -> None:
    report(suit)
    with suit.desk.work(suit.ada, reads_only=True) as work:
        [found] = [one for one in reconciliation.look(work, suit.lawsuit.id).dates if one.stated]
    assert found.verdict is Verdict.AGREE
