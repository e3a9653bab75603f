"""What filing a declaration needs: its translation, and what was found in each of its papers."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, UniqueConstraint

from casemgr.db.tables.columns import Edited
from casemgr.fields import code


class FilingCheck(Edited, table=True):
    """One file of a filing, looked through before it leaves; held back until somebody clears it.

    `findings` are what it hides, each with `code`, `page` and `says`; `problem` says why it cannot
    be filed at all. It is about these very bytes: other bytes are another row.
    """

    __tablename__ = "filing_check"
    __table_args__ = (UniqueConstraint("declaration_id", "sha256"),)

    id: str = Field(default_factory=code("FK"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    declaration_id: str = Field(foreign_key="declaration.id", index=True, ondelete="RESTRICT")
    sha256: str = Field(foreign_key="blob.sha256", ondelete="RESTRICT")
    pages: int = 0
    has_text: bool = True
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_type=sa.JSON)
    problem: str = Field(default="", max_length=500)
    checked_at: datetime
    cleared_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    cleared_at: datetime | None = None
    because: str = Field(default="", max_length=500)
    known_on: date


class Translation(Edited, table=True):
    """The English of one version of a declaration, and who certifies it.

    `paragraphs` are the translated texts, each `{"paragraph_id", "says"}`: the English of a
    paragraph goes where the paragraph goes. `made_from` keeps of each English, by the paragraph's
    code or `opening`, the fingerprint of the words it was made from.
    """

    __table_args__ = (UniqueConstraint("declaration_version_id"),)

    id: str = Field(default_factory=code("TL"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    declaration_version_id: str = Field(foreign_key="declaration_version.id", ondelete="RESTRICT")
    language: str = Field(max_length=12)  # of the declaration, as in `es`
    oath: str = Field(default="", max_length=1000)  # in that language, where we do not know it
    opening: str = Field(default="", max_length=2000)
    paragraphs: list[dict[str, str]] = Field(default_factory=list, sa_type=sa.JSON)
    made_from: dict[str, str] = Field(default_factory=dict, sa_type=sa.JSON)
    translator: str = Field(default="", max_length=200)
    translator_address: str = Field(default="", max_length=500)
    competence: str = Field(default="", max_length=2000)
    abroad: bool = False
    executed_on: date | None = None
    executed_at: str = Field(default="", max_length=200)
    known_on: date
