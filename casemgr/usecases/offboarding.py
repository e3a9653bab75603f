"""Off-boarding: everything somebody could come in by ends at once, and what they leave goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.doors import stands_between
from casemgr.db.tables import Membership, Person, SignInLink
from casemgr.errors import Malformed, NotFound
from casemgr.usecases import (
    calendar_feeds,
    challenges,
    duties,
    passkeys,
    people,
    records,
    signin,
    sso,
    webhooks,
)
from casemgr.usecases.work import Work


@dataclass(frozen=True)
class Duty:
    """Something open that the person was to do, by its codes only: whoever looks after people
    reads no matter."""

    kind: str
    id: str
    matter_id: str
    due_on: date | None
    handed_on: bool = False  # to somebody of the matter who will be there


@dataclass(frozen=True)
class Report:
    """What ended, and what became of what they had to do."""

    person: Person
    sessions: int
    tokens: int
    links: int
    passkeys: int
    sign_ons: int  # accounts of a single sign-on
    memberships: int
    duties: tuple[Duty, ...]
    unanswered: tuple[str, ...]  # matters that nobody answers for any more


def off_board(work: Work, person_id: str) -> Report:
    """End every session, token, link and membership of somebody; what they had to do goes to who
    will be there, and what nobody is there for is told."""
    people.administrators_only(work)
    signin.fresh(work)
    person = work.session.get(Person, person_id)
    if person is None:
        raise NotFound
    if person.id == work.actor.id:
        raise Malformed({"": "You cannot lock yourself out. Ask another administrator."})
    hidden = _behind_a_wall(work, person.id)
    person.active = False
    records.keep(work, person)
    sessions, tokens, links = signin.lock_out(work, person.id)
    keys, accounts = passkeys.remove_all(work, person.id), sso.unlink(work, person.id)
    challenges.forget(work, person.id)
    calendar_feeds.revoke_all(work, person.id)
    webhooks.end_all(work, person.id)
    work.session.execute(sa.delete(SignInLink).where(col(SignInLink.person_id) == person.id))
    ended = _end_memberships(work, person)
    passed = duties.pass_on(work, person.id, f"{person.name} has left.")
    left = tuple(_told(each) for each in passed if each[0].matter_id not in hidden)
    report = Report(
        person, sessions, tokens, links, keys, accounts, len(ended), left, _unanswered(work, ended)
    )
    work.record("person.off_boarded", person, title=person.name, says=summary(report))
    return report


def _told(passed: duties.Passed) -> Duty:
    duty, to = passed
    return Duty(duty.kind.value, duty.id, duty.matter_id, duty.day, to is not None)


def _behind_a_wall(work: Work, person_id: str) -> set[str]:
    """Return the matters of what somebody has to do that whoever asks is to learn nothing of."""
    found = {each.matter_id for each in duties.of_person(work, person_id)}
    who = work.actor.id
    return {each for each in found if who and stands_between(work.session, who, each)}


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
        (report.passkeys, "passkey"),
        (report.sign_ons, "sign-on account"),
        (report.memberships, "membership"),
    ]
    said = [f"{count} {name}{'' if count == 1 else 's'}" for count, name in counted]
    handed = sum(each.handed_on for each in report.duties)
    left = len(report.duties) - handed
    on = f"{duties.counted(handed)} handed on"
    return f"{', '.join(said)}; {on}, {duties.counted(left)} left to nobody"


def open_duties(work: Work, person_id: str) -> tuple[Duty, ...]:
    """Return what is open and somebody's, by its codes.

    Without those of a matter from which the person who asks is walled off.
    """
    hidden = _behind_a_wall(work, person_id)
    found = [each for each in duties.of_person(work, person_id) if each.matter_id not in hidden]
    shown = [Duty(each.kind.value, each.id, each.matter_id, each.day) for each in found]
    return tuple(sorted(shown, key=lambda each: (each.due_on or date.max, each.id)))


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
