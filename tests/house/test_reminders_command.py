"""`casemgr reminders` and `casemgr mail`, typed as an administrator would."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.db.session import open_engine
from casemgr.usecases import reminders
from tests.reminders.office import Office, make_office
from tests.reminders.sink import Faults, mail_server

runner = CliRunner()


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Make the office in the folder that the settings name."""
    file = shutil.copy(sqlite_template, tmp_path / "casemgr.sqlite3")
    monkeypatch.setenv("CASEMGR_DATA", str(tmp_path))
    engine = open_engine(f"sqlite:///{file}")
    made = make_office(engine, tmp_path)
    engine.dispose()
    return made


def typed(*words: str) -> str:
    done = runner.invoke(app, words)
    return done.output


def test_what_waits_why_and_what_was_sent(office: Office) -> None:
    assert "Ada Marlowe: Oppose the motion" in typed(
        "reminders", "list", "--as", "sam@example.org", "--days", "30"
    )
    assert "0 waiting" in typed("reminders", "list", "--as", "eve@example.org")
    assert typed("reminders", "sweep") == "1 sent.\n"
    said = typed("reminders", "explain", office.deadline.id, "--as", "ada@example.org")
    assert "Ada Marlowe: 14 days before. Sent" in said
    refused = typed("reminders", "explain", office.deadline.id, "--as", "eve@example.org")
    assert "not yours to see" in refused


def test_a_clock_behind_the_record_sends_nothing_until_a_person_says_so(office: Office) -> None:
    with office.desk.work() as work:
        reminders.beat(work, datetime.now(UTC) + timedelta(days=365), "0 sent")
    office.desk.engine.dispose()

    refused = typed("reminders", "sweep")
    assert "reminders were sent at" in refused
    assert "--clock-is-right" in refused
    assert typed("reminders", "sweep", "--clock-is-right") == "1 sent.\n"


def test_a_trial_says_what_the_server_answered(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "taken by the folder" in typed("mail", "test", "ada@example.org")
    with mail_server(Faults(refuses=frozenset({"eve@example.org"}))) as sink:
        monkeypatch.setenv("CASEMGR_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("CASEMGR_SMTP_PORT", str(sink.port))
        monkeypatch.setenv("CASEMGR_SMTP_TLS", "none")
        monkeypatch.setenv("CASEMGR_MAIL_FROM", "office@example.org")
        assert "not encrypted" in typed("mail", "test", "ada@example.org")
        assert "550 5.1.1" in typed("mail", "test", "eve@example.org")
    assert len(sink.took) == 1
    assert "0 owed again" in typed("mail", "retry")
