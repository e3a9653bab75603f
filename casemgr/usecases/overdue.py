"""What is late is told again until it is done, and who signs for the matter is told at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from casemgr.db import doors
from casemgr.db.tables import Deadline, Reminder
from casemgr.domain.access import Right
from casemgr.domain.reminders import PolicyKind, ReminderKind, next_overdue, policy_kind
from casemgr.usecases import owing
from casemgr.usecases.policies import Book
from casemgr.usecases.work import Work


def tell_on(work: Work, told: Iterable[tuple[Reminder, Deadline]], known: Book) -> None:
    """Owe what follows from telling that a date is past: the next telling, and the attorneys.

    Written in the claim's transaction, so that the chain does not end with a process.
    """
    lines: list[dict[str, Any]] = []
    for reminder, row in told:
        if reminder.kind is not ReminderKind.DEADLINE or reminder.days_before >= 0:
            continue
        if reminder.attempts == 1:
            lines += _again(work, reminder, row, known)
        if reminder.attempts == 1 and reminder.days_before == -1:
            lines += _attorneys(work, reminder, row)
    owing.write(work, lines)


def _again(work: Work, reminder: Reminder, row: Deadline, known: Book) -> list[dict[str, Any]]:
    person_id, due = reminder.person_id, owing.worked_to(row)
    kind = policy_kind(row.whose, in_court=row.lawsuit_id is not None)
    policy, hours = known.policy(kind, row.matter_id, person_id), known.hours(person_id)
    day = next_overdue(policy, work.now.astimezone(hours.zone).date(), hours)
    if day is None or due is None:
        return []
    late = max((day - due).days, 2)
    return [
        owing.line(
            kind=ReminderKind.DEADLINE,
            matter_id=row.matter_id,
            person_id=person_id,
            send_at=hours.at_morning(day),
            key=f"{row.id}:v{row.version}:T+{late}:{person_id}:mail",
            days_before=-late,
            deadline_id=row.id,
            due_on=due,
        )
    ]


def _attorneys(work: Work, reminder: Reminder, row: Deadline) -> list[dict[str, Any]]:
    """Tell the attorneys on the matter that a date of ours in court has passed."""
    kind = policy_kind(row.whose, in_court=row.lawsuit_id is not None)
    if kind is not PolicyKind.OUR_COURT_DATE:
        return []
    told = doors.who_can(work.session, row.matter_id, Right.SIGN_OFF, work.today)
    return [
        owing.line(
            kind=ReminderKind.ESCALATION,
            matter_id=row.matter_id,
            person_id=person_id,
            send_at=work.now,
            key=f"{row.id}:v{row.version}:late:{person_id}:mail",
            days_before=-1,
            deadline_id=row.id,
            due_on=row.due or work.today - timedelta(days=1),
            facts={"why": "late"},
        )
        for person_id, _ in told
        if person_id not in {reminder.person_id, row.owner_id, row.second_id}
    ]
