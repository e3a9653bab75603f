"""The pace of productions: how many pages are owed by when, and who fixed it."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import Every, FixedBy, PagesCounted
from casemgr.fields import choice, code


class ProductionPace(Sourced, Edited, table=True):
    """So many pages a month, from a day on, by order or agreement, until another pace begins."""

    __tablename__ = "production_pace"
    __table_args__ = (
        sa.CheckConstraint("pages > 0 AND coalesce(in_all, 1) > 0", name="pages_some"),
    )

    id: str = Field(default_factory=code("PC"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    track_id: str | None = Field(
        default=None, foreign_key="track.id", index=True, ondelete="RESTRICT"
    )  # the component that owes them; None: all of the matter together
    pages: int
    every: Every = Field(default=Every.MONTH, sa_type=choice(Every), nullable=False)
    counted: PagesCounted = Field(
        default=PagesCounted.PROCESSED, sa_type=choice(PagesCounted), nullable=False
    )
    since_on: date
    until_on: date | None = None
    in_all: int | None = None  # pages found, where the agency has said how many
    fixed_by: FixedBy = Field(sa_type=choice(FixedBy), nullable=False)
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", index=True, ondelete="RESTRICT"
    )
    words: str = Field(default="", max_length=1000)  # what in the order or letter fixed it
