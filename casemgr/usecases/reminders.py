"""Reminders: owed with the deadline, claimed by an UPDATE with a lease, sent at least once.

A reminder sent twice is a nuisance; one lost may be a default judgment. So a claim is committed
before anything is sent, an expired claim is taken again, and a repeat says that it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.doors import mine
from casemgr.db.tables import Deadline, Heartbeat, Matter, Person, Reminder, Task
from casemgr.domain.words import ReminderState, Role, Side
from casemgr.usecases.clock import open_on
from casemgr.usecases.work import Actor, Work

LEASE = timedelta(minutes=5)
AT_ONCE = 20
TRIES = 8
SWEEP, BACKUP = "sweep", "backup"


@dataclass(frozen=True, slots=True)
class Mail:
    """A claimed reminder: whom to tell, of what; plain values, fit to leave the database."""

    id: str
    dedupe_key: str
    attempts: int
    to_name: str
    to_email: str
    title: str
    matter_id: str
    matter: str

    @property
    def may_repeat(self) -> bool:
        """Say whether this one was claimed before: the mail then says it may be a repeat."""
        return self.attempts > 1


@dataclass(frozen=True, slots=True)
class Alert(Mail):
    """What somebody is told at once, beside the task that tells it too."""

    note: str


@dataclass(frozen=True, slots=True)
class Owed(Mail):
    """A reminder of a deadline with everything its mail says."""

    days_before: int
    deadline_id: str
    whose: Side
    due: date | None
    safe: date | None
    certain: bool
    uncertain_because: str
    rule: str | None
    steps: tuple[dict[str, Any], ...]
    readings: tuple[dict[str, Any], ...]


_FREE = sa.and_(
    col(Reminder.state).in_([ReminderState.PENDING, ReminderState.CLAIMED]),
    col(Reminder.send_at) <= sa.bindparam("now"),
    sa.or_(col(Reminder.lease_until).is_(None), col(Reminder.lease_until) <= sa.bindparam("now")),
    # Of a closed matter they wait, so that they are there when it is opened again; alerts do not.
    sa.or_(
        col(Reminder.task_id).is_not(None),
        col(Reminder.matter_id).not_in(
            sa.select(col(Matter.id)).where(col(Matter.closed_on) <= sa.bindparam("today"))
        ),
    ),
)

_CLAIM = (
    sa.update(Reminder)
    .where(
        col(Reminder.id).in_(
            sa.select(col(Reminder.id))
            .where(_FREE)
            .order_by(col(Reminder.send_at), col(Reminder.id))
            .limit(sa.bindparam("at_once"))
            .with_for_update(skip_locked=True)
        )
    )
    .values(
        state=ReminderState.CLAIMED,
        claimed_by=sa.bindparam("owner"),
        lease_until=sa.bindparam("until"),
        attempts=Reminder.attempts + 1,
    )
    .returning(col(Reminder.id))
    .execution_options(synchronize_session=False)
)


def claim(work: Work, owner: str, at_once: int = AT_ONCE) -> tuple[Owed | Alert, ...]:
    """Take what is due, so that nobody else does; a claim lapses after five minutes.

    What is no longer owed by today's facts (done, superseded, or the person has left the
    matter) is cancelled here instead of sent.
    """
    taken = work.session.scalars(
        _CLAIM,
        {
            "now": work.now,
            "today": work.today,
            "owner": owner,
            "until": work.now + LEASE,
            "at_once": at_once,
        },
    ).all()
    if not taken:
        return ()
    owed = _alerts(work, taken) + _owed(work, taken)
    kept = {each.id for each in owed}
    _set(work, [each for each in taken if each not in kept], state=ReminderState.CANCELLED)
    return owed


def _owed(work: Work, taken: Sequence[str]) -> tuple[Owed | Alert, ...]:
    asked = (
        _to_whom(Deadline, taken)
        .join(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
        .where(open_on(work.today))
    )
    return tuple(
        _plain(reminder, deadline, person, matter)
        for reminder, person, matter, deadline in work.session.execute(asked).all()
        if _still_on(work, person, matter.id)
    )


def _alerts(work: Work, taken: Sequence[str]) -> tuple[Owed | Alert, ...]:
    # Told although the task is done: whoever was let in could have marked it so.
    asked = _to_whom(Task, taken).join(Task, col(Task.id) == col(Reminder.task_id))
    return tuple(
        Alert(**_addressed(reminder, person, matter), title=task.title, note=task.note)
        for reminder, person, matter, task in work.session.execute(asked).all()
        if _still_on(work, person, matter.id)
    )


def _to_whom(about: Any, taken: Sequence[str]) -> sa.Select[Any]:
    return (
        sa.select(Reminder, Person, Matter, about)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .join(Matter, col(Matter.id) == col(Reminder.matter_id))
        .where(col(Reminder.id).in_(taken), col(Person.active).is_(True))
        .order_by(col(Reminder.send_at), col(Reminder.id))
    )


def _addressed(reminder: Reminder, person: Person, matter: Matter) -> dict[str, Any]:
    return {
        "id": reminder.id,
        "dedupe_key": reminder.dedupe_key,
        "attempts": reminder.attempts,
        "to_name": person.name,
        "to_email": person.email,
        "matter_id": matter.id,
        "matter": matter.title,
    }


def _still_on(work: Work, person: Person, matter_id: str) -> bool:
    actor = Actor(person.id, person.name, Role(person.role), person.office_wide, at=work.now)
    found = work.session.scalar(
        sa.select(sa.literal(1)).where(sa.literal(matter_id).in_(mine(actor, work.today)))
    )
    return found is not None


def _plain(reminder: Reminder, deadline: Deadline, person: Person, matter: Matter) -> Owed:
    return Owed(
        **_addressed(reminder, person, matter),
        title=deadline.title,
        days_before=reminder.days_before,
        deadline_id=deadline.id,
        whose=deadline.whose,
        due=deadline.due,
        safe=deadline.safe,
        certain=deadline.certain,
        uncertain_because=deadline.uncertain_because,
        rule=deadline.rule,
        steps=tuple(deadline.steps),
        readings=tuple(deadline.readings),
    )


def _set(work: Work, ids: Sequence[str], **values: object) -> None:
    if ids:
        work.session.execute(
            sa.update(Reminder)
            .where(col(Reminder.id).in_(ids))
            .values(claimed_by=None, lease_until=None, **values)
            .execution_options(synchronize_session=False)
        )


def sent(work: Work, owed: Mail, owner: str) -> None:
    """Note that a reminder went out; only its claimant may."""
    done = work.session.execute(
        sa.update(Reminder)
        .where(col(Reminder.id) == owed.id, col(Reminder.claimed_by) == owner)
        .values(state=ReminderState.SENT, sent_at=work.now, claimed_by=None, lease_until=None)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:  # type: ignore[attr-defined]
        row = work.session.exec(select(Reminder).where(Reminder.id == owed.id)).one()
        work.record("reminder.sent", row, to=owed.to_name, title=owed.title)


def not_sent(work: Work, owed: Mail, why: str) -> None:
    """Note that sending failed: tried again later and later, and given up loudly at the end."""
    tried_out = owed.attempts >= TRIES
    wait = timedelta(minutes=min(2**owed.attempts, 60))
    work.session.execute(
        sa.update(Reminder)
        .where(col(Reminder.id) == owed.id)
        .values(
            state=ReminderState.FAILED if tried_out else ReminderState.CLAIMED,
            claimed_by=None,
            lease_until=work.now + wait,
            last_problem=why[:500],
        )
        .execution_options(synchronize_session=False)
    )


def skip_before(work: Work, moment: datetime) -> int:
    """Set aside reminders that fell due before an office opened; return how many."""
    done = work.session.execute(
        sa.update(Reminder)
        .where(col(Reminder.state) == ReminderState.PENDING, col(Reminder.send_at) < moment)
        .values(state=ReminderState.SKIPPED)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def beat(work: Work, moment: datetime, says: str, name: str = SWEEP) -> None:
    """Note that a sweep, or a backup, ran to its end, in real time: silence is an alarm."""
    work.session.merge(Heartbeat(name=name, at=moment, says=says[:300]))
