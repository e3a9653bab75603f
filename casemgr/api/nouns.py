"""One declaration for each noun: what the API says of it, who may see it, which use cases act.

The routes that follow from it are in `casemgr.api.routes`; the meaning is in the use cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import sqlalchemy as sa
from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError
from sqlmodel import SQLModel

from casemgr.api import paging
from casemgr.api.shapes import ACTOR, NOW, TODAY, Shape
from casemgr.db import doors
from casemgr.domain.words import Role
from casemgr.errors import NotFound
from casemgr.fields import Input, Printable
from casemgr.usecases.work import Work

LAST_DAY = date(9999, 12, 31)  # where a row without a day stands in a list: at its end
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Asker:
    """A kind of person, with the id left open: what a statement is built for once."""

    role: Role
    office_wide: bool
    id: Any = ACTOR
    at: Any = NOW


Scope = Callable[[type[SQLModel], Asker], Any]


def of_matters(table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for rows of the asker's matters, known today."""
    return doors.within(table, doors.mine(asker, TODAY), TODAY)


@dataclass(frozen=True)
class Create:
    """How a row is made: what is given, under which row, by which use case."""

    shape: type[Input]
    act: Callable[..., SQLModel]  # (work, parent's id, given), or (work, given) without a parent
    example: Mapping[str, Any]
    parent: str | None = None


@dataclass(frozen=True)
class Change:
    """How a row is changed: what is given is merged with what stands, or handed over as it is."""

    shape: type[Input]
    act: Callable[..., object]  # (work, id, given)
    example: Mapping[str, Any]
    merged: bool = True


@dataclass(frozen=True)
class Act:
    """What is done to a row beyond changing it, at `/{id}/path`: what is given, by which use case.

    With `previews`, the asker may ask which dates it would move and change nothing.
    """

    path: str
    name: str  # in the OpenAPI document: `withdraw_event`
    summary: str
    act: Callable[..., SQLModel]  # (work, id, given), or (work, id) where nothing is given
    shape: type[Input] | None = None
    example: Mapping[str, Any] = field(default_factory=dict)
    previews: bool = False


@dataclass(frozen=True)
class Remove:
    """How a row is taken away or ended: nothing is left to answer with."""

    name: str  # in the OpenAPI document: `revoke_token`
    summary: str
    about: str
    act: Callable[[Work, str], object]


@dataclass(frozen=True, eq=False)
class Noun:
    """A noun as programs reach it; `order` and the key are what its lists are sorted by."""

    path: str
    one: str
    about: str
    shape: Shape
    order: str = "id"
    newest_first: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)  # query name -> column
    scope: Scope = of_matters
    key: str = "id"
    create: Create | None = None
    change: Change | None = None
    acts: tuple[Act, ...] = ()
    remove: Remove | None = None

    @property
    def many_name(self) -> str:
        """Return the plural as part of a name: `docket_entries`."""
        return self.path.replace("-", "_")

    @property
    def one_name(self) -> str:
        """Return the singular as part of a name: `docket_entry`."""
        return self.one.replace(" ", "_").lower()

    @property
    def example(self) -> dict[str, Any]:
        """Return an example of the answer."""
        return self.shape.example(self.create.example if self.create else {})


# --- reading


def page_of(
    work: Work, noun: Noun, filters: Mapping[str, Any], after: str | None, limit: int
) -> tuple[bytes, str | None]:
    """Return one page of a noun's list as JSON, and the cursor of the next page if there is one."""
    statement = _page(noun, work.actor.role, work.actor.office_wide, tuple(filters), bool(after))
    values = _asked(work) | {f"is_{name}": value for name, value in filters.items()}
    if after:
        place = paging.place(after, _places(noun))
        values |= {f"after_{i}": value for i, value in enumerate(place)}
    found = work.session.execute(statement, {**values, "most": limit + 1})
    names = tuple(found.keys())
    rows = [dict(zip(names, each, strict=True)) for each in found]
    shown = rows[:limit]
    data = noun.shape.dump_all(shown)
    more = len(rows) > limit
    return data, paging.cursor([shown[-1][name] for name in _SORTED]) if more else None


