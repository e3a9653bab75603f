"""Documents somebody gave us, by SHA-256, and letters we made."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import Certainty, LetterKind
from casemgr.fields import choice, code


class Blob(SQLModel, table=True):
    """Bytes in the store, named by their SHA-256."""

    sha256: str = Field(primary_key=True, max_length=64)
    size: int = Field(ge=0)
    media_type: str = Field(max_length=100)


class Document(Sourced, Edited, table=True):
    """A file somebody gave us, or a paper we know of and describe but do not hold."""

    id: str = Field(default_factory=code("DOC"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    title: str = Field(max_length=300)
    kind: str = Field(default="", max_length=60)
    author: str = Field(default="", max_length=200)
    addressee: str = Field(default="", max_length=300)
    dated_on: date | None = None
    posted_on: date | None = None  # where a second date differs, both are kept
    certainty: Certainty = Field(default=Certainty.EXACT, sa_type=choice(Certainty), nullable=False)
    language: str = Field(default="en", max_length=12)
    summary: str = Field(default="", max_length=4000)  # in our own words
    sha256: str | None = Field(default=None, foreign_key="blob.sha256", ondelete="RESTRICT")
    file_name: str = Field(default="", max_length=200)


class Letter(Edited, table=True):
    """A paper made from a template and facts, kept with both."""

    id: str = Field(default_factory=code("LT"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    track_id: str | None = Field(default=None, foreign_key="track.id", ondelete="RESTRICT")
    declaration_version_id: str | None = Field(
        default=None, foreign_key="declaration_version.id", ondelete="RESTRICT"
    )
    kind: LetterKind = Field(sa_type=choice(LetterKind), nullable=False)
    title: str = Field(max_length=300)
    template_version: str = Field(max_length=64)
    template_sha256: str | None = Field(  # the office's own template, where it was one
        default=None, foreign_key="blob.sha256", ondelete="RESTRICT"
    )
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    facts_hash: str = Field(max_length=64, index=True)
    sha256: str = Field(foreign_key="blob.sha256", ondelete="RESTRICT")
    page_sha256: str | None = Field(  # the filled template, from which its Word file is made
        default=None, foreign_key="blob.sha256", ondelete="RESTRICT"
    )
    word_sha256: str | None = Field(  # from when it was first asked for
        default=None, foreign_key="blob.sha256", ondelete="RESTRICT"
    )
    pages: int = Field(ge=1)
    made_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    made_at: datetime
    known_on: date
