"""An emergency: somebody who is not on a matter is let in by a second person, for a while."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db import doors
from casemgr.db.session import transaction
from casemgr.db.tables import Emergency, HistoryEntry, Matter, Person, Reminder, Task
from casemgr.desk import Desk
from casemgr.domain.access import Right
from casemgr.domain.words import TaskState
from casemgr.errors import CasemgrError, NotFound, Refused, WrongMoment
from casemgr.mail.folder import MailFolder
from casemgr.scheduler import sweep
from casemgr.usecases import emergencies, people, tasks, walls
from casemgr.usecases.emergencies import EmergencyInput, OpeningInput
from casemgr.usecases.people import NewMembership
from casemgr.usecases.tasks import TaskInput
from casemgr.usecases.views.lens import lens
from casemgr.usecases.walls import WallInput
from casemgr.usecases.work import Work
from tests import makes

TOMORROW = makes.TODAY + timedelta(days=1)
HOURS = OpeningInput(hours=4)
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Office:
    """A matter with Ada, Sam and Mira on it; Eve is on none."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with transaction(desk.engine) as session:
            self.cast = cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, cast.ada, cast.sam, cast.mira)

    def do(
        self, person: Person, act: Callable[[Work], Any], at: date | datetime = makes.TODAY
    ) -> Any:
        with self.desk.work(makes.actor_of(person)) as work:
            there = replace(work, now=at) if isinstance(at, datetime) else work.on(at)
            done = act(there)
            there.write_history()
            return done

    def refuses(self, person: Person, act: Callable[[Work], Any]) -> CasemgrError:
        with pytest.raises(CasemgrError) as refused:
            self.do(person, act)
        return refused.value

    def ask(self, person: Person, code: str = "") -> Emergency:
        given = EmergencyInput(
            asked_for=code or self.matter.id, because="The court calls and nobody answers."
        )
        found: Emergency = self.do(person, lambda work: emergencies.ask_to_be_let_in(work, given))
        return found

    def sees(self, person: Person, at: date | datetime = makes.TODAY) -> bool:
        def look(work: Work) -> bool:
            return self.matter.id in lens(work).matters

        return bool(self.do(person, look, at))

    def told(self, matter_id: str | None) -> list[str]:
        with transaction(self.desk.engine, reads_only=True) as session:
            asked = select(HistoryEntry.what).where(HistoryEntry.matter_id == matter_id)
            return list(session.exec(asked))


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(makes.make_desk(engine, tmp_path))


def test_a_second_person_opens_the_matter_and_it_closes_by_itself(office: Office) -> None:
    eve = office.cast.eve
    asked = office.ask(eve)
    assert not office.sees(eve)

    office.do(office.cast.noor, lambda work: emergencies.let_in(work, asked.id, HOURS))

    assert office.sees(eve)
    assert office.sees(eve, makes.NOON + timedelta(hours=4, seconds=-1))
    assert not office.sees(eve, makes.NOON + timedelta(hours=4))
    assert not office.sees(office.cast.noor)  # who opened it still reads nothing


@one_database
def test_the_attorneys_of_the_matter_are_told_with_the_opening(office: Office) -> None:
    asked = office.ask(office.cast.eve)
    office.do(office.cast.noor, lambda work: emergencies.let_in(work, asked.id, HOURS))

    with transaction(office.desk.engine, reads_only=True) as session:
        tasks = session.exec(select(Task)).all()
    assert [(each.person_id, each.due_on) for each in tasks] == [(office.cast.mira.id, makes.TODAY)]
    until = "October 29, 2010, 4:00 pm EDT"
    assert tasks[0].title == f"Eve Lindqvist was let into this matter until {until}"
    assert "The court calls" in tasks[0].note
    assert office.told(office.matter.id) == ["emergency.opened", "task.made"]


@one_database
def test_whoever_asked_does_not_open_it_nor_does_staff(office: Office) -> None:
    asked = office.ask(office.cast.eve)

    own = office.refuses(office.cast.eve, lambda work: emergencies.let_in(work, asked.id, HOURS))
    staff = office.refuses(office.cast.ada, lambda work: emergencies.let_in(work, asked.id, HOURS))

    assert isinstance(own, NotFound)
    assert isinstance(staff, Refused)
    assert "Attorneys on the matter can" in str(staff)
    assert not office.sees(office.cast.eve)


