"""An appeal after its last day: it can be logged, with the reason, and is marked late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casemgr.domain.words import EventKind, Outcome
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.usecases import track_facts
from casemgr.usecases.counted import known_agency
from casemgr.usecases.track_facts import EventFacts
from casemgr.usecases.work import Work

DECISIONS = (EventKind.DETERMINATION, EventKind.FEE_WAIVER_DECIDED, EventKind.EXPEDITION_DECIDED)


def last_day(work: Work, track_id: str, on: date) -> date | None:
    """Return the last day of the appeal that could be sent on a day; None where none is counted.

    Of several adverse decisions the latest gives the day: an appeal of it is still in time.
    """
    [facts] = track_facts.read(work, [track_id])
    found = [window(work, facts, each) for each in _adverse(facts.events, on)]
    days = [day for day in found if day is not None]
    return max(days) if days else None


def _adverse(events: Sequence[EventFacts], on: date) -> list[EventFacts]:
    return [
        each
        for each in events
        if each.kind in DECISIONS and each.happened_on <= on and _leaves_something(each)
    ]


def _leaves_something(event: EventFacts) -> bool:
    if event.adverse is not None:
        return event.adverse
    # A determination of which nothing more is known counts as adverse, as in the clock.
    unsaid = event.kind is EventKind.DETERMINATION and event.outcome is None
    return unsaid or event.outcome not in (None, Outcome.GRANTED)


def window(work: Work, facts: track_facts.TrackFacts, decision: EventFacts) -> date | None:
    """Return the last day to appeal a decision; None where no text of the agency is held."""
    try:
        answer = engine.due(
            work.law,
            "foia.appeal_window",
            decision.happened_on,
            agency=known_agency(work, facts),
            requested_on=facts.requested_on,
        )
    except LawError:
        return None  # no regulation is held: nobody can say that it is late
    assert answer.due is not None
    return date.fromisoformat(answer.due.isoformat()[:10])
