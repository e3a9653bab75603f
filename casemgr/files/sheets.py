"""Read a spreadsheet that came from outside, CSV or XLSX, into a header and rows of cells.

A cell is text, or a list that says what else it is: `["d", "2010-02-03"]` a day, `["f", "=A1",
"what it last showed"]` a formula, `["m", "A5"]` part of the cell A5 it was merged with. Nothing is
guessed about what a cell means; that is for whoever matches the columns. Run this in a cage: a
file can be made to hang whoever reads it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from casemgr.errors import Malformed
from casemgr.files.workbooks import is_locked_or_old, read_workbook

MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_CELL = 8_000  # characters
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}

Cell = str | list[str]
Row = tuple[int, list[Cell]]  # its number as the spreadsheet counts, and its cells


@dataclass
class Sheet:
    """What a spreadsheet holds, and how it was read."""

    headers: list[str]
    header_row: int
    rows: list[Row]
    how: dict[str, Any] = field(default_factory=dict)  # encoding and separator, or the sheet
    notes: list[str] = field(default_factory=list)  # what whoever matches the columns must know


def read_sheet(data: bytes, wanted: str = "") -> Sheet:
    """Return the rows of a CSV file or of a workbook's sheet; Malformed, with a sentence, if none.

    `wanted` is the name of the sheet; without one it is the first that is not hidden.
    """
    if is_locked_or_old(data):
        raise Malformed(
            "This is a workbook with a password, or one of a version before 2007 (.xls). Open it, "
            "take the password off, save it as .xlsx or .csv, and choose it again."
        )
    if data.startswith(b"PK\x03\x04"):
        read = read_workbook(data, wanted)
        return _with_header(read.rows(), read.how, read.notes)
    text, encoding = decoded(data)
    separator = separator_of(text)
    how = {"encoding": encoding, "separator": SEPARATORS[separator]}
    return _with_header(_records(text, separator), how, [])


def decoded(data: bytes) -> tuple[str, str]:
    """Return a text file's text and the encoding it is in: UTF-8, UTF-16 or Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16"), "UTF-16"
    for mark, name in ((data[1::2], "utf-16-le"), (data[::2], "utf-16-be")):
        if mark and mark.count(0) > len(mark) * 0.6:
            return _strictly(data, name), "UTF-16"
    try:
        return data.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return _strictly(data, "cp1252"), "Windows-1252"


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise Malformed(
            "The letters of this file cannot be read: it is in no encoding we know. Open it in "
            "the program it comes from, save it as “CSV UTF-8” or as .xlsx, and choose it again."
        ) from wrong


def separator_of(text: str) -> str:
    """Return what separates the columns: the sign that is in the most of the first lines.

    >>> separator_of('Title;Sent;Note\\nA;1/2/2010;"x, y"\\n')
    ';'
    """
    lines = [line for line in text[:65_536].splitlines()[:20] if line.strip()] or [""]
    found = {each: [_outside_quotes(line, each) for line in lines] for each in SEPARATORS}
    return max(found, key=lambda each: (sum(map(bool, found[each])), sum(found[each])))


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _records(text: str, separator: str) -> Iterator[Row]:
    if "\0" in text:
        raise Malformed("This is no text: there are bytes in it that no spreadsheet writes.")
    csv.field_size_limit(1_000_000)
    try:
        for number, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1
        ):
            yield number, [cell.strip() for cell in record]
    except csv.Error as wrong:
        raise Malformed(
            f"The file cannot be read as columns ({wrong}). Save it again as CSV or as .xlsx."
        ) from wrong


def _with_header(found: Iterable[Row], how: dict[str, Any], notes: list[str]) -> Sheet:
    rows: list[Row] = []
    above: list[int] = []
    header: Row | None = None
    for number, cells in found:
        said = sum(map(bool, cells))
        if header is None:
            # A title that stands alone above the columns is not their header.
            if said >= 2:
                header = (number, _trimmed(cells))
            elif said:
                above.append(number)
        elif said:
            _refuse_too_many(len(rows), len(cells))
            rows.append((number, _short(cells, number, notes)))
    if header is None or not rows:
        raise Malformed(
            "There are no columns with rows below them. The first row names the columns, two of "
            "them at least; each row after it is one request."
        )
    told = [f"Row {each} was left out: it stands above the names of the columns." for each in above]
    return Sheet([shown(each) for each in header[1]], header[0], rows, how, told + notes)


def _trimmed(cells: list[Cell]) -> list[Cell]:
    kept = list(cells)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _refuse_too_many(rows: int, columns: int) -> None:
    if rows >= MOST_ROWS:
        raise Malformed(
            f"There are more than {MOST_ROWS:,} rows. Split the spreadsheet and import its parts "
            "one after the other."
        )
    if columns > MOST_COLUMNS:
        raise Malformed(
            f"There are more than {MOST_COLUMNS} columns. Take out those that nobody needs."
        )


def _short(cells: list[Cell], number: int, notes: list[str]) -> list[Cell]:
    kept = list(cells)
    for at, cell in enumerate(kept):
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            kept[at] = cell[:LONGEST_CELL]
            notes.append(
                f"Row {number}, column {letters(at)}: only the first {LONGEST_CELL:,} characters "
                "were taken. The whole cell is in the file, which is kept."
            )
    return kept


def shown(cell: Cell) -> str:
    """Return a cell as somebody sees it in the spreadsheet."""
    if isinstance(cell, str):
        return cell
    return {"d": cell[-1], "f": cell[-1], "m": ""}[cell[0]]


def letters(at: int) -> str:
    """Return how a spreadsheet calls a column, counted from 0.

    >>> letters(0), letters(25), letters(27)
    ('A', 'Z', 'AB')
    """
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
