"""A wall: one person asks, another puts it up, and behind it the matter is not there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db import doors
from casemgr.db.session import transaction
from casemgr.db.tables import (
    Deadline,
    Declaration,
    FoiaRequest,
    HistoryEntry,
    Membership,
    Person,
    Reminder,
    Task,
    Wall,
)
from casemgr.desk import Desk
from casemgr.domain.access import Right
from casemgr.domain.words import ReminderState
from casemgr.errors import CasemgrError, Malformed, NotFound, NotFresh, Refused, WrongMoment
from casemgr.usecases import deadlines, offboarding, people, walls
from casemgr.usecases.deadlines import OwnersInput
from casemgr.usecases.people import NewMembership
from casemgr.usecases.views.lens import lens
from casemgr.usecases.views.people import look_at_people
from casemgr.usecases.walls import LiftInput, WallInput
from casemgr.usecases.work import Work
from tests import makes


class Office:
    """A matter with Ada, Sam and Mira on it; Eve may read every matter of the office."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with transaction(desk.engine) as session:
            self.cast = cast = makes.make_cast(session)
            cast.eve.office_wide = True
            session.add(cast.eve)
            self.matter = makes.make_matter(session, cast.ada, cast.sam, cast.mira)
            self.other = makes.make_matter(session, cast.mira, title="Another")

    def do(self, person: Person, act: Callable[[Work], Any]) -> Any:
        with self.desk.work(makes.actor_of(person)) as work:
            return act(work)

    def refuses(self, person: Person, act: Callable[[Work], Any]) -> CasemgrError:
        with pytest.raises(CasemgrError) as refused:
            self.do(person, act)
        return refused.value

    def ask(self, person: Person, about: Person) -> Wall:
        given = WallInput(person_id=about.id, because="Worked for the agency.")
        found: Wall = self.do(person, lambda work: walls.ask_for_wall(work, self.matter.id, given))
        return found

    def up(self, about: Person) -> Wall:
        wall = self.ask(self.cast.mira, about)
        found: Wall = self.do(self.cast.noor, lambda work: walls.put_up(work, wall.id))
        return found

    def sees(self, person: Person) -> bool:
        with self.desk.work(makes.actor_of(person), reads_only=True) as work:
            return self.matter.id in lens(work).matters

    def told(self) -> list[str]:
        with transaction(self.desk.engine, reads_only=True) as session:
            return [each.what for each in session.exec(select(HistoryEntry))]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(makes.make_desk(engine, tmp_path))


# What follows from the rows alone is tried on one database.
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_wall_stands_from_the_second_person_on_until_two_take_it_down(office: Office) -> None:
    ada, mira, noor = office.cast.ada, office.cast.mira, office.cast.noor
    wall = office.ask(mira, ada)
    assert office.sees(ada)

    office.do(noor, lambda work: walls.put_up(work, wall.id))
    assert not office.sees(ada)

    because = LiftInput(because="She never worked there.")
    office.do(noor, lambda work: walls.ask_to_lift(work, wall.id, because))
    assert not office.sees(ada)
    office.do(mira, lambda work: walls.take_down(work, wall.id))
    assert office.sees(ada)
    assert [each for each in office.told() if each.startswith("wall")] == [
        "wall.asked",
        "wall.up",
        "wall.lift_asked",
        "wall.down",
    ]


def test_a_wall_beats_every_way_to_reach_a_matter(office: Office) -> None:
    cast = office.cast
    assert office.sees(cast.eve)  # office-wide
    with transaction(office.desk.engine) as session:
        makes.make_emergency(
            session,
            cast.sam,
            office.matter,
            opened_by=cast.mira.id,
            opened_at=makes.NOON,
            until_at=makes.NOON + timedelta(days=1),
        )
    for person in (cast.eve, cast.sam, cast.mira):
        with transaction(office.desk.engine) as session:
            makes.make_wall(session, person, office.matter, cast.ada, cast.noor)
        assert not office.sees(person)
        refused = office.refuses(
            person,
            lambda work: doors.matter(
                work.session, work.actor, office.matter.id, Right.READ, work.today
            ),
        )
        assert isinstance(refused, NotFound)


