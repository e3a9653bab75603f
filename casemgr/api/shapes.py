"""What the API says about a row: its columns, and a few that follow from them and the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import sqlalchemy as sa
from pydantic import BaseModel, TypeAdapter, create_model
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

# What every statement is told of the asker and the day (`nouns.asked`).
TODAY: Any = sa.bindparam("today", type_=sa.Date)
ACTOR: Any = sa.bindparam("actor", type_=sa.String)
NOW: Any = sa.bindparam("now", type_=UTCDateTime)
ALL_PEOPLE: Any = sa.bindparam("all_people", type_=sa.Boolean)


class Shape:
    """A noun's columns as the API gives them; `gates` hide a column before another's day."""

    def __init__(
        self,
        name: str,
        table: type[SQLModel],
        *,
        without: Collection[str] = (),
        gates: Mapping[str, Collection[str]] | None = None,
        computed: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> None:
        self.name = name
        self.table = table
        shape: Any = table
        self.columns: dict[str, Any] = {
            each: getattr(shape, each) for each in table.model_fields if each not in without
        }
        self.types: dict[str, Any] = {
            each: table.model_fields[each].annotation for each in self.columns
        }
        for gate, hidden in (gates or {}).items():
            self._hide_until(gate, hidden)
        for each, (kind, says) in (computed or {}).items():
            self.columns[each], self.types[each] = says, kind

    def _hide_until(self, gate: str, hidden: Collection[str]) -> None:
        opens = getattr(self.table, gate) <= TODAY
        for each in (gate, *hidden):
            column = getattr(self.table, each)
            kind = self.types[each]
            nothing: Any = "" if kind is str else [] if get_origin(kind) is list else None
            after = sa.literal(nothing, column.type) if nothing is not None else sa.null()
            self.columns[each] = sa.case((opens, column), else_=after)

    @property
    def labelled(self) -> list[Any]:
        """Return the columns under the names the API gives them."""
        return [column.label(name) for name, column in self.columns.items()]

    @cached_property
    def model(self) -> type[BaseModel]:
        """Return the shape as OpenAPI describes it."""
        fields: dict[str, Any] = {name: (kind, ...) for name, kind in self.types.items()}
        return create_model(self.name, __doc__=self.table.__doc__, **fields)

    @cached_property
    def one(self) -> TypeAdapter[Any]:
        """Return what turns a row of columns into JSON."""
        return TypeAdapter(self.model)

    def dump(self, row: Mapping[str, Any]) -> bytes:
        """Return a row as JSON."""
        return self.one.dump_json(self.one.validate_python(dict(row)))

    @cached_property
    def many(self) -> TypeAdapter[Any]:
        """Return what turns rows of columns into JSON."""
        return TypeAdapter(list[self.model])  # type: ignore[name-defined]

    def dump_all(self, rows: Iterable[Mapping[str, Any]]) -> bytes:
        """Return rows as a JSON list."""
        return self.many.dump_json(self.many.validate_python([dict(row) for row in rows]))

    def example(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return an example of the answer, made from an example of what is given."""
        return {
            name: given[name] if name in given else _example(name, kind)
            for name, kind in self.types.items()
        }


def _example(name: str, kind: Any) -> Any:
    if get_origin(kind) in {Union, UnionType} and NoneType in get_args(kind):
        return None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    if get_origin(kind) in {list, dict}:
        return get_origin(kind)()
    plain: dict[Any, Any] = {
        bool: False,
        int: 1,
        date: "2010-10-29",
        datetime: datetime(2010, 10, 29, 14, tzinfo=UTC).isoformat(),
    }
    if kind in plain:
        return plain[kind]
    return "X-7F3KQ2X8MP" if name == "id" or name.endswith("_id") else "text"
