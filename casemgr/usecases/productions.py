"""Productions: what came back, how many pages, under which exemptions the rest was kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Protocol

from pydantic import Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Event, Lawsuit, Production, Track
from casemgr.domain import bates
from casemgr.domain.access import Right
from casemgr.domain.bates import Range
from casemgr.domain.words import Certainty
from casemgr.fields import Code, Day, Input, Name, Note, Printable, ShortText
from casemgr.usecases import records
from casemgr.usecases.event_details import Exemptions, Pages
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Bates = Annotated[str, Field(max_length=60), Printable]
OVERLAP = (
    "{numbers} came with {title} already. Check both numbers; if the same pages came once more, "
    "say that they came before."
)


class Numbered(Protocol):
    """A production as far as its page numbers go."""

    @property
    def id(self) -> str: ...
    @property
    def track_id(self) -> str | None: ...
    @property
    def bates_first(self) -> str: ...
    @property
    def bates_last(self) -> str: ...


class ProductionInput(Input):
    """One release of records."""

    title: Name
    track_id: Code | None = None
    lawsuit_id: Code | None = None
    event_id: Code | None = None
    produced_on: Day | None = None
    certainty: Certainty = Certainty.EXACT
    bates_first: Bates = ""
    bates_last: Bates = ""
    again: bool = False  # the same pages came before
    pages_released: Pages | None = None
    pages_in_part: Pages | None = None
    pages_withheld: Pages | None = None
    pages_referred: Pages | None = None
    exemptions: Exemptions = []
    note: Note = ""
    source: ShortText = ""


def log_production(work: Work, matter_id: str, given: ProductionInput) -> Production:
    """Log a release of records, with what was kept back."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check(work, matter.id, given, None)
    row = Production(matter_id=matter.id, known_on=work.today, **given.model_dump())
    records.keep(work, row)
    work.record("production.logged", row, title=row.title)
    return row


def change_production(
    work: Work, production_id: str, given: ProductionInput, *, version: int | None = None
) -> Production:
    """Correct what is on file about a release."""
    row = doors.open_door(
        work.session, work.actor, Production, production_id, Right.LOG, work.today
    )
    records.not_overtaken(row, version)
    _check(work, row.matter_id, given, row)
    records.change(work, row, given)
    return row


def ranges(productions: Iterable[Numbered]) -> list[Range]:
    """Return the page ranges of productions; those with numbers that cannot be read are left out.

    A number of an older file may be none that we can read; it is told beside the production.
    """
    return [found for each in productions if (found := _range(each)) is not None]


def _range(each: Numbered) -> Range | None:
    try:
        return bates.span(each.id, each.bates_first, each.bates_last, each.track_id or "")
    except ValueError:
        return None


def _check(
    work: Work, matter_id: str, given: ProductionInput, production: Production | None
) -> None:
    checks = Checks(work)
    checks.past(produced_on=given.produced_on)
    checks.of_matter("track_id", Track, given.track_id, matter_id)
    checks.of_matter("lawsuit_id", Lawsuit, given.lawsuit_id, matter_id)
    checks.of_matter("event_id", Event, given.event_id, matter_id)
    if given.bates_last and not given.bates_first:
        checks.wrong("bates_first", "Give the first Bates number too.")
    elif given.bates_first:
        _check_numbers(checks, matter_id, given, production)
    checks.done()


def _check_numbers(
    checks: Checks, matter_id: str, given: ProductionInput, production: Production | None
) -> None:
    own = production.id if production else ""
    asked = _asked(checks, own, given)
    if asked is None or given.again:
        return
    others = _others(checks.work, matter_id, own)
    for each in bates.overlaps([asked, *ranges(others.values())]):
        if own in (each.one.id, each.other.id):
            there = others[each.other.id if each.one.id == own else each.one.id]
            checks.wrong("bates_first", OVERLAP.format(numbers=each.says, title=there.title))


def _asked(checks: Checks, own: str, given: ProductionInput) -> Range | None:
    """Return the range that was typed; None where it is none, which is then told."""
    name = "bates_first"
    try:
        bates.read(given.bates_first)
        name = "bates_last"
        return bates.span(own, given.bates_first, given.bates_last, given.track_id or "")
    except ValueError as wrong:
        checks.wrong(name, str(wrong))
        return None


def _others(work: Work, matter_id: str, own: str) -> dict[str, Production]:
    """Return the productions whose numbers a new one must not repeat, by their ids."""
    rows = work.session.exec(
        select(Production).where(
            Production.matter_id == matter_id,
            Production.bates_first != "",
            col(Production.again).is_(False),
            col(Production.known_on) <= work.today,
        )
    )
    return {row.id: row for row in rows if row.id != own}
