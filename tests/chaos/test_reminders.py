"""Reminders under fire: killed sweepers, two at once, a failing server, wrong clocks, days of
silence, a full disk. Nothing is lost, and each repeat can be explained and says that it is one."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from casemgr.db.session import open_engine
from casemgr.db.tables import Reminder
from casemgr.domain.clock_watch import ClockWatch
from casemgr.domain.reminders import ReminderKind, instant
from casemgr.domain.words import ReminderState
from casemgr.mail.server import MailServerPost, Post
from casemgr.reminder_mail import mail_of
from casemgr.scheduler import steady, tick
from casemgr.sweeping import sweep
from casemgr.usecases import health, reminders
from tests.chaos.owed import MORNING, Owed, owe, run
from tests.conftest import Figure
from tests.reminders.office import Post as Kept
from tests.reminders.sink import Faults, Sink, mail_server

pytestmark = pytest.mark.chaos

FORK = multiprocessing.get_context("fork")
LATER = timedelta(minutes=6)  # a lease has lapsed by then


@pytest.fixture
def lite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the address of a database on SQLite, where the database does not matter."""
    file = tmp_path / "casemgr.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"


def kill_while_it_sends(owed: Owed, sink: Sink, at: datetime, after: int) -> bool:
    """Kill a sweeper once the server has taken so many more; say whether it was still at it."""
    before = len(sink.took)
    process = FORK.Process(target=run, args=(owed.url, owed.data, sink.server, at))
    process.start()
    assert process.pid is not None
    patience = time.monotonic() + 60
    while process.is_alive() and len(sink.took) < before + after and time.monotonic() < patience:
        time.sleep(0.001)
    if process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return process.exitcode == -signal.SIGKILL


# --- F2


def test_killed_sweepers_lose_nothing_and_repeat_only_what_nobody_can_know(
    database_url: str, tmp_path: Path, full_size: bool, figure: Figure
) -> None:
    count, kills = (300, 20) if full_size else (20, 2)
    owed = owe(database_url, tmp_path, count)
    pick, killed, at = random.Random(2), 0, MORNING + LATER
    with mail_server() as sink:
        for _ in range(kills):
            killed += kill_while_it_sends(owed, sink, at, pick.randint(1, 6))
            at += LATER
        run(owed.url, owed.data, sink.server, at)

    extra = sum(sink.copies().values()) - len(sink.copies())
    figure("F2 reminders lost", len(owed.lost(sink)), 0, "")
    figure("F2 repeats beyond kills", owed.unexplained(sink, killed), 0, "")
    assert killed > 0
    assert owed.lost(sink) == set()
    assert owed.states() == {ReminderState.SENT: count}
    assert extra <= killed
    assert owed.unlabelled(sink) == []


def test_the_check_sees_a_sweeper_that_marks_before_it_sends(lite_url: str, tmp_path: Path) -> None:
    """The control: with the claim taken for the sending, a killed process loses reminders."""
    owed = owe(lite_url, tmp_path, 10)
    engine = open_engine(lite_url)
    with mail_server() as sink, owed.desk(engine).work() as work:
        work.session.execute(sa.update(Reminder).values(state=ReminderState.SENT))
    run(owed.url, owed.data, sink.server, MORNING + LATER)
    engine.dispose()

    assert len(owed.lost(sink)) == 10


def test_the_check_sees_sweepers_that_do_not_claim(lite_url: str, tmp_path: Path) -> None:
    """The control: two that look first and mark after each send everything."""
    owed = owe(lite_url, tmp_path, 10)
    engine = open_engine(lite_url)
    desk = owed.desk(engine)
    with mail_server() as sink, MailServerPost(sink.server) as post:
        with desk.work() as work:
            seen = reminders.claim(work, "both")
        for each in (*seen, *seen):
            post.deliver(mail_of(desk, each, MORNING))
    engine.dispose()

    assert owed.unexplained(sink, kills=0) == 10
    assert len(owed.unlabelled(sink)) == 10


# --- F3


@pytest.mark.postgres
def test_two_processes_with_clocks_apart_send_each_reminder_once(
    postgres: object, tmp_path: Path, full_size: bool, figure: Figure
) -> None:
    name = postgres.lend()  # type: ignore[attr-defined]
    owed = owe(postgres.url(name), tmp_path, 1000 if full_size else 30)  # type: ignore[attr-defined]
    with mail_server() as sink:
        moments = (MORNING + LATER, MORNING + LATER + timedelta(seconds=90))
        both = [
            FORK.Process(target=run, args=(owed.url, owed.data, sink.server, at)) for at in moments
        ]
        for process in both:
            process.start()
        for process in both:
            process.join()

    figure("F3 repeats of two processes", owed.unexplained(sink, 0), 0, "")
    assert [each.exitcode for each in both] == [0, 0]
    assert owed.lost(sink) == set()
    assert set(sink.copies().values()) == {1}
    postgres.take_back(name)  # type: ignore[attr-defined]


# --- F4


