"""Deadlines as pages show them: one line of a list, and the page that proves a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from casemgr.db import lists
from casemgr.db.tables import Deadline
from casemgr.domain.access import Right, may, refusal
from casemgr.domain.calendars import Calendar
from casemgr.domain.deadlines import state_on
from casemgr.domain.words import DeadlineKind, DeadlineState, Side
from casemgr.errors import LawError
from casemgr.usecases import clock
from casemgr.usecases.views.court_dates import Link
from casemgr.usecases.views.court_dates import chain as chain_of
from casemgr.usecases.views.documents import DocumentLine
from casemgr.usecases.views.history import Said, of_subjects
from casemgr.usecases.views.lens import Flag, Lens, flags, lens
from casemgr.usecases.views.tags import Tag, tag_of
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Line:
    """One deadline as a list shows it, as it stands on the day."""

    id: str
    matter_id: str
    matter: str
    closed_on: date | None  # the matter's, where it is closed today
    request_id: str | None
    track_id: str | None
    lawsuit_id: str | None
    docket_entry_id: str | None
    order_date_id: str | None
    key: str
    title: str
    kind: DeadlineKind
    whose: Side
    rule: str | None
    text_since: date | None
    status: str
    due: date | None
    safe: date | None
    earliest: date | None
    latest: date | None
    certain: bool
    uncertain_because: str
    known_on: date
    done_on: date | None
    done_how: str
    superseded_on: date | None
    superseded_because: str
    superseded_by_id: str | None
    confirmed_at: datetime | None
    checked_at: datetime | None
    agency: str | None
    cited_as: str | None
    owner: str | None
    second: str | None
    in_suit_on: date | None

    def state(self, today: date) -> DeadlineState:
        """Return what the deadline is on a day."""
        return state_on(
            today,
            known_on=self.known_on,
            superseded_on=self.superseded_on,
            done_on=self.done_on,
            due=self.due,
            latest=self.latest,
            certain=self.certain,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its state of the day in words."""

    line: Line
    state: DeadlineState
    tag: Tag

    @property
    def spans(self) -> bool:
        """Say whether no single day can be given."""
        line = self.line
        return line.earliest != line.latest and not (line.certain and line.due)

    @property
    def first_day(self) -> date | None:
        """Return the day shown, of a span its first, or None where there is no day yet."""
        line = self.line
        return line.earliest if self.spans and line.earliest and line.latest else line.due


def shown(found: Iterable[Line], today: date, working: Calendar) -> list[Shown]:
    """Put each line's state of the day in words."""
    return [
        Shown(line, state := line.state(today), tag_of(line, state, today, working))
        for line in found
    ]


def listed(seen: Lens, statement: sa.Executable, **given: object) -> list[Shown]:
    """Return a list of deadlines with their states of the day."""
    return shown(seen.rows(statement, Line, **given), seen.today, seen.work.law.almanac.working)


def by_entry(found: Sequence[Shown]) -> dict[str, list[Shown]]:
    """Return the deadlines by the docket entry that made them."""
    made: dict[str, list[Shown]] = {}
    for each in found:
        if each.line.docket_entry_id:
            made.setdefault(each.line.docket_entry_id, []).append(each)
    return made


_WEEKEND = frozenset({"Saturday: not counted.", "Sunday: not counted."})
_END: Mapping[str, Any] = {"on": None, "says": "", "cites": None}


