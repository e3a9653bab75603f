"""Killed between doing and answering: whoever sends the same again has it done once."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Event
from casemgr.keeping import check_office, report
from tests import makes

pytestmark = pytest.mark.chaos

FORK = multiprocessing.get_context("fork")
MOMENTS = ("before_commit", "after_commit")
SAME = {"Idempotency-Key": "4f7c1c1e-6a60-4f0e-9a3f-5f3c0c3a7d11"}


@pytest.fixture
def call(engine: Engine, database_url: str, tmp_path: Path) -> Call:
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        makes.make_membership(session, cast.mira, matter, responsible=True)
        track = makes.make_track(session, makes.make_request(session, matter))
    desk = makes.make_desk(engine, tmp_path)
    cookie = f"{desk.cookie}={makes.make_session(desk, cast.mira)}"
    engine.dispose()  # no connection of ours goes into the forked process
    return Call(database_url, tmp_path, cookie, track.id)


class Call:
    """A call to log, by a process that is killed or by one that is not."""

    def __init__(self, url: str, data: Path, cookie: str, track_id: str) -> None:
        self.url, self.data, self.cookie, self.track_id = url, data, cookie, track_id

    def send(self, headers: dict[str, str], die_at: str = "") -> int:
        """Log the call with the API of a server that has just started; return the status."""
        engine = open_engine(self.url)
        desk = makes.make_desk(engine, self.data)
        client = TestClient(build(desk), base_url="http://127.0.0.1")
        if die_at == "before_commit":
            sa.event.listen(engine, "commit", _die)
        if die_at == "after_commit":
            sa.event.listen(Session, "after_commit", _die)
        said = {
            "track_id": self.track_id,
            "kind": "call",
            "happened_on": "2010-10-28",
            "says": "In search.",
        }
        answer = client.post(
            "/api/v1/events",
            content=json.dumps(said),
            headers={
                "cookie": self.cookie,
                "content-type": "application/json",
                "sec-fetch-site": "same-origin",
                **headers,
            },
        )
        engine.dispose()
        return answer.status_code

    def send_and_die(self, headers: dict[str, str], at: str) -> None:
        """Log it in a process that is killed at a moment of its commit."""
        process = FORK.Process(target=self.send, args=(headers, at))
        process.start()
        process.join(60)
        assert process.exitcode == -signal.SIGKILL

    def logged(self) -> int:
        """Return how many calls are there, with everything else in order."""
        engine = open_engine(self.url)
        with transaction(engine, reads_only=True) as session:
            count = len(session.exec(select(Event.id).where(Event.kind == "call")).all())
        found, left_over = check_office(makes.make_desk(engine, self.data))
        engine.dispose()
        assert [each for each in found if each.wrong] == [], report(found, left_over)
        return count


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.sqlite_first
@pytest.mark.parametrize("moment", MOMENTS)
def test_sent_again_after_a_kill_it_is_done_once(call: Call, moment: str) -> None:
    call.send_and_die(SAME, moment)
    done_before = call.logged()

    assert call.send(SAME) == 201
    assert call.send(SAME) == 201
    assert done_before == MOMENTS.index(moment)
    assert call.logged() == 1


def test_the_check_would_see_it_done_twice(call: Call) -> None:
    """The control: sent again without a name of its own, it is there twice."""
    call.send_and_die({}, "after_commit")

    assert call.send({}) == 201
    assert call.logged() == 2
