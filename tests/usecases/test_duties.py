"""Duties: nobody leaves one behind for which nobody of its matter will be there on its day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db import soundness
from casemgr.db.session import transaction
from casemgr.db.tables import Deadline, Matter, Membership, Person, Reminder, Task
from casemgr.desk import Desk
from casemgr.domain.duties import Duty, DutyKind, Stay, successor
from casemgr.domain.words import ReminderState, Role
from casemgr.errors import Malformed
from casemgr.usecases import deadlines, duties, offboarding, people, tasks, walls
from casemgr.usecases.deadlines import OwnersInput
from casemgr.usecases.people import MembershipInput, PersonInput
from casemgr.usecases.tasks import TaskInput
from casemgr.usecases.walls import WallInput
from casemgr.usecases.work import Work
from tests import makes

LATER = date(2010, 11, 12)
BEFORE = date(2010, 11, 5)
YESTERDAY = makes.TODAY - timedelta(days=1)

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Office:
    """A matter that Mira answers for, with Ada and Sam on it; Sam owns a date and a plan."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with transaction(desk.engine) as session:
            self.cast = cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, cast.ada)
            self.sams = makes.make_membership(session, cast.sam, self.matter)
            self.miras = makes.make_membership(session, cast.mira, self.matter, responsible=True)
            self.deadline = makes.make_deadline(session, self.matter, LATER, owner_id=cast.sam.id)
            self.unnamed = makes.make_deadline(session, self.matter, LATER, title="Nobody's")
            self.task = makes.make_task(session, self.matter, person_id=cast.sam.id)

    def do(self, person: Person, act: Callable[[Work], Any]) -> Any:
        with self.desk.work(makes.actor_of(person)) as work:
            return act(work)

    def put(self, table: type[Any], row_id: str, **values: object) -> None:
        with transaction(self.desk.engine) as session:
            row = session.get_one(table, row_id)
            for name, value in values.items():
                setattr(row, name, value)

    def alone(self) -> set[str]:
        """Return the kinds of the duties that nobody will be there for."""
        with self.desk.work(reads_only=True) as work:
            found = duties.on_matters(work, [self.matter.id])
            assert duties.how_many_alone(work, [self.matter.id]) == sum(d.alone for d in found)
            return {f"{each.kind.value} {each.title}" for each in found if each.alone}

    def owner(self) -> str | None:
        with transaction(self.desk.engine, reads_only=True) as session:
            return session.get_one(Deadline, self.deadline.id).owner_id


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(makes.make_desk(engine, tmp_path))


OPPOSE = "deadline Oppose the motion of October 29, 2010"
CALL = "task Call the FOIA officer"


def test_whoever_is_not_there_on_its_day_leaves_a_duty_alone(office: Office) -> None:
    """Each way to be gone, one after the other, on both databases."""
    sam, sams = office.cast.sam.id, office.sams.id
    assert office.alone() == set()
    ways: list[tuple[type[Any], str, dict[str, object], set[str]]] = [
        (Membership, sams, {"until_on": BEFORE}, {OPPOSE}),
        (Membership, sams, {"until_on": LATER}, set()),
        (Membership, sams, {"until_on": YESTERDAY}, {OPPOSE, CALL}),
        (Membership, sams, {"until_on": None}, set()),
        (Person, sam, {"term_ends_on": BEFORE}, {OPPOSE}),
        (Person, sam, {"term_ends_on": None, "active": False}, {OPPOSE, CALL}),
        (Person, sam, {"active": True, "role": Role.GUEST}, {OPPOSE, CALL}),
        (Person, sam, {"role": Role.STUDENT}, set()),
        (Membership, office.miras.id, {"until_on": BEFORE}, {"deadline Nobody's"}),
        (Membership, office.miras.id, {"until_on": None, "responsible": False}, {
            "deadline Nobody's",
        }),
    ]  # fmt: skip
    for table, row_id, values, expected in ways:
        office.put(table, row_id, **values)
        assert office.alone() == expected, values
    with transaction(office.desk.engine) as session:
        makes.make_wall(session, office.cast.sam, office.matter, office.cast.ada, office.cast.noor)
    assert {OPPOSE, CALL} <= office.alone()
    office.put(type(office.matter), office.matter.id, closed_on=makes.TODAY)
    assert office.alone() == set()


