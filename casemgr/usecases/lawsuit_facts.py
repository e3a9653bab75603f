"""What a lawsuit's dates are counted from: its docket and papers, read for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from casemgr.db.tables import (
    DocketEntry,
    Filing,
    Hearing,
    Lawsuit,
    LawsuitStatus,
    OrderDate,
    Service,
    WaitingDeadline,
)
from casemgr.domain.docket_entries import Named
from casemgr.domain.prose import day_as_known
from casemgr.domain.words import (
    AwaitedAct,
    Certainty,
    EntryKind,
    PeriodUnit,
    ServiceMethod,
    Side,
)
from casemgr.usecases.work import Work

OF_THE_COURT = frozenset({EntryKind.ORDER, EntryKind.OPINION, EntryKind.JUDGMENT})

# The shapes below have as fields columns of their tables; every one but the first names its
# lawsuit first, so that rows can be dealt out to their lawsuits.


class LawsuitRow(NamedTuple):
    """An action, as far as dates follow from it."""

    id: str
    matter_id: str
    court_id: str
    cited_as: str


class EntryFacts(NamedTuple):
    """A docket entry, as far as dates follow from it."""

    lawsuit_id: str
    id: str
    number: int | None
    part: int | None
    kind: EntryKind
    filed_by: Side
    filed_on: date
    entered_on: date | None
    until_on: date | None
    certainty: Certainty
    says: str
    answers_id: str | None
    hurts: Sequence[str]
    decides_ids: Sequence[str]
    without_rules: Sequence[str]

    @property
    def counts_from(self) -> date:
        """Return the day time runs from: of the court's own papers, that of their entry.

        Fed. R. Civ. P. 58(c), 79(a); Fed. R. App. P. 4(a)(7). Where the two days are not told
        apart, they are taken to be the same.
        """
        return self.entered_on if self.entered_on and self.kind in OF_THE_COURT else self.filed_on


class FilingFacts(NamedTuple):
    """When and how a paper on the docket was served."""

    lawsuit_id: str
    docket_entry_id: str | None
    served_on: date | None
    service: ServiceMethod | None


class ServiceFacts(NamedTuple):
    """On whom process was served, and when."""

    lawsuit_id: str
    us_attorney: bool
    attorney_general: bool
    party_id: str | None
    served_on_whom: str
    delivered_on: date | None

    @property
    def whom(self) -> str:
        """Return the same word for everything that was sent to the same person."""
        if self.us_attorney or self.attorney_general:
            return "us_attorney" if self.us_attorney else "attorney_general"
        return self.party_id or self.served_on_whom.casefold()


class OrderFacts(NamedTuple):
    """A date a court fixed."""

    lawsuit_id: str
    id: str
    docket_entry_id: str | None
    title: str
    whose: Side
    fixed_for: date
    words: str
    met_on: date | None
    met_by: str
    changes_key: str
    known_on: date
    every: int | None
    every_unit: PeriodUnit


class WaitingFacts(NamedTuple):
    """A period a court set running from a paper, or to a hearing, still to come."""

    lawsuit_id: str
    id: str
    docket_entry_id: str | None
    title: str
    whose: Side
    asks: EntryKind | None
    length: int
    unit: PeriodUnit
    act: AwaitedAct
    awaits: EntryKind | None
    awaits_by: Side | None
    fired_by_id: str | None
    hearing_id: str | None
    words: str
    every: int | None
    every_unit: PeriodUnit


class HearingFacts(NamedTuple):
    """A time a hearing was set for, as far as it decides motions and periods run to it."""

    lawsuit_id: str
    id: str
    first_id: str | None
    title: str
    starts_at: datetime
    zone: str
    outcome_known_on: date | None
    decides_ids: Sequence[str]
    superseded_on: date | None

    @property
    def on(self) -> date:
        """Return its day by the clock on the courtroom's wall."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()


class EndFacts(NamedTuple):
    """What somebody says ended the lawsuit, and since when."""

    lawsuit_id: str
    says: str
    since_on: date | None
    known_on: date

    @property
    def on(self) -> date:
        """Return the day from which the lawsuit is over."""
        return self.since_on or self.known_on