def test_one_person_alone_decides_nothing(office: Office) -> None:
    mira, noor, eve = office.cast.mira, office.cast.noor, office.cast.eve
    wall = office.ask(mira, office.cast.ada)
    alone = office.refuses(mira, lambda work: walls.put_up(work, wall.id))
    assert "You asked for this wall" in str(alone)

    office.do(noor, lambda work: walls.put_up(work, wall.id))
    nobody = office.refuses(eve, lambda work: walls.take_down(work, wall.id))
    assert isinstance(nobody, WrongMoment)
    assert "Nobody has asked" in str(nobody)
    office.do(eve, lambda work: walls.ask_to_lift(work, wall.id, LiftInput(because="An error.")))
    alone = office.refuses(eve, lambda work: walls.take_down(work, wall.id))
    assert "You asked to take this wall down" in str(alone)
    assert not office.sees(office.cast.ada)


@one_database
def test_whom_a_wall_is_for_learns_of_it_neither_before_nor_after(office: Office) -> None:
    mira = office.cast.mira
    wall = office.ask(office.cast.noor, mira)
    acts: list[Callable[[Work], Any]] = [
        lambda work: walls.put_up(work, wall.id),
        lambda work: walls.take_down(work, wall.id),
        lambda work: walls.ask_to_lift(work, wall.id, LiftInput(because="I never did.")),
    ]

    assert {type(office.refuses(mira, act)) for act in acts} == {NotFound}
    office.do(office.cast.eve, lambda work: walls.put_up(work, wall.id))
    assert {type(office.refuses(mira, act)) for act in acts} == {NotFound}


@one_database
def test_who_finds_a_conflict_of_their_own_may_ask(office: Office) -> None:
    mira = office.cast.mira
    wall = office.ask(mira, mira)

    alone = office.refuses(mira, lambda work: walls.put_up(work, wall.id))
    assert str(alone) == "This wall is for you, so somebody else must put it up."
    office.do(office.cast.noor, lambda work: walls.put_up(work, wall.id))
    assert not office.sees(mira)


@one_database
def test_staff_and_students_are_told_who_decides(office: Office) -> None:
    given = WallInput(person_id=office.cast.eve.id, because="x")
    for person in (office.cast.ada, office.cast.sam):
        refused = office.refuses(
            person, lambda work: walls.ask_for_wall(work, office.matter.id, given)
        )
        assert isinstance(refused, Refused)
        assert "Attorneys on the matter can" in str(refused)


@one_database
def test_a_question_may_be_dropped_and_asked_once_only(office: Office) -> None:
    mira, ada = office.cast.mira, office.cast.ada
    wall = office.ask(mira, ada)
    given = WallInput(person_id=ada.id, because="Again.")
    again = office.refuses(mira, lambda work: walls.ask_for_wall(work, office.matter.id, given))
    assert isinstance(again, Malformed)

    office.do(mira, lambda work: walls.take_down(work, wall.id))
    late = office.refuses(office.cast.noor, lambda work: walls.put_up(work, wall.id))
    assert isinstance(late, WrongMoment)
    assert office.sees(ada)
    assert office.ask(mira, ada).id != wall.id


@one_database
def test_every_act_on_a_wall_asks_for_a_fresh_sign_in(office: Office) -> None:
    wall = office.ask(office.cast.mira, office.cast.ada)
    stale = replace(
        makes.actor_of(office.cast.noor), proved_at=datetime.now(UTC) - timedelta(minutes=11)
    )
    with pytest.raises(NotFresh), office.desk.work(stale) as work:
        walls.put_up(work, wall.id)


@one_database
def test_an_administrator_behind_a_wall_is_told_of_no_such_matter(office: Office) -> None:
    noor, mira = office.cast.noor, office.cast.mira
    with transaction(office.desk.engine) as session:
        makes.make_task(session, office.matter, person_id=office.cast.ada.id)
    given = WallInput(person_id=office.cast.sam.id, because="x")

    def of_ada(work: Work) -> tuple[int, int, int]:
        line = next(each for each in look_at_people(work) if each.id == office.cast.ada.id)
        return line.matters, line.duties, len(offboarding.open_duties(work, line.id))

    assert office.do(noor, of_ada) == (1, 1, 1)
    wall = office.ask(mira, noor)
    office.do(office.cast.eve, lambda work: walls.put_up(work, wall.id))

    assert office.do(noor, of_ada) == (0, 0, 0)
    refused = office.refuses(noor, lambda work: walls.ask_for_wall(work, office.matter.id, given))
    assert isinstance(refused, NotFound)
    unanswered = office.do(noor, lambda work: offboarding.off_board(work, mira.id).unanswered)
    assert unanswered == ()


