"""The right to sue: since when, on what footing, and how a late decision takes it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from casemgr.domain.clock_appeal import AppealStage
from casemgr.domain.clock_events import ClockEvent
from casemgr.domain.clock_facts import ClockFacts
from casemgr.domain.clock_request import Ignored, RequestStage
from casemgr.domain.counting import Terms, anniversary, named
from casemgr.domain.holidays import ONE_DAY
from casemgr.domain.steps import Step

EXHAUSTION = "5 U.S.C. § 552(a)(6)(C)(i)"
OGLESBY = "Oglesby v. Department of the Army, 920 F.2d 57 (D.C. Cir. 1990)"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the requester may sue now, since when and why; what was lost; when it is too late."""

    may_sue: bool = False
    since: date | None = None
    basis: str | None = None
    lost_on: date | None = None
    exhausted: bool = False
    limitations_end: date | None = None
    ignored: tuple[Ignored, ...] = ()
    steps: tuple[Step, ...] = ()


def standing(
    known: Sequence[ClockEvent], request: RequestStage, appeal: AppealStage, facts: ClockFacts
) -> Standing:
    """Compute the right to sue from both stages and the suits filed."""
    lost_on = _lost_on(known, request, appeal, facts.as_of)
    right = _right(request, appeal, lost_on, facts.as_of)
    right = replace(
        right,
        lost_on=lost_on,
        exhausted=_is_exhausted(appeal),
        limitations_end=_limitations_end(request, appeal, facts),
        ignored=_premature(known, request, appeal),
    )
    right = replace(right, steps=_told(right, request, facts.as_of))
    ended = any(event.kind in ("withdrawn", "closed") for event in known)
    return replace(right, may_sue=False, since=None, basis=None) if ended else right


def _is_exhausted(appeal: AppealStage) -> bool:
    return appeal.decided is not None and appeal.decided.is_adverse


def _right(
    request: RequestStage, appeal: AppealStage, lost_on: date | None, as_of: date
) -> Standing:
    if appeal.decided is not None:
        if not appeal.decided.is_adverse:
            return Standing()
        return Standing(True, appeal.decided.on, "actual_exhaustion")
    if appeal.is_overdue(as_of) and appeal.due:
        return Standing(True, appeal.due + ONE_DAY, "appeal_overdue")
    if request.was_missed(as_of) and lost_on is None and request.due:
        return Standing(True, request.due + ONE_DAY, "constructive_exhaustion")
    return Standing()


def _lost_on(
    known: Sequence[ClockEvent], request: RequestStage, appeal: AppealStage, as_of: date
) -> date | None:
    """A determination after the limit, before a suit that was ripe, reopens the duty to appeal."""
    late = request.determination
    if late is None or not request.was_missed(as_of):
        return None
    suits = [event.on for event in known if event.kind == "suit_filed" and event.on < late.on]
    return None if any(_ripe(day, request, appeal) for day in suits) else late.on


def _premature(
    known: Sequence[ClockEvent], request: RequestStage, appeal: AppealStage
) -> tuple[Ignored, ...]:
    """List suits filed before any right to sue."""
    why = "The suit was filed before the administrative process was exhausted."
    return tuple(
        Ignored(event, why)
        for event in known
        if event.kind == "suit_filed" and not _ripe(event.on, request, appeal)
    )


def _ripe(day: date, request: RequestStage, appeal: AppealStage) -> bool:
    """Say whether a suit of `day` had a footing on that day."""
    decided = appeal.decided
    if decided is not None and decided.on <= day:
        return decided.is_adverse
    if appeal.due is not None and appeal.due < day:
        return True
    determined = request.determination is not None and request.determination.on <= day
    return request.due is not None and request.due < day and not determined


def _limitations_end(request: RequestStage, appeal: AppealStage, facts: ClockFacts) -> date | None:
    """28 U.S.C. 2401(a): six years from the day the agency's time for the appeal had run.

    Without an appeal, from the day its time for the request had run; from an earlier decision on
    the appeal where that came in time.
    """
    accrual = appeal.due
    if appeal.decided is not None:
        accrual = min(appeal.due, appeal.decided.on) if appeal.due else appeal.decided.on
    if accrual is None and request.was_missed(facts.as_of):
        accrual = request.due
    if accrual is None:
        return None
    years = facts.rules["foia.limitations"].texts[0].n
    return anniversary(accrual, years, _terms(facts, accrual))


def _terms(facts: ClockFacts, day: date) -> Terms:
    return Terms(
        rule=facts.counting,
        text=facts.counting.text_on(day),
        forward=facts.almanac.court_days(),
        backward=facts.almanac.court_days(fridays=False),
    )


def _told(right: Standing, request: RequestStage, as_of: date) -> tuple[Step, ...]:
    steps = []
    if request.due is not None and request.was_missed(as_of):
        first = request.due + ONE_DAY
        says = f"the time had run on {named(request.due)}: the requester may sue."
        steps.append(Step(first, says, EXHAUSTION))
    if right.lost_on:
        says = "a late decision before suit: the requester must appeal before suing."
        steps.append(Step(right.lost_on, says, OGLESBY))
    if right.basis == "actual_exhaustion" and right.since:
        steps.append(Step(right.since, "the appeal is decided: the requester may sue.", OGLESBY))
    if right.basis == "appeal_overdue" and right.since:
        says = "the time for the appeal had run: the requester may sue."
        steps.append(Step(right.since, says, EXHAUSTION))
    return tuple(steps)
