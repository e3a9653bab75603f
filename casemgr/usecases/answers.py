"""Answer a reminder: say that one knows of the date, put it off, hand it on, or say it is done."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Deadline, Reminder
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import ReminderState, Side
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Code, Day, Input, Reason
from casemgr.usecases import deadlines, owing, records
from casemgr.usecases.deadlines import DoneInput, OwnersInput
from casemgr.usecases.policies import book
from casemgr.usecases.work import Work


class SnoozeInput(Input):
    """On which day to be told again."""

    until: Day


class HandOnInput(Input):
    """Who sees to the date from now on."""

    person_id: Code


class HowInput(Input):
    """How it was done, and where that is written."""

    how: Reason


def acknowledge(work: Work, deadline_id: str, *, version: int | None = None) -> Deadline:
    """Say that one knows of a date: nobody else is told in one's place."""
    row = _open(work, deadline_id, version)
    _answer(work, row)
    work.record("reminder.acknowledged", row, title=row.title)
    return row


def _open(work: Work, deadline_id: str, version: int | None) -> Deadline:
    row = doors.deadline(work.session, work.actor, deadline_id, Right.LOG, work.today)
    records.not_overtaken(row, version)
    if row.superseded_on is not None and row.superseded_on <= work.today:
        raise WrongMoment(
            "This date was replaced by a newer one. Open the newer one and answer it."
        )
    if row.done_on is not None:
        raise WrongMoment(f"This was done on {long_day(row.done_on)} already. Nothing was changed.")
    return row


def _answer(work: Work, row: Deadline) -> None:
    of_it = (col(Reminder.deadline_id) == row.id, col(Reminder.state).in_(_GONE_OUT))
    work.session.execute(
        sa.update(Reminder)
        .where(*of_it, col(Reminder.person_id) == work.actor.id)
        .where(col(Reminder.acknowledged_at).is_(None))
        .values(acknowledged_at=work.now, acknowledged_by=work.actor.id, seen_at=work.now)
        .execution_options(synchronize_session=False)
    )
    work.session.execute(
        sa.update(Reminder)
        .where(*of_it, col(Reminder.escalate_at).is_not(None))
        .values(escalate_at=None)
        .execution_options(synchronize_session=False)
    )


_GONE_OUT = (ReminderState.SENT, ReminderState.FAILED, ReminderState.CLAIMED)


def snooze(
    work: Work, deadline_id: str, given: SnoozeInput, *, version: int | None = None
) -> Deadline:
    """Be told of a date of ours again on a day before it; the other reminders stay."""
    row = _open(work, deadline_id, version)
    last = last_snooze(work, row)
    if last is None:
        raise WrongMoment(
            "This cannot be put off any more: it is due, or not ours to do. "
            "Say that you know of it instead."
        )
    if not work.today < given.until <= last:
        raise Malformed(
            {
                "until": f"Choose a day from {long_day(work.today + timedelta(days=1))} to "
                f"{long_day(last)}, the day before it is due."
            }
        )
    _answer(work, row)
    owing.write(work, [_again(work, row, given.until)])
    work.record("reminder.snoozed", row, title=row.title, on=given.until)
    return row


def last_snooze(work: Work, row: Deadline) -> date | None:
    """Return the last day to which a date can be put off; None where it cannot."""
    due = owing.worked_to(row)
    if row.whose is not Side.OURS or due is None:
        return None
    last = due - timedelta(days=1)
    return last if last > work.today else None


def _again(work: Work, row: Deadline, day: date) -> dict[str, object]:
    person_id = str(work.actor.id)
    hours = book(work, [row.matter_id], [person_id]).hours(person_id)
    due = owing.worked_to(row)
    return owing.line(
        kind=ReminderKind.DEADLINE,
        matter_id=row.matter_id,
        person_id=person_id,
        send_at=hours.at_morning(day),
        key=f"{row.id}:v{row.version}:snoozed:{day}:{person_id}:mail",
        days_before=(due - day).days if due else 0,
        deadline_id=row.id,
        due_on=due,
    )


def hand_on(
    work: Work, deadline_id: str, given: HandOnInput, *, version: int | None = None
) -> Deadline:
    """Give a date to somebody else on the matter; whoever hands it on looks over it from now on."""
    row = _open(work, deadline_id, version)
    _answer(work, row)
    second = row.second_id
    if row.owner_id == work.actor.id and row.second_id in {None, given.person_id}:
        second = work.actor.id
    if second == given.person_id:
        second = None
    owners = OwnersInput(owner_id=given.person_id, second_id=second)
    return deadlines.assign(work, deadline_id, owners, version=version)


def done(work: Work, deadline_id: str, given: HowInput, *, version: int | None = None) -> Deadline:
    """Say that what the date asks for was done today, and how."""
    row = _open(work, deadline_id, version)
    _answer(work, row)
    return deadlines.mark_done(
        work, deadline_id, DoneInput(done_on=work.today, how=given.how), version=version
    )


def others(work: Work, row: Deadline) -> list[tuple[str, str]]:
    """Return who on the matter could take a date over: id and name."""
    able = doors.who_can(work.session, row.matter_id, Right.LOG, work.today)
    return [(id_, name) for id_, name in able if id_ != work.actor.id]
