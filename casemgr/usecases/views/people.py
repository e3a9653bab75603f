"""The people of the office as whoever looks after them sees them, and one's own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.doors import walled
from casemgr.db.tables import (
    ApiToken,
    Deadline,
    LinkedAccount,
    Membership,
    Passkey,
    Person,
    SecondFactor,
    SignIn,
    Task,
)
from casemgr.domain.words import Role, TaskState
from casemgr.usecases import passkeys, people, second_factor, signin
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list: never what they work on, only how much."""

    id: str
    name: str
    email: str
    role: Role
    active: bool
    invited: bool
    term_ends_on: date | None
    has_factor: bool
    matters: int
    duties: int
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in."""

    id: str
    device: str
    started_at: datetime
    seen_at: datetime
    this: bool


@dataclass(frozen=True, slots=True)
class Account:
    """What somebody sees of their own ways in."""

    person: Person
    has_app: bool
    codes_left: int
    passkeys: list[Passkey]
    sessions: list[OpenSession]
    tokens: list[ApiToken]


def look_at_people(work: Work) -> list[PersonLine]:
    """Show everybody of the office, by name; for administrators."""
    people.administrators_only(work)
    given = {"today": work.today, "viewer": work.actor.id}
    return [PersonLine(*row) for row in work.session.execute(_PEOPLE, given)]


def colleagues(work: Work) -> list[tuple[str, str]]:
    """Return id and name of everybody who may come in, for a list to choose from."""
    here = sa.select(col(Person.id), col(Person.name)).where(col(Person.active).is_(True))
    return [(id_, name) for id_, name in work.session.execute(here.order_by(col(Person.name)))]


def look_at_account(work: Work, cookie: str) -> Account:
    """Show somebody's own sessions, tokens and second factor."""
    person = work.session.get_one(Person, work.actor.id)
    return Account(
        person,
        second_factor.is_on(work.session, person.id),
        second_factor.codes_left(work.session, person.id),
        passkeys.of(work.session, person.id),
        _sessions(work, person, cookie),
        _tokens(work, person),
    )


def _sessions(work: Work, person: Person, cookie: str) -> list[OpenSession]:
    found = work.session.exec(
        select(SignIn).where(*signin.open_to(person.id)).order_by(col(SignIn.seen_at).desc())
    ).all()
    here = signin.token_hash(cookie)
    return [
        OpenSession(each.id, each.device, each.started_at, each.seen_at, each.token_hash == here)
        for each in found
    ]


def _tokens(work: Work, person: Person) -> list[ApiToken]:
    asked = select(ApiToken).where(
        ApiToken.person_id == person.id,
        col(ApiToken.revoked_at).is_(None),
        col(ApiToken.expires_at) > signin.moment(),
    )
    return list(work.session.exec(asked.order_by(col(ApiToken.made_at).desc())).all())


_today = sa.bindparam("today", type_=sa.Date())
_viewer = sa.bindparam("viewer", type_=sa.String())


def _counted(of: Any, *where: Any) -> Any:
    return sa.select(sa.func.count()).select_from(of).where(*where).scalar_subquery()


_DUTIES = _counted(
    Deadline,
    col(Deadline.owner_id) == col(Person.id),
    col(Deadline.superseded_on).is_(None),
    col(Deadline.done_on).is_(None),
    col(Deadline.known_on) <= _today,
    sa.not_(walled(_viewer, col(Deadline.matter_id))),
) + _counted(
    Task,
    col(Task.person_id) == col(Person.id),
    col(Task.state) == TaskState.OPEN,
    sa.not_(walled(_viewer, col(Task.matter_id))),
)

_MATTERS = _counted(
    Membership,
    col(Membership.person_id) == col(Person.id),
    col(Membership.since_on) <= _today,
    sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= _today),
    # Neither what the person is walled off from, nor what whoever looks at the list is.
    sa.not_(walled(col(Person.id), col(Membership.matter_id))),
    sa.not_(walled(_viewer, col(Membership.matter_id))),
)

_PEOPLE = sa.select(
    col(Person.id),
    col(Person.name),
    col(Person.email),
    col(Person.role),
    col(Person.active),
    sa.and_(
        col(Person.password_hash).is_(None),
        sa.not_(sa.exists().where(col(LinkedAccount.person_id) == col(Person.id))),
    ),
    col(Person.term_ends_on),
    sa.or_(
        sa.exists().where(col(SecondFactor.person_id) == col(Person.id)),
        sa.exists().where(col(Passkey.person_id) == col(Person.id)),
    ),
    _MATTERS,
    _DUTIES,
    sa.select(sa.func.max(col(SignIn.seen_at)))
    .where(col(SignIn.person_id) == col(Person.id))
    .scalar_subquery(),
).order_by(col(Person.active).desc(), col(Person.name), col(Person.id))
