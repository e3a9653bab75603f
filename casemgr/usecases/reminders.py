"""Reminders: owed with the deadline, claimed by an UPDATE with a lease, sent at least once.

A reminder sent twice is a nuisance; one lost may be a default judgment. So a claim is committed
before anything is sent, an expired claim is taken again, and a repeat says that it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as lite_insert
from sqlalchemy.orm.util import identity_key
from sqlmodel import col

from casemgr.db.doors import mine
from casemgr.db.tables import Deadline, Heartbeat, Matter, Person, Reminder, Task
from casemgr.domain.reminders import MAIL, ReminderKind, answer_until, policy_kind
from casemgr.domain.words import ReminderState, Role, Side
from casemgr.usecases import overdue
from casemgr.usecases.clock import open_on
from casemgr.usecases.leases import LEASE, Leases, first_of
from casemgr.usecases.policies import Book, book
from casemgr.usecases.told import Alert, Appointment, Mail, Owed, Plain, Told
from casemgr.usecases.work import Actor, Work

AT_ONCE = 100
TOGETHER_FROM = 6  # as many for one person at once become one mail
AN_HOUR = timedelta(hours=1)
TRIES = 80  # about three days, the last of them an hour apart
SWEEP, BACKUP = "sweep", "backup"

_OF_THE_OFFICE = (ReminderKind.DIGEST, ReminderKind.TROUBLE)
_SHOWN_HERE = (
    ReminderKind.DEADLINE, ReminderKind.ALERT, ReminderKind.NOTICE, ReminderKind.ESCALATION,
    ReminderKind.TROUBLE,
)  # fmt: skip
_HEARTBEAT: Any = Heartbeat.__table__  # type: ignore[attr-defined]

_LEASES = Leases(Reminder)
_FREE = sa.and_(
    _LEASES.free,
    col(Reminder.channel) == MAIL,
    # Of a closed matter they wait, so that they are there when it is opened again; alerts do not.
    sa.or_(
        col(Reminder.task_id).is_not(None),
        col(Reminder.matter_id).is_(None),
        col(Reminder.matter_id).not_in(
            sa.select(col(Matter.id)).where(col(Matter.closed_on) <= sa.bindparam("today"))
        ),
    ),
)


def claim_statement(*conditions: Any) -> Any:
    """Return the UPDATE that takes what is due, most urgent first, skipping what others hold."""
    picked = (
        sa.select(col(Reminder.id))
        .where(_FREE, *conditions)
        .order_by(col(Reminder.due_on), col(Reminder.send_at), col(Reminder.id))
        .limit(sa.bindparam("at_once"))
        .with_for_update(skip_locked=True)
    )
    # Shown here with the claim that is committed: exactly once, whatever becomes of mails.
    shown = (
        col(Reminder.kind).in_(_SHOWN_HERE),
        sa.func.coalesce(col(Reminder.told_at), sa.bindparam("now")),
    )
    return _LEASES.claim(picked, told_at=sa.case(shown, else_=col(Reminder.told_at)))


_CLAIM = claim_statement()
_CLAIM_OF_ONE = claim_statement(
    col(Reminder.person_id) == sa.bindparam("person"),
    col(Reminder.kind) != ReminderKind.DIGEST,
)


def is_due() -> Any:
    """Return the condition that somebody is owed a mail now; it waits for `now` and `today`."""
    return first_of(Reminder, _FREE).is_not(None)


def claim(work: Work, owner: str, at_once: int = AT_ONCE) -> tuple[Told, ...]:
    """Take what is due, so that nobody else does; a claim lapses after five minutes.

    What is no longer owed by today's facts (done, superseded, or the person has left the
    matter) is cancelled here instead of sent. Where much waits, all of a person's is taken at once,
    so that it can go into one mail.
    """
    taken = _take(work, _CLAIM, owner, at_once)
    found = _still_owed(work, taken)
    if len(taken) < at_once:
        return found
    for person_id in dict.fromkeys(each.to_id for each in found if each.may_go_along):
        rest = _take(work, _CLAIM_OF_ONE, owner, 10 * at_once, person=person_id)
        found += _still_owed(work, rest)
    return found


def _take(work: Work, statement: Any, owner: str, at_once: int, **more: str) -> Sequence[str]:
    asked = {
        "now": work.now,
        "today": work.today,
        "owner": owner,
        "until": work.now + LEASE,
        "at_once": at_once,
        **more,
    }
    return work.session.scalars(statement, asked).all()


def _still_owed(work: Work, taken: Sequence[str]) -> tuple[Told, ...]:
    if not taken:
        return ()
    owed = (
        *_plain(work, taken),
        *_appointments(work, taken),
        *_alerts(work, taken),
        *_owed(work, taken),
    )
    kept = {each.id for each in owed}
    gone = [each for each in taken if each not in kept]
    _LEASES.settle(work, gone, state=ReminderState.CANCELLED, told_at=None)
    return owed


def _plain(work: Work, taken: Sequence[str]) -> tuple[Told, ...]:
    asked = (
        sa.select(Reminder, Person)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .where(
            col(Reminder.id).in_(taken),
            col(Reminder.kind).in_(_OF_THE_OFFICE),
            col(Person.active).is_(True),
        )
    )
    return tuple(
        Plain(**_addressed(reminder, person, None), title=str(reminder.facts.get("title", "")))
        for reminder, person in work.session.execute(asked).all()
    )


def _appointments(work: Work, taken: Sequence[str]) -> tuple[Told, ...]:
    asked = (
        sa.select(Reminder, Person, Matter)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .join(Matter, col(Matter.id) == col(Reminder.matter_id))
        .where(
            col(Reminder.id).in_(taken),
            col(Reminder.kind) == ReminderKind.NOTICE,
            col(Reminder.deadline_id).is_(None),
            col(Reminder.task_id).is_(None),
            col(Person.active).is_(True),
        )
    )
    return tuple(
        Appointment(
            **_addressed(reminder, person, matter),
            title=str(reminder.facts.get("invitation", {}).get("title", "")),
        )
        for reminder, person, matter in work.session.execute(asked).all()
        if still_on(work, person, matter.id)
    )


def _alerts(work: Work, taken: Sequence[str]) -> tuple[Told, ...]:
    # Told although the task is done: whoever was let in could have marked it so.
    asked = _to_whom(Task, taken).join(Task, col(Task.id) == col(Reminder.task_id))
    return tuple(
        Alert(**_addressed(reminder, person, matter), title=task.title, note=task.note)
        for reminder, person, matter, task in work.session.execute(asked).all()
        if still_on(work, person, matter.id)
    )


def _owed(work: Work, taken: Sequence[str]) -> tuple[Told, ...]:
    asked = (
        _to_whom(Deadline, taken)
        .join(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
        .where(open_on(work.today))
    )
    rows = work.session.execute(asked).all()
    pairs = {(each.Person.id, each.Matter.id): each.Person for each in rows}
    on_it = {pair for pair, person in pairs.items() if still_on(work, person, pair[1])}
    found = [each for each in rows if (each.Person.id, each.Matter.id) in on_it]
    if not found:
        return ()
    known = book(work, {m.id for _, _, m, _ in found}, {p.id for _, p, _, _ in found})
    overdue.tell_on(work, [(reminder, row) for reminder, _, _, row in found], known)
    return tuple(
        _about(work, reminder, row, person, matter, known)
        for reminder, person, matter, row in found
    )


def _to_whom(about: Any, taken: Sequence[str]) -> sa.Select[Any]:
    return (
        sa.select(Reminder, Person, Matter, about)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .join(Matter, col(Matter.id) == col(Reminder.matter_id))
        .where(col(Reminder.id).in_(taken), col(Person.active).is_(True))
        .order_by(col(Reminder.due_on), col(Reminder.send_at), col(Reminder.id))
    )


def _addressed(reminder: Reminder, person: Person, matter: Matter | None) -> dict[str, Any]:
    return {
        "id": reminder.id,
        "kind": ReminderKind(reminder.kind),
        "dedupe_key": reminder.dedupe_key,
        "attempts": reminder.attempts,
        "unsure": reminder.unsure,
        "send_at": reminder.send_at,
        "to_id": person.id,
        "to_name": person.name,
        "to_email": person.email,
        "matter_id": matter.id if matter else "",
        "matter": matter.title if matter else "",
        "facts": reminder.facts,
    }


def still_on(work: Work, person: Person, matter_id: str) -> bool:
    """Say whether somebody may know of a matter today."""
    actor = Actor(person.id, person.name, Role(person.role), person.office_wide, at=work.now)
    found = work.session.scalar(
        sa.select(sa.literal(1)).where(sa.literal(matter_id).in_(mine(actor, work.today)))
    )
    return found is not None


def _about(
    work: Work, reminder: Reminder, row: Deadline, person: Person, matter: Matter, known: Book
) -> Owed:
    kind = policy_kind(row.whose, in_court=row.lawsuit_id is not None)
    policy = known.policy(kind, matter.id, person.id)
    told = ReminderKind(reminder.kind)
    asked = row.whose is Side.OURS and told in (ReminderKind.DEADLINE, ReminderKind.ESCALATION)
    return Owed(
        **_addressed(reminder, person, matter),
        title=row.title,
        days_before=reminder.days_before,
        deadline_id=row.id,
        whose=row.whose,
        due=row.due,
        safe=row.safe,
        certain=row.certain,
        uncertain_because=row.uncertain_because,
        rule=row.rule,
        steps=tuple(row.steps),
        readings=tuple(row.readings),
        answer_until=answer_until(policy, told, reminder.days_before, work.now) if asked else None,
    )


# --- what became of it


def sent(work: Work, owed: Mail, owner: str) -> None:
    """Note that a reminder went out; only its claimant may."""
    told = {"sent_to": owed.to_email[:254], "escalate_at": owed.answer_until}
    if _LEASES.note_sent(work, owed.id, owner, **told) and owed.matter_id:
        work.record(
            "reminder.sent", _Row(owed.id, owed.matter_id), to=owed.to_name, title=owed.title
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """What history notes of a reminder, without asking for it again."""

    __tablename__: ClassVar[str] = "reminder"

    id: str
    matter_id: str


def not_sent(work: Work, owed: Mail, why: str, *, in_doubt: bool = False) -> None:
    """Note that sending failed: tried again later and later, and given up loudly at the end.

    `in_doubt` is a sending of which nobody can say whether it arrived: the next says so.
    """
    if owed.attempts >= TRIES:
        give_up(work, owed, why)
        return
    _LEASES.try_later(work, owed.id, owed.attempts, why, in_doubt=in_doubt)


def give_up(work: Work, owed: Mail, why: str) -> None:
    """Note that somebody cannot be reached: the next person is told at once."""
    _LEASES.settle(
        work,
        [owed.id],
        state=ReminderState.FAILED,
        last_problem=why[:500],
        escalate_at=work.now if owed.about_a_deadline else None,
    )
    if owed.matter_id:
        facts = {"to": owed.to_name, "title": owed.title, "why": why[:300]}
        work.record("reminder.failed", _Row(owed.id, owed.matter_id), **facts)


def put_back(work: Work, mails: Sequence[Mail], until: datetime, why: str = "") -> None:
    """Give back what was claimed and not tried, to be taken again from a moment on."""
    _LEASES.give_back(work, [each.id for each in mails], until, why)


def arm_again(work: Work, now: datetime) -> int:
    """Owe again what was marked as sent later than now: the clock was wrong. Repeats say so.

    Of the morning's lists only the next is wanted: it is owed anew by the next sweep, instead of
    one that waits for a morning of the wrong clock.
    """
    later = sa.and_(col(Reminder.state) == ReminderState.SENT, col(Reminder.sent_at) > now)
    waits = sa.and_(
        col(Reminder.state).in_([ReminderState.PENDING, ReminderState.CLAIMED]),
        col(Reminder.send_at) > now,
    )
    _arm(work, sa.or_(later, waits), ReminderState.CANCELLED, lists=True)
    return _arm(work, later, ReminderState.PENDING)


def _arm(work: Work, which: Any, state: ReminderState, *, lists: bool = False) -> int:
    of_lists = col(Reminder.kind) == ReminderKind.DIGEST
    done = work.session.execute(
        sa.update(Reminder)
        .where(which, of_lists if lists else ~of_lists)
        .values(state=state, sent_at=None, escalate_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def try_again(work: Work) -> int:
    """Owe again what could not be sent; what may have arrived says that it is a repeat.

    An old morning's list is not wanted any more: the next one waits already.
    """
    done = work.session.execute(
        sa.update(Reminder)
        .where(
            col(Reminder.state) == ReminderState.FAILED,
            col(Reminder.kind) != ReminderKind.DIGEST,
        )
        .values(state=ReminderState.PENDING, attempts=0, lease_until=None, escalate_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


def skip_before(work: Work, moment: datetime) -> int:
    """Set aside reminders that fell due before an office opened; return how many."""
    done = work.session.execute(
        sa.update(Reminder)
        .where(col(Reminder.state) == ReminderState.PENDING, col(Reminder.send_at) < moment)
        .values(state=ReminderState.SKIPPED)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


# --- signs of life


def _noting(insert: Any) -> Any:
    noted = {"at": insert.excluded.at, "says": insert.excluded.says}
    return insert.on_conflict_do_update(index_elements=["name"], set_=noted)


_BEAT = {"sqlite": _noting(lite_insert(_HEARTBEAT)), "postgresql": _noting(pg_insert(_HEARTBEAT))}


def beat(work: Work, moment: datetime, says: str, name: str = SWEEP) -> None:
    """Note that a sweep, or a backup, ran to its end, in real time: silence is an alarm."""
    said = _BEAT[work.session.get_bind().dialect.name]
    work.session.execute(said, {"name": name, "at": moment, "says": says[:300]})
    if (row := work.session.identity_map.get(identity_key(Heartbeat, name))) is not None:
        work.session.expire(row)


def day_in_office(work: Work, moment: datetime) -> date:
    """Return the day a moment falls on in the office's zone."""
    return moment.astimezone(work.zone).date()
