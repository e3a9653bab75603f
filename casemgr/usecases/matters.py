"""Matters: open one, change what it is called; flag what does not fit."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import BeforeValidator, Field
from sqlmodel import SQLModel, col

from casemgr.db import doors, tables
from casemgr.db.tables import Flag, Matter, Membership
from casemgr.domain.access import Right
from casemgr.fields import Aliases, Code, Day, Input, Name, Note, Printable, ShortText
from casemgr.usecases import conflicts, records
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Reference = Annotated[str, Field(max_length=60), Printable]

# What an inconsistency may be about, by the name of its table.
FLAGGED: dict[str, type[SQLModel]] = {
    str(each.__tablename__): each
    for each in (
        tables.FoiaRequest, tables.Track, tables.Event, tables.Lawsuit, tables.DocketEntry,
        tables.Filing, tables.OrderDate, tables.Hearing, tables.Party, tables.Declaration,
        tables.Document, tables.Production,
    )
}  # fmt: skip


def _lines(given: Any) -> Any:
    """Take names one a line, as a form sends them, for the list they mean."""
    if isinstance(given, str):
        return [line.strip() for line in given.splitlines() if line.strip()]
    return given


# Clients, opponents, whoever else the matter is about: what a conflict check looks for.
Names = Annotated[Aliases, BeforeValidator(_lines)]


class WordsInput(Input):
    """What a matter is called, what it is about, and whom."""

    title: Name
    reference: Reference = ""
    summary: Note = ""
    names: Names = []


class MatterInput(WordsInput):
    """What a matter is called, what it is about, and since when the office works on it."""

    opened_on: Day | None = None
    source: ShortText = ""


class OpenInput(MatterInput):
    """A matter to be opened; `cleared` says who looked at a possible conflict, and why it is none.

    `names` are looked for on every matter of the office first.
    """

    cleared: Note = ""


class FlagInput(Input):
    """An inconsistency somebody found, and the row it concerns."""

    subject_kind: Annotated[str, Field(max_length=32, pattern=r"^[a-z_]+$")]
    subject_id: Code
    says: Annotated[str, Field(min_length=1, max_length=1000), Printable]
    source: ShortText = ""


def open_matter(work: Work, given: OpenInput) -> Matter:
    """Open a matter, its names checked for conflicts; whoever opens it answers for it."""
    doors.allow(work.actor, Right.MANAGE)
    _check(work, given)
    conflicts.clear(work, given.names, given.cleared)
    values = given.model_dump(exclude={"opened_on", "cleared"})
    matter = Matter(opened_on=given.opened_on or work.today, known_on=work.today, **values)
    records.keep(work, matter)
    work.record("matter.opened", matter, title=matter.title)
    member = Membership(
        person_id=str(work.actor.id), matter_id=matter.id, since_on=work.today, responsible=True
    )
    records.keep(work, member)
    work.record("member.added", member, title=work.actor.name)
    return matter


def change_matter(
    work: Work, matter_id: str, given: MatterInput, *, version: int | None = None
) -> Matter:
    """Change what a matter is called, what it is about, or since when."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    records.not_overtaken(matter, version)
    _check(work, given)
    opened_on = given.opened_on or matter.opened_on
    given = given.model_copy(update={"opened_on": opened_on})
    records.change(work, matter, given, "matter.changed")
    return matter


def change_words(
    work: Work, matter_id: str, given: WordsInput, *, version: int | None = None
) -> Matter:
    """Change a matter's title, number, summary or names, and nothing else."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    records.not_overtaken(matter, version)
    records.change(work, matter, given, "matter.changed")
    return matter


def _check(work: Work, given: MatterInput) -> None:
    checks = Checks(work)
    checks.past(opened_on=given.opened_on)
    checks.done()


def flag(work: Work, matter_id: str, given: FlagInput) -> Flag:
    """Flag an inconsistency beside the fact it concerns; nothing is corrected by it."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    checks = Checks(work)
    table = FLAGGED.get(given.subject_kind)
    if table is None:
        checks.wrong("subject_kind", f"Choose one of {', '.join(sorted(FLAGGED))}.")
    else:
        checks.of_matter("subject_id", table, given.subject_id, matter.id)
    checks.done()
    row = Flag(
        matter_id=matter.id,
        number=_next_number(work, matter.id),
        known_on=work.today,
        **given.model_dump(),
    )
    records.keep(work, row)
    work.record("record.changed", row, changes=f"flag {row.number} to: {row.says[:200]}")
    return row


def _next_number(work: Work, matter_id: str) -> int:
    highest = work.session.execute(
        sa.select(sa.func.max(col(Flag.number))).where(col(Flag.matter_id) == matter_id)
    ).scalar_one()
    return int(highest or 0) + 1
