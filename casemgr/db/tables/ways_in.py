"""Ways in beside the password: passkeys, single sign-on, and what a browser is to bring back."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from casemgr.domain.words import Asked
from casemgr.fields import choice, code


class Passkey(SQLModel, table=True):
    """A passkey somebody signs in with. Only its public half is kept: a copy of the database
    opens nothing."""

    id: str = Field(default_factory=code("PK"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=100)  # as its owner would know it again
    credential_id: str = Field(max_length=1400, unique=True)  # base64url, as the browser sends it
    public_key: str = Field(max_length=3000)  # a COSE key, base64url
    sign_count: int = Field(default=0, sa_type=sa.BigInteger)  # goes up where it is counted at all
    made_at: datetime
    used_at: datetime | None = None


class LinkedAccount(SQLModel, table=True):
    """The account of the single sign-on a person first came in with; no other one is theirs.

    An e-mail address may be given to somebody else one day. The subject never is.
    """

    __tablename__ = "linked_account"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="RESTRICT")
    issuer: str = Field(max_length=500)
    subject: str = Field(max_length=255)
    since_at: datetime


class Challenge(SQLModel, table=True):
    """What a browser was asked to bring back, once and soon; kept only as its hash.

    A passkey signs it, or it goes around by the single sign-on. `browser_hash` is the hash of the
    cookie of the browser that was asked: from another one it counts for nothing.
    """

    token_hash: str = Field(primary_key=True, max_length=64)
    browser_hash: str = Field(max_length=64)
    asked: Asked = Field(sa_type=choice(Asked), nullable=False)
    person_id: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    kept: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    made_at: datetime
    ends_at: datetime = Field(index=True)
