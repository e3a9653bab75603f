"""Docket papers on their way into a docket."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited
from casemgr.domain.words import TakingState
from casemgr.fields import choice, code


class DocketTaking(Edited, table=True):
    """A large docket paper on its way in: what was asked, how far it has come, what became of it.

    It is taken in whole or not at all, in one transaction that also ends this row's way.
    """

    __tablename__ = "docket_taking"
    __table_args__ = (
        sa.Index(
            "ix_docket_taking_at_work",
            "state",
            sqlite_where=sa.text("state IN ('waiting','reading','taking')"),
            postgresql_where=sa.text("state IN ('waiting','reading','taking')"),
        ),
    )

    id: str = Field(default_factory=code("DT"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    document_id: str = Field(foreign_key="document.id", index=True, ondelete="RESTRICT")
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    given: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # what was decided of it
    state: TakingState = Field(
        default=TakingState.WAITING, sa_type=choice(TakingState), nullable=False
    )
    entries: int = 0  # in the paper, once it is read
    problem: str = Field(default="", max_length=1000)  # why nothing was taken in
    lawsuit_id: str | None = Field(
        default=None, foreign_key="lawsuit.id", index=True, ondelete="RESTRICT"
    )  # where it went; of several the first
    added: int = 0
    joined: int = 0
    kept_beside: int = 0
    left_out: int = 0
    made_at: datetime
    known_on: date
    claimed_by: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = None
    finished_at: datetime | None = None
