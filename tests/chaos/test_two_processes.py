"""Two processes on one PostgreSQL: clocks apart, kills, and the database itself restarted."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from casemgr.db.session import open_engine
from casemgr.domain.words import ReminderState
from casemgr.mail.server import MailServerPost
from casemgr.settings import MailServer
from casemgr.sweeping import sweep
from casemgr.usecases import reminders
from tests import makes
from tests.chaos.conftest import Fault
from tests.chaos.owed import LATER, MORNING, Owed, owe
from tests.conftest import Figure, Postgres
from tests.reminders.sink import Sink, mail_server

pytestmark = [pytest.mark.chaos, pytest.mark.postgres]

FORK = multiprocessing.get_context("fork")
APART = timedelta(seconds=90)  # their clocks
PATIENCE = 120  # seconds for one sweep


def sweep_when_told(url: str, data: Path, server: MailServer, here: Connection) -> None:
    """Sweep at each moment that is sent, and answer what went wrong; end where none is."""
    engine = open_engine(url)
    desk = makes.make_desk(engine, data)
    while (at := here.recv()) is not None:
        try:
            with MailServerPost(server) as post:
                sweep(desk, post, at=at)
            here.send("")
        except DBAPIError as gone:  # as the minute's tick has it: logged, and tried again
            here.send(str(gone))
    engine.dispose()


@dataclass
class Sweeper:
    """A process that sweeps when it is told to."""

    owed: Owed
    server: MailServer
    ahead: timedelta
    process: BaseProcess = field(init=False)
    there: Connection = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.there, here = FORK.Pipe()
        given = (self.owed.url, self.owed.data, self.server, here)
        self.process = FORK.Process(target=sweep_when_told, args=given)
        self.process.start()
        here.close()

    def kill(self) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()

    def sweep(self, at: datetime) -> None:
        self.there.send(at + self.ahead)

    def at_it(self) -> bool:
        return self.process.is_alive() and not self.there.poll()

    def end_of_sweep(self) -> str:
        """Wait for its sweep to end, and return what went wrong; whoever died is started again."""
        assert self.there.poll(PATIENCE), "a sweep did not end"
        try:
            wrong = str(self.there.recv())
        except EOFError:
            wrong = "killed"
            self.process.join()
        if not self.process.is_alive():
            self.there.close()
            self.start()
        return wrong

    def stop(self) -> None:
        if self.process.is_alive():
            self.there.send(None)
        self.process.join()
        self.there.close()


@dataclass
class Two:
    """Two sweepers of one office."""

    both: tuple[Sweeper, Sweeper]
    sink: Sink

    def begin(self, at: datetime, more: int) -> bool:
        """Have both sweep until so many more mails arrived; say whether one is still at it."""
        until = len(self.sink.took) + more
        for each in self.both:
            each.sweep(at)
        while len(self.sink.took) < until and any(each.at_it() for each in self.both):
            time.sleep(0.001)
        return any(each.at_it() for each in self.both)

    def end(self) -> list[str]:
        return [each.end_of_sweep() for each in self.both]

    def sweep(self, at: datetime) -> list[str]:
        self.begin(at, 0)
        return self.end()


@contextmanager
def two(owed: Owed) -> Iterator[Two]:
    """Start two processes that sweep for one office, with a mail server for both."""
    with mail_server() as sink:
        both = (Sweeper(owed, sink.server, timedelta(0)), Sweeper(owed, sink.server, APART))
        yield Two(both, sink)
        for each in both:
            each.stop()


def test_with_clocks_apart_each_reminder_goes_out_once(
    postgres: Postgres, tmp_path: Path, full_size: bool, fault: Fault
) -> None:
    count = 10_000 if full_size else 30
    name = postgres.lend()
    owed = owe(postgres.url(name), tmp_path, count)
    with two(owed) as pair:
        wrong = pair.sweep(MORNING + LATER)
        sink = pair.sink

    fault(
        "F3 two processes, clocks 90 s apart",
        owed.database,
        owed=count,
        struck=0,
        lost=len(owed.lost(sink)),
        repeats=owed.repeats(sink),
        unexplained=owed.unexplained(sink, kills=0),
    )
    assert wrong == ["", ""]
    assert owed.lost(sink) == set()
    assert set(sink.copies().values()) == {1}
    postgres.take_back(name)


def test_the_check_sees_a_lease_shorter_than_the_clocks_are_apart(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what one has just taken looks free to the one that is ahead."""
    monkeypatch.setattr(reminders, "LEASE", APART - timedelta(seconds=30))
    name = postgres.lend()
    owed = owe(postgres.url(name), tmp_path, 60)
    with two(owed) as pair:
        first, ahead = pair.both
        first.sweep(MORNING)
        while not pair.sink.took:
            time.sleep(0.001)
        ahead.sweep(MORNING)
        pair.end()
        sink = pair.sink

    assert owed.unexplained(sink, kills=0) > 0
    postgres.take_back(name)


@pytest.mark.timeout(3600)
def test_kills_and_a_restart_of_the_database_lose_nothing(
    postgres: Postgres, tmp_path: Path, full_size: bool, fault: Fault, figure: Figure
) -> None:
    count, kills, restarts = (10_000, 60, 6) if full_size else (120, 2, 1)
    pick, at, killed = random.Random(3), MORNING + LATER, 0
    blows = ["kill"] * kills + ["restart"] * restarts
    pick.shuffle(blows)
    name = postgres.durable()
    owed = owe(postgres.url(name), tmp_path, count)
    slowest, undone = 0.0, set[str]()
    with two(owed) as pair:
        for blow in blows:
            at_it = pair.begin(at, pick.randint(1, max(8, count // len(blows) // 3)))
            if blow == "kill":
                busy = [each for each in pair.both if each.at_it()]
                pick.choice(busy or list(pair.both)).kill()
                killed += at_it
                pair.end()
            else:
                marked = owed.sent()
                took = restart(postgres, pair)
                slowest, undone = max(slowest, took), undone | (marked - owed.sent())
            at += LATER
        assert pair.sweep(at) == ["", ""]
        sink = pair.sink
    states, explained = owed.states(), killed + 2 * restarts
    postgres.drop(name)

    figure("F3 healthy after the database's immediate restart", slowest, 10, "s")
    figure("F3 acknowledged writes lost to it", len(undone), 0, "")
    fault(
        "F3 kills and immediate restarts",
        owed.database,
        owed=count,
        struck=killed + restarts,
        lost=len(owed.lost(sink)),
        repeats=owed.repeats(sink),
        unexplained=owed.unexplained(sink, explained),
    )
    assert owed.lost(sink) == set()
    assert states == {ReminderState.SENT: count}
    assert owed.unexplained(sink, explained) == 0
    assert owed.unlabelled(sink) == []
    assert undone == set()
    assert slowest <= 10


def restart(postgres: Postgres, pair: Two) -> float:
    """Restart the database under both; return the seconds until both can sweep again."""
    began = time.monotonic()
    postgres.restart_at_once()
    pair.end()
    nothing_due = MORNING - timedelta(days=1)
    while pair.sweep(nothing_due) != ["", ""] and time.monotonic() < began + PATIENCE:
        time.sleep(0.05)
    return time.monotonic() - began
