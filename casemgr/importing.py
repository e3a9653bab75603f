"""Imports and large docket papers, done in the background of whatever process serves the office."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from casemgr.desk import Desk
from casemgr.usecases import docket_takings, import_jobs

EVERY = 1.0  # seconds between two looks whether there is anything to do

log = logging.getLogger(__name__)


def work_off(desk: Desk, by: str = "") -> int:
    """Do every step that waits, one after the other; return how many were done."""
    who = by or f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
    with desk.work(reads_only=True) as work:
        imports, takings = import_jobs.waiting(work), docket_takings.waiting(work)
    for import_id in imports:
        import_jobs.run(desk.work, desk.store, import_id, who)
    for taking_id in takings:
        docket_takings.run(desk.work, desk.store, taking_id, who)
    return len(imports) + len(takings)


def start_importing(desk: Desk) -> Callable[[], None]:
    """Look every second whether an import waits, in a thread of its own; return what stops it."""
    stopped = threading.Event()

    def go_on() -> None:
        while not stopped.wait(EVERY):
            try:
                work_off(desk)
            except OperationalError:
                log.exception("the database did not answer; imports go on when it does")
            except Exception:
                # The outermost edge: the thread must live, and the lease lets the step begin anew.
                log.exception("an import stopped unexpectedly")

    thread = threading.Thread(target=go_on, name="imports", daemon=True)
    thread.start()

    def stop() -> None:
        stopped.set()
        thread.join(timeout=10)

    return stop
