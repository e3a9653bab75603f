"""Lawsuits: parties, service, the docket, order dates and hearings."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import (
    Certainty,
    EntryKind,
    PaperKind,
    PartyRole,
    PeriodUnit,
    ServiceMethod,
    Side,
)
from casemgr.fields import choice, code


class Lawsuit(Sourced, Edited, table=True):
    """One action in one court; an appeal is a lawsuit of its own that points to the one below."""

    # Within its matter only: a clash with another matter's would tell a stranger of that lawsuit.
    __table_args__ = (UniqueConstraint("matter_id", "court_id", "docket_number"),)

    id: str = Field(default_factory=code("LS"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    court_id: str = Field(foreign_key="court.id", ondelete="RESTRICT")
    docket_number: str = Field(max_length=30)  # one form: 10-cv-3488
    cited_as: str = Field(max_length=60)  # as papers print it: 10 Civ. 3488 (SAS)(KNF)
    title: str = Field(max_length=300)
    judge: str = Field(default="", max_length=200)
    magistrate: str = Field(default="", max_length=200)
    filed_on: date | None = None
    below_id: str | None = Field(default=None, foreign_key="lawsuit.id", ondelete="RESTRICT")
    note: str = Field(default="", max_length=2000)


class LawsuitStatus(Sourced, table=True):
    """What somebody says the status is; a lawsuit has several, with their sources."""

    __tablename__ = "lawsuit_status"

    id: str = Field(default_factory=code("SS"), primary_key=True, max_length=16)
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    says: str = Field(max_length=300)
    since_on: date | None = None
    ends_it: bool = False  # what is still open is closed by it


class LawsuitTrack(SQLModel, table=True):
    """A track that is in suit."""

    __tablename__ = "lawsuit_track"

    lawsuit_id: str = Field(foreign_key="lawsuit.id", primary_key=True, ondelete="RESTRICT")
    track_id: str = Field(foreign_key="track.id", primary_key=True, index=True, ondelete="RESTRICT")


class RelatedLawsuit(Sourced, table=True):
    """Another action that a person should not confuse with this one, or should know of."""

    __tablename__ = "related_lawsuit"

    id: str = Field(default_factory=code("RL"), primary_key=True, max_length=16)
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    number: str = Field(max_length=60)
    title: str = Field(default="", max_length=300)
    how: str = Field(default="", max_length=300)


class Party(Sourced, Edited, table=True):
    """A party, by the name filed, with the other names papers use."""

    __table_args__ = (UniqueConstraint("lawsuit_id", "name"),)

    id: str = Field(default_factory=code("PA"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    role: PartyRole = Field(sa_type=choice(PartyRole), nullable=False)
    name: str = Field(max_length=300)
    aliases: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    position: int = Field(default=1, ge=1)
    organisation_id: str | None = Field(
        default=None, foreign_key="organisation.id", ondelete="RESTRICT"
    )
    agency_id: str | None = Field(default=None, foreign_key="agency.id", ondelete="RESTRICT")


class Appearance(Sourced, Edited, table=True):
    """Somebody who appears for a side since a day; `person_id` is who of the office that is."""

    id: str = Field(default_factory=code("AC"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    contact_id: str = Field(foreign_key="contact.id", ondelete="RESTRICT")
    person_id: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    side: Side = Field(sa_type=choice(Side), nullable=False)
    capacity: str = Field(default="", max_length=200)
    since_on: date | None = None
    since_certainty: Certainty = Field(
        default=Certainty.UNKNOWN, sa_type=choice(Certainty), nullable=False
    )


class Service(Sourced, Edited, table=True):
    """Service of process on one person whom Rule 4(i) names."""

    id: str = Field(default_factory=code("SV"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    party_id: str | None = Field(default=None, foreign_key="party.id", ondelete="RESTRICT")
    served_on_whom: str = Field(max_length=200)
    us_attorney: bool = False  # his service starts the answer clock
    attorney_general: bool = False
    method: str = Field(default="", max_length=60)
    sent_on: date | None = None
    delivered_on: date | None = None
    proof: str = Field(default="", max_length=500)
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )  # the return or waiver on the docket


class DocketEntry(Sourced, Edited, table=True):
    """A row of the court's docket."""

    __tablename__ = "docket_entry"
    __table_args__ = (
        UniqueConstraint("lawsuit_id", "number", "part"),
        sa.Index("ix_docket_entry_lawsuit_id_filed_on", "lawsuit_id", "filed_on"),
    )

    id: str = Field(default_factory=code("DE"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    number: int | None = None  # a minute entry has none; nor has one whose number we do not know
    part: int | None = None  # an attachment: 29-1 is number 29, part 1
    kind: EntryKind = Field(sa_type=choice(EntryKind), nullable=False)
    filed_by: Side = Field(sa_type=choice(Side), nullable=False)
    filed_on: date
    entered_on: date | None = None  # on the docket: the day judgments and orders count from
    until_on: date | None = None
    certainty: Certainty = Field(default=Certainty.EXACT, sa_type=choice(Certainty), nullable=False)
    says: str = Field(max_length=20_000)
    court_document: str = Field(default="", max_length=20)  # what the court files it under
    answers_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )  # the motion it opposes, the order it asks to reconsider or appeals from
    hurts: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # sides an order went against
    document_id: str | None = Field(default=None, foreign_key="document.id", ondelete="RESTRICT")
    decides_ids: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # motions it disposes of
    # Rules somebody said it does not set going, such as where the judge's practices say otherwise.
    without_rules: list[str] = Field(default_factory=list, sa_type=sa.JSON)


class DocketPaper(Sourced, table=True):
    """A docket sheet, notice or table that was read, kept as it came."""

    __tablename__ = "docket_paper"
    __table_args__ = (UniqueConstraint("lawsuit_id", "sha256"),)

    id: str = Field(default_factory=code("DP"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", ondelete="RESTRICT")
    document_id: str = Field(foreign_key="document.id", ondelete="RESTRICT")
    sha256: str = Field(max_length=64)
    kind: PaperKind = Field(sa_type=choice(PaperKind), nullable=False)
    sender: str = Field(default="", max_length=320)  # whom a notice says it is from
    doubts: list[str] = Field(default_factory=list, sa_type=sa.JSON)


class DocketLine(SQLModel, table=True):
    """What a docket paper says of an entry, where no paper before it said the same."""

    __tablename__ = "docket_line"
    __table_args__ = (UniqueConstraint("docket_paper_id", "position"),)

    id: str = Field(default_factory=code("DL"), primary_key=True, max_length=16)
    docket_paper_id: str = Field(foreign_key="docket_paper.id", ondelete="RESTRICT")
    docket_entry_id: str = Field(foreign_key="docket_entry.id", index=True, ondelete="RESTRICT")
    position: int = Field(ge=1)  # within its paper
    filed_on: date
    entered_on: date | None = None
    says: str = Field(max_length=20_000)


class Filing(Sourced, Edited, table=True):
    """A paper we or they filed or served, with how and when it was served."""

    id: str = Field(default_factory=code("FI"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )
    title: str = Field(max_length=300)
    filed_by: Side = Field(sa_type=choice(Side), nullable=False)
    filed_on: date | None = None
    served_on: date | None = None
    service: ServiceMethod | None = Field(
        default=None, sa_type=choice(ServiceMethod), nullable=True
    )


class OrderDate(Sourced, Edited, table=True):
    """A date a court fixed: it outranks every rule and never rolls.

    With `every` the order asks for the same again so long after it, and again.
    """

    __tablename__ = "order_date"
    __table_args__ = (sa.CheckConstraint("every >= 1", name="returns_after_at_least_one"),)

    id: str = Field(default_factory=code("OD"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )
    hearing_id: str | None = Field(default=None, foreign_key="hearing.id", ondelete="RESTRICT")
    title: str = Field(max_length=300)
    whose: Side = Field(sa_type=choice(Side), nullable=False)
    fixed_for: date
    words: str = Field(default="", max_length=1000)  # what in the order fixed it
    changes_key: str = Field(default="", max_length=120)  # the deadline it sets another day for
    met_on: date | None = None
    met_by: str = Field(default="", max_length=500)
    every: int | None = None
    every_unit: PeriodUnit = Field(
        default=PeriodUnit.DAYS, sa_type=choice(PeriodUnit, "_again"), nullable=False
    )


class Hearing(Sourced, Edited, table=True):
    """An appointment with a time, a place and a zone.

    One that is moved is superseded by a row with the new time, one that is called off by none. Both
    name the docket entry that changed them, where there is one; `first_id` holds the rows together.
    """

    id: str = Field(default_factory=code("H"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str = Field(foreign_key="lawsuit.id", index=True, ondelete="RESTRICT")
    title: str = Field(max_length=300)
    starts_at: datetime
    zone: str = Field(max_length=60)
    place: str = Field(default="", max_length=300)
    outcome: str = Field(default="", max_length=1000)
    outcome_known_on: date | None = None
    decides_ids: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    first_id: str | None = Field(
        default=None, foreign_key="hearing.id", index=True, ondelete="RESTRICT"
    )  # the row by which it was first set; none in that row itself
    superseded_on: date | None = None
    superseded_because: str = Field(default="", max_length=500)
    superseded_by_id: str | None = Field(
        default=None, foreign_key="hearing.id", ondelete="RESTRICT"
    )
    changed_by_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )
