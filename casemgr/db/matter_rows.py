"""Every row of one matter, and of the office's books what they refer to.

The schema itself says which tables those are, so that a new one cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from casemgr.db.doors import PART_OF
from casemgr.db.dump import as_line
from casemgr.db.soundness import tables
from casemgr.db.tables import Wall

AT_ONCE = 500
Row = dict[str, Any]

# Of a matter, but telling of the people of one office: it changes when another office takes over.
OF_AN_OFFICE = frozenset({"membership", "origin", "reminder", "reminder_policy"})

# What a matter refers to in the office's books, and the columns of it that go along: of people
# their name and what they do, of contacts no e-mail or telephone, of organisations no notes.
BOOKS: dict[str, tuple[str, ...]] = {
    "person": ("id", "name", "role", "title"),
    "organisation": (
        "id", "name", "short_name", "aliases", "address", "about", "source", "confidence",
        "known_on",
    ),
    "contact": (
        "id", "name", "aliases", "title", "organisation_id", "agency_id", "address", "source",
        "confidence", "known_on",
    ),
    "agency": (
        "id", "name", "short_name", "parent_id", "aliases", "foia_office", "address", "email",
        "portal", "phone", "regulation", "appeals_to", "holds", "source",
    ),
    "court": ("id", "name", "caption", "cites_as", "zone", "appeals_to", "source"),
    "blob": ("sha256", "size", "media_type"),
}  # fmt: skip

_PART: Mapping[str, tuple[str, str]] = {
    str(part.__tablename__): (name, str(whole.__tablename__))
    for part, (name, whole) in PART_OF.items()
}
_wall: Any = Wall
# A wall that was only asked for hides nothing yet, and the person it is for may be the one who asks
# for the rows.
_NOT_YET = {"wall": _wall.up_at.is_not(None)}


@cache
def of_matters() -> tuple[sa.Table, ...]:
    """Return every table that holds rows of a matter, those that others refer to first.

    Not the history, which belongs to its chain.
    """
    return tuple(each for each in tables() if _is_of_matters(each))


def _is_of_matters(table: sa.Table) -> bool:
    if table.name in {"matter", *_PART}:
        return True
    return "matter_id" in table.c and table.name != "history_entry"


def books() -> tuple[sa.Table, ...]:
    """Return the tables of the office's books, those that others refer to first."""
    return tuple(each for each in tables() if each.name in BOOKS)


def columns(table: sa.Table) -> tuple[str, ...]:
    """Return the columns of a table that go along with a matter."""
    return BOOKS.get(table.name) or tuple(column.name for column in table.columns)


class Referred:
    """What rows refer to in the office's books, gathered as they go by."""

    def __init__(self) -> None:
        self.ids: dict[str, set[str]] = {name: set() for name in BOOKS}

    def note(self, table: sa.Table, row: Mapping[str, Any]) -> None:
        """Look at one row."""
        for name, other in references(table):
            if other in BOOKS and row.get(name) is not None:
                self.ids[other].add(row[name])


def references(table: sa.Table) -> tuple[tuple[str, str], ...]:
    """Return the columns of a table that go along and name another row, each with its table."""
    return _references(table, columns(table))


@cache
def _references(table: sa.Table, named: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, key.column.table.name) for name in named for key in table.c[name].foreign_keys
    )


def lines(
    session: Session, table: sa.Table, matter_id: str, referred: Referred
) -> Iterator[tuple[Row, bytes]]:
    """Yield a table's rows of one matter, each with its line, in the order of the keys' bytes."""
    asked = sa.select(table).where(belongs(table, matter_id)).order_by(*_by_bytes(session, table))
    found = session.execute(asked, execution_options={"yield_per": AT_ONCE})
    for part in found.mappings().partitions():
        for each in part:
            row = dict(each)
            referred.note(table, row)
            yield row, as_line(row)


def _by_bytes(session: Session, table: sa.Table) -> Iterable[Any]:
    # Databases sort text by the customs of a country; the order of a package is the same for all.
    if session.get_bind().dialect.name == "sqlite":
        return table.primary_key.columns
    return [sa.collate(column, "C") for column in table.primary_key.columns]


def belongs(table: sa.Table, matter_id: str) -> sa.ColumnElement[bool]:
    """Return the condition for a table's rows of one matter, whenever they became known."""
    if table.name == "matter":
        return table.c.id == matter_id
    if table.name not in _PART:
        return sa.and_(table.c.matter_id == matter_id, _NOT_YET.get(table.name, sa.true()))
    name, whole = _PART[table.name]
    above = table.metadata.tables[whole]
    return table.c[name].in_(sa.select(above.c.id).where(belongs(above, matter_id)))


def from_the_books(session: Session, referred: Referred) -> dict[str, list[Row]]:
    """Return what was referred to, and what that refers to: an agency's parents, a court's appeals.

    Only the columns that go along, in the order of the keys.
    """
    found: dict[str, dict[str, Row]] = {name: {} for name in BOOKS}
    while ahead := {name: ids - found[name].keys() for name, ids in referred.ids.items()}:
        if not any(ahead.values()):
            break
        for table in books():
            for row in _named(session, table, ahead[table.name]):
                found[table.name][row[_key(table)]] = row
                referred.note(table, row)
    return {name: [rows[key] for key in sorted(rows)] for name, rows in found.items()}


def _named(session: Session, table: sa.Table, ids: set[str]) -> Iterator[Row]:
    wanted = sorted(ids)
    for at in range(0, len(wanted), AT_ONCE):
        asked = sa.select(*(table.c[name] for name in columns(table))).where(
            table.c[_key(table)].in_(wanted[at : at + AT_ONCE])
        )
        yield from (dict(row) for row in session.execute(asked).mappings())


def _key(table: sa.Table) -> str:
    return next(iter(table.primary_key.columns)).name
