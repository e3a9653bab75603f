"""Nobody said that they know of a date, or nobody can be reached: the next person is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Appearance, Deadline, Person, Reminder
from casemgr.domain.access import Right
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState, Side
from casemgr.usecases import owing
from casemgr.usecases.clock import open_on
from casemgr.usecases.leases import ONE
from casemgr.usecases.policies import Book, book
from casemgr.usecases.work import Work

AT_ONCE = 200
SOON = timedelta(days=1)  # a date as near as this waits for nobody's working hours

_UNANSWERED = (
    sa.select(Reminder)
    .where(col(Reminder.escalate_at) <= sa.bindparam("now"))
    .order_by(col(Reminder.escalate_at), col(Reminder.id))
    .limit(AT_ONCE)
    .with_for_update(skip_locked=True)
)


# By the index: asked whether there is any, PostgreSQL expects to find one soon and reads the table.
_FIRST = (
    sa.select(col(Reminder.escalate_at))
    .where(col(Reminder.escalate_at).is_not(None))
    .order_by(col(Reminder.escalate_at))
    .limit(ONE)
)


def is_due() -> Any:
    """Return the condition that somebody was not answered; it waits for `now`."""
    now: Any = sa.bindparam("now")
    return sa.func.coalesce(_FIRST.scalar_subquery() <= now, sa.false())


def hand_up(work: Work) -> int:
    """Owe a reminder to the next person of each date that nobody answered for; return how many.

    First the second person, or whoever else answers for the matter; then the attorney of record, or
    where nobody is known to be, the matter's attorneys.
    """
    waiting = work.session.scalars(_UNANSWERED, {"now": work.now}).all()
    lines: list[dict[str, Any]] = []
    for reminder in waiting:
        reminder.escalate_at = None
        row = _still_open(work, reminder)
        if row is not None and reminder.acknowledged_at is None:
            lines += _to_the_next(work, reminder, row)
    owing.write(work, lines)
    return len(lines)


def _still_open(work: Work, reminder: Reminder) -> Deadline | None:
    return work.session.scalar(
        sa.select(Deadline).where(col(Deadline.id) == reminder.deadline_id, open_on(work.today))
    )


def _to_the_next(work: Work, reminder: Reminder, row: Deadline) -> list[dict[str, Any]]:
    silent = work.session.get_one(Person, reminder.person_id)
    why = "bounced" if reminder.state is ReminderState.FAILED else "unanswered"
    next_ones = _next_ones(work, reminder, row)
    known = book(work, [row.matter_id], next_ones)
    made = [_line(work, row, who, known, silent.name, why) for who in next_ones]
    for each in made:
        to = work.session.get_one(Person, each["person_id"])
        facts = {"title": row.title, "to": to.name, "whose": silent.name, "why": _WHY[why]}
        work.record("reminder.escalated", row, **facts)
    return made


_WHY = {"bounced": "mails to them come back", "unanswered": "they have not answered"}


def _next_ones(work: Work, reminder: Reminder, row: Deadline) -> Sequence[str]:
    """Return whom to tell: others of this date first, its attorneys after them."""
    responsible = owing.responsible_for(work, [row.matter_id])[row.matter_id]
    others = [each for each in owing.told_of(row, responsible) if each != reminder.person_id]
    others += [each for each in responsible if each not in {*others, reminder.person_id}]
    able = {id_ for id_, _ in doors.who_can(work.session, row.matter_id, Right.LOG, work.today)}
    second = [each for each in others if each in able]
    if reminder.kind is not ReminderKind.ESCALATION and second:
        return second[:1]
    may_sign = doors.who_can(work.session, row.matter_id, Right.SIGN_OFF, work.today)
    attorneys = [id_ for id_, _ in may_sign if id_ != reminder.person_id]
    of_record = _of_record(work, row.lawsuit_id)
    return [each for each in attorneys if each in of_record] or attorneys


def _of_record(work: Work, lawsuit_id: str | None) -> set[str]:
    # Who of the office appears in the lawsuit for our side.
    asked = sa.select(col(Appearance.person_id)).where(
        col(Appearance.lawsuit_id) == lawsuit_id,
        col(Appearance.side) == Side.OURS,
        col(Appearance.person_id).is_not(None),
        col(Appearance.known_on) <= work.today,
    )
    return set(work.session.scalars(asked)) if lawsuit_id is not None else set()


def _line(work: Work, row: Deadline, to: str, known: Book, silent: str, why: str) -> dict[str, Any]:
    due = owing.worked_to(row)
    near = due is None or due <= work.today + SOON
    return owing.line(
        kind=ReminderKind.ESCALATION,
        matter_id=row.matter_id,
        person_id=to,
        send_at=work.now if near or why == "bounced" else known.hours(to).soonest(work.now),
        key=f"{row.id}:v{row.version}:up:{work.today}:{to}",
        days_before=(due - work.today).days if due else 0,
        deadline_id=row.id,
        due_on=due,
        facts={"silent": silent, "why": why},
    )
