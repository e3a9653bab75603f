"""Saved views: the filters somebody wants to come back to, for themselves or for others."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited
from casemgr.domain.words import ViewShare
from casemgr.fields import choice, code


class SavedView(Edited, table=True):
    """A name for the filters of a list.

    It is a tool of the office and no record of a matter, so the one matter it may be about is not
    called `matter_id`: no package or hold reaches it. Only who may know of that matter sees it.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        sa.CheckConstraint(
            "shared <> 'matter' OR about_matter_id IS NOT NULL", name="shared_with_a_matter"
        ),
    )

    id: str = Field(default_factory=code("SV"), primary_key=True, max_length=16)
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=80)
    filters: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)  # as in the address
    shared: ViewShare = Field(
        default=ViewShare.PRIVATE, sa_type=choice(ViewShare), nullable=False, index=True
    )
    about_matter_id: str | None = Field(default=None, max_length=16)
    made_on: date
