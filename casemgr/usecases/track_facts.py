"""What a component's clock is counted from: tracks with their events, read for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.tables import Agency, Event, FoiaRequest, Track
from casemgr.domain.words import Certainty, EventKind, Outcome
from casemgr.usecases.work import Work


class EventFacts(NamedTuple):
    """An event as far as dates follow from it; its fields are columns of the table."""

    id: str
    track_id: str
    kind: EventKind
    happened_on: date
    until_on: date | None
    certainty: Certainty
    says: str
    outcome: Outcome | None
    adverse: bool | None
    agency_says_due: date | None
    answer_by: date | None
    chosen_on: date | None
    answers_id: str | None


def is_adverse(event: EventFacts) -> bool:
    """Say whether a decision leaves something to appeal: said so, or anything but a full grant."""
    if event.adverse is not None:
        return event.adverse
    return event.outcome is not None and event.outcome is not Outcome.GRANTED


class _TrackRow(NamedTuple):
    id: str
    matter_id: str
    request_id: str
    letter_of: date | None
    letter_known_on: date
    asks_expedition: bool
    asks_waiver: bool
    agency_id: str
    agency_parent_id: str | None
    agency_short_name: str
    agency_name: str


@dataclass(frozen=True)
class TrackFacts:
    """A track with what its clock needs, as known on the day of the work; events in order.

    `contradicting` are the receipts that cannot all be right, until somebody says which counts;
    in `events` they are one receipt between the first of their days and the last.
    """

    track: _TrackRow
    events: Sequence[EventFacts]
    contradicting: Sequence[EventFacts] = ()

    @property
    def id(self) -> str:
        """Return the track's code."""
        return self.track.id

    @property
    def agency(self) -> str:
        """Return what people call the component."""
        return self.track.agency_short_name or self.track.agency_name

    @property
    def requested_on(self) -> date:
        """Return the day of the letter, or else the first day we know of: it chooses the law."""
        if self.track.letter_of is not None:
            return self.track.letter_of
        dated = [event.happened_on for event in self.events]
        return min(dated) if dated else self.track.letter_known_on

    def first(self, *kinds: EventKind) -> EventFacts | None:
        """Return the first event of these kinds."""
        return next((event for event in self.events if event.kind in kinds), None)

    def all_of(self, *kinds: EventKind) -> list[EventFacts]:
        """Return the events of these kinds, in order."""
        return [event for event in self.events if event.kind in kinds]


_IDS = sa.bindparam("ids", expanding=True, type_=sa.String())
_TODAY = sa.bindparam("today", type_=sa.Date())

_TRACKS = (
    sa.select(
        col(Track.id),
        col(Track.matter_id),
        col(Track.request_id),
        col(FoiaRequest.requested_on),
        col(FoiaRequest.known_on),
        col(FoiaRequest.expedition_because) != "",
        col(FoiaRequest.fee_waiver_because) != "",
        col(Agency.id),
        col(Agency.parent_id),
        col(Agency.short_name),
        col(Agency.name),
    )
    .join(FoiaRequest, col(FoiaRequest.id) == col(Track.request_id))
    .join(Agency, col(Agency.id) == col(Track.agency_id))
    .where(col(Track.id).in_(_IDS))
)
_EVENTS = sa.select(*(getattr(Event, name) for name in EventFacts._fields)).where(
    col(Event.track_id).in_(_IDS),
    col(Event.known_on) <= _TODAY,
    sa.or_(col(Event.withdrawn_on).is_(None), col(Event.withdrawn_on) > _TODAY),
)


def read(work: Work, ids: Sequence[str]) -> Iterator[TrackFacts]:
    """Read tracks with their events as known today, in the order asked, in two statements.

    Columns and no entities: a change of law reads every track of the office.
    """
    given = {"ids": ids, "today": work.today}
    events: defaultdict[str, list[EventFacts]] = defaultdict(list)
    for row in work.session.execute(_EVENTS, given):
        event = EventFacts._make(row)
        events[event.track_id].append(event)
    tracks = {row[0]: _TrackRow._make(row) for row in work.session.execute(_TRACKS, given)}
    for each in ids:
        known = (_chosen_by(event, work.today) for event in events[each])
        yield TrackFacts(tracks[each], *what_counts(sorted(known, key=_in_order)))


def _chosen_by(event: EventFacts, today: date) -> EventFacts:
    later = event.chosen_on is not None and event.chosen_on > today
    return event._replace(chosen_on=None) if later else event


def what_counts(events: list[EventFacts]) -> tuple[list[EventFacts], list[EventFacts]]:
    """Return the events that count, and the receipts that contradict each other.

    Of several receipts by the right component, the one somebody chose counts; else those whose
    day is stated exactly; and where those name different days, the span between them.
    """
    receipts = [each for each in events if each.kind is EventKind.RECEIVED]
    if len(receipts) < 2:
        return events, []
    stated = [each for each in receipts if each.certainty is Certainty.EXACT]
    chosen = max(
        (each for each in receipts if each.chosen_on is not None),
        key=lambda each: (each.chosen_on, *_in_order(each)),
        default=None,
    )
    against = _against(stated) if chosen is None else []
    counts = [chosen] if chosen else [_span(against)] if against else stated or receipts
    kept = [each for each in events if each.kind is not EventKind.RECEIVED]
    return sorted([*kept, *counts], key=_in_order), against


def _against(stated: list[EventFacts]) -> list[EventFacts]:
    return stated if len({each.happened_on for each in stated}) > 1 else []


def _span(receipts: Sequence[EventFacts]) -> EventFacts:
    last = max(each.happened_on for each in receipts)
    return receipts[0]._replace(until_on=last, certainty=Certainty.ABOUT)


def _in_order(event: EventFacts) -> tuple[date, str, str]:
    # By what they say and never by their codes: events alike in every word may change places.
    said = (event.kind, event.until_on, event.certainty, event.outcome, event.adverse, event.says)
    return event.happened_on, repr(said), event.id
