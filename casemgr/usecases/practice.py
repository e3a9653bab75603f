"""Put the practice matter back as it was planted: a beginner may break it and start over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from casemgr.db import doors
from casemgr.db.tables import Matter, Membership
from casemgr.domain.access import Right
from casemgr.fields import seeded_code
from casemgr.shipped import shipped
from casemgr.usecases.plant import replay
from casemgr.usecases.seeds import Seed, read_seeds
from casemgr.usecases.work import Work

PRACTICE = seeded_code("M", "practice")

# The history is never taken back; who may see the matter, and who may not, outlives a reset.
_KEPT = frozenset({"history_entry", "matter", "membership", "origin", "wall", "emergency"})


def reset_practice(work: Work) -> None:
    """Delete what hangs on the practice matter, and on nothing else, and plant it again.

    For anybody on the matter who may log facts; `NotFound` for everybody else.
    """
    # Closing it is one of the ways to break it, so this asks no more than to be on it.
    doors.matter(work.session, work.actor, PRACTICE, Right.READ, work.today)
    doors.allow(work.actor, Right.LOG)
    of_the_matter = list(_hanging_on(read_seeds(shipped("seeds")).rows, PRACTICE))
    _empty(work)
    kept = [seed for seed in of_the_matter if seed.table in {Matter, Membership}]
    for seed in kept:
        _restore(work, seed)
    replay(work, [seed for seed in of_the_matter if seed not in kept], recorded=False)
    work.record("practice.reset", work.session.get(Matter, PRACTICE))


def _hanging_on(rows: tuple[Seed, ...], row_id: str) -> Iterator[Seed]:
    """Yield the row and whatever points to it, near or far; parents come first in `rows`."""
    ids = {row_id}
    for seed in rows:
        points_to = {value for value in seed.values.values() if isinstance(value, str)}
        if ids & points_to:
            ids |= {seed.id} - {None}
            yield seed


def _restore(work: Work, seed: Seed) -> None:
    same: Any = select(seed.table)
    if seed.table is Membership:
        same = same.where(
            col(Membership.person_id) == seed.values["person_id"],
            col(Membership.matter_id) == seed.values["matter_id"],
        )
    else:
        same = same.where(col(Matter.id) == seed.id)
    fresh = seed.table.model_validate(dict(seed.values))
    found = work.session.exec(same).one_or_none()
    if found is None:
        work.session.add(fresh)
    else:
        found.sqlmodel_update(fresh.model_dump(exclude={"id", "version"}))
        work.session.add(found)
    work.session.flush()


# --- what hangs on a matter, found from the foreign keys


def _empty(work: Work) -> None:
    work.session.flush()
    hanging = [table for table in reversed(SQLModel.metadata.sorted_tables) if _hangs(table)]
    for table in hanging:
        for column in _to_itself(table):  # a row may not go before the one that points to it
            work.session.execute(
                sa.update(table).where(_of_practice(table)).values({column.name: None})
            )
    for table in hanging:
        work.session.execute(sa.delete(table).where(_of_practice(table)))
    work.session.expunge_all()  # rows with the same codes are about to be made again


def _to_itself(table: sa.Table) -> list[sa.Column[Any]]:
    return [
        column
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]


def _parents(table: sa.Table) -> list[tuple[sa.Column[Any], sa.Column[Any]]]:
    """Return the references to other rows that hang on a matter, each with what it names."""
    return [
        (column, key.column)
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table is not table and _hangs(key.column.table)
    ]


@cache
def _hangs(table: sa.Table) -> bool:
    if table.name in _KEPT:
        return False
    return "matter_id" in table.columns or bool(_parents(table))


def _of_practice(table: sa.Table) -> sa.ColumnElement[bool]:
    if "matter_id" in table.columns:
        return table.c.matter_id == PRACTICE
    return sa.or_(
        *(
            column.in_(sa.select(named).where(_of_practice(named.table)))
            for column, named in _parents(table)
        )
    )
