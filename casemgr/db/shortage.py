"""Where the disk is full or the database is away: told from what is wrong with us."""

from __future__ import annotations

import errno

from sqlalchemy.exc import DBAPIError

from casemgr.errors import CasemgrError, DatabaseAway, NoRoom

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
# What PostgreSQL says of itself (its documentation, appendix A): disk full; going down, or coming
# up; a connection that broke or was never made.
FULL, GOING = "53100", ("57P01", "57P02", "57P03", "08000", "08001", "08003", "08006")
BUSY = ("database is locked", "unable to open database file")  # SQLite


def lack(problem: BaseException) -> CasemgrError | None:
    """Return what was lacking when something could not be read or saved; None for any other cause.

    >>> type(lack(OSError(errno.ENOSPC, "No space left on device"))).__name__
    'NoRoom'
    >>> lack(ValueError("no number"))
    """
    if isinstance(problem, OSError):
        return NoRoom() if problem.errno in NO_ROOM else None
    if not isinstance(problem, DBAPIError):
        return None
    says, state = str(problem.orig), getattr(problem.orig, "sqlstate", None)
    before = getattr(problem.orig, "__context__", None)
    if "no such savepoint" in says and before is not None:
        return lack(before)  # SQLite took back more than the savepoint, because of what came before
    if "database or disk is full" in says or state == FULL:
        return NoRoom()
    silent = state is None and "psycopg" in type(problem.orig).__module__
    away = problem.connection_invalidated or state in GOING or silent
    return DatabaseAway() if away or any(each in says for each in BUSY) else None
