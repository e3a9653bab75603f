"""A process killed between telling a program outside and noting it: told again, under one id."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
import sqlalchemy as sa

from casemgr.carrying import carry
from casemgr.db.session import open_engine
from casemgr.db.tables import WebhookDelivery
from casemgr.desk import Desk
from casemgr.domain.words import ReminderState
from casemgr.mail.hook_post import hand_over
from casemgr.usecases import webhook_owing, webhooks
from casemgr.usecases.webhooks import WebhookInput
from tests import makes
from tests.chaos.conftest import Fault
from tests.reminders.receiver import Receiver, receiver

pytestmark = pytest.mark.chaos

FORK = multiprocessing.get_context("fork")
LATER = timedelta(minutes=6)  # a lease has lapsed by then
HERE = (ip_network("127.0.0.0/8"),)


def desk_at(url: str, data: Path) -> Desk:
    return makes.make_desk(open_engine(url), data, demonstration=False)


def send(address: str, body: bytes, headers: Mapping[str, str]) -> None:
    hand_over(address, body, headers, HERE)


def carry_and_die(url: str, data: Path, at: datetime, after: int) -> None:
    """Carry in a process of its own, killed the moment so many messages were taken."""
    taken = 0

    def send_and_die(address: str, body: bytes, headers: Mapping[str, str]) -> None:
        nonlocal taken
        send(address, body, headers)
        taken += 1
        if taken == after:
            os.kill(os.getpid(), signal.SIGKILL)

    carry(desk_at(url, data), send_and_die, at)


def owe(desk: Desk, heard: Receiver, count: int) -> None:
    """Make a webhook at the receiver, and a history with so many moved dates for it."""
    with desk.work() as work:
        cast = makes.make_cast(work.session)
        matter = makes.make_matter(work.session, cast.mira)
        row = makes.make_deadline(work.session, matter)
    with desk.work(makes.actor_of(cast.mira)) as work:
        given = {"name": "Chat", "address": heard.address, "happenings": ["date.moved"]}
        webhooks.make(work, WebhookInput.model_validate(given))
    with desk.work() as work:
        for number in range(count):
            work.record("deadline.moved", row, title=str(number), was="a", due="b", because="c")


def kill_while_it_carries(url: str, data: Path, at: datetime, after: int) -> bool:
    process = FORK.Process(target=carry_and_die, args=(url, data, at, after))
    process.start()
    process.join()
    return process.exitcode == -signal.SIGKILL


def states(desk: Desk) -> Counter[ReminderState]:
    with desk.work(reads_only=True) as work:
        return Counter(work.session.scalars(sa.select(WebhookDelivery.state)))  # type: ignore[call-overload]


def test_killed_after_sending_and_before_noting_nothing_is_lost_and_repeats_keep_their_id(
    database_url: str, tmp_path: Path, full_size: bool, fault: Fault
) -> None:
    count, kills = (200, 20) if full_size else (8, 2)
    desk = desk_at(database_url, tmp_path)
    at = desk.now()
    with receiver() as heard:
        owe(desk, heard, count)
        desk.engine.dispose()
        killed = 0
        for _ in range(kills):
            killed += kill_while_it_carries(database_url, tmp_path, at, 2)
            at += LATER
        carry(desk, send, at)
        found = states(desk)
        desk.engine.dispose()

    copies = Counter(each.id for each in heard.taken)
    labelled = Counter(each.id for each in heard.taken if "casemgr-possible-repeat" in each.headers)
    bodies = {(each.id, each.body) for each in heard.taken}
    fault(
        "F2 killed while it tells a webhook",
        "SQLite" if database_url.startswith("sqlite") else "PostgreSQL",
        owed=count,
        struck=killed,
        lost=count - len(copies),
        repeats=sum(copies.values()) - count,
        unexplained=sum(copies.values()) - count - killed,
    )
    assert killed == kills
    assert found == {ReminderState.SENT: count}
    assert len(copies) == len(bodies) == count
    assert sum(copies.values()) - count == killed
    assert all(labelled[each] >= times - 1 for each, times in copies.items())


def test_the_check_sees_a_carrier_that_notes_before_it_sends(
    sqlite_template: Path, tmp_path: Path
) -> None:
    """The control: with the claim taken for the sending, a killed process loses messages."""
    file = tmp_path / "casemgr.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    desk = desk_at(f"sqlite:///{file}", tmp_path)
    with receiver() as heard:
        owe(desk, heard, 4)
        with desk.work() as work:
            webhook_owing.owe(work)
            work.session.execute(sa.update(WebhookDelivery).values(state=ReminderState.SENT))
        carry(desk, send, desk.now() + LATER)
        desk.engine.dispose()

    assert heard.taken == []