@one_database
def test_an_unsure_date_wants_somebody_until_its_latest_day(office: Office) -> None:
    office.put(Membership, office.sams.id, until_on=LATER)
    office.put(Deadline, office.deadline.id, certain=False, latest=date(2010, 12, 1))

    assert office.alone() == {OPPOSE}


@one_database
def test_nothing_is_given_to_somebody_who_will_be_gone(office: Office) -> None:
    ada, sam = office.cast.ada, office.cast.sam
    office.put(Membership, office.sams.id, until_on=BEFORE)
    given = OwnersInput(owner_id=sam.id, second_id=ada.id)

    with pytest.raises(Malformed) as refused:
        office.do(ada, lambda work: deadlines.assign(work, office.unnamed.id, given))
    planned = TaskInput(title="Late", person_id=sam.id, due_on=LATER)
    with pytest.raises(Malformed) as also:
        office.do(ada, lambda work: tasks.add_task(work, office.matter.id, planned))

    why = (
        "Sam Okonjo will not be there on November 12, 2010: their last day is November 5, 2010. "
        "Ada Marlowe and Mira Castellan can."
    )
    assert refused.value.problems == {"owner_id": why}
    assert also.value.problems == {"person_id": why}


@one_database
def test_a_plan_may_be_reworded_whoever_it_is_of(office: Office) -> None:
    office.put(Membership, office.sams.id, until_on=YESTERDAY)
    given = TaskInput(title="Call again", person_id=office.cast.sam.id)

    task = office.do(office.cast.ada, lambda work: tasks.change_task(work, office.task.id, given))

    assert task.title == "Call again"


@one_database
@pytest.mark.parametrize(
    ("until_on", "left"),
    [(BEFORE, "1 duty: Oppose"), (makes.TODAY, "2 duties: Oppose"), (LATER, "")],
)
def test_a_membership_does_not_end_before_its_duties_are_handed_over(
    office: Office, until_on: date, left: str
) -> None:
    def end(work: Work) -> object:
        return people.change_member(work, office.sams.id, MembershipInput(until_on=until_on))

    if not left:
        office.do(office.cast.ada, end)
        return
    with pytest.raises(Malformed) as refused:
        office.do(office.cast.ada, end)

    says = refused.value.problems["until_on"]
    assert f"Nobody would be there then for {left}" in says
    assert says.endswith("Hand over first what is left: Ada Marlowe and Mira Castellan can.")


@one_database
def test_who_answers_for_a_matter_stays_until_somebody_else_does(office: Office) -> None:
    def end(work: Work) -> object:
        given = MembershipInput(until_on=BEFORE, responsible=True)
        return people.change_member(work, office.miras.id, given)

    with pytest.raises(Malformed, match="1 duty: Nobody's"):
        office.do(office.cast.ada, end)


@one_database
def test_who_cannot_come_in_any_more_leaves_nothing_behind(office: Office) -> None:
    cast = office.cast
    with transaction(office.desk.engine) as session:
        second = makes.make_deadline(
            session, office.matter, LATER, owner_id=cast.ada.id, second_id=cast.sam.id
        )

    report = office.do(cast.noor, lambda work: offboarding.off_board(work, cast.sam.id))

    assert {(each.kind, each.id, each.handed_on) for each in report.duties} == {
        ("deadline", office.deadline.id, True),
        ("second", second.id, True),
        ("task", office.task.id, True),
    }
    assert office.alone() == set()
    assert office.owner() == cast.mira.id  # she answers for the matter
    with transaction(office.desk.engine, reads_only=True) as session:
        assert session.get_one(Deadline, second.id).second_id == cast.mira.id
        told = session.exec(select(Task).where(Task.title.startswith("Take over"))).one()
        assert (told.person_id, told.due_on) == (cast.mira.id, makes.TODAY)
        assert "Sam Okonjo has left. Oppose the motion" in told.note
        asked = select(Reminder.person_id).where(Reminder.deadline_id == office.deadline.id)
        assert set(session.exec(asked)) == {cast.mira.id}


