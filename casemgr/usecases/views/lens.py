"""What one person may see today: every page looks through this and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from casemgr.db import lists
from casemgr.db.doors import mine
from casemgr.errors import NotFound
from casemgr.usecases.work import Work

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class Lens:
    """A piece of work with the matters its actor may know of today."""

    work: Work
    matters: tuple[str, ...]

    @property
    def today(self) -> date:
        """Return the day that everything is seen on."""
        return self.work.today

    def rows(
        self, statement: sa.Executable, shape: Callable[..., Shape], **given: object
    ) -> list[Shape]:
        """Return a list of `casemgr.db.lists` as plain values of this shape, column by column."""
        asked = {"matters": self.matters, "today": self.today, "now": self.work.now, **given}
        return [shape(*row) for row in self.work.session.execute(statement, asked)]

    def one(self, statement: sa.Executable, shape: Callable[..., Shape], **given: object) -> Shape:
        """Return the only row; NotFound where there is none, or it is not theirs to see."""
        found = self.rows(statement, shape, **given)
        if not found:
            raise NotFound
        return found[0]

    def narrowed(self, matter_id: str) -> Lens:
        """Return the lens on one matter; NotFound where it is not theirs to see."""
        if matter_id not in self.matters:
            raise NotFound
        return Lens(self.work, (matter_id,))


def lens(work: Work) -> Lens:
    """Return what the actor may see today."""
    return Lens(work, tuple(work.session.scalars(mine(work.actor, work.today))))


@dataclass(frozen=True, slots=True)
class Flag:
    """An inconsistency of a source, to be shown beside the fact it concerns."""

    number: int
    matter_id: str
    subject_kind: str
    subject_id: str
    says: str
    source: str


def flags(seen: Lens) -> dict[str, list[Flag]]:
    """Return the flags that may be seen, by the id of what they concern."""
    found: dict[str, list[Flag]] = {}
    for flag in seen.rows(lists.FLAGS, Flag):
        found.setdefault(flag.subject_id, []).append(flag)
    return found
