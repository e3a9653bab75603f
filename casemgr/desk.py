"""The person signed in, and a piece of work for them; the one place that reads the clock."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from casemgr.db.schema import refuse_missing, refuse_old_schema
from casemgr.db.session import open_engine, transaction
from casemgr.db.shortage import lack
from casemgr.db.tables import HistoryHead, Office
from casemgr.errors import NoRoom, NotFound, NotFresh, NotSignedIn, Refused, Unusable
from casemgr.files.store import Store
from casemgr.files.words import Words
from casemgr.law.reader import Law, the_law
from casemgr.settings import Settings
from casemgr.settings import settings as the_settings
from casemgr.threads import AT_ONCE
from casemgr.usecases import signin
from casemgr.usecases.letters import Opens
from casemgr.usecases.work import THE_OFFICE, Actor, Work

COOKIE = "__Host-casemgr"
LOOPBACK_COOKIE = "casemgr"  # a __Host- cookie needs TLS, which loopback does not have
LARGEST_BODY = 2 * 1024 * 1024  # bytes, where a route does not allow more
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """What the running program holds: database, settings, law, the key that seals the history."""

    engine: Engine
    settings: Settings
    law: Law
    key: bytes
    office: str
    zone: ZoneInfo
    as_of: date | None = None
    demonstration: bool = False

    @property
    def store(self) -> Store:
        """Return where documents and letters are kept."""
        return Store(self.settings.data / "documents")

    @property
    def words(self) -> Words:
        """Return where the words of exhibits are kept that were read."""
        return Words(self.settings.data / "words")

    @property
    def cookie(self) -> str:
        """Return the name of the session cookie."""
        return COOKIE if self.settings.secure_cookies else LOOPBACK_COOKIE

    def now(self) -> datetime:
        """Return the moment; in a demonstration, this time of day on the day it shows."""
        moment = datetime.now(UTC)
        if self.as_of is None:
            return moment
        there = moment.astimezone(self.zone)
        return datetime.combine(self.as_of, there.time(), self.zone).astimezone(UTC)

    @contextmanager
    def work(self, actor: Actor = THE_OFFICE, *, reads_only: bool = False) -> Iterator[Work]:
        """Open a piece of work: one transaction, with its history written before the commit."""
        work: Work | None = None
        try:
            with transaction(self.engine, reads_only=reads_only) as session:
                work = self.begin(session, actor)
                yield work
                if not reads_only:
                    work.write_history()
        finally:
            self.count_tries(work)

    def count_tries(self, work: Work | None) -> None:
        """Count what a piece of work tried, now that it is over, whatever became of it."""
        if work is not None and work.tries:
            with transaction(self.engine) as session:
                for count in work.tries:
                    count(session)

    def somebody(self, email: str) -> Actor:
        """Return the person of this address, for whom a command is to act."""
        with self.work(reads_only=True) as work:
            person = signin.find(work, email)
        if person is None:
            raise Refused(f"Nobody with the address {email} is in this office today.")
        return signin.as_actor(person)

    def begin(self, session: Session, actor: Actor) -> Work:
        """Return the work of an actor within an open transaction."""
        return Work(session, actor, self.now(), self.zone, self.law, self.key, self.words)


@contextmanager
def the_office() -> Iterator[Desk]:
    """Open the office that the settings name for one command, and close it after."""
    desk = open_desk(the_settings())
    try:
        yield desk
    finally:
        desk.engine.dispose()


def open_desk(settings: Settings) -> Desk:
    """Open the office that the settings name, its schema checked, with the day it stands at."""
    refuse_missing(settings.database_url)
    engine = open_engine(settings.database_url)
    try:
        refuse_old_schema(engine)
        with transaction(engine, reads_only=True) as session:
            office = session.exec(select(Office)).one_or_none()
            sealed = session.exec(select(HistoryHead.seq)).one()
        key = history_key(settings.data, sealed)
    except BaseException:
        engine.dispose()
        raise
    return Desk(
        engine=engine,
        settings=settings,
        law=the_law(),
        key=key,
        office=office.name if office else "casemgr",
        zone=ZoneInfo(office.zone) if office else settings.zone,
        as_of=office.as_of if office else None,
        demonstration=bool(office and office.demonstration),
    )


def history_key(data: Path, sealed: int) -> bytes:
    """Return the key that seals the history, made on first use; it is kept outside the database.

    Raises Unusable where `sealed` records were sealed with a key that is not there any more.
    """
    path = data / "history.key"
    if sealed and not path.exists():
        raise Unusable(
            f"{path} is gone, and the history was sealed with it. Put it back from a backup; with "
            "a new one every record would look as if somebody had changed it."
        )
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return bytes.fromhex(path.read_text(encoding="ascii"))


def open_work(http: Request) -> Iterator[Work]:
    """Open the work of whoever is signed in; the commit happens before the answer leaves."""
    desk: Desk = http.app.state.desk
    with _work_of(desk, http, reads_only=http.method in SAFE_METHODS) as (work, note_seen):
        yield work
    if note_seen:
        _note_seen(desk, http)


def _note_seen(desk: Desk, http: Request) -> None:
    """Note that somebody was here; on a full disk they may read all the same."""
    try:
        with transaction(desk.engine) as session:
            signin.note_seen(session, http.cookies.get(desk.cookie), _bearer(http))
    except OperationalError as why:
        if not isinstance(lack(why), NoRoom):
            raise
        log.warning("nobody's visits are noted: %s", why)


@contextmanager
def _work_of(desk: Desk, http: Request, *, reads_only: bool) -> Iterator[tuple[Work, bool]]:
    """Open work for whoever is signed in, and whether to note that they were seen.

    What was refused leaves no trace of its own, so it is told in a transaction after; so is what
    somebody opened, for reading takes no write lock.
    """
    work: Work | None = None
    try:
        with transaction(desk.engine, reads_only=reads_only) as session:
            actor, note_seen = _actor(desk, session, http)
            work = desk.begin(session, actor)
            yield work, note_seen
            if not reads_only:
                work.write_history()
    except NotFresh:
        raise  # nothing was refused: the same is asked again after a fresh sign-in
    except (Refused, NotFound) as denied:
        if work is not None:
            work.lines.clear()
            work.record("denied", title=_asked(http), why=str(denied))
            _tell_after(desk, work)
        raise
    finally:
        desk.count_tries(work)
    if work.lines:
        _tell_after(desk, work)


def _tell_after(desk: Desk, work: Work) -> None:
    with transaction(desk.engine) as session:
        replace(work, session=session).write_history()


def _asked(http: Request) -> str:
    """Return what was asked for as one line of printable signs, however the address was typed."""
    path = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in http.url.path
    )
    return f"{http.method} {path[:200]}"


def _actor(desk: Desk, session: Session, http: Request) -> tuple[Actor, bool]:
    today = desk.now().astimezone(desk.zone).date()
    token, cookie = _bearer(http), http.cookies.get(desk.cookie)
    if token is not None:
        reads_only = http.method in SAFE_METHODS
        held = signin.who_holds_token(session, token, today, reads_only=reads_only)
    elif cookie and "authorization" not in http.headers:
        held = signin.who_holds(session, cookie, today)
    else:
        held = None
    if held is None:
        raise NotSignedIn
    return held


def _bearer(http: Request) -> str | None:
    scheme, _, secret = http.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


async def opens_work(http: Request) -> Opens:
    """Return what opens work for whoever is signed in, several times within one request.

    For papers: facts are read in one transaction, the PDF is made in none, and kept in another.
    """
    desk: Desk = http.app.state.desk

    @contextmanager
    def opens(*, reads_only: bool = False) -> Iterator[Work]:
        with _work_of(desk, http, reads_only=reads_only) as (work, _):
            yield work

    return opens


# The others wait before they take a thread or a connection, first come, first served.
WorkDep = Annotated[Work, Depends(open_work, scope="function", max_concurrency=AT_ONCE)]


OpensDep = Annotated[Opens, Depends(opens_work, scope="function", max_concurrency=AT_ONCE)]


async def the_desk(http: Request) -> Desk:
    """Return the running program's desk; no thread is wanted for it."""
    desk: Desk = http.app.state.desk
    return desk


DeskDep = Annotated[Desk, Depends(the_desk)]
