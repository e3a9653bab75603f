"""Events: what happened, on a day, to a track or a lawsuit. Facts are events; dates are derived."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import Certainty, EventKind, Outcome
from casemgr.fields import choice, code


class Event(Sourced, Edited, table=True):
    """Something that happened. A wrong one is withdrawn and logged again, never rewritten."""

    __table_args__ = (
        sa.CheckConstraint("track_id IS NOT NULL OR lawsuit_id IS NOT NULL", name="of_something"),
        sa.CheckConstraint("until_on IS NULL OR until_on >= happened_on", name="in_order"),
        sa.CheckConstraint(
            "coalesce(pages_released, 0) >= 0 AND coalesce(pages_in_part, 0) >= 0 AND "
            "coalesce(pages_withheld, 0) >= 0 AND coalesce(pages_referred, 0) >= 0",
            name="pages_not_negative",
        ),
        sa.Index("ix_event_track_id_happened_on", "track_id", "happened_on"),
        sa.Index("ix_event_lawsuit_id_happened_on", "lawsuit_id", "happened_on"),
    )

    id: str = Field(default_factory=code("E"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    track_id: str | None = Field(default=None, foreign_key="track.id", ondelete="RESTRICT")
    lawsuit_id: str | None = Field(default=None, foreign_key="lawsuit.id", ondelete="RESTRICT")
    kind: EventKind = Field(sa_type=choice(EventKind), nullable=False)
    happened_on: date
    until_on: date | None = None  # it happened between the two
    certainty: Certainty = Field(default=Certainty.EXACT, sa_type=choice(Certainty), nullable=False)
    says: str = Field(default="", max_length=2000)  # the line in the timeline
    outcome: Outcome | None = Field(default=None, sa_type=choice(Outcome), nullable=True)
    adverse: bool | None = None
    agency_says_due: date | None = None  # the agency's own stated date: its claim, never ours
    # What a letter or a call says beyond its kind; `usecases.events` holds which kind has what.
    answer_by: date | None = None  # the day by which the agency wants an answer of ours
    amount_cents: int | None = Field(default=None, ge=0)
    with_whom: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=60)
    appeal_says: str = Field(default="", max_length=1000)  # the letter's own words on appealing
    exemptions: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    pages_released: int | None = None
    pages_in_part: int | None = None
    pages_withheld: int | None = None
    pages_referred: int | None = None
    late_because: str = Field(default="", max_length=500)  # why an appeal went out after its day
    # Of receipts that contradict each other, the one somebody says counts.
    chosen_on: date | None = None
    chosen_because: str = Field(default="", max_length=500)
    chosen_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    # Of an answer of ours: their letter that it answers; empty where nobody said.
    answers_id: str | None = Field(default=None, foreign_key="event.id", ondelete="RESTRICT")
    appeal_id: str | None = Field(default=None, foreign_key="appeal.id", ondelete="RESTRICT")
    document_id: str | None = Field(default=None, foreign_key="document.id", ondelete="RESTRICT")
    recorded_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    withdrawn_on: date | None = None
    withdrawn_because: str = Field(default="", max_length=500)
