"""Productions: what came back, how many pages, under which exemptions the rest was kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casemgr.db import doors
from casemgr.db.tables import Event, Lawsuit, Production, Track
from casemgr.domain.access import Right
from casemgr.domain.words import Certainty
from casemgr.fields import Code, Day, Input, Name, Note, Printable, ShortText
from casemgr.usecases import records
from casemgr.usecases.event_details import Exemptions, Pages
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Bates = Annotated[str, Field(max_length=60), Printable]


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
    _check(work, matter.id, given)
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
    _check(work, row.matter_id, given)
    records.change(work, row, given)
    return row


def _check(work: Work, matter_id: str, given: ProductionInput) -> None:
    checks = Checks(work)
    checks.past(produced_on=given.produced_on)
    checks.of_matter("track_id", Track, given.track_id, matter_id)
    checks.of_matter("lawsuit_id", Lawsuit, given.lawsuit_id, matter_id)
    checks.of_matter("event_id", Event, given.event_id, matter_id)
    if given.bates_last and not given.bates_first:
        checks.wrong("bates_first", "Give the first Bates number too.")
    checks.done()
