"""Matters: the list, the overview, and the pages beneath a matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.db import lists
from casemgr.domain.access import Right, may
from casemgr.domain.words import Certainty, Confidence, DeadlineState, Role, Side
from casemgr.usecases.views.deadlines import Shown, listed
from casemgr.usecases.views.declarations import DeclarationLine
from casemgr.usecases.views.documents import DocumentLine, LetterLine
from casemgr.usecases.views.events import Event
from casemgr.usecases.views.lawsuit_rows import Entry, LawsuitLine, Party
from casemgr.usecases.views.lawsuits import LawsuitPage, pages_of
from casemgr.usecases.views.lens import Flag, Lens, flags, lens
from casemgr.usecases.views.requests import RequestLine
from casemgr.usecases.work import Work

LATEST = 10


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter as a list shows it."""

    id: str
    reference: str
    title: str
    summary: str
    names: list[str]
    practice: bool
    opened_on: date
    closed_on: date | None
    source: str
    confidence: Confidence
    version: int
    requests: int
    lawsuits: int
    next_due: date | None

    def is_closed(self, today: date) -> bool:
        """Say whether the matter is closed on a day."""
        return self.closed_on is not None and self.closed_on <= today


@dataclass(frozen=True, slots=True)
class Task:
    """A plan of the office; never a legal deadline."""

    id: str
    matter_id: str
    title: str
    note: str
    due_on: date | None
    version: int
    person: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the office on a matter."""

    name: str
    role: Role
    title: str
    responsible: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, from the events or the docket, with where to read more."""

    id: str
    on: date
    until_on: date | None
    certainty: Certainty
    what: str
    says: str
    href: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter and the numbers of what is beneath it, as every page of it shows."""

    line: MatterLine
    flags: dict[str, list[Flag]]
    may_log: bool
    may_manage: bool
    closed_on: date | None = None  # where it is closed today
    may_export: bool = False

    @property
    def every_flag(self) -> list[Flag]:
        """Return its flags in the order of their numbers."""
        return sorted((f for each in self.flags.values() for f in each), key=lambda f: f.number)


@dataclass(frozen=True, slots=True)
class Overview:
    """A matter at a glance."""

    matter: Matter
    next_dates: list[Shown]
    lawsuits: list[LawsuitLine]
    parties: list[Party]
    members: list[Member]
    happened: list[Happening]
    tasks: list[Task]
    declarations: list[DeclarationLine]


def every(seen: Lens) -> list[MatterLine]:
    """Return the matters that may be seen."""
    return seen.rows(lists.MATTERS_OF_MINE, MatterLine)


def look_at_all(work: Work) -> list[MatterLine]:
    """Show the actor's matters."""
    return every(lens(work))


def head(work: Work, matter_id: str) -> tuple[Lens, Matter]:
    """Return the lens on one matter, and what stands at the head of each of its pages."""
    seen = lens(work).narrowed(matter_id)
    line = seen.one(lists.MATTER, MatterLine, id=matter_id)
    role = work.actor.role
    closed_on = line.closed_on if line.is_closed(seen.today) else None
    may_log = may(role, Right.LOG) and closed_on is None
    may_manage, may_export = may(role, Right.MANAGE), may(role, Right.EXPORT)
    return seen, Matter(line, flags(seen), may_log, may_manage, closed_on, may_export)


def look(work: Work, matter_id: str) -> Overview:
    """Show a matter: the next dates, who is who, what happened."""
    seen, matter = head(work, matter_id)
    dates = listed(seen, lists.OPEN_DEADLINES)
    return Overview(
        matter=matter,
        next_dates=next_of(dates, seen.today),
        lawsuits=seen.rows(lists.LAWSUITS, LawsuitLine),
        parties=seen.rows(lists.PARTIES, Party),
        members=seen.rows(lists.MEMBERS, Member, matter_id=matter_id),
        happened=happened(seen, matter_id),
        tasks=seen.rows(lists.TASKS, Task),
        declarations=seen.rows(lists.DECLARATIONS, DeclarationLine),
    )


NEXT = 5


def next_of(dates: Sequence[Shown], today: date) -> list[Shown]:
    """Return the few dates to look at next, by day: what is past first, what has no day last.

    Where there are more, days the other side let pass give way to ours and to what is to come.
    """
    chosen = sorted(dates, key=lambda each: (_rank(each, today), each.first_day or today))
    return sorted(chosen[:NEXT], key=lambda each: each.first_day or date.max)


