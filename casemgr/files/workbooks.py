"""Read one sheet of an .xlsx workbook in one pass: values, formulas and merged cells together.

openpyxl reads either the formulas or what they last showed, and merged cells only with the whole
workbook in memory; whoever imports a spreadsheet must be told of all three. What it knows of
Excel's days is used here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from xml.parsers import expat

from casemgr.errors import Malformed
from casemgr.unpacking import refuse_swelling

MOST_SHEET_ROWS, MOST_SHEET_COLUMNS = 110_000, 300
MOST_MERGED = 20_000
PART = 256 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REF = re.compile(r"^([A-Z]{1,3})([1-9]\d{0,6})$")
BROKEN = (
    "This workbook is damaged, or no workbook at all. Open it in Excel or LibreOffice, save it "
    "again as .xlsx, and choose it again."
)
SWELLING = (
    "This workbook unpacks into far more than a spreadsheet of requests can hold, so nothing of "
    "it was read. Save the one sheet you need as .csv and choose that."
)

Cell = str | list[str]
Row = tuple[int, list[Cell]]


def is_locked_or_old(data: bytes) -> bool:
    """Say whether bytes are a workbook with a password, or one of a version before 2007."""
    return data.startswith(_OLE)


@dataclass
class Workbook:
    """The rows of one sheet, and how they were read."""

    cells: dict[int, dict[int, Cell]] = field(default_factory=dict)
    how: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Yield each row that holds anything, with its number; empty cells are empty text."""
        for number in sorted(self.cells):
            row = self.cells[number]
            yield number, [row.get(at, "") for at in range(max(row) + 1)]


# What zipfile and expat raise; a password or a compression no workbook uses is a RuntimeError.
_BROKEN_BY = (
    zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, KeyError, expat.ExpatError,
)  # fmt: skip


