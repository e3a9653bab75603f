"""Open a database as bar.md R54 wants it, and the one commit of the house."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from casemgr.errors import Held, Overtaken, Unusable

# As many pooled connections as the server has worker threads: with fewer it stalls (design 3.5).
CONNECTIONS = {"sqlite": 4, "postgresql": 8}

# The write-ahead race that can lose committed writes is fixed from these on, each in its line.
_WAL_FIXED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))


def wal_is_safe(linked: tuple[int, int, int]) -> bool:
    """Say whether this SQLite has the fix without which its write-ahead log may lose writes."""
    newest, *older = _WAL_FIXED
    return linked >= newest or any(linked[:2] == fix[:2] and linked >= fix for fix in older)


def open_engine(url: str) -> Engine:
    """Return an engine on the database, set as the house wants it; SQLite's folder is made."""
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    if kind not in CONNECTIONS:
        raise Unusable(f"A {kind} database cannot be used. Use SQLite or PostgreSQL.")
    if kind == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        parsed,
        pool_size=CONNECTIONS[kind],
        max_overflow=0,
        pool_timeout=30,
        pool_pre_ping=kind == "postgresql",
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        **(
            {"connect_args": {"timeout": 10, "check_same_thread": False}}
            if kind == "sqlite"
            else {}
        ),
    )
    if kind == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, so that DDL is transactional too
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "DELETE"
    for pragma in (
        "foreign_keys=ON",
        "busy_timeout=10000",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "cache_size=-8192",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when another writes.
    if not connection.get_execution_options().get(_READS):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif (opened := connection.connection.dbapi_connection) is not None:
        opened.cursor().execute("BEGIN")  # waits for nobody, so nothing of it need be translated


_READS = "casemgr_reads_only"
_writers = Lock()

HELD = "a legal hold keeps this"  # what the triggers of the migration say


@contextmanager
def transaction(engine: Engine, *, reads_only: bool = False) -> Iterator[Session]:
    """Commit everything done inside, or nothing; the only commit in casemgr.

    A reader takes no write lock on SQLite. Writers of one process queue in the process
    instead of sleeping in SQLite, which keeps the slowest of them quick.
    """
    sqlite = engine.dialect.name == "sqlite"
    queued = sqlite and not reads_only
    if queued:
        _writers.acquire()
    try:
        with Session(engine, expire_on_commit=False) as session, session.begin():
            if sqlite and reads_only:  # said of the connection: an engine made for it costs more
                session.connection(execution_options={_READS: True})
            yield session
            if reads_only and (session.new or session.dirty or session.deleted):
                raise AssertionError("a piece of work that only reads has changed something")
    except StaleDataError as stale:
        raise Overtaken from stale
    except DBAPIError as refused:
        if HELD in str(refused.orig):
            raise Held from refused
        raise
    finally:
        if queued:
            _writers.release()
