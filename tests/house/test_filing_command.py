"""`casemgr declaration package`: a filing as one file, unless something is held back."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Exhibit
from casemgr.domain.words import PartyRole
from tests import makes


def test_a_filing_is_written_once_nothing_holds_it_back(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    engine = open_engine(url)
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.sam, cast.mira)
        lawsuit = makes.make_lawsuit(session, matter)
        makes.make_party(session, lawsuit)
        makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
        row, _ = makes.make_declaration(session, matter, lawsuit_id=lawsuit.id)
        session.add(Exhibit(declaration_id=row.id, label="A", title="The letter"))
    monkeypatch.setenv("CASEMGR_DATA", str(desk.settings.data))
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)
    file = tmp_path / "filing.zip"
    words = ["declaration", "package", row.id, str(file), "--as", "sam@example.org", "--draft"]

    early = CliRunner().invoke(app, words[:-1])
    assert "Mira Castellan can sign it off" in early.output + str(early.exception)
    held = CliRunner().invoke(app, words)
    assert held.exit_code != 0
    assert "Exhibit A has no file" in held.output + str(held.exception)
    assert not file.exists()

    with transaction(engine) as session:
        session.delete(session.exec(select(Exhibit)).one())
    engine.dispose()
    made = CliRunner().invoke(app, words)
    assert made.exit_code == 0, made.output
    with zipfile.ZipFile(file) as pack:
        assert "0 DRAFT Declaration of Rosa Alvarez.pdf" in pack.namelist()
