"""Lawsuits: record the action, its docket, the papers in it and how they were served."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, TypeVar

from pydantic import Field
from sqlmodel import SQLModel, select

from casemgr.db import doors
from casemgr.db.tables import (
    Court,
    DocketEntry,
    Document,
    Filing,
    Lawsuit,
    LawsuitStatus,
    LawsuitTrack,
    RelatedLawsuit,
    Track,
)
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import Certainty, EntryKind, ServiceMethod, Side
from casemgr.fields import (
    Code,
    Day,
    DocketNumber,
    Input,
    Note,
    Printable,
    ShortText,
    docket_number,
)
from casemgr.usecases import clock, courts, lawsuit_facts, records
from casemgr.usecases.records import Checks, Row
from casemgr.usecases.work import Work

Title = Annotated[str, Field(min_length=1, max_length=300), Printable]
ShortTitle = Annotated[str, Field(max_length=300), Printable]
Short = Annotated[str, Field(max_length=200), Printable]
Position = Annotated[int, Field(ge=1, le=10_000)]
EntryNumber = Annotated[int, Field(ge=1, le=99_999)]
Ids = Annotated[list[Code], Field(max_length=50)]
Given = TypeVar("Given", bound=Input)
# What a fact must be before it is kept; given back as it is to be kept.
Check = Callable[[Work, Lawsuit, Given], Given]
RuleId = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_.]+$")]
DirectoryId = Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[A-Za-z0-9_.-]+$")]


class LawsuitInput(Input):
    """One action in one court; the court may be any federal one, by its courts-db id."""

    court_id: DirectoryId
    docket_number: DocketNumber
    title: Title
    judge: Short = ""
    magistrate: Short = ""
    filed_on: Day | None = None
    below_id: Code | None = None
    note: Note = ""
    source: ShortText = ""


class StatusInput(Input):
    """What somebody says the status of a lawsuit is, and since when."""

    says: Title
    since_on: Day | None = None
    ends_it: bool = False
    source: ShortText = ""


class RelatedInput(Input):
    """Another action that a person should not confuse with this one, or should know of."""

    number: Annotated[str, Field(min_length=1, max_length=60), Printable]
    title: ShortTitle = ""
    how: ShortTitle = ""
    source: ShortText = ""


class DocketEntryInput(Input):
    """A row of the court's docket, as far as dates follow from it.

    `without_rules` are the rules it does not set going here, such as where the judge's practices
    set another time: their dates are not made.
    """

    number: EntryNumber | None = None
    part: Annotated[int, Field(ge=1, le=999)] | None = None
    kind: EntryKind
    filed_by: Side
    filed_on: Day
    entered_on: Day | None = None
    until_on: Day | None = None
    certainty: Certainty = Certainty.EXACT
    says: Annotated[str, Field(min_length=1, max_length=20_000), Printable]
    answers_id: Code | None = None
    hurts: Annotated[list[Side], Field(max_length=3)] = []
    decides_ids: Ids = []
    without_rules: Annotated[list[RuleId], Field(max_length=20)] = []
    document_id: Code | None = None
    source: ShortText = ""


class FilingInput(Input):
    """A paper we or they filed or served, with how and when it was served."""

    title: Title
    filed_by: Side
    docket_entry_id: Code | None = None
    filed_on: Day | None = None
    served_on: Day | None = None
    service: ServiceMethod | None = None
    source: ShortText = ""


# --- lawsuits


def record_lawsuit(work: Work, matter_id: str, given: LawsuitInput) -> Lawsuit:
    """Record an action and its docket number, whichever way it was typed."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    number = docket_number(given.docket_number)
    _check_lawsuit(work, matter.id, given, number, None)
    lawsuit = Lawsuit(
        matter_id=matter.id,
        cited_as=given.docket_number,
        known_on=work.today,
        **{**given.model_dump(), "docket_number": number},
    )
    records.keep(work, lawsuit)
    work.record("lawsuit.recorded", lawsuit, title=lawsuit.title)
    clock.project_lawsuit(work, lawsuit.id, because="the lawsuit was recorded")
    return lawsuit


