"""A letter on its way: the draft, the version that was released, and how it was sent."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import DraftState, LetterKind, SendMethod
from casemgr.fields import choice, code


class LetterDraft(Edited, table=True):
    """A letter somebody writes: its kind, and what they typed; all else comes from the record."""

    __tablename__ = "letter_draft"

    id: str = Field(default_factory=code("LD"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    track_id: str = Field(foreign_key="track.id", index=True, ondelete="RESTRICT")
    kind: LetterKind = Field(sa_type=choice(LetterKind), nullable=False)
    title: str = Field(max_length=300)
    event_id: str | None = Field(default=None, foreign_key="event.id", ondelete="RESTRICT")
    typed: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    state: DraftState = Field(default=DraftState.DRAFT, sa_type=choice(DraftState), nullable=False)
    sent_back_because: str = Field(default="", max_length=2000)
    begun_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    begun_at: datetime
    known_on: date


class LetterRelease(Edited, table=True):
    """One version of a letter that was released; those bytes leave the office, or none do.

    An attorney released it, or staff under a standing permission of one.
    """

    __tablename__ = "letter_release"

    id: str = Field(default_factory=code("LR"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    draft_id: str = Field(foreign_key="letter_draft.id", index=True, ondelete="RESTRICT")
    letter_id: str = Field(foreign_key="letter.id", ondelete="RESTRICT")  # facts and PDF
    released_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    permission_id: str | None = Field(
        default=None, foreign_key="standing_permission.id", index=True, ondelete="RESTRICT"
    )
    released_at: datetime
    void_on: date | None = None  # the draft was changed after
    void_because: str = Field(default="", max_length=500)
    known_on: date


class Sending(Sourced, Edited, table=True):
    """That a released letter left the office: how, when, to what address, and what proves it."""

    id: str = Field(default_factory=code("SD"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    release_id: str = Field(
        foreign_key="letter_release.id", index=True, unique=True, ondelete="RESTRICT"
    )
    sent_on: date
    method: SendMethod = Field(sa_type=choice(SendMethod), nullable=False)
    addressed_to: str = Field(default="", max_length=500)
    proof: str = Field(default="", max_length=500)
    document_id: str | None = Field(default=None, foreign_key="document.id", ondelete="RESTRICT")
    event_id: str | None = Field(default=None, foreign_key="event.id", ondelete="RESTRICT")
    recorded_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    recorded_at: datetime
