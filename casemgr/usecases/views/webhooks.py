"""Webhooks as their page shows them: what each is told of, and what became of each message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import HistoryEntry, Matter, Person, Webhook, WebhookDelivery
from casemgr.domain.access import Right, may
from casemgr.domain.happenings import CHOICES, PAGES, Happening
from casemgr.domain.words import ReminderState
from casemgr.errors import NotFound
from casemgr.usecases import webhooks
from casemgr.usecases.webhook_deliveries import own_deliveries
from casemgr.usecases.work import Work

MOST = 50  # messages on the page of one
TEST = "A test"


@dataclass(frozen=True, slots=True)
class Line:
    """One webhook in the list; `waiting` and `failed` count its messages."""

    hook: Webhook
    host: str
    owner: str
    matter: str
    told_of: str
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """The page of webhooks: one's own, and others' for who looks after the office."""

    mine: Sequence[Line]
    others: Sequence[Line]
    may_make: bool
    matters: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """One message: what it told, and what became of it. `next_at` is the next try."""

    id: str
    says: str
    page: str
    owed_at: datetime
    state: ReminderState
    sent_at: datetime | None
    attempts: int
    next_at: datetime
    last_problem: str


def shelf(work: Work) -> Shelf:
    """Show the webhooks that the actor may know of."""
    titles = _titles(work)
    mine, others = webhooks.mine(work), webhooks.of_others(work)
    theirs = own_deliveries(WebhookDelivery, work.actor, work.today)
    counts = {
        **_counts(work, [each.id for each in others], sa.true()),
        **_counts(work, [each.id for each in mine], theirs),
    }
    names = _names(work, [each.person_id for each in (*mine, *others)])
    return Shelf(
        mine=[_line(each, titles, names, counts) for each in mine],
        others=[_line(each, {}, names, counts) for each in others],
        may_make=may(work.actor.role, Right.EXPORT),
        matters=list(titles.items()),
    )


def one(work: Work, hook_id: str) -> tuple[Webhook, Sequence[Told]]:
    """Show one of one's own with its latest messages, the newest first."""
    found = [each for each in webhooks.mine(work) if each.id == hook_id]
    if not found:
        raise NotFound
    asked = (
        sa.select(WebhookDelivery, HistoryEntry)
        .outerjoin(HistoryEntry, col(HistoryEntry.seq) == col(WebhookDelivery.seq))
        .where(
            col(WebhookDelivery.webhook_id) == hook_id,
            own_deliveries(WebhookDelivery, work.actor, work.today),
        )
        .order_by(col(WebhookDelivery.owed_at).desc(), col(WebhookDelivery.id))
        .limit(MOST)
    )
    return found[0], [_told(*each) for each in work.session.execute(asked).all()]


def _told(row: WebhookDelivery, line: HistoryEntry | None) -> Told:
    page = ""
    if line is not None:
        where = PAGES.get(line.subject_kind)
        page = f"/{where}/{line.subject_id}" if where else f"/matters/{line.matter_id}"
    return Told(
        id=row.id,
        says=CHOICES.get(Happening(row.happening), TEST),
        page=page,
        owed_at=row.owed_at,
        state=ReminderState(row.state),
        sent_at=row.sent_at,
        attempts=row.attempts,
        next_at=row.lease_until or row.send_at,
        last_problem=row.last_problem,
    )


def _line(
    hook: Webhook,
    titles: Mapping[str, str],
    names: Mapping[str, str],
    counts: Mapping[str, tuple[int, int]],
) -> Line:
    waiting, failed = counts.get(hook.id, (0, 0))
    return Line(
        hook=hook,
        host=webhooks.host_of(hook),
        owner=names[hook.person_id],
        matter=titles.get(hook.about_matter_id or "", ""),
        told_of="; ".join(CHOICES[Happening(each)] for each in hook.happenings),
        waiting=waiting,
        failed=failed,
    )


def _counts(
    work: Work, hook_ids: Sequence[str], which: sa.ColumnElement[bool]
) -> dict[str, tuple[int, int]]:
    waits = col(WebhookDelivery.state).in_([ReminderState.PENDING, ReminderState.CLAIMED])
    failed = col(WebhookDelivery.state) == ReminderState.FAILED
    asked = (
        sa.select(
            col(WebhookDelivery.webhook_id),
            sa.func.count().filter(waits),
            sa.func.count().filter(failed),
        )
        .where(col(WebhookDelivery.webhook_id).in_(hook_ids), which)
        .group_by(col(WebhookDelivery.webhook_id))
    )
    return {each: (waiting, lost) for each, waiting, lost in work.session.execute(asked)}


def _names(work: Work, ids: Sequence[str]) -> Mapping[str, str]:
    asked = sa.select(col(Person.id), col(Person.name)).where(col(Person.id).in_(ids))
    return {row.id: row.name for row in work.session.execute(asked)}


def _titles(work: Work) -> Mapping[str, str]:
    asked = (
        sa.select(col(Matter.id), col(Matter.title))
        .where(col(Matter.id).in_(doors.mine(work.actor, work.today)))
        .order_by(col(Matter.title), col(Matter.id))
    )
    return {row.id: row.title for row in work.session.execute(asked)}
