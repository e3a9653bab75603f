"""FOIA requests, the components that handle them, and what came back."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import Certainty, FeeCategory, Outcome, RequestStage, SendMethod
from casemgr.fields import choice, code


class FoiaRequest(Sourced, Edited, table=True):
    """One letter asking agencies for records."""

    __tablename__ = "foia_request"
    __table_args__ = (
        sa.CheckConstraint(
            "records_until IS NULL OR records_from IS NULL OR records_until >= records_from",
            name="records_in_order",
        ),
        # What the list is sorted by, and what of it is found without walking through all of it.
        sa.Index("ix_foia_request_asked_on_id", "asked_on", "id"),
        sa.Index("ix_foia_request_title_id", "title", "id"),
        sa.Index("ix_foia_request_due", "next_due_on", "id"),
        sa.Index("ix_foia_request_matter_id_asked_on_id", "matter_id", "asked_on", "id"),
        sa.Index("ix_foia_request_stage_asked_on_id", "stage", "asked_on", "id"),
        sa.Index(
            "ix_foia_request_waiver",
            "asked_on",
            "id",
            sqlite_where=sa.text("fee_waiver_because <> ''"),
            postgresql_where=sa.text("fee_waiver_because <> ''"),
        ),
    )

    id: str = Field(default_factory=code("R"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    reference: str = Field(default="", max_length=60)
    title: str = Field(max_length=200)
    summary: str = Field(default="", max_length=4000)
    requested_on: date | None = None  # the date of the letter: chooses the law
    requested_until: date | None = None  # where only a span is known
    certainty: Certainty = Field(default=Certainty.EXACT, sa_type=choice(Certainty), nullable=False)
    records_from: date | None = None
    records_until: date | None = None
    fee_category: FeeCategory = Field(
        default=FeeCategory.OTHER, sa_type=choice(FeeCategory), nullable=False
    )
    fee_limit_cents: int | None = Field(default=None, ge=0)
    fee_waiver_because: str = Field(default="", max_length=8000)  # empty: not asked
    expedition_because: str = Field(default="", max_length=8000)
    # Kept for lists: the day of the letter, or else the first day on which we knew of it.
    asked_on: date = Field(default=None, nullable=False)
    stage: RequestStage = Field(
        default=RequestStage.NOT_STARTED, sa_type=choice(RequestStage), nullable=False
    )
    next_due_on: date | None = None  # kept with its deadlines
    their_due_on: date | None = Field(default=None, index=True)  # the first that is theirs
    owner_id: str | None = Field(
        default=None, foreign_key="person.id", index=True, ondelete="RESTRICT"
    )  # who is responsible for it


@sa.event.listens_for(FoiaRequest, "before_insert")
@sa.event.listens_for(FoiaRequest, "before_update")
def _keep_asked_on(_mapper: object, _connection: object, row: FoiaRequest) -> None:
    row.asked_on = row.requested_on or row.known_on


class RequestItem(SQLModel, table=True):
    """One numbered item of a request."""

    __tablename__ = "request_item"
    __table_args__ = (UniqueConstraint("request_id", "position"),)

    id: str = Field(default_factory=code("RI"), primary_key=True, max_length=16)
    request_id: str = Field(foreign_key="foia_request.id", ondelete="RESTRICT")
    position: int = Field(ge=1)
    says: str = Field(max_length=8000)


class Requester(SQLModel, table=True):
    """An organisation that asks; one request may have several."""

    __table_args__ = (UniqueConstraint("request_id", "organisation_id"),)

    id: str = Field(default_factory=code("RR"), primary_key=True, max_length=16)
    request_id: str = Field(foreign_key="foia_request.id", ondelete="RESTRICT")
    organisation_id: str = Field(foreign_key="organisation.id", ondelete="RESTRICT")
    position: int = Field(default=1, ge=1)


class Track(Sourced, Edited, table=True):
    """One component's handling of one request: the thing that has a clock."""

    __table_args__ = (UniqueConstraint("request_id", "agency_id", "parent_id"),)

    id: str = Field(default_factory=code("T"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    request_id: str = Field(foreign_key="foia_request.id", index=True, ondelete="RESTRICT")
    agency_id: str = Field(foreign_key="agency.id", index=True, ondelete="RESTRICT")
    parent_id: str | None = Field(default=None, foreign_key="track.id", ondelete="RESTRICT")


class Recipient(Sourced, table=True):
    """Where a copy of the letter was delivered; a delivery need not start a clock."""

    id: str = Field(default_factory=code("RC"), primary_key=True, max_length=16)
    request_id: str = Field(foreign_key="foia_request.id", index=True, ondelete="RESTRICT")
    track_id: str | None = Field(
        default=None, foreign_key="track.id", index=True, ondelete="RESTRICT"
    )
    agency_id: str = Field(foreign_key="agency.id", ondelete="RESTRICT")
    position: int = Field(default=1, ge=1)  # the first of a track is where letters go
    addressed_to: str = Field(default="", max_length=500)
    method: SendMethod = Field(
        default=SendMethod.UNKNOWN, sa_type=choice(SendMethod), nullable=False
    )
    sent_on: date | None = None
    certainty: Certainty = Field(default=Certainty.EXACT, sa_type=choice(Certainty), nullable=False)
    proof: str = Field(default="", max_length=500)
    note: str = Field(default="", max_length=1000)


class TrackingNumber(Sourced, table=True):
    """A number an agency gave; a track may have several (request, appeal)."""

    __tablename__ = "tracking_number"
    __table_args__ = (UniqueConstraint("track_id", "number"),)

    id: str = Field(default_factory=code("TN"), primary_key=True, max_length=16)
    track_id: str = Field(foreign_key="track.id", ondelete="RESTRICT")
    number: str = Field(max_length=60, index=True)
    given_for: str = Field(default="request", max_length=60)


class Appeal(Sourced, Edited, table=True):
    """An administrative appeal on a track; its dates are events that name it."""

    id: str = Field(default_factory=code("AP"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    track_id: str = Field(foreign_key="track.id", index=True, ondelete="RESTRICT")
    grounds: str = Field(default="", max_length=4000)
    outcome: Outcome | None = Field(default=None, sa_type=choice(Outcome), nullable=True)


class Production(Sourced, Edited, table=True):
    """One release of records."""

    __table_args__ = (
        sa.CheckConstraint(
            "coalesce(pages_released, 0) >= 0 AND coalesce(pages_in_part, 0) >= 0 AND "
            "coalesce(pages_withheld, 0) >= 0 AND coalesce(pages_referred, 0) >= 0",
            name="pages_not_negative",
        ),
    )

    id: str = Field(default_factory=code("PR"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    track_id: str | None = Field(
        default=None, foreign_key="track.id", index=True, ondelete="RESTRICT"
    )
    lawsuit_id: str | None = Field(
        default=None, foreign_key="lawsuit.id", index=True, ondelete="RESTRICT"
    )
    event_id: str | None = Field(
        default=None, foreign_key="event.id", index=True, ondelete="RESTRICT"
    )  # the line in the timeline with which it came
    title: str = Field(max_length=200)
    produced_on: date | None = None
    certainty: Certainty = Field(default=Certainty.EXACT, sa_type=choice(Certainty), nullable=False)
    bates_first: str = Field(default="", max_length=60)
    bates_last: str = Field(default="", max_length=60)
    again: bool = False  # its pages came before, and now once more
    pages_released: int | None = None
    pages_in_part: int | None = None
    pages_withheld: int | None = None
    pages_referred: int | None = None
    exemptions: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    note: str = Field(default="", max_length=2000)
