"""Write rows as CSV or as a workbook, however many, so that no cell can act as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import IO

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AT_ONCE = 1_000

Value = str | date | int | None

# What spreadsheets take for the beginning of a formula; the wide signs too are read as the narrow.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNSEEN = " \u00a0\u200b\ufeff"
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def safe(text: str) -> str:
    """Return text that no spreadsheet takes for a formula, by the usual apostrophe before it.

    >>> safe("=HYPERLINK(1)"), safe("10-1"), safe("-1"), safe("\ufeff=1")[0]
    ("'=HYPERLINK(1)", '10-1', "'-1", "'")
    """
    plain = _UNPRINTED.sub("", text)
    return f"'{plain}" if plain.lstrip(_UNSEEN).startswith(_STARTS) else plain


def write_csv(into: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write rows as CSV in UTF-8 with the mark by which Excel knows it; days as 2010-02-03."""
    into.write(b"\xef\xbb\xbf")
    for part in _parts(headers, rows):
        held = io.StringIO(newline="")
        csv.writer(held).writerows(part)
        into.write(held.getvalue().encode())


def _parts(headers: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[list[list[str]]]:
    part = [list(headers)]
    for row in rows:
        part.append([_as_text(value) for value in row])
        if len(part) >= AT_ONCE:
            yield part
            part = []
    yield part


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def write_xlsx(
    into: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Value]], title: str
) -> None:
    """Write rows as a workbook with one sheet: days as days, all other cells as text or numbers.

    It carries no name of anybody and nothing of the program but its own.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load, and seldom wanted
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    book.properties.creator = "casemgr"
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(headers))
    for row in rows:
        cells: list[object] = []
        for value in row:
            if isinstance(value, str):
                cell = WriteOnlyCell(sheet, value=safe(value))
                cell.data_type = "s"
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
    book.save(into)
