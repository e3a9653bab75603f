"""A legal hold as people place and lift it: one asks, somebody else agrees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import HistoryEntry, LegalHold, Matter
from casemgr.desk import Desk
from casemgr.errors import Held, NotFound, NotFresh, Refused, WrongMoment
from casemgr.usecases import holds
from casemgr.usecases.holds import HoldInput
from tests import makes

WHY = HoldInput(because="A suit over these records is expected.")


class Office:
    """A matter with Ada, Sam and Mira on it, and a second attorney."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with transaction(desk.engine) as session:
            self.cast = makes.make_cast(session)
            self.matter = makes.make_matter(
                session, self.cast.ada, self.cast.sam, self.cast.mira, self.cast.noor
            )

    def place(self) -> str:
        with self.desk.work(makes.actor_of(self.cast.ada)) as work:
            return holds.place_hold(work, self.matter.id, WHY).id

    def ask(self, hold_id: str) -> None:
        with self.desk.work(makes.actor_of(self.cast.mira)) as work:
            holds.ask_release(work, hold_id, HoldInput(because="The suit was dismissed."))


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(makes.make_desk(engine, tmp_path))


def test_a_hold_stands_until_two_people_lift_it(office: Office) -> None:
    hold_id = office.place()
    with office.desk.work(makes.actor_of(office.cast.sam), reads_only=True) as work:
        assert [each.id for each in holds.standing(work, office.matter.id)] == [hold_id]

    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        holds.ask_release(work, hold_id, HoldInput(because="The suit was dismissed."))
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        holds.release_hold(work, hold_id)

    with office.desk.work(makes.actor_of(office.cast.sam), reads_only=True) as work:
        assert holds.standing(work, office.matter.id) == []
        told = [each.what for each in work.session.exec(select(HistoryEntry))]
    assert told == ["hold.placed", "hold.release_asked", "hold.released"]


def test_while_it_stands_nothing_goes_and_the_person_is_told_why(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        task = makes.make_task(session, office.matter)
    office.place()

    with (
        pytest.raises(Held, match="nothing was deleted"),
        office.desk.work(makes.actor_of(office.cast.mira)) as work,
    ):
        work.session.delete(task)
        work.session.flush()

    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        matter = work.session.get(Matter, office.matter.id)
        assert matter is not None
        matter.title = "Work goes on"


def test_the_one_who_asked_cannot_agree(office: Office) -> None:
    hold_id = office.place()
    office.ask(hold_id)

    with (
        pytest.raises(Refused, match="another attorney"),
        office.desk.work(makes.actor_of(office.cast.mira)) as work,
    ):
        holds.release_hold(work, hold_id)


def test_nobody_lifts_what_nobody_asked_to_lift(office: Office) -> None:
    hold_id = office.place()

    with (
        pytest.raises(WrongMoment, match="One person asks"),
        office.desk.work(makes.actor_of(office.cast.mira)) as work,
    ):
        holds.release_hold(work, hold_id)


def test_a_hold_is_lifted_only_by_an_attorney_who_has_just_signed_in(office: Office) -> None:
    hold_id = office.place()
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        holds.ask_release(work, hold_id, HoldInput(because="The suit was dismissed."))

    with (
        pytest.raises(Refused, match="Attorneys on the matter can"),
        office.desk.work(makes.actor_of(office.cast.ada)) as work,
    ):
        holds.release_hold(work, hold_id)
    long_ago = datetime.now(UTC) - timedelta(minutes=11)
    mira = replace(makes.actor_of(office.cast.mira), proved_at=long_ago)
    with pytest.raises(NotFresh), office.desk.work(mira) as work:
        holds.release_hold(work, hold_id)


def test_students_place_none_and_strangers_find_none(office: Office) -> None:
    hold_id = office.place()

    with (
        pytest.raises(Refused),
        office.desk.work(makes.actor_of(office.cast.sam)) as work,
    ):
        holds.place_hold(work, office.matter.id, WHY)
    for person in (office.cast.eve, office.cast.noor):
        with pytest.raises(NotFound), office.desk.work(makes.actor_of(person)) as work:
            holds.ask_release(work, hold_id, WHY)
    with transaction(office.desk.engine, reads_only=True) as session:
        assert session.exec(select(LegalHold.release_asked_by)).one() is None
