"""A component's deadlines, derived from the events of its track as known today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr import __version__
from casemgr.db.tables import Agency, Event, FoiaRequest, Track
from casemgr.domain import proofs
from casemgr.domain.clock import Clock, ClockEvent
from casemgr.domain.deadlines import Derived, spread
from casemgr.domain.rules import Answer
from casemgr.domain.words import CLOCK_EVENTS, Certainty, DeadlineKind, EventKind, Side
from casemgr.law import engine
from casemgr.usecases.work import Work

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TrackFacts:
    """A track with what its clock needs, as known on the day of the work."""

    track: Track
    request: FoiaRequest
    agency: Agency
    events: Sequence[Event]


def facts_of(work: Work, track_id: str) -> TrackFacts:
    """Read a track, its request, its component and the events known today."""
    track, request, agency = work.session.exec(
        select(Track, FoiaRequest, Agency)
        .join(FoiaRequest, col(FoiaRequest.id) == Track.request_id)
        .join(Agency, col(Agency.id) == Track.agency_id)
        .where(Track.id == track_id)
    ).one()
    events = work.session.exec(
        select(Event).where(
            Event.track_id == track_id,
            col(Event.known_on) <= work.today,
            sa.or_(col(Event.withdrawn_on).is_(None), col(Event.withdrawn_on) > work.today),
        )
    ).all()
    return TrackFacts(track, request, agency, sorted(events, key=_in_order))


def _in_order(event: Event) -> tuple[date, str, str]:
    # By what they say and never by their codes: events alike in every word may change places.
    said = (event.kind, event.until_on, event.certainty, event.outcome, event.adverse, event.says)
    return event.happened_on, repr(said), event.id


def known_agency(work: Work, agency: Agency) -> str | None:
    """Return the name the law knows a component by: its own, its parent's, or none at all.

    A component whose regulation nobody has entered is counted by the statute alone.
    """
    names = (agency.id, agency.parent_id)
    return next((name for name in names if name in work.law.almanac.agencies), None)


def clock_of(work: Work, facts: TrackFacts, as_of: date | None = None) -> Clock:
    """Run the component's clock over the events known today, as it stands today or on a day."""
    return engine.clock(
        work.law,
        agency=known_agency(work, facts.agency),
        requested_on=_requested_on(facts),
        as_of=as_of or work.today,
        events=[
            ClockEvent(
                kind=event.kind.value,
                on=event.happened_on,
                until_on=event.until_on,
                outcome=event.outcome.value if event.outcome else None,
                adverse=event.adverse,
                until=event.agency_says_due if event.kind is EventKind.EXTENSION_NOTICE else None,
                id=event.id,
            )
            for event in facts.events
            if event.kind in CLOCK_EVENTS
        ],
    )


def _requested_on(facts: TrackFacts) -> date:
    if facts.request.requested_on is not None:
        return facts.request.requested_on
    dated = [event.happened_on for event in facts.events]
    return min(dated) if dated else facts.request.known_on


def derive(work: Work, track_id: str) -> tuple[Derived, ...]:
    """Return every deadline that follows from a track's events and the law of their day."""
    facts = facts_of(work, track_id)
    clock = _run_to_its_end(work, facts)
    found = [
        _determination(work, facts, clock),
        _expedition(work, facts, clock),
        _appeal(work, facts, clock),
        _agency_appeal(work, facts, clock),
    ]
    return tuple(_closed(facts, each) for each in found if each is not None)


def _run_to_its_end(work: Work, facts: TrackFacts) -> Clock:
    """Run the clock past the agency's last day, so that a proof reads the same on every day."""
    clock = clock_of(work, facts)
    if clock.due is None:
        return clock
    return clock_of(work, facts, as_of=max(work.today, clock.due + ONE_DAY))


def _steps(clock: Clock) -> tuple[dict[str, Any], ...]:
    # The line that says where the clock stands on the day asked is no part of the proof.
    return tuple(step.as_dict() for step in clock.steps if "the clock is:" not in step.says)