def change_lawsuit(
    work: Work, lawsuit_id: str, given: LawsuitInput, *, version: int | None = None
) -> Lawsuit:
    """Correct what is on file about an action."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    records.not_overtaken(lawsuit, version)
    number = docket_number(given.docket_number)
    _check_lawsuit(work, lawsuit.matter_id, given, number, lawsuit)
    values = {**given.model_dump(), "docket_number": number}
    if number != lawsuit.docket_number:
        values["cited_as"] = given.docket_number
    if records.assign(work, lawsuit, values):
        clock.project_lawsuit(work, lawsuit.id, because="the lawsuit was corrected")
    return lawsuit


def _check_lawsuit(
    work: Work, matter_id: str, given: LawsuitInput, number: str, lawsuit: Lawsuit | None
) -> None:
    courts.put_on_file(work, given.court_id)
    checks = Checks(work)
    checks.in_directory("court_id", Court, given.court_id)
    checks.past(filed_on=given.filed_on)
    checks.of_matter("below_id", Lawsuit, given.below_id, matter_id)
    if lawsuit is not None and given.below_id == lawsuit.id:
        checks.wrong("below_id", "A lawsuit is not its own appeal. Choose the action below.")
    # Asked within the matter only: elsewhere the answer would tell a stranger of the lawsuit.
    taken = work.session.exec(
        select(Lawsuit.id).where(
            Lawsuit.matter_id == matter_id,
            Lawsuit.court_id == given.court_id,
            Lawsuit.docket_number == number,
        )
    ).first()
    if taken is not None and (lawsuit is None or taken != lawsuit.id):
        checks.wrong("docket_number", f"{number} is on this matter already. Change it there.")
    checks.done()


def record_status(work: Work, lawsuit_id: str, given: StatusInput) -> LawsuitStatus:
    """Record what a source says the status is; one that ends the lawsuit closes what is open."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    _check_status(work, given)
    status = LawsuitStatus(lawsuit_id=lawsuit.id, known_on=work.today, **given.model_dump())
    records.keep(work, status)
    work.record("record.changed", lawsuit, changes=f"status to {given.says}")
    clock.project_lawsuit(work, lawsuit.id, because=f"the status was recorded: {given.says}")
    return status


def change_status(work: Work, status_id: str, given: StatusInput) -> LawsuitStatus:
    """Correct what a source says the status is."""
    status = open_row(work, LawsuitStatus, status_id, None)
    lawsuit = lawsuit_to_change(work, status.lawsuit_id)
    _check_status(work, given)
    if records.change(work, status, given, about=lawsuit):
        project(work, lawsuit.id, because=f"the status was corrected: {given.says}")
    return status


def _check_status(work: Work, given: StatusInput) -> None:
    checks = Checks(work)
    checks.past(since_on=given.since_on)
    checks.done()


def record_related(work: Work, lawsuit_id: str, given: RelatedInput) -> RelatedLawsuit:
    """Record another action that belongs beside this one."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    related = RelatedLawsuit(lawsuit_id=lawsuit.id, known_on=work.today, **given.model_dump())
    records.keep(work, related)
    work.record("record.changed", lawsuit, changes=f"related lawsuits to include {given.number}")
    return related


def change_related(work: Work, related_id: str, given: RelatedInput) -> RelatedLawsuit:
    """Correct what is on file about a related action."""
    related = open_row(work, RelatedLawsuit, related_id, None)
    records.change(work, related, given, about=lawsuit_to_change(work, related.lawsuit_id))
    return related


def sue_on_track(work: Work, lawsuit_id: str, track_id: str) -> LawsuitTrack:
    """Note that a track is in suit in this action; said twice, it stays said once."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    checks = Checks(work)
    checks.of_matter("track_id", Track, track_id, lawsuit.matter_id)
    checks.done()
    if (there := work.session.get(LawsuitTrack, (lawsuit.id, track_id))) is not None:
        return there
    joined = records.keep(work, LawsuitTrack(lawsuit_id=lawsuit.id, track_id=track_id))
    work.record("record.changed", lawsuit, changes="tracks in suit to include one more")
    return joined


# --- the docket


