"""From the command line: which dates changed law files would move, and whether a proof holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from casemgr import cli
from casemgr.db.tables import Deadline
from casemgr.db.tables import Office as OfficeRow
from casemgr.desk import Desk
from casemgr.law_cli import app
from tests.makes import TODAY, make_desk
from tests.usecases.moves import Office, current, dump, make_office


@pytest.fixture
def desk(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    url = engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CASEMGR_DATABASE_URL", url)
    monkeypatch.setenv("CASEMGR_DATA", str(tmp_path))
    return make_desk(engine, tmp_path)


@pytest.fixture
def office(desk: Desk) -> Office:
    return make_office(desk)


def say(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def opposition(desk: Desk) -> Deadline:
    with desk.work(reads_only=True) as work:
        [row] = [row for key, row in current(work).items() if "opposition" in key]
        return row


def make_older(desk: Desk) -> None:
    with desk.work() as work:
        work.session.get_one(OfficeRow, 1).law_version = "an older one"
        [row] = [row for key, row in current(work).items() if "opposition" in key]
        row.due = date(2010, 10, 28)
        row.proof_hash = "as the older files had it"


def test_moved_lists_and_saves_nothing_until_it_is_told_to(desk: Desk, office: Office) -> None:
    make_older(desk)
    before = dump(desk)
    listed = say("moved")

    assert listed.exit_code == 0, listed.output
    assert "2010-10-28 -> 2010-10-29  Oppose the motion" in listed.output
    assert "1 date would move; nothing was saved." in listed.output
    assert dump(desk) == before
    assert "an older one" in str(cli.law_standing())

    applied = say("moved", "--apply")
    assert "1 date moved." in applied.output
    assert opposition(desk).due == TODAY
    assert "0 dates would move" in say("moved").output
    assert cli.law_standing() is None


def test_a_stored_proof_is_recounted_by_its_deadline(desk: Desk, office: Office) -> None:
    row = opposition(desk)
    held = say("verify", row.id)

    assert held.exit_code == 0, held.output
    assert "Both counters give 2010-10-29." in held.output

    make_older(desk)
    broken = say("verify", row.id)
    assert broken.exit_code == 1
    assert "its proof says 2010-10-29" in broken.output


def test_what_is_not_there_is_a_sentence(desk: Desk, office: Office) -> None:
    nothing = say("verify", "D-0000000000")

    assert nothing.exit_code == 2
    assert "There is nothing here" in nothing.output
    assert say("verify", "no-such-file.json").exit_code == 2
