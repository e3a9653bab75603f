"""A component's deadlines, derived from the events of its track as known today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from casemgr.domain import proofs
from casemgr.domain.clock import Clock
from casemgr.domain.deadlines import Derived, spread
from casemgr.domain.prose import long_day
from casemgr.domain.words import CLOCK_EVENTS, Certainty, DeadlineKind, EventKind, Side
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.law.calls import needed_day, read_event
from casemgr.usecases import derive_answers, track_facts
from casemgr.usecases.counted import Call, belongs, count, ended, from_answer, known_agency, prove
from casemgr.usecases.track_facts import EventFacts, TrackFacts, is_adverse
from casemgr.usecases.work import Work

ONE_DAY = timedelta(days=1)


def clock_of(work: Work, facts: TrackFacts) -> Clock:
    """Run the component's clock over the events known today, as it stands today."""
    return _run(work, _call(work, facts, work.today))


def _call(work: Work, facts: TrackFacts, as_of: date) -> Call:
    """Return the law call that gives the clock: what is run, kept in the proof and recounted."""
    return {
        "do": "clock",
        "agency": known_agency(work, facts),
        "requested_on": facts.requested_on.isoformat(),
        "as_of": as_of.isoformat(),
        "events": [_asked(event) for event in facts.events if event.kind in CLOCK_EVENTS],
    }


def _asked(event: EventFacts) -> Call:
    """Return an event as a law call writes it; the day a notice names counts for notices only."""
    notice = event.kind is EventKind.EXTENSION_NOTICE
    days = {
        "on": event.happened_on,
        "until_on": event.until_on,
        "until": event.agency_says_due if notice else None,
    }
    said = {
        "id": event.id,
        "kind": event.kind.value,
        **{name: day.isoformat() for name, day in days.items() if day is not None},
        "outcome": event.outcome.value if event.outcome else None,
        "adverse": event.adverse,
    }
    return {name: value for name, value in said.items() if value is not None}


def _run(work: Work, call: Call) -> Clock:
    return engine.clock(
        work.law,
        agency=call["agency"],
        requested_on=needed_day(call, "requested_on"),
        as_of=needed_day(call, "as_of"),
        events=[read_event(event) for event in call["events"]],
    )


def derive(work: Work, track_id: str) -> tuple[Derived, ...]:
    """Return every deadline that follows from a track's events and the law of their day."""
    [facts] = track_facts.read(work, [track_id])
    return derived_from(work, facts)


def derived_from(work: Work, facts: TrackFacts) -> tuple[Derived, ...]:
    """Return every deadline that follows from facts already read."""
    clock, call = _run_to_its_end(work, facts)
    found = [
        _determination(work, facts, clock, call),
        _expedition(work, facts, clock),
        _appeal(work, facts, clock),
        _agency_appeal(work, facts, clock),
    ]
    found += [_refused_waiver(work, facts), *derive_answers.derived_from(work, facts)]
    return tuple(_closed(facts, each) for each in found if each is not None)


def _run_to_its_end(work: Work, facts: TrackFacts) -> tuple[Clock, Call]:
    """Run the clock past the agency's last day, so that a proof reads the same on every day."""
    call = _call(work, facts, work.today)
    clock = _run(work, call)
    if clock.due is None or clock.due < work.today:
        return clock, call
    call = {**call, "as_of": (clock.due + ONE_DAY).isoformat()}
    return _run(work, call), call


def _steps(clock: Clock) -> tuple[dict[str, Any], ...]:
    return tuple(step.as_dict() for step in clock.steps)


def _determination(work: Work, facts: TrackFacts, clock: Clock, call: Call) -> Derived | None:
    if clock.due_range is None and clock.due is None and clock.state != "paused":
        return None
    earliest, latest = clock.due_range or (clock.due, clock.due)
    readings = tuple(reading.as_dict() for reading in clock.readings)
    # The receipt is uncertain, or the clock stands still: then no single day is the day.
    unsure = earliest != latest or clock.due is None or _receipt_doubted(facts)
    decided = facts.first(EventKind.DETERMINATION)
    text = work.law.rule("foia.determination").text_on(facts.requested_on)
    answer = proofs.determination(clock, work.law.rules, {"requested_on": facts.requested_on})
    return Derived(
        key=f"{facts.track.id}:determination",
        title=f"{facts.agency}: decide the request",
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
        prove=partial(prove, work.law.version, answer, call),
        belongs_to=belongs(facts),
        done_on=decided.happened_on if decided else None,
        done_how="decided" if decided else "",
        counts_from=min((each.happened_on for each in facts.events), default=None),
    )


def _receipt_doubted(facts: TrackFacts) -> bool:
    receipt = facts.first(EventKind.RECEIVED) or facts.first(EventKind.RECEIVED_BY_DESIGNATED)
    return receipt is not None and receipt.certainty is not Certainty.EXACT


