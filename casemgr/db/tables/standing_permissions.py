"""Standing permissions: letters that staff may release without asking an attorney each time."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited
from casemgr.fields import code


class StandingPermission(Edited, table=True):
    """What an attorney lets one member of staff release on a matter: which letters, until when.

    It is never changed: another one is given, or it is taken back.
    """

    __tablename__ = "standing_permission"
    __table_args__ = (
        sa.CheckConstraint(
            "(taken_back_by IS NULL) = (taken_back_at IS NULL)", name="who_and_when"
        ),
    )

    id: str = Field(default_factory=code("SP"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    kinds: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # of letters
    until_on: date  # the last day on which it holds
    because: str = Field(default="", max_length=500)
    given_by: str = Field(foreign_key="person.id", ondelete="RESTRICT")
    given_at: datetime
    known_on: date
    taken_back_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    taken_back_at: datetime | None = None
    taken_back_because: str = Field(default="", max_length=500)
