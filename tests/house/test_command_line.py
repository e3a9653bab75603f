"""The command line is quick, complete, and answers in sentences."""

from __future__ import annotations

import errno
import sqlite3
import subprocess
import sys

import pytest
from sqlalchemy.exc import OperationalError
from typer.main import get_command
from typer.testing import CliRunner

from casemgr.cli import app
from casemgr.errors import Malformed, Unusable
from tests.house.sources import HOUSE

HEAVY = ("fastapi", "sqlmodel", "sqlalchemy", "weasyprint", "alembic", "uvicorn", "yaml", "rich")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


def test_help_loads_nothing_heavy():
    asked = (
        "import sys\n"
        "from casemgr.cli import app\n"
        "try: app(['--help'], prog_name='casemgr')\n"
        "except SystemExit as done: assert done.code == 0\n"
        f"print('LOADED', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )

    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=HOUSE, capture_output=True, text=True, check=True
    ).stdout

    assert "Usage: casemgr" in said
    assert said.splitlines()[-1] == "LOADED []"


def test_a_start_loads_nothing_of_the_other_ways_in():
    """They take half a second, and most offices never switch them on."""
    ways = ("webauthn", "cbor2", "OpenSSL", "authlib", "joserfc", "httpx2")
    asked = (
        "import sys\n"
        "import casemgr.app, casemgr.api.routers, casemgr.web.routers\n"
        f"print('LOADED', sorted(set({ways!r}) & set(sys.modules)))"
    )

    said = subprocess.run(
        [sys.executable, "-c", asked], cwd=HOUSE, capture_output=True, text=True, check=True
    ).stdout

    assert said.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    said = CliRunner().invoke(app, [command, "--help"])

    assert said.exit_code == 0, said.output
    assert "Usage:" in said.output


def test_several_processes_are_refused_on_sqlite(monkeypatch):
    monkeypatch.delenv("CASEMGR_DATABASE_URL", raising=False)

    said = CliRunner().invoke(app, ["serve", "--workers", "2"])

    assert said.exit_code == 1
    assert "set CASEMGR_DATABASE_URL to a PostgreSQL database" in said.stderr


@pytest.mark.parametrize(
    ("error", "status"),
    [(Malformed("That is no date."), 2), (Unusable("That machine is too small."), 1)],
)
def test_an_error_is_one_sentence_and_no_traceback(monkeypatch, error, status):
    def refuse(_url):
        raise error

    monkeypatch.setattr("casemgr.db.migrate.migrate", refuse)

    said = CliRunner().invoke(app, ["migrate"])

    assert said.exit_code == status
    assert said.stderr.strip() == str(error)


@pytest.mark.parametrize("typed", ["31.10.2010", "2010-02-30", "tomorrow", ""])
def test_a_day_that_is_no_day_is_refused_before_anything_is_made(tmp_path, typed):
    office = tmp_path / "office"

    said = CliRunner().invoke(app, ["demo", "--no-serve", "--data", str(office), "--as-of", typed])

    assert said.exit_code == 2
    assert "Write it like 2010-10-29" in said.stderr
    assert not office.exists()


def test_a_database_that_does_not_answer_is_said_without_a_traceback(monkeypatch):
    monkeypatch.setenv("CASEMGR_DATABASE_URL", "postgresql://office:secret@127.0.0.1:1/casemgr")

    said = CliRunner().invoke(app, ["migrate"])

    assert said.exit_code == 1
    assert said.stderr.startswith("The database does not answer.")
    assert "secret" not in said.stderr


@pytest.mark.parametrize(
    ("problem", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (sqlite3.OperationalError("database or disk is full"), "database or disk is full"),
        (
            OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")),
            "database or disk is full",
        ),
    ],
    ids=["a file", "a copy", "the database"],
)
def test_a_full_disk_is_said_without_a_traceback(monkeypatch, problem, says):
    def refuse(*_given):
        raise problem

    monkeypatch.setattr("casemgr.db.migrate.migrate", refuse)
    said = CliRunner().invoke(app, ["migrate"])

    assert said.exit_code == 1
    assert said.stderr.splitlines()[0] == (
        "The disk is full, so this was not done. Make room, then run it again."
    )
    assert says in said.stderr
    assert "INSERT" not in said.stderr
