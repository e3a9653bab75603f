"""Walls that keep a person out of a matter, and the way in for an emergency: two people each."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited
from casemgr.fields import code

# One person alone neither puts up a wall nor takes it down, nor opens a matter in an emergency.
_UP_BY_TWO = "(up_by IS NULL) = (up_at IS NULL) AND (up_by IS NULL OR up_by <> asked_by)"
_DOWN_BY_TWO = (
    "(down_by IS NULL) = (down_at IS NULL) AND "
    "(lift_asked_by IS NULL) = (lift_asked_at IS NULL) AND "
    "(down_by IS NULL OR up_by IS NULL OR "
    "(lift_asked_by IS NOT NULL AND lift_asked_by <> down_by))"
)
_STANDING = sa.text("down_at IS NULL")


class Wall(Edited, table=True):
    """A person screened from a matter, from the moment a second person agreed until two take it
    down; meanwhile it beats every role. Before that it is only asked for and hides nothing."""

    __table_args__ = (
        sa.CheckConstraint("because <> ''", name="has_reason"),
        # Who finds a conflict of their own may ask; somebody else agrees.
        sa.CheckConstraint("up_by IS NULL OR up_by <> person_id", name="not_by_the_screened"),
        sa.CheckConstraint(_UP_BY_TWO, name="up_by_two"),
        sa.CheckConstraint(_DOWN_BY_TWO, name="down_by_two"),
        sa.Index(
            "uq_wall_standing",
            "person_id",
            "matter_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: str = Field(default_factory=code("W"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", ondelete="RESTRICT")
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    because: str = Field(max_length=500)
    asked_by: str = Field(foreign_key="person.id", ondelete="RESTRICT")
    asked_at: datetime
    up_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    up_at: datetime | None = None
    lift_asked_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    lift_asked_at: datetime | None = None
    lift_because: str = Field(default="", max_length=500)
    down_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    down_at: datetime | None = None


class Emergency(Edited, table=True):
    """A way into a matter for somebody who is not on it: asked for with a reason, opened by a
    second person for some hours, and gone with the last minute of them.

    `asked_for` is the code as it was typed. `matter_id` is empty where there is no such matter; the
    person who asks is told neither.
    """

    __table_args__ = (
        sa.CheckConstraint("because <> ''", name="has_reason"),
        sa.CheckConstraint(
            "(opened_by IS NULL) = (opened_at IS NULL) AND "
            "(opened_by IS NULL) = (until_at IS NULL) AND "
            "(opened_by IS NULL OR (opened_by <> person_id AND matter_id IS NOT NULL))",
            name="opened_by_another",
        ),
        sa.CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended_by_somebody"),
    )

    id: str = Field(default_factory=code("EM"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    asked_for: str = Field(max_length=16)
    matter_id: str | None = Field(
        default=None, foreign_key="matter.id", index=True, ondelete="RESTRICT"
    )
    because: str = Field(max_length=500)
    asked_at: datetime
    asked_on: date
    opened_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    opened_at: datetime | None = None
    until_at: datetime | None = None
    ended_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    ended_at: datetime | None = None
