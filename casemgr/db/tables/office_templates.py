"""The office's own versions of our templates: written by one person, approved by another."""

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from casemgr.db.tables.columns import Edited
from casemgr.fields import code


class OfficeTemplate(Edited, table=True):
    """One version of the office's own text of a template; once approved it is never changed."""

    __tablename__ = "office_template"
    __table_args__ = (UniqueConstraint("name", "number"),)

    id: str = Field(default_factory=code("OT"), primary_key=True, max_length=16)
    name: str = Field(max_length=60)  # the file it takes the place of, as in `declaration.html`
    number: int = Field(ge=1)
    source: str = Field(max_length=100_000)
    note: str = Field(default="", max_length=500)  # what is different, and why
    written_by: str = Field(foreign_key="person.id", ondelete="RESTRICT")
    written_at: datetime
    approved_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    approved_at: datetime | None = None
    withdrawn_by: str | None = Field(default=None, foreign_key="person.id", ondelete="RESTRICT")
    withdrawn_at: datetime | None = None
