"""`casemgr requests`: a request is logged, begun and shown from the command line, as somebody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Document, Event, FoiaRequest
from casemgr.domain.words import EventKind
from tests import makes

Told = tuple[int, str]


@pytest.fixture
def typed(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """Return what types a command in an office with Sam's one matter, and says what it told."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    engine = open_engine(url)
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.sam)
        makes.make_agency(session, "ice")
        makes.make_agency(session, "fbi")
    engine.dispose()
    monkeypatch.setenv("CASEMGR_DATA", str(desk.settings.data))
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)

    def type_(*words: str, who: str = "sam@example.org") -> Told:
        said = CliRunner().invoke(
            app, ["requests", *(word.replace("MATTER", matter.id) for word in words), "--as", who]
        )
        return said.exit_code, said.output

    return type_


def look(tmp_path: Path, table: type) -> list[object]:
    engine = open_engine(f"sqlite:///{tmp_path / 'casemgr.sqlite3'}")
    try:
        with Session(engine) as session:
            return list(session.exec(select(table)).all())
    finally:
        engine.dispose()


LOG = ("log", "--matter", "MATTER", "--title", "Counts", "--item", "Every count.")


def test_a_sent_request_is_logged_and_shown(typed: Callable[..., Told], tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(b"Dear Officer:")

    code, said = typed(
        *LOG, "--to", "ice=9/8/2010,portal", "--to", "fbi=2010-09-09", "--fee-waiver",
        "--letter", str(letter),
    )  # fmt: skip

    assert code == 0, said
    request_id = re.findall(r"R-[0-9A-Z]{10}", said)[0]
    code, shown = typed("show", request_id)
    assert code == 0, shown
    assert shown.startswith(f"Counts ({request_id})")
    assert "Asks for  Every count." in shown
    assert re.search(r"^ICE .+\.$", shown, re.MULTILINE)
    kinds = [each.kind for each in look(tmp_path, Event) if isinstance(each, Event)]
    assert sorted(kinds) == sorted([EventKind.SENT, EventKind.FEE_WAIVER_REQUESTED] * 2)
    assert len(look(tmp_path, Document)) == 1


def test_a_new_request_waits_to_be_sent(typed: Callable[..., Told], tmp_path: Path) -> None:
    code, said = typed(
        "new", "--matter", "MATTER", "--title", "Counts", "--to", "ice", "--item", "Every count."
    )

    assert code == 0, said
    assert look(tmp_path, Event) == []
    assert len(look(tmp_path, FoiaRequest)) == 1


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("ice", "does not say to whom and when"),
        ("ice=13/2/2010", "for February 13, 2010 type 2/13/2010"),
        ("ice=10/31/2027", "is in the future"),
        ("nsa=9/8/2010", "There is no component 'nsa'"),
        ("ice=9/8/2010,pigeon", "is not a date we can read"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_saved(
    typed: Callable[..., Told], tmp_path: Path, to: str, sentence: str
) -> None:
    code, said = typed(*LOG, "--to", to)

    assert (code, sentence in " ".join(said.split())) == (2, True), said
    assert look(tmp_path, FoiaRequest) == []


def test_a_stranger_logs_and_sees_nothing(typed: Callable[..., Told]) -> None:
    _, said = typed(*LOG, "--to", "ice=9/8/2010")
    request_id = re.findall(r"R-[0-9A-Z]{10}", said)[0]

    log, show, nobody = (
        typed(*LOG, "--to", "ice=9/8/2010", who="eve@example.org"),
        typed("show", request_id, who="eve@example.org"),
        typed("show", request_id, who="nobody@example.org"),
    )

    assert (log[0], show[0], nobody[0]) == (2, 2, 2)
    assert "nothing here, or it is not yours" in log[1]
    assert log[1] == show[1]
    assert "Nobody with the address" in nobody[1]