def record_docket_entry(work: Work, lawsuit_id: str, given: DocketEntryInput) -> DocketEntry:
    """Record a row of the docket, and every date that follows from it."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    _check_entry(work, lawsuit, given, None)
    entry = DocketEntry(
        matter_id=lawsuit.matter_id,
        lawsuit_id=lawsuit.id,
        known_on=work.today,
        **given.model_dump(mode="python"),
    )
    records.keep(work, entry)
    work.record("docket_entry.recorded", entry, title=lawsuit_facts.name(entry))
    project(work, lawsuit.id, f"{lawsuit_facts.name(entry)} was recorded")
    return entry


def change_docket_entry(
    work: Work, entry_id: str, given: DocketEntryInput, *, version: int | None = None
) -> DocketEntry:
    """Correct a row of the docket, and bring the dates it made into step."""
    entry = doors.docket_entry(work.session, work.actor, entry_id, Right.LOG, work.today)
    records.not_overtaken(entry, version)
    _check_entry(work, lawsuit_to_change(work, entry.lawsuit_id), given, entry)
    if records.change(work, entry, given):
        project(work, entry.lawsuit_id, f"{lawsuit_facts.name(entry)} was corrected")
    return entry


def _check_entry(
    work: Work, lawsuit: Lawsuit, given: DocketEntryInput, entry: DocketEntry | None
) -> None:
    checks = Checks(work)
    checks.past(filed_on=given.filed_on, until_on=given.until_on, entered_on=given.entered_on)
    checks.in_order(given.filed_on, given.until_on, "until_on")
    checks.of_matter("document_id", Document, given.document_id, lawsuit.matter_id)
    of_lawsuit(checks, "answers_id", DocketEntry, given.answers_id, lawsuit.id)
    of_lawsuit(checks, "decides_ids", DocketEntry, given.decides_ids, lawsuit.id)
    checks.of_a_party("hurts", *given.hurts)
    for rule in given.without_rules:
        if rule not in work.law_files.rules:
            checks.wrong("without_rules", f"There is no rule {rule}. Leave it out.")
    for name, sentence in (*_entry_alone(given, entry), *_entry_among(work, lawsuit, given, entry)):
        checks.wrong(name, sentence)
    checks.done()


def _entry_alone(given: DocketEntryInput, entry: DocketEntry | None) -> Iterator[tuple[str, str]]:
    if given.part is not None and given.number is None:
        yield "number", "An attachment belongs to a numbered entry. Give its number too."
    if given.until_on is not None and given.certainty is Certainty.EXACT:
        yield (
            "certainty",
            "Between two days is not exact. Choose about, or leave the second day out.",
        )
    if given.kind is EntryKind.COMPLAINT and given.filed_by is Side.COURT:
        yield "filed_by", "A court files no complaint. Choose whose it is."
    if entry is not None and given.answers_id == entry.id:
        yield "answers_id", "An entry does not answer itself. Choose the one it answers."
    if entry is not None and entry.id in given.decides_ids:
        yield "decides_ids", "An entry does not decide itself. Choose the motion it decides."


def _entry_among(
    work: Work, lawsuit: Lawsuit, given: DocketEntryInput, entry: DocketEntry | None
) -> Iterator[tuple[str, str]]:
    others = _entries(work, lawsuit.id, without=entry)
    if given.number is not None and any(
        (each.number, each.part) == (given.number, given.part) for each in others
    ):
        yield "number", f"{_numbered(given)} is on this docket already. Change it there."
    answered = next((each for each in others if each.id == given.answers_id), None)
    last = given.until_on or given.filed_on
    if answered is not None and last < answered.filed_on:
        yield (
            "filed_on",
            (
                f"It cannot answer a paper filed later, on {long_day(answered.filed_on)}. "
                "Check both days."
            ),
        )
    complaint = next((each for each in others if each.kind is EntryKind.COMPLAINT), None)
    if complaint is not None and last < complaint.filed_on:
        yield (
            "filed_on",
            f"Nothing is on the docket before the complaint of {long_day(complaint.filed_on)}.",
        )


def _numbered(given: DocketEntryInput) -> str:
    part = "" if given.part is None else f"-{given.part}"
    return f"Dkt. {given.number}{part}"


def _entries(work: Work, lawsuit_id: str, *, without: DocketEntry | None) -> Sequence[DocketEntry]:
    rows = work.session.exec(select(DocketEntry).where(DocketEntry.lawsuit_id == lawsuit_id)).all()
    return [each for each in rows if without is None or each.id != without.id]


def record_filing(work: Work, lawsuit_id: str, given: FilingInput) -> Filing:
    """Record a paper with the day and manner of its service, from which the answer's day counts."""
    return record_fact(
        work,
        lawsuit_id,
        Filing,
        given,
        _check_filing,
        tag="filing.recorded",
        title=given.title,
        because=f"the filing {given.title} was recorded",
    )