def _proof(work: Work, facts: TrackFacts, clock: Clock) -> Mapping[str, Any]:
    """Return the proof of a determination: the clock call that gives it, for recounting."""
    asked = {
        "do": "clock",
        "agency": known_agency(work, facts.agency),
        "requested_on": _requested_on(facts),
        "as_of": max([work.today, *([clock.due + ONE_DAY] if clock.due else [])]),
        "events": [
            {
                "id": event.id,
                "kind": event.kind.value,
                "on": event.happened_on,
                "until_on": event.until_on,
                "outcome": event.outcome.value if event.outcome else None,
                "adverse": event.adverse,
            }
            for event in facts.events
            if event.kind in CLOCK_EVENTS
        ],
    }
    return _proved(work, proofs.determination(clock, work.law.rules, asked), asked)


def _name(facts: TrackFacts) -> str:
    return facts.agency.short_name or facts.agency.name


def _belongs(facts: TrackFacts) -> dict[str, str | None]:
    return {
        "matter_id": facts.track.matter_id,
        "request_id": facts.track.request_id,
        "track_id": facts.track.id,
    }


def _first(facts: TrackFacts, *kinds: EventKind) -> Event | None:
    return next((event for event in facts.events if event.kind in kinds), None)


def _determination(work: Work, facts: TrackFacts, clock: Clock) -> Derived | None:
    if clock.due_range is None and clock.due is None and clock.state != "paused":
        return None
    earliest, latest = clock.due_range or (clock.due, clock.due)
    readings = tuple(reading.as_dict() for reading in clock.readings)
    # The receipt is uncertain, or the clock stands still: then no single day is the day.
    unsure = earliest != latest or clock.due is None or _receipt_doubted(facts)
    decided = _first(facts, EventKind.DETERMINATION)
    text = work.law.rule("foia.determination").text_on(_requested_on(facts))
    return Derived(
        key=f"{facts.track.id}:determination",
        title=f"{_name(facts)}: decide the request",
        whose=Side.THEIRS,
        kind=DeadlineKind.RULE,
        rule="foia.determination",
        due=clock.due,
        safe=spread([latest, *(date.fromisoformat(each["due"]) for each in readings)])[1],
        earliest=earliest,
        latest=latest,
        text_since=text.since,
        status=text.status,
        certain=not unsure,
        uncertain_because=_why_unsure(facts, clock) if unsure else "",
        readings=readings,
        steps=_steps(clock),
        proof=_proof(work, facts, clock),
        belongs_to=_belongs(facts),
        done_on=decided.happened_on if decided else None,
        done_how="decided" if decided else "",
        counts_from=min((each.happened_on for each in facts.events), default=None),
    )


def _receipt_doubted(facts: TrackFacts) -> bool:
    receipt = _first(facts, EventKind.RECEIVED) or _first(facts, EventKind.RECEIVED_BY_DESIGNATED)
    return receipt is not None and receipt.certainty is not Certainty.EXACT


def _why_unsure(facts: TrackFacts, clock: Clock) -> str:
    if clock.state == "paused":
        return "The clock is paused: the agency waits for an answer of ours."
    return f"The day on which {_name(facts)} received the request is not confirmed."


def _expedition(work: Work, facts: TrackFacts, clock: Clock) -> Derived | None:
    asked = _first(facts, EventKind.EXPEDITION_REQUESTED)
    if asked is None or clock.expedition_due is None:
        return None
    counted = count(
        work,
        "foia.expedited_decision",
        asked.happened_on,
        trigger_until=asked.until_on,
        agency=known_agency(work, facts.agency),
    )
    decided = _first(facts, EventKind.EXPEDITION_DECIDED)
    return from_answer(
        counted,
        key=f"{facts.track.id}:expedition",
        title=f"{_name(facts)}: decide on faster processing",
        belongs_to=_belongs(facts),
        certain=asked.certainty is Certainty.EXACT,
        uncertain_because="The day of the request for expedition is not confirmed.",
        done_on=decided.happened_on if decided else None,
        done_how="decided" if decided else "",
    )


