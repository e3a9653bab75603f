"""APScheduler ticks once a minute, nothing else: the database decides what is due."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy.exc import OperationalError

from casemgr import alarm
from casemgr.carrying import carry
from casemgr.desk import Desk
from casemgr.domain.clock_watch import ClockWatch
from casemgr.files.heads import has_head_of, heads_file, keep_head
from casemgr.knocking import knock
from casemgr.mail.chat import open_chat
from casemgr.mail.post import open_post
from casemgr.mail.server import Post
from casemgr.sweeping import Sweep, owes_anything, sweep
from casemgr.usecases import health, seal
from casemgr.web.banner import THE_BANNER

EVERY = 60  # seconds

__all__ = ["EVERY", "Post", "look_at_clock_once", "start_ticking", "sweep", "tick"]

log = logging.getLogger(__name__)


def steady() -> float:
    """Return the seconds of a clock that nobody can set and that runs while the machine sleeps."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def new_watch() -> ClockWatch:
    """Return what this process holds the wall's clock against from now on."""
    return ClockWatch(datetime.now(UTC), steady())


def keep_todays_head(desk: Desk) -> bool:
    """Write the history's head outside the database, once a day; say whether it was written."""
    with desk.work(reads_only=True) as work:
        head = seal.head_at(work, datetime.now(UTC))
    return keep_head(heads_file(desk.settings.data), head)


def look_at_clock_once(desk: Desk, *, believe: bool) -> tuple[int, str]:
    """Hold the clock against the record, for one command; believed, a person says it is right.

    Returns how many reminders are owed again, and what is wrong.
    """
    now = datetime.now(UTC)
    with desk.work() as work:
        if believe:
            return health.believe_clock(work, now), ""
        wrong, _, changed = health.look_at_clock(work, ClockWatch(now, 0.0), now, 0.0)
        if changed:
            health.note_clock(work, wrong, now)
    return 0, wrong


Opens = Callable[[], AbstractContextManager[Post]]


def tick(desk: Desk, opens: Opens, watch: ClockWatch) -> ClockWatch:
    """Sweep once if the clock may be believed; otherwise say so and send nothing.

    Returns the watch to go on with: the same, or a new one where a person said the clock is right.
    """
    now = datetime.now(UTC)
    # All that an empty minute reads, in one transaction: on PostgreSQL each is several trips.
    with desk.work(reads_only=True) as work:
        wrong, watch, changed = health.look_at_clock(work, watch, now, steady())
        owes = owes_anything(work)
        head = None if has_head_of(heads_file(desk.settings.data), now) else seal.head_at(work, now)
    if changed:
        with desk.work() as work:
            health.note_clock(work, wrong, now)
    if wrong:
        log.error("%s Nothing is sent until it is right, or somebody says that it is.", wrong)
        with opens() as post:
            alarm.sound(desk, post, wrong, now)
        return watch
    with opens() as post:
        chat = open_chat(desk.settings, demonstration=desk.demonstration)
        # Noted that the clock is right again, more may be owed than was read.
        Sweep(desk, post, chat=chat).run(datetime.now(UTC), owes=None if changed else owes)
    if head is not None:
        keep_head(heads_file(desk.settings.data), head)
    return watch


def start_ticking(desk: Desk) -> Callable[[], None]:
    """Start the minute's tick in this process; return what stops it."""
    watches = [new_watch()]

    def opens() -> AbstractContextManager[Post]:
        return open_post(desk.settings, demonstration=desk.demonstration)

    def every_minute() -> None:
        try:
            watches[0] = tick(desk, opens, watches[0])
        except OperationalError:
            log.exception("the database did not answer the sweep; it tries again in a minute")
        except Exception:
            # The outermost edge: a sweep that fails is logged whole, and readiness turns red.
            log.exception("the sweep failed")

    def now_and_then() -> None:
        try:
            with opens() as post:
                THE_BANNER.say(alarm.watch_over(desk, post, datetime.now(UTC)))
        except Exception:
            log.exception("nobody could be told that the sweeps are late")

    def carry_webhooks() -> None:
        try:
            carry(desk)
        except Exception:
            log.exception("programs outside could not be told; it is tried again in a minute")

    def knock_by_chat() -> None:
        try:
            knock(desk, open_chat(desk.settings, demonstration=desk.demonstration))
        except Exception:
            log.exception("nobody could be told by chat or SMS; it is tried again in a minute")

    # Memory store, interval trigger: a job store or a cron in a local zone would lose reminders.
    clock = BackgroundScheduler(timezone="UTC")
    more = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    clock.add_job(
        every_minute,
        "interval",
        seconds=EVERY,
        jitter=5,
        next_run_time=datetime.now(UTC),
        **more,
    )
    clock.add_job(now_and_then, "interval", seconds=EVERY, **more)
    # In threads of their own: a program outside that hangs must not hold up a mail.
    clock.add_job(carry_webhooks, "interval", seconds=EVERY, jitter=5, **more)
    clock.add_job(knock_by_chat, "interval", seconds=EVERY, jitter=5, **more)
    clock.start()

    def stop() -> None:
        clock.shutdown(wait=True)
        THE_BANNER.stop()

    return stop
