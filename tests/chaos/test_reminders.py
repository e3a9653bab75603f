"""Reminders under fire: killed sweepers, a failing mail server, days of silence.

Nothing is lost, and each repeat can be explained and says that it is one. Two processes, wrong
clocks and a full disk have files of their own beside this one.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from casemgr.db.session import open_engine
from casemgr.db.tables import Reminder
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState
from casemgr.mail.server import MailServerPost
from casemgr.reminder_mail import mail_of
from casemgr.sweeping import sweep
from casemgr.usecases import reminders
from tests.chaos.conftest import Fault
from tests.chaos.owed import LATER, MORNING, Owed, owe, run
from tests.conftest import Figure
from tests.reminders.office import Post as Kept
from tests.reminders.sink import Faults, Sink, mail_server

pytestmark = pytest.mark.chaos

FORK = multiprocessing.get_context("fork")


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


@pytest.mark.timeout(3600)
def test_killed_sweepers_lose_nothing_and_repeat_only_what_nobody_can_know(
    database_url: str, tmp_path: Path, full_size: bool, fault: Fault
) -> None:
    count, kills = (5_000, 200) if full_size else (20, 2)
    owed = owe(database_url, tmp_path, count)
    pick, killed, at = random.Random(2), 0, MORNING + LATER
    with mail_server() as sink:
        for _ in range(kills):
            killed += kill_while_it_sends(owed, sink, at, pick.randint(1, max(6, count // kills)))
            at += LATER
        run(owed.url, owed.data, sink.server, at)

    fault(
        "F2 killed while it sends",
        owed.database,
        owed=count,
        struck=killed,
        lost=len(owed.lost(sink)),
        repeats=owed.repeats(sink),
        unexplained=owed.unexplained(sink, killed),
    )
    assert killed > 0
    assert owed.lost(sink) == set()
    assert owed.states() == {ReminderState.SENT: count}
    assert owed.unexplained(sink, killed) == 0
    assert owed.unlabelled(sink) == []
    assert owed.told_here() == count, "in the office each is shown, and once"


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


# --- F4


def test_a_server_that_fails_a_third_of_the_time_gets_everything(
    lite_url: str, tmp_path: Path, full_size: bool, fault: Fault
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
    fault(
        "F4 mail server that fails 30 %",
        owed.database,
        owed=count,
        struck=sum(sink.silent.values()),
        lost=len(never) - 5,
        repeats=owed.repeats(sink),
        unexplained=owed.unexplained(sink, kills=0),
    )


# --- F6


NAMES = {1 / 1440: "a minute", 1 / 24: "an hour", 3: "72 hours", 30: "30 days"}


def text_of(mail: EmailMessage) -> str:
    """Return what a mail says."""
    plain = mail.get_body(("plain",))
    assert plain is not None
    return str(plain.get_content())


@pytest.mark.parametrize("gap", NAMES, ids=lambda each: NAMES[each].replace(" ", "-"))
def test_after_downtime_everything_owed_is_out_in_one_mail_each(
    lite_url: str, tmp_path: Path, gap: float, full_size: bool, figure: Figure, fault: Fault
) -> None:
    count = 5000 if full_size else 20
    owed = owe(lite_url, tmp_path, count, days_ago=gap, each=10)
    engine = open_engine(lite_url)
    post, began = Kept(), time.monotonic()
    went = sweep(owed.desk(engine), post, at=MORNING)
    took = time.monotonic() - began
    again = sweep(owed.desk(engine), post, at=MORNING + timedelta(minutes=1))
    engine.dispose()

    mails = Counter(str(each["To"]) for each in post.mails)
    told = sum(f"Date {date}" in text_of(each) for each in post.mails for date in range(10))
    figure(f"F6 {count} owed for {gap:.3g} days, out", took, 300, "s")
    fault(
        f"F6 down for {NAMES[gap]}",
        owed.database,
        owed=count,
        struck=1,
        lost=count - told,
        repeats=sum(mails.values()) - len(mails),
        unexplained=sum(mails.values()) - len(mails),
    )
    assert (went, again, told) == (count, 0, count)
    assert owed.states() == {ReminderState.SENT: count}
    assert set(mails.values()) == {1}
    assert len(mails) == count // 10
    late = [each for each in post.mails if "should have reached you" in str(each)]
    assert bool(late) is (gap > 1 / 24)