@one_database
@pytest.mark.parametrize(
    "change",
    [{"active": False}, {"role": Role.GUEST}, {"term_ends_on": BEFORE}],
    ids=["out", "a guest", "an earlier last day"],
)
def test_a_change_of_the_person_hands_on_what_they_will_not_be_there_for(
    office: Office, change: dict[str, object]
) -> None:
    sam = office.cast.sam
    stands = {"name": sam.name, "email": sam.email, "role": sam.role}
    given = PersonInput.model_validate({**stands, **change})

    office.do(office.cast.noor, lambda work: people.change_person(work, sam.id, given))

    assert office.alone() == set()
    assert office.owner() == office.cast.mira.id
    with transaction(office.desk.engine, reads_only=True) as session:
        kept = session.get_one(Task, office.task.id).person_id
    assert kept == (sam.id if "term_ends_on" in change else office.cast.mira.id)


@one_database
def test_when_who_answers_leaves_somebody_else_answers_and_is_reminded(office: Office) -> None:
    mira, ada = office.cast.mira, office.cast.ada

    office.do(office.cast.noor, lambda work: offboarding.off_board(work, mira.id))

    assert office.alone() == set()
    with transaction(office.desk.engine, reads_only=True) as session:
        answers = session.exec(select(Membership).where(Membership.responsible)).one()
        assert answers.person_id == ada.id
        asked = select(Reminder.person_id, Reminder.state).where(
            Reminder.deadline_id == office.unnamed.id
        )
        pending = {who for who, state in session.exec(asked) if state is ReminderState.PENDING}
    assert pending == {ada.id}


@one_database
def test_what_nobody_is_left_for_stays_and_is_told(office: Office) -> None:
    for each in (office.sams.id, office.miras.id):
        office.put(Membership, each, until_on=BEFORE)
    office.put(Person, office.cast.ada.id, active=False)

    report = office.do(
        office.cast.noor, lambda work: offboarding.off_board(work, office.cast.sam.id)
    )

    assert {(each.kind, each.handed_on) for each in report.duties} == {
        ("deadline", False),
        ("task", True),
    }
    assert office.alone() == {OPPOSE, "deadline Nobody's"}


@one_database
def test_who_reads_every_matter_may_take_a_duty_and_answer_for_one(office: Office) -> None:
    cast = office.cast
    for each in (office.sams.id, office.miras.id):
        office.put(Membership, each, until_on=BEFORE)
    with transaction(office.desk.engine) as session:
        session.get_one(Person, cast.ada.id).active = False
        session.get_one(Person, cast.eve.id).office_wide = True

    office.do(cast.noor, lambda work: offboarding.off_board(work, cast.mira.id))

    assert office.alone() == {OPPOSE}  # Sam's own, as before
    with transaction(office.desk.engine, reads_only=True) as session:
        unnamed = session.get_one(Deadline, office.unnamed.id)
        answers = session.exec(select(Membership).where(Membership.responsible)).one()
    assert (unnamed.owner_id, answers.person_id) == (None, cast.eve.id)


@one_database
def test_a_wall_before_the_only_one_who_answers_leaves_somebody_who_does(office: Office) -> None:
    cast = office.cast
    given = WallInput(person_id=cast.mira.id, because="Kin.")
    wall = office.do(cast.mira, lambda work: walls.ask_for_wall(work, office.matter.id, given))

    office.do(cast.noor, lambda work: walls.put_up(work, wall.id))

    assert office.alone() == set()