def _weekends(days: Sequence[str]) -> list[Mapping[str, Any]]:
    """Return one line for the weekend days passed over since the last line that cites the law."""
    if not days:
        return []
    said = ", ".join(f"{day:%b} {day.day}" for day in map(date.fromisoformat, days))
    return [{"on": None, "says": f"Saturdays and Sundays are not counted: {said}.", "cites": None}]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a date is what it is: steps in order, readings, the rule and its text."""

    steps: Sequence[Mapping[str, Any]]
    readings: Sequence[Mapping[str, Any]]
    proof: Mapping[str, Any]

    @property
    def told(self) -> list[Mapping[str, Any]]:
        """Return the steps with each run of Saturdays and Sundays told in one line.

        The days stay all there; a proof of twenty lines of weekends is only harder to check.
        """
        found: list[Mapping[str, Any]] = []
        weekend: list[str] = []
        for step in [*self.steps, _END]:
            if str(step["says"]) in _WEEKEND:
                weekend.append(str(step["on"]))
                continue
            if step.get("cites") or step is _END:
                found += _weekends(weekend)
                weekend = []
            found.append(step)
        return found[:-1]

    @property
    def caution(self) -> str:
        """Return the sentence for a rule that nobody has read in its primary source, or nothing."""
        return str(self.proof.get("caution") or "")


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """A deadline with its proof, what it replaced, and who did what to it."""

    shown: Shown
    proof: Proof
    rule_title: str
    rule_cites: str
    rule_url: str
    chain: list[Shown]
    history: list[Said]
    flags: dict[str, list[Flag]]
    may_confirm: bool
    cannot_confirm: str
    may_log: bool
    version: int
    override: Override
    by_rule: ByRule | None = None
    by_court: tuple[Link, ...] = ()  # every day a court set for it, oldest first

    @property
    def still_asked(self) -> bool:
        """Say whether something is still to be done about the date."""
        return self.shown.state not in (DeadlineState.DONE, DeadlineState.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Override:
    """Whether a date may be set against the rule here, why not, and the papers to rest it on."""

    may: bool = False
    cannot: str = ""
    papers: Sequence[tuple[str, str]] = ()  # code and title


@dataclass(frozen=True, slots=True)
class ByRule:
    """What the rule would give today for a date that an attorney set, and on which paper."""

    due: date | None
    differs: bool
    document_id: str | None


def by_rule(work: Work, line: Line) -> ByRule | None:
    """Say what the rule would now give for an override in force; nothing for other dates."""
    if line.kind is not DeadlineKind.OVERRIDE or line.superseded_on is not None:
        return None
    row = work.session.get_one(Deadline, line.id)
    try:
        found = clock.by_rule_now(work, row)
    except LawError:
        return None  # the track itself says what the law cannot count
    due = found.due if found else None
    return ByRule(due, differs=due != line.due, document_id=row.override_document_id)


def override(seen: Lens, line: Line) -> Override:
    """Say whether this person may set another date here, and list the papers of the matter."""
    role = seen.work.actor.role
    if line.kind is DeadlineKind.ORDER:
        return Override(cannot="A court fixed this date: only an order of the court changes it.")
    if not may(role, Right.OVERRIDE):
        return Override(cannot=refusal(role, Right.OVERRIDE))
    papers = seen.narrowed(line.matter_id).rows(lists.DOCUMENTS, DocumentLine)
    return Override(True, papers=[(each.id, each.title) for each in papers])


def look(work: Work, deadline_id: str) -> DeadlinePage:
    """Show a deadline: its proof, what it replaced or was replaced by, its history."""
    everything = lens(work)
    line = everything.one(lists.DEADLINE, Line, id=deadline_id)
    seen = everything.narrowed(line.matter_id)
    [found] = shown([line], seen.today, work.law.almanac.working)
    had = listed(seen, lists.DEADLINES_OF_KEY, key=line.key)
    rule = work.law.rules.get(line.rule or "")
    return DeadlinePage(
        shown=found,
        proof=seen.one(lists.PROOF, Proof, id=deadline_id),
        rule_title=rule.title if rule else "A day the court fixed",
        rule_cites=rule.cites if rule else "",
        rule_url=rule.url if rule else "",
        chain=sorted(had, key=lambda each: (each.line.known_on, each.line.superseded_on is None)),
        history=of_subjects(seen, [each.line.id for each in had]),
        flags=flags(seen),
        may_confirm=may(work.actor.role, Right.CONFIRM),
        cannot_confirm=""
        if may(work.actor.role, Right.CONFIRM)
        else refusal(work.actor.role, Right.CONFIRM),
        may_log=may(work.actor.role, Right.LOG) and line.closed_on is None,
        version=int(work.session.scalar(lists.DEADLINE_VERSION, {"id": deadline_id}) or 1),
        override=override(seen, line),
        by_rule=by_rule(work, line),
        by_court=chain_of(seen, line.lawsuit_id, line.key) if line.lawsuit_id else (),
    )
