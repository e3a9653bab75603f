"""Programs outside that are told what happens: who makes one, and who may stop it.

An attorney makes one, for the matters they are on: it takes word of a matter out of the office, as
an export does. What it is told of is decided at each sending by the same doors as every page of its
maker. An administrator, who reads no matter, sees that it exists and can stop it.
"""

from __future__ import annotations

import base64
import hmac
import ipaddress
import secrets
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from pydantic import BeforeValidator, Field
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import SQLModel, col, select

from casemgr.db import doors
from casemgr.db.tables import HistoryHead, Matter, Webhook, WebhookDelivery
from casemgr.domain.access import Right
from casemgr.domain.happenings import CHOICES, Happening
from casemgr.domain.words import ReminderState, Role
from casemgr.errors import Malformed, NotFound, WrongMoment
from casemgr.fields import Code, Input, Name
from casemgr.usecases import records, signin
from casemgr.usecases.work import Work

MOST = 20  # of one person


def _several(given: object) -> object:
    """Take happenings as a form sends them, with blanks between, for the list they mean."""
    return given.split() if isinstance(given, str) else given


def _address(typed: object) -> str:
    if not isinstance(typed, str):
        raise ValueError("Write an address like https://example.org/hook")
    try:
        parts = urlsplit(typed)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        raise ValueError("This is no address. Write one like https://example.org/hook") from None
    printed = typed.isascii() and typed.isprintable() and not set(' "<>\\^`{|}') & set(typed)
    if not printed or not parts.hostname or parts.scheme not in {"https", "http"}:
        raise ValueError("Write an address in plain letters, like https://example.org/hook")
    if parts.username is not None or parts.fragment:
        raise ValueError("Leave out the name before the @ and what follows the #")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("Use https: without it anybody on the way can read along")
    return typed


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine, written as such."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


Chosen = Annotated[
    list[Happening], BeforeValidator(_several), Field(min_length=1, max_length=len(Happening))
]
Address = Annotated[str, Field(max_length=500), BeforeValidator(_address)]


class WebhookInput(Input):
    """A program outside to be told: where it is, of what, and of which matter (or of all)."""

    name: Name = Field(description="How it is called here.")
    address: Address = Field(description="Where it is told: https only.")
    happenings: Chosen
    about_matter_id: Code | None = None


# --- make, change, stop


def make(work: Work, given: WebhookInput) -> tuple[Webhook, str]:
    """Have a program outside told of what happens from now on; its secret is shown once.

    What it is told carries codes and addresses, and no word of a matter.
    """
    doors.allow(work.actor, Right.EXPORT)
    signin.fresh(work)
    _check(work, given)
    if len(mine(work)) >= MOST:
        raise Malformed(f"You have {MOST} programs told already. Remove one that nobody uses.")
    hook = Webhook(
        person_id=str(work.actor.id),
        salt=secrets.token_hex(32),
        told_seq=work.session.exec(select(HistoryHead.seq)).one(),
        made_at=work.now,
        **given.model_dump(mode="json"),
    )
    records.keep(work, hook)
    work.record("webhook.made", hook, title=hook.name, host=host_of(hook))
    return hook, secret_of(work, hook)


def change(work: Work, hook_id: str, given: WebhookInput, *, version: int | None = None) -> Webhook:
    """Change where a program outside is told, and of what; its secret stays the same."""
    doors.allow(work.actor, Right.EXPORT)
    signin.fresh(work)
    hook = _mine(work, hook_id)
    records.not_overtaken(hook, version)
    _check(work, given)
    for name, value in given.model_dump(mode="json").items():
        setattr(hook, name, value)
    records.keep(work, hook)
    work.record("webhook.changed", hook, title=hook.name, host=host_of(hook))
    return hook


def pause(work: Work, hook_id: str) -> Webhook:
    """Stop telling a program outside for now; what happens meanwhile waits."""
    hook = stoppable(work, hook_id)
    if hook.paused_at is None:
        hook.paused_at = work.now
        records.keep(work, hook)
        work.record("webhook.paused", hook, title=hook.name)
    return hook


def resume(work: Work, hook_id: str) -> Webhook:
    """Tell a program outside again, first of what happened meanwhile."""
    hook = _mine(work, hook_id)
    if hook.paused_at is not None:
        hook.paused_at = None
        records.keep(work, hook)
        work.record("webhook.resumed", hook, title=hook.name)
    return hook


def end(work: Work, hook_id: str) -> Webhook:
    """Tell a program outside nothing any more, from this moment on and for good."""
    hook = stoppable(work, hook_id)
    if hook.ended_at is None:
        hook.ended_at = work.now
        records.keep(work, hook)
        work.record("webhook.ended", hook, title=hook.name)
        _cancel(work, [hook.id])
    return hook


