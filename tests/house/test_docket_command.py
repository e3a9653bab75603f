"""`casemgr docket`: papers are taken in and compared from the command line, as somebody."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Office
from tests import makes
from tests.dockets.papers import ENTRIES, notice, sheet

Told = tuple[int, str]


@pytest.fixture
def typed(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """Return what types a command in an office with Sam's one matter, and says what it told."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    engine = open_engine(url)
    desk = makes.make_desk(engine, tmp_path, as_of=date(2011, 1, 31))
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        session.exec(select(Office)).one().as_of = date(2011, 1, 31)
        matter = makes.make_matter(session, cast.sam)
        makes.make_court(session)
    engine.dispose()
    monkeypatch.setenv("CASEMGR_DATA", str(desk.settings.data))
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)

    def type_(*words: str, who: str = "sam@example.org") -> Told:
        said = CliRunner().invoke(
            app, ["docket", *(word.replace("MATTER", matter.id) for word in words), "--as", who]
        )
        return said.exit_code, said.output

    return type_


def kept(tmp_path: Path, data: bytes, name: str = "docket.html") -> str:
    (tmp_path / name).write_bytes(data)
    return str(tmp_path / name)


def as_json(told: Told) -> Any:
    assert told[0] == 0, told[1]
    return json.loads(told[1])


def test_a_sheet_is_taken_in_once_and_its_dates_are_compared(
    typed: Callable[..., Told], tmp_path: Path
) -> None:
    file = kept(tmp_path, sheet())

    first = as_json(typed("import", file, "--matter", "MATTER", "--json"))
    again = as_json(typed("import", file, "--matter", "MATTER", "--json"))
    dates = as_json(typed("reconcile", "MATTER", "--json"))["1:10-cv-04321"]

    assert [each["added"] for each in (*first["taken_in"], *again["taken_in"])] == [3, 0]
    assert again["cases"][0]["counts"] == {"same": 3}
    motions = next(each for each in dates if each["what"] == "Motions")
    assert (motions["clerk"], motions["verdict"]) == ("2011-01-14", "only theirs")


def test_searches_and_productions_are_printed_as_the_api_and_as_csv(
    typed: Callable[..., Told],
) -> None:
    assert as_json(typed("searches", "MATTER", "--json"))["places"] == []
    assert as_json(typed("productions", "MATTER", "--json"))["pace"] == []
    code, said = typed("searches", "MATTER", "--csv")
    assert (code, said.split(",")[0]) == (0, "Component")
    code, said = typed("productions", "MATTER", "--csv")
    assert (code, said.split(",")[0]) == (0, "Produced")


def test_papers_are_listed_with_what_each_lacks_and_made_under_known_names(
    typed: Callable[..., Told], tmp_path: Path
) -> None:
    file = kept(tmp_path, sheet())
    taken = as_json(typed("import", file, "--matter", "MATTER", "--json"))["taken_in"]
    lawsuit = taken[0]["lawsuit"]

    items = as_json(typed("papers", lawsuit, "--json"))["items"]
    code, said = typed("papers", lawsuit)
    assert {each["kind"] for each in items} >= {"complaint", "status_report"}
    assert (code, "lacks: Who signs" in said) == (0, True)

    code, said = typed("make", lawsuit, "novel", str(tmp_path / "a.pdf"))
    assert (code, "Choose one of: complaint" in said) == (2, True)
    code, said = typed("make", lawsuit, "complaint", str(tmp_path / "a.pdf"))
    assert (code, (tmp_path / "a.pdf").exists()) == (2, False)


def test_a_dry_run_writes_nothing(typed: Callable[..., Told], tmp_path: Path) -> None:
    file = kept(tmp_path, sheet())
    code, said = typed("import", file, "--matter", "MATTER", "--dry-run")
    assert (code, "Nothing was written." in said) == (0, True)
    assert as_json(typed("reconcile", "MATTER", "--json")) == {}


def test_a_notice_that_no_court_sent_says_so(typed: Callable[..., Told], tmp_path: Path) -> None:
    file = kept(tmp_path, notice(sender="friend@example.org"), "notice.eml")
    code, said = typed("import", file, "--matter", "MATTER", "--court", "nysd", "--dry-run")
    assert code == 0
    assert "not from a court's address" in said


@pytest.mark.parametrize("data", [sheet(entries=()), b"", b"<html>Log in</html>"])
def test_a_paper_that_cannot_be_read_says_what_to_do(
    typed: Callable[..., Told], tmp_path: Path, data: bytes
) -> None:
    code, said = typed("import", kept(tmp_path, data), "--matter", "MATTER")
    assert code != 0
    assert "Traceback" not in said


def test_a_stranger_takes_nothing_in(typed: Callable[..., Told], tmp_path: Path) -> None:
    file = kept(tmp_path, sheet(ENTRIES[:1]))
    code, _ = typed("import", file, "--matter", "MATTER", who="eve@example.org")
    assert code != 0
