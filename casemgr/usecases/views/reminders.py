"""What was sent to whom and when, for one date; and what somebody was told and has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Deadline, Matter, Person, Reminder, Task
from casemgr.domain.access import Right, may
from casemgr.domain.prose import listed
from casemgr.domain.reminders import ReminderKind, policy_kind
from casemgr.domain.words import ReminderState, Side
from casemgr.usecases import answers, notices, owing
from casemgr.usecases.policies import book
from casemgr.usecases.work import Work

ANSWERED = (ReminderKind.DEADLINE, ReminderKind.ESCALATION)


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder of a date: to whom, when, and what became of it."""

    to: str
    to_id: str
    kind: ReminderKind
    days_before: int
    channel: str
    send_at: datetime
    state: ReminderState
    sent_at: datetime | None
    attempts: int
    may_repeat: bool
    last_problem: str
    acknowledged_at: datetime | None
    facts: Mapping[str, Any]

    @property
    def about(self) -> str:
        """Return which reminder it is."""
        if self.kind is ReminderKind.NOTICE:
            return str(self.facts.get("headline", "Notice"))
        if self.kind is ReminderKind.KNOCK:
            return f"Beside a mail, by {self.facts.get('by', 'chat')}"
        if self.kind is ReminderKind.ESCALATION:
            return f"In place of {self.facts.get('silent', 'others')}"
        days = self.days_before
        if days < 0:
            return "It is late"
        return {0: "On the day", 1: "The day before"}.get(days, f"{days} days before")

    @property
    def became(self) -> str:
        """Return what became of it, in words."""
        if self.acknowledged_at is not None:
            return "Answered"
        said = {
            ReminderState.SENT: "Sent",
            ReminderState.FAILED: "Could not be sent",
            ReminderState.CANCELLED: "Not needed any more",
            ReminderState.SKIPPED: "Before the office used casemgr",
        }.get(self.state)
        return said or ("Waits to be tried again" if self.attempts else "Waits for its day")


@dataclass(frozen=True, slots=True)
class Section:
    """The reminders of a date, and what the reader may answer."""

    lines: Sequence[Line]
    people: Sequence[str]
    days_before: Sequence[int]
    overdue_every: int
    two_wanted: bool  # in court, with fewer than two people to be told
    may_answer: bool
    answered_at: datetime | None
    last_snooze: date | None
    others: Sequence[tuple[str, str]]

    @property
    def plan(self) -> str:
        """Return the policy in a sentence."""
        ahead = [str(each) for each in self.days_before if each]
        parts = [f"{', '.join(ahead)} days before"] if ahead else []
        parts += ["on the day"] if 0 in self.days_before else []
        parts.append("when it is late" + (", until it is done" if self.overdue_every else ""))
        return listed(parts)


_LINES = (
    sa.select(
        col(Person.name),
        col(Person.id),
        col(Reminder.kind),
        col(Reminder.days_before),
        col(Reminder.channel),
        col(Reminder.send_at),
        col(Reminder.state),
        col(Reminder.sent_at),
        col(Reminder.attempts),
        col(Reminder.unsure) > 1,
        col(Reminder.last_problem),
        col(Reminder.acknowledged_at),
        col(Reminder.facts),
    )
    .join(Person, col(Person.id) == col(Reminder.person_id))
    .where(col(Reminder.deadline_id) == sa.bindparam("deadline"))
    .order_by(col(Reminder.send_at), col(Person.name), col(Reminder.id))
)