def _appeal(work: Work, facts: TrackFacts, clock: Clock) -> Derived | None:
    if clock.appeal is None:
        return None
    sent = _first(facts, EventKind.APPEAL_SENT, EventKind.APPEAL_RECEIVED)
    return from_answer(
        count(
            work,
            "foia.appeal_window",
            clock.appeal.determination.on,
            agency=known_agency(work, facts.agency),
            requested_on=_requested_on(facts),
        ),
        key=f"{facts.track.id}:appeal",
        title=f"Appeal the decision of {_name(facts)}",
        belongs_to=_belongs(facts),
        done_on=sent.happened_on if sent else None,
        done_how="appeal sent" if sent else "",
    )


def _agency_appeal(work: Work, facts: TrackFacts, clock: Clock) -> Derived | None:
    received = _first(facts, EventKind.APPEAL_RECEIVED)
    if clock.agency_appeal_due is None or received is None:
        return None
    decided = _first(facts, EventKind.APPEAL_DETERMINATION)
    derived = from_answer(
        count(
            work,
            "foia.appeal_determination",
            received.happened_on,
            agency=known_agency(work, facts.agency),
        ),
        key=f"{facts.track.id}:agency_appeal",
        title=f"{_name(facts)}: decide the appeal",
        belongs_to=_belongs(facts),
        done_on=decided.happened_on if decided else None,
        done_how="decided" if decided else "",
    )
    if derived.due == clock.agency_appeal_due:
        return derived
    # An extension noticed in time, or a span of days, moved it: then the clock's own story is told.
    due = clock.agency_appeal_due
    return replace(
        derived, due=due, safe=due, earliest=due, latest=due, steps=_steps(clock), proof={}
    )


def _closed(facts: TrackFacts, derived: Derived) -> Derived:
    """A closed or withdrawn track owes nothing more; what was open is closed on that day."""
    end = _first(facts, EventKind.CLOSED, EventKind.WITHDRAWN)
    if derived.done_on is not None or end is None:
        return derived
    return ended(derived, end.happened_on, f"closed: {end.says or end.kind.value}")


def ended(derived: Derived, on: date, how: str) -> Derived:
    """Return the deadline as closed on a day."""
    return replace(derived, done_on=on, done_how=how[:500])


@dataclass(frozen=True)
class Counted:
    """An answer of the law engine with its proof, ready to be kept."""

    answer: Answer
    proof: Mapping[str, Any]


def count(work: Work, rule: str, trigger: date, **asked: Any) -> Counted:
    """Ask the law engine for a date, and keep what was asked so that it can be recounted."""
    answer = engine.due(work.law, rule, trigger, **asked)
    return Counted(
        answer, _proved(work, answer, {"do": "due", "rule": rule, "trigger": trigger, **asked})
    )


def _proved(work: Work, answer: Answer, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
    return proofs.proof(
        answer, inputs=inputs, law_version=work.law.version, engine_version=__version__
    ).as_dict()


def from_answer(
    counted: Counted,
    *,
    key: str,
    title: str,
    belongs_to: dict[str, str | None],
    whose: Side | None = None,
    certain: bool = True,
    uncertain_because: str = "",
    done_on: date | None = None,
    done_how: str = "",
) -> Derived:
    """Turn an answer of the law engine into a deadline of the office."""
    answer = counted.answer
    readings = tuple(reading.as_dict() for reading in answer.readings)
    due = answer.due.date() if isinstance(answer.due, datetime) else answer.due
    earliest, latest = spread(
        [due, answer.safe, *(date.fromisoformat(each["due"]) for each in readings)]
    )
    return Derived(
        key=key,
        title=title,
        whose=whose or Side(answer.whose),
        kind=DeadlineKind.RULE,
        rule=answer.rule,
        due=due,
        safe=answer.safe,
        earliest=earliest,
        latest=latest,
        text_since=answer.text_since,
        status=answer.status,
        certain=certain,
        uncertain_because="" if certain else uncertain_because,
        readings=readings,
        steps=tuple(step.as_dict() for step in answer.steps),
        proof=counted.proof,
        belongs_to=belongs_to,
        done_on=done_on,
        done_how=done_how,
        counts_from=date.fromisoformat(counted.proof["inputs"]["trigger"]),
    )
