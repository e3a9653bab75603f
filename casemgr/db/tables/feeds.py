"""Calendar addresses: which dates somebody's calendar program may fetch, and what it has."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casemgr.db.tables.columns import Edited
from casemgr.domain.calendar_dates import FeedOf
from casemgr.domain.words import Role
from casemgr.fields import choice, code


class CalendarFeed(Edited, table=True):
    """A secret address from which a calendar program fetches somebody's dates without signing in.

    Only the secret's hash is kept. It is a tool of its person and no record of a matter, so the
    one matter it may be of is not called `matter_id`: no package or hold reaches it.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (
        sa.CheckConstraint(
            "shows <> 'matter' OR about_matter_id IS NOT NULL", name="has_its_matter"
        ),
        sa.CheckConstraint("shows <> 'role' OR about_role IS NOT NULL", name="has_its_role"),
    )

    id: str = Field(default_factory=code("CF"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=200)
    shows: FeedOf = Field(sa_type=choice(FeedOf), nullable=False)
    about_matter_id: str | None = Field(default=None, max_length=16)
    about_role: Role | None = Field(default=None, sa_type=choice(Role), nullable=True)
    neutral: bool = False  # titles name no matter and nobody
    alarms: bool = True
    secret_hash: str = Field(max_length=64, unique=True)
    made_at: datetime
    revoked_at: datetime | None = None


class FeedSubscriber(SQLModel, table=True):
    """A program that fetches a calendar address: when it last did, and what it then had."""

    __tablename__ = "feed_subscriber"

    feed_id: str = Field(primary_key=True, foreign_key="calendar_feed.id", ondelete="RESTRICT")
    program: str = Field(primary_key=True, max_length=60)  # as it calls itself
    since_at: datetime
    fetched_at: datetime
    has: str = Field(max_length=64)  # the version of the calendar it was given