@one_database
def test_a_wall_is_never_opened_and_never_told_of(office: Office) -> None:
    eve, mira = office.cast.eve, office.cast.mira
    with transaction(office.desk.engine) as session:
        makes.make_wall(session, eve, office.matter, mira, office.cast.noor)
    walled, nowhere = office.ask(eve), office.ask(eve, "M-0000000000")

    def as_told(row: Emergency) -> dict[str, Any]:
        return row.model_dump(exclude={"id", "matter_id", "asked_for", "asked_at"})

    assert as_told(walled) == as_told(nowhere)
    for opener in (mira, office.cast.noor):
        refused = office.refuses(opener, lambda work: emergencies.let_in(work, walled.id, HOURS))
        assert "A wall stands between Eve Lindqvist and this matter" in str(refused)
        missing = office.refuses(opener, lambda work: emergencies.let_in(work, nowhere.id, HOURS))
        assert isinstance(missing, NotFound)
    # Each question is one line of the history, and of no matter: counting them tells nothing.
    assert office.told(None) == ["emergency.asked", "emergency.asked"]
    assert office.told(office.matter.id) == []
    assert not office.sees(eve)


@one_database
def test_a_wall_that_goes_up_later_closes_an_open_emergency(office: Office) -> None:
    asked = office.ask(office.cast.eve)
    office.do(office.cast.mira, lambda work: emergencies.let_in(work, asked.id, HOURS))
    assert office.sees(office.cast.eve)

    with transaction(office.desk.engine) as session:
        makes.make_wall(session, office.cast.eve, office.matter, office.cast.mira, office.cast.noor)

    assert not office.sees(office.cast.eve)


@one_database
def test_who_says_no_moment_is_let_in_by_no_emergency(office: Office) -> None:
    asked = office.ask(office.cast.eve)
    office.do(office.cast.mira, lambda work: emergencies.let_in(work, asked.id, HOURS))
    eve, matter_id = makes.actor_of(office.cast.eve), office.matter.id
    with transaction(office.desk.engine, reads_only=True) as session:
        there = replace(eve, at=makes.NOON)
        assert doors.matter(session, there, matter_id, Right.READ, makes.TODAY).id == matter_id
        with pytest.raises(NotFound):
            doors.matter(session, eve, matter_id, Right.READ, makes.TODAY)