def of_deadline(work: Work, deadline_id: str) -> Section:
    """Show what was sent, and will be, about one date to whoever may know of it."""
    row = doors.deadline(work.session, work.actor, deadline_id, Right.READ, work.today)
    lines = [Line(*each) for each in work.session.execute(_LINES, {"deadline": deadline_id})]
    responsible = owing.responsible_for(work, [row.matter_id])[row.matter_id]
    told = owing.told_of(row, responsible)
    known = book(work, [row.matter_id], told)
    policy = known.of_matter(
        policy_kind(row.whose, in_court=row.lawsuit_id is not None), row.matter_id
    )
    open_ = row.done_on is None and (row.superseded_on is None or row.superseded_on > work.today)
    closed_on = work.session.scalar(
        sa.select(col(Matter.closed_on)).where(col(Matter.id) == row.matter_id)
    )
    open_ = open_ and (closed_on is None or closed_on > work.today)
    names = dict(
        work.session.execute(
            sa.select(col(Person.id), col(Person.name)).where(col(Person.id).in_(told))
        ).all()
    )
    mine = [
        each.acknowledged_at
        for each in lines
        if each.to_id == work.actor.id and each.kind in ANSWERED and each.sent_at
    ]
    return Section(
        lines=lines,
        people=[str(names[each]) for each in told if each in names],
        days_before=policy.days_before,
        overdue_every=policy.overdue_every,
        two_wanted=row.lawsuit_id is not None and len(told) < 2 and open_,
        may_answer=open_ and may(work.actor.role, Right.LOG) and row.whose is Side.OURS,
        answered_at=max((each for each in mine if each), default=None) if all(mine) else None,
        last_snooze=answers.last_snooze(work, row),
        others=answers.others(work, row),
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """One reminder that waits for its moment."""

    id: str
    deadline_id: str | None
    to: str
    send_at: datetime
    title: str


def waiting(work: Work, days: int) -> list[Waiting]:
    """Show what waits on the actor's matters within some days, the next one first."""
    asked = (
        sa.select(
            col(Reminder.id),
            col(Reminder.deadline_id),
            col(Person.name),
            col(Reminder.send_at),
            sa.func.coalesce(col(Deadline.title), col(Task.title), ""),
        )
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .outerjoin(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
        .outerjoin(Task, col(Task.id) == col(Reminder.task_id))
        .where(
            col(Reminder.state).in_([ReminderState.PENDING, ReminderState.CLAIMED]),
            col(Reminder.send_at) <= work.now + timedelta(days=days),
            col(Reminder.matter_id).in_(doors.mine(work.actor, work.today)),
        )
        .order_by(col(Reminder.send_at), col(Reminder.id))
    )
    return [Waiting(*row) for row in work.session.execute(asked)]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what somebody was told: what, of which matter, and where to see it."""

    told_at: datetime
    headline: str
    says: str
    title: str
    matter: str
    address: str


def told(work: Work) -> list[Told]:
    """Show the actor what they were told and have not seen."""
    return [
        Told(each.told_at, *_words(each, work.today), each.title, each.matter, _seen_at(each))
        for each in notices.unseen(work)
    ]


def _words(each: notices.Told, today: date) -> tuple[str, str]:
    if each.kind in (ReminderKind.NOTICE, ReminderKind.TROUBLE):
        headline = each.facts.get("headline") or each.facts.get("title", "")
        return str(headline), str(each.facts.get("says", ""))
    if each.kind is ReminderKind.ALERT:
        return "Look today", ""
    says = ""
    if each.kind is ReminderKind.ESCALATION and each.facts.get("silent"):
        says = f"{each.facts['silent']} was told and has not answered."
    return _due(each, today), says


def _due(each: notices.Told, today: date) -> str:
    if each.due is None:
        return "Due"
    days = (each.due - today).days
    if days < 0:
        return "Late" if each.whose is Side.OURS else "Their time ran out"
    return {0: "Due today", 1: "Due tomorrow"}.get(days, f"Due in {days} days")


def _seen_at(each: notices.Told) -> str:
    if each.deadline_id:
        return f"/deadlines/{each.deadline_id}"
    return f"/matters/{each.matter_id}" if each.matter_id else "/reminders/health"


def deadline_row(work: Work, deadline_id: str) -> Deadline:
    """Return the date itself to whoever may know of it."""
    return doors.deadline(work.session, work.actor, deadline_id, Right.READ, work.today)
