"""Reminders: written, moved and cancelled with their deadline, in a few statements for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm.util import identity_key
from sqlmodel import col

from casemgr.db.tables import Membership, Reminder
from casemgr.domain.deadlines import Owed
from casemgr.domain.reminders import days_to_remind
from casemgr.domain.words import ReminderState, Side
from casemgr.fields import new_code
from casemgr.usecases.work import Work

MORNING = time(6)  # reminders go out at six in the office's zone

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
    """Write the reminders a deadline owes, to its owner and second or to who is responsible."""
    return owe_all(work, [row])[row.id]


def owe_all(work: Work, rows: Sequence[Reminded]) -> Mapping[str, Written]:
    """Write the reminders of several deadlines; by the deadline's id, who is told and when."""
    work.session.flush()
    responsible = _responsible(work, {row.matter_id for row in rows})
    found: dict[str, Written] = {}
    lines: list[dict[str, Any]] = []
    for row in rows:
        named = tuple(each for each in (row.owner_id, row.second_id) if each)
        people = named or responsible[row.matter_id]
        days = list(_days(work, row))
        lines += [_line(work, row, who, *day) for who in people for day in days]
        owed = sorted(Owed(who, day) for who in people for _, day in days)
        found[row.id] = Written(people, tuple(owed))
    if lines:
        work.session.execute(_REMINDER.insert(), lines)
    return found


def _days(work: Work, row: Reminded) -> Iterator[tuple[int, date]]:
    if row.done_on is None:
        due = (row.safe or row.due) if row.whose is Side.OURS else row.due
        in_court, last = row.lawsuit_id is not None, row.latest or row.due
        yield from days_to_remind(
            row.whose, in_court=in_court, due=due, last=last, today=work.today
        )


def _line(work: Work, row: Reminded, person_id: str, before: int, day: date) -> dict[str, Any]:
    return {
        "id": new_code("RM"),
        "matter_id": row.matter_id,
        "deadline_id": row.id,
        "person_id": person_id,
        "dedupe_key": f"{row.id}:v{row.version}:T{-before:+d}:{person_id}:mail",
        "days_before": before,
        "channel": "mail",
        "send_at": datetime.combine(day, MORNING, work.zone),
        "state": ReminderState.PENDING,
        "attempts": 0,
        "last_problem": "",
    }


def _responsible(work: Work, matter_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
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