def change_filing(
    work: Work, filing_id: str, given: FilingInput, *, version: int | None = None
) -> Filing:
    """Correct a paper's service, and bring the dates into step."""
    because = f"the filing {given.title} was corrected"
    return change_fact(
        work, Filing, filing_id, given, _check_filing, version=version, because=because
    )


def _check_filing(work: Work, lawsuit: Lawsuit, given: FilingInput) -> FilingInput:
    checks = Checks(work)
    checks.past(filed_on=given.filed_on, served_on=given.served_on)
    of_lawsuit(checks, "docket_entry_id", DocketEntry, given.docket_entry_id, lawsuit.id)
    if given.service is not None and given.served_on is None:
        checks.wrong("served_on", "Give the day of service too, or leave its manner out.")
    checks.done()
    return given


# --- shared steps


def lawsuit_to_change(work: Work, lawsuit_id: str) -> Lawsuit:
    """Return a lawsuit to somebody who may log facts in it."""
    return doors.lawsuit(work.session, work.actor, lawsuit_id, Right.LOG, work.today)


def open_row(work: Work, table: type[Row], row_id: str, version: int | None) -> Row:
    """Return a row of a lawsuit to somebody who may change it and saw its newest version."""
    row = doors.open_door(work.session, work.actor, table, row_id, Right.LOG, work.today)
    records.not_overtaken(row, version)
    return row


def record(
    work: Work, lawsuit: Lawsuit, table: type[Row], given: Input, tag: str, title: str
) -> Row:
    """Keep a new row of a lawsuit, known from today on, and record it."""
    row = table(
        matter_id=lawsuit.matter_id,
        lawsuit_id=lawsuit.id,
        known_on=work.today,
        **given.model_dump(),
    )
    records.keep(work, row)
    work.record(tag, row, title=title)
    return row


def record_fact(
    work: Work,
    lawsuit_id: str,
    table: type[Row],
    given: Given,
    check: Check[Given],
    *,
    tag: str,
    title: str,
    because: str,
) -> Row:
    """Check a fact of a lawsuit, keep it, record it, and bring the dates into step."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    row = record(work, lawsuit, table, check(work, lawsuit, given), tag, title)
    project(work, lawsuit.id, because)
    return row


def change_fact(
    work: Work,
    table: type[Row],
    row_id: str,
    given: Given,
    check: Check[Given],
    *,
    version: int | None,
    because: str,
) -> Row:
    """Check a fact as corrected, keep it, and bring the dates into step if anything differs."""
    row = open_row(work, table, row_id, version)
    lawsuit = lawsuit_to_change(work, row.lawsuit_id)  # type: ignore[attr-defined]
    if records.change(work, row, check(work, lawsuit, given)):
        project(work, lawsuit.id, because)
    return row


def project(work: Work, lawsuit_id: str, because: str) -> None:
    """Bring the lawsuit's deadlines into step with its facts."""
    clock.project_lawsuit(work, lawsuit_id, because=because)


def of_lawsuit(
    checks: Checks, name: str, table: type[SQLModel], ids: str | list[str] | None, lawsuit_id: str
) -> None:
    """Refuse ids of rows that are not in this lawsuit, or not known yet."""
    for each in [ids] if isinstance(ids, str) else ids or []:
        row = checks.work.session.get(table, each)
        if (
            row is None
            or row.lawsuit_id != lawsuit_id  # type: ignore[attr-defined]
            or row.known_on > checks.work.today  # type: ignore[attr-defined]
        ):
            checks.wrong(
                name,
                f"There is no such {records.called(table)} in this lawsuit. "
                "Choose one from the list.",
            )
