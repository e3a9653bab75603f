"""Rules and holidays as pages show them: texts, sources, examples run now, dates in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Closure, Deadline, HistoryEntry, Matter, Person
from casemgr.domain.access import Right, may, refusal
from casemgr.domain.almanac import CLOSURE_WORDS
from casemgr.domain.almanac import Closure as Closing
from casemgr.domain.holidays import Statute
from casemgr.domain.rules import Example, Rule
from casemgr.domain.words import ClosureOf, Side
from casemgr.errors import CasemgrError, NotFound
from casemgr.law.check import run_example
from casemgr.law.reader import Law
from casemgr.usecases import clock, relaw
from casemgr.usecases.views.history import Move
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Ran:
    """A worked example and what the rule gave for it just now."""

    example: Example
    found: date | None
    problem: str = ""

    @property
    def right(self) -> bool:
        """Return whether the rule gave the day that the example names."""
        return self.found == self.example.due


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """A rule with its examples run, and how many open dates of the actor's matters rest on it."""

    rule: Rule
    ran: tuple[Ran, ...]
    open: int

    @property
    def wrong(self) -> int:
        """Return how many examples came out wrong."""
        return sum(not each.right for each in self.ran)


@dataclass(frozen=True, slots=True)
class Using:
    """An open date that rests on a rule."""

    id: str
    title: str
    whose: Side
    due: date | None
    matter_id: str
    matter: str


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Every rule, and whether the dates on file were counted under these files."""

    rules: tuple[RuleSeen, ...]
    version: str
    standing: str | None


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule with the open dates of the actor's matters that rest on it."""

    seen: RuleSeen
    deadlines: tuple[Using, ...]


def look_at_all(work: Work) -> RulesPage:
    """Show every rule with its examples run now; counts are of the actor's matters only."""
    law, counts = work.law_files, _open_by_rule(work)
    seen = tuple(
        RuleSeen(rule, run_examples(law, rule), counts.get(rule.id, 0))
        for rule in law.rules.values()
    )
    return RulesPage(seen, law.version, relaw.standing(work))


def look(work: Work, rule_id: str) -> RulePage:
    """Show one rule; NotFound where there is none of this name."""
    rule = work.law_files.rules.get(rule_id)
    if rule is None:
        raise NotFound
    using = tuple(_using(work, rule_id))
    return RulePage(RuleSeen(rule, run_examples(work.law_files, rule), len(using)), using)


def run_examples(law: Law, rule: Rule) -> tuple[Ran, ...]:
    """Run a rule's own examples."""
    return tuple(_run(law, rule, example) for example in rule.examples)


def _run(law: Law, rule: Rule, example: Example) -> Ran:
    try:
        return Ran(example, run_example(law, rule, example))
    except CasemgrError as problem:
        return Ran(example, None, str(problem))


def _open_by_rule(work: Work) -> Mapping[str, int]:
    asked = (
        sa.select(col(Deadline.rule), sa.func.count())
        .where(_mine_and_open(work), col(Deadline.rule).is_not(None))
        .group_by(col(Deadline.rule))
    )
    return {str(rule): number for rule, number in work.session.execute(asked)}


def _mine_and_open(work: Work) -> sa.ColumnElement[bool]:
    mine = doors.mine(work.actor, work.today)
    return sa.and_(col(Deadline.matter_id).in_(mine), clock.open_on(work.today))


def _using(work: Work, rule_id: str) -> Iterator[Using]:
    asked = (
        sa.select(
            col(Deadline.id),
            col(Deadline.title),
            col(Deadline.whose),
            col(Deadline.due),
            col(Deadline.matter_id),
            col(Matter.title),
        )
        .join(Matter, col(Matter.id) == col(Deadline.matter_id))
        .where(_mine_and_open(work), col(Deadline.rule) == rule_id)
        .order_by(col(Deadline.due), col(Deadline.id))
    )
    for row in work.session.execute(asked):
        yield Using(*row)


# --- holidays and closures


