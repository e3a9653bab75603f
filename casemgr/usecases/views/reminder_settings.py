"""How dates are reminded of: the office's floor, where a matter differs, and one's own hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Matter, Person, ReminderHours, ReminderPolicy
from casemgr.domain.access import Right, may
from casemgr.domain.reminders import Policy, PolicyKind
from casemgr.domain.words import Role
from casemgr.usecases.policies import book, policy_of
from casemgr.usecases.work import Work

KINDS: Mapping[PolicyKind, str] = {
    PolicyKind.OUR_COURT_DATE: "Our dates in court",
    PolicyKind.THEIR_COURT_DATE: "Their dates in court",
    PolicyKind.OUR_DATE: "Our dates with an agency",
    PolicyKind.THEIR_DATE: "An agency's time",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One policy in words."""

    what: str
    of: str
    policy: Policy
    because: str = ""

    @property
    def ahead(self) -> str:
        """Return the days on which it is told ahead."""
        said = [str(each) for each in self.policy.days_before if each]
        days = f"{', '.join(said)} days before" if said else ""
        day = "on the day" if 0 in self.policy.days_before else ""
        return ", ".join(filter(None, (days, day))) or "not ahead"

    @property
    def late(self) -> str:
        """Return how it is told when it has passed."""
        every = self.policy.overdue_every
        if not every:
            return "once"
        return "every working day until done" if every == 1 else f"every {every} days until done"

    @property
    def answer(self) -> str:
        """Return how long an answer is waited for."""
        hours = self.policy.answer_hours
        return f"after {hours} hours the next person is told" if hours else "nobody is asked"


@dataclass(frozen=True, slots=True)
class Settings:
    """The page of reminders."""

    floor: Sequence[Shown]
    differing: Sequence[Shown]
    matters: Sequence[tuple[str, str]]  # that one may set a policy for; "" is the office
    hours: ReminderHours
    own: Sequence[Shown]  # the reader's further days
    kinds: Sequence[tuple[str, str]]
    email: str


def look(work: Work) -> Settings:
    """Show the policies that the actor may know of, and their own hours."""
    known = book(work, [], [])
    matters = (
        sa.select(col(Matter.id), col(Matter.title))
        .where(col(Matter.id).in_(doors.mine(work.actor, work.today)))
        .order_by(col(Matter.title), col(Matter.id))
    )
    titles = {row.id: row.title for row in work.session.execute(matters)}
    rows = work.session.scalars(
        sa.select(ReminderPolicy).where(col(ReminderPolicy.matter_id).in_(titles))
    )
    person_id = str(work.actor.id)
    found = work.session.get(ReminderHours, person_id)
    return Settings(
        floor=[Shown(said, "", known.floor(kind)) for kind, said in KINDS.items()],
        differing=[
            Shown(
                KINDS[PolicyKind(row.kind)], titles[str(row.matter_id)], policy_of(row), row.because
            )
            for row in rows
        ],
        matters=_places(work, titles),
        hours=found or ReminderHours(person_id=person_id, version=0),
        own=[
            Shown(KINDS[PolicyKind(row.kind)], "", policy_of(row))
            for row in work.session.scalars(
                sa.select(ReminderPolicy)
                .where(col(ReminderPolicy.person_id) == person_id)
                .order_by(col(ReminderPolicy.kind))
            )
            if row.days_before
        ],
        kinds=[(kind.value, said) for kind, said in KINDS.items()],
        email=work.session.get_one(Person, person_id).email,
    )


def _places(work: Work, titles: Mapping[str, str]) -> list[tuple[str, str]]:
    office = work.actor.role in {Role.ATTORNEY, Role.ADMINISTRATOR}
    matters = list(titles.items()) if may(work.actor.role, Right.CONFIRM) else []
    return ([("", "The whole office")] if office else []) + matters
