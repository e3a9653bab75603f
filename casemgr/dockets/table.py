"""Read a docket that somebody keeps as a table: CSV with a number, a day and a text in each row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from casemgr.dockets.shapes import (
    CaseRead,
    EntryRead,
    PaperRead,
    Unreadable,
    court_day,
    plain,
)
from casemgr.domain.words import PaperKind

NO_COLUMNS = (
    "The first row must name the columns: “Filed” (or “Date”) and “Text” (or “Description”), and "
    "“No.” where the entries have numbers."
)
# The names people give these columns, in lower case without points.
_NAMED: Mapping[str, Sequence[str]] = {
    "number": ("no", "number", "#", "dkt", "ecf", "ecf no", "docket no", "entry", "entry number",
               "document number", "doc no"),
    "part": ("part", "attachment", "attachment number"),
    "filed": ("filed", "date", "date filed", "filed on", "filing date", "date_filed"),
    "entered": ("entered", "date entered", "entered on", "date_entered"),
    "says": ("text", "description", "docket text", "says", "entry text"),
    "short": ("short", "title", "short description"),
}  # fmt: skip


def read_table(data: bytes) -> PaperRead:
    """Read a CSV docket; the case itself is the one it is imported into."""
    rows = list(_rows(data))
    if not rows:
        raise Unreadable(NO_COLUMNS)
    entries = tuple(_entry(line, row) for line, row in rows)
    case = CaseRead(court_id="", docket_number="", title="", entries=entries)
    return PaperRead(kind=PaperKind.TABLE, cases=(case,))


def _rows(data: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    text = _decoded(data)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:4000], delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    reader = csv.reader(io.StringIO(text), dialect, strict=False)
    columns = _columns(next(reader, []))
    for row in reader:
        cells = {name: row[at].strip() for name, at in columns.items() if at < len(row)}
        if any(cells.values()):
            yield reader.line_num, cells


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("This file is in no encoding we know. Save it as CSV in UTF-8.")


def _columns(header: Sequence[str]) -> dict[str, int]:
    said = [re.sub(r"[.\s]+", " ", cell).strip().lower() for cell in header]
    found = {
        name: next(at for at, each in enumerate(said) if each in names)
        for name, names in _NAMED.items()
        if any(each in names for each in said)
    }
    if "filed" not in found or "says" not in found:
        raise Unreadable(NO_COLUMNS)
    return found


def _entry(line: int, row: Mapping[str, str]) -> EntryRead:
    filed_on = court_day(row.get("filed", ""))
    if filed_on is None:
        raise Unreadable(
            f"Row {line}: {row.get('filed') or 'an empty cell'!r} is no day we can read. "
            "Write days like 10/29/2010 or 2010-10-29."
        )
    says = plain(row.get("says", "")) or plain(row.get("short", ""))
    if not says:
        raise Unreadable(f"Row {line} has no text. Give each entry the words of the docket.")
    number, _, part = row.get("number", "").lstrip("#").partition("-")
    return EntryRead(
        number=_whole(number, line),
        part=_whole(row.get("part", "") or part, line),
        filed_on=filed_on,
        entered_on=court_day(row.get("entered", "")),
        says=says,
        short=plain(row.get("short", "")),
    )


def _whole(text: str, line: int) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdigit() or not 0 < int(text) < 100_000:
        raise Unreadable(
            f"Row {line}: {text!r} is no number of an entry. Leave it empty, or fix it."
        )
    return int(text)
