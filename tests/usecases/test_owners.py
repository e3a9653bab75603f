"""A declaration is somebody's until it is on the docket, and is never left behind."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from casemgr.db.session import transaction
from casemgr.db.tables import Declaration, Person
from casemgr.domain.duties import DutyKind
from casemgr.domain.words import EntryKind
from casemgr.errors import Malformed, NotFound
from casemgr.usecases import declarations, duties, handover, people
from casemgr.usecases.declarations import DeclarationInput
from casemgr.usecases.handover import Handed, HandOverInput
from casemgr.usecases.owners import OwnerInput
from casemgr.usecases.people import MembershipInput
from tests import makes


class Office:
    """Sam has begun a declaration on a matter that Mira answers for."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, cast.ada)
            self.sams = makes.make_membership(session, cast.sam, self.matter)
            makes.make_membership(session, cast.mira, self.matter, responsible=True)
            self.lawsuit = makes.make_lawsuit(session, self.matter)
        given = DeclarationInput(title="Declaration of Rosa Alvarez", declarant="Rosa Alvarez")
        with self.work(cast.sam) as work:
            self.row = declarations.begin_declaration(work, self.matter.id, given)

    def work(self, who: Person) -> Any:
        return self.desk.work(makes.actor_of(who))

    def open_for(self, who: Person) -> list[tuple[DutyKind, str]]:
        with self.desk.work() as work:
            return [(each.kind, each.title) for each in duties.of_person(work, who.id)]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(engine, tmp_path)


HERS = (DutyKind.DECLARATION, "See to the paper: Declaration of Rosa Alvarez")


def test_it_is_of_whoever_begins_it_until_it_is_given_on(office: Office) -> None:
    cast = office.cast
    assert office.row.owner_id == cast.sam.id
    assert HERS in office.open_for(cast.sam)

    with office.work(cast.ada) as work:
        given = OwnerInput(owner_id=cast.mira.id)
        row = declarations.give_declaration(work, office.row.id, given, version=office.row.version)
        [told] = work.lines
        assert (told.what, told.facts["to"]) == ("declaration.given", "Mira Castellan")
    with office.work(cast.ada) as work:
        change = DeclarationInput(title=row.title, declarant="R. Alvarez")
        row = declarations.change_declaration(work, row.id, change)

    assert row.owner_id == cast.mira.id
    assert (HERS in office.open_for(cast.sam), HERS in office.open_for(cast.mira)) == (False, True)


def test_on_the_docket_it_is_nobodys_duty_any_more(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        filed = makes.make_docket_entry(
            session, office.lawsuit, EntryKind.OTHER, date(2010, 10, 28)
        )
        session.get_one(Declaration, office.row.id).docket_entry_id = filed.id

    assert HERS not in office.open_for(office.cast.sam)


def test_only_somebody_on_the_matter_can_have_it(office: Office) -> None:
    to_eve = OwnerInput(owner_id=office.cast.eve.id)
    with office.work(office.cast.ada) as work, pytest.raises(Malformed, match="no such person"):
        declarations.give_declaration(work, office.row.id, to_eve)
    with office.work(office.cast.eve) as work, pytest.raises(NotFound):
        declarations.give_declaration(work, office.row.id, to_eve)


def test_nobody_leaves_it_behind(office: Office) -> None:
    end = MembershipInput(until_on=makes.TODAY)
    with (
        office.work(office.cast.mira) as work,
        pytest.raises(Malformed, match="See to the paper: Declaration of Rosa Alvarez"),
    ):
        people.change_member(work, office.sams.id, end)

    one = Handed(
        kind=DutyKind.DECLARATION,
        id=office.row.id,
        version=office.row.version,
        to_id=office.cast.ada.id,
    )
    with office.work(office.cast.sam) as work:
        handover.hand_over(work, HandOverInput(duties=[one]))

    assert HERS in office.open_for(office.cast.ada)
    with office.work(office.cast.mira) as work:
        people.change_member(work, office.sams.id, end)
