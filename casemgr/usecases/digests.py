"""The morning's list: what is due, to each person once a working morning. Its absence is an alarm.

So it is sent when nothing is due, too. The next one is a row that waits before it is wanted: at
most one for each person, which the database itself sees to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.tables import Person, Reminder, ReminderHours
from casemgr.domain.reminders import Hours, ReminderKind
from casemgr.domain.words import DeadlineState, Role, Side
from casemgr.usecases import owing
from casemgr.usecases.leases import OPEN, is_one_of
from casemgr.usecases.policies import hours_of
from casemgr.usecases.views import due
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.work import Work

A_DAY, AHEAD = timedelta(days=1), timedelta(days=7)
MOST = 40  # lines of one part; the page has them all

_WITHOUT = (
    sa.select(col(Person.id), ReminderHours)
    .outerjoin(ReminderHours, col(ReminderHours.person_id) == col(Person.id))
    .where(
        col(Person.active).is_(True),
        col(Person.role).in_([Role.STUDENT, Role.STAFF, Role.ATTORNEY]),
        sa.func.coalesce(col(ReminderHours.digest), sa.true()).is_(sa.true()),
        ~sa.select(sa.literal(1))
        .where(
            col(Reminder.person_id) == col(Person.id),
            is_one_of(col(Reminder.kind), [ReminderKind.DIGEST]),
            is_one_of(col(Reminder.state), OPEN),
        )
        .exists(),
    )
)


def is_due() -> Any:
    """Return the condition that somebody has no morning's list waiting."""
    return _WITHOUT.exists()


def owe(work: Work) -> int:
    """Owe the next morning's list to everybody who has none waiting; return to how many."""
    found = work.session.execute(_WITHOUT).all()
    owing.write(work, [_line(work, id_, hours_of(row, work.zone)) for id_, row in found])
    return len(found)


def _line(work: Work, person_id: str, hours: Hours) -> dict[str, Any]:
    day = next_morning(work, hours)
    return owing.line(
        kind=ReminderKind.DIGEST,
        matter_id=None,
        person_id=person_id,
        send_at=hours.at_morning(day),
        key=f"digest:{day}:{person_id}",
        due_on=day,
        facts={"title": "What is due"},
    )


def next_morning(work: Work, hours: Hours) -> date:
    """Return the day of the next morning that is not quiet."""
    there = work.now.astimezone(hours.zone)
    late = there.time() >= hours.morning
    return hours.after(there.date() + timedelta(days=1) if late else there.date())


@dataclass(frozen=True, slots=True)
class Item:
    """One date of the list."""

    title: str
    matter: str
    due: date | None
    deadline_id: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """What is due, for one person's morning."""

    late: Sequence[Item]
    today: Sequence[Item]
    soon: Sequence[Item]
    opened: Sequence[Item]  # the other side is late: a right of ours may be open
    unconfirmed: int
    beyond: Item | None

    @property
    def headline(self) -> str:
        """Return the subject: what is late first."""
        said = [
            f"{len(these)} {words}"
            for these, words in ((self.late, "late"), (self.today, "today"), (self.soon, "soon"))
            if these
        ]
        return ", ".join(said) or "nothing in the next seven days"


def of(work: Work) -> Digest:
    """Return what the actor is told this morning: from what the page *Due* shows them."""
    seen = due.look(work, period="all")
    ours = [each for each in seen.ours if each.line.due is not None]
    horizon = work.today + AHEAD
    return Digest(
        late=_items(each for each in ours if each.state is DeadlineState.OVERDUE),
        today=_items(each for each in ours if _on(each, work.today, work.today)),
        soon=_items(each for each in ours if _on(each, work.today + timedelta(days=1), horizon)),
        opened=_items(
            each
            for each in seen.theirs
            if each.line.whose is Side.THEIRS and each.state is DeadlineState.OVERDUE
        ),
        unconfirmed=sum(each.state is DeadlineState.NOT_CONFIRMED for each in seen.ours),
        beyond=next(
            iter(_items(each for each in ours if _on(each, horizon + A_DAY, date.max))), None
        ),
    )


def _on(each: Shown, first: date, last: date) -> bool:
    day = each.line.due
    return each.state is not DeadlineState.OVERDUE and day is not None and first <= day <= last


def _items(found: Any) -> list[Item]:
    return [
        Item(each.line.title, each.line.matter, each.line.due, each.line.id, each.line.certain)
        for each in found
    ]
