"""What tests under fire may ask for: a line of the table of faults, and a database on SQLite."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest


class Fault(Protocol):
    """Keep one line of the table of faults; what was lost and what nobody can explain must be 0.

    `struck` is how often the fault came, `repeats` how many copies arrived beyond the first.
    """

    def __call__(
        self,
        fault: str,
        database: str,
        *,
        owed: int,
        struck: int,
        lost: int,
        repeats: int,
        unexplained: int,
    ) -> None: ...


@pytest.fixture
def fault(record_property: Callable[[str, object], None]) -> Fault:
    """Return what keeps a line: `python -m tests.benchmarks.reminders` prints them as a table."""

    def keep(
        fault: str,
        database: str,
        *,
        owed: int,
        struck: int,
        lost: int,
        repeats: int,
        unexplained: int,
    ) -> None:
        line = (fault, database, owed, struck, lost, repeats, unexplained)
        record_property("fault", line)

    return keep


@pytest.fixture
def lite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the address of a database on SQLite, where the database does not matter."""
    file = tmp_path / "casemgr.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{file}"
