"""A knock by chat or SMS that a mail came: owed with the mail, claimed and tried again like one.

It says how much waits and on which page, and no word of a matter. Where to is in a file of the
office only; the row knows the address by a hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.tables import Deadline, Person, Reminder
from casemgr.domain.reminders import CHAT, ReminderKind
from casemgr.domain.words import ReminderState
from casemgr.usecases import owing
from casemgr.usecases.clock import open_on
from casemgr.usecases.leases import LEASE, Leases, first_of
from casemgr.usecases.reminders import still_on
from casemgr.usecases.told import Owed, Told
from casemgr.usecases.work import Work

AT_ONCE = 100
TRIES = 30  # about a day, the last of them an hour apart
_LEASES = Leases(Reminder)


@dataclass(frozen=True, slots=True)
class Knock:
    """One claimed knock: whom to tell, at which of their addresses, of how much and where."""

    id: str
    to_email: str
    by: str  # the kind of service: ntfy, say
    name: str  # what the database knows the address by
    count: int
    deadline_id: str | None
    attempts: int
    unsure: int

    @property
    def may_repeat(self) -> bool:
        """Say whether an earlier sending may have arrived: this one then says so."""
        return self.unsure > 1


def owe(work: Work, told: Sequence[Told], ways: Iterable[tuple[str, str]]) -> None:
    """Owe a knock for what went into one mail, by each way (its name, and the kind of service).

    Of the morning's list there is none: it comes every day.
    """
    first = told[0]
    if first.kind is ReminderKind.DIGEST:
        return
    matters = {each.matter_id for each in told}
    key = first.dedupe_key if len(told) == 1 else _key_of(told)
    lines = [
        owing.line(
            kind=ReminderKind.KNOCK,
            matter_id=(first.matter_id or None) if len(matters) == 1 else None,
            person_id=first.to_id,
            send_at=work.now,
            key=f"{key[:140]}:{CHAT}:{name}",
            deadline_id=first.deadline_id if len(told) == 1 and isinstance(first, Owed) else None,
            channel=CHAT,
            facts={"count": len(told), "by": by, "name": name},
        )
        for name, by in ways
    ]
    owing.write(work, lines)


def _key_of(told: Sequence[Told]) -> str:
    keys = "\n".join(sorted(each.dedupe_key for each in told))
    return f"together:{hashlib.sha256(keys.encode()).hexdigest()[:40]}"


_FREE = sa.and_(_LEASES.free, col(Reminder.channel) == CHAT)
_IS_DUE = sa.select(first_of(Reminder, _FREE).is_not(None))
_CLAIM = _LEASES.claim(
    sa.select(col(Reminder.id))
    .where(_FREE)
    .order_by(col(Reminder.send_at), col(Reminder.id))
    .limit(sa.bindparam("at_once"))
    .with_for_update(skip_locked=True)
)


def is_due(work: Work) -> bool:
    """Say whether somebody is owed a knock now."""
    return bool(work.session.scalar(_IS_DUE, {"now": work.now}))


def claim(work: Work, owner: str, at_once: int = AT_ONCE) -> tuple[Knock, ...]:
    """Take what is due, so that nobody else does; a claim lapses after five minutes.

    What the person has answered, or may not know of any more, is cancelled here instead of sent.
    """
    asked = {"now": work.now, "owner": owner, "until": work.now + LEASE, "at_once": at_once}
    taken = work.session.scalars(_CLAIM, asked).all()
    if not taken:
        return ()
    found = tuple(
        _knock(row, person)
        for row, person in _with_people(work, taken)
        if row.matter_id is None or still_on(work, person, row.matter_id)
    )
    kept = {each.id for each in found}
    gone = [each for each in taken if each not in kept]
    _LEASES.settle(work, gone, state=ReminderState.CANCELLED)
    return found


def _with_people(work: Work, taken: Sequence[str]) -> Sequence[tuple[Reminder, Person]]:
    asked: Any = (
        sa.select(Reminder, Person)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .outerjoin(Deadline, col(Deadline.id) == col(Reminder.deadline_id))
        .where(
            col(Reminder.id).in_(taken),
            col(Reminder.acknowledged_at).is_(None),
            col(Person.active).is_(True),
            sa.or_(col(Deadline.id).is_(None), open_on(work.today)),
        )
        .order_by(col(Reminder.send_at), col(Reminder.id))
    )
    return [(row, person) for row, person in work.session.execute(asked)]


def _knock(row: Reminder, person: Person) -> Knock:
    return Knock(
        id=row.id,
        to_email=person.email,
        by=str(row.facts.get("by", "")),
        name=str(row.facts.get("name", "")),
        count=int(row.facts.get("count", 1)),
        deadline_id=row.deadline_id,
        attempts=row.attempts,
        unsure=row.unsure,
    )


# --- what became of it


def sent(work: Work, knock: Knock, owner: str) -> None:
    """Note that a service took a knock; only its claimant may."""
    _LEASES.note_sent(work, knock.id, owner, last_problem="")


def not_sent(work: Work, knock: Knock, why: str, *, in_doubt: bool = False) -> None:
    """Note that sending failed: tried again later and later, and after a day given up."""
    if knock.attempts >= TRIES:
        _LEASES.settle(work, [knock.id], state=ReminderState.FAILED, last_problem=why[:500])
        return
    _LEASES.try_later(work, knock.id, knock.attempts, why, in_doubt=in_doubt)


def put_back(work: Work, knocks: Sequence[Knock], until: datetime, why: str = "") -> None:
    """Give back what was claimed and not tried, to be taken again from a moment on."""
    _LEASES.give_back(work, [each.id for each in knocks], until, why)


def cancel(work: Work, knock: Knock) -> None:
    """Send no more of a knock whose address is not in the office's file any more."""
    _LEASES.settle(work, [knock.id], state=ReminderState.CANCELLED)
