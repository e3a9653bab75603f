"""Read rows that came from outside: each value is what its column holds, or it is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from casemgr.db.dump import as_line
from casemgr.db.matter_rows import Row, columns, references

# What names a row is part of addresses.
_ID = re.compile(r"^[A-Za-z0-9][\w.-]{0,63}$", re.ASCII)
_MODELS: Mapping[str, type[SQLModel]] = {
    mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
    for mapper in SQLModel._sa_registry.mappers
}


def model_of(table: sa.Table) -> type[SQLModel]:
    """Return the class whose rows a table holds."""
    return _MODELS[table.name]


def read_row(table: sa.Table, line: bytes) -> Row:
    """Return the row a line makes; ValueError, with a sentence, where it is not one of the table.

    The line is the one this program would write of the row, byte for byte.
    """
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise ValueError("it is not a line of JSON") from wrong
    if not isinstance(given, dict) or set(given) != set(columns(table)):
        raise ValueError("its columns are not those of this version")
    row = {name: _read(table.c[name], value) for name, value in given.items()}
    if as_line(row) != line:
        raise ValueError("it is not written as casemgr writes it")
    return row


def _read(column: sa.Column[Any], value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise ValueError(f"{column.name} is empty")
        return None
    try:
        read = _reader(column)(value)
    except (ValueError, TypeError, ValidationError) as wrong:
        raise ValueError(f"{column.name} holds what it cannot hold") from wrong
    if (column.primary_key or column.foreign_keys) and not _ID.match(str(read)):
        raise ValueError(f"{column.name} is no code of a record")
    return read


@cache
def _reader(column: sa.Column[Any]) -> Callable[[Any], Any]:
    kind = column.type
    if isinstance(kind, sa.Enum):
        return lambda value: _one_of(value, kind.enums)
    if isinstance(kind, (UTCDateTime, sa.DateTime)):
        return _moment
    if isinstance(kind, sa.Date):
        return date.fromisoformat
    if isinstance(kind, sa.Boolean):
        return lambda value: _of_type(value, bool)
    if isinstance(kind, sa.Integer):
        return _whole_number
    if isinstance(kind, sa.JSON):
        shape = _json_shape(column)
        return lambda value: shape.validate_python(value, strict=True)
    return lambda value: _text(value, getattr(kind, "length", None))


def _json_shape(column: sa.Column[Any]) -> TypeAdapter[Any]:
    annotation: Any = model_of(column.table).model_fields[column.name].annotation
    return TypeAdapter(annotation)


def _one_of(value: Any, values: list[str]) -> str:
    if value not in values:
        raise ValueError
    return str(value)


def _moment(value: Any) -> datetime:
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise ValueError
    return read


def _whole_number(value: Any) -> int:
    if type(value) is not int or abs(value) >= 2**63:
        raise ValueError
    return value


def _of_type(value: Any, kind: type[Any]) -> Any:
    if type(value) is not kind:
        raise ValueError
    return value


def _text(value: Any, longest: int | None) -> str:
    text = str(_of_type(value, str))
    if "\0" in text or (longest is not None and len(text) > longest):
        raise ValueError
    return text


class Whole:
    """Whether rows make one whole matter: each of it, each once, and nothing it refers to missing.

    So that nothing of a package is ever tied to a row that was there before.
    """

    def __init__(self, matter_id: str) -> None:
        self.matter_id = matter_id
        self._there: dict[str, set[tuple[Any, ...]]] = {}
        self._wanted: dict[tuple[str, Any], str] = {}

    def take(self, table: sa.Table, row: Row) -> None:
        """Look at one row; ValueError where it is of another matter, or comes twice."""
        of = row["id"] if table.name == "matter" else row.get("matter_id", self.matter_id)
        if of != self.matter_id:
            raise ValueError("it is of another matter")
        key = tuple(row[column.name] for column in table.primary_key.columns)
        there = self._there.setdefault(table.name, set())
        if key in there:
            raise ValueError("it comes twice")
        there.add(key)
        for name, other in references(table):
            if row[name] is not None:
                self._wanted.setdefault((other, row[name]), f"{table.name} {'/'.join(key)}")

    def missing(self) -> list[str]:
        """Return a sentence for each row that is referred to and not there."""
        return [
            f"{by} refers to {table} {value}, which is not in it."
            for (table, value), by in self._wanted.items()
            if (value,) not in self._there.get(table, set())
        ]

    def count(self, table: str) -> int:
        """Return how many rows of a table there were."""
        return len(self._there.get(table, ()))
