"""`casemgr requests import`, `list` and `export`: an old spreadsheet in, the list out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db.session import open_engine, transaction
from tests import makes
from tests.usecases.sheets import csv_of

Told = tuple[int, str]
GOOD = ["A-1", "Opt-out letters", "ICE", "2010ICE1", "2010-02-03", "2010-02-09", "", ""]
BAD = ["A-2", "Two ways", "ICE", "", "2/3/2010", "", "", ""]


@pytest.fixture
def typed(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    engine = open_engine(url)
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        makes.make_matter(session, cast.sam)
        makes.make_agency(session)
    engine.dispose()
    monkeypatch.setenv("CASEMGR_DATA", str(desk.settings.data))
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)

    def type_(*words: object, who: str = "sam@example.org") -> Told:
        said = CliRunner().invoke(app, ["requests", *map(str, words), "--as", who])
        return said.exit_code, said.output

    return type_


def test_a_spreadsheet_is_looked_at_imported_listed_and_taken_away(
    typed: Callable[..., Told], tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes(csv_of(GOOD, BAD))

    looked = typed("import", file, "--dry-run")
    assert looked[0] == 0
    assert "Row 3: Date sent: “2/3/2010” reads two ways." in looked[1]
    assert "2 rows: 1 right, 1 wrong, 0 on file already.\nNothing was imported." in looked[1]

    refused = typed("import", file)
    assert refused[0] == 2
    assert "say that they are left out" in refused[1]
    assert typed("list")[1] == "0 of 0.\n"

    done = typed("import", file, "--no-day-first")
    assert done[0] == 0, done[1]
    assert "2 requests imported as SI-" in done[1]

    listed = typed("list", "--text", "opt-out", "--late")
    assert "2010-02-03  waiting     late  2010-03-10  Opt-out letters  ICE" in listed[1]
    taken = typed("export", tmp_path / "list.csv", "--sort", "title")
    assert (taken[0], "2 requests." in taken[1]) == (0, True)
    assert "2010ICE1" in (tmp_path / "list.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("list", "--state", "lost"), "--state lost cannot be used"),
        (("export", "list.pdf"), "ends in neither .csv nor .xlsx"),
        (("import", __file__), "Choose a spreadsheet"),
        (("import", "OLD", "--columns", "A=colour"), "--columns A=colour cannot be read"),
        (("import", "OLD", "--columns", "A=summary"), "which column holds the title"),
    ],
)
def test_what_cannot_be_done_is_told(
    typed: Callable[..., Told], tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes(csv_of(GOOD))

    code, said = typed(*(str(file) if word == "OLD" else word for word in words))

    assert code == 2
    assert says in said


def test_somebody_on_no_matter_is_asked_which(typed: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes(csv_of(GOOD))

    assert "Say which matter" in typed("import", file, who="eve@example.org")[1]
    assert typed("list", who="eve@example.org")[1] == "0 of 0.\n"
