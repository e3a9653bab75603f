"""A request that another component has: its track is linked to where it came from."""

from __future__ import annotations

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Event, Track
from casemgr.domain.access import Right
from casemgr.domain.words import EventKind
from casemgr.errors import Malformed
from casemgr.usecases import events, tracks
from casemgr.usecases.events import RECEIPTS, EventInput
from casemgr.usecases.tracks import TrackInput
from casemgr.usecases.work import Work


def track_of(work: Work, track: Track, agency_id: str, source: str) -> Track:
    """Return the track of a component for the same request; a new one names its parent."""
    foia = doors.foia_request(work.session, work.actor, track.request_id, Right.LOG, work.today)
    if agency_id == track.agency_id:
        raise Malformed({"agency_id": "This component has it already. Choose another one."})
    there = work.session.exec(
        select(Track)
        .where(
            Track.request_id == foia.id,
            Track.agency_id == agency_id,
            col(Track.known_on) <= work.today,
        )
        .order_by(col(Track.parent_id).nulls_last(), col(Track.id))
    ).first()
    if there is not None:
        return there
    given = TrackInput(agency_id=agency_id, parent_id=track.id, source=source)
    return tracks.add_track(work, foia.id, given)


def carry_receipt(work: Work, track: Track, to: Track, passed_on: Event) -> None:
    """Start the other component's clock at the latest ten days after this one had the request.

    5 U.S.C. § 552(a)(6)(A): the time begins no later than ten days after any component that is
    designated to receive requests has it.
    """
    doors.track(work.session, work.actor, to.id, Right.LOG, work.today)
    had = work.session.exec(
        select(Event)
        .where(
            Event.track_id == track.id,
            col(Event.kind).in_(RECEIPTS),
            col(Event.known_on) <= work.today,
            col(Event.withdrawn_on).is_(None),
        )
        .order_by(col(Event.happened_on), col(Event.id))
    ).first()
    if had is None or _has_receipt(work, to):
        return
    events.log_event(
        work,
        to.id,
        EventInput(
            kind=EventKind.RECEIVED_BY_DESIGNATED,
            happened_on=had.happened_on,
            until_on=had.until_on,
            certainty=had.certainty,
            says="Received by the component that passed it on.",
            source=passed_on.source or had.source,
        ),
    )


def _has_receipt(work: Work, track: Track) -> bool:
    found = select(Event.id).where(
        Event.track_id == track.id,
        col(Event.kind).in_(RECEIPTS),
        col(Event.known_on) <= work.today,
        col(Event.withdrawn_on).is_(None),
    )
    return work.session.exec(found).first() is not None