def _rank(each: Shown, today: date) -> int:
    if each.first_day is None:
        return 3
    past = each.first_day < today and each.state is not DeadlineState.NOT_CONFIRMED
    return 2 if past and each.line.whose is Side.THEIRS else 1


def happened(seen: Lens, matter_id: str) -> list[Happening]:
    """Return the latest of what happened, from events and docket together."""
    events = seen.rows(lists.LATEST_EVENTS, Event, matter_id=matter_id, limit=LATEST * 3)
    entries = seen.rows(lists.LATEST_DOCKET, Entry, matter_id=matter_id, limit=LATEST)
    found = [*_once(events), *map(_of_entry, entries)]
    return sorted(found, key=lambda each: each.on, reverse=True)[:LATEST]


def _once(events: Sequence[Event]) -> list[Happening]:
    """What happened to several tracks on one day in the same words is one line."""
    found: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        found.setdefault((event.kind, event.happened_on, event.says), []).append(event)
    return [_of_events(same) for same in found.values()]


def _of_events(same: Sequence[Event]) -> Happening:
    event = same[0]
    names = ", ".join(sorted({each.agency for each in same if each.agency}))
    where = f"/lawsuits/{event.lawsuit_id}"
    if event.track_id:
        where = f"/requests/{event.request_id}/{event.track_id}#{event.id}"
    return Happening(
        event.id,
        event.happened_on,
        event.until_on,
        event.certainty,
        names,
        event.says or event.kind.value.replace("_", " ").capitalize(),
        where,
        event.source,
        event.confidence,
    )


def _of_entry(entry: Entry) -> Happening:
    return Happening(
        entry.id,
        entry.filed_on,
        entry.until_on,
        entry.certainty,
        "Docket" if entry.number is None else entry.name,
        entry.says,
        f"/lawsuits/{entry.lawsuit_id}#{entry.id}",
        entry.source,
        entry.confidence,
    )


@dataclass(frozen=True, slots=True)
class Beneath:
    """One page beneath a matter: its head, and whatever the page lists."""

    matter: Matter
    requests: Sequence[RequestLine] = ()
    lawsuits: Sequence[LawsuitPage] = ()
    deadlines: Sequence[Shown] = ()
    replaced: Sequence[Shown] = ()
    declarations: Sequence[DeclarationLine] = ()
    documents: Sequence[DocumentLine] = ()
    letters: Sequence[LetterLine] = ()
    tasks: Sequence[Task] = ()


def its_requests(work: Work, matter_id: str) -> Beneath:
    """Show the requests of a matter."""
    seen, matter = head(work, matter_id)
    return Beneath(matter, requests=seen.rows(lists.REQUESTS, RequestLine))


def its_docket(work: Work, matter_id: str) -> Beneath:
    """Show the docket of each lawsuit of a matter."""
    seen, matter = head(work, matter_id)
    return Beneath(matter, lawsuits=pages_of(seen))


def its_deadlines(work: Work, matter_id: str) -> Beneath:
    """Show every deadline of a matter: open, done, and those that others replaced."""
    seen, matter = head(work, matter_id)
    found = listed(seen, lists.DEADLINES)
    current = [each for each in found if each.state is not DeadlineState.SUPERSEDED]
    replaced = [each for each in found if each.state is DeadlineState.SUPERSEDED]
    return Beneath(matter, deadlines=current, replaced=replaced)


def its_declarations(work: Work, matter_id: str) -> Beneath:
    """Show the declarations of a matter."""
    seen, matter = head(work, matter_id)
    return Beneath(matter, declarations=seen.rows(lists.DECLARATIONS, DeclarationLine))


def its_documents(work: Work, matter_id: str) -> Beneath:
    """Show the documents of a matter and the letters made from it."""
    seen, matter = head(work, matter_id)
    return Beneath(
        matter,
        documents=seen.rows(lists.DOCUMENTS, DocumentLine),
        letters=seen.rows(lists.LETTERS, LetterLine),
    )


def its_flags(work: Work, matter_id: str) -> Beneath:
    """Show the inconsistencies found in the sources of a matter."""
    _, matter = head(work, matter_id)
    return Beneath(matter)


def members(seen: Lens, matter_id: str) -> list[Member]:
    """Return who of the office is on a matter."""
    return seen.rows(lists.MEMBERS, Member, matter_id=matter_id)
