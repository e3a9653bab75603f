"""Invitations and reset links: how somebody comes to a password without anybody else knowing it."""

from __future__ import annotations

import csv
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import StringConstraints, ValidationError
from sqlmodel import Session, col, select

from casemgr.db.tables import PasswordLink, Person
from casemgr.domain.words import Role
from casemgr.errors import Malformed, Refused, WrongMoment
from casemgr.fields import Day, Input
from casemgr.usecases import people, signin, throttle
from casemgr.usecases.people import NewPerson, PersonInput
from casemgr.usecases.work import Work

INVITED = timedelta(hours=72)
RESET = timedelta(minutes=30)
MOST_LINES = 200

DEAD = "This link was used already, or its time is over. Ask an administrator for a new one."


@dataclass(frozen=True)
class Invited:
    """Somebody with a link to set a password; the secret is shown once and kept nowhere."""

    person: Person
    secret: str
    ends_at: datetime


class ClassInput(Input):
    """A whole class, one person a line: name, e-mail address and, where not a student, the role."""

    lines: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]
    term_ends_on: Day | None = None


class NewPassword(Input):
    """A password to set, typed once: a password manager or a sentence makes no slip twice."""

    password: signin.Password


def invite(work: Work, given: PersonInput) -> Invited:
    """Add somebody and return the link with which they set a password within 72 hours, once."""
    person = people.add_person(work, NewPerson(**given.model_dump()))
    return _link(work, person, INVITED, "person.invited")


def invite_class(work: Work, given: ClassInput) -> tuple[Invited, ...]:
    """Invite everybody on a pasted list, or nobody: what is wrong is said line by line."""
    people.administrators_only(work)
    signin.fresh(work)
    read = _read(given)
    wrong = [f"Line {number}: {found}" for number, found in read if isinstance(found, str)]
    wanted = [(number, found) for number, found in read if not isinstance(found, str)]
    wrong += _twice(wanted)
    done: list[Invited] = []
    if not wrong:
        for number, each in wanted:
            try:
                done.append(invite(work, each))
            except Malformed as problem:
                wrong.append(f"Line {number}: {problem}")
    if wrong:
        raise Malformed({"lines": f"Nobody was invited. {' '.join(wrong)}"})
    return tuple(done)


def _read(given: ClassInput) -> list[tuple[int, PersonInput | str]]:
    rows = [
        (number, line)
        for number, line in enumerate(given.lines.splitlines(), start=1)
        if line.strip()
    ]
    if len(rows) > MOST_LINES:
        raise Malformed({"lines": f"These are {len(rows)} lines. Paste at most {MOST_LINES}."})
    return [(number, _person(line, given.term_ends_on)) for number, line in rows]


def _person(line: str, term_ends_on: date | None) -> PersonInput | str:
    mark = "\t" if "\t" in line else ";" if ";" in line else ","
    parts = [part.strip() for part in next(csv.reader([line], delimiter=mark))]
    if len(parts) < 2 or "@" not in parts[1]:
        return "there is no e-mail address. Write it like: Priya Shah, priya@example.org, student."
    role = parts[2].lower() if len(parts) > 2 and parts[2] else Role.STUDENT.value
    if len(parts) > 3 or role not in set(Role):
        return f"the role is one of {', '.join(Role)}, and nothing comes after it."
    try:
        return PersonInput(
            name=parts[0], email=parts[1], role=Role(role), term_ends_on=term_ends_on
        )
    except ValidationError as wrong:
        names = {"name": "the name", "email": "the e-mail address"}
        field = str(wrong.errors()[0]["loc"][0])
        return f"{names.get(field, field)} does not look right. Check it."


def _twice(wanted: list[tuple[int, PersonInput]]) -> list[str]:
    first: dict[str, int] = {}
    return [
        f"Line {number}: the address is on line {first[given.email.lower()]} too."
        for number, given in wanted
        if first.setdefault(given.email.lower(), number) != number
    ]


def invite_again(work: Work, person_id: str) -> Invited:
    """Return a new invitation for somebody who has not used theirs; the old one is void."""
    person = _someone(work, person_id)
    if person.password_hash is not None:
        raise WrongMoment(f"{person.name} has a password already. Make a reset link instead.")
    return _link(work, person, INVITED, "person.invited")


def reset(work: Work, person_id: str) -> Invited:
    """Return a link with which somebody sets a new password within 30 minutes, once.

    The second factor is asked for as always.
    """
    return _link(work, _someone(work, person_id), RESET, "person.reset")


def _someone(work: Work, person_id: str) -> Person:
    people.administrators_only(work)
    signin.fresh(work)
    person = people.find(work, person_id)
    if not signin.is_here(work, person):
        raise WrongMoment(f"{person.name} is not in the office today. Let them in again first.")
    return person


def _link(work: Work, person: Person, lasts: timedelta, tag: str) -> Invited:
    signin.void_links(work, person.id)
    secret, now = secrets.token_urlsafe(32), signin.moment()
    work.session.add(
        PasswordLink(
            token_hash=signin.token_hash(secret),
            person_id=person.id,
            made_at=now,
            ends_at=now + lasts,
        )
    )
    work.record(tag, person, title=person.name)
    return Invited(person, secret, now + lasts)


def may_try(session: Session, address: str) -> bool:
    """Count a try at a link by address, and say whether it is allowed; see signin.may_try."""
    key = _key(address)
    return throttle.may_try(session, key, key, throttle.PASSWORD, signin.moment(), still=None)


def was_right(session: Session, address: str) -> None:
    """Forget a try that was right."""
    throttle.take_back(session, _key(address))


def _key(address: str) -> str:
    return f"link-address:{signin.token_hash(address)}"


def who_is_invited(work: Work, secret: str) -> Person:
    """Return whose link this is; Refused, in the same words, for one used, late or invented."""
    person = work.session.exec(
        select(Person)
        .join(PasswordLink, col(PasswordLink.person_id) == Person.id)
        .where(
            col(PasswordLink.token_hash) == signin.token_hash(secret),
            col(PasswordLink.used_at).is_(None),
            col(PasswordLink.ends_at) > signin.moment(),
        )
    ).one_or_none()
    if person is None or not signin.is_here(work, person):
        raise Refused(DEAD)
    return person


def use_link(work: Work, secret: str, password_hash: str) -> Person:
    """Set a password by a link, which is then used up; whatever was signed in before ends."""
    person = who_is_invited(work, secret)
    used = (
        sa.update(PasswordLink)
        .where(
            col(PasswordLink.token_hash) == signin.token_hash(secret),
            col(PasswordLink.used_at).is_(None),
        )
        .values(used_at=signin.moment())
    )
    if signin.rows(work.session.execute(used)) != 1:  # of two at once, one
        raise Refused(DEAD)
    set_password(work, person, password_hash)
    return person


def set_password(work: Work, person: Person, password_hash: str, *, but: str | None = None) -> None:
    """Keep a new password; sessions, tokens and links end, except the session of cookie `but`."""
    person.password_hash = password_hash
    work.session.add(person)
    signin.lock_out(work, person.id, but=but)
    work.record("person.password", person)
