"""Waiting deadlines: they wait, they fire when their paper is docketed, and they say why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, select

from casemgr.db.tables import WaitingDeadline
from casemgr.domain.clerk_dates import awaited
from casemgr.domain.words import AwaitedAct, DeadlineKind, EntryKind, Side
from casemgr.errors import Malformed
from casemgr.usecases import litigation, waiting
from casemgr.usecases.litigation import FilingInput
from casemgr.usecases.waiting import WaitingInput
from casemgr.usecases.work import Work
from tests.usecases.suits import Suit, open_suit

MARCH = date(2011, 3, 31)
WORDS = (
    "ORDER: Motions are due January 3, 2011. Oppositions are due January 24, 2011. Plaintiffs' "
    "replies, if any, are due no later than seven days following the date of service of "
    "Defendants' oppositions."
)


@pytest.fixture
def suit(sqlite_template: Path, tmp_path: Path) -> Iterator[Suit]:
    """Open the lawsuit on March 31, 2011."""
    with open_suit(sqlite_template, tmp_path, MARCH) as opened:
        yield opened


def order(suit: Suit) -> WaitingDeadline:
    """Record the order and the waiting deadline that its words propose."""
    entry = suit.enter(
        EntryKind.ORDER, date(2010, 12, 1), number=20, filed_by=Side.COURT, says=WORDS
    )
    [found] = awaited(entry.says)
    given = waiting.proposed(entry.id, "Dkt. 20", found)
    return suit.do(lambda work: waiting.record_waiting(work, suit.lawsuit.id, given))


def oppose(suit: Suit, number: int, on: date, motion_id: str) -> str:
    return suit.enter(
        EntryKind.OPPOSITION, on, number=number, filed_by=Side.THEIRS, answers_id=motion_id
    ).id


def test_an_order_s_words_propose_what_waits_for_what(suit: Suit) -> None:
    row = order(suit)

    assert (row.title, row.whose, row.asks) == ("Replies", Side.OURS, EntryKind.REPLY)
    assert (row.length, row.act, row.awaits) == (7, AwaitedAct.SERVICE, EntryKind.OPPOSITION)
    assert row.awaits_by is Side.THEIRS


def test_a_period_that_runs_from_its_own_order_has_its_day_at_once(suit: Suit) -> None:
    says = "ORDER: The parties shall file a status report within 14 days of this Order."
    entry = suit.enter(EntryKind.ORDER, date(2011, 3, 1), number=30, filed_by=Side.COURT, says=says)
    [found] = awaited(says)
    given = waiting.proposed(entry.id, "Dkt. 30", found)

    suit.do(lambda work: waiting.record_waiting(work, suit.lawsuit.id, given))

    [due] = suit.deadlines(":waiting")
    assert (due.due, due.title) == (date(2011, 3, 15), "File a status report")
    served = given.model_copy(update={"act": AwaitedAct.SERVICE})
    with pytest.raises(Malformed, match="only where its entry counts"):
        suit.do(lambda work: waiting.record_waiting(work, suit.lawsuit.id, served))


def test_it_has_no_day_and_says_when_it_fires(suit: Suit) -> None:
    order(suit)

    [waits] = suit.deadlines(":waiting")
    assert (waits.due, waits.kind) == (None, DeadlineKind.ORDER)
    assert waits.uncertain_because == (
        "It fires when the opposition of theirs is served: seven days from then."
    )
    assert "Dkt. 20 sets seven days" in waits.steps[0]["says"]


def test_it_fires_when_the_paper_is_docketed_and_the_preview_said_so(suit: Suit) -> None:
    order(suit)
    motion = suit.enter(EntryKind.MOTION, date(2011, 1, 3), number=21)
    given = suit.entry(
        EntryKind.OPPOSITION,
        date(2011, 1, 24),
        number=24,
        filed_by=Side.THEIRS,
        answers_id=motion.id,
    )

    def docket(work: Work) -> object:
        return litigation.record_docket_entry(work, suit.lawsuit.id, given)

    shown = [each for each in suit.what_if(docket) if each.title == "Replies"]
    assert [(each.was, each.due) for each in shown] == [(None, date(2011, 1, 31))]
    assert suit.deadlines(":waiting")[0].due is None

    suit.do(docket)

    [fired] = suit.deadlines(":waiting")
    assert (fired.due, fired.certain) == (date(2011, 1, 31), False)
    assert "not on file" in fired.uncertain_because
    assert [each.due for each in suit.deadlines(":waiting", current=False)] == [
        None,
        date(2011, 1, 31),
    ]
    assert "deadline.moved" in suit.told()


def test_the_last_of_several_papers_counts_and_the_first_is_a_reading(suit: Suit) -> None:
    order(suit)
    motion = suit.enter(EntryKind.MOTION, date(2011, 1, 3), number=21)
    oppose(suit, 24, date(2011, 1, 21), motion.id)
    oppose(suit, 25, date(2011, 1, 24), motion.id)

    [fired] = suit.deadlines(":waiting")
    assert (fired.due, fired.safe) == (date(2011, 1, 31), date(2011, 1, 28))
    assert fired.readings[0]["name"] == "from Dkt. 24"


def test_service_by_mail_is_counted_from_its_own_day(suit: Suit) -> None:
    order(suit)
    motion = suit.enter(EntryKind.MOTION, date(2011, 1, 3), number=21)
    opposed = oppose(suit, 24, date(2011, 1, 24), motion.id)
    served = FilingInput(
        title="Opposition",
        filed_by=Side.THEIRS,
        docket_entry_id=opposed,
        served_on=date(2011, 1, 25),
        service="mail",
    )

    suit.do(lambda work: litigation.record_filing(work, suit.lawsuit.id, served))

    [fired] = suit.deadlines(":waiting")
    # Seven days; whether three more for the mail reach an order's period is only a reading.
    assert (fired.due, fired.safe, fired.certain) == (date(2011, 2, 1), date(2011, 2, 1), True)
    assert [each["due"] for each in fired.readings] == ["2011-02-04"]


def test_the_reply_closes_it(suit: Suit) -> None:
    order(suit)
    motion = suit.enter(EntryKind.MOTION, date(2011, 1, 3), number=21)
    opposed = oppose(suit, 24, date(2011, 1, 24), motion.id)
    suit.enter(EntryKind.REPLY, date(2011, 1, 31), number=26, answers_id=opposed)

    [fired] = suit.deadlines(":waiting")
    assert (fired.done_on, fired.done_how) == (date(2011, 1, 31), "filed, Dkt. 26")


def test_somebody_can_say_which_paper_fired_it(suit: Suit) -> None:
    row = order(suit)
    letter = suit.enter(EntryKind.LETTER, date(2011, 1, 24), number=24, filed_by=Side.THEIRS)
    assert suit.deadlines(":waiting")[0].due is None
    with Session(suit.engine) as session:
        stands = session.exec(select(WaitingDeadline)).one()
    given = WaitingInput(
        **{name: getattr(stands, name) for name in WaitingInput.model_fields}
    ).model_copy(update={"fired_by_id": letter.id})

    suit.do(lambda work: waiting.change_waiting(work, row.id, given))

    [fired] = suit.deadlines(":waiting")
    assert fired.due == date(2011, 1, 31)
    assert any("as somebody of the office chose" in each["says"] for each in fired.steps)


def test_it_fires_the_same_whichever_came_onto_the_file_first(suit: Suit) -> None:
    motion = suit.enter(EntryKind.MOTION, date(2011, 1, 3), number=21)
    oppose(suit, 24, date(2011, 1, 24), motion.id)
    order(suit)

    assert [each.due for each in suit.deadlines(":waiting")] == [date(2011, 1, 31)]


def test_a_period_without_a_side_is_refused(suit: Suit) -> None:
    given = WaitingInput(title="Replies", whose=Side.COURT, length=7, awaits=EntryKind.OPPOSITION)

    with pytest.raises(Malformed, match="ours or theirs"):
        suit.do(lambda work: waiting.record_waiting(work, suit.lawsuit.id, given))
