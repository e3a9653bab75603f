"""Every row of every table as lines of JSON that any database of ours can take back.

A dump made of SQLite goes into PostgreSQL and the other way round: days and moments are written as
ISO 8601, moments in UTC, and everything else as JSON has it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session
from sqlmodel.sql.sqltypes import UTCDateTime

from casemgr.db.soundness import tables

AT_ONCE = 1000


@dataclass(slots=True)
class Tally:
    """How many rows a table has, and a sum over their content in which order does not matter.

    Databases sort text differently, so the hashes of the rows are added up instead of chained.
    """

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count one row."""
        self.rows += 1
        self.total += int.from_bytes(hashlib.sha256(line).digest(), "big")

    def plain(self) -> list[object]:
        """Return the tally as JSON keeps it."""
        return [self.rows, f"{self.total % 2**256:064x}"]


def parts(session: Session, table: sa.Table, tally: Tally) -> Iterator[bytes]:
    """Yield a table's rows as lines of JSON, up to a thousand at a time, and tally them."""
    asked = sa.select(table).order_by(*table.primary_key.columns)
    found = session.execute(asked, execution_options={"yield_per": AT_ONCE})
    for part in found.mappings().partitions():
        lines = [as_line(dict(row)) for row in part]
        for line in lines:
            tally.add(line)
        yield b"".join(line + b"\n" for line in lines)


def tallies(session: Session) -> dict[str, list[object]]:
    """Return what every table holds: the same numbers mean the same content."""
    found = {}
    for table in tables():
        tally = Tally()
        for _ in parts(session, table, tally):
            pass
        found[table.name] = tally.plain()
    return found


def as_line(row: Mapping[str, object]) -> bytes:
    """Return a row as the one line of JSON it makes, whichever kind of database it is from."""
    return json.dumps(
        row, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    ).encode()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A {type(value).__name__} cannot be written into a backup.")


class Loader:
    """Puts dumped rows into an empty, migrated database, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._rows = Inserter(session)
        # The migration puts an empty head there; the dump brings the true one.
        session.execute(sa.text("DELETE FROM history_head"))

    def load(self, table: sa.Table, data: bytes) -> None:
        """Insert a part of a table's rows."""
        readers = {column.name: _reader(column) for column in table.columns}
        rows = [
            {name: readers[name](value) for name, value in json.loads(line).items()}
            for line in data.splitlines()
        ]
        self._rows.insert(table, rows)

    def finish(self) -> None:
        """Write the references between rows of one table."""
        self._rows.finish()


class Inserter:
    """Puts rows into tables, those between rows of one table last.

    A row may refer to another of its own table that comes later. So such references are left out
    at first and written when every row is there.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._later: list[sa.Update] = []

    def insert(self, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert some rows of a table; each names every column."""
        if rows:
            self._session.execute(table.insert(), [self._without_own(table, row) for row in rows])

    def finish(self) -> None:
        """Write the references between rows of one table."""
        for update in self._later:
            self._session.execute(update)

    def _without_own(self, table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
        own = {name: row[name] for name in _own_references(table) if row[name] is not None}
        if own:
            self._later.append(table.update().where(table.c.id == row["id"]).values(own))
        return {**row, **dict.fromkeys(own)}


def _own_references(table: sa.Table) -> Iterable[str]:
    for column in table.columns:
        if any(key.column.table is table for key in column.foreign_keys):
            yield column.name


def _reader(column: sa.Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, (UTCDateTime, sa.DateTime)):
        return lambda value: None if value is None else datetime.fromisoformat(value)
    if isinstance(column.type, sa.Date):
        return lambda value: None if value is None else date.fromisoformat(value)
    return lambda value: value
