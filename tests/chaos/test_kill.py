"""Kill -9 amid writing: what was acknowledged is there, what was not is whole or gone."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Document, Event, HistoryEntry, Matter
from casemgr.desk import Desk
from casemgr.keeping import check_office, report
from casemgr.usecases import clock
from tests import makes
from tests.chaos import writer

pytestmark = pytest.mark.chaos

FORK = multiprocessing.get_context("fork")  # the program is loaded once, not once a kill
MEAN = 0.02  # seconds between the last write that was waited for and the kill


@dataclass
class Office:
    """An office that a process writes to, and the file that process tells its writes to."""

    desk: Desk
    url: str
    told: Path

    def acknowledged(self) -> dict[str, set[str]]:
        """Return what was acknowledged: for each kind the tokens written."""
        found: dict[str, set[str]] = {"document": set(), "matter": set(), "event": set()}
        if self.told.exists():
            for line in self.told.read_text().splitlines():
                kind, token = line.split()
                found[kind].add(token)
        return found

    def count(self) -> int:
        return sum(map(len, self.acknowledged().values()))


@pytest.fixture
def office(engine: Engine, database_url: str, tmp_path: Path) -> Office:
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        makes.make_membership(session, cast.mira, matter, responsible=True)
        track = makes.make_track(session, makes.make_request(session, matter))
        makes.make_event(session, track)
    desk = makes.make_desk(engine, tmp_path)
    with desk.work() as work:
        clock.project_track(work, track.id, because="the tests began")
    engine.dispose()  # no connection of ours goes into the forked processes
    return Office(desk, database_url, tmp_path / "told")


def kill_once(
    office: Office, pick: random.Random, fail_at: str = "", *, too_early: bool = False
) -> None:
    """Let a process write a while, and kill it at a moment that nobody can foresee."""
    before = office.count()
    args = (office.url, office.desk.settings.data, office.told, fail_at, too_early)
    process = FORK.Process(target=writer.run, args=args)
    process.start()
    assert process.pid is not None
    if fail_at:
        process.join(60)
    else:
        enough, patience = before + pick.randint(4, 16), time.monotonic() + 60
        while office.count() < enough and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(pick.expovariate(1 / MEAN))
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert process.exitcode == -signal.SIGKILL


def lost(office: Office) -> list[str]:
    """Return the acknowledged writes that are not there, row, file and history alike."""
    acknowledged = office.acknowledged()
    with transaction(office.desk.engine, reads_only=True) as session:
        entries = session.exec(select(HistoryEntry)).all()
        documents = {each.title: each for each in session.exec(select(Document))}
        events = {each.says for each in session.exec(select(Event))}
    changed = {str(each.facts.get("changes")) for each in entries}
    there = {"document": set(documents), "event": events, "matter": changed}
    return [
        f"{kind} {token}" for kind, tokens in acknowledged.items() for token in tokens - there[kind]
    ]


def torn(office: Office) -> list[str]:
    """Return what is there only in part: a row without its history, or the other way round."""
    with transaction(office.desk.engine, reads_only=True) as session:
        told = Counter(each.what for each in session.exec(select(HistoryEntry)))
        documents = len(session.exec(select(Document)).all())
        calls = len(session.exec(select(Event).where(Event.kind == "call")).all())
        version = session.exec(select(Matter.version)).one()
    pairs = {
        "document.added": documents,
        "event.logged": calls,
        "matter.changed": version - 1,
    }
    return [f"{what}: {told[what]} told, {count} there" for what, count in pairs.items()
            if told[what] != count]  # fmt: skip


def whole(office: Office) -> None:
    """Assert that everything that must be true is true."""
    assert lost(office) == []
    assert torn(office) == []
    found, left_over = check_office(office.desk)
    assert [each for each in found if each.wrong] == [], report(found, left_over)


def test_killed_at_any_moment_nothing_acknowledged_is_lost(office: Office, full_size: bool) -> None:
    pick = random.Random(51)
    for _ in range(200 if full_size else 6):
        kill_once(office, pick)

    assert office.count() > 20, "there was something to lose"
    whole(office)


@pytest.mark.parametrize("fail_at", writer.FAIL_AT)
def test_killed_at_the_worst_moments_nothing_is_half_done(
    office: Office, fail_at: str, full_size: bool
) -> None:
    pick = random.Random(52)
    for _ in range(50 if full_size else 2):
        kill_once(office, pick, fail_at)

    whole(office)


def test_the_check_would_see_a_write_told_of_too_early(office: Office, full_size: bool) -> None:
    """The control: with the defence off, telling before the commit, writes are found lost."""
    pick = random.Random(53)
    for _ in range(20 if full_size else 3):
        kill_once(office, pick, "before_commit", too_early=True)

    assert lost(office) != []
