"""Deadlines with their proofs, and the reminders they owe. No due date is typed in anywhere."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from casemgr.api.bodies import again
from casemgr.api.nouns import Change, Noun
from casemgr.api.reminders import ANSWERS
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import doors, tables
from casemgr.db.tables import Deadline
from casemgr.domain.access import Right
from casemgr.domain.words import DeadlineState
from casemgr.errors import Malformed
from casemgr.fields import Code, Input
from casemgr.usecases import deadlines
from casemgr.usecases.work import Work

# `domain.deadlines.state_on`, said in SQL so that a list can be asked for one state.
_LAST = sa.case((col(Deadline.certain), col(Deadline.due)), else_=col(Deadline.latest))
STATE = sa.case(
    (col(Deadline.superseded_on) <= TODAY, DeadlineState.SUPERSEDED.value),
    (col(Deadline.done_on) <= TODAY, DeadlineState.DONE.value),
    (_LAST < TODAY, DeadlineState.OVERDUE.value),
    (
        sa.and_(col(Deadline.certain), col(Deadline.due).is_not(None)),
        DeadlineState.DUE.value,
    ),
    else_=DeadlineState.NOT_CONFIRMED.value,
)


class DeadlineChange(Input):
    """What a person may do to a deadline: give it to somebody, say it is done, confirm it."""

    owner_id: Code | None = None
    second_id: Code | None = None
    done: deadlines.DoneInput | None = None
    confirmed: Literal[True] | None = None
    checked: Literal[True] | None = None
    override: deadlines.OverrideInput | None = None


def change_deadline(work: Work, deadline_id: str, given: DeadlineChange) -> SQLModel:
    """Hand a deadline over, mark it done, confirm or double-check it, or override it."""
    asked = given.model_fields_set
    acts = asked & {"done", "confirmed", "checked", "override"}
    if len(acts) > 1 or not asked:
        raise Malformed("Do one thing at a time: done, confirmed, checked, override, or owners.")
    if given.done is not None:
        return deadlines.mark_done(work, deadline_id, given.done)
    if given.confirmed:
        return deadlines.confirm(work, deadline_id)
    if given.checked:
        return deadlines.double_check(work, deadline_id)
    if given.override is not None:
        return deadlines.override(work, deadline_id, given.override)
    if acts:
        raise Malformed(dict.fromkeys(acts, "Give what is to be done, or leave this out."))
    return _assign(work, deadline_id, given)


def _assign(work: Work, deadline_id: str, given: DeadlineChange) -> SQLModel:
    row = doors.deadline(work.session, work.actor, deadline_id, Right.LOG, work.today)
    stands = {"owner_id": row.owner_id, "second_id": row.second_id}
    named = {name: getattr(given, name) for name in given.model_fields_set}
    owners = again(deadlines.OwnersInput, {**stands, **named})
    return deadlines.assign(work, deadline_id, owners)


DEADLINES = Noun(
    path="deadlines",
    one="deadline",
    about="A due date, whose it is, the rule and text it came from, and its proof, step by step. "
    "Dates are derived from facts: log an event or a docket entry to move one.",
    shape=Shape(
        "Deadline",
        Deadline,
        gates={
            "done_on": ("done_how", "done_by"),
            "superseded_on": ("superseded_because", "superseded_by_id"),
        },
        computed={"state": (DeadlineState, STATE)},
    ),
    order="due",
    filters={
        "matter": "matter_id",
        "request": "request_id",
        "track": "track_id",
        "lawsuit": "lawsuit_id",
        "docket_entry": "docket_entry_id",
        "whose": "whose",
        "state": "state",
        "rule": "rule",
        "owner": "owner_id",
        "due": "due",
    },
    change=Change(
        DeadlineChange,
        change_deadline,
        {"done": {"done_on": "2010-10-29", "how": "Filed and served."}},
        merged=False,
    ),
    acts=ANSWERS,
)

REMINDERS = Noun(
    path="reminders",
    one="reminder",
    about="A message owed to a person about a deadline or a task.",
    shape=Shape(
        "Reminder",
        tables.Reminder,
        without=(
            "dedupe_key",
            "claimed_by",
            "lease_until",
            "last_problem",
            "facts",
            "sent_to",
            "unsure",
        ),
    ),
    order="send_at",
    filters={
        "matter": "matter_id",
        "deadline": "deadline_id",
        "task": "task_id",
        "person": "person_id",
        "state": "state",
    },
)

NOUNS = (DEADLINES, REMINDERS)
