"""Requests: the list, and a request with the clock of each component that handles it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.db import lists
from casemgr.domain.access import Right, may
from casemgr.domain.ledger import Claim
from casemgr.domain.words import (
    Certainty,
    Confidence,
    DeadlineState,
    EventKind,
    FeeCategory,
    SendMethod,
    Side,
)
from casemgr.errors import NotFound
from casemgr.usecases import ledger, track_facts
from casemgr.usecases.track_facts import TrackFacts
from casemgr.usecases.views import picture
from casemgr.usecases.views.deadlines import Proof, Shown, listed
from casemgr.usecases.views.events import Event
from casemgr.usecases.views.fees import Fees, fees
from casemgr.usecases.views.lens import Flag, Lens, flags, lens
from casemgr.usecases.views.next_step import next_step
from casemgr.usecases.views.standing import Standing, standing, summary
from casemgr.usecases.views.withheld import Release, Withheld, withheld
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as a list shows it."""

    id: str
    matter_id: str
    matter: str
    closed_on: date | None  # the matter's, where it is closed today
    reference: str
    title: str
    summary: str
    requested_on: date | None
    requested_until: date | None
    certainty: Certainty
    records_from: date | None
    records_until: date | None
    fee_category: FeeCategory
    fee_waiver_because: str
    expedition_because: str
    source: str
    confidence: Confidence
    known_on: date
    tracks: int
    owner: str | None  # who is responsible for it


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of a request."""

    id: str
    position: int
    says: str


@dataclass(frozen=True, slots=True)
class Requester:
    """An organisation that asks."""

    id: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a copy of the letter went."""

    id: str
    track_id: str | None
    agency: str
    addressed_to: str
    method: SendMethod
    sent_on: date | None
    certainty: Certainty
    proof: str
    note: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class TrackLine:
    """One component's handling of the request."""

    id: str
    request_id: str
    parent_id: str | None
    agency_id: str
    agency: str
    short_name: str
    foia_office: str
    address: str
    regulation: str
    appeals_to: str
    in_suit_on: date | None


@dataclass(frozen=True, slots=True)
class Number:
    """A number the agency gave."""

    track_id: str
    number: str
    given_for: str


