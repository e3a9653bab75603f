"""Which policy and whose hours a reminder follows: the office's floor, a matter's own, a person's.

The office's policy is the floor. A matter's stands in its place; only an attorney may have made it
looser. A person's adds days for that person alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.tables import ReminderHours, ReminderPolicy
from casemgr.domain.reminders import USUAL, WEEKEND, Hours, Policy, PolicyKind
from casemgr.usecases.work import Work

Place = tuple[PolicyKind, str]  # the kind, and the id of a matter or a person; "" is the office


@dataclass(frozen=True, slots=True)
class Book:
    """The policies and hours that some matters and people need, read once."""

    zone: ZoneInfo
    kept: Mapping[Place, Policy]
    hours_of: Mapping[str, Hours]

    def floor(self, kind: PolicyKind) -> Policy:
        """Return the office's policy for a kind of date."""
        return self.kept.get((kind, ""), USUAL[kind])

    def of_matter(self, kind: PolicyKind, matter_id: str) -> Policy:
        """Return a matter's policy: its own, or the office's."""
        return self.kept.get((kind, matter_id)) or self.floor(kind)

    def policy(self, kind: PolicyKind, matter_id: str, person_id: str) -> Policy:
        """Return what a person is told of a kind of date on a matter."""
        found = self.of_matter(kind, matter_id)
        more = self.kept.get((kind, person_id))
        if more is None:
            return found
        days = sorted({*found.days_before, *more.days_before}, reverse=True)
        return replace(found, days_before=tuple(days))

    def hours(self, person_id: str) -> Hours:
        """Return when a person wants to be told."""
        return self.hours_of.get(person_id) or Hours(self.zone)


def book(work: Work, matter_ids: Collection[str], people: Collection[str]) -> Book:
    """Read the policies of the office, these matters and these people, and the people's hours."""
    rows = work.session.exec(
        select(ReminderPolicy).where(
            sa.or_(
                sa.and_(
                    col(ReminderPolicy.matter_id).is_(None), col(ReminderPolicy.person_id).is_(None)
                ),
                col(ReminderPolicy.matter_id).in_(matter_ids),
                col(ReminderPolicy.person_id).in_(people),
            )
        )
    )
    hours = work.session.exec(select(ReminderHours).where(col(ReminderHours.person_id).in_(people)))
    return Book(
        work.zone,
        {
            (PolicyKind(row.kind), row.matter_id or row.person_id or ""): policy_of(row)
            for row in rows
        },
        {row.person_id: hours_of(row, work.zone) for row in hours},
    )


def policy_of(row: ReminderPolicy) -> Policy:
    """Return the policy that a row keeps."""
    return Policy(tuple(row.days_before), row.overdue_every, row.answer_hours)


def hours_of(row: ReminderHours | None, office: ZoneInfo) -> Hours:
    """Return the hours that a row keeps; without one, the usual ones in the office's zone."""
    if row is None:
        return Hours(office, quiet_days=WEEKEND)
    return Hours(
        zone=ZoneInfo(row.zone) if row.zone else office,
        morning=time.fromisoformat(row.morning),
        evening=time.fromisoformat(row.evening),
        quiet_days=tuple(row.quiet_days),
    )
