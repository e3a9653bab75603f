"""A process that writes as fast as it can, and says of each write only when it was committed.

`fail_at` kills the process itself at a named moment: in the middle of a file, right before a
commit, or after a commit and before anybody was told. Without it somebody else does the killing.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session, select

from casemgr.db.session import open_engine
from casemgr.db.tables import Blob, Matter, Track
from casemgr.desk import Desk
from casemgr.domain.words import EventKind
from casemgr.files import store as store_module
from casemgr.usecases import clock
from casemgr.usecases.work import Work
from tests import makes

WRITERS = 4
FAIL_AT = ("mid_blob", "before_commit", "after_commit")


def run(url: str, data: Path, told: Path, fail_at: str = "", too_early: bool = False) -> None:
    """Write until killed; `told` gets a line for each write that was acknowledged.

    `too_early` is the negative control: it tells before the commit, as nobody should.
    """
    desk = makes.make_desk(open_engine(url), data)
    line = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    _arm(desk, fail_at)
    writers = [
        threading.Thread(target=_write, args=(desk, line, fail_at, too_early), daemon=True)
        for _ in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()


def die() -> None:
    """End this process as a power cut would: nothing is closed, nothing is rolled back by us."""
    os.kill(os.getpid(), signal.SIGKILL)


def _arm(desk: Desk, fail_at: str) -> None:
    pick = random.Random(secrets.randbits(32))

    def perhaps(*_: object) -> None:
        if pick.random() < 0.1:
            die()

    if fail_at == "before_commit":
        sa.event.listen(desk.engine, "commit", perhaps)
    if fail_at == "mid_blob":
        whole = store_module.os.fsync  # type: ignore[attr-defined]

        def fsync(handle: int) -> None:
            perhaps()
            whole(handle)

        store_module.os.fsync = fsync  # type: ignore[attr-defined]


def _write(desk: Desk, line: int, fail_at: str, too_early: bool) -> None:
    pick = random.Random(secrets.randbits(32))
    while True:
        kind, act = pick.choice(ACTS)
        token = secrets.token_hex(8)
        with desk.work() as work:
            act(desk, work, token)
            if too_early:
                os.write(line, f"{kind} {token}\n".encode())
        if fail_at == "after_commit" and pick.random() < 0.1:
            die()
        if not too_early:
            os.write(line, f"{kind} {token}\n".encode())


def _matter(session: Session) -> Matter:
    return session.exec(select(Matter).with_for_update()).one()


def _upload(desk: Desk, work: Work, token: str) -> None:
    data = token.encode() * 1000
    sha256 = desk.store.keep(data)
    work.session.add(Blob(sha256=sha256, size=len(data), media_type="text/plain"))
    work.session.flush()
    matter = _matter(work.session)
    document = makes.make_document(work.session, matter, title=token, sha256=sha256)
    work.record("document.added", document, title=token)


def _edit(_desk: Desk, work: Work, token: str) -> None:
    matter = _matter(work.session)
    matter.summary = token
    work.session.flush()
    work.record("matter.changed", matter, changes=token)


def _log(_desk: Desk, work: Work, token: str) -> None:
    track = work.session.exec(select(Track).with_for_update()).one()
    event = makes.make_event(work.session, track, EventKind.CALL, makes.TODAY, says=token)
    work.record("event.logged", event, title=token)
    clock.project_track(work, track.id, because="a call was logged")


ACTS: list[tuple[str, Callable[[Desk, Work, str], None]]] = [
    ("document", _upload),
    ("matter", _edit),
    ("event", _log),
]