@one_database
def test_the_people_list_does_not_count_a_matter_behind_a_wall(office: Office) -> None:
    office.up(office.cast.ada)

    lines = office.do(office.cast.noor, look_at_people)

    assert {line.name: line.matters for line in lines}["Ada Marlowe"] == 0


@one_database
def test_what_somebody_had_to_do_waits_for_nobody_behind_a_wall(office: Office) -> None:
    ada, mira = office.cast.ada, office.cast.mira
    with transaction(office.desk.engine) as session:
        task = makes.make_task(session, office.matter, person_id=ada.id)
        foia = makes.make_request(session, office.matter, owner_id=ada.id)
        declaration, _ = makes.make_declaration(session, office.matter, owner_id=ada.id)
        deadline = makes.make_deadline(session, office.matter, date(2010, 11, 12))
        answers = session.exec(select(Membership).where(Membership.person_id == ada.id)).one()
        answers.responsible = True
    owners = OwnersInput(owner_id=ada.id, second_id=mira.id)
    office.do(ada, lambda work: deadlines.assign(work, deadline.id, owners))

    office.up(ada)

    with transaction(office.desk.engine, reads_only=True) as session:
        kept = session.get_one(Deadline, deadline.id)
        assert (kept.owner_id, kept.second_id) == (None, mira.id)
        assert session.get_one(Task, task.id).person_id is None
        assert session.get_one(FoiaRequest, foia.id).owner_id is None
        assert session.get_one(Declaration, declaration.id).owner_id is None
        owed = session.exec(
            select(Reminder.person_id).where(Reminder.state == ReminderState.PENDING)
        ).all()
        assert set(owed) == {mira.id}
        assert session.get_one(Membership, answers.id).responsible is False
        alerts = session.exec(select(Task).where(Task.title.startswith("Choose who"))).all()  # type: ignore[attr-defined]
        assert [each.person_id for each in alerts] == [mira.id]
    refused = office.refuses(mira, lambda work: deadlines.assign(work, deadline.id, owners))
    assert "owner_id" in refused.problems  # type: ignore[attr-defined]


@one_database
def test_nobody_is_put_on_a_matter_through_a_wall(office: Office) -> None:
    office.up(office.cast.eve)
    given = NewMembership(person_id=office.cast.eve.id)

    refused = office.refuses(
        office.cast.mira, lambda work: people.add_member(work, office.matter.id, given)
    )

    assert "A wall stands between Eve Lindqvist and this matter" in str(refused)


def test_nothing_that_begins_after_a_wall_is_up_sees_the_matter(
    office: Office, full_size: bool
) -> None:
    """Somebody reads without a pause while the wall goes up: what counts is the commit."""
    for _ in range(100 if full_size else 3):
        with transaction(office.desk.engine) as session:
            office.matter = makes.make_matter(session, office.cast.ada, office.cast.mira)
        wall = office.ask(office.cast.mira, office.cast.ada)
        looks: list[tuple[float, bool]] = []
        done = Event()
        reader = Thread(target=_look_until, args=(office, looks, done))
        reader.start()
        while not looks:
            sleep(0.001)

        office.do(office.cast.noor, lambda work, row=wall: walls.put_up(work, row.id))
        up = monotonic()
        sleep(0.02)
        done.set()
        reader.join()

        assert looks[0][1], "the control: before the wall the matter was there"
        assert [saw for begun, saw in looks if begun > up and saw] == []
        assert looks[-1][0] > up


def _look_until(office: Office, looks: list[tuple[float, bool]], done: Event) -> None:
    last = False
    while not last:
        last, begun = done.is_set(), monotonic()
        looks.append((begun, office.sees(office.cast.ada)))
