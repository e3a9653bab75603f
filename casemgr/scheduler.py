"""APScheduler ticks once a minute, nothing else: the database decides what is due."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import OperationalError

from casemgr.desk import Desk
from casemgr.domain.words import Side
from casemgr.files.heads import heads_file, keep_head
from casemgr.mail.folder import MailFolder
from casemgr.mail.message import message
from casemgr.usecases import reminders, repeats, seal
from casemgr.usecases.work import Work

EVERY = 60  # seconds

log = logging.getLogger(__name__)


class Post(Protocol):
    """Whatever takes a message away; it raises OSError when it cannot."""

    def deliver(self, message: EmailMessage) -> object: ...


def sweep(desk: Desk, post: Post, owner: str | None = None, at: datetime | None = None) -> int:
    """Send everything that is due, most urgent first, and return how many went out.

    `at` is the moment that decides what is due; None is now.
    """
    who = owner or f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    count = 0
    while True:
        with desk.work() as work:
            claimed = reminders.claim(_at(work, at), who)
        if not claimed:
            break
        count += sum(_send(desk, post, owed, who, at) for owed in claimed)
    with desk.work() as work:
        repeats.forget(work)
        reminders.beat(work, datetime.now(UTC), f"{count} sent")
    return count


def _at(work: Work, at: datetime | None) -> Work:
    return work if at is None else replace(work, now=at)


def _send(
    desk: Desk, post: Post, owed: reminders.Owed | reminders.Alert, owner: str, at: datetime | None
) -> bool:
    try:
        post.deliver(mail_of(desk, owed, at or desk.now()))
    except OSError as problem:
        # One bad address must not stop the rest.
        log.warning("reminder %s did not go out: %s", owed.id, problem)
        with desk.work() as work:
            reminders.not_sent(_at(work, at), owed, str(problem))
        return False
    with desk.work() as work:
        reminders.sent(_at(work, at), owed, owner)
    return True


def mail_of(desk: Desk, owed: reminders.Owed | reminders.Alert, at: datetime) -> EmailMessage:
    """Return the mail for one reminder or alert, with the address of the page it is about."""
    name, facts = _alert(desk, owed) if isinstance(owed, reminders.Alert) else _due(desk, owed)
    common = {
        "name": owed.to_name,
        "office": desk.office,
        "title": owed.title,
        "matter": owed.matter,
        "repeat": owed.may_repeat,
    }
    to = (owed.to_name, owed.to_email)
    return message(name, common | facts, to=to, key=owed.dedupe_key, at=at)


def _alert(desk: Desk, owed: reminders.Alert) -> tuple[str, dict[str, object]]:
    address = f"{desk.settings.address}/matters/{owed.matter_id}/people"
    return "alert", {"note": owed.note, "address": address}


def _due(desk: Desk, owed: reminders.Owed) -> tuple[str, dict[str, object]]:
    """Return what the mail about a deadline says, with the proof's summary."""
    headline, sentence = _words(owed)
    return "reminder", {
        "headline": headline,
        "sentence": sentence,
        "ours": owed.whose is Side.OURS,
        "due": owed.due,
        "safe": owed.safe,
        "certain": owed.certain,
        "because": owed.uncertain_because,
        "steps": owed.steps,
        "readings": owed.readings,
        "address": f"{desk.settings.address}/deadlines/{owed.deadline_id}",
    }


def _words(owed: reminders.Owed) -> tuple[str, str]:
    """Return the subject's first words, and the sentence the mail opens with."""
    days, theirs = owed.days_before, owed.whose is Side.THEIRS
    if days < 0 and theirs:
        return (
            "Their time ran out",
            "The other side's time has run out. It may open a right of ours.",
        )
    if days < 0:
        return "Late", "This was due and is not marked done."
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    if theirs:
        return f"Theirs, due {when}", f"This is due {when}. The other side must do it."
    return f"Due {when}", f"This is due {when}. We must do it."


def keep_todays_head(desk: Desk) -> bool:
    """Write the history's head outside the database, once a day; say whether it was written."""
    with desk.work(reads_only=True) as work:
        head = seal.head_at(work, datetime.now(UTC))
    return keep_head(heads_file(desk.settings.data), head)


def start_ticking(desk: Desk) -> Callable[[], None]:
    """Start the minute's tick in this process; return what stops it."""
    post = MailFolder(desk.settings.data / "mail")

    def tick() -> None:
        try:
            sweep(desk, post)
            keep_todays_head(desk)
        except OperationalError:
            log.exception("the database did not answer the sweep; it tries again in a minute")
        except Exception:
            # The outermost edge: a sweep that fails is logged whole, and readiness turns red.
            log.exception("the sweep failed")

    # Memory store, interval trigger: a job store or a cron in a local zone would lose reminders.
    clock = BackgroundScheduler(timezone="UTC")
    clock.add_job(
        tick,
        "interval",
        seconds=EVERY,
        jitter=5,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
        next_run_time=datetime.now(UTC),
    )
    clock.start()
    return lambda: clock.shutdown(wait=True)
