"""Conflict checks: every matter is looked at, and none is betrayed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from casemgr.db import tables
from casemgr.db.session import transaction
from casemgr.desk import Desk
from casemgr.errors import Refused
from casemgr.usecases import conflicts, matters
from casemgr.usecases.conflicts import Answer, NamesInput
from casemgr.usecases.matters import OpenInput
from tests import makes

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@dataclass
class Office:
    """An office with one matter, of Ada and Mira, that has people in every place for a name."""

    desk: Desk
    cast: makes.Cast
    matter: tables.Matter

    def check(self, who: tables.Person, *names: str) -> Answer:
        with self.desk.work(makes.actor_of(who)) as work:
            return conflicts.check(work, NamesInput(names=list(names)))

    def entries(self) -> list[tuple[str, str | None, dict[str, object]]]:
        with transaction(self.desk.engine) as session:
            asked = select(tables.HistoryEntry).order_by(tables.HistoryEntry.seq)  # type: ignore[arg-type]
            return [(e.what, e.matter_id, e.facts) for e in session.exec(asked)]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(
            session, cast.ada, cast.mira, title="Ortiz v. Brown County", names=["Lena Fuchs"]
        )
        lawsuit = makes.make_lawsuit(session, matter)
        makes.make_party(session, lawsuit, "Pedro Ortiz", aliases=["P. Ortiz Vega"])
        _requester(session, matter)
    return Office(makes.make_desk(engine, tmp_path), cast, matter)


def _requester(session: Session, matter: tables.Matter) -> None:
    request = makes.make_request(session, matter)
    organisation = makes.make_organisation(session, "Night Schools Network", aliases=["NSN"])
    session.add(tables.Requester(request_id=request.id, organisation_id=organisation.id))


PLACES = ["Brown County", "Lena Fuchs", "Ortiz, Pedro", "P. Ortiz-Vega", "NSN", "night schools"]


@pytest.mark.parametrize("name", PLACES)
def test_a_name_in_any_place_of_any_matter_is_a_possible_conflict(
    office: Office, name: str
) -> None:
    answer = office.check(office.cast.eve, "Nobody Here", name)

    assert answer.elsewhere
    assert "There may be a conflict. Ask Noor Haddad" in answer.says


def test_who_is_on_no_matter_learns_nothing_but_whom_to_ask(office: Office) -> None:
    one = office.check(office.cast.eve, "Lena Fuchs")
    all_of_them = office.check(office.cast.eve, *PLACES)

    assert one == all_of_them  # not how many, not which, not as what
    assert one.found == ()
    assert one.ask == ("Noor Haddad",)


def test_who_is_on_the_matter_is_shown_it(office: Office) -> None:
    answer = office.check(office.cast.ada, "L. Fuchs")

    assert not answer.elsewhere
    assert [(each.name, each.matter_id) for each in answer.found] == [
        ("L. Fuchs", office.matter.id)
    ]


def test_for_somebody_behind_a_wall_the_answer_is_as_if_the_matter_never_was(
    office: Office,
) -> None:
    never = office.check(office.cast.mira, "Unheard Of")
    with transaction(office.desk.engine) as session:
        makes.make_wall(session, office.cast.mira, office.matter, office.cast.ada, office.cast.noor)

    answer = office.check(office.cast.mira, *PLACES)

    assert answer == never
    assert answer.says == "No match that you can see. For the full check ask Noor Haddad."


def test_an_administrator_sees_codes_and_whom_to_ask_and_no_name_that_was_not_typed(
    office: Office,
) -> None:
    with transaction(office.desk.engine) as session:
        member = session.exec(
            select(tables.Membership).where(tables.Membership.person_id == office.cast.ada.id)
        ).one()
        member.responsible = True
        session.add(member)

    answer = office.check(office.cast.noor, "p. ortiz")

    assert {(each.name, each.matter_id, each.ask) for each in answer.found} == {
        ("p. ortiz", office.matter.id, ("Ada Marlowe",))
    }
    assert "Pedro" not in repr(answer)
    assert "Brown" not in repr(answer)


def test_a_matter_of_tomorrow_is_not_known_today(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        later = makes.TODAY + timedelta(days=1)
        makes.make_matter(session, office.cast.ada, names=["Ivo Maric"], known_on=later)

    assert not office.check(office.cast.eve, "Ivo Maric").stops


def test_students_and_guests_do_not_look(office: Office) -> None:
    with pytest.raises(Refused, match="Staff and attorneys"):
        office.check(office.cast.sam, "Lena Fuchs")


def test_that_somebody_looked_is_recorded_on_no_matter(office: Office) -> None:
    office.check(office.cast.eve, "Lena Fuchs", "Unheard Of")

    what, matter_id, facts = office.entries()[-1]
    assert (what, matter_id) == ("conflict.checked", None)
    assert facts == {"title": "Lena Fuchs; Unheard Of", "says": "a possible conflict"}


def test_a_matter_with_a_possible_conflict_opens_only_when_somebody_cleared_it(
    office: Office,
) -> None:
    given = OpenInput(title="Fuchs", names=["Lena Fuchs"])
    eve = makes.actor_of(office.cast.eve)
    with office.desk.work(eve) as work, pytest.raises(Refused, match="There may be a conflict"):
        matters.open_matter(work, given)

    with office.desk.work(eve) as work:
        cleared = given.model_copy(update={"cleared": "Noor: another Lena."})
        opened = matters.open_matter(work, cleared)
        assert opened.names == ["Lena Fuchs"]

    said = {what: (matter, facts) for what, matter, facts in office.entries()}
    assert said["matter.opened"][0] == opened.id
    assert said["conflict.checked"][0] is None  # whoever joins the matter later is not told
    assert "another Lena" in str(said["conflict.checked"][1]["says"])


def test_a_name_typed_at_the_opening_is_found_by_the_next_check(office: Office) -> None:
    with office.desk.work(makes.actor_of(office.cast.eve)) as work:
        matters.open_matter(work, OpenInput(title="New", names=["Ivo Maric"]))

    assert office.check(office.cast.ada, "Maric, I.").elsewhere