def test_a_server_that_fails_a_third_of_the_time_gets_everything(
    lite_url: str, tmp_path: Path, full_size: bool, figure: Figure
) -> None:
    count = 2000 if full_size else 40
    owed = owe(lite_url, tmp_path, count)
    bad, slow, *_ = owed.people
    faults = Faults(
        later=15, hangs_up=7.5, says_nothing=7.5, refuses=frozenset({bad}),
        stalls=frozenset({slow}), stall=30 if full_size else 0.05,
    )  # fmt: skip
    engine = open_engine(lite_url)
    desk, at = owed.desk(engine), MORNING + LATER
    with mail_server(faults) as sink:
        for _ in range(40):
            with MailServerPost(sink.server) as post:
                sweep(desk, post, at=at)
            at += timedelta(minutes=61)
            if not owed.states().keys() - {ReminderState.SENT, ReminderState.FAILED}:
                break
    with desk.work(reads_only=True) as work:
        failed = work.session.exec(
            select(Reminder).where(Reminder.state == ReminderState.FAILED)
        ).all()
        instead = work.session.exec(
            select(Reminder).where(Reminder.kind == ReminderKind.ESCALATION)
        ).all()
    engine.dispose()

    never = {str(each) for each in owed.lost(sink)}
    assert {each.person_id for each in failed} == {owed.people[bad]}
    assert len(never) == 5, "only what went to the refused address"
    assert owed.unexplained(sink, kills=0) == 0
    assert owed.unlabelled(sink) == []
    assert {each.facts["why"] for each in instead} >= {"bounced"}
    figure("F4 copies beyond lost replies", owed.unexplained(sink, 0), 0, "")


# --- F5


JUMPS = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=365), timedelta(days=-365)]


@pytest.mark.parametrize("jump", JUMPS, ids=lambda each: f"{each.total_seconds():+.0f}s")
def test_a_clock_that_jumps_sends_nothing_and_tells_at_once(
    lite_url: str, tmp_path: Path, jump: timedelta
) -> None:
    owed = owe(lite_url, tmp_path, 5)
    engine = open_engine(lite_url)
    desk, post = owed.desk(engine), Kept()

    def opens() -> AbstractContextManager[Post]:
        return nullcontext(post)

    watch = ClockWatch(datetime.now(UTC) - jump, steady())
    tick(desk, opens, watch)
    told = [str(each["Subject"]) for each in post.mails]
    with desk.work() as work:
        standing = health.standing(work.session)
        health.believe_clock(work, datetime.now(UTC))
    tick(desk, opens, watch)
    engine.dispose()

    assert told == ["Reminders do not go out"]
    assert "jumped" in standing.clock_why
    assert owed.states() == {ReminderState.SENT: 5}


def test_without_the_watch_a_jump_would_send_early(lite_url: str, tmp_path: Path) -> None:
    """The control: a sweep that believes any clock sends what is due in an hour."""
    owed = owe(lite_url, tmp_path, 5, days_ago=-1)
    engine = open_engine(lite_url)
    post = Kept()
    early = sweep(owed.desk(engine), post, at=MORNING + timedelta(days=1, minutes=1))
    engine.dispose()

    assert early == 5


ZONES = (
    "America/New_York", "America/Chicago", "America/Phoenix", "Pacific/Honolulu",
    "Europe/London", "Pacific/Apia",
)  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_each_day_has_one_moment_of_each_half_hour(zone: str, full_size: bool) -> None:
    """Also where the clocks leave an hour out or repeat one, in the years 2024 to 2030."""
    place = ZoneInfo(zone)
    first = date(2024, 1, 1)
    days = [first + timedelta(days=number) for number in range(2557)]
    if not full_size:
        noon = time_of_day(12)
        hours = [instant(each, noon, place).hour for each in days]
        changes = [day for day, one, two in zip(days, hours, hours[1:], strict=False) if one != two]
        days = [*changes, date(2024, 2, 29), date(2026, 12, 31)]
    for day in days:
        for half in range(48):
            at = time_of_day(half // 2, half % 2 * 30)
            one, after = (instant(each, at, place) for each in (day, day + timedelta(days=1)))
            assert timedelta(hours=22) < after - one < timedelta(hours=26), (day, at)
            there = one.astimezone(place)
            assert there.date() == day, (day, at)


# --- F6


@pytest.mark.parametrize("gap", [1 / 1440, 1 / 24, 3, 30], ids=["1min", "1h", "72h", "30d"])
def test_after_downtime_everything_owed_is_out_in_one_mail_each(
    lite_url: str, tmp_path: Path, gap: float, full_size: bool, figure: Figure
) -> None:
    count = 5000 if full_size else 10
    owed = owe(lite_url, tmp_path, count, days_ago=gap)
    engine = open_engine(lite_url)
    post, began = Kept(), time.monotonic()
    went = sweep(owed.desk(engine), post, at=MORNING)
    took = time.monotonic() - began
    again = sweep(owed.desk(engine), post, at=MORNING + timedelta(minutes=1))
    engine.dispose()

    figure(f"F6 {count} owed for {gap:.3g} days, out", took, 300, "s")
    assert (went, again) == (count, 0)
    assert owed.states() == {ReminderState.SENT: count}
    late = [each for each in post.mails if "should have reached you" in str(each)]
    assert bool(late) is (gap > 1 / 24)


# --- F12


def test_a_full_disk_loses_nothing_and_sending_resumes(
    lite_url: str, tmp_path: Path, figure: Figure
) -> None:
    owed = owe(lite_url, tmp_path, 15)
    engine = open_engine(lite_url)

    @sa.event.listens_for(engine, "connect")
    def fill(connection: sa.PoolProxiedConnection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    engine.dispose()
    with mail_server() as sink:
        with pytest.raises(OperationalError, match="full"), MailServerPost(sink.server) as post:
            sweep(owed.desk(engine), post, at=MORNING + LATER)
        engine.dispose()
        sa.event.remove(engine, "connect", fill)
        assert owed.states()[ReminderState.SENT] < 15
        free_again = open_engine(lite_url)
        with MailServerPost(sink.server) as post:
            sweep(owed.desk(free_again), post, at=MORNING + 2 * LATER)
        with free_again.connect() as connection:
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
        free_again.dispose()

    figure("F12 reminders lost to a full disk", len(owed.lost(sink)), 0, "")
    assert owed.lost(sink) == set()
    assert owed.states() == {ReminderState.SENT: 15}
    assert sound == "ok"
    assert owed.unlabelled(sink) == []
