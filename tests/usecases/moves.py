"""An office whose dates can be moved: a track with events, a lawsuit with motions, a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from casemgr.db.tables import (
    Closure,
    Deadline,
    DocketEntry,
    Event,
    HistoryEntry,
    Lawsuit,
    Matter,
    Track,
)
from casemgr.desk import Desk
from casemgr.domain.words import ClosureOf, EntryKind, EventKind, Side
from casemgr.usecases import clock
from casemgr.usecases.closures import ClosureInput
from casemgr.usecases.events import EventInput
from casemgr.usecases.litigation import DocketEntryInput
from casemgr.usecases.work import Work
from tests.makes import (
    Cast,
    make_cast,
    make_docket_entry,
    make_event,
    make_lawsuit,
    make_matter,
    make_membership,
    make_request,
    make_track,
)

TABLES = SQLModel.metadata.sorted_tables
RECEIVED_ON = date(2010, 9, 27)  # the twentieth working day is October 26
MOVED_ON = date(2010, 10, 15)  # fourteen days: October 29


@dataclass(frozen=True)
class Office:
    """What stands before a test moves anything."""

    cast: Cast
    matter_id: str
    track: Track
    other: Track
    lawsuit: Lawsuit
    motion: DocketEntry
    received: Event

    def matter(self, work: Work) -> Matter:
        """Return the matter."""
        return work.session.get_one(Matter, self.matter_id)

    def opposition(self, work: Work) -> Deadline:
        """Return our opposition to their motion as it stands."""
        [row] = [each for key, each in current(work).items() if "opposition" in key]
        return row


def make_office(desk: Desk) -> Office:
    """Make a track with a receipt, another beside it, and a lawsuit with a motion of theirs."""
    with desk.work() as work:
        session = work.session
        cast = make_cast(session)
        matter = make_matter(session, cast.sam, cast.mira)
        make_membership(session, cast.ada, matter, responsible=True)
        request = make_request(session, matter)
        track, other = make_track(session, request), make_track(session, request, "fbi")
        received = make_event(session, track, EventKind.RECEIVED, RECEIVED_ON)
        make_event(session, other, EventKind.RECEIVED, RECEIVED_ON)
        lawsuit = make_lawsuit(session, matter)
        make_docket_entry(session, lawsuit)
        motion = make_docket_entry(
            session, lawsuit, EntryKind.MOTION, MOVED_ON, filed_by=Side.THEIRS, number=12
        )
        for each in (track, other):
            clock.project_track(work, each.id, because="the test began")
        clock.project_lawsuit(work, lawsuit.id, because="the test began")
    return Office(cast, matter.id, track, other, lawsuit, motion, received)


def event(kind: EventKind, on: date, **more: Any) -> EventInput:
    """Give an event as somebody types it."""
    return EventInput.model_validate({"kind": kind, "happened_on": on, **more})


def entry(kind: EntryKind, by: Side, on: date, **more: Any) -> DocketEntryInput:
    """Give a docket entry as somebody types it."""
    given = {"kind": kind, "filed_by": by, "filed_on": on, "says": f"{kind.value}.", **more}
    return DocketEntryInput.model_validate(given)


def shut_clerk(on: date, court: str = "nysd") -> ClosureInput:
    """Give a day on which a court's clerk could not be reached."""
    return ClosureInput(
        kind=ClosureOf.CLERK_INACCESSIBLE,
        court_id=court,
        first_on=on,
        because="The storm closed the courthouse.",
        source="Notice of the clerk",
    )


def dump(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with desk.engine.connect() as connection:
        found = {each.name: connection.execute(sa.select(each)).all() for each in TABLES}
    return {name: sorted((tuple(row) for row in rows), key=repr) for name, rows in found.items()}


def current(work: Work) -> dict[str, Deadline]:
    """Return every deadline in force, by its key."""
    rows = work.session.exec(select(Deadline).where(col(Deadline.superseded_on).is_(None)))
    return {row.key: row for row in rows}


def said(desk: Desk) -> list[HistoryEntry]:
    """Return the history, oldest first."""
    with desk.work(reads_only=True) as work:
        return list(work.session.exec(select(HistoryEntry).order_by(col(HistoryEntry.seq))))


def closures(desk: Desk) -> list[Closure]:
    """Return the closures on file."""
    with desk.work(reads_only=True) as work:
        return list(work.session.exec(select(Closure)))