@dataclass(frozen=True, slots=True)
class ClosureSeen:
    """A closure as the office entered it, with who did."""

    id: str
    version: int
    kind: ClosureOf
    where: str
    first_on: date
    until_on: date
    because: str
    source: str
    entered_by: str | None
    known_on: date
    withdrawn_on: date | None
    withdrawn_because: str


@dataclass(frozen=True, slots=True)
class HolidaysPage:
    """Calendars with their sources, days closed by order or weather, closures of the office."""

    calendars: Mapping[str, Statute]
    closings: Sequence[tuple[str, Closing]]
    closures: tuple[ClosureSeen, ...]
    courts: Sequence[tuple[str, str]]
    agencies: Sequence[tuple[str, str]]
    may_enter: bool
    cannot_enter: str


def look_at_holidays(work: Work) -> HolidaysPage:
    """Show every calendar the law counts with, and what the office has entered besides."""
    almanac, role = work.law_files.almanac, work.actor.role
    allowed = may(role, Right.CONFIRM)
    return HolidaysPage(
        calendars=work.law_files.calendars,
        closings=[(CLOSURE_WORDS[each.kind], each) for each in _by_day(almanac.closures)],
        closures=tuple(_entered(work)),
        courts=[(one.id, one.name) for one in almanac.courts.values()],
        agencies=[(one.id, one.name) for one in almanac.agencies.values()],
        may_enter=allowed,
        cannot_enter="" if allowed else refusal(role, Right.CONFIRM),
    )


def _by_day(closings: Sequence[Closing]) -> list[Closing]:
    # Inauguration Days are known for decades ahead; a page shows the orders and storms.
    return sorted((one for one in closings if one.kind != "inauguration"), key=lambda one: one.day)


def _entered(work: Work) -> Iterator[ClosureSeen]:
    asked = (
        sa.select(Closure, col(Person.name))
        .outerjoin(Person, col(Person.id) == col(Closure.entered_by))
        .where(col(Closure.known_on) <= work.today)
        .order_by(col(Closure.first_on).desc(), col(Closure.id))
    )
    for row, name in work.session.execute(asked):
        yield _seen(work, row, name)


def _seen(work: Work, row: Closure, name: str | None) -> ClosureSeen:
    law = work.law_files.almanac
    withdrawn = row.withdrawn_on is not None and row.withdrawn_on <= work.today
    where = "Every agency"
    if row.court_id:
        where = law.courts[row.court_id].name if row.court_id in law.courts else row.court_id
    elif row.agency_id:
        where = law.agencies[row.agency_id].name if row.agency_id in law.agencies else row.agency_id
    return ClosureSeen(
        id=row.id,
        version=row.version,
        kind=row.kind,
        where=where,
        first_on=row.first_on,
        until_on=row.until_on,
        because=row.because,
        source=row.source,
        entered_by=name,
        known_on=row.known_on,
        withdrawn_on=row.withdrawn_on if withdrawn else None,
        withdrawn_because=row.withdrawn_because if withdrawn else "",
    )


def moved_with(work: Work, closure_id: str) -> list[Move]:
    """Return the dates of the actor's matters that moved when a closure was last changed."""
    entry = HistoryEntry
    changed = work.session.execute(
        sa.select(col(entry.at), col(entry.person_id))
        .where(col(entry.subject_kind) == "closure", col(entry.subject_id) == closure_id)
        .order_by(col(entry.seq).desc())
        .limit(1)
    ).first()
    if changed is None:
        return []
    lines = work.session.execute(
        sa.select(col(entry.subject_id), col(entry.what), col(entry.facts))
        .where(
            col(entry.at) == changed.at,
            col(entry.person_id).is_not_distinct_from(changed.person_id),
            col(entry.what).startswith("deadline."),
            col(entry.matter_id).in_(doors.mine(work.actor, work.today)),
        )
        .order_by(col(entry.seq))
    )
    return [_move(*line) for line in lines]


def _move(deadline_id: str, what: str, facts: Mapping[str, object]) -> Move:
    now = "fell away" if what == "deadline.withdrawn" else str(facts.get("due", ""))
    return Move(deadline_id, str(facts["title"]), str(facts.get("was", "no date")), now)
