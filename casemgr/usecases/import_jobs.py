"""The steps of an import that take long: reading, checking, importing, undoing, one at a time.

Each step goes on where it was cut off. Whoever does it holds a lease, so that of several processes
one does it; who dies loses the lease, and another goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Blob, Document, ImportRow, SpreadsheetImport
from casemgr.domain.access import Right
from casemgr.domain.words import ImportState
from casemgr.errors import CasemgrError, Malformed, NotFound
from casemgr.files.sheets import Sheet
from casemgr.files.store import Store
from casemgr.usecases import duties, imports
from casemgr.usecases.import_rows import RowFacts, RowReader
from casemgr.usecases.import_writing import hide, made, show, take_away, write
from casemgr.usecases.imports import AT_WORK
from casemgr.usecases.leases import LEASE, take_job
from casemgr.usecases.sheet_reading import read_caged
from casemgr.usecases.work import Actor, Work

CHECKED_AT_ONCE, WRITTEN_AT_ONCE = 2_000, 250
MOST_UNKNOWN = 100  # names of offices kept for somebody to choose from

log = logging.getLogger(__name__)


class Works(Protocol):
    """Opens a piece of work for somebody; without a name, for the office itself."""

    def __call__(
        self, actor: Actor = ..., *, reads_only: bool = False
    ) -> AbstractContextManager[Work]: ...


def waiting(work: Work) -> list[str]:
    """Return the imports that have a step to do and nobody who does it now."""
    free = sa.or_(
        col(SpreadsheetImport.lease_until).is_(None),
        col(SpreadsheetImport.lease_until) < work.now,
    )
    asked = (
        select(SpreadsheetImport.id)
        .where(col(SpreadsheetImport.state).in_(AT_WORK), free)
        .order_by(col(SpreadsheetImport.made_at))
    )
    return list(work.session.exec(asked))


def run(works: Works, store: Store, import_id: str, by: str) -> None:
    """Do the present step of an import to its end, if nobody else does it."""
    with works() as work:
        actor = take_job(work, SpreadsheetImport, import_id, by, AT_WORK)
    if actor is None:
        return
    try:
        _Steps(works, store, import_id, actor, by).do()
    except _Lost:
        return
    except CasemgrError as wrong:
        with works() as work:
            _fail(work, import_id, str(wrong))
    except Exception:
        # Whatever it was, the import must not be tried for ever: it is told, and may be dropped.
        log.exception("import %s failed", import_id)
        with works() as work:
            _fail(work, import_id, "This step failed. Nothing of it was imported.")


# What stays of an import that failed while a legal hold keeps the matter: it is told, not hidden.
STAYS = (
    " What it had written by then is in nobody's sight and counts nowhere. It is not deleted, "
    "because a legal hold keeps everything of this matter."
)


def _fail(work: Work, import_id: str, why: str) -> None:
    """Tell what went wrong; of a failed import nothing stays that it had written out of sight."""
    row = work.session.get_one(SpreadsheetImport, import_id)
    told = why[:700]
    if row.state is ImportState.UNDOING:
        row.state, row.done = ImportState.IMPORTED, made(work, row.id)
    else:
        told += "" if take_away(work, row) else STAYS
        row.state, row.done = ImportState.FAILED, 0
    row.problem, row.claimed_by, row.lease_until = told, None, None
    work.session.add(row)
    work.record("import.failed", row, title=row.file_name, why=why[:300])


class _Steps:
    """One import with whoever works on it; each transaction asks again whether they may."""

    def __init__(self, works: Works, store: Store, import_id: str, actor: Actor, by: str) -> None:
        self._works, self._store = works, store
        self._id, self._actor, self._by = import_id, actor, by

    def do(self) -> None:
        steps: dict[ImportState, Callable[[], None]] = {
            ImportState.READING: self._read,
            ImportState.CHECKING: self._check,
            ImportState.IMPORTING: self._import,
            ImportState.UNDOING: self._undo,
        }
        with self._works(self._actor, reads_only=True) as work:
            state = self._row(work).state
        steps[state]()

    def _row(self, work: Work) -> SpreadsheetImport:
        row = doors.open_door(
            work.session, work.actor, SpreadsheetImport, self._id, Right.LOG, work.today
        )
        if row.claimed_by != self._by:
            raise _Lost
        return row

    def _on(self, work: Work, done: int | None = None) -> SpreadsheetImport:
        """Return the import, its lease renewed, with how far it has come."""
        row = self._row(work)
        row.lease_until = work.now + LEASE
        row.done = row.done if done is None else done
        work.session.add(row)
        return row

    @staticmethod
    def _finish(row: SpreadsheetImport, state: ImportState) -> None:
        row.state, row.claimed_by, row.lease_until = state, None, None

    # --- reading

    def _read(self) -> None:
        with self._works(self._actor, reads_only=True) as work:
            document = work.session.get_one(Document, self._row(work).document_id)
            blob = work.session.get(Blob, document.sha256) if document.sha256 else None
        if blob is None:
            raise NotFound
        sheet = read_caged(self._store.read(blob.sha256))
        with self._works(self._actor) as work:
            row = self._on(work, 0)
            _keep_rows(work, row.id, sheet)
            row.headers, row.rows = sheet.headers, len(sheet.rows)
            row.header_key = imports.header_key(sheet.headers)
            row.sheet = {**sheet.how, "header_row": sheet.header_row, "notes": sheet.notes[:200]}
            row.matching = imports.first_matching(work, row, sheet)
            self._finish(row, ImportState.MATCHING)

    # --- checking

    def _check(self) -> None:
        with self._works(self._actor, reads_only=True) as work:
            reader = _reader(work, self._row(work))
        wrong = out = done = 0
        for part in self._parts(CHECKED_AT_ONCE):
            told = [_checked(reader, row) for row in part]
            wrong += sum(each["is_wrong"] for each in told)
            out += sum(each["out"] for each in told)
            done += len(part)
            with self._works(self._actor) as work:
                self._on(work, done)
                work.session.execute(_CHECKED, told)
        with self._works(self._actor) as work:
            row = self._on(work)
            row.wrong, row.left_out = wrong, out
            named = sorted(reader.unknown, key=lambda name: -reader.unknown[name])
            row.sheet = {**row.sheet, "unknown": named[:MOST_UNKNOWN]}
            self._finish(row, ImportState.CHECKED)

    def _parts(self, size: int, *conditions: Any) -> Iterator[Sequence[ImportRow]]:
        after = 0
        while True:
            asked = (
                select(ImportRow)
                .where(ImportRow.import_id == self._id, ImportRow.number > after, *conditions)
                .order_by(col(ImportRow.number))
                .limit(size)
            )
            with self._works(self._actor, reads_only=True) as work:
                found = work.session.exec(asked).all()
            if not found:
                return
            yield found
            after = found[-1].number

    # --- importing

    def _import(self) -> None:
        with self._works(self._actor, reads_only=True) as work:
            row = self._row(work)
            reader = _reader(work, row)
            stays = duties.stays(work, [row.matter_id])[row.matter_id]
            owner = next((p.person_id for p in stays if p.person_id == row.person_id), None)
        right = (col(ImportRow.wrong).is_(False), col(ImportRow.left_out).is_(False))
        for part in self._parts(WRITTEN_AT_ONCE, *right, col(ImportRow.request_id).is_(None)):
            facts = [_facts(reader, row) for row in part]
            with self._works(self._actor) as work:
                write(work, self._on(work, part[-1].number), facts, owner)
        self._show()

    def _show(self) -> None:
        with self._works(self._actor) as work:
            row = self._on(work)
            show(work, row.id)
            asked = (
                select(ImportRow.number, ImportRow.request_id)
                .where(ImportRow.import_id == row.id, col(ImportRow.request_id).is_not(None))
                .order_by(col(ImportRow.number))
            )
            made = list(work.session.exec(asked))
            row.done, row.finished_at = len(made), work.now
            self._finish(row, ImportState.IMPORTED)
            work.record("import.done", row, title=row.file_name, count=len(made))
            for number, request_id in made:
                of = _Request(str(request_id), row.matter_id)
                work.record("request.imported", of, number=number, title=row.file_name)

    # --- undoing

    def _undo(self) -> None:
        with self._works(self._actor) as work:
            row = self._on(work)
            if imports.changed_rows(work, row.id):
                raise Malformed("Somebody worked on one of these requests a moment ago.")
            hide(work, row.id)
            row.finished_at = work.now
            self._finish(row, ImportState.UNDONE)
            why = row.undone_because
            work.record("import.undone", row, title=row.file_name, because=why)


class _Lost(CasemgrError):
    """Another process goes on with this import."""


class _Request:
    """A request as the subject of a line of history, without its row."""

    __tablename__ = "foia_request"

    def __init__(self, request_id: str, matter_id: str) -> None:
        self.id, self.matter_id = request_id, matter_id


def _keep_rows(work: Work, import_id: str, sheet: Sheet) -> None:
    rows = [
        {
            "id": f"{import_id}-{number:06d}",
            "import_id": import_id,
            "number": number,
            "cells": cells,
            "says": [],
            "wrong": False,
            "left_out": False,
            "parts": 0,
        }
        for number, cells in sheet.rows
    ]
    work.session.execute(_ROWS.insert(), rows)


_ROWS: Any = ImportRow.__table__  # type: ignore[attr-defined]
_CHECKED = (
    sa.update(_ROWS)
    .where(_ROWS.c.id == sa.bindparam("of"))
    .values(says=sa.bindparam("told"), wrong=sa.bindparam("is_wrong"), left_out=sa.bindparam("out"))
)


def _reader(work: Work, row: SpreadsheetImport) -> RowReader:
    here = imports.on_file(work, row.matter_id)
    return RowReader(imports.matching_of(row), imports.agencies(work), here, work.today)


def _checked(reader: RowReader, row: ImportRow) -> dict[str, Any]:
    facts, wrong, same = reader.read(row.number, row.cells)
    out = same and not reader.matching.take_same
    told: list[list[object]] = [[at, says] for at, says in wrong]
    if same:
        found = reader.repeats(facts)
        says = "left out" if out else "imported again"
        told.append([-1, f"This seems to be {found}, which is on file: {says}."])
    return {"of": row.id, "told": told, "is_wrong": bool(wrong) and not out, "out": out}


def _facts(reader: RowReader, row: ImportRow) -> RowFacts:
    facts, wrong, _ = reader.read(row.number, row.cells)
    if wrong:
        raise Malformed(
            f"Row {row.number} was right when it was checked and is not now: {wrong[0][1]} Check "
            "the columns again."
        )
    return facts
