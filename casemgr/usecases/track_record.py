"""What the record says of one track, read once, for letters and their check lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Agency,
    Event,
    FoiaRequest,
    Organisation,
    Production,
    Recipient,
    Requester,
    RequestItem,
    Track,
    TrackingNumber,
)
from casemgr.domain.access import Right
from casemgr.domain.clock import Clock
from casemgr.domain.words import EventKind
from casemgr.errors import LawError
from casemgr.usecases import derive_track, track_facts
from casemgr.usecases.work import Work


@dataclass(frozen=True)
class TrackRecord:
    """One component's track with everything known of it on a day; events in order of their days.

    `cannot_count` is the sentence that says why no clock runs; empty where one does.
    """

    track: Track
    request: FoiaRequest
    agency: Agency
    parent: Agency | None
    numbers: Sequence[TrackingNumber]
    requesters: Sequence[Organisation]
    items: Sequence[str]
    recipients: Sequence[Recipient]
    events: Sequence[Event]
    productions: Sequence[Production]
    clock: Clock
    cannot_count: str
    facts: track_facts.TrackFacts

    def first(self, *kinds: EventKind) -> Event | None:
        """Return the first event of these kinds."""
        return next((each for each in self.events if each.kind in kinds), None)

    def last(self, *kinds: EventKind) -> Event | None:
        """Return the last event of these kinds."""
        return next((each for each in reversed(self.events) if each.kind in kinds), None)

    def named(self, event_id: str | None) -> Event | None:
        """Return the event with this id, where it stands."""
        return next((each for each in self.events if each.id == event_id), None)

    @property
    def requested_on(self) -> date:
        """Return the day of the letter, which chooses the law."""
        return self.facts.requested_on

    @property
    def sent_on(self) -> date | None:
        """Return the first day on which the request is known to have left."""
        days = [each.sent_on for each in self.recipients if each.sent_on is not None]
        sent = self.first(EventKind.SENT)
        return min([*days, sent.happened_on] if sent else days, default=None)

    @property
    def exemptions(self) -> list[str]:
        """Return the exemptions that decisions and productions of this track claim, once each."""
        claimed = [name for event in self.events for name in event.exemptions]
        claimed += [name for production in self.productions for name in production.exemptions]
        return list(dict.fromkeys(claimed))


def read(work: Work, track_id: str, *, on: date | None = None) -> TrackRecord:
    """Return what is known today of a track; its clock stands as it would on the day `on`."""
    track = doors.track(work.session, work.actor, track_id, Right.READ, work.today)
    request = work.session.get_one(FoiaRequest, track.request_id)
    agency = work.session.get_one(Agency, track.agency_id)
    [facts] = track_facts.read(work, [track.id])
    clock, cannot = _clock(work.on(on) if on else work, facts)
    return TrackRecord(
        track=track,
        request=request,
        agency=agency,
        parent=work.session.get(Agency, agency.parent_id) if agency.parent_id else None,
        numbers=_numbers(work, track.id),
        requesters=_requesters(work, request.id),
        items=_items(work, request.id),
        recipients=_recipients(work, track.id),
        events=_events(work, track.id),
        productions=_productions(work, track.id),
        clock=clock,
        cannot_count=cannot,
        facts=facts,
    )


def _clock(work: Work, facts: track_facts.TrackFacts) -> tuple[Clock, str]:
    try:
        return derive_track.clock_of(work, facts), ""
    except LawError as cannot:
        return Clock(state="not_started"), str(cannot)


def _numbers(work: Work, track_id: str) -> Sequence[TrackingNumber]:
    return work.session.exec(
        select(TrackingNumber)
        .where(TrackingNumber.track_id == track_id, col(TrackingNumber.known_on) <= work.today)
        .order_by(col(TrackingNumber.number))
    ).all()


def _requesters(work: Work, request_id: str) -> Sequence[Organisation]:
    return work.session.exec(
        select(Organisation)
        .join(Requester, col(Requester.organisation_id) == Organisation.id)
        .where(Requester.request_id == request_id)
        .order_by(col(Requester.position))
    ).all()


def _items(work: Work, request_id: str) -> Sequence[str]:
    return work.session.exec(
        select(RequestItem.says)
        .where(RequestItem.request_id == request_id)
        .order_by(col(RequestItem.position))
    ).all()


def _recipients(work: Work, track_id: str) -> Sequence[Recipient]:
    return work.session.exec(
        select(Recipient)
        .where(Recipient.track_id == track_id, col(Recipient.known_on) <= work.today)
        .order_by(col(Recipient.position), col(Recipient.id))
    ).all()


def _events(work: Work, track_id: str) -> Sequence[Event]:
    return work.session.exec(
        select(Event)
        .where(
            Event.track_id == track_id,
            col(Event.known_on) <= work.today,
            col(Event.withdrawn_on).is_(None),
        )
        .order_by(col(Event.happened_on), col(Event.id))
    ).all()


def _productions(work: Work, track_id: str) -> Sequence[Production]:
    return work.session.exec(
        select(Production)
        .where(Production.track_id == track_id, col(Production.known_on) <= work.today)
        .order_by(col(Production.produced_on), col(Production.id))
    ).all()
