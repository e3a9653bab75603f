"""Where a matter came from, and what was done on it in the office that had it before."""

from __future__ import annotations

from casemgr.db import doors
from casemgr.db.tables import Origin
from casemgr.domain.access import Right
from casemgr.files.store import Store
from casemgr.usecases.work import Work


def open_history(work: Work, origin_id: str, store: Store) -> tuple[Origin, bytes]:
    """Return an origin with the history its office kept, as it came; who opened it is noted.

    A line a record, each with its seal and the seal before it; that office alone can check them.
    """
    origin = doors.open_door(work.session, work.actor, Origin, origin_id, Right.READ, work.today)
    data = store.read(origin.history_sha256)
    work.record("origin.opened", origin, title=origin.office)
    return origin, data