def test_of_several_the_one_who_answers_takes_a_duty_then_attorneys() -> None:
    def duty(**more: Any) -> Duty:
        given = {"day": LATER, "person_id": "P-GONE", "other_id": None, **more}
        return Duty(
            kind=DutyKind.DEADLINE, id="D-1", matter_id="M-1", title="x", version=1,
            matter="m", person="Gone", alone=True, **given,
        )  # fmt: skip

    def stay(name: str, role: Role, last: date | None = None, *, answers: bool = False) -> Stay:
        return Stay("M-1", name, name, role, answers, last)

    ada, mira = stay("ada", Role.STAFF), stay("mira", Role.ATTORNEY)
    sam, bea = stay("sam", Role.STUDENT, answers=True), stay("bea", Role.STAFF, BEFORE)

    def taken(*there: Any, **more: Any) -> str | None:
        found = successor(duty(**more), there, makes.TODAY)
        return found.name if found else None

    eve = replace(stay("eve", Role.ATTORNEY), member=False)
    assert taken(ada, mira, sam) == "sam"
    assert taken(eve, ada) == "ada"
    assert taken(eve, replace(sam, responsible=False)) == "eve"
    assert taken(ada, mira, bea) == "mira"
    assert taken(ada, mira, other_id="mira") == "ada"
    assert taken(bea) is None
    assert taken(bea, day=None) == "bea"


SEMESTERS = [date(2010, 9, 6), date(2011, 1, 17), date(2011, 9, 5)]
WEEKS = 14


@one_database
def test_over_three_semesters_nothing_is_ever_without_somebody(
    engine: Engine, tmp_path: Path, full_size: bool
) -> None:
    """Students come, are given dates and plans, and leave; every day the question has no rows."""
    students, many, step = (30, 40, 1) if full_size else (6, 8, 7)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matters = [makes.make_matter(session, title=f"Matter {n}") for n in range(many)]
        for matter in matters:
            makes.make_membership(session, cast.mira, matter, responsible=True)
            makes.make_membership(session, cast.ada, matter)

    def on(day: date) -> Desk:
        return makes.make_desk(engine, tmp_path, as_of=day)

    def check(day: date) -> None:
        with on(day).work(reads_only=True) as work:
            for wrong in (soundness.duties(work.session, day)[1], _unattended(work)):
                assert wrong == [], day

    for number, first in enumerate(SEMESTERS):
        last = first + timedelta(weeks=WEEKS)
        class_ = _begin(on(first), number, matters, students, last)
        for days in range(0, (last - first).days, step):
            check(first + timedelta(days=days))
        with on(last).work(makes.actor_of(cast.noor)) as work:
            for person in class_:
                report = offboarding.off_board(work, person.id)
                assert (report.unanswered, all(d.handed_on for d in report.duties)) == ((), True)
        for days in (0, 1, 30):
            check(last + timedelta(days=days))


def _begin(desk: Desk, number: int, matters: list[Matter], many: int, last: date) -> list[Person]:
    """Let a class begin: each student on some matters, with a date in the break and a plan."""
    with desk.work() as work:
        session = work.session
        class_ = [
            makes.make_person(session, f"S{number}x{n} Example", Role.STUDENT, term_ends_on=last)
            for n in range(many)
        ]
        for n, matter in enumerate(matters):
            person = class_[n % many]
            since = {"since_on": work.today}
            makes.make_membership(session, person, matter, **since)
            soon, late = last - timedelta(days=9), last + timedelta(days=20)
            makes.make_deadline(session, matter, soon, owner_id=person.id, known_on=work.today)
            makes.make_deadline(session, matter, late, known_on=work.today)
            makes.make_task(session, matter, person_id=person.id, known_on=work.today)
        return class_


def _unattended(work: Work) -> list[str]:
    """Return the matters on which no attorney is."""
    asked = select(Matter.id)
    found = work.session.exec(asked).all()
    there = duties.stays(work, found)
    return [each for each in found if not any(s.role is Role.ATTORNEY for s in there[each])]
