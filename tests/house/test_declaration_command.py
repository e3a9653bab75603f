"""`casemgr declaration check`: what it prints, how it ends, and whom it shows a matter."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casemgr.cli import app
from casemgr.db.session import open_engine, transaction
from casemgr.declarations.codes import CODES
from tests import makes
from tests.declarations.papers import BY_NAME
from tests.declarations.test_check import WITH_SLIPS


def check(*words: str) -> Result:
    return CliRunner().invoke(app, ["declaration", "check", *words])


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "declaration.txt"
    file.write_text(WITH_SLIPS, encoding="utf-8")
    return file


def test_a_program_reads_what_the_paper_says_and_what_was_found(paper: Path) -> None:
    said = check(str(paper), "--json")

    assert said.exit_code == 0, said.output
    told = json.loads(said.stdout)
    assert list(told) == [
        "court", "docket_number", "title", "declarant", "paragraphs", "exhibits", "jurat",
        "executed_on", "executed_at", "signed", "findings",
    ]  # fmt: skip
    assert told["court"] == "nysd"
    assert told["docket_number"] is None
    assert told["paragraphs"][3]["number"] is None
    assert told["paragraphs"][3]["after"] == 3
    assert (told["jurat"], told["executed_on"]) == ("reworded", "2011-09-09")
    assert (told["executed_at"], told["signed"]) == ("Boston, MA", False)
    keys = {"code", "paragraph", "severity", "says", "fix"}
    assert all(set(each) == keys for each in told["findings"])
    assert {each["severity"] for each in told["findings"]} == {"problem", "note"}


def test_a_person_reads_where_and_what_to_do(paper: Path) -> None:
    said = check(str(paper))

    assert said.exit_code == 0
    assert "year-out-of-range          ¶ 4: " in said.output
    assert "Did you mean 2011?" in said.output
    assert "after ¶ 3" in said.output
    assert "3 problems, " in said.output


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("letter.txt", "Dear Director, we ask for our files once more. " * 3, "not read like"),
        ("empty.pdf", "", "is empty"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_a_sentence(
    tmp_path: Path, name: str, words: str, why: str
) -> None:
    (tmp_path / name).write_text(words)

    said = check(str(tmp_path / name), "--json")

    assert (said.exit_code, said.stdout) == (2, "")
    assert why in said.stderr
    assert check(str(tmp_path / "not there.txt")).exit_code == 2
    assert check().exit_code == 2


def test_every_check_is_listed_with_its_reason() -> None:
    said = check("--codes")

    assert said.exit_code == 0
    assert all(f"{each.code} ({each.severity})" in said.output for each in CODES)


@pytest.fixture
def matter(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Result]:
    """Return what checks Rosa's declaration against a matter of Sam's, as somebody."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    engine = open_engine(url)
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        row = makes.make_matter(session, cast.sam, cast.mira)
        lawsuit = makes.make_lawsuit(session, row, cited_as="10 Civ. 9001 (SAS)")
        makes.make_party(session, lawsuit, "Night Schools Network")
        makes.make_document(session, row, summary="It refuses a memorandum of agreement.")
        code = row.id
    engine.dispose()
    monkeypatch.setenv("CASEMGR_DATA", str(desk.settings.data))
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)
    file = tmp_path / "rosa.txt"
    told = BY_NAME["colons"].text.replace("no records", "no Memorandum of Understanding")
    file.write_text(told, encoding="utf-8")
    return lambda who: check(str(file), "--matter", code, "--as", who, "--json")


def test_a_matter_is_compared_for_who_may_see_it(matter: Callable[[str], Result]) -> None:
    said = matter("sam@example.org")

    assert said.exit_code == 0, said.output
    found = [each["code"] for each in json.loads(said.stdout)["findings"]]
    assert "caption-differs" in found
    assert "party-name-differs" in found
    assert "term-differs-from-exhibit" in found


def test_a_stranger_to_the_matter_learns_nothing_of_it(matter: Callable[[str], Result]) -> None:
    said = matter("eve@example.org")

    assert (said.exit_code, said.stdout) == (2, "")
    assert "not yours to see" in said.stderr
