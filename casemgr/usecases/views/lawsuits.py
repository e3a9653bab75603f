"""Lawsuits: the docket with the dates each entry made, parties, hearings and order dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from casemgr.db import lists
from casemgr.domain.access import Right, may
from casemgr.errors import NotFound
from casemgr.usecases.views import docket_rows
from casemgr.usecases.views.deadlines import Shown, by_entry, listed
from casemgr.usecases.views.docket_rows import DocketRow
from casemgr.usecases.views.events import Event
from casemgr.usecases.views.lawsuit_rows import (
    Appearance,
    DocketPart,
    Entry,
    Hearing,
    LawsuitLine,
    OfLawsuit,
    OrderDate,
    Paper,
    Party,
    Read,
    Related,
    Service,
    Status,
    TrackInSuit,
)
from casemgr.usecases.views.lens import Flag, Lens, flags, lens
from casemgr.usecases.work import Work

Of = TypeVar("Of", bound=OfLawsuit)


@dataclass(frozen=True, slots=True)
class LawsuitPage:
    """An action with everything known of it today."""

    line: LawsuitLine
    statuses: list[Status]
    related: list[Related]
    entries: list[Entry]
    parties: list[Party]
    appearances: list[Appearance]
    services: list[Service]
    order_dates: list[OrderDate]
    hearings: list[Hearing]
    hearings_before: list[Hearing]  # times that no longer stand, the newest change first
    appeals: list[LawsuitLine]
    below: LawsuitLine | None
    deadlines: list[Shown]
    made: Mapping[str, list[Shown]]
    tracks: list[TrackInSuit]
    events: list[Event]
    flags: dict[str, list[Flag]]
    may_log: bool
    papers: list[Paper]
    reads: list[Read]
    by_id: Mapping[str, Entry]
    said: Mapping[str, list[str]]  # what papers say of an entry

    def readings(self, entry: Entry) -> list[str]:
        """Return what the court's docket says of an entry, where ours says it otherwise."""
        return [says for says in self.said.get(entry.id, ()) if says != entry.says]

    @property
    def rows(self) -> list[DocketRow[Entry]]:
        """Return the docket paper by paper, each with its attachments."""
        return list(docket_rows.rows(self.entries))

    def part_of_docket(self, number: int = 1, entry_id: str = "") -> DocketPart:
        """Return one part of the docket, newest first: by its number, or that with an entry."""
        return DocketPart.of(self.rows, number, entry_id)

    def entry(self, entry_id: str | None) -> Entry | None:
        """Return an entry of this docket by its id."""
        return self.by_id.get(entry_id or "")


def look(work: Work, lawsuit_id: str) -> LawsuitPage:
    """Show a lawsuit: its docket, with the dates each entry made."""
    seen = lens(work)
    every = seen.rows(lists.LAWSUITS, LawsuitLine)
    line = next((each for each in every if each.id == lawsuit_id), None)
    if line is None:
        raise NotFound
    found = pages_of(seen.narrowed(line.matter_id), only=lawsuit_id)
    return found[0]


def pages_of(seen: Lens, only: str | None = None) -> list[LawsuitPage]:
    """Return every lawsuit of the matters seen, or one, each list asked for once."""
    lines = seen.rows(lists.LAWSUITS, LawsuitLine)
    statuses = _of(seen.rows(lists.STATUSES, Status))
    related = _of(seen.rows(lists.RELATED, Related))
    entries = _of(seen.rows(lists.DOCKET, Entry))
    parties = _of(seen.rows(lists.PARTIES, Party))
    appearances = _of(seen.rows(lists.APPEARANCES, Appearance))
    services = _of(seen.rows(lists.SERVICES, Service))
    order_dates = _of(seen.rows(lists.ORDER_DATES, OrderDate))
    hearings = _of(seen.rows(lists.HEARINGS, Hearing))
    dates = listed(seen, lists.CURRENT_DEADLINES)
    its_flags = flags(seen)
    tracks = seen.rows(lists.TRACKS_IN_SUIT, TrackInSuit, lawsuit_id=only) if only else []
    events = seen.rows(lists.EVENTS_OF_LAWSUIT, Event, lawsuit_id=only) if only else []
    papers = seen.rows(lists.DOCKET_PAPERS, Paper, lawsuit_id=only) if only else []
    reads = seen.rows(lists.DOCKET_LINES, Read, lawsuit_id=only) if only else []
    said: dict[str, list[str]] = {}
    for each in reads:
        said.setdefault(each.docket_entry_id, []).append(each.says)
    return [
        LawsuitPage(
            line=line,
            statuses=statuses.get(line.id, []),
            related=related.get(line.id, []),
            entries=entries.get(line.id, []),
            parties=parties.get(line.id, []),
            appearances=appearances.get(line.id, []),
            services=services.get(line.id, []),
            order_dates=order_dates.get(line.id, []),
            hearings=[each for each in hearings.get(line.id, []) if _stands(each)],
            hearings_before=_before(hearings.get(line.id, [])),
            appeals=[each for each in lines if each.below_id == line.id],
            below=next((each for each in lines if each.id == line.below_id), None),
            deadlines=(its := [each for each in dates if each.line.lawsuit_id == line.id]),
            made=by_entry(its),
            tracks=tracks,
            events=events,
            flags=its_flags,
            may_log=may(seen.work.actor.role, Right.LOG) and line.closed_on is None,
            papers=papers,
            reads=reads,
            by_id={each.id: each for each in entries.get(line.id, [])},
            said=said,
        )
        for line in lines
        if only in (None, line.id)
    ]


def _stands(hearing: Hearing) -> bool:
    return hearing.superseded_on is None


def _before(hearings: list[Hearing]) -> list[Hearing]:
    over = [each for each in hearings if not _stands(each)]
    return sorted(over, key=lambda each: each.superseded_on or date.min, reverse=True)


@dataclass(frozen=True, slots=True)
class LawsuitPeople:
    """The parties, counsel and service of one lawsuit."""

    line: LawsuitLine
    parties: list[Party]
    appearances: list[Appearance]
    services: list[Service]
    flags: dict[str, list[Flag]]


def people_of(seen: Lens, its_flags: dict[str, list[Flag]]) -> list[LawsuitPeople]:
    """Return who is in every lawsuit of the matters seen, and nothing else of it."""
    lines = seen.rows(lists.LAWSUITS, LawsuitLine)
    parties = _of(seen.rows(lists.PARTIES, Party))
    appearances = _of(seen.rows(lists.APPEARANCES, Appearance))
    services = _of(seen.rows(lists.SERVICES, Service))
    return [
        LawsuitPeople(
            line,
            parties.get(line.id, []),
            appearances.get(line.id, []),
            services.get(line.id, []),
            its_flags,
        )
        for line in lines
    ]


def _of(rows: list[Of]) -> dict[str, list[Of]]:
    found: dict[str, list[Of]] = {}
    for row in rows:
        found.setdefault(row.lawsuit_id, []).append(row)
    return found