def read_workbook(data: bytes, wanted: str = "") -> Workbook:
    """Return the cells of a sheet; Malformed where the file is none, or could do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            refuse_swelling(pack.infolist(), len(data), swelling=SWELLING, broken=BROKEN)
            return _read(pack, wanted)
    except _BROKEN_BY as wrong:
        raise Malformed(BROKEN) from wrong


def _read(pack: zipfile.ZipFile, wanted: str) -> Workbook:
    sheets, is_1904 = _sheets(pack)
    names = [name for name, _, _ in sheets]
    open_ones = [each for each in sheets if each[2]] or sheets
    chosen = next((each for each in sheets if each[0] == wanted), None)
    if wanted and chosen is None:
        raise Malformed(f"There is no sheet “{wanted[:60]}”. There are: {', '.join(names[:20])}.")
    name, member, _ = chosen or open_ones[0]
    made = _Sheet(_strings(pack), _days(pack), is_1904)
    _parse(pack, member, made)
    made.finish()
    notes = list(made.notes)
    if len(names) > 1:
        others = ", ".join(f"“{each}”" for each in names if each != name)
        notes.append(f"Only the sheet “{name}” was read. The others are {others}.")
    return Workbook(made.cells, {"sheet": name, "sheets": names[:50]}, notes)


# --- what a workbook says of itself


def _sheets(pack: zipfile.ZipFile) -> tuple[list[tuple[str, str, bool]], bool]:
    found: list[tuple[str, str, bool]] = []
    ids: list[tuple[str, str, bool]] = []
    is_1904 = [False]
    targets: dict[str, str] = {}

    def started(tag: str, attrs: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in attrs.items() if name.endswith(":id")), "")
            ids.append((attrs.get("name", ""), key, attrs.get("state", "visible") == "visible"))
        elif tag == "workbookPr":
            is_1904[0] = attrs.get("date1904", "0") in {"1", "true"}
        elif tag == "Relationship":
            targets[attrs.get("Id", "")] = attrs.get("Target", "")

    _walk(pack, "xl/workbook.xml", started)
    _walk(pack, "xl/_rels/workbook.xml.rels", started)
    for name, key, visible in ids:
        target = targets.get(key, "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if member in pack.namelist() and "worksheets/" in member:
            found.append((name, member, visible))
    if not found:
        raise Malformed(BROKEN)
    return found, is_1904[0]


def _strings(pack: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in pack.namelist():
        return []
    found: list[str] = []
    held: list[str] = []
    state = {"text": False, "aside": 0}

    def started(tag: str, _attrs: dict[str, str]) -> None:
        if tag == "si":
            held.clear()
        state["aside"] += tag == "rPh"  # how a word is read aloud
        state["text"] = tag == "t" and not state["aside"]

    def ended(tag: str) -> None:
        state["text"] = False
        state["aside"] -= tag == "rPh"
        if tag == "si":
            found.append("".join(held).strip())

    def said(text: str) -> None:
        if state["text"]:
            held.append(text)

    _walk(pack, "xl/sharedStrings.xml", started, ended, said)
    return found


def _days(pack: zipfile.ZipFile) -> list[bool]:
    """Return for each style whether its cells show a day."""
    from openpyxl.styles.numbers import (  # noqa: PLC0415 - slow to load, and only the cage reads
        BUILTIN_FORMATS,
        is_date_format,
    )

    if "xl/styles.xml" not in pack.namelist():
        return []
    formats: dict[int, str] = dict(BUILTIN_FORMATS)
    used: list[int] = []
    inside = [False]

    def started(tag: str, attrs: dict[str, str]) -> None:
        if tag == "numFmt":
            formats[int(attrs.get("numFmtId", "0"))] = attrs.get("formatCode", "")
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            used.append(int(attrs.get("numFmtId", "0")))

    def ended(tag: str) -> None:
        if tag == "cellXfs":
            inside[0] = False

    _walk(pack, "xl/styles.xml", started, ended)
    return [bool(is_date_format(formats.get(each, "General"))) for each in used]


# --- the cells


class _Sheet:
    """What the parser says of a sheet, gathered row by row."""

    def __init__(self, strings: list[str], days: list[bool], is_1904: bool) -> None:
        from openpyxl.utils import datetime as excel  # noqa: PLC0415 - see above

        self._strings, self._days = strings, days
        self._epoch = excel.MAC_EPOCH if is_1904 else excel.WINDOWS_EPOCH
        self._from_excel: Callable[..., Any] = excel.from_excel
        self.cells: dict[int, dict[int, Cell]] = {}
        self.notes: list[str] = []
        self._merged: list[str] = []
        self._row, self._at = 0, -1
        self._kind, self._style = "", 0
        self._into: list[str] | None = None
        self._value: list[str] = []
        self._formula: list[str] | None = None

    def started(self, tag: str, attrs: dict[str, str]) -> None:
        if tag == "c":
            self._place(attrs.get("r", ""))
            self._kind, self._style = attrs.get("t", "n"), int(attrs.get("s", "0") or 0)
            self._value, self._formula = [], None
        elif tag in {"v", "t"}:
            self._into = self._value
        elif tag == "f":
            self._formula = self._into = []
        elif tag == "row":
            self._row = int(attrs.get("r", 0)) or self._row + 1
            self._at = -1
            if self._row > MOST_SHEET_ROWS:
                raise Malformed(
                    "There are more than 100,000 rows. Split the spreadsheet and import its "
                    "parts one after the other; empty rows at its end count too."
                )
        elif tag == "mergeCell" and len(self._merged) < MOST_MERGED:
            self._merged.append(attrs.get("ref", ""))

    def ended(self, tag: str) -> None:
        if tag in {"v", "t", "f"}:
            self._into = None
        elif tag == "c":
            cell = self._cell("".join(self._value).strip())
            if cell:
                self.cells.setdefault(self._row, {})[self._at] = cell

    def said(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _place(self, ref: str) -> None:
        found = _REF.match(ref)
        if found is None:
            self._at += 1
        else:
            self._at, self._row = _column(found[1]), int(found[2])
        if self._at >= MOST_SHEET_COLUMNS or self._row > MOST_SHEET_ROWS:
            raise Malformed(
                "There are cells far to the right or far below. Take out what nobody needs, or "
                "save the columns of the requests as .csv."
            )

    def _cell(self, text: str) -> Cell:
        shown = self._shown(text)
        if self._formula is not None:
            as_text = shown if isinstance(shown, str) else shown[-1]
            return ["f", f"={''.join(self._formula)[:200]}", as_text]
        return shown

    def _shown(self, text: str) -> Cell:
        if not text:
            return ""
        if self._kind == "s":
            return self._strings[int(text)]
        if self._kind == "b":
            return "yes" if text == "1" else "no"
        if self._kind == "d":
            return ["d", text[:10]]
        if self._kind != "n":
            return text
        if self._style < len(self._days) and self._days[self._style]:
            return self._day(text)
        number = float(text)
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else text

    def _day(self, text: str) -> Cell:
        try:
            found = self._from_excel(float(text), self._epoch)
        except (ValueError, OverflowError, TypeError):
            return text
        if isinstance(found, datetime):
            found = found.date()
        return ["d", found.isoformat()] if isinstance(found, date) else text

    def finish(self) -> None:
        """Say of each cell that was merged into another, which that is."""
        for ref in self._merged:
            first, _, last = ref.partition(":")
            top, end = _REF.match(first), _REF.match(last)
            if top is None or end is None:
                continue
            columns = range(_column(top[1]), min(_column(end[1]), MOST_SHEET_COLUMNS) + 1)
            below = range(int(top[2]), min(int(end[2]), MOST_SHEET_ROWS) + 1)
            for number in below:
                row = self.cells.get(number)
                for at in columns if row is not None else ():
                    if (number, at) != (below[0], columns[0]):
                        self.cells[number].setdefault(at, ["m", first])


def _column(name: str) -> int:
    at = 0
    for sign in name:
        at = at * 26 + ord(sign) - 64
    return at - 1


def _parse(pack: zipfile.ZipFile, member: str, made: _Sheet) -> None:
    _walk(pack, member, made.started, made.ended, made.said)


def _walk(
    pack: zipfile.ZipFile,
    member: str,
    started: Callable[[str, dict[str, str]], None],
    ended: Callable[[str], None] | None = None,
    said: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate(namespace_separator=None)
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise Malformed(BROKEN)  # no workbook declares entities of its own

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attrs: started(tag.rpartition(":")[2], attrs)
    if ended is not None:
        parser.EndElementHandler = lambda tag: ended(tag.rpartition(":")[2])
    if said is not None:
        parser.CharacterDataHandler = said
    with pack.open(member) as file:
        while part := file.read(PART):
            parser.Parse(part, False)
        parser.Parse(b"", True)
