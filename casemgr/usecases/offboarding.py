"""Off-boarding: everything somebody could come in by ends at once, and what they leave is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.doors import stands_between, walled
from casemgr.db.tables import Deadline, Membership, Person, SignInLink, Task
from casemgr.domain.words import TaskState
from casemgr.errors import Malformed, NotFound
from casemgr.usecases import people, records, signin
from casemgr.usecases.work import Work


@dataclass(frozen=True)
class Duty:
    """Something open that the person was to do, by its codes only: whoever looks after people
    reads no matter."""

    kind: str
    id: str
    matter_id: str
    due_on: date | None


@dataclass(frozen=True)
class Report:
    """What ended, and what somebody else must take over."""

    person: Person
    sessions: int
    tokens: int
    links: int
    memberships: int
    duties: tuple[Duty, ...]
    unanswered: tuple[str, ...]  # matters that nobody answers for any more


def off_board(work: Work, person_id: str) -> Report:
    """End every session, token, link and membership of somebody, and list what they leave open."""
    people.administrators_only(work)
    signin.fresh(work)
    person = work.session.get(Person, person_id)
    if person is None:
        raise NotFound
    if person.id == work.actor.id:
        raise Malformed({"": "You cannot lock yourself out. Ask another administrator."})
    duties = open_duties(work, person.id)
    person.active = False
    records.keep(work, person)
    sessions, tokens, links = signin.lock_out(work, person.id)
    work.session.execute(sa.delete(SignInLink).where(col(SignInLink.person_id) == person.id))
    ended = _end_memberships(work, person)
    report = Report(person, sessions, tokens, links, len(ended), duties, _unanswered(work, ended))
    work.record("person.off_boarded", person, title=person.name, says=summary(report))
    return report


def off_board_by_email(work: Work, email: str) -> Report:
    """Off-board whoever has this e-mail address."""
    found = work.session.exec(select(Person.id).where(Person.email == email.strip().lower()))
    person_id = found.one_or_none()
    if person_id is None:
        raise Malformed({"email": f"Nobody of the office has the address {email.strip()}."})
    return off_board(work, person_id)


def summary(report: Report) -> str:
    """Return the figures of a report in one line."""
    counted = [
        (report.sessions, "session"),
        (report.tokens, "API token"),
        (report.links, "link"),
        (report.memberships, "membership"),
    ]
    said = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counted]
    left = len(report.duties)
    return f"{', '.join(said)}; {left} open dut{'y' if left == 1 else 'ies'} left"


def open_duties(work: Work, person_id: str) -> tuple[Duty, ...]:
    """Return the deadlines and tasks that a person has and that are still open.

    Without those of a matter from which the person who asks is walled off.
    """
    hidden_from = work.actor.id
    deadlines = sa.select(
        sa.literal("deadline"), col(Deadline.id), col(Deadline.matter_id), col(Deadline.due)
    ).where(
        col(Deadline.owner_id) == person_id,
        col(Deadline.superseded_on).is_(None),
        col(Deadline.done_on).is_(None),
        col(Deadline.known_on) <= work.today,
        sa.not_(walled(hidden_from, col(Deadline.matter_id))),
    )
    tasks = sa.select(
        sa.literal("task"), col(Task.id), col(Task.matter_id), col(Task.due_on)
    ).where(
        col(Task.person_id) == person_id,
        col(Task.state) == TaskState.OPEN,
        sa.not_(walled(hidden_from, col(Task.matter_id))),
    )
    found: list[Any] = [*work.session.execute(deadlines), *work.session.execute(tasks)]
    duties = [Duty(*row) for row in found]
    return tuple(sorted(duties, key=lambda each: (each.due_on or date.max, each.id)))


def _end_memberships(work: Work, person: Person) -> list[Membership]:
    current = work.session.exec(
        select(Membership).where(
            Membership.person_id == person.id,
            sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= work.today),
        )
    ).all()
    for member in current:
        if member.since_on > work.today:  # it had not begun, and never will
            work.session.delete(member)
        else:
            member.until_on = work.today
            records.keep(work, member)
        work.record("member.removed", member, title=person.name)
    return list(current)


def _unanswered(work: Work, ended: list[Membership]) -> tuple[str, ...]:
    """Return the matters of these memberships that no active person answers for any more."""
    left = {
        member.matter_id
        for member in ended
        if member.responsible
        and not (work.actor.id and stands_between(work.session, work.actor.id, member.matter_id))
    }
    if not left:
        return ()
    answered = work.session.exec(
        select(Membership.matter_id)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(
            col(Membership.matter_id).in_(left),
            col(Membership.responsible).is_(True),
            col(Person.active).is_(True),
            col(Membership.since_on) <= work.today,
            sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= work.today),
        )
    ).all()
    return tuple(sorted(left - set(answered)))
