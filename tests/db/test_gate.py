"""The gate against a second opinion: for every person, matter and moment, who may know of it.

`python -m tests.db.mutants` changes the gate piece by piece and counts what these tests notice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select

from casemgr.db import doors, tables
from casemgr.db.session import open_engine, transaction
from casemgr.domain.access import RIGHTS, Right
from casemgr.domain.words import Role
from casemgr.errors import Ask, NotFound, Refused, WrongMoment
from casemgr.usecases.work import Actor
from tests import makes
from tests.db.gate_world import (
    ANOTHER,
    ASKS,
    CASE_OF,
    CASES,
    DAY,
    NOON,
    ON_IT,
    TODAY,
    Case,
    World,
    case,
    make_world,
    may_know,
)


@pytest.fixture(scope="module")
def world(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    file = shutil.copy(sqlite_template, tmp_path_factory.mktemp("gate") / "casemgr.sqlite3")
    engine = open_engine(f"sqlite:///{file}")
    with transaction(engine) as session:
        yield make_world(session)
    engine.dispose()


@pytest.fixture
def office(world: World) -> Iterator[Session]:
    """Open the office for something that is taken back afterwards."""
    nested = world.session.begin_nested()
    yield world.session
    nested.rollback()


def ids(world: World, asked: Any) -> set[str]:
    return set(world.session.scalars(asked))


def answer(world: World, actor: Actor, one: Case, right: Right) -> str:
    try:
        return doors.matter(world.session, actor, one.id, right, TODAY).id
    except (NotFound, Refused, WrongMoment) as refused:
        return type(refused).__name__


@pytest.mark.parametrize("for_good", [False, True])
@pytest.mark.parametrize("at", [NOON, None])
def test_everybody_knows_of_exactly_their_matters(
    world: World, at: datetime | None, for_good: bool
) -> None:
    for each in world.actors:
        actor = replace(each, at=at)
        told = {one.id for one in CASES if may_know(actor, one, for_good=for_good)}
        assert ids(world, doors.mine(actor, TODAY, for_good=for_good)) == told, actor


def test_an_administrator_looks_after_all_matters_but_those_behind_a_wall(world: World) -> None:
    for actor in world.actors:
        told = {one.id for one in CASES if may_know(actor, one, for_good=True)}
        if actor.role is Role.ADMINISTRATOR:
            told = {one.id for one in CASES if one.wall != "up" and one.known <= TODAY}
        assert ids(world, doors.looked_after(actor, TODAY)) == told, actor


def walls_of(actor: Actor) -> Any:
    return sa.select(col(tables.Wall.id)).where(doors.walls_known_to(actor, TODAY))


def test_nobody_is_told_of_a_wall_for_themselves_unless_they_asked_for_it(world: World) -> None:
    walls = world.session.exec(select(tables.Wall)).all()
    for actor in world.actors:
        matters = ids(world, doors.looked_after(actor, TODAY))
        told = {w.id for w in walls if w.matter_id in matters and w.person_id != actor.id}
        assert ids(world, walls_of(actor)) == told, actor

    theirs = replace(world.one(Role.ATTORNEY, wide=True), id=ASKS)
    known = {w.id for w in walls if CASE_OF[w.matter_id].known <= TODAY}
    assert ids(world, walls_of(theirs)) == known


def test_who_asked_for_a_wall_for_themselves_knows_of_it(world: World, office: Session) -> None:
    wide = world.one(Role.STAFF, wide=True)
    wall = office.exec(
        select(tables.Wall).where(
            col(tables.Wall.person_id) == wide.id,
            col(tables.Wall.matter_id) == case("never", "asked for").id,
        )
    ).one()
    assert wall.id not in ids(world, walls_of(wide))
    office.execute(
        sa.update(tables.Wall).values(asked_by=wide.id).where(col(tables.Wall.id) == wall.id)
    )

    assert wall.id in ids(world, walls_of(wide))


def test_an_emergency_is_known_to_who_asked_and_to_who_looks_after_the_matter(
    world: World,
) -> None:
    emergencies = world.session.exec(select(tables.Emergency)).all()
    for actor in world.actors:
        matters = ids(world, doors.looked_after(actor, TODAY))
        asked = sa.select(col(tables.Emergency.id)).where(doors.emergencies_known_to(actor, TODAY))
        told = {e.id for e in emergencies if e.person_id == actor.id or e.matter_id in matters}
        assert ids(world, asked) == told, actor


def test_a_door_opens_for_who_knows_of_the_row_and_has_the_right(world: World) -> None:
    few = [one for one in CASES if one.emergency in ("none", "open")]
    for actor in world.actors:
        for one in few[:: 17 if actor.office_wide else 13]:
            for right in (Right.READ, Right.CONFIRM):
                told = one.id if right in RIGHTS[actor.role] else "Refused"
                told = told if may_know(actor, one) else "NotFound"
                assert answer(world, actor, one, right) == told, (actor, one)


def test_who_was_let_in_for_an_emergency_decides_nothing_about_people(world: World) -> None:
    attorney = world.one(Role.ATTORNEY)
    let_in, on_it = case("never", emergency="open"), case("first day", emergency="open")
    for right in (Right.MANAGE, Right.EXPORT):
        with pytest.raises(Refused, match="let into this matter for an emergency"):
            doors.matter(world.session, attorney, let_in.id, right, TODAY)
        assert answer(world, attorney, on_it, right) == on_it.id
    for right in (Right.READ, Right.LOG):
        assert answer(world, attorney, let_in, right) == let_in.id


def test_who_may_not_is_told_who_on_the_matter_can(world: World) -> None:
    one, session = case("first day"), world.session
    with pytest.raises(Refused) as student:
        doors.matter(session, world.one(Role.STUDENT), one.id, Right.CONFIRM, TODAY)
    assert str(student.value) == (
        "A student cannot confirm a date. Staff and attorneys on the matter can."
    )
    asked = student.value.ask
    assert asked is not None
    people = asked.people
    assert asked == Ask(one.id, "matter", one.id, "confirm", people)
    assert len(people) == 3
    assert {who for who, _ in people} < {
        actor.id for actor in world.actors if actor.role in (Role.STAFF, Role.ATTORNEY)
    }
    with pytest.raises(Refused) as guest:
        doors.matter(session, world.one(Role.GUEST), one.id, Right.CONFIRM, TODAY)
    assert guest.value.ask is None  # a guest plans no task for anybody


def test_nobody_is_named_where_nobody_on_the_matter_can(world: World) -> None:
    nobody, session = case("never", emergency="open"), world.session
    with pytest.raises(Refused) as refused:
        doors.matter(session, world.one(Role.STUDENT), nobody.id, Right.CONFIRM, TODAY)
    assert refused.value.ask is None


def test_who_can_is_whoever_is_on_it_with_the_right_and_no_wall(world: World) -> None:
    for one in CASES[::11]:
        for right in (Right.LOG, Right.RELEASE):
            on_it = one.member in ON_IT and one.wall != "up"
            told = [actor.id for actor in world.actors if on_it and right in RIGHTS[actor.role]]
            found = [who for who, _ in doors.who_can(world.session, one.id, right, TODAY)]
            assert sorted(found) == sorted(filter(None, told)), one


def test_who_answers_for_the_matter_is_named_first_and_who_left_not_at_all(
    world: World, office: Session
) -> None:
    one, last, gone = case("first day"), "P-9", "P-5"
    first_named = doors.who_can(office, one.id, Right.READ, TODAY)
    assert first_named[0][0] != last
    member, person = tables.Membership, tables.Person
    theirs = (col(member.matter_id) == one.id, col(member.person_id) == last)
    office.execute(sa.update(member).values(responsible=True).where(*theirs))
    office.execute(sa.update(person).values(active=False).where(col(person.id) == gone))

    named = [who for who, _ in doors.who_can(office, one.id, Right.READ, TODAY)]
    reading = world.actors[int(last[2:])]
    assert (named[0] == last) == (Right.READ in RIGHTS[reading.role])
    assert gone not in named


def test_walls_are_looked_after_by_attorneys_on_the_matter_and_by_administrators(
    world: World,
) -> None:
    def found(actor: Actor, one: Case) -> str:
        asked = select(tables.Wall).where(col(tables.Wall.matter_id) == one.id)
        wall = world.session.exec(asked.order_by(col(tables.Wall.id))).first()
        assert wall is not None
        try:
            seen = doors.looked_after_by(world.session, actor, tables.Wall, wall.id, TODAY)
        except (NotFound, Refused) as refused:
            return type(refused).__name__
        return "found" if seen is wall else "another"

    on_it, off_it = case("first day", "asked for"), case("never", "another's")
    behind, unknown = case("first day", "up"), replace(on_it, known=TODAY + DAY)
    unknown = next(x for x in CASES if replace(x, id="") == replace(unknown, id=""))
    assert found(world.one(Role.ATTORNEY), on_it) == "found"
    assert found(world.one(Role.ATTORNEY), off_it) == "NotFound"
    assert found(world.one(Role.STAFF), on_it) == "Refused"
    assert found(world.one(Role.GUEST), off_it) == "NotFound"
    for one, told in ((on_it, "found"), (off_it, "found"), (behind, "NotFound")):
        assert found(world.one(Role.ADMINISTRATOR), one) == told
    assert found(world.one(Role.ADMINISTRATOR), unknown) == "NotFound"


def test_a_wall_stands_only_while_it_is_up(world: World) -> None:
    for one in CASES[::5]:
        assert doors.stands_between(world.session, "P-3", one.id) == (one.wall == "up")
    assert doors.stands_between(world.session, ANOTHER, case("never", "another's").id)


@pytest.mark.parametrize("closed", [None, TODAY + DAY, TODAY, TODAY - DAY])
def test_of_a_closed_matter_only_people_walls_and_holds_change(
    world: World, office: Session, closed: date | None
) -> None:
    attorney = world.one(Role.ATTORNEY)
    one = case("first day")
    matter = office.get_one(tables.Matter, one.id)
    matter.closed_on = closed
    hold = tables.LegalHold(matter_id=one.id, because="Keep it.", placed_by=ASKS, placed_at=NOON)
    office.add(hold)
    office.flush()
    is_closed = closed is not None and closed <= TODAY
    work = {Right.LOG, Right.CONFIRM, Right.RELEASE, Right.OVERRIDE, Right.SIGN_OFF}
    for right in RIGHTS[Role.ATTORNEY]:
        told = "WrongMoment" if is_closed and right in work else one.id
        assert answer(world, attorney, one, right) == told, right
        held = doors.open_door(office, attorney, tables.LegalHold, hold.id, right, TODAY)
        assert held is hold
    office.expunge(hold)
    matter.closed_on = None


def test_a_part_is_reached_through_its_whole_and_each_is_known_from_its_day(
    world: World, office: Session
) -> None:
    attorney, stranger = world.one(Role.ATTORNEY), world.one(Role.STAFF)
    one = office.get_one(tables.Matter, case("first day").id)
    declaration, version = makes.make_declaration(office, one, says=())
    part = makes.make_paragraph(office, version, 1, "I asked.")
    stands = tables.Paragraph

    def reached(actor: Actor) -> bool:
        office.flush()
        try:
            return doors.open_door(office, actor, stands, part.id, Right.READ, TODAY) is part
        except NotFound:
            return False

    assert reached(attorney)
    assert doors.matter_of(office, part) == doors.matter_of(office, one) == one.id
    assert not reached(replace(stranger, id="P-NOBODY"))
    for row in (version, declaration):
        row.known_on = TODAY + DAY
        assert not reached(attorney)
        row.known_on = TODAY
    assert reached(attorney)


def test_a_matter_is_known_from_its_day_whichever_matters_are_asked_of(
    world: World, office: Session
) -> None:
    one = office.get_one(tables.Matter, case("first day").id)
    every = sa.select(col(tables.Matter.id))

    def known() -> bool:
        office.flush()
        asked = sa.select(col(tables.Matter.id)).where(doors.within(tables.Matter, every, TODAY))
        return one.id in office.scalars(asked).all()

    assert known()
    was, one.known_on = one.known_on, TODAY + DAY
    assert not known()
    one.known_on = was
    assert known()


def test_a_right_whatever_the_matter_is_the_roles(world: World) -> None:
    doors.allow(world.one(Role.STAFF), Right.MANAGE)
    with pytest.raises(Refused, match="A student cannot open matters"):
        doors.allow(world.one(Role.STUDENT), Right.MANAGE)


def test_the_doors_by_noun_open_the_row_of_that_noun(world: World, office: Session) -> None:
    one = office.get_one(tables.Matter, case("first day").id)
    makes.make_agency(office)
    makes.make_court(office)
    request = makes.make_request(office, one)
    track = makes.make_track(office, request)
    lawsuit = makes.make_lawsuit(office, one)
    declaration, _ = makes.make_declaration(office, one)
    rows: dict[Any, Any] = {
        doors.foia_request: request,
        doors.track: track,
        doors.event: makes.make_event(office, track),
        doors.lawsuit: lawsuit,
        doors.docket_entry: makes.make_docket_entry(office, lawsuit),
        doors.deadline: makes.make_deadline(office, one),
        doors.declaration: declaration,
        doors.document: makes.make_document(office, one),
        doors.letter: makes.make_letter(office, one),
    }
    for door, row in rows.items():
        assert door(office, world.one(Role.STUDENT), row.id, Right.READ, TODAY) is row
        with pytest.raises(NotFound):
            door(office, world.one(Role.ADMINISTRATOR), row.id, Right.READ, TODAY)
        with pytest.raises(Refused):
            door(office, world.one(Role.STUDENT), row.id, Right.CONFIRM, TODAY)
