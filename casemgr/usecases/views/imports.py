"""Imports as pages show them: those of somebody's matters, and one with its columns and rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import ImportRow, Matter, Person, SpreadsheetImport
from casemgr.domain.access import Right
from casemgr.domain.spreadsheets import Field, is_ambiguous
from casemgr.files.sheets import Cell, letters, shown
from casemgr.usecases.imports import AT_WORK, matching_of
from casemgr.usecases.work import Work

PAGE = 50
SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the spreadsheet, with what stands in its first rows."""

    at: int
    letter: str
    header: str
    samples: Sequence[str]
    means: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row with what is wrong with it, each sentence with the column it is about."""

    number: int
    title: str
    cells: Sequence[str]
    says: Sequence[tuple[str, str]]
    wrong: bool
    left_out: bool
    request_id: str | None


@dataclass(frozen=True)
class ImportPage:
    """One import at the step where it is."""

    row: SpreadsheetImport
    matter: str
    by: str
    at_work: bool
    columns: Sequence[Column]
    unknown: Sequence[str]
    ambiguous: Sequence[str]  # days that read two ways
    formulas: int
    lines: Sequence[RowLine]
    after: int  # the number after which the next page of rows begins, or 0

    @property
    def right(self) -> int:
        """Return how many rows can be imported."""
        return self.row.rows - self.row.wrong - self.row.left_out


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import in the list."""

    row: SpreadsheetImport
    matter: str
    by: str


def _mine(work: Work) -> sa.ColumnElement[bool]:
    return doors.within(SpreadsheetImport, doors.mine(work.actor, work.today), work.today)


def look_at_all(work: Work) -> list[ImportLine]:
    """Show the newest imports of the actor's matters."""
    asked = (
        select(SpreadsheetImport, Matter.title, Person.name)
        .join(Matter, col(Matter.id) == col(SpreadsheetImport.matter_id))
        .join(Person, col(Person.id) == col(SpreadsheetImport.person_id))
        .where(_mine(work))
        .order_by(col(SpreadsheetImport.made_at).desc(), col(SpreadsheetImport.id))
        .limit(PAGE)
    )
    return [ImportLine(*found) for found in work.session.exec(asked)]


def look(work: Work, import_id: str, *, after: int = 0, only_wrong: bool = False) -> ImportPage:
    """Show an import: what its columns may mean, and its rows, a page at a time."""
    row = doors.open_door(
        work.session, work.actor, SpreadsheetImport, import_id, Right.READ, work.today
    )
    matter = work.session.get_one(Matter, row.matter_id)
    by = work.session.get_one(Person, row.person_id)
    rows = _rows(work, row.id, after, only_wrong=only_wrong)
    first = rows if after == 0 and not only_wrong else _rows(work, row.id, 0, only_wrong=False)
    seen = [cell for each in first for cell in each.cells]
    return ImportPage(
        row,
        matter.title,
        by.name,
        row.state in AT_WORK,
        _columns(row, first),
        row.sheet.get("unknown", []),
        _ambiguous(row, first),
        sum(not isinstance(cell, str) and cell[0] == "f" for cell in seen),
        [_line(row, each) for each in rows[:PAGE]],
        rows[PAGE - 1].number if len(rows) > PAGE else 0,
    )


def rows_of(
    work: Work, import_id: str, *, after: int = 0, only_wrong: bool = False, most: int = PAGE
) -> list[Mapping[str, Any]]:
    """Return rows of an import for a program: their number, cells, and what is said of them."""
    row = doors.open_door(
        work.session, work.actor, SpreadsheetImport, import_id, Right.READ, work.today
    )
    return [
        {
            "number": each.number,
            "cells": [shown(cell) for cell in each.cells],
            "says": [{"column": at if at >= 0 else None, "says": says} for at, says in each.says],
            "wrong": each.wrong,
            "left_out": each.left_out,
            "request_id": each.request_id if row.state == "imported" else None,
        }
        for each in _rows(work, row.id, after, only_wrong=only_wrong, most=most)
    ]


def _rows(
    work: Work, import_id: str, after: int, *, only_wrong: bool, most: int = PAGE + 1
) -> Sequence[ImportRow]:
    asked = select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.number > after)
    if only_wrong:
        asked = asked.where(col(ImportRow.wrong).is_(True))
    return work.session.exec(asked.order_by(col(ImportRow.number)).limit(most)).all()


def _columns(row: SpreadsheetImport, first: Sequence[ImportRow]) -> list[Column]:
    means = matching_of(row).columns
    return [
        Column(
            at,
            letters(at),
            header,
            [text for each in first[:SAMPLES] if (text := _cell(each.cells, at))],
            means[at].value if at in means else "",
        )
        for at, header in enumerate(row.headers)
    ]


def _cell(cells: Sequence[Cell], at: int) -> str:
    return shown(cells[at])[:80] if at < len(cells) else ""


def _ambiguous(row: SpreadsheetImport, first: Sequence[ImportRow]) -> list[str]:
    found = (
        text
        for each in first
        for at in range(len(row.headers))
        if is_ambiguous(text := _cell(each.cells, at))
    )
    return list(dict.fromkeys(found))[:SAMPLES]


def _line(row: SpreadsheetImport, each: ImportRow) -> RowLine:
    by = {wanted: at for at, wanted in matching_of(row).columns.items()}
    title = _cell(each.cells, by[Field.TITLE]) if Field.TITLE in by else ""
    said = [(_where(row, int(at)), str(says)) for at, says in each.says]
    return RowLine(
        each.number,
        title,
        [_cell(each.cells, at) for at in range(len(row.headers))],
        said,
        each.wrong,
        each.left_out,
        each.request_id,
    )


def _where(row: SpreadsheetImport, at: int) -> str:
    if at < 0 or at >= len(row.headers):
        return ""
    return row.headers[at] or f"column {letters(at)}"
