"""Change how dates are reminded of: for the office, for a matter, for oneself.

The office's policy is the floor. A matter may have more; less only by an attorney, with a reason.
For oneself there is only more. What is owed already follows in the same transaction.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa
from pydantic import BeforeValidator, Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Deadline, Reminder, ReminderHours, ReminderPolicy
from casemgr.domain.access import Right, may
from casemgr.domain.reminders import FURTHEST, Policy, PolicyKind, ReminderKind, policy_kind
from casemgr.domain.words import ReminderState, Role, Side
from casemgr.errors import Malformed, Refused
from casemgr.fields import Code, Input, ShortText
from casemgr.usecases import owing, records
from casemgr.usecases.clock import open_on
from casemgr.usecases.policies import book, policy_of
from casemgr.usecases.work import Work, changes


def _numbers(given: object) -> object:
    """Take days as a form sends them, `14, 7, 0` or `none`, for the list they mean."""
    if isinstance(given, str):
        return [] if given == "none" else given.replace(",", " ").split()
    return given


def _time(typed: object) -> str:
    try:
        return time.fromisoformat(str(typed)).strftime("%H:%M")
    except ValueError:
        raise ValueError(f"{typed!r} is no time of day. Write it like 06:00") from None


Days = Annotated[
    list[Annotated[int, Field(ge=0, le=FURTHEST)]],
    BeforeValidator(_numbers),
    Field(max_length=20),
]
QuietDays = Annotated[
    list[Annotated[int, Field(ge=0, le=6)]], BeforeValidator(_numbers), Field(max_length=6)
]
TimeOfDay = Annotated[str, Field(max_length=5), BeforeValidator(_time)]


class PolicyInput(Input):
    """How a kind of date is reminded of; without a matter it is the office's policy."""

    kind: PolicyKind
    matter_id: Code | None = None
    days_before: Days = Field(default=[14, 7, 3, 1, 0], description="0 is the day itself.")
    overdue_every: Annotated[int, Field(ge=0, le=30)] = 1
    answer_hours: Annotated[int, Field(ge=0, le=240)] = 24
    because: ShortText = ""


class OwnDaysInput(Input):
    """Days before a kind of date on which one is told besides what the office and matter do."""

    kind: PolicyKind
    days_before: Days = Field(description="Added to the office's; none of them takes one away.")


class HoursInput(Input):
    """When somebody wants to be told, and of what besides their dates."""

    zone: Annotated[str, Field(max_length=60)] = ""
    morning: TimeOfDay = "06:00"
    evening: TimeOfDay = "20:00"
    quiet_days: QuietDays = [5, 6]
    digest: bool = True
    notices: bool = True


def set_policy(work: Work, given: PolicyInput) -> ReminderPolicy:
    """Set the office's policy for a kind of date, or a matter's; what is owed follows at once."""
    wanted = Policy(
        tuple(sorted(set(given.days_before), reverse=True)), given.overdue_every, given.answer_hours
    )
    if given.matter_id is None:
        _may_set_the_floor(work)
    else:
        doors.matter(work.session, work.actor, given.matter_id, Right.CONFIRM, work.today)
        _not_below_the_floor(work, given, wanted)
    row = _kept(work, given, wanted)
    _owe_anew(work, given.kind, given.matter_id)
    return row


def _may_set_the_floor(work: Work) -> None:
    if work.actor.role not in {Role.ADMINISTRATOR, Role.ATTORNEY}:
        raise Refused("The office's policy is set by its attorneys and administrators. Ask one.")


def _not_below_the_floor(work: Work, given: PolicyInput, wanted: Policy) -> None:
    floor = book(work, [], []).floor(given.kind)
    if not wanted.loosens(floor):
        return
    if not may(work.actor.role, Right.OVERRIDE):
        raise Refused(
            "This would remind less than the office does everywhere. An attorney on the matter can "
            "do that, with a reason; you can add reminders."
        )
    if not given.because:
        raise Malformed({"because": "This reminds less than the office does. Say why."})


