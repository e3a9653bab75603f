"""Letters that contradict each other are all kept, and nothing is chosen silently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from casemgr.db.tables import Deadline, Event, Person
from casemgr.desk import Desk
from casemgr.domain.words import EventKind, Outcome
from casemgr.errors import Malformed, Overtaken, Refused, WrongMoment
from casemgr.usecases import events, receipts
from casemgr.usecases.receipts import ReceiptChoice
from tests.makes import actor_of, make_desk
from tests.usecases.moves import RECEIVED_ON, Office, current, event, make_office, said

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
STAMP = ReceiptChoice(because="The stamp on the envelope.")
LATER = date(2010, 10, 1)


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return make_desk(engine, tmp_path)


@pytest.fixture
def office(desk: Desk) -> Office:
    return make_office(desk)


def log(desk: Desk, office: Office, kind: EventKind, on: date, **more: Any) -> Event:
    with desk.work(actor_of(office.cast.ada)) as work:
        return events.log_event(work, office.track.id, event(kind, on, **more))


def refused(
    desk: Desk, office: Office, kind: EventKind, on: date, **more: Any
) -> Mapping[str, str]:
    with pytest.raises(Malformed) as wrong:
        log(desk, office, kind, on, **more)
    return wrong.value.problems


def choose(desk: Desk, person: Person, event_id: str, **more: Any) -> Event:
    with desk.work(actor_of(person)) as work:
        return receipts.choose_receipt(work, event_id, STAMP, **more)


def determination(desk: Desk, office: Office) -> Deadline:
    with desk.work(reads_only=True) as work:
        return current(work)[f"{office.track.id}:determination"]


def test_two_days_of_receipt_make_a_span_until_somebody_chooses(desk: Desk, office: Office) -> None:
    first = determination(desk, office).due
    other = log(desk, office, EventKind.RECEIVED, LATER)

    stands = determination(desk, office)
    assert stands.earliest == first == date(2010, 10, 26)
    assert stands.latest == date(2010, 11, 1)
    assert not stands.certain
    assert "September 27, 2010 and October 1, 2010. Choose which" in stands.uncertain_because

    choose(desk, office.cast.mira, other.id)

    stands = determination(desk, office)
    assert (stands.due, stands.certain) == (date(2010, 11, 1), True)
    assert "event.chosen" in [each.what for each in said(desk)]


def test_another_choice_takes_the_place_of_the_first(desk: Desk, office: Office) -> None:
    other = log(desk, office, EventKind.RECEIVED, LATER)
    choose(desk, office.cast.ada, other.id)

    choose(desk, office.cast.ada, office.received.id)

    assert determination(desk, office).due == date(2010, 10, 26)


def test_the_same_day_twice_is_no_contradiction(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.RECEIVED, RECEIVED_ON)

    assert determination(desk, office).certain


def test_a_stated_day_counts_before_a_guessed_one(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.RECEIVED, date(2010, 9, 20), until_on=LATER, certainty="about")

    assert determination(desk, office).due == date(2010, 10, 26)


def test_who_may_not_confirm_a_date_may_not_choose(desk: Desk, office: Office) -> None:
    other = log(desk, office, EventKind.RECEIVED, LATER)

    with pytest.raises(Refused, match="cannot confirm a date"):
        choose(desk, office.cast.sam, other.id)


def test_one_receipt_alone_is_not_chosen(desk: Desk, office: Office) -> None:
    with pytest.raises(WrongMoment, match="Only one receipt"):
        choose(desk, office.cast.mira, office.received.id)


def test_a_choice_made_on_an_older_page_is_refused(desk: Desk, office: Office) -> None:
    other = log(desk, office, EventKind.RECEIVED, LATER)
    choose(desk, office.cast.mira, other.id)

    with pytest.raises(Overtaken):
        choose(desk, office.cast.ada, other.id, version=1)


def test_a_withdrawn_request_is_not_decided(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.WITHDRAWN, LATER)

    problems = refused(desk, office, EventKind.DETERMINATION, date(2010, 10, 5))

    assert "withdrawn on October 1, 2010" in problems["kind"]
    assert "take that event back first" in problems["kind"]


def test_a_decided_request_is_not_withdrawn_before(desk: Desk, office: Office) -> None:
    log(desk, office, EventKind.DETERMINATION, date(2010, 10, 5), outcome="denied")

    problems = refused(desk, office, EventKind.WITHDRAWN, LATER)

    assert "They decided on October 5, 2010" in problems["happened_on"]


class TestLateAppeals:
    """An appeal of a request to ICE of 2010: sixty days of the letter."""

    decided = date(2010, 7, 1)

    def decide(self, desk: Desk, office: Office) -> None:
        with desk.work() as work:
            receipt = work.session.get_one(Event, office.received.id)
            receipt.happened_on = date(2010, 6, 1)
        log(desk, office, EventKind.DETERMINATION, self.decided, outcome=Outcome.DENIED)

    def test_is_kept_with_its_reason_and_says_so(self, desk: Desk, office: Office) -> None:
        self.decide(desk, office)

        problems = refused(desk, office, EventKind.APPEAL_SENT, date(2010, 9, 1))
        assert "The last day to appeal was August 30, 2010" in problems["late_because"]

        because = "The letter lay in the wrong file."
        late = log(desk, office, EventKind.APPEAL_SENT, date(2010, 9, 1), late_because=because)
        assert late.late_because == because
        with desk.work(reads_only=True) as work:
            assert current(work)[f"{office.track.id}:appeal"].done_how == "appeal sent late"

    def test_on_the_last_day_needs_no_reason(self, desk: Desk, office: Office) -> None:
        self.decide(desk, office)

        log(desk, office, EventKind.APPEAL_SENT, date(2010, 8, 30))

        with desk.work(reads_only=True) as work:
            assert current(work)[f"{office.track.id}:appeal"].done_how == "appeal sent"


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        (EventKind.CALL, {"answer_by": date(2010, 10, 20)}, "answer_by"),
        (EventKind.CALL, {"amount_cents": 100}, "amount_cents"),
        (EventKind.CALL, {"exemptions": ["5"]}, "exemptions"),
        (EventKind.RECORDS_PRODUCED, {"pages_released": 3}, "pages_released"),
        (EventKind.CALL, {"late_because": "So."}, "late_because"),
        (EventKind.FEE_QUESTION, {"answer_by": date(2010, 9, 1)}, "answer_by"),
    ],
)
def test_a_detail_that_the_kind_cannot_have_is_refused(
    desk: Desk, office: Office, kind: EventKind, more: dict[str, Any], field: str
) -> None:
    assert list(refused(desk, office, kind, date(2010, 10, 4), **more)) == [field]
