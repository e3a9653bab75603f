"""The spreadsheet reader: whatever another program writes is read, and nothing harmful is."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemgr.domain.spreadsheets import NoDay, is_ambiguous, read_day
from casemgr.errors import Malformed
from casemgr.files.sheets import letters, read_sheet
from casemgr.usecases import one_reading
from casemgr.usecases.sheet_reading import read_caged
from tests.usecases.sheets import workbook

HEAD = ["Subject", "Agency"]
cells = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), max_size=12
).map(str.strip)
tables = st.lists(st.tuples(cells.filter(bool), cells), min_size=1, max_size=6)


@given(tables, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_whatever_a_program_writes_as_csv_is_read_back(
    rows: list[tuple[str, str]], separator: str, encoding: str
) -> None:
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([HEAD, *rows])

    found = read_sheet(held.getvalue().encode(encoding))

    assert found.headers == HEAD
    assert [tuple(each) for _, each in found.rows] == rows
    assert [number for number, _ in found.rows] == list(range(2, len(rows) + 2))


@given(tables)
@settings(max_examples=25)
def test_whatever_another_library_writes_as_a_workbook_is_read_back(
    rows: list[tuple[str, str]],
) -> None:
    plain = [tuple(cell.lstrip("=") or "x" for cell in row) for row in rows]

    found = read_sheet(workbook(HEAD, *plain))

    padded = [tuple([*map(str, each), ""][:2]) for _, each in found.rows]
    assert padded == [tuple(cell.strip() for cell in row) for row in plain]


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for each in (data, b"PK\x03\x04" + data, b"a;b\n" + data):
        assert _told(each).endswith(".")


def _told(data: bytes) -> str:
    """Return what is said of a file that cannot be read."""
    try:
        read_sheet(data)
    except Malformed as told:
        return str(told)
    return "It was read."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_letters_of_every_usual_encoding_are_read(encoding: str) -> None:
    text = "Betreff;Behörde\r\nÜber Akten “é”;ICE\r\n"

    found = read_sheet(text.encode(encoding))

    assert found.rows == [(2, ["Über Akten “é”", "ICE"])]


def test_numbers_days_and_yes_are_read_as_they_are_shown() -> None:
    found = read_sheet(
        workbook(["A", "B", "C", "D"], [7, 2.5, date(2010, 2, 3), True], ["x", None, None, None])
    )

    assert found.rows[0] == (2, ["7", "2.5", ["d", "2010-02-03"], "yes"])


def test_of_several_sheets_the_first_is_read_and_the_others_are_named() -> None:
    book = openpyxl.Workbook()
    for name in ("Open", "Old"):
        sheet = book.create_sheet(name)
        sheet.append([name, "Agency"])
        sheet.append(["Letters", "ICE"])
    del book["Sheet"]
    held = io.BytesIO()
    book.save(held)
    book.close()

    assert read_sheet(held.getvalue()).headers[0] == "Open"
    assert "The others are “Old”" in read_sheet(held.getvalue()).notes[0]
    assert read_sheet(held.getvalue(), "Old").headers[0] == "Old"
    with pytest.raises(Malformed, match="There is no sheet “New”"):
        read_sheet(held.getvalue(), "New")


# --- what could do harm


def _with_part(name: str, data: bytes) -> bytes:
    """Return a good workbook in which one part was exchanged."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEAD, ["a", "b"]))) as good,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for each in good.namelist():
            made.writestr(each, data if each == name else good.read(each))
    return held.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
FAR = (
    b'<worksheet><sheetData><row r="1"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (_with_part(SHEET, b"0" * 250_000_000), "unpacks into far more"),
        (_with_part(SHEET, ENTITIES), "damaged, or no workbook"),
        (_with_part(SHEET, FAR), "far to the right or far below"),
        (_with_part(SHEET, b"<worksheet><sheetData>"), "damaged, or no workbook"),
        (_with_part("xl/workbook.xml", b"<workbook/>"), "damaged, or no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "with a password"),
        (b"a;b\n" + b"x;y\n" * 100_001, "more than 100,000 rows"),
        (b";".join([b"h"] * 250) + b"\n" + b";".join([b"x"] * 250), "more than 200 columns"),
        (b"only\none\ncolumn\n", "The first row names the columns"),
        (b"", "The first row names the columns"),
    ],
)
def test_what_could_do_harm_or_is_none_is_told(data: bytes, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        read_sheet(data)


def test_a_file_is_read_in_a_process_of_its_own_with_the_same_result() -> None:
    data = workbook(HEAD, ["Letters", "ICE"], ["=A2", ""])

    assert read_caged(data) == read_sheet(data)
    with pytest.raises(Malformed, match="damaged, or no workbook"):
        read_caged(_with_part(SHEET, ENTITIES))


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(one_reading, "SECONDS", 0.01)

    with pytest.raises(Malformed, match=r"it was stopped\. The file is kept"):
        read_caged(workbook(HEAD, ["Letters", "ICE"]))


# --- days

TODAY = date(2026, 10, 13)
days = st.dates(date(1970, 1, 1), date(2026, 10, 13))


@given(days, st.sampled_from(["{d}/{m}/{y}", "{d:02d}.{m:02d}.{y}", "{d}-{m}-{y}"]))
def test_a_day_is_what_was_written_whichever_order_was_said(day: date, form: str) -> None:
    given_as = {"d": day.day, "m": day.month, "y": day.year}
    day_first = form.format(**given_as)
    month_first = form.format(**{**given_as, "d": day.month, "m": day.day})

    assert read_day(day_first, True, TODAY) == day
    assert read_day(month_first, False, TODAY) == day
    if is_ambiguous(day_first):
        with pytest.raises(NoDay, match="reads two ways"):
            read_day(day_first, None, TODAY)
    else:
        assert read_day(day_first, None, TODAY) == day or day.day <= 12


@given(days, st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%d %b %Y", "%d-%b-%Y", "%a, %d %B %Y"]))
def test_a_day_with_its_month_in_letters_reads_one_way(day: date, form: str) -> None:
    assert read_day(day.strftime(form), None, TODAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [("1/2/26", date(2026, 1, 2)), ("1/2/27", date(1927, 1, 2)), ("1/2/99", date(1999, 1, 2))],
)
def test_of_a_year_with_two_digits_the_century_is_the_latest_that_can_be(
    text: str, day: date
) -> None:
    assert read_day(text, False, TODAY) == day


@pytest.mark.parametrize(
    "text", ["soon", "31/2/2010", "2010", "Febtember 3, 2010", "1/2/3", "0/0/0"]
)
def test_what_is_no_day_is_told_as_it_was_written(text: str) -> None:
    with pytest.raises(NoDay, match=text):
        read_day(text, True, TODAY)


@given(st.integers(0, 16_000))
def test_columns_are_called_as_spreadsheets_call_them(at: int) -> None:
    assert letters(at) == openpyxl.utils.get_column_letter(at + 1)
