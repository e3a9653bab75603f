"""Imports of an office's old spreadsheets: the file, how its columns were read, and its rows."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from casemgr.db.tables.columns import Edited
from casemgr.domain.words import ImportState
from casemgr.fields import choice, code


class SpreadsheetImport(Edited, table=True):
    """One spreadsheet on its way into a matter; the file itself is a document of that matter.

    What it makes is written chunk by chunk, known on a day that never comes, and shown all at
    once when it is whole: an import that was cut off has no effect.
    """

    __tablename__ = "spreadsheet_import"
    __table_args__ = (
        sa.Index(
            "ix_spreadsheet_import_at_work",
            "state",
            sqlite_where=sa.text("state IN ('reading','checking','importing','undoing')"),
            postgresql_where=sa.text("state IN ('reading','checking','importing','undoing')"),
        ),
    )

    id: str = Field(default_factory=code("SI"), primary_key=True, max_length=16)
    matter_id: str = Field(foreign_key="matter.id", index=True, ondelete="RESTRICT")
    document_id: str = Field(foreign_key="document.id", ondelete="RESTRICT")
    person_id: str = Field(foreign_key="person.id", index=True, ondelete="RESTRICT")
    file_name: str = Field(max_length=200)
    state: ImportState = Field(
        default=ImportState.READING, sa_type=choice(ImportState), nullable=False
    )
    problem: str = Field(default="", max_length=1000)  # why it could not go on
    headers: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    header_key: str = Field(default="", max_length=64, index=True)  # the same for the same headers
    sheet: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # how the file was read
    matching: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)  # what columns mean
    rows: int = 0  # in the file
    wrong: int = 0  # of them, rows that cannot be imported as they are
    left_out: int = 0  # of them, rows that somebody decided to leave out
    done: int = 0  # of them, how far the present step has come
    made_at: datetime
    known_on: date
    claimed_by: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = None
    finished_at: datetime | None = None
    undone_because: str = Field(default="", max_length=500)


class ImportRow(SQLModel, table=True):
    """One row of a spreadsheet: its cells as they were, what is wrong, and what it became."""

    __tablename__ = "import_row"
    __table_args__ = (
        sa.Index("ix_import_row_import_id_number", "import_id", "number"),
        sa.Index("ix_import_row_import_id_wrong_number", "import_id", "wrong", "number"),
    )

    # The import's code and the row's number: so the rows of one import lie side by side.
    id: str = Field(primary_key=True, max_length=24)
    import_id: str = Field(foreign_key="spreadsheet_import.id", ondelete="RESTRICT")
    number: int = Field(ge=1)  # as the spreadsheet counts
    cells: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    says: list[Any] = Field(default_factory=list, sa_type=sa.JSON)  # what is wrong, in words
    wrong: bool = False
    left_out: bool = False
    parts: int = 0  # rows that hang on the request it became, as they were made
    request_id: str | None = Field(default=None, foreign_key="foia_request.id", ondelete="RESTRICT")