def _kept(work: Work, given: PolicyInput, wanted: Policy) -> ReminderPolicy:
    key = f"{given.matter_id or 'office'}:{given.kind}"
    found = work.session.exec(select(ReminderPolicy).where(ReminderPolicy.key == key)).one_or_none()
    before = policy_of(found) if found else book(work, [], []).floor(given.kind)
    row = found or ReminderPolicy(key=key, kind=given.kind, matter_id=given.matter_id)
    row.days_before, row.because = list(wanted.days_before), given.because
    row.overdue_every, row.answer_hours = wanted.overdue_every, wanted.answer_hours
    records.keep(work, row)
    said = changes(_said(before), _said(wanted))
    if said or found is None:
        title = given.kind.value.replace("_", " ")
        work.record("policy.changed", row, title=title, changes=said or "nothing")
    return row


def _said(policy: Policy) -> dict[str, object]:
    return {name: str(value) for name, value in asdict(policy).items()}


def _owe_anew(work: Work, kind: PolicyKind, matter_id: str | None) -> None:
    """Cancel and owe again what open dates of a kind owe; the same again is the same row."""
    in_court = kind in {PolicyKind.OUR_COURT_DATE, PolicyKind.THEIR_COURT_DATE}
    conditions = [open_on(work.today), col(Deadline.lawsuit_id).is_not(None) == in_court]
    if matter_id is not None:
        conditions.append(col(Deadline.matter_id) == matter_id)
    rows = [
        row
        for row in work.session.scalars(sa.select(Deadline).where(*conditions))
        if policy_kind(Side(row.whose), in_court=in_court) is kind
    ]
    _anew(work, rows)


def set_own_days(work: Work, given: OwnDaysInput) -> ReminderPolicy:
    """Set on which further days one is told of a kind of date; what one is owed follows at once.

    They come on top of the office's and the matter's days: for oneself there is only more.
    """
    person_id = str(work.actor.id)
    key = f"{person_id}:{given.kind}"
    found = work.session.exec(select(ReminderPolicy).where(ReminderPolicy.key == key)).one_or_none()
    row = found or ReminderPolicy(key=key, kind=given.kind, person_id=person_id)
    before, row.days_before = row.days_before, sorted(set(given.days_before), reverse=True)
    records.keep(work, row)
    if said := changes({"days before": str(before)}, {"days before": str(row.days_before)}):
        title = given.kind.value.replace("_", " ")
        work.record("policy.changed", row, title=f"{title}, for themselves,", changes=said)
    _move_to(work, person_id)
    return row


def set_hours(work: Work, given: HoursInput, *, version: int | None = None) -> ReminderHours:
    """Set when the actor wants to be told; what they are owed already moves to those hours."""
    if given.zone:
        try:
            ZoneInfo(given.zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise Malformed(
                {"zone": f"{given.zone!r} is no time zone. Write one like America/Chicago."}
            ) from None
    if given.morning >= given.evening:
        raise Malformed({"evening": "The evening comes after the morning. Choose a later time."})
    person_id = str(work.actor.id)
    row = work.session.get(ReminderHours, person_id) or ReminderHours(person_id=person_id)
    records.not_overtaken(row, version)
    for name, value in given.model_dump().items():
        setattr(row, name, value)
    records.keep(work, row)
    _move_to(work, person_id)
    return row


def _move_to(work: Work, person_id: str) -> None:
    """Owe again, at the new hours and days, what open dates still owe to somebody."""
    asked = sa.select(Deadline).where(
        open_on(work.today),
        col(Deadline.matter_id).in_(doors.mine(work.actor, work.today)),
        sa.or_(
            col(Deadline.owner_id) == person_id,
            col(Deadline.second_id) == person_id,
            col(Deadline.owner_id).is_(None),
            # Of a date in court somebody is told besides its owner.
            col(Deadline.lawsuit_id).is_not(None),
        ),
    )
    rows = list(work.session.scalars(asked))
    _anew(work, rows)


def _anew(work: Work, rows: list[Deadline]) -> None:
    """Cancel and owe again what is planned ahead; what was put off or handed up stays."""
    work.session.flush()
    work.session.execute(
        sa.update(Reminder)
        .where(
            col(Reminder.deadline_id).in_([row.id for row in rows]),
            col(Reminder.kind) == ReminderKind.DEADLINE,
            col(Reminder.state) == ReminderState.PENDING,
            col(Reminder.send_at) > work.now,
            col(Reminder.days_before) >= -1,
            col(Reminder.dedupe_key).not_like("%:snoozed:%"),
        )
        .values(state=ReminderState.CANCELLED)
        .execution_options(synchronize_session=False)
    )
    owing.owe_all(work, rows)
