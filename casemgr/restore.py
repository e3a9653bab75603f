"""Make an office of a backup, in an empty place only, and check everything that must be true."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import inspect
from sqlmodel import Session

from casemgr.backup import ABOUT, HEADS, KEY, MANIFEST
from casemgr.db.dump import Loader, tallies
from casemgr.db.migrate import downgrade, migrate
from casemgr.db.schema import SCHEMA
from casemgr.db.session import open_engine, transaction
from casemgr.db.soundness import tables
from casemgr.desk import Desk, open_desk
from casemgr.errors import Malformed, Unusable, WrongMoment
from casemgr.files.store import Store
from casemgr.files.vault import DAMAGED, Opening
from casemgr.settings import Settings, settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where an office is restored to: its data folder, and the address of its database."""

    data: Path
    database_url: str

    @property
    def settings(self) -> Settings:
        """Return the settings of an office in this place."""
        given = {"CASEMGR_DATA": str(self.data), "CASEMGR_DATABASE_URL": self.database_url}
        return settings({**os.environ, **given})


def place_of(into: str, data: Path) -> Place:
    """Read `--into`: a folder for SQLite with everything in it, or a PostgreSQL address.

    `data` is the data folder that goes with an address.
    """
    if "://" in into:
        if not into.startswith(("postgresql://", "postgresql+psycopg://")):
            raise Malformed(f"{into} is no place for an office. Give a folder or postgresql://…")
        url = into.replace("postgresql://", "postgresql+psycopg://", 1)
        return Place(data.resolve(), url)
    folder = Path(into).resolve()
    return Place(folder, f"sqlite:///{folder / 'casemgr.sqlite3'}")


def restore(file: Path, into: Place, passphrase: str) -> Desk:
    """Put a backup back and return the office; where anything fails, nothing is left behind.

    What was put back is read again and compared with what was backed up, row by row and byte by
    byte. `casemgr.keeping.check_office` then says whether it is all that it should be.
    """
    _refuse_taken(into)
    _refuse_damaged(file, passphrase)
    with (
        file.open("rb") as opened,
        Opening(opened, passphrase) as opening,
        _emptied_on_failure(into),
    ):
        _unpack(opening, into)
    return open_desk(into.settings)


def _refuse_damaged(file: Path, passphrase: str) -> None:
    """Read the whole file once: one that cannot be opened to its end touches nothing."""
    with file.open("rb") as opened, Opening(opened, passphrase) as opening:
        opening.to_the_end()


# --- an empty place


def _refuse_taken(into: Place) -> None:
    if into.data.exists() and any(into.data.iterdir()):
        raise WrongMoment(
            f"{into.data} is not empty, and a restore never writes over anything. "
            "Give a folder that is empty or not there yet."
        )
    if into.database_url.startswith("sqlite"):
        return
    engine = open_engine(into.database_url)
    there = set(inspect(engine).get_table_names())
    engine.dispose()
    if there - {"alembic_version"}:
        raise WrongMoment(
            "That database has tables already, and a restore never writes over anything. "
            "Make an empty database and give its address."
        )


@contextmanager
def _emptied_on_failure(into: Place) -> Iterator[None]:
    """Take back everything where the restore does not come to its end."""
    into.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        yield
    except BaseException:
        shutil.rmtree(into.data, ignore_errors=True)
        if not into.database_url.startswith("sqlite"):
            with suppress(Exception):  # the first failure is the one to tell of
                downgrade(into.database_url, "base")
        raise


# --- what is in the file


def _unpack(opening: Opening, into: Place) -> None:
    engine = None
    try:
        with tarfile.open(fileobj=cast(BinaryIO, opening), mode="r|") as tar:
            members = ((member.name, _read(tar, member)) for member in tar)
            _refuse_other_schema(next(members, ("", b"")))
            migrate(into.database_url)
            engine = open_engine(into.database_url)
            with transaction(engine) as session:
                manifest = _put_back(members, session, into)
                opening.to_the_end()
                _compare(manifest, session)
    except (tarfile.TarError, ValueError, KeyError, TypeError) as wrong:
        raise Malformed(DAMAGED) from wrong
    finally:
        if engine is not None:
            engine.dispose()


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    held = tar.extractfile(member)
    return b"" if held is None else held.read()


def _refuse_other_schema(first: tuple[str, bytes]) -> None:
    name, data = first
    about = json.loads(data) if name == ABOUT else {}
    if about.get("format") != 1:
        raise Malformed(DAMAGED)
    if about["schema"] != SCHEMA:
        raise Unusable(
            f"This backup is of schema {about['schema']}, made by casemgr {about['program']}. "
            "Restore it with that version, then run casemgr migrate with this one."
        )


def _put_back(
    members: Iterator[tuple[str, bytes]], session: Session, into: Place
) -> Mapping[str, Any]:
    """Put rows, documents, key and heads where they belong; return the manifest."""
    store, loader = Store(into.data / "documents"), Loader(session)
    by_name = {table.name: table for table in tables()}
    manifest: Mapping[str, Any] = {}
    documents = 0
    for name, data in members:
        kind, _, rest = name.partition("/")
        if kind == "rows":
            loader.load(by_name[rest.partition("/")[0]], data)
        elif kind == "documents":
            documents += 1
            if store.keep(data) != rest:
                raise Malformed(DAMAGED)
        elif name in {KEY, HEADS}:
            _write_private(into.data / name, data)
        elif name == MANIFEST:
            manifest = json.loads(data)
    loader.finish()
    if not manifest or manifest["documents"] != documents:
        raise Malformed(DAMAGED)
    return manifest


def _write_private(path: Path, data: bytes) -> None:
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    half.touch(mode=0o600)
    half.write_bytes(data)
    half.replace(path)


def _compare(manifest: Mapping[str, Any], session: Session) -> None:
    """Refuse a database that does not hold, row by row, what was backed up."""
    session.flush()
    there = tallies(session)
    if differs := [name for name in there if there[name] != manifest["tables"].get(name)]:
        raise Malformed(
            f"The restored {', '.join(differs)} differ from what was backed up, so nothing was "
            "kept. Try again; if it stays so, use an older backup."
        )