@one_database
def test_students_guests_and_administrators_are_not_let_in(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        other = makes.make_matter(session, title="Another")
    given = EmergencyInput(asked_for=other.id, because="x")
    for person in (office.cast.sam, office.cast.noor):
        refused = office.refuses(person, lambda work: emergencies.ask_to_be_let_in(work, given))
        assert "Only staff and attorneys" in str(refused)


@one_database
def test_who_is_on_the_matter_has_nothing_to_ask(office: Office) -> None:
    given = EmergencyInput(asked_for=office.matter.id.lower(), because="x")

    refused = office.refuses(
        office.cast.ada, lambda work: emergencies.ask_to_be_let_in(work, given)
    )

    assert "open to you already" in str(refused)


@one_database
def test_a_question_waits_no_longer_than_it_would_open(office: Office) -> None:
    asked = office.ask(office.cast.eve)

    with pytest.raises(WrongMoment, match="asked too long ago"):
        office.do(
            office.cast.mira,
            lambda work: emergencies.let_in(work, asked.id, HOURS),
            at=TOMORROW + timedelta(days=1),
        )


@one_database
def test_it_is_ended_by_whoever_asked_or_by_an_attorney_of_the_matter(office: Office) -> None:
    eve, mira = office.cast.eve, office.cast.mira
    for ender in (eve, mira):
        asked = office.ask(eve)
        office.do(mira, lambda work, row=asked: emergencies.let_in(work, row.id, HOURS))
        assert office.sees(eve)
        office.do(ender, lambda work, row=asked: emergencies.end(work, row.id))
        assert not office.sees(eve)
    stranger = office.ask(eve)
    with transaction(office.desk.engine) as session:
        finn = makes.make_person(session, "Finn Aalto", office.cast.mira.role)
    refused = office.refuses(finn, lambda work: emergencies.end(work, stranger.id))
    assert isinstance(refused, NotFound)


@one_database
def test_an_open_emergency_lasts_for_no_other_matter(office: Office) -> None:
    asked = office.ask(office.cast.eve)
    with transaction(office.desk.engine) as session:
        makes.make_matter(session, title="Another")
    office.do(office.cast.mira, lambda work: emergencies.let_in(work, asked.id, HOURS))

    def look(work: Work) -> tuple[str, ...]:
        assert len(work.session.exec(select(Matter.id)).all()) == 2
        return lens(work).matters

    assert office.do(office.cast.eve, look) == (office.matter.id,)


@one_database
def test_who_was_let_in_works_there_and_makes_no_place_for_anybody(office: Office) -> None:
    eve, mira = office.cast.eve, office.cast.mira
    asked = office.ask(eve)
    office.do(mira, lambda work: emergencies.let_in(work, asked.id, HOURS))
    with transaction(office.desk.engine) as session:
        finn = makes.make_person(session, "Finn Aalto", eve.role)
    theirs = office.ask(finn)
    wall = WallInput(person_id=mira.id, because="x")
    acts: list[Callable[[Work], Any]] = [
        lambda work: people.add_member(work, office.matter.id, NewMembership(person_id=eve.id)),
        lambda work: people.add_member(work, office.matter.id, NewMembership(person_id=finn.id)),
        lambda work: emergencies.let_in(work, theirs.id, HOURS),
        lambda work: walls.ask_for_wall(work, office.matter.id, wall),
    ]

    made = office.do(
        eve, lambda work: tasks.add_task(work, office.matter.id, TaskInput(title="Answer"))
    )
    assert made.matter_id == office.matter.id
    for act in acts:
        assert isinstance(office.refuses(eve, act), (Refused, NotFound))
    assert not office.sees(eve, TOMORROW)


@one_database
def test_a_mail_goes_to_the_attorney_with_the_next_sweep_whatever_becomes_of_the_task(
    office: Office, tmp_path: Path
) -> None:
    eve = office.cast.eve
    asked = office.ask(eve)
    office.do(office.cast.noor, lambda work: emergencies.let_in(work, asked.id, HOURS))
    with transaction(office.desk.engine) as session:
        task = session.exec(select(Task)).one()
        session.get_one(Matter, office.matter.id).closed_on = makes.TODAY
    # Whoever was let in cannot hush it up.
    office.do(
        eve, lambda work: setattr(work.session.get_one(Task, task.id), "state", TaskState.DONE)
    )

    went = [sweep(office.desk, MailFolder(tmp_path), at=makes.NOON) for _ in "12"]

    assert went == [1, 0]
    mail = message_from_bytes(next(tmp_path.glob("*.eml")).read_bytes(), policy=default)
    assert mail["To"] == f"{office.cast.mira.name} <{office.cast.mira.email}>"
    assert mail["Subject"] == f"Look today: {task.title}"
    for kind in ("plain", "html"):
        said = mail.get_body((kind,)).get_content()
        assert "Noor Haddad opened it for an emergency: The court calls" in " ".join(said.split())
        assert f"/matters/{office.matter.id}/people" in said
    assert office.told(office.matter.id)[-1] == "reminder.sent"


@one_database
def test_no_mail_is_owed_for_an_opening_that_did_not_happen(office: Office) -> None:
    asked = office.ask(office.cast.eve)

    def then_fail(work: Work) -> None:
        emergencies.let_in(work, asked.id, HOURS)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        office.do(office.cast.noor, then_fail)

    with transaction(office.desk.engine, reads_only=True) as session:
        assert session.exec(select(Reminder)).all() == []
        assert session.exec(select(Task)).all() == []


@one_database
def test_a_membership_holds_from_its_first_day_to_its_last(office: Office) -> None:
    first, last = makes.TODAY, makes.TODAY + timedelta(days=2)
    with transaction(office.desk.engine) as session:
        makes.make_membership(
            session, office.cast.eve, office.matter, since_on=first, until_on=last
        )

    seen = [office.sees(office.cast.eve, first + timedelta(days=n)) for n in (-1, 0, 2, 3)]

    assert seen == [False, True, True, False]