def row_of(work: Work, noun: Noun, row_id: str) -> Row:
    """Return one row to somebody who may know of it; raise NotFound otherwise."""
    try:
        key = _keys(noun).validate_python(row_id)
    except ValidationError:
        raise NotFound from None  # what cannot be an id never was one
    statement = _single(noun, work.actor.role, work.actor.office_wide)
    found = work.session.execute(statement, {**_asked(work), "key": key}).mappings().first()
    if found is None:
        raise NotFound
    return dict(found)


def etag(noun: Noun, row: Row) -> str:
    """Return the version of a row as programs hold it; a row without one is known by its words."""
    if "version" in row:
        return f'"{row["version"]}"'
    return f'"{sha256(noun.shape.dump(row)).hexdigest()[:24]}"'


_SORTED = ("sort_0", "sort_1")


def _asked(work: Work) -> dict[str, Any]:
    return {
        "today": work.today,
        "actor": work.actor.id,
        "now": work.now,
        "all_people": work.actor.role is Role.ADMINISTRATOR,
    }


@lru_cache(maxsize=512)
def _rows(noun: Noun, role: Role, office_wide: bool) -> sa.Select[Any]:
    scope = noun.scope(noun.shape.table, Asker(role, office_wide))
    return sa.select(*noun.shape.labelled).where(scope)


@lru_cache(maxsize=512)
def _single(noun: Noun, role: Role, office_wide: bool) -> sa.Select[Any]:
    key = getattr(noun.shape.table, noun.key)
    return _rows(noun, role, office_wide).where(key == sa.bindparam("key"))


@lru_cache(maxsize=2048)
def _page(
    noun: Noun, role: Role, office_wide: bool, filters: tuple[str, ...], after: bool
) -> sa.Select[Any]:
    sort = _sort(noun)
    named = [column.label(name) for column, name in zip(sort, _SORTED, strict=True)]
    asked = _rows(noun, role, office_wide).add_columns(*named)
    for name in filters:
        column = noun.shape.columns[noun.filters[name]]
        asked = asked.where(column == sa.bindparam(f"is_{name}"))
    if after:
        values = [sa.bindparam(f"after_{i}", type_=each.type) for i, each in enumerate(sort)]
        here, place = sa.tuple_(*sort), sa.tuple_(*values)
        asked = asked.where(here < place if noun.newest_first else here > place)
    order = [column.desc() for column in sort] if noun.newest_first else sort
    return asked.order_by(*order).limit(sa.bindparam("most", type_=sa.Integer))


def _sort(noun: Noun) -> list[Any]:
    columns = [getattr(noun.shape.table, name) for name in (noun.order, noun.key)]
    return [
        sa.func.coalesce(each, sa.literal(LAST_DAY, each.type), type_=each.type)
        if each.nullable
        else each
        for each in columns
    ]


@lru_cache(maxsize=64)
def _places(noun: Noun) -> TypeAdapter[Any]:
    shape: Any = tuple.__class_getitem__(
        tuple(_safe(noun, name) for name in (noun.order, noun.key))
    )
    return TypeAdapter(shape)


@lru_cache(maxsize=64)
def _keys(noun: Noun) -> TypeAdapter[Any]:
    return TypeAdapter(_safe(noun, noun.key))


# What a database takes without complaint, of whatever a program may send in an address.
_MOST = 2**31 - 1
_FROM, _UNTIL = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_SAFE: dict[Any, Any] = {
    int: Annotated[int, Field(ge=0, le=_MOST)],
    str: Annotated[str, Field(max_length=400), Printable],
    datetime: Annotated[AwareDatetime, Field(ge=_FROM, le=_UNTIL)],
}


def plain(kind: Any) -> Any:
    """Return a column's kind without the null it may be."""
    if get_origin(kind) in {Union, UnionType}:
        return next(each for each in get_args(kind) if each is not NoneType)
    return kind


def _safe(noun: Noun, column: str) -> Any:
    kind = plain(noun.shape.table.model_fields[column].annotation)
    return _SAFE.get(kind, kind)
