"""Conflict checks: every matter is looked at, and none is betrayed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from casemgr.db import tables
from casemgr.db.names_on_file import Names, OnFile
from casemgr.db.session import transaction
from casemgr.desk import Desk
from casemgr.domain.names import alike
from casemgr.errors import Refused, WrongMoment
from casemgr.usecases import conflicts, matters, signin
from casemgr.usecases.conflicts import Answer, NamesInput
from casemgr.usecases.matters import OpenInput
from casemgr.usecases.preview import preview
from tests import makes

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# Few words, so that many pairs share one: whole, as an initial, or written together.
TEXT = st.lists(
    st.sampled_from(["Rosa", "R.", "Álvarez", "alvarez", "I.C.E.", "ICE", "of", "M", "-", ""])
).map(" ".join)


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


@one_database
@pytest.mark.parametrize("name", PLACES)
def test_a_name_in_any_place_of_any_matter_is_a_possible_conflict(
    office: Office, name: str
) -> None:
    answer = office.check(office.cast.eve, "Nobody Here", name)

    assert answer.elsewhere
    assert "There may be a conflict. Ask Noor Haddad" in answer.says


@one_database
def test_who_is_on_no_matter_learns_nothing_but_whom_to_ask(office: Office) -> None:
    one = office.check(office.cast.eve, "Lena Fuchs")
    all_of_them = office.check(office.cast.eve, *PLACES)

    assert one == all_of_them  # not how many, not which, not as what
    assert one.found == ()
    assert one.ask == ("Noor Haddad",)


@one_database
def test_who_is_on_the_matter_is_shown_it(office: Office) -> None:
    answer = office.check(office.cast.ada, "L. Fuchs")

    assert not answer.elsewhere
    assert [(each.name, each.matter_id) for each in answer.found] == [
        ("L. Fuchs", office.matter.id)
    ]


@one_database
def test_for_somebody_behind_a_wall_the_answer_is_as_if_the_matter_never_was(
    office: Office,
) -> None:
    never = office.check(office.cast.mira, "Unheard Of")
    with transaction(office.desk.engine) as session:
        makes.make_wall(session, office.cast.mira, office.matter, office.cast.ada, office.cast.noor)

    answer = office.check(office.cast.mira, *PLACES)

    assert answer == never
    assert answer.says == "No match that you can see. For the full check ask Noor Haddad."


@one_database
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


@one_database
def test_a_matter_of_tomorrow_is_not_known_today(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        later = makes.TODAY + timedelta(days=1)
        makes.make_matter(session, office.cast.ada, names=["Ivo Maric"], known_on=later)

    assert not office.check(office.cast.eve, "Ivo Maric").stops


@one_database
def test_students_and_guests_do_not_look(office: Office) -> None:
    with pytest.raises(Refused, match="Staff and attorneys"):
        office.check(office.cast.sam, "Lena Fuchs")


@one_database
def test_that_somebody_looked_is_recorded_on_no_matter(office: Office) -> None:
    office.check(office.cast.eve, "Lena Fuchs", "Unheard Of")

    what, matter_id, facts = office.entries()[-1]
    assert (what, matter_id) == ("conflict.checked", None)
    assert facts == {"title": "Lena Fuchs; Unheard Of", "says": "a possible conflict"}


@one_database
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


@one_database
def test_a_name_typed_at_the_opening_is_found_by_the_next_check(office: Office) -> None:
    with office.desk.work(makes.actor_of(office.cast.eve)) as work:
        matters.open_matter(work, OpenInput(title="New", names=["Ivo Maric"]))

    assert office.check(office.cast.ada, "Maric, I.").elsewhere


@one_database
@pytest.mark.parametrize("how", ["checks", "refused openings", "previews"])
def test_whoever_asks_again_and_again_is_slowed_whichever_way_they_ask(
    office: Office, how: str
) -> None:
    eve = makes.actor_of(office.cast.eve)
    given = OpenInput(title="Fuchs", names=["Lena Fuchs"])

    def ask() -> None:
        with office.desk.work(eve) as work:
            if how == "checks":
                conflicts.check(work, NamesInput(names=["Lena Fuchs"]))
            elif how == "refused openings":
                matters.open_matter(work, given)
            else:
                preview(work, lambda aside: matters.open_matter(aside, CLEAR))

    for _ in range(conflicts.LOOKS[0].tries):
        with suppress(Refused):
            ask()

    with pytest.raises(WrongMoment, match="very often today"):
        ask()
    assert office.check(office.cast.ada, "Lena Fuchs").found  # nobody else is slowed
    with time_machine.travel(signin.moment() + timedelta(minutes=6)), suppress(Refused):
        ask()


CLEAR = OpenInput(title="Unheard Of", names=["Unheard Of"])


@one_database
@pytest.mark.parametrize("table", ["matter", "party", "organisation"])
def test_a_changed_name_is_found_at_once_and_its_old_form_no_longer(
    office: Office, table: str
) -> None:
    eve = office.cast.eve
    old = {"matter": "Lena Fuchs", "party": "Vega", "organisation": "NSN"}[table]
    for _ in "12":
        assert office.check(eve, old).elsewhere

    with office.desk.work() as work:
        row = work.session.exec(select(TABLES[table])).one()
        setattr(row, "names" if table == "matter" else "aliases", ["Ivo Maric"])
        # In the work that changes it, before anything is sealed, and after it.
        assert conflicts.look(work, ["Maric, I."]).stops
        work.session.flush()
        assert conflicts.look(work, ["Maric, I."]).stops
        work.record("record.changed", changes="the name")

    assert office.check(eve, "Maric, I.").elsewhere
    assert not office.check(eve, old).elsewhere


TABLES: dict[str, Any] = {
    "matter": tables.Matter,
    "party": tables.Party,
    "organisation": tables.Organisation,
}


@one_database
def test_the_second_question_reads_no_names_again(office: Office) -> None:
    for name in ("Lena Fuchs", "Unheard Of"):
        office.check(office.cast.eve, name)
    asked: list[str] = []
    with office.desk.work(makes.actor_of(office.cast.eve), reads_only=True) as work:
        sa.event.listen(
            office.desk.engine, "before_cursor_execute", lambda *given: asked.append(given[2])
        )
        assert conflicts.look(work, ["Pedro Ortiz"]).elsewhere

    assert asked
    assert not [each for each in asked if "party" in each]


@given(typed=TEXT, held=TEXT)
def test_the_index_finds_what_a_look_at_every_name_would(typed: str, held: str) -> None:
    on_file = OnFile("M-1", held, "party", makes.TODAY)

    assert bool(Names([on_file]).like(typed)) == alike(typed, held)