def end_all(work: Work, person_id: str) -> int:
    """End every program outside that somebody who leaves had told; return how many there were."""
    asked = select(Webhook).where(Webhook.person_id == person_id, col(Webhook.ended_at).is_(None))
    found = list(work.session.exec(asked))
    for hook in found:
        hook.ended_at = work.now
        records.keep(work, hook)
    _cancel(work, [hook.id for hook in found])
    return len(found)


def _cancel(work: Work, hook_ids: list[str]) -> None:
    work.session.execute(
        sa.update(WebhookDelivery)
        .where(
            col(WebhookDelivery.webhook_id).in_(hook_ids),
            col(WebhookDelivery.state).in_([ReminderState.PENDING, ReminderState.CLAIMED]),
        )
        .values(state=ReminderState.CANCELLED)
        .execution_options(synchronize_session=False)
    )


def try_out(work: Work, hook_id: str) -> WebhookDelivery:
    """Owe a program outside a test message; it goes out within a minute."""
    hook = _mine(work, hook_id)
    if hook.paused_at is not None:
        raise WrongMoment("This program is told nothing at the moment. Let it go on first.")
    row = WebhookDelivery(
        webhook_id=hook.id, happening=Happening.TEST, owed_at=work.now, send_at=work.now
    )
    records.keep(work, row)
    return row


def _check(work: Work, given: WebhookInput) -> None:
    if Happening.TEST in given.happenings:
        raise Malformed({"happenings": f"Choose from: {', '.join(CHOICES)}."})
    if given.about_matter_id is None:
        return
    theirs = doors.mine(work.actor, work.today)
    if work.session.scalar(theirs.where(col(Matter.id) == given.about_matter_id)) is None:
        raise Malformed({"about_matter_id": "There is no such matter. Choose one of yours."})


# --- whose it is


def own(_table: type[SQLModel], asker: Any, today: Any) -> ColumnElement[bool]:
    """Return the condition for one's own; a wall hides those of its matter."""
    about = col(Webhook.about_matter_id)
    return sa.and_(
        col(Webhook.person_id) == asker.id,
        sa.or_(about.is_(None), about.in_(doors.mine(asker, today))),
    )


def mine(work: Work) -> list[Webhook]:
    """Return the programs one has told, the newest first; none that was ended."""
    asked = select(Webhook).where(
        own(Webhook, work.actor, work.today), col(Webhook.ended_at).is_(None)
    )
    return list(work.session.exec(asked.order_by(col(Webhook.made_at).desc(), col(Webhook.id))))


def of_others(work: Work) -> list[Webhook]:
    """Return what everybody else has told, for who looks after the office; for others, none."""
    if work.actor.role is not Role.ADMINISTRATOR:
        return []
    asked = select(Webhook).where(col(Webhook.ended_at).is_(None))
    return list(work.session.exec(asked.order_by(col(Webhook.made_at).desc(), col(Webhook.id))))


def _mine(work: Work, hook_id: str) -> Webhook:
    asked = select(Webhook).where(
        Webhook.id == hook_id,
        own(Webhook, work.actor, work.today),
        col(Webhook.ended_at).is_(None),
    )
    hook = work.session.exec(asked).one_or_none()
    if hook is None:
        raise NotFound
    return hook


def stoppable(work: Work, hook_id: str) -> Webhook:
    """Return one that the actor may stop: their own, or any for who looks after the office."""
    if work.actor.role is not Role.ADMINISTRATOR:
        return _mine(work, hook_id)
    hook = work.session.get(Webhook, hook_id)
    if hook is None or hook.ended_at is not None:
        raise NotFound
    return hook


# --- its secret


def host_of(hook: Webhook) -> str:
    """Return the machine a program is told at: the rest of the address may be a secret of its."""
    return urlsplit(hook.address).hostname or ""


def secret_of(work: Work, hook: Webhook) -> str:
    """Return the secret as its maker keeps it: of 256 bits, as Standard Webhooks writes one."""
    return "whsec_" + base64.b64encode(key_of(work.key, hook.id, hook.salt)).decode()


def key_of(key: bytes, hook_id: str, salt: str) -> bytes:
    """Return the key a webhook's messages are signed with; the database alone does not hold it."""
    return hmac.digest(key, f"webhook\n{hook_id}\n{salt}".encode(), "sha256")


def signature(key: bytes, delivery_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers that say who sent a message, and when (Standard Webhooks 1.0.0).

    Signed are the id, the moment and the body, so that none of them can be changed or sent again
    later than a receiver allows.
    """
    moment = str(int(at.timestamp()))
    signed = hmac.digest(key, f"{delivery_id}.{moment}.".encode() + body, "sha256")
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": moment,
        "webhook-signature": "v1," + base64.b64encode(signed).decode(),
    }
