"""`casemgr declaration new` and `render`: begun and printed from the command line, as somebody."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Matter
from casemgr.domain.words import PartyRole
from tests import makes

Told = tuple[int, str]


@pytest.fixture
def typed(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Told]:
    """Return what types a command in an office with a lawsuit; Sam is on its matter."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    engine = open_engine(url)
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.sam).id
        lawsuit = makes.make_lawsuit(session, session.get_one(Matter, matter))
        makes.make_party(session, lawsuit)
        makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
        suit = lawsuit.id
    engine.dispose()
    monkeypatch.setenv("CASEMGR_DATA", str(desk.settings.data))
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)

    def type_(*words: str, who: str = "sam@example.org") -> Told:
        codes = [word.replace("MATTER", matter).replace("LAWSUIT", suit) for word in words]
        said = CliRunner().invoke(app, ["declaration", *codes, "--as", who])
        return said.exit_code, said.output

    return type_


def test_a_declaration_is_begun_and_printed_as_pdf_and_for_word(
    typed: Callable[..., Told], tmp_path: Path
) -> None:
    code, said = typed("new", "MATTER", "Rosa Alvarez", "--lawsuit", "LAWSUIT")
    assert code == 0, said
    pdf, word = tmp_path / "rosa.pdf", tmp_path / "rosa.docx"

    code, printed = typed("render", said.strip(), str(pdf))
    again, _ = typed("render", said.strip(), str(word))

    assert (code, again) == (0, 0), printed
    assert pdf.read_bytes().startswith(b"%PDF")
    assert word.read_bytes().startswith(b"PK")


def test_what_cannot_be_done_is_said_and_nothing_is_written(
    typed: Callable[..., Told], tmp_path: Path
) -> None:
    file = tmp_path / "there.pdf"
    file.write_bytes(b"mine")

    assert "There is no kind" in typed("new", "MATTER", "R. A.", "--kind", "poem")[1]
    assert "was not touched" in typed("render", "DC-0000000000", str(file))[1]
    code, said = typed("render", "DC-0000000000", str(tmp_path / "new.pdf"))
    assert code == 2
    assert "not yours to see" in said
    code, said = typed("new", "MATTER", "R. A.", who="eve@example.org")
    assert code == 2
    assert file.read_bytes() == b"mine"
    assert not (tmp_path / "new.pdf").exists()
