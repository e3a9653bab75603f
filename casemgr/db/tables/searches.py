"""The search log: what a paper says was asked, ordered or done to look for the records."""

from datetime import date

from sqlmodel import Field

from casemgr.db.tables.columns import Edited, Sourced
from casemgr.domain.words import SaidIn
from casemgr.fields import choice, code


class SearchStatement(Sourced, Edited, table=True):
    """What one paper says of a search: whose files, in which system, for what, how, by whom."""

    __tablename__ = "search_statement"

    id: str = Field(default_factory=code("ST"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    track_id: str | None = Field(
        default=None, foreign_key="track.id", index=True, ondelete="RESTRICT"
    )  # the component it speaks of; None: of every one
    said_in: SaidIn = Field(sa_type=choice(SaidIn), nullable=False)
    custodian: str = Field(default="", max_length=200)
    system: str = Field(default="", max_length=200)
    terms: str = Field(default="", max_length=4000)  # one a line
    records_from: date | None = None
    records_until: date | None = None
    method: str = Field(default="", max_length=500)
    searched_by: str = Field(default="", max_length=200)
    docket_entry_id: str | None = Field(
        default=None, foreign_key="docket_entry.id", index=True, ondelete="RESTRICT"
    )
    document_id: str | None = Field(
        default=None, foreign_key="document.id", index=True, ondelete="RESTRICT"
    )
    place: str = Field(default="", max_length=100)  # within the paper: paragraph 12, page 4
    withdrawn_on: date | None = None
    withdrawn_because: str = Field(default="", max_length=500)
