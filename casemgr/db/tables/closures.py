"""Days on which a court's clerk or an agency was closed, as this office entered them."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import ClosureOf
from casemgr.fields import choice, code


class Closure(Sourced, Edited, table=True):
    """A closing that no law file knows. A wrong one is withdrawn, never rewritten."""

    __table_args__ = (
        sa.CheckConstraint("until_on >= first_on", name="in_order"),
        sa.CheckConstraint(
            "(kind = 'clerk_inaccessible' AND court_id IS NOT NULL AND agency_id IS NULL) OR "
            "(kind = 'agency_closed' AND court_id IS NULL)",
            name="of_a_court_or_of_agencies",
        ),
    )

    id: str = Field(default_factory=code("CL"), primary_key=True, max_length=16)
    kind: ClosureOf = Field(sa_type=choice(ClosureOf), nullable=False)
    court_id: str | None = Field(default=None, max_length=24)  # as the law files name it
    agency_id: str | None = Field(default=None, max_length=24)  # empty: every agency
    first_on: date
    until_on: date
    because: str = Field(max_length=500)
    entered_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    withdrawn_on: date | None = None
    withdrawn_because: str = Field(default="", max_length=500)
