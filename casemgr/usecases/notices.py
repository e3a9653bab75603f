"""What is told at once: a new court date, a date that moved, a refusal; and what one has seen.

A notice is owed in the transaction of what it tells. Whoever did it themselves is not told of it,
and casemgr itself (replaying an office's past, say) tells nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.doors import mine
from casemgr.db.tables import Deadline, Matter, Reminder, ReminderHours, Task
from casemgr.domain.prose import long_day
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState, Side
from casemgr.usecases import owing
from casemgr.usecases.policies import Book, book
from casemgr.usecases.work import Work

REFUSED = "foia.appeal_window"  # the time to appeal begins with a refusal
SOON = timedelta(days=2)  # what is as near as this is told at night, too
MOST = 50


class Change(Protocol):
    """What became of a date: `made`, `moved` or `overridden`, from one day to another."""

    @property
    def what(self) -> str: ...
    @property
    def was(self) -> date | None: ...


def owe(
    work: Work,
    changed: Sequence[tuple[Change, owing.Reminded, str]],
    told: Mapping[str, Sequence[str]],
    because: str,
) -> None:
    """Owe notices of dates that were made or moved, each with its rule; `told` says to whom."""
    if work.actor.id is None:
        return
    found = [
        (row, headline, says)
        for change, row, rule in changed
        if row.done_on is None and (row.due is None or row.due >= work.today)
        for headline, says in _said(change, row, rule, because)
    ]
    people = {who for row, _, _ in found for who in told.get(row.id, ()) if who != work.actor.id}
    if not people:
        return
    known, silent = (
        book(work, {row.matter_id for row, _, _ in found}, people),
        _silent(work, people),
    )
    owing.write(
        work,
        [
            _line(work, row, who, known, headline, says)
            for row, headline, says in found
            for who in told.get(row.id, ())
            if who in people - silent
        ],
    )


def _said(
    change: Change, row: owing.Reminded, rule: str, because: str
) -> Iterator[tuple[str, str]]:
    due = long_day(row.due) if row.due else "a day not known yet"
    if change.what in {"moved", "overridden"}:
        if row.lawsuit_id is not None or row.whose is Side.OURS:
            was = long_day(change.was) if change.was else "a day not known"
            yield "Moved", f"This moved from {was} to {due}. Why: {because}."
    elif change.what == "made" and row.lawsuit_id is not None:
        yield "New court date", f"This is new: due {due}. Why: {because}."
    elif change.what == "made" and rule == REFUSED:
        yield "They refused", f"The time to appeal runs until {due}. Why: {because}."


def _line(
    work: Work, row: owing.Reminded, who: str, known: Book, headline: str, says: str
) -> dict[str, Any]:
    near = row.due is None or row.due <= work.today + SOON
    return owing.line(
        kind=ReminderKind.NOTICE,
        matter_id=row.matter_id,
        person_id=who,
        send_at=work.now if near else known.hours(who).soonest(work.now),
        key=f"notice:{row.id}:v{row.version}:{row.due}:{who}",
        days_before=(row.due - work.today).days if row.due else 0,
        deadline_id=row.id,
        due_on=row.due,
        facts={"headline": headline, "says": says[:600]},
    )


def _silent(work: Work, people: set[str]) -> set[str]:
    """Return who does not want to be told at once: they see it on the page."""
    asked = sa.select(col(ReminderHours.person_id)).where(
        col(ReminderHours.person_id).in_(people), col(ReminderHours.notices).is_(False)
    )
    return set(work.session.scalars(asked))


# --- what was told here, on the pages


@dataclass(frozen=True, slots=True)
class Told:
    """One thing somebody was told, as their pages show it until they have seen it."""

    id: str
    kind: ReminderKind
    told_at: datetime
    days_before: int
    facts: Mapping[str, Any]
    deadline_id: str | None
    title: str
    due: date | None
    whose: Side | None
    matter_id: str | None
    matter: str


_UNSEEN = (
    sa.select(
        col(Reminder.id),
        col(Reminder.kind),
        col(Reminder.told_at),
        col(Reminder.days_before),
        col(Reminder.facts),
        col(Reminder.deadline_id),
        sa.func.coalesce(col(Deadline.title), col(Task.title), ""),
        col(Deadline.due),
        col(Deadline.whose),
        col(Matter.id),
        sa.func.coalesce(col(Matter.title), ""),
    )
    .outerjoin(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
    .outerjoin(Task, col(Task.id) == col(Reminder.task_id))
    .outerjoin(Matter, col(Matter.id) == col(Reminder.matter_id))
    .where(
        col(Reminder.told_at).is_not(None),
        col(Reminder.seen_at).is_(None),
        col(Reminder.state) != ReminderState.CANCELLED,
    )
)


def unseen(work: Work) -> list[Told]:
    """Return what the actor was told and has not seen, newest first; nothing of a matter that is
    no longer theirs."""
    asked = (
        _UNSEEN.where(col(Reminder.person_id) == work.actor.id, _still_theirs(work))
        .order_by(col(Reminder.told_at).desc(), col(Reminder.id))
        .limit(MOST)
    )
    return [Told(*row) for row in work.session.execute(asked)]


def _still_theirs(work: Work) -> Any:
    theirs = mine(work.actor, work.today)
    return sa.or_(col(Reminder.matter_id).is_(None), col(Reminder.matter_id).in_(theirs))


def mark_seen(work: Work, until: datetime) -> int:
    """Note that the actor has seen what they were told up to a moment; return how many."""
    done = work.session.execute(
        sa.update(Reminder)
        .where(
            col(Reminder.person_id) == work.actor.id,
            col(Reminder.told_at) <= until,
            col(Reminder.seen_at).is_(None),
            _still_theirs(work),
        )
        .values(seen_at=work.now)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]
