"""Two people at one record at the same moment: one is told, and nothing is lost or half written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from casemgr.db.session import transaction
from casemgr.db.tables import Flag, Matter, TrackingNumber
from casemgr.desk import Desk
from casemgr.errors import CasemgrError, Malformed, Overtaken, WrongMoment
from casemgr.usecases import matters, tracks
from casemgr.usecases.matters import MatterInput
from tests import makes

EDITORS = 4


def test_of_four_edits_on_one_version_one_stands(engine: Engine, tmp_path: Path) -> None:
    desk, cast, matter = _office(engine, tmp_path)
    together = Barrier(EDITORS)

    def edit(number: int) -> CasemgrError | None:
        together.wait(timeout=30)
        try:
            with desk.work(makes.actor_of(cast.ada)) as work:
                given = MatterInput(title=f"Title {number}", opened_on=makes.EARLIER)
                matters.change_matter(work, matter.id, given, version=1)
        except CasemgrError as told:
            return told
        return None

    with ThreadPoolExecutor(EDITORS) as pool:
        told = list(pool.map(edit, range(EDITORS)))

    assert told.count(None) == 1
    assert [type(each) for each in told if each] == [Overtaken] * (EDITORS - 1)
    with Session(engine) as session:
        assert session.exec(select(Matter.version)).one() == 2
        assert session.exec(select(Matter.title)).one() == f"Title {told.index(None)}"


def test_of_four_who_enter_the_same_one_number_stands(engine: Engine, tmp_path: Path) -> None:
    desk, cast, matter = _office(engine, tmp_path)
    with transaction(engine) as session:
        track = makes.make_track(session, makes.make_request(session, matter))
    together = Barrier(EDITORS)

    def enter(_: int) -> CasemgrError | None:
        together.wait(timeout=30)
        try:
            with desk.work(makes.actor_of(cast.ada)) as work:
                given = tracks.TrackingNumberInput(number="2010FOIA2674")
                tracks.add_tracking_number(work, track.id, given)
        except CasemgrError as told:
            return told
        return None

    with ThreadPoolExecutor(EDITORS) as pool:
        told = list(pool.map(enter, range(EDITORS)))

    assert told.count(None) == 1
    assert all(isinstance(each, Malformed | WrongMoment) for each in told if each)
    with Session(engine) as session:
        assert len(session.exec(select(TrackingNumber)).all()) == 1


def test_flags_are_numbered_without_a_gap(engine: Engine, tmp_path: Path) -> None:
    desk, cast, matter = _office(engine, tmp_path)
    with transaction(engine) as session:
        request = makes.make_request(session, matter)
    given = matters.FlagInput(
        subject_kind="foia_request", subject_id=request.id, says="Two dates for one letter."
    )

    for _ in range(3):
        with desk.work(makes.actor_of(cast.ada)) as work:
            matters.flag(work, matter.id, given)

    with Session(engine) as session:
        assert sorted(session.exec(select(Flag.number))) == [1, 2, 3]


@pytest.mark.parametrize("subject", ["person", "history_entry", "deadline"])
def test_only_facts_are_flagged(engine: Engine, tmp_path: Path, subject: str) -> None:
    desk, cast, matter = _office(engine, tmp_path)
    given = matters.FlagInput(subject_kind=subject, subject_id="P-0000000000", says="?")

    with (
        pytest.raises(Malformed, match="Choose one of"),
        desk.work(makes.actor_of(cast.ada)) as work,
    ):
        matters.flag(work, matter.id, given)


def _office(engine: Engine, data: Path) -> tuple[Desk, makes.Cast, Matter]:
    desk = makes.make_desk(engine, data)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
    return desk, cast, matter