@dataclass(frozen=True)
class LawsuitFacts:
    """A lawsuit with everything its dates follow from, as known on the day of the work."""

    lawsuit: LawsuitRow
    entries: Sequence[EntryFacts]
    filings: Mapping[str, FilingFacts]  # by docket entry
    services: Sequence[ServiceFacts]
    order_dates: Sequence[OrderFacts]
    end: EndFacts | None
    waiting: Sequence[WaitingFacts] = ()
    hearings: Sequence[HearingFacts] = ()
    # By the motion: when it was decided, and by what.
    decided: Mapping[str, tuple[date, str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the lawsuit's code."""
        return self.lawsuit.id

    @cached_property
    def by_id(self) -> Mapping[str, EntryFacts]:
        """Return the entries by their codes."""
        return {each.id: each for each in self.entries}

    @cached_property
    def answering(self) -> Mapping[str, Sequence[EntryFacts]]:
        """Return by the entry those that answer it, in order."""
        found: defaultdict[str, list[EntryFacts]] = defaultdict(list)
        for each in self.entries:
            if each.answers_id is not None:
                found[each.answers_id].append(each)
        return found


def name(entry: Named) -> str:
    """Return an entry's short name: `Dkt. 102`, or its first words where it has no number."""
    if entry.number is not None:
        part = f"-{entry.part}" if entry.part is not None else ""
        return f"Dkt. {entry.number}{part}"
    kind = "entry" if entry.kind is EntryKind.OTHER else entry.kind.value.replace("_", " ")
    return f"the {kind} of {day_as_known(entry.filed_on, entry.certainty, year=False)}"


_IDS = sa.bindparam("ids", expanding=True, type_=sa.String())
_TODAY = sa.bindparam("today", type_=sa.Date())


def _known(table: type[SQLModel], names: Sequence[str]) -> sa.Select[Any]:
    shape: Any = table
    return (
        sa.select(*(getattr(table, each) for each in names))
        .where(shape.lawsuit_id.in_(_IDS), col(shape.known_on) <= _TODAY)
        .order_by(shape.id)
    )


_LAWSUITS = sa.select(*(getattr(Lawsuit, each) for each in LawsuitRow._fields)).where(
    col(Lawsuit.id).in_(_IDS)
)
_ENTRIES = _known(DocketEntry, EntryFacts._fields)
_FILINGS = _known(Filing, FilingFacts._fields)
_SERVICES = _known(Service, ServiceFacts._fields)
_ORDER_DATES = _known(OrderDate, OrderFacts._fields)
_WAITING = _known(WaitingDeadline, WaitingFacts._fields)
_HEARINGS = _known(Hearing, HearingFacts._fields)
_ENDS = _known(LawsuitStatus, EndFacts._fields).where(col(LawsuitStatus.ends_it).is_(True))


def read(work: Work, ids: Sequence[str]) -> Iterator[LawsuitFacts]:
    """Read lawsuits with what is known of them today, in the order asked, in eight statements."""

    def dealt(statement: sa.Select[Any]) -> Mapping[str, list[Any]]:
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for row in work.session.execute(statement, given):
            found[row[0]].append(row)
        return found

    given = {"ids": ids, "today": work.today}
    lawsuits, entries, filings = dealt(_LAWSUITS), dealt(_ENTRIES), dealt(_FILINGS)
    services, orders, waiting = dealt(_SERVICES), dealt(_ORDER_DATES), dealt(_WAITING)
    hearings, ends = dealt(_HEARINGS), dealt(_ENDS)
    for each in ids:
        docket = sorted(map(EntryFacts._make, entries[each]), key=_in_order)
        papers = map(FilingFacts._make, filings[each])
        heard = [HearingFacts._make(row) for row in hearings[each]]
        yield LawsuitFacts(
            lawsuit=LawsuitRow._make(lawsuits[each][0]),
            entries=docket,
            filings={one.docket_entry_id: one for one in papers if one.docket_entry_id},
            services=[ServiceFacts._make(row) for row in services[each]],
            order_dates=[OrderFacts._make(row) for row in orders[each]],
            waiting=[WaitingFacts._make(row) for row in waiting[each]],
            hearings=heard,
            end=min(map(EndFacts._make, ends[each]), key=lambda one: one.on, default=None),
            decided=dict(_decided(work, docket, heard)),
        )


def _in_order(entry: EntryFacts) -> tuple[date, int, int, str, str]:
    # By what they say and never by their codes: entries alike in every word may change places.
    return entry.filed_on, entry.number or 0, entry.part or 0, entry.kind.value, entry.says


def _decided(
    work: Work, entries: Sequence[EntryFacts], hearings: Sequence[HearingFacts]
) -> Iterator[tuple[str, tuple[date, str]]]:
    for entry in entries:
        for motion_id in entry.decides_ids:
            yield motion_id, (entry.counts_from, f"decided by {name(entry)}")
    for hearing in hearings:
        # A hearing decides once it has been held, not when it is set.
        if hearing.outcome_known_on is not None and hearing.outcome_known_on <= work.today:
            for motion_id in hearing.decides_ids:
                yield motion_id, (hearing.on, f"decided at the {hearing.title.lower()}")
