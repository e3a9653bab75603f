"""The pace of productions: record how many pages are owed by when, and who fixed it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casemgr.db import doors
from casemgr.db.tables import DocketEntry, ProductionPace, Track
from casemgr.domain.access import Right
from casemgr.domain.words import Every, FixedBy, PagesCounted
from casemgr.fields import Code, Day, Input, Printable, ShortText
from casemgr.usecases import records
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Some = Annotated[int, Field(ge=1, le=10_000_000)]
Words = Annotated[str, Field(max_length=1000), Printable]


class PaceInput(Input):
    """So many pages at a time, from a day on, as an order or an agreement fixed it."""

    track_id: Code | None = None
    pages: Some
    every: Every = Every.MONTH
    counted: PagesCounted = PagesCounted.PROCESSED
    since_on: Day
    until_on: Day | None = None
    in_all: Some | None = None
    fixed_by: FixedBy
    docket_entry_id: Code | None = None
    words: Words = ""
    source: ShortText = ""


def record_pace(work: Work, matter_id: str, given: PaceInput) -> ProductionPace:
    """Record the pace at which records are owed; it holds until the next one begins."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check(work, matter.id, given)
    row = ProductionPace(matter_id=matter.id, known_on=work.today, **given.model_dump())
    records.keep(work, row)
    work.record("pace.recorded", row, title=said(given.pages, given.every))
    return row


def change_pace(
    work: Work, pace_id: str, given: PaceInput, *, version: int | None = None
) -> ProductionPace:
    """Correct what is on file of a pace."""
    row = doors.open_door(work.session, work.actor, ProductionPace, pace_id, Right.LOG, work.today)
    records.not_overtaken(row, version)
    _check(work, row.matter_id, given)
    records.change(work, row, given)
    return row


def said(pages: int, every: Every) -> str:
    """Return a pace as people say it.

    >>> said(650, Every.MONTH), said(500, Every.FORTNIGHT)
    ('650 pages a month', '500 pages every two weeks')
    """
    often = "every two weeks" if every is Every.FORTNIGHT else f"a {every}"
    return f"{pages:,} page{'' if pages == 1 else 's'} {often}"


def _check(work: Work, matter_id: str, given: PaceInput) -> None:
    checks = Checks(work)
    checks.of_matter("track_id", Track, given.track_id, matter_id)
    checks.of_matter("docket_entry_id", DocketEntry, given.docket_entry_id, matter_id)
    checks.in_order(given.since_on, given.until_on, "until_on")
    if not (given.docket_entry_id or given.source):
        checks.wrong("source", "Say which order or letter fixed it: a docket entry, or its name.")
    checks.done()
