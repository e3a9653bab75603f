"""An office on SQLite for what does not depend on the database; `both` is on either."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from casemgr.db.session import open_engine
from tests.reminders.office import Office, make_office


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Office]:
    """Give the office on SQLite."""
    file = shutil.copy(sqlite_template, tmp_path / "casemgr.sqlite3")
    engine = open_engine(f"sqlite:///{file}")
    yield make_office(engine, tmp_path)
    engine.dispose()


@pytest.fixture
def both(engine: Engine, tmp_path: Path) -> Office:
    """Give the office on either database."""
    return make_office(engine, tmp_path)
