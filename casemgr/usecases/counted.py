"""Turn answers of the law engine into the office's deadlines, each with the call behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from casemgr import __version__
from casemgr.domain import proofs
from casemgr.domain.deadlines import Derived, spread
from casemgr.domain.rules import Answer
from casemgr.domain.words import DeadlineKind, Side
from casemgr.law import engine
from casemgr.usecases.track_facts import TrackFacts
from casemgr.usecases.work import Work

Call = Mapping[str, Any]


def known_agency(work: Work, facts: TrackFacts) -> str | None:
    """Return the name the law knows a component by: its own, its parent's, or none at all.

    A component whose regulation nobody has entered is counted by the statute alone.
    """
    names = (facts.track.agency_id, facts.track.agency_parent_id)
    return next((name for name in names if name in work.law.almanac.agencies), None)


def belongs(facts: TrackFacts) -> dict[str, str | None]:
    """Return what a date of a track belongs to."""
    return {
        "matter_id": facts.track.matter_id,
        "request_id": facts.track.request_id,
        "track_id": facts.track.id,
    }


def ended(derived: Derived, on: date, how: str) -> Derived:
    """Return the deadline as closed on a day."""
    return replace(derived, done_on=on, done_how=how[:500])


@dataclass(frozen=True)
class Counted:
    """An answer of the law engine with the law call that gave it, ready to be proved."""

    answer: Answer
    call: Call
    law_version: str


def count(work: Work, rule: str, trigger: date, **asked: Any) -> Counted:
    """Ask the law engine for a date, and keep what was asked so that it can be recounted."""
    answer = engine.due(work.law, rule, trigger, **asked)
    call = {"do": "due", "rule": rule, "trigger": trigger, **asked}
    return Counted(answer, call, work.law.version)


def prove(law_version: str, answer: Answer, call: Call) -> Mapping[str, Any]:
    """Return the proof of an answer as JSON."""
    return proofs.proof(
        answer, inputs=call, law_version=law_version, engine_version=__version__
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
        prove=partial(prove, counted.law_version, answer, counted.call),
        belongs_to=belongs_to,
        done_on=done_on,
        done_how=done_how,
        counts_from=counted.call["trigger"],
    )


def without_day(
    *,
    key: str,
    title: str,
    whose: Side,
    kind: DeadlineKind,
    because: str,
    steps: Iterable[Mapping[str, Any]],
    belongs_to: dict[str, str | None],
    rule: str | None = None,
) -> Derived:
    """Return a deadline whose period has not begun to run: it has no day, and says why."""
    return Derived(
        key=key,
        title=title,
        whose=whose,
        kind=kind,
        rule=rule,
        due=None,
        certain=False,
        uncertain_because=because[:1000],
        steps=tuple(steps),
        belongs_to=belongs_to,
    )
