"""What programs outside are owed: gathered from the history, a line at a time.

The history is the outbox: its lines are written with what they tell of, in one transaction and
without gaps, so nothing that happened can be missed, and who writes never waits for a program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as lite_insert
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Event,
    HistoryEntry,
    HistoryHead,
    Person,
    Webhook,
    WebhookDelivery,
)
from casemgr.domain.access import Right, may
from casemgr.domain.happenings import REFUSALS, Happening, happening_of, tags_of
from casemgr.domain.words import ReminderState
from casemgr.fields import new_code
from casemgr.usecases import signin
from casemgr.usecases.work import Work

LINES_AT_ONCE = 500
_DELIVERY: Any = WebhookDelivery.__table__  # type: ignore[attr-defined]


def owe(work: Work) -> int:
    """Owe each program what the history holds for it since it was last told; return how many.

    A line once passed is never looked at again: what its maker could not see then, it is not told.
    """
    head = work.session.exec(select(HistoryHead.seq)).one()
    asked = (
        sa.select(Webhook, Person)
        .join(Person, col(Person.id) == col(Webhook.person_id))
        .where(_behind(head))
        .order_by(col(Webhook.id))
    )
    found = work.session.execute(asked).all()
    return sum(_owe_one(work, hook, person, head) for hook, person in found)


def is_behind() -> Any:
    """Return the condition that the history holds lines that a program was not told of yet."""
    return sa.exists().where(_behind(sa.select(col(HistoryHead.seq)).scalar_subquery()))


def _behind(head: Any) -> Any:
    return sa.and_(
        col(Webhook.ended_at).is_(None),
        col(Webhook.paused_at).is_(None),
        col(Webhook.told_seq) < head,
    )


def _owe_one(work: Work, hook: Webhook, person: Person, head: int) -> int:
    theirs = as_maker(work, person)
    lines = _lines(theirs, hook, head) if theirs is not None else []
    until = lines[-1].seq if len(lines) == LINES_AT_ONCE else head
    if not _moved_on(work, hook, until):
        return 0  # another process owed it
    refused = _refusals(theirs, lines) if theirs is not None else set()
    rows = [
        _row(work, hook, each, happening)
        for each in lines
        if (happening := happening_of(each.what, refused=each.subject_id in refused))
        in hook.happenings
    ]
    if rows:
        postgresql = work.session.get_bind().dialect.name == "postgresql"
        insert = (pg_insert if postgresql else lite_insert)(_DELIVERY)
        work.session.execute(insert.on_conflict_do_nothing(), rows)
    return len(rows)


def as_maker(work: Work, person: Person) -> Work | None:
    """Return the work of a hook's maker, if they are here and may have a program told."""
    if not signin.is_here(work, person) or not may(person.role, Right.EXPORT):
        return None
    return replace(work, actor=signin.as_actor(person))


def _lines(theirs: Work, hook: Webhook, head: int) -> Sequence[HistoryEntry]:
    asked = select(HistoryEntry).where(
        HistoryEntry.seq > hook.told_seq,
        HistoryEntry.seq <= head,
        col(HistoryEntry.what).in_(tags_of(hook.happenings)),
        col(HistoryEntry.matter_id).in_(doors.mine(theirs.actor, theirs.today)),
    )
    if hook.about_matter_id is not None:
        asked = asked.where(HistoryEntry.matter_id == hook.about_matter_id)
    return theirs.session.exec(asked.order_by(col(HistoryEntry.seq)).limit(LINES_AT_ONCE)).all()


def _moved_on(work: Work, hook: Webhook, until: int) -> bool:
    done = work.session.execute(
        sa.update(Webhook)
        .where(col(Webhook.id) == hook.id, col(Webhook.told_seq) == hook.told_seq)
        .values(told_seq=until)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount)  # type: ignore[attr-defined]


def _refusals(theirs: Work, lines: Sequence[HistoryEntry]) -> set[str]:
    logged = [each.subject_id for each in lines if each.what == "event.logged"]
    if not logged:
        return set()
    asked = select(Event.id).where(
        col(Event.id).in_(logged),
        col(Event.outcome).in_(REFUSALS),
        doors.within(Event, doors.mine(theirs.actor, theirs.today), theirs.today),
    )
    return set(theirs.session.exec(asked))


def _row(work: Work, hook: Webhook, line: HistoryEntry, happening: Happening) -> dict[str, Any]:
    return {
        "id": new_code("WD"),
        "webhook_id": hook.id,
        "seq": line.seq,
        "happening": happening,
        "owed_at": line.at,
        "send_at": work.now,
        "state": ReminderState.PENDING,
        "attempts": 0,
        "unsure": 0,
        "last_problem": "",
    }
