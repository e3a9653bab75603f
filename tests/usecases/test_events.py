"""Logging, correcting and withdrawing what happened to a track."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from casemgr.db.session import transaction
from casemgr.db.tables import Deadline, Event, HistoryEntry, Person, Reminder, Track
from casemgr.desk import Desk
from casemgr.domain.words import Certainty, EventKind, Outcome, ReminderState
from casemgr.errors import CasemgrError, Malformed, NotFound, Overtaken, Refused, WrongMoment
from casemgr.usecases import events
from casemgr.usecases.events import EventInput, Withdrawal
from tests import makes

RECEIVED = date(2010, 2, 9)


class Office:
    """A request of February 3, 2010 with one track, and a desk at October 29, 2010."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk: Desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            cast = self.cast
            self.matter = makes.make_matter(session, cast.sam, cast.mira)
            makes.make_membership(session, cast.ada, self.matter, responsible=True)
            self.track: Track = makes.make_track(session, makes.make_request(session, self.matter))

    def log(self, person: Person, kind: EventKind, on: date, **more: object) -> Event:
        given = EventInput.model_validate({"kind": kind, "happened_on": on, **more})
        with self.desk.work(makes.actor_of(person)) as work:
            return events.log_event(work, self.track.id, given)

    def refused(self, kind: EventKind, on: date, **more: object) -> dict[str, str]:
        with pytest.raises(Malformed) as wrong:
            self.log(self.cast.ada, kind, on, **more)
        return wrong.value.problems

    def due(self) -> list[date | None]:
        with Session(self.desk.engine) as session:
            rows = session.exec(
                select(Deadline.due).where(
                    Deadline.rule == "foia.determination",
                    Deadline.superseded_on == None,  # noqa: E711
                )
            )
            return list(rows)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Open the office."""
    return Office(engine, tmp_path)


def test_a_receipt_starts_the_clock(office: Office) -> None:
    event = office.log(office.cast.sam, EventKind.RECEIVED, RECEIVED)

    assert event.recorded_by == office.cast.sam.id
    assert event.known_on == makes.TODAY
    assert office.due() == [date(2010, 3, 10)]
    with Session(office.desk.engine) as session:
        what = session.exec(select(HistoryEntry.what).order_by(HistoryEntry.seq)).all()  # type: ignore[arg-type]
    assert what == ["event.logged", "deadline.made"]


def test_a_receipt_of_last_week_reminds_who_answers_for_the_matter(office: Office) -> None:
    office.log(office.cast.sam, EventKind.RECEIVED, date(2010, 10, 20))

    with Session(office.desk.engine) as session:
        assert set(session.exec(select(Reminder.person_id))) == {office.cast.ada.id}


def test_each_who_may_not_is_refused(office: Office) -> None:
    cast = office.cast
    refusals: dict[str, type[CasemgrError]] = {"eve": NotFound, "noor": NotFound}
    with transaction(office.desk.engine) as session:
        gil = makes.make_person(session, "Gil Berger", makes.Role.GUEST)
        makes.make_membership(session, gil, office.matter)

    for name, error in refusals.items():
        with pytest.raises(error):
            office.log(getattr(cast, name), EventKind.RECEIVED, RECEIVED)
    with pytest.raises(Refused, match="A guest cannot log or change this"):
        office.log(gil, EventKind.RECEIVED, RECEIVED)

    with Session(office.desk.engine) as session:
        assert session.exec(select(Event)).all() == []


def test_what_contradicts_itself_is_refused_beside_its_field(office: Office) -> None:
    said = office.refused(
        EventKind.RECEIVED, date(2010, 2, 20), until_on=date(2010, 2, 10), outcome=Outcome.DENIED
    )

    assert set(said) == {"until_on", "certainty", "outcome"}


def test_the_future_has_not_happened(office: Office) -> None:
    said = office.refused(EventKind.CALL, date(2010, 10, 30))

    assert said["happened_on"].startswith("October 30, 2010 is in the future.")
    assert office.log(office.cast.ada, EventKind.CALL, makes.TODAY).id


def test_a_receipt_comes_after_the_sending(office: Office) -> None:
    assert (
        "sent on February 3, 2010"
        in office.refused(EventKind.RECEIVED, date(2010, 2, 2))["happened_on"]
    )

    office.log(office.cast.ada, EventKind.SENT, date(2010, 2, 5))

    assert (
        "sent on February 5, 2010"
        in office.refused(EventKind.RECEIVED, date(2010, 2, 4))["happened_on"]
    )
    # A span that reaches the sending may be right.
    office.log(
        office.cast.ada,
        EventKind.RECEIVED,
        date(2010, 2, 4),
        until_on=date(2010, 2, 8),
        certainty=Certainty.ABOUT,
    )


def test_a_decision_comes_after_the_receipt_whichever_is_logged_first(office: Office) -> None:
    office.log(office.cast.ada, EventKind.DETERMINATION, date(2010, 3, 1), outcome=Outcome.DENIED)

    late = office.refused(EventKind.RECEIVED, date(2010, 3, 2))
    office.log(office.cast.ada, EventKind.RECEIVED, RECEIVED)
    early = office.refused(EventKind.DETERMINATION, date(2010, 2, 8))

    assert "cannot come after the decision of March 1, 2010" in late["happened_on"]
    assert "cannot come before the receipt of February 9, 2010" in early["happened_on"]


def test_a_correction_keeps_what_was_said_in_the_history(office: Office) -> None:
    event = office.log(office.cast.ada, EventKind.RECEIVED, RECEIVED)
    given = EventInput(kind=EventKind.RECEIVED, happened_on=date(2010, 2, 16))

    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        events.change_event(work, event.id, given, version=1)

    assert office.due() == [date(2010, 3, 16)]
    with Session(office.desk.engine) as session:
        changed = session.exec(
            select(HistoryEntry.facts).where(HistoryEntry.what == "event.changed")  # type: ignore[call-overload]
        ).one()
    assert changed["changes"] == "happened on from February 9, 2010 to February 16, 2010"


def test_a_stale_form_changes_nothing(office: Office) -> None:
    event = office.log(office.cast.ada, EventKind.RECEIVED, RECEIVED)
    given = EventInput(kind=EventKind.RECEIVED, happened_on=date(2010, 2, 16))
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        events.change_event(work, event.id, given, version=1)

    with (
        pytest.raises(Overtaken),
        office.desk.work(makes.actor_of(office.cast.ada)) as work,
    ):
        events.change_event(
            work, event.id, given.model_copy(update={"happened_on": RECEIVED}), version=1
        )

    assert office.due() == [date(2010, 3, 16)]


def test_a_withdrawn_event_moves_nothing_any_more(office: Office) -> None:
    event = office.log(office.cast.ada, EventKind.RECEIVED, date(2010, 10, 20))
    assert office.due() == [date(2010, 11, 18)]

    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        events.withdraw_event(work, event.id, Withdrawal(because="It was another request."))

    assert date(2010, 11, 18) not in office.due()
    with Session(office.desk.engine) as session:
        left = set(session.exec(select(Reminder.state)))
    assert ReminderState.PENDING not in left
    with (
        pytest.raises(WrongMoment, match="withdrawn on October 29, 2010"),
        office.desk.work(makes.actor_of(office.cast.ada)) as work,
    ):
        events.withdraw_event(work, event.id, Withdrawal(because="Twice."))


def test_a_paper_of_another_matter_is_no_paper_here(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        elsewhere = makes.make_document(session, makes.make_matter(session, office.cast.eve))

    foreign = office.refused(EventKind.CALL, RECEIVED, document_id=elsewhere.id)
    never = office.refused(EventKind.CALL, RECEIVED, document_id="DOC-0000000000")

    assert foreign == never
