"""How the office reminds: its policies, and each person's hours."""

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited
from casemgr.domain.reminders import PolicyKind
from casemgr.fields import choice, code


class ReminderPolicy(Edited, table=True):
    """How a kind of date is reminded of: the office's floor, a matter's own, or a person's more.

    `key` keeps it to one for each kind and place.
    """

    __tablename__ = "reminder_policy"
    __table_args__ = (
        sa.CheckConstraint("matter_id IS NULL OR person_id IS NULL", name="of_one_place"),
        sa.CheckConstraint("overdue_every >= 0 AND answer_hours >= 0", name="not_negative"),
    )

    id: str = Field(default_factory=code("RP"), primary_key=True, max_length=16)
    key: str = Field(max_length=60, unique=True)
    kind: PolicyKind = Field(sa_type=choice(PolicyKind), nullable=False)
    matter_id: str | None = Field(
        default=None, foreign_key="matter.id", index=True, ondelete="RESTRICT"
    )
    person_id: str | None = Field(
        default=None, foreign_key="person.id", index=True, ondelete="RESTRICT"
    )
    days_before: list[int] = Field(default_factory=list, sa_type=sa.JSON)
    overdue_every: int = 0
    answer_hours: int = 0
    because: str = Field(default="", max_length=500)


class ReminderHours(Edited, table=True):
    """When a person wants to be told, and of what besides their dates."""

    __tablename__ = "reminder_hours"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="RESTRICT")
    zone: str = Field(default="", max_length=60)  # empty: the office's
    morning: str = Field(default="06:00", max_length=5)
    evening: str = Field(default="20:00", max_length=5)
    quiet_days: list[int] = Field(default_factory=lambda: [5, 6], sa_type=sa.JSON)
    digest: bool = True
    notices: bool = True
