"""Declarations under 28 U.S.C. § 1746: versions, numbered paragraphs, exhibits, sign-offs."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import DeclarationKind, Frozen, Lettering
from casemgr.fields import choice, code


class Declaration(Sourced, Edited, table=True):
    """A declarant's statement, through all its versions."""

    id: str = Field(default_factory=code("DC"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    lawsuit_id: str | None = Field(
        default=None, foreign_key="lawsuit.id", index=True, ondelete="RESTRICT"
    )
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", ondelete="RESTRICT"
    )
    document_id: str | None = Field(default=None, foreign_key="document.id", ondelete="RESTRICT")
    title: str = Field(max_length=200)
    purpose: str = Field(default="", max_length=300)  # printed under the title
    declarant: str = Field(max_length=200)
    kind: DeclarationKind = Field(
        default=DeclarationKind.FACT, sa_type=choice(DeclarationKind), nullable=False
    )
    lettering: Lettering = Field(default=Lettering.FIXED, sa_type=choice(Lettering), nullable=False)
    exhibits_numbered: bool = False  # Ex. 1 instead of Ex. A: some judges want numbers
    note: str = Field(default="", max_length=2000)
    owner_id: str | None = Field(
        default=None, foreign_key="person.id", index=True, ondelete="RESTRICT"
    )  # who is responsible for it


class DeclarationVersion(Edited, table=True):
    """One text of a declaration; frozen once it was sent, signed off, named or filed.

    What a frozen version prints is kept in `content`, and `fingerprint` is the SHA-256 over it.
    """

    __tablename__ = "declaration_version"
    __table_args__ = (UniqueConstraint("declaration_id", "number"),)

    id: str = Field(default_factory=code("DV"), primary_key=True, max_length=16)
    declaration_id: str = Field(foreign_key="declaration.id", ondelete="RESTRICT")
    number: int = Field(ge=1)
    name: str = Field(default="", max_length=100)  # by which the office knows it again
    opening: str = Field(default="", max_length=2000)
    executed_on: date | None = None
    executed_at: str = Field(default="", max_length=200)
    abroad: bool = False  # executed outside the United States: the other form of § 1746
    signed: bool = False
    frozen: bool = False
    frozen_because: Frozen | None = Field(default=None, sa_type=choice(Frozen), nullable=True)
    frozen_on: date | None = None
    content: dict[str, Any] | None = Field(default=None, sa_type=sa.JSON, nullable=True)
    fingerprint: str = Field(default="", max_length=64)
    read_on: date | None = None  # when the witness had read it
    signed_document_id: str | None = Field(
        default=None, foreign_key="document.id", ondelete="RESTRICT"
    )
    known_on: date


class Paragraph(Edited, table=True):
    """One paragraph; `number` is null where the paper itself has none.

    `name` is what references call it; a removed one stays readable and can be put back.
    """

    __table_args__ = (UniqueConstraint("declaration_version_id", "position"),)

    id: str = Field(default_factory=code("PG"), primary_key=True, max_length=16)
    declaration_version_id: str = Field(foreign_key="declaration_version.id", ondelete="RESTRICT")
    position: int = Field(ge=1)
    number: int | None = None
    name: str = Field(default="", max_length=40)
    heading: str = Field(default="", max_length=200)  # printed above it
    says: str = Field(max_length=20_000)
    sources: list[dict[str, str]] = Field(default_factory=list, sa_type=sa.JSON)
    removed: bool = False


class Exhibit(Edited, table=True):
    """A document a declaration attaches, by its letter; `name` is what references call it."""

    __table_args__ = (UniqueConstraint("declaration_id", "label"),)

    id: str = Field(default_factory=code("EX"), primary_key=True, max_length=16)
    declaration_id: str = Field(foreign_key="declaration.id", ondelete="RESTRICT")
    label: str = Field(max_length=12)
    name: str = Field(default="", max_length=40)
    title: str = Field(max_length=300)
    document_id: str | None = Field(default=None, foreign_key="document.id", ondelete="RESTRICT")
    position: int = 1
    removed: bool = False


class AcceptedNote(SQLModel, table=True):
    """Why somebody lets stand what a check noted; it holds for that very text, in any version."""

    __tablename__ = "accepted_note"

    id: str = Field(default_factory=code("AN"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    declaration_id: str = Field(foreign_key="declaration.id", index=True, ondelete="RESTRICT")
    code: str = Field(max_length=60)
    says: str = Field(max_length=2000)
    sha256: str = Field(max_length=64)  # over the code, what was said, and the text it is about
    because: str = Field(max_length=500)
    accepted_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    accepted_at: datetime
    taken_back_on: date | None = None
    known_on: date


class SignOff(Edited, table=True):
    """An attorney's word that one version, known by its fingerprint, may be signed and filed."""

    __tablename__ = "sign_off"

    id: str = Field(default_factory=code("SO"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    declaration_version_id: str = Field(
        foreign_key="declaration_version.id", index=True, ondelete="RESTRICT"
    )
    fingerprint: str = Field(max_length=64)
    signed_off_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    signed_off_at: datetime
    void_on: date | None = None
    void_because: str = Field(default="", max_length=500)
    known_on: date
