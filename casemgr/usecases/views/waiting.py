"""Waiting deadlines of a lawsuit: those on file, and those that its docket's words propose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casemgr.db import suit_lists
from casemgr.domain.clerk_dates import awaited
from casemgr.domain.waiting import happens, is_to_a_hearing, period
from casemgr.domain.words import AwaitedAct, EntryKind, PeriodUnit, Side
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.lawsuit_rows import Entry
from casemgr.usecases.views.lawsuits import LawsuitPage
from casemgr.usecases.views.lens import lens
from casemgr.usecases.waiting import WaitingInput, proposed
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A waiting deadline as a list shows it."""

    id: str
    docket_entry_id: str | None
    title: str
    whose: Side
    length: int
    unit: PeriodUnit
    act: AwaitedAct
    awaits: EntryKind | None
    awaits_by: Side | None
    fired_by_id: str | None
    hearing_id: str | None
    every: int | None
    every_unit: PeriodUnit
    words: str
    source: str

    @property
    def says(self) -> str:
        """Return what it waits for, in words."""
        return in_words(self)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A period that an entry's words set and nobody recorded."""

    entry: Entry
    given: WaitingInput

    @property
    def says(self) -> str:
        """Return what it would wait for, in words."""
        return in_words(self.given)

    @property
    def to_a_hearing(self) -> bool:
        """Say whether it runs to a hearing, which a person may choose."""
        return is_to_a_hearing(self.given)


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """The waiting deadlines of a lawsuit with their dates, and the proposals."""

    lines: list[tuple[WaitingLine, Shown | None]]
    proposed: tuple[Proposed, ...]


def in_words(each: WaitingLine | WaitingInput) -> str:
    """Return what fires a waiting deadline and how long it then runs.

    `seven days after their opposition is served`
    """
    again = f", and every {period(each.every, each.every_unit)} after that" if each.every else ""
    return f"{_first_in_words(each)}{again}"


def _first_in_words(each: WaitingLine | WaitingInput) -> str:
    if is_to_a_hearing(each):
        way = "before" if each.act is AwaitedAct.BEFORE_HEARING else "after"
        return f"{period(each.length, each.unit)} {way} the hearing"
    whose = {Side.OURS: "our ", Side.THEIRS: "their ", Side.COURT: "the court's "}
    paper = each.awaits.value.replace("_", " ") if each.awaits else "paper"
    by = whose[each.awaits_by] if each.awaits_by else "the "
    return f"{period(each.length, each.unit)} after {by}{paper} is {happens(each.act)}"


def look(work: Work, page: LawsuitPage) -> WaitingPage:
    """Show the waiting deadlines of a lawsuit that somebody may see."""
    seen = lens(work).narrowed(page.line.matter_id)
    lines = seen.rows(suit_lists.WAITING, WaitingLine, lawsuit_id=page.line.id)
    dates = {each.line.key: each for each in page.deadlines}
    return WaitingPage(
        lines=[(each, dates.get(f"{each.id}:waiting")) for each in lines],
        proposed=tuple(_proposed(page, lines)),
    )


def _proposed(page: LawsuitPage, lines: Sequence[WaitingLine]) -> Iterator[Proposed]:
    kept = {(each.docket_entry_id, each.words) for each in lines}
    texts = {each.docket_entry_id: each.says for each in page.reads}  # the newest comes last
    for entry in sorted(page.entries, key=lambda each: (each.filed_on, each.number or 0)):
        for found in awaited(texts.get(entry.id, entry.says)):
            given = proposed(entry.id, entry.name, found)
            if (entry.id, given.words) not in kept:
                yield Proposed(entry, given)
