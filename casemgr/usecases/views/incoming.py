"""The page on which what came is logged: the track, and the papers and components to choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Agency, Document, Event, FoiaRequest
from casemgr.domain.access import Right
from casemgr.domain.readiness import ANSWERS
from casemgr.domain.words import EventKind
from casemgr.errors import NotFound
from casemgr.usecases.work import Work


class Asked(NamedTuple):
    """A letter of theirs that an answer of ours may be for."""

    id: str
    kind: EventKind
    happened_on: date
    says: str


@dataclass(frozen=True, slots=True)
class Logging:
    """A track on which something is logged: what it is called, and what there is to choose."""

    request_id: str
    track_id: str
    matter_id: str
    title: str
    reference: str
    agency: str
    agencies: Sequence[tuple[str, str]]
    document: tuple[str, str] | None  # a paper that is kept already: id and title
    asked: Sequence[Asked]  # their letters that want an answer, newest first


def look(work: Work, request_id: str, track_id: str, document_id: str = "") -> Logging:
    """Show the track to somebody who may log on it."""
    track = doors.track(work.session, work.actor, track_id, Right.LOG, work.today)
    if track.request_id != request_id:
        raise NotFound
    foia = work.session.get_one(FoiaRequest, request_id)
    agency = work.session.get_one(Agency, track.agency_id)
    others = work.session.execute(
        sa.select(col(Agency.id), col(Agency.name))
        .where(col(Agency.id) != agency.id)
        .order_by(col(Agency.name))
    )
    return Logging(
        request_id=request_id,
        track_id=track_id,
        matter_id=track.matter_id,
        title=foia.title,
        reference=foia.reference or foia.id,
        agency=agency.short_name or agency.name,
        agencies=[(row.id, row.name) for row in others],
        document=_paper(work, track.matter_id, document_id),
        asked=asked_on(work, track.id, tuple(ANSWERS)),
    )


def asked_on(work: Work, track_id: str, kinds: Sequence[EventKind]) -> list[Asked]:
    """Return what the agency wrote of these kinds on a track, newest first."""
    track = doors.track(work.session, work.actor, track_id, Right.READ, work.today)
    asked = (
        sa.select(col(Event.id), col(Event.kind), col(Event.happened_on), col(Event.says))
        .where(
            col(Event.track_id) == track.id,
            col(Event.kind).in_(kinds),
            col(Event.known_on) <= work.today,
            col(Event.withdrawn_on).is_(None),
        )
        .order_by(col(Event.happened_on).desc(), col(Event.id))
    )
    return [Asked(*row) for row in work.session.execute(asked)]


def _paper(work: Work, matter_id: str, document_id: str) -> tuple[str, str] | None:
    found = work.session.execute(
        sa.select(col(Document.id), col(Document.title)).where(
            col(Document.id) == document_id,
            col(Document.matter_id) == matter_id,
            col(Document.known_on) <= work.today,
        )
    ).first()
    return None if found is None else (found.id, found.title)
