"""Spreadsheets for tests, and an office into which they are brought."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from sqlmodel import select

from casemgr.db.tables import FoiaRequest, ImportRow, Matter, SpreadsheetImport
from casemgr.desk import Desk
from casemgr.files.kinds import Upload
from casemgr.usecases import import_jobs, imports
from casemgr.usecases.imports import MatchingInput, StartInput
from tests import makes

HEADERS = ["Our ref", "Subject", "Agency", "FOIA number", "Date sent", "Received", "Decided",
           "Outcome"]  # fmt: skip
COLUMNS = {
    "0": "reference", "1": "title", "2": "offices", "3": "numbers", "4": "sent_on",
    "5": "received_on", "6": "decided_on", "7": "outcome",
}  # fmt: skip


def csv_of(*rows: Sequence[str], headers: Sequence[str] = HEADERS) -> bytes:
    """Return rows as CSV with semicolons."""
    quoted = (";".join(f'"{cell}"' for cell in row) for row in (headers, *rows))
    return "\n".join(quoted).encode()


def workbook(*rows: Sequence[Any], merge: str = "") -> bytes:
    """Return rows as an .xlsx workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    held = io.BytesIO()
    book.save(held)
    book.close()
    return held.getvalue()


@dataclass
class Desked:
    """An office with one matter, and what somebody of it does with a spreadsheet."""

    desk: Desk
    cast: makes.Cast
    matter: Matter

    def bring(self, data: bytes, name: str = "old.csv") -> str:
        """Bring a spreadsheet and have it read."""
        with self.desk.work(makes.actor_of(self.cast.sam)) as work:
            upload = Upload(name, data)
            import_id = imports.begin(work, self.matter.id, self.desk.store, upload).id
        self.go_on(import_id)
        return import_id

    def match(self, import_id: str, **said: Any) -> SpreadsheetImport:
        """Say what the columns mean and have the rows checked."""
        given = MatchingInput.model_validate({"columns": COLUMNS, "day_first": False, **said})
        with self.desk.work(makes.actor_of(self.cast.sam)) as work:
            imports.match(work, import_id, given)
        self.go_on(import_id)
        return self.row(import_id)

    def start(self, import_id: str, *, leave_out_wrong: bool = False) -> SpreadsheetImport:
        """Have the rows imported."""
        with self.desk.work(makes.actor_of(self.cast.sam)) as work:
            imports.start(work, import_id, StartInput(leave_out_wrong=leave_out_wrong))
        self.go_on(import_id)
        return self.row(import_id)

    def go_on(self, import_id: str) -> None:
        """Do the present step, as the server does it in the background."""
        import_jobs.run(self.desk.work, self.desk.store, import_id, "the tests")

    def row(self, import_id: str) -> SpreadsheetImport:
        """Return how the import stands."""
        with self.desk.work(reads_only=True) as work:
            return work.session.get_one(SpreadsheetImport, import_id)

    def says(self, import_id: str) -> dict[int, list[str]]:
        """Return what is said of each row that anything is said of."""
        with self.desk.work(reads_only=True) as work:
            found = work.session.exec(select(ImportRow).where(ImportRow.import_id == import_id))
            return {row.number: [says for _, says in row.says] for row in found if row.says}

    def requests(self) -> Iterator[FoiaRequest]:
        """Yield the requests that anybody may see today."""
        with self.desk.work(reads_only=True) as work:
            known = select(FoiaRequest).where(FoiaRequest.known_on <= work.today)
            yield from work.session.exec(known.order_by(FoiaRequest.title)).all()
