"""How reminders go out, for programs: policies, one's own hours, and the answers to a reminder."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from casemgr.api.nouns import Act, Asker, Create, Noun
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import doors
from casemgr.db.tables import ReminderHours, ReminderPolicy
from casemgr.usecases import answers, policy_changes


def _policies(_table: type[SQLModel], asker: Asker) -> Any:
    """The office's policies are everybody's to read; a matter's are of who is on it."""
    of_office = sa.and_(
        col(ReminderPolicy.matter_id).is_(None), col(ReminderPolicy.person_id).is_(None)
    )
    return sa.or_(of_office, col(ReminderPolicy.matter_id).in_(doors.mine(asker, TODAY)))


def _own(_table: type[SQLModel], asker: Asker) -> Any:
    return col(ReminderHours.person_id) == asker.id


_NOT_OWN = ("key", "matter_id", "overdue_every", "answer_hours", "because")


def _own_days(_table: type[SQLModel], asker: Asker) -> Any:
    return col(ReminderPolicy.person_id) == asker.id


POLICIES = Noun(
    path="reminder-policies",
    one="reminder policy",
    about="How a kind of date is reminded of, where it differs from the usual: the office's, which "
    "is the floor, or a matter's. Posting one again for the same kind and place changes it.",
    shape=Shape("ReminderPolicy", ReminderPolicy, without=("key",)),
    scope=_policies,
    filters={"matter": "matter_id", "kind": "kind"},
    create=Create(
        policy_changes.PolicyInput,
        policy_changes.set_policy,
        {"kind": "our_court_date", "days_before": [21, 14, 7, 3, 1, 0], "overdue_every": 1},
    ),
)

HOURS = Noun(
    path="reminder-hours",
    one="reminder hours",
    about="When the asker wants to be told, and whether they get the morning's list. "
    "Posting them again changes them.",
    shape=Shape("ReminderHours", ReminderHours),
    order="person_id",
    key="person_id",
    scope=_own,
    create=Create(
        policy_changes.HoursInput,
        policy_changes.set_hours,
        {"zone": "America/Chicago", "morning": "07:30", "quiet_days": [5, 6]},
    ),
)

OWN_DAYS = Noun(
    path="own-reminder-days",
    one="own reminder days",
    about="On which further days the asker is told of a kind of date, besides what the office and "
    "the matter do. Posting them again for the same kind changes them.",
    shape=Shape("OwnReminderDays", ReminderPolicy, without=_NOT_OWN),
    scope=_own_days,
    filters={"kind": "kind"},
    create=Create(
        policy_changes.OwnDaysInput,
        policy_changes.set_own_days,
        {"kind": "our_court_date", "days_before": [30, 10]},
    ),
)

NOUNS = (POLICIES, HOURS, OWN_DAYS)

# What is answered to a reminder is done to its date.
ANSWERS = (
    Act(
        "acknowledgement",
        "acknowledge_deadline",
        "Say that the asker knows of a date, so that nobody else is told in their place",
        answers.acknowledge,
    ),
    Act(
        "snooze",
        "snooze_deadline",
        "Be reminded of a date again on a day before it",
        answers.snooze,
        answers.SnoozeInput,
        {"until": "2010-11-03"},
    ),
)
