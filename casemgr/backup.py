"""One encrypted file with everything an office holds, made while people work.

Inside is a tar: `about.json`, the rows of every table as lines of JSON, every document under its
SHA-256, the kept heads and the key of the history, and `manifest.json` with the counts and sums by
which a restore is checked. A backup of SQLite restores into PostgreSQL and the other way round.
"""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from casemgr import __version__
from casemgr.db import chain
from casemgr.db.dump import Tally, parts
from casemgr.db.schema import SCHEMA
from casemgr.db.session import open_engine, transaction
from casemgr.db.soundness import tables
from casemgr.db.tables import Blob
from casemgr.desk import Desk
from casemgr.errors import NotFound, Unusable, WrongMoment
from casemgr.files.heads import heads_file
from casemgr.files.store import Store
from casemgr.files.vault import Sealing

ABOUT, MANIFEST, KEY, HEADS = "about.json", "manifest.json", "history.key", "history.heads"


@dataclass(frozen=True, slots=True)
class Kept:
    """What went into a backup."""

    file: Path
    rows: int
    documents: int
    head: int
    size: int


def back_up(desk: Desk, file: Path, passphrase: str) -> Kept:
    """Write the office into a new encrypted file; the file is there whole or not at all."""
    if file.exists():
        raise WrongMoment(f"{file} is there already and was not touched. Give another name.")
    # First, so that the backup tells of itself.
    with desk.work() as work:
        work.record("backup.made", title=file.name)
    half = file.with_name(f".{file.name}.half")
    file.parent.mkdir(parents=True, exist_ok=True)
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    try:
        with half.open("wb") as opened:
            rows, documents, head = _write(desk, opened, passphrase)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
    return Kept(file, rows, documents, head, file.stat().st_size)


def _write(desk: Desk, opened: BinaryIO, passphrase: str) -> tuple[int, int, int]:
    with (
        closing(Sealing(opened, passphrase)) as sealing,
        tarfile.open(fileobj=cast(BinaryIO, sealing), mode="w|") as tar,
        _still(desk) as session,
    ):
        _add(tar, ABOUT, _json(_about(desk)))
        counted = _add_rows(tar, session)
        names = _add_documents(tar, session, desk.store)
        head = chain.newest(session)
        _add(tar, KEY, desk.key.hex().encode())
        if (heads := heads_file(desk.settings.data)).exists():
            _add(tar, HEADS, heads.read_bytes())
        manifest = {
            "tables": {name: tally.plain() for name, tally in counted.items()},
            "documents": names,
            "head": {"seq": head.seq, "seal": head.seal},
        }
        _add(tar, MANIFEST, _json(manifest))
    return sum(tally.rows for tally in counted.values()), names, head.seq


@contextmanager
def _still(desk: Desk) -> Iterator[Session]:
    """Give the database as it is at one moment, without holding up whoever writes meanwhile."""
    if desk.engine.dialect.name != "sqlite":
        frozen = desk.engine.execution_options(isolation_level="REPEATABLE READ")
        with transaction(frozen, reads_only=True) as session:
            yield session
        return
    with tempfile.TemporaryDirectory(dir=desk.settings.data, prefix=".backup-") as folder:
        engine = _copied(desk.engine, Path(folder) / "copy.sqlite3")
        try:
            with transaction(engine, reads_only=True) as session:
                yield session
        finally:
            engine.dispose()


def _copied(engine: Engine, copy: Path) -> Engine:
    """Copy an SQLite database in one step, as of one moment."""
    source = engine.url.database
    if not source:
        raise Unusable("A database in memory cannot be backed up. Give it a file.")
    copy.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(copy)) as here:
        there.execute("PRAGMA busy_timeout=30000")
        there.backup(here)
    return open_engine(f"sqlite:///{copy}")


def _about(desk: Desk) -> dict[str, Any]:
    return {
        "format": 1,
        "schema": SCHEMA,
        "program": __version__,
        "office": desk.office,
        "database": desk.engine.dialect.name,
        "made_at": desk.now().isoformat(timespec="seconds"),
    }


def _add_rows(tar: tarfile.TarFile, session: Session) -> dict[str, Tally]:
    counted: dict[str, Tally] = {}
    for table in tables():
        tally = counted[table.name] = Tally()
        for number, part in enumerate(parts(session, table, tally)):
            _add(tar, f"rows/{table.name}/{number:06d}.jsonl", part)
    return counted


def _add_documents(tar: tarfile.TarFile, session: Session, store: Store) -> int:
    names = session.exec(select(Blob.sha256).order_by(col(Blob.sha256))).all()
    for name in names:
        try:
            data = store.read(name)
        except NotFound as lost:
            raise Unusable(
                f"The document {name} is gone or was changed on the disk, so no whole backup can "
                "be made. Run casemgr verify, and put the file back from an older backup."
            ) from lost
        _add(tar, f"documents/{name}", data)
    return len(names)


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), 0o600
    tar.addfile(member, io.BytesIO(data))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
