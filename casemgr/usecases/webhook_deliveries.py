"""Messages to programs outside: claimed with a lease, sent at least once, given up loudly.

What may be told of a matter is asked of the doors twice: when it is owed, and when it is sent.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import HistoryEntry, Matter, Person, Webhook, WebhookDelivery
from casemgr.domain.happenings import told
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState
from casemgr.errors import NotFound, WrongMoment
from casemgr.usecases import owing
from casemgr.usecases.leases import LEASE, ONE, Leases
from casemgr.usecases.webhook_owing import as_maker
from casemgr.usecases.webhooks import key_of, own
from casemgr.usecases.work import Work

AT_ONCE = 100
TRIES = 30  # about a day, the last of them an hour apart
KEPT = timedelta(days=90)  # that a message is shown; the history keeps what it told
_LEASES = Leases(WebhookDelivery)


@dataclass(frozen=True, slots=True)
class Message:
    """One claimed delivery: what to send, where, signed with which key."""

    id: str
    webhook_id: str
    name: str
    person_id: str
    address: str
    key: bytes
    body: bytes
    attempts: int
    unsure: int

    @property
    def may_repeat(self) -> bool:
        """Say whether an earlier sending may have arrived: the message then says so."""
        return self.unsure > 1


# --- claimed


_DUE = (
    sa.select(col(WebhookDelivery.id))
    .join(Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id))
    .where(_LEASES.free, col(Webhook.paused_at).is_(None))
)
_CLAIM = _LEASES.claim(
    _DUE.order_by(col(WebhookDelivery.send_at), col(WebhookDelivery.id))
    .limit(sa.bindparam("at_once"))
    .with_for_update(skip_locked=True, of=WebhookDelivery)
)


def is_due() -> Any:
    """Return the condition that a program is owed a message now; it waits for `now`."""
    return _DUE.limit(ONE).scalar_subquery().is_not(None)


def claim(work: Work, owner: str, site: str, at_once: int = AT_ONCE) -> tuple[Message, ...]:
    """Take what is due, so that nobody else does; a claim lapses after five minutes.

    What its maker may not know of today is cancelled here instead of sent.
    """
    asked = {"now": work.now, "owner": owner, "until": work.now + LEASE, "at_once": at_once}
    taken = work.session.scalars(_CLAIM, asked).all()
    if not taken:
        return ()
    found = tuple(
        _message(work, row, hook, line, site)
        for row, hook, person, line in _with_hooks(work, taken)
        if _may_be_told(work, hook, person, line)
    )
    kept = {each.id for each in found}
    gone = [each for each in taken if each not in kept]
    _LEASES.settle(work, gone, state=ReminderState.CANCELLED)
    return found


def _with_hooks(
    work: Work, taken: Sequence[str]
) -> Sequence[tuple[WebhookDelivery, Webhook, Person, HistoryEntry | None]]:
    asked: Any = (
        sa.select(WebhookDelivery, Webhook, Person, HistoryEntry)
        .join(Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id))
        .join(Person, col(Person.id) == col(Webhook.person_id))
        .outerjoin(HistoryEntry, col(HistoryEntry.seq) == col(WebhookDelivery.seq))
        .where(col(WebhookDelivery.id).in_(taken), col(Webhook.ended_at).is_(None))
        .order_by(col(WebhookDelivery.send_at), col(WebhookDelivery.owed_at))
        .execution_options(populate_existing=True)
    )
    return [(row, hook, person, line) for row, hook, person, line in work.session.execute(asked)]


def _may_be_told(work: Work, hook: Webhook, person: Person, line: HistoryEntry | None) -> bool:
    theirs = as_maker(work, person)
    if theirs is None:
        return False
    matters = {each for each in (hook.about_matter_id, line and line.matter_id) if each}
    asked = doors.mine(theirs.actor, work.today).where(col(Matter.id).in_(matters))
    return len(work.session.scalars(asked).all()) == len(matters)


def _message(
    work: Work, row: WebhookDelivery, hook: Webhook, line: HistoryEntry | None, site: str
) -> Message:
    at = row.owed_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    about: dict[str, Any] = {}
    if line is not None:
        about = {
            "matter_id": line.matter_id, "kind": line.subject_kind, "subject_id": line.subject_id
        }  # fmt: skip
    body = told(row.happening, at, site, **about)
    return Message(
        id=row.id,
        webhook_id=hook.id,
        name=hook.name,
        person_id=hook.person_id,
        address=hook.address,
        key=key_of(work.key, hook.id, hook.salt),
        body=json.dumps(body, separators=(",", ":")).encode(),
        attempts=row.attempts,
        unsure=row.unsure,
    )


# --- what became of it


def sent(work: Work, message: Message, owner: str) -> None:
    """Note that a program took a message; only its claimant may."""
    _LEASES.note_sent(work, message.id, owner, last_problem="")


def not_sent(work: Work, message: Message, why: str, *, in_doubt: bool = False) -> None:
    """Note that sending failed: tried again later and later, and given up loudly at the end."""
    if message.attempts >= TRIES:
        _give_up(work, message, why)
        return
    _LEASES.try_later(work, message.id, message.attempts, why, in_doubt=in_doubt)


def _give_up(work: Work, message: Message, why: str) -> None:
    _LEASES.settle(work, [message.id], state=ReminderState.FAILED, last_problem=why[:500])
    hook = work.session.get_one(Webhook, message.webhook_id)
    work.record("webhook.failed", hook, title=message.name, why=why[:300])
    line = owing.line(
        kind=ReminderKind.TROUBLE,
        matter_id=None,
        person_id=message.person_id,
        send_at=work.now,
        key=f"trouble:webhook:{message.webhook_id}:{work.today}",
        due_on=work.today,
        facts={
            "title": f"{message.name} could not be told",
            "says": f"For a day this program took nothing: {why} Look at Webhooks.",
        },
    )
    owing.write(work, [line])


def put_back(work: Work, messages: Sequence[Message], until: datetime, why: str = "") -> None:
    """Give back what was claimed and not tried, to be taken again from a moment on."""
    _LEASES.give_back(work, [each.id for each in messages], until, why)


def forget(work: Work) -> int:
    """Forget messages that arrived, or were not to, three months ago; return how many."""
    done = work.session.execute(
        sa.delete(WebhookDelivery)
        .where(
            col(WebhookDelivery.state).in_([ReminderState.SENT, ReminderState.CANCELLED]),
            col(WebhookDelivery.owed_at) < work.now - KEPT,
        )
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)  # type: ignore[attr-defined]


# --- seen by its maker


def own_deliveries(_table: Any, asker: Any, today: Any) -> Any:
    """Return the condition for what one's own programs were told, of matters one may know of."""
    hooks = sa.select(col(Webhook.id)).where(own(Webhook, asker, today))
    lines = (
        sa.select(col(HistoryEntry.seq))
        .where(
            col(HistoryEntry.seq) == col(WebhookDelivery.seq),
            col(HistoryEntry.matter_id).in_(doors.mine(asker, today)),
        )
        .correlate(WebhookDelivery)
    )
    return sa.and_(
        col(WebhookDelivery.webhook_id).in_(hooks),
        sa.or_(col(WebhookDelivery.seq).is_(None), sa.exists(lines)),
    )


def send_again(work: Work, delivery_id: str) -> WebhookDelivery:
    """Owe again what was given up; it keeps its id, so that the program knows it."""
    row = work.session.exec(
        select(WebhookDelivery).where(
            WebhookDelivery.id == delivery_id,
            own_deliveries(WebhookDelivery, work.actor, work.today),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.state is not ReminderState.FAILED:
        raise WrongMoment("Only what was given up can be sent again. Look at where this one is.")
    row.state, row.attempts, row.send_at = ReminderState.PENDING, 0, work.now
    work.session.add(row)
    return row
