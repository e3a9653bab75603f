"""The list as a file: all of it, no cell that acts, and a line in the history that it was taken."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from casemgr.db.session import transaction
from casemgr.desk import Desk
from casemgr.files.sheet_writer import safe, write_csv, write_xlsx
from casemgr.usecases import request_files
from casemgr.usecases.ledger_csv import sheet
from casemgr.usecases.request_files import HEADERS, export
from casemgr.usecases.views.request_list import Asked
from tests import makes

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '=HYPERLINK("http://x","y")', "＝1"]
ACTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(texts)
def test_no_text_begins_as_a_formula_does_and_every_word_of_it_stays(text: str) -> None:
    made = safe(text)

    assert not made.lstrip(" ").startswith(ACTS)
    assert made.removeprefix("'") in text or any(ord(sign) < 32 or sign == "\x7f" for sign in text)


@given(st.sampled_from(EVIL), st.sampled_from(["", " ", "\u00a0", "\u200b", "\ufeff"]))
def test_the_tables_of_a_matter_hold_no_formula_either(evil: str, unseen: str) -> None:
    [_, row] = csv.reader(io.StringIO(sheet(("A",), [(unseen + evil,)]), newline=""))

    assert not row[0].lstrip(" \u00a0\u200b\ufeff").startswith(ACTS)


@given(st.lists(st.tuples(texts, st.sampled_from(EVIL)), min_size=1, max_size=5))
def test_another_reader_finds_no_formula_in_a_csv(rows: list[tuple[str, str]]) -> None:
    held = io.BytesIO()
    write_csv(held, ("A", "B"), rows)

    found = list(csv.reader(io.StringIO(held.getvalue().decode("utf-8-sig"), newline="")))
    assert len(found) == len(rows) + 1
    assert not [cell for row in found for cell in row if cell.lstrip(" ").startswith(ACTS)]


def test_a_workbook_holds_text_and_days_and_no_formula_and_no_name() -> None:
    held = io.BytesIO()
    rows = [(text, date(2010, 2, 3), None, 7) for text in EVIL]
    write_xlsx(held, ("Text", "Day", "Nothing", "Number"), rows, "Requests")

    book = openpyxl.load_workbook(io.BytesIO(held.getvalue()))
    kinds = {cell.data_type for row in book["Requests"].iter_rows() for cell in row}
    [_, first, *_] = book["Requests"].iter_rows(values_only=True)
    assert kinds == {"s", "d", "n"}
    assert (first[1].date(), first[2], first[3]) == (date(2010, 2, 3), None, 7)  # type: ignore[union-attr]
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("casemgr", None)
    book.close()


@pytest.fixture
def filled(engine: Engine, tmp_path: Path) -> tuple[Desk, makes.Cast]:
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        for i in range(25):
            request = makes.make_request(session, matter, title=f"=Letter {i:02d}")
        makes.make_track(session, request)
        hidden = makes.make_matter(session, cast.eve, title="Not for Ada")
        makes.make_request(session, hidden, title="Hidden")
    return desk, cast


def test_a_file_holds_the_whole_list_page_after_page_and_the_history_says_who_took_it(
    filled: tuple[Desk, makes.Cast], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, cast = filled
    monkeypatch.setattr(request_files, "AT_ONCE", 10)

    made = export(partial(desk.work, makes.actor_of(cast.ada)), Asked(), "csv", tmp_path)
    data = b"".join(made.parts())

    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == HEADERS
    assert sorted(row[2] for row in rows[1:]) == [f"'=Letter {i:02d}" for i in range(25)]
    assert (made.rows, made.size, made.name) == (25, len(data), "requests-2010-10-29.csv")
    assert b"Hidden" not in data
    with desk.work() as work:
        said = work.session.connection().exec_driver_sql(
            "SELECT what, person_name FROM history_entry"
        )
        assert [tuple(row) for row in said] == [("requests.exported", "Ada Marlowe")]


def test_nobody_takes_what_they_may_not_see(
    filled: tuple[Desk, makes.Cast], tmp_path: Path
) -> None:
    desk, cast = filled

    made = export(partial(desk.work, makes.actor_of(cast.noor)), Asked(), "xlsx", tmp_path)

    assert made.rows == 0
    assert b"Letter" not in b"".join(made.parts())
