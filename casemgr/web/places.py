"""Where one fact is shown: short addresses that go on to the page and line it stands on."""

from __future__ import annotations

from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.db import doors
from casemgr.db.tables import DocketEntry, Hearing, OrderDate, Party
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.errors import NotFound
from casemgr.usecases.work import Work
from casemgr.web.page import page_router, see

router = page_router()

OF_LAWSUITS: dict[str, type[SQLModel]] = {
    "docket-entries": DocketEntry,
    "hearings": Hearing,
    "order-dates": OrderDate,
    "parties": Party,
}


@router.get("/tracks/{track_id}")
def find_track(work: WorkDep, track_id: str) -> Response:
    """Go to a track on the page of its request."""
    return see(_track(work, track_id))


@router.get("/events/{event_id}")
def find_event(work: WorkDep, event_id: str) -> Response:
    """Go to an event in the timeline of its track, or to its lawsuit."""
    event = doors.event(work.session, work.actor, event_id, Right.READ, work.today)
    if event.track_id is None:
        return see(f"/lawsuits/{event.lawsuit_id}#{event.id}")
    return see(f"{_track(work, event.track_id)}#{event.id}")


def _track(work: Work, track_id: str) -> str:
    track = doors.track(work.session, work.actor, track_id, Right.READ, work.today)
    return f"/requests/{track.request_id}/{track.id}"


@router.get("/{noun}/{row_id}")
def find_in_lawsuit(work: WorkDep, noun: str, row_id: str) -> Response:
    """Go to a docket entry, hearing, order date or party on the page of its lawsuit."""
    if noun not in OF_LAWSUITS:
        raise NotFound
    row = doors.open_door(
        work.session, work.actor, OF_LAWSUITS[noun], row_id, Right.READ, work.today
    )
    # A long docket comes in parts: that with the entry is asked for.
    part = f"?entry={row_id}" if noun == "docket-entries" else ""
    return see(f"/lawsuits/{row.lawsuit_id}{part}#{row_id}")  # type: ignore[attr-defined]
