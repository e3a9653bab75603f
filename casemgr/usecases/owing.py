"""Reminders: written, moved and cancelled with their deadline, in a few statements for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as lite_insert
from sqlalchemy.orm.util import identity_key
from sqlmodel import col

from casemgr.db.tables import Membership, Reminder
from casemgr.domain.deadlines import Owed
from casemgr.domain.reminders import MAIL, Hours, ReminderKind, days_to_remind, policy_kind
from casemgr.domain.words import ReminderState, Side
from casemgr.fields import new_code
from casemgr.usecases.policies import Book, book
from casemgr.usecases.work import Work

_REMINDER: Any = Reminder.__table__  # type: ignore[attr-defined]
_CANCEL = (
    sa.update(_REMINDER)
    .where(
        _REMINDER.c.deadline_id.in_(sa.bindparam("wanted", expanding=True)),
        _REMINDER.c.state == ReminderState.PENDING,
        _REMINDER.c.send_at > sa.bindparam("now"),
    )
    .values(state=ReminderState.CANCELLED)
    .returning(_REMINDER.c.id, _REMINDER.c.deadline_id, _REMINDER.c.person_id, _REMINDER.c.send_at)
)


class Reminded(Protocol):
    """A deadline as far as its reminders go: the row itself, or how it stands on file."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def matter_id(self) -> str: ...
    @property
    def lawsuit_id(self) -> str | None: ...
    @property
    def whose(self) -> Side: ...
    @property
    def due(self) -> date | None: ...
    @property
    def safe(self) -> date | None: ...
    @property
    def latest(self) -> date | None: ...
    @property
    def done_on(self) -> date | None: ...
    @property
    def owner_id(self) -> str | None: ...
    @property
    def second_id(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Written:
    """Who is reminded of a deadline, and the reminders written for it."""

    people: tuple[str, ...]
    owed: tuple[Owed, ...]


def owe_reminders(work: Work, row: Reminded) -> Written:
    """Write the reminders a deadline owes, to its owner and second or to who is responsible.

    Whoever is given a date of ours that has passed is told from the next working morning on.
    """
    written = owe_all(work, [row])[row.id]
    due = worked_to(row)
    if row.whose is Side.OURS and row.done_on is None and due is not None and due < work.today:
        known = book(work, [row.matter_id], written.people)
        write(work, [_late(work, row, who, known.hours(who)) for who in written.people])
    return written


def _late(work: Work, row: Reminded, who: str, hours: Hours) -> dict[str, Any]:
    day = hours.after(work.today + timedelta(days=1))
    due = worked_to(row) or work.today
    return _line(row, who, hours, -max((day - due).days, 2), day)


def owe_all(work: Work, rows: Sequence[Reminded]) -> Mapping[str, Written]:
    """Write the reminders of several deadlines; by the deadline's id, who is told and when.

    One that was cancelled before, for the same person and the same day ahead, is owed again.
    """
    work.session.flush()
    matters = {row.matter_id for row in rows}
    responsible = responsible_for(work, matters)
    told = {row.id: told_of(row, responsible[row.matter_id]) for row in rows}
    known = book(work, matters, {who for people in told.values() for who in people})
    found: dict[str, Written] = {}
    lines: list[dict[str, Any]] = []
    for row in rows:
        owed: list[Owed] = []
        for who in told[row.id]:
            days = list(_days(work, row, who, known))
            lines += [_line(row, who, known.hours(who), *day) for day in days]
            owed += [Owed(who, day) for _, day in days]
        found[row.id] = Written(told[row.id], tuple(sorted(owed)))
    write(work, lines)
    return found


def told_of(row: Reminded, responsible: Sequence[str]) -> tuple[str, ...]:
    """Return who is told of a date: whom it names, or else who answers for the matter.

    Of a date in court two people are told, wherever there are two.
    """
    named = [each for each in (row.owner_id, row.second_id) if each]
    if not named:
        return tuple(responsible)
    others = [each for each in responsible if each not in named]
    missing = 2 - len(named) if row.lawsuit_id is not None else 0
    return (*named, *others[: max(missing, 0)])


def write(work: Work, lines: Sequence[dict[str, Any]]) -> None:
    """Write reminders; one that was cancelled is owed again, one that stands is left alone."""
    if not lines:
        return
    postgresql = work.session.get_bind().dialect.name == "postgresql"
    insert = (pg_insert if postgresql else lite_insert)(_REMINDER)
    again = insert.on_conflict_do_update(
        index_elements=[_REMINDER.c.dedupe_key],
        set_={"state": ReminderState.PENDING, "send_at": insert.excluded.send_at},
        where=_REMINDER.c.state == ReminderState.CANCELLED,
    )
    once = {each["dedupe_key"]: each for each in lines}
    work.session.execute(again, list(once.values()))


def _days(work: Work, row: Reminded, who: str, known: Book) -> Iterator[tuple[int, date]]:
    if row.done_on is None:
        in_court = row.lawsuit_id is not None
        kind = policy_kind(row.whose, in_court=in_court)
        yield from days_to_remind(
            row.whose,
            in_court=in_court,
            due=worked_to(row),
            last=row.latest or row.due,
            today=work.today,
            policy=known.policy(kind, row.matter_id, who),
            hours=known.hours(who),
        )


def worked_to(row: Reminded) -> date | None:
    """Return the day people work to: of ours the safe one, where there are two."""
    return (row.safe or row.due) if row.whose is Side.OURS else row.due


def _line(row: Reminded, person_id: str, hours: Hours, before: int, day: date) -> dict[str, Any]:
    return line(
        kind=ReminderKind.DEADLINE,
        matter_id=row.matter_id,
        person_id=person_id,
        send_at=hours.at_morning(day),
        key=f"{row.id}:v{row.version}:T{-before:+d}:{person_id}:mail",
        days_before=before,
        deadline_id=row.id,
        due_on=worked_to(row),
    )


def line(
    *,
    kind: ReminderKind,
    matter_id: str | None,
    person_id: str,
    send_at: datetime,
    key: str,
    days_before: int = 0,
    deadline_id: str | None = None,
    task_id: str | None = None,
    channel: str = MAIL,
    due_on: date | None = None,
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return one reminder as a row to be written; `key` says what it is, so that it is once."""
    return {
        "id": new_code("RM"),
        "kind": kind,
        "matter_id": matter_id,
        "deadline_id": deadline_id,
        "task_id": task_id,
        "person_id": person_id,
        "facts": dict(facts or {}),
        "dedupe_key": key,
        "days_before": days_before,
        "channel": channel,
        "send_at": send_at,
        "due_on": due_on,
        "state": ReminderState.PENDING,
        "attempts": 0,
        "unsure": 0,
        "sent_to": "",
        "last_problem": "",
    }


def responsible_for(work: Work, matter_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return who is responsible for each matter today."""
    found: dict[str, list[str]] = {each: [] for each in matter_ids}
    asked = (
        sa.select(col(Membership.matter_id), col(Membership.person_id))
        .where(
            col(Membership.matter_id).in_(found),
            col(Membership.responsible).is_(True),
            col(Membership.since_on) <= work.today,
            sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= work.today),
        )
        .order_by(col(Membership.person_id))
    )
    for matter_id, person_id in work.session.execute(asked):
        found[matter_id].append(person_id)
    return {each: tuple(people) for each, people in found.items()}


def cancel_reminders(work: Work, row: Reminded) -> tuple[Owed, ...]:
    """Cancel what a deadline still owed after now; what fell due before keeps its story."""
    return cancel_all(work, [row.id]).get(row.id, ())


def cancel_all(work: Work, ids: Iterable[str]) -> Mapping[str, tuple[Owed, ...]]:
    """Cancel what these deadlines still owed after now; by the deadline's id, what fell away."""
    wanted = list(ids)
    if not wanted:
        return {}
    work.session.flush()
    gone = work.session.execute(_CANCEL, {"wanted": wanted, "now": work.now})
    found: dict[str, list[Owed]] = {}
    for reminder_id, deadline_id, person_id, send_at in gone:
        owed = Owed(person_id, send_at.astimezone(work.zone).date())
        found.setdefault(deadline_id, []).append(owed)
        if (row := work.session.identity_map.get(identity_key(Reminder, reminder_id))) is not None:
            work.session.expire(row)
    return {each: tuple(sorted(owed)) for each, owed in found.items()}
