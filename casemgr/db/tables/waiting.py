"""Waiting deadlines: periods a court set that run from a paper or to a hearing still to come."""

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import AwaitedAct, EntryKind, PeriodUnit, Side
from casemgr.fields import choice, code


class WaitingDeadline(Sourced, Edited, table=True):
    """A period a court set running from something still to come, with the words that set it.

    The paper that fires it is found on the docket (`casemgr.domain.waiting`); `fired_by_id` is the
    one a person chose instead. One counted to a hearing awaits no paper: `hearing_id` is the one a
    person chose, at whatever time it is set for. Its day is a deadline like any other; with `every`
    the same is due again so long after it, and again.
    """

    __tablename__ = "waiting_deadline"
    __table_args__ = (
        sa.CheckConstraint("length >= 1", name="counts_at_least_one"),
        sa.CheckConstraint("every >= 1", name="returns_after_at_least_one"),
    )

    id: str = Field(default_factory=code("WD"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )  # where the words stand
    title: str = Field(max_length=300)  # what is due: Replies
    whose: Side = Field(sa_type=choice(Side), nullable=False)
    asks: EntryKind | None = Field(
        default=None, sa_type=choice(EntryKind, "_asked"), nullable=True
    )  # the paper that fulfils it
    length: int = Field(ge=1)
    unit: PeriodUnit = Field(sa_type=choice(PeriodUnit), nullable=False)
    act: AwaitedAct = Field(sa_type=choice(AwaitedAct), nullable=False)
    awaits: EntryKind | None = Field(default=None, sa_type=choice(EntryKind), nullable=True)
    awaits_by: Side | None = Field(default=None, sa_type=choice(Side, "_awaited"), nullable=True)
    fired_by_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )
    hearing_id: str | None = Field(default=None, foreign_key="hearing.id", ondelete="RESTRICT")
    every: int | None = None
    every_unit: PeriodUnit = Field(
        default=PeriodUnit.DAYS, sa_type=choice(PeriodUnit, "_again"), nullable=False
    )
    words: str = Field(default="", max_length=1000)
