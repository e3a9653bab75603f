"""Declarations under 28 U.S.C. § 1746: versions, numbered paragraphs, exhibits."""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Field, SQLModel, UniqueConstraint

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import DeclarationKind
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
    declarant: str = Field(max_length=200)
    kind: DeclarationKind = Field(
        default=DeclarationKind.FACT, sa_type=choice(DeclarationKind), nullable=False
    )
    note: str = Field(default="", max_length=2000)


class DeclarationVersion(Edited, table=True):
    """One text of a declaration; frozen once it was sent, signed off or filed."""

    __tablename__ = "declaration_version"
    __table_args__ = (UniqueConstraint("declaration_id", "number"),)

    id: str = Field(default_factory=code("DV"), primary_key=True, max_length=16)
    declaration_id: str = Field(foreign_key="declaration.id", ondelete="RESTRICT")
    number: int = Field(ge=1)
    opening: str = Field(default="", max_length=2000)
    executed_on: date | None = None
    executed_at: str = Field(default="", max_length=200)
    abroad: bool = False  # executed outside the United States: the other form of § 1746
    signed: bool = False
    frozen: bool = False
    known_on: date


class Paragraph(SQLModel, table=True):
    """One paragraph; `number` is null where the paper itself has none."""

    __table_args__ = (UniqueConstraint("declaration_version_id", "position"),)

    id: str = Field(default_factory=code("PG"), primary_key=True, max_length=16)
    declaration_version_id: str = Field(foreign_key="declaration_version.id", ondelete="RESTRICT")
    position: int = Field(ge=1)
    number: int | None = None
    says: str = Field(max_length=20_000)
    sources: list[dict[str, str]] = Field(default_factory=list, sa_type=sa.JSON)


class Exhibit(SQLModel, table=True):
    """A document a declaration attaches, by its letter."""

    __table_args__ = (UniqueConstraint("declaration_id", "label"),)

    id: str = Field(default_factory=code("EX"), primary_key=True, max_length=16)
    declaration_id: str = Field(foreign_key="declaration.id", ondelete="RESTRICT")
    label: str = Field(max_length=12)
    title: str = Field(max_length=300)
    document_id: str | None = Field(default=None, foreign_key="document.id", ondelete="RESTRICT")
