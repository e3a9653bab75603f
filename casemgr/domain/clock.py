"""A component's whole clock, from the events of its track: a pure function of facts and law.

The agency's period runs from receipt by the right component (552(a)(6)(A)), stands still while
the agency waits for certain answers, is made longer by a timely notice, and ends in a
determination or in the right to sue. Nothing here is remembered between two calls: events in any
order give the same clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casemgr.domain.clock_appeal import AppealStage, Window, appeal_stage
from casemgr.domain.clock_events import ClockEvent, known_events
from casemgr.domain.clock_facts import ClockFacts
from casemgr.domain.clock_readings import readings_of
from casemgr.domain.clock_request import Ignored, RequestStage, request_stage
from casemgr.domain.clock_sue import Standing, standing
from casemgr.domain.counting import named
from casemgr.domain.rules import Rule
from casemgr.domain.steps import Reading, Step

__all__ = ["Clock", "ClockEvent", "ClockFacts", "run"]

TEN_DAYS = timedelta(days=10)
STATES = (
    "closed",
    "in_suit",
    "exhausted",
    "appeal_overdue",
    "appeal_pending",
    "determined",
    "overdue",
    "paused",
    "running",
    "not_started",
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a component stands on a day: what it owes, what we may do, and why.

    `due` is the last day for the agency's determination: None while the clock stands still or
    has not started, the latest of `due_range` where receipt or a pause is uncertain.
    `days_left` is in working days, negative when the agency is late, None once it has decided.
    `steps` tell what happened and recount the last day, in order of days; `closing` says where the
    clock stands on the day asked, which is no part of a proof (None where nothing was computed).
    """

    state: str
    due: date | None = None
    due_range: tuple[date, date] | None = None
    days_left: int | None = None
    may_sue: bool = False
    may_sue_since: date | None = None
    sue_basis: str | None = None
    lost_on: date | None = None
    appeal: Window | None = None
    agency_appeal_due: date | None = None
    limitations_end: date | None = None
    expedition_due: date | None = None
    fee_barred_from: date | None = None
    ignored: tuple[Ignored, ...] = ()
    steps: tuple[Step, ...] = ()
    closing: Step | None = None
    readings: tuple[Reading, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the clock as the JSON of a law call."""
        between, closing = self.due_range, [self.closing] if self.closing else []
        return {
            "state": self.state,
            "due": _iso(self.due),
            "due_range": [day.isoformat() for day in between] if between else None,
            "days_left": self.days_left,
            "may_sue": self.may_sue,
            "may_sue_since": _iso(self.may_sue_since),
            "sue_basis": self.sue_basis,
            "lost_on": _iso(self.lost_on),
            "appeal": self.appeal.as_dict() if self.appeal else None,
            "agency_appeal_due": _iso(self.agency_appeal_due),
            "limitations_end": _iso(self.limitations_end),
            "expedition_due": _iso(self.expedition_due),
            "fee_barred_from": _iso(self.fee_barred_from),
            "ignored": [one.as_dict() for one in self.ignored],
            "steps": [step.as_dict() for step in _in_order([*self.steps, *closing])],
            "readings": [reading.as_dict() for reading in self.readings],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def run(facts: ClockFacts) -> Clock:
    """Compute the clock of `facts`: what was known on `as_of`, under the law of the request."""
    known = known_events(facts.events, facts.requested_on, facts.as_of)
    request = request_stage(known, facts.requested_on, facts.almanac, facts.rules)
    appeal = appeal_stage(known, request, facts)
    request = request.without_complaint_about(appeal.extension)
    right = standing(known, request, appeal, facts)
    state = _state(known, request, appeal, right, facts.as_of)
    return Clock(
        state=state,
        due=request.due,
        due_range=request.due_range,
        days_left=_days_left(request, facts),
        may_sue=right.may_sue,
        may_sue_since=right.since,
        sue_basis=right.basis,
        lost_on=right.lost_on,
        appeal=appeal.window,
        agency_appeal_due=appeal.due,
        limitations_end=right.limitations_end,
        expedition_due=_expedition_due(known, facts.rules),
        fee_barred_from=_fee_barred_from(request, facts),
        ignored=tuple(sorted((*request.ignored, *appeal.ignored, *right.ignored), key=_by_day)),
        steps=_steps(request, appeal, right, facts),
        closing=_closing(state, facts.as_of),
        readings=tuple(readings_of(request, facts.almanac, facts.agency, facts.requested_on)),
    )


def _by_day(one: Ignored) -> tuple[date, str, str]:
    return one.event.on, one.event.kind, repr(one.event.id)


def _state(
    known: Sequence[ClockEvent],
    request: RequestStage,
    appeal: AppealStage,
    right: Standing,
    as_of: date,
) -> str:
    """Return the first state that is true, in the order of STATES."""
    kinds = {event.kind for event in known}
    true = {
        "closed": bool(kinds & {"withdrawn", "closed"}),
        "in_suit": "suit_filed" in kinds,
        "exhausted": right.exhausted,
        "appeal_overdue": appeal.is_overdue(as_of),
        "appeal_pending": appeal.is_pending,
        "determined": request.determination is not None,
        "overdue": request.is_missed(as_of),
        "paused": request.is_paused,
        "running": request.due is not None,
        "not_started": True,
    }
    return next(state for state in STATES if true[state])


def _days_left(request: RequestStage, facts: ClockFacts) -> int | None:
    if request.due is None or request.determination is not None:
        return None
    return facts.almanac.working.between(facts.as_of, request.due)


def _expedition_due(known: Sequence[ClockEvent], rules: Mapping[str, Rule]) -> date | None:
    """552(a)(6)(E)(ii)(I): ten calendar days after the date of the request for expedition."""
    asked = next((event for event in known if event.kind == "expedition_requested"), None)
    rule = rules["foia.expedited_decision"]
    if asked is None or asked.on < rule.texts[0].since:
        return None
    return asked.latest + timedelta(days=rule.text_on(asked.on).n)


def _fee_barred_from(request: RequestStage, facts: ClockFacts) -> date | None:
    """552(a)(4)(A)(viii): from the day after a missed limit, for requests since 2008-12-31."""
    since = facts.rules["foia.fee_bar"].texts[0].since
    if request.due is None or facts.requested_on < since or not request.was_missed(facts.as_of):
        return None
    return request.due + timedelta(days=1)


def _closing(state: str, as_of: date) -> Step:
    return Step(as_of, f"on {named(as_of)} the clock is: {state.replace('_', ' ')}.")


def _steps(
    request: RequestStage, appeal: AppealStage, right: Standing, facts: ClockFacts
) -> tuple[Step, ...]:
    """Tell the clock's history event by event, and recount the present date day by day."""
    told = [*request.steps, *appeal.steps, *right.steps]
    return tuple(_in_order([*told, *request.recount(facts.almanac.working)]))


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """Put steps in order of days; what happened on a day comes before its recount."""
    return sorted(steps, key=lambda step: step.on or date.min)