def _why_unsure(facts: TrackFacts, clock: Clock) -> str:
    if clock.state == "paused":
        return "The clock is paused: the agency waits for an answer of ours."
    if facts.contradicting:
        days = " and ".join(
            dict.fromkeys(long_day(each.happened_on) for each in facts.contradicting)
        )
        return f"Two sources name different days of receipt, {days}. Choose which one counts."
    return f"The day on which {facts.agency} received the request is not confirmed."


def _expedition(work: Work, facts: TrackFacts, clock: Clock) -> Derived | None:
    asked = facts.first(EventKind.EXPEDITION_REQUESTED)
    if asked is None or clock.expedition_due is None:
        return None
    counted = count(
        work,
        "foia.expedited_decision",
        asked.happened_on,
        trigger_until=asked.until_on,
        agency=known_agency(work, facts),
    )
    decided = facts.first(EventKind.EXPEDITION_DECIDED)
    return from_answer(
        counted,
        key=f"{facts.track.id}:expedition",
        title=f"{facts.agency}: decide on faster processing",
        belongs_to=belongs(facts),
        certain=asked.certainty is Certainty.EXACT,
        uncertain_because="The day of the request for expedition is not confirmed.",
        done_on=decided.happened_on if decided else None,
        done_how="decided" if decided else "",
    )


def _appeal(work: Work, facts: TrackFacts, clock: Clock) -> Derived | None:
    if clock.appeal is None:
        return None
    sent = facts.first(EventKind.APPEAL_SENT, EventKind.APPEAL_RECEIVED)
    return _window(
        work,
        facts,
        clock.appeal.determination.on,
        sent,
        key=f"{facts.track.id}:appeal",
        title=f"Appeal the decision of {facts.agency}",
    )


def _refused_waiver(work: Work, facts: TrackFacts) -> Derived | None:
    """The time to appeal a refused fee waiver, which is an adverse determination of its own.

    No appeal is needed before suing over expedition (552(a)(6)(E)(iii)), so that has none.
    """
    refused = next((e for e in facts.all_of(EventKind.FEE_WAIVER_DECIDED) if is_adverse(e)), None)
    if refused is None:
        return None
    sent = (each for each in facts.all_of(EventKind.APPEAL_SENT, EventKind.APPEAL_RECEIVED))
    after = next((each for each in sent if each.happened_on >= refused.happened_on), None)
    try:
        return _window(
            work,
            facts,
            refused.happened_on,
            after,
            key=f"{facts.track.id}:appeal_waiver",
            title=f"Appeal the refusal of the fee waiver by {facts.agency}",
        )
    except LawError:
        return None  # no regulation of theirs is held; the page says that the letter must be read


def _window(
    work: Work,
    facts: TrackFacts,
    decided_on: date,
    sent: EventFacts | None,
    *,
    key: str,
    title: str,
) -> Derived:
    """Return the time to appeal a decision; an appeal ends it, and one sent late says so."""
    derived = from_answer(
        count(
            work,
            "foia.appeal_window",
            decided_on,
            agency=known_agency(work, facts),
            requested_on=facts.requested_on,
        ),
        key=key,
        title=title,
        belongs_to=belongs(facts),
    )
    if sent is None:
        return derived
    late = derived.due is not None and sent.happened_on > derived.due
    return ended(derived, sent.happened_on, "appeal sent late" if late else "appeal sent")


def _agency_appeal(work: Work, facts: TrackFacts, clock: Clock) -> Derived | None:
    received = facts.first(EventKind.APPEAL_RECEIVED)
    if clock.agency_appeal_due is None or received is None:
        return None
    decided = facts.first(EventKind.APPEAL_DETERMINATION)
    derived = from_answer(
        count(
            work,
            "foia.appeal_determination",
            received.happened_on,
            agency=known_agency(work, facts),
        ),
        key=f"{facts.track.id}:agency_appeal",
        title=f"{facts.agency}: decide the appeal",
        belongs_to=belongs(facts),
        done_on=decided.happened_on if decided else None,
        done_how="decided" if decided else "",
    )
    if derived.due == clock.agency_appeal_due:
        return derived
    # An extension noticed in time, or a span of days, moved it: then the clock's own story is told.
    due = clock.agency_appeal_due
    return replace(
        derived, due=due, safe=due, earliest=due, latest=due, steps=_steps(clock), prove=dict
    )


def _closed(facts: TrackFacts, derived: Derived) -> Derived:
    """A closed or withdrawn track owes nothing more; what was open is closed on that day."""
    end = facts.first(EventKind.CLOSED, EventKind.WITHDRAWN)
    if derived.done_on is not None or end is None:
        return derived
    return ended(derived, end.happened_on, f"closed: {end.says or end.kind.value}")
