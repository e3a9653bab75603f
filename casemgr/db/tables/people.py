"""People of the office, the matters they are on, and how they prove who they are."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from casemgr.db.tables.columns import Edited
from casemgr.domain.words import Role, TokenScope, WayIn
from casemgr.fields import choice, code


class Office(SQLModel, table=True):
    """The one office this installation serves. `as_of` is set only in a demonstration."""

    __table_args__ = (sa.CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=200)
    zone: str = Field(max_length=60)
    demonstration: bool = False
    as_of: date | None = None
    seeds: str = Field(default="", max_length=64)  # the hash of what was planted
    law_version: str = Field(default="", max_length=64)  # of the files every date was counted under


class Person(Edited, table=True):
    """Somebody who may sign in."""

    id: str = Field(default_factory=code("P"), primary_key=True, max_length=16)
    name: str = Field(max_length=200)
    email: str = Field(max_length=254, unique=True)
    role: Role = Field(sa_type=choice(Role), nullable=False)
    title: str = Field(default="", max_length=200)
    password_hash: str | None = Field(default=None, max_length=300)
    active: bool = True
    office_wide: bool = False  # attorneys and staff only; a wall still beats it
    term_ends_on: date | None = None


class Membership(Edited, table=True):
    """A person on a matter, from a day to a day."""

    __table_args__ = (
        UniqueConstraint("person_id", "matter_id"),
        sa.CheckConstraint("until_on IS NULL OR until_on >= since_on", name="in_order"),
    )

    id: str = Field(default_factory=code("MB"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    since_on: date
    until_on: date | None = None
    responsible: bool = False  # is reminded of everything on the matter that nobody owns


class SignIn(SQLModel, table=True):
    """One browser's session: the cookie's secret is kept only as its hash.

    `half` means that the password was right and the second factor is still owed: such a session
    opens nothing but the page that asks for it.
    """

    __tablename__ = "sign_in"

    token_hash: str = Field(primary_key=True, max_length=64)
    id: str = Field(default_factory=code("SI"), unique=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    half: bool = False
    way: WayIn = Field(default=WayIn.PASSWORD, sa_type=choice(WayIn), nullable=False)
    device: str = Field(default="", max_length=100)  # as its owner would know it again
    started_at: datetime
    proved_at: datetime  # earlier where a single sign-on proved it some time ago
    seen_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None


class SignInLink(SQLModel, table=True):
    """A one-click sign-in for the people of a demonstration office."""

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", ondelete="RESTRICT")


class PasswordLink(SQLModel, table=True):
    """A link with which somebody sets a password, once: an invitation, or a reset."""

    __tablename__ = "password_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None = None


class SecondFactor(SQLModel, table=True):
    """A person's authenticator app. The secret is not kept: it follows from `salt` and the key
    outside the database, so that a copy of the database makes no codes."""

    __tablename__ = "second_factor"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="RESTRICT")
    salt: str = Field(max_length=64)
    since_at: datetime
    last_step: int = Field(default=0, sa_type=sa.BigInteger)  # a code counts once


class RecoveryCode(SQLModel, table=True):
    """One of ten codes for the day the telephone is lost; kept only as its keyed hash."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(primary_key=True, max_length=64)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    used_at: datetime | None = None


class ApiToken(SQLModel, table=True):
    """A named secret a program uses in a person's place, to read or also to write."""

    __tablename__ = "api_token"

    id: str = Field(default_factory=code("AT"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=200)
    token_hash: str = Field(max_length=64, unique=True)
    scope: TokenScope = Field(default=TokenScope.WRITE, sa_type=choice(TokenScope), nullable=False)
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class Attempt(SQLModel, table=True):
    """When somebody tried to prove who they are, by account or by address; see `throttle`."""

    key: str = Field(primary_key=True, max_length=128)
    tried: list[float] = Field(default_factory=list, sa_type=sa.JSON)  # seconds since 1970
    last_at: datetime = Field(index=True)
