"""The lease on what is owed outside: claimed by an UPDATE, given back, tried later and later.

Reminders and messages to programs are rows of two tables with the same columns. A claim is
committed before anything is sent; one that lapses is taken again, and a repeat says that it is one.
Jobs in the background (imports, large docket papers) are held the same way.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from casemgr.db.tables import Person
from casemgr.domain.words import ReminderState, Role
from casemgr.usecases import signin
from casemgr.usecases.work import Actor, Work

LEASE = timedelta(minutes=5)
OPEN = (ReminderState.PENDING, ReminderState.CLAIMED)
_NOBODY = Actor(None, "", Role.GUEST)


def is_one_of(column: Any, words: Collection[StrEnum]) -> Any:
    """Return the condition that a column has one of these words, with the words in the SQL itself.

    SQLite uses an index over some of a table's rows only where it reads which ones are meant;
    where they come as parameters it reads the table, however large it is.
    """
    said = list(words)
    if len(said) == 1:
        return column == sa.bindparam(None, said[0], literal_execute=True)
    return column.in_(sa.bindparam(None, said, expanding=True, literal_execute=True))


# In the SQL itself: of a limit that comes as a parameter PostgreSQL cannot tell that it is small,
# and plans the statement anew every minute, which takes longer than to read what it asks for.
ONE: Any = sa.literal_column("1")


def first_of(table: Any, free: Any) -> Any:
    """Return the id of what is owed longest, read from the index over what waits.

    Asked only whether there is any, PostgreSQL expects to find one soon and reads the table.
    """
    return sa.select(table.id).where(free).order_by(table.send_at).limit(ONE).scalar_subquery()


def take_job(
    work: Work, model: Any, job_id: str, by: str, at_work: Collection[StrEnum], **values: object
) -> Actor | None:
    """Take a job that nobody holds, and return whoever it is done for; None where it is held.

    A job has its `state`, its `person_id`, and a claim (`claimed_by`, `lease_until`) that lapses.
    """
    table = model.__table__
    free = sa.or_(table.c.lease_until.is_(None), table.c.lease_until < work.now)
    taken: Any = work.session.execute(
        sa.update(table)
        .where(table.c.id == job_id, table.c.state.in_(at_work), free)
        .values(claimed_by=by, lease_until=work.now + LEASE, **values)
    )
    if taken.rowcount != 1:
        return None
    row = work.session.get_one(model, job_id)
    person = work.session.get_one(Person, row.person_id)
    # For somebody who has left no door opens any more: the job ends with that sentence.
    return signin.as_actor(person) if signin.is_here(work, person) else _NOBODY


@dataclass(frozen=True, slots=True)
class Leases:
    """The claims on the rows of one table: `id`, `state`, `send_at` and what a claim notes."""

    table: Any

    @property
    def free(self) -> Any:
        """Return the condition for what is owed at `now` and held by nobody."""
        now: Any = sa.bindparam("now")
        return sa.and_(
            is_one_of(self.table.state, OPEN),
            self.table.send_at <= now,
            sa.or_(self.table.lease_until.is_(None), self.table.lease_until <= now),
        )

    def claim(self, picked: Any, **more: Any) -> Any:
        """Return the UPDATE that takes what `picked` selects (ids) for `owner` `until` a moment.

        `picked` should skip what others have locked. It counts as unsure until it is known
        what became of it.
        """
        return (
            sa.update(self.table)
            .where(self.table.id.in_(picked))
            .values(
                state=ReminderState.CLAIMED,
                claimed_by=sa.bindparam("owner"),
                lease_until=sa.bindparam("until"),
                attempts=self.table.attempts + 1,
                unsure=self.table.unsure + 1,
                **more,
            )
            .returning(self.table.id)
            .execution_options(synchronize_session=False)
        )

    def settle(self, work: Work, ids: Collection[str], **values: object) -> None:
        """End the claims on these rows."""
        if ids:
            self._change(work, self.table.id.in_(ids), lease_until=None, **values)

    def note_sent(self, work: Work, row_id: str, owner: str, **values: object) -> bool:
        """Note that a row went out; only its claimant may, and False is that it is another's."""
        theirs = sa.and_(self.table.id == row_id, self.table.claimed_by == owner)
        sent = {"state": ReminderState.SENT, "sent_at": work.now, "lease_until": None}
        return self._change(work, theirs, **sent, **values) > 0

    def give_back(self, work: Work, ids: Collection[str], until: datetime, why: str) -> None:
        """Give back what was claimed and not tried, to be taken again from a moment on."""
        not_tried = {"unsure": self.table.unsure - 1, "attempts": self.table.attempts - 1}
        self._later(work, self.table.id.in_(ids), until, why, **not_tried)

    def try_later(
        self, work: Work, row_id: str, attempts: int, why: str, *, in_doubt: bool
    ) -> None:
        """Owe again what could not be sent: after two minutes, four, and at most an hour.

        `in_doubt` is a sending of which nobody can say whether it arrived: the next says so.
        """
        until = work.now + timedelta(minutes=min(2 ** min(attempts, 6), 60))
        unsure = self.table.unsure - (0 if in_doubt else 1)
        self._later(work, self.table.id == row_id, until, why, unsure=unsure)

    def _later(self, work: Work, which: Any, until: datetime, why: str, **values: object) -> None:
        waits = {"state": ReminderState.CLAIMED, "lease_until": until, "last_problem": why[:500]}
        self._change(work, which, **waits, **values)

    def _change(self, work: Work, which: Any, **values: object) -> int:
        done = work.session.execute(
            sa.update(self.table)
            .where(which)
            .values(claimed_by=None, **values)
            .execution_options(synchronize_session=False)
        )
        return int(done.rowcount)  # type: ignore[attr-defined]