@dataclass(frozen=True, slots=True)
class TrackPanel:
    """A track with its clock, its dates and what happened on it."""

    line: TrackLine
    standing: Standing
    numbers: list[Number]
    recipients: list[Recipient]
    events: list[Event]
    theirs: list[Shown]
    ours: list[Shown]
    proofs: Mapping[str, Proof]
    claims: tuple[Claim, ...]
    contradicting: list[Event]  # receipts of different days, until somebody chooses one
    fees: Fees
    withheld: Withheld
    came_from: TrackLine | None
    went_to: list[TrackLine]
    next_step: str

    def deadline(self, claim: Claim) -> str:
        """Return the code of the deadline that proves a claim's date; empty where none does."""
        key = f"{self.line.id}:{claim.proof}"
        found = (each.line.id for each in (*self.theirs, *self.ours) if each.line.key == key)
        return next(found, "") if claim.proof else ""

    def answers(self, event: Event) -> list[Event]:
        """Return the answers of ours that name this letter as the one they answer."""
        return [each for each in reversed(self.events) if each.answers_id == event.id]

    def answered(self, event: Event) -> Event | None:
        """Return the letter that an answer of ours names, where it does."""
        return next((each for each in self.events if each.id == event.answers_id), None)

    @property
    def was_sent(self) -> bool:
        """Say whether the request went out: it was sent, arrived, or a copy has its day."""
        went_out = {EventKind.SENT, EventKind.RECEIVED, EventKind.RECEIVED_BY_DESIGNATED}
        return any(each.kind in went_out for each in self.events) or any(
            each.sent_on for each in self.recipients
        )

    @property
    def set_aside(self) -> set[str]:
        """Return the receipts that do not count because another was chosen."""
        receipts = [each for each in self.events if each.kind is EventKind.RECEIVED]
        chosen = [each for each in receipts if each.chosen_on is not None]
        return {each.id for each in receipts if chosen and each is not chosen[0]}


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request, its tracks, and the one that is open."""

    line: RequestLine
    summary: str
    items: list[Item]
    requesters: list[Requester]
    panels: list[TrackPanel]
    open: TrackPanel | None
    bars: picture.Picture | None
    flags: dict[str, list[Flag]]
    may_log: bool
    may_choose: bool


def look(work: Work, request_id: str, track_id: str | None = None) -> RequestPage:
    """Show a request and one of its tracks; without a choice, the first."""
    everything = lens(work)
    line = everything.one(lists.REQUEST, RequestLine, id=request_id)
    seen = everything.narrowed(line.matter_id)
    panels = _panels(seen, line)
    chosen = _chosen(panels, track_id)
    return RequestPage(
        line=line,
        summary=summary([panel.standing for panel in panels]),
        items=seen.rows(lists.ITEMS, Item, request_id=request_id),
        requesters=seen.rows(lists.REQUESTERS, Requester, request_id=request_id),
        panels=panels,
        open=chosen,
        bars=picture.draw([_bar(panel) for panel in panels], work.today),
        flags=flags(seen),
        may_log=may(work.actor.role, Right.LOG) and line.closed_on is None,
        may_choose=may(work.actor.role, Right.CONFIRM) and line.closed_on is None,
    )


def asked_by(work: Work, request_id: str) -> tuple[list[str], list[Item]]:
    """Return who asks, by their names, and what for."""
    everything = lens(work)
    line = everything.one(lists.REQUEST, RequestLine, id=request_id)
    seen = everything.narrowed(line.matter_id)
    asking = seen.rows(lists.REQUESTERS, Requester, request_id=request_id)
    return [each.name for each in asking], seen.rows(lists.ITEMS, Item, request_id=request_id)


def _chosen(panels: Sequence[TrackPanel], track_id: str | None) -> TrackPanel | None:
    if track_id is None:
        return panels[0] if panels else None
    found = next((panel for panel in panels if panel.line.id == track_id), None)
    if found is None:
        raise NotFound
    return found


def _panels(seen: Lens, line: RequestLine) -> list[TrackPanel]:
    given = {"request_id": line.id}
    tracks = seen.rows(lists.TRACKS, TrackLine, **given)
    numbers = seen.rows(lists.TRACKING_NUMBERS, Number, **given)
    recipients = seen.rows(lists.RECIPIENTS, Recipient, **given)
    events = seen.rows(lists.EVENTS_OF_REQUEST, Event, **given)
    dates = listed(seen, lists.DEADLINES_OF_REQUEST, **given)
    proofs = {
        str(row[0]): Proof(*row[1:])
        for row in seen.rows(lists.PROOFS_OF_REQUEST, lambda *row: row, **given)
    }
    releases = seen.rows(lists.RELEASES_OF_REQUEST, Release, **given)
    [limit] = seen.rows(lists.FEE_LIMIT, lambda cents: cents, **given) or [None]
    by_id = {track.id: track for track in tracks}
    found = []
    for track, facts in _facts(seen.work, tracks):
        mine = [each for each in dates if each.line.track_id == track.id]
        its_events = [each for each in events if each.track_id == track.id]
        kept = withheld(its_events, [each for each in releases if each.track_id == track.id])
        clock, cannot = ledger.clock_of(seen.work, facts)
        against = {each.id for each in facts.contradicting}
        back = any(each.pages_withheld or each.pages_in_part for each in kept.releases)
        claims = ledger.claims_of(seen.work, facts, clock, track.in_suit_on, withheld=back)
        ours = [each for each in mine if each.line.whose is Side.OURS]
        contradicting = [each for each in its_events if each.id in against]
        found.append(
            TrackPanel(
                line=track,
                standing=standing(track, clock, cannot, its_events, mine, seen.work),
                numbers=[each for each in numbers if each.track_id == track.id],
                recipients=[each for each in recipients if each.track_id == track.id],
                events=its_events,
                theirs=[each for each in mine if each.line.whose is not Side.OURS],
                ours=ours,
                proofs=proofs,
                claims=claims,
                contradicting=contradicting,
                fees=fees(line.fee_category, limit, its_events, clock),
                withheld=kept,
                came_from=by_id.get(track.parent_id or ""),
                went_to=[each for each in tracks if each.parent_id == track.id],
                next_step=next_step(clock, claims, ours, contradicting, seen.work.today),
            )
        )
    return found


def _facts(work: Work, tracks: Sequence[TrackLine]) -> Iterator[tuple[TrackLine, TrackFacts]]:
    """Read what the clocks run over, from two selects for all the tracks of a request."""
    read = track_facts.read(work, [track.id for track in tracks])
    return zip(tracks, read, strict=True)


def _bar(panel: TrackPanel) -> picture.Facts:
    def first(*kinds: EventKind) -> Event | None:
        return next((each for each in reversed(panel.events) if each.kind in kinds), None)

    sent = first(EventKind.SENT)
    received = first(EventKind.RECEIVED) or first(EventKind.RECEIVED_BY_DESIGNATED)
    decided = first(EventKind.DETERMINATION)
    counted = next((e for e in panel.theirs if e.line.key.endswith(":determination")), None)
    return picture.Facts(
        name=panel.line.short_name,
        sent_on=sent.happened_on if sent else None,
        received_on=received.happened_on if received else None,
        received_surely=received is not None
        and received.certainty is Certainty.EXACT
        and not panel.contradicting,
        earliest=counted.line.earliest if counted else None,
        latest=counted.line.latest if counted else None,
        decided_on=decided.happened_on if decided else None,
        suit_on=panel.line.in_suit_on,
        pauses=_pauses(panel.events),
        open=counted is not None
        and counted.state
        in {DeadlineState.OVERDUE, DeadlineState.DUE, DeadlineState.NOT_CONFIRMED},
        says=panel.standing.headline,
    )


_ASKS = {EventKind.INFORMATION_REQUEST, EventKind.FEE_QUESTION}
_ANSWERED = {EventKind.INFORMATION_REPLY_RECEIVED, EventKind.FEE_REPLY_RECEIVED}


def _pauses(events: Sequence[Event]) -> tuple[tuple[date, date | None], ...]:
    """Pair each question with the receipt of its answer; an open one has no end."""
    found: list[tuple[date, date | None]] = []
    for event in reversed(events):
        if event.kind in _ASKS:
            found.append((event.happened_on, None))
        elif event.kind in _ANSWERED and found and found[-1][1] is None:
            found[-1] = (found[-1][0], event.happened_on)
    return tuple(found)
