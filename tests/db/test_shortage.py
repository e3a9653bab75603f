"""What lacks is told from what is wrong with us: only the first may be tried again as it is."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from psycopg.errors import AdminShutdown, DiskFull, UndefinedTable
from sqlalchemy.exc import OperationalError

from casemgr.db.shortage import lack
from casemgr.errors import CasemgrError, DatabaseAway, NoRoom


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (sqlite3.OperationalError("database or disk is full"), NoRoom),
        (DiskFull("could not extend file"), NoRoom),
        (AdminShutdown("terminating connection due to immediate shutdown"), DatabaseAway),
        (psycopg.OperationalError("server closed the connection unexpectedly"), DatabaseAway),
        (sqlite3.OperationalError("database is locked"), DatabaseAway),
        (sqlite3.OperationalError("no such table: person"), None),
        (UndefinedTable("relation does not exist"), None),
    ],
    ids=str,
)
def test_a_full_disk_and_an_absent_database_are_told_apart(
    problem: Exception, expected: type[CasemgrError] | None
) -> None:
    found = lack(OperationalError("SELECT 1", {}, problem))

    assert (found and type(found)) is expected


@pytest.mark.parametrize(
    ("number", "expected"), [(errno.ENOSPC, NoRoom), (errno.EDQUOT, NoRoom), (errno.ENOENT, None)]
)
def test_a_file_for_which_there_is_no_room_is_told_too(
    number: int, expected: type[CasemgrError] | None
) -> None:
    found = lack(OSError(number, "x"))

    assert (found and type(found)) is expected
