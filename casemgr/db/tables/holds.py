"""Legal holds: while one stands, the database itself refuses to let go of a matter's records."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited
from casemgr.fields import code


class LegalHold(Edited, table=True):
    """A duty to keep everything of a matter, from the day it was placed until two people lift it.

    Triggers refuse what would lose a held record, whoever asks; see `alembic/versions`.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (
        sa.CheckConstraint(
            "(released_by IS NULL) = (released_at IS NULL) AND "
            "(release_asked_by IS NULL) = (release_asked_at IS NULL)",
            name="who_and_when",
        ),
        sa.CheckConstraint(
            "released_by IS NULL OR (release_asked_by IS NOT NULL AND "
            "release_asked_by <> released_by)",
            name="released_by_two",
        ),
        sa.CheckConstraint("because <> ''", name="has_reason"),
        sa.Index(
            "ix_legal_hold_standing",
            "matter_id",
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        ),
    )

    id: str = Field(default_factory=code("LH"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", ondelete="RESTRICT")
    because: str = Field(max_length=500)
    placed_by: str = Field(foreign_key="person.id", ondelete="RESTRICT")
    placed_at: datetime
    release_asked_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    release_asked_at: datetime | None = None
    release_because: str = Field(default="", max_length=500)
    released_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    released_at: datetime | None = None
