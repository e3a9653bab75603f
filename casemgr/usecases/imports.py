"""Imports of old spreadsheets: bring one, say what its columns mean, start it, undo it.

What takes long is done by `import_jobs`, step by step; here somebody only says that it should be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field as Limit
from sqlmodel import SQLModel, col, select

from casemgr.db import doors
from casemgr.db.tables import Agency as AgencyRow
from casemgr.db.tables import (
    Deadline,
    Event,
    FoiaRequest,
    ImportRow,
    Recipient,
    RequestItem,
    SpreadsheetImport,
    Track,
    TrackingNumber,
)
from casemgr.domain.access import Right
from casemgr.domain.spreadsheets import Field, guess, seems_day_first
from casemgr.domain.words import DeadlineKind, ImportState
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Input, Printable, Reason
from casemgr.files.kinds import Upload
from casemgr.files.sheets import Sheet
from casemgr.files.store import Store
from casemgr.files.workbooks import is_locked_or_old
from casemgr.usecases import documents, records
from casemgr.usecases.documents import DocumentInput
from casemgr.usecases.import_rows import (
    LEFT_OUT,
    Agency,
    Matching,
    OnFile,
    plain,
    refuse_unmatched,
)
from casemgr.usecases.work import Work

AT_WORK = frozenset(
    {ImportState.READING, ImportState.CHECKING, ImportState.IMPORTING, ImportState.UNDOING}
)
SHOWN = 5  # rows named in a refusal

ColumnNumber = Annotated[str, Limit(pattern=r"^\d{1,3}$")]
Typed = Annotated[str, Limit(max_length=200), Printable]


class MatchingInput(Input):
    """What the columns mean, counted from 0, and what a machine must not guess."""

    columns: Annotated[dict[ColumnNumber, Field], Limit(max_length=len(Field))]
    day_first: bool | None = None
    formulas: bool = False
    offices: Annotated[dict[Typed, Typed], Limit(max_length=500)] = {}
    take_same: bool = False


class StartInput(Input):
    """What becomes of rows that are wrong: they are left out, or nothing is imported."""

    leave_out_wrong: bool = False


class UndoInput(Input):
    """Why an import is taken back."""

    because: Reason


def begin(work: Work, matter_id: str, store: Store, upload: Upload) -> SpreadsheetImport:
    """Keep a spreadsheet as it came, as a document of its matter, and have it read."""
    if is_locked_or_old(upload.data):
        raise Malformed(
            {
                "file": "This is a workbook with a password, or one of a version before 2007 "
                "(.xls). Open it, take the password off, save it as .xlsx or .csv, and choose it "
                "again."
            }
        )
    if not upload.name.lower().endswith((".csv", ".xlsx", ".txt")):
        raise Malformed({"file": "Choose a spreadsheet: a file that ends in .xlsx or .csv."})
    described = DocumentInput(title=f"Spreadsheet {upload.name}"[:200], kind="spreadsheet")
    document = documents.add_document(work, matter_id, described, store, upload)
    row = SpreadsheetImport(
        matter_id=matter_id,
        document_id=document.id,
        person_id=str(work.actor.id),
        file_name=document.file_name or upload.name[:200],
        made_at=work.now,
        known_on=work.today,
    )
    records.keep(work, row)
    work.record("import.begun", row, title=row.file_name)
    return row


def match(
    work: Work, import_id: str, given: MatchingInput, *, version: int | None = None
) -> SpreadsheetImport:
    """Say what the columns mean, and have every row checked; nothing is imported by that."""
    row = _at(work, import_id, version, ImportState.MATCHING, ImportState.CHECKED)
    columns = {int(at): wanted for at, wanted in given.columns.items()}
    refuse_unmatched(columns, row.headers)
    _refuse_unknown_offices(work, given.offices)
    row.matching = given.model_dump(mode="json")
    row.state, row.done, row.problem = ImportState.CHECKING, 0, ""
    return records.keep(work, row)


def start(
    work: Work, import_id: str, given: StartInput, *, version: int | None = None
) -> SpreadsheetImport:
    """Have the rows imported that are right; with rows that are wrong only if those stay out."""
    row = _at(work, import_id, version, ImportState.CHECKED)
    if row.wrong and not given.leave_out_wrong:
        raise Malformed(
            {
                "leave_out_wrong": f"{_rows(row.wrong)} cannot be imported as they are. Mend "
                "them in the spreadsheet and bring it again, or say that they are left out."
            }
        )
    if row.rows - row.wrong - row.left_out <= 0:
        raise WrongMoment("No row is left that could be imported. Look at what is wrong with each.")
    row.state, row.done = ImportState.IMPORTING, 0
    return records.keep(work, row)


def undo(
    work: Work, import_id: str, given: UndoInput, *, version: int | None = None
) -> SpreadsheetImport:
    """Have a whole import taken back; refused once somebody has worked on what it made."""
    row = _at(work, import_id, version, ImportState.IMPORTED)
    if worked_on := changed_rows(work, row.id):
        named = ", ".join(str(number) for number in worked_on[:SHOWN])
        raise WrongMoment(
            f"Somebody has worked on {_rows(len(worked_on))} since: {named}"
            f"{' and more' if len(worked_on) > SHOWN else ''}. An import is undone whole or not "
            "at all. Correct or withdraw what is wrong request by request."
        )
    row.state, row.undone_because, row.done = ImportState.UNDOING, given.because, 0
    return records.keep(work, row)


def drop(work: Work, import_id: str, *, version: int | None = None) -> SpreadsheetImport:
    """Give up an import before it was begun; the file stays among the matter's documents."""
    row = _at(
        work,
        import_id,
        version,
        ImportState.MATCHING,
        ImportState.CHECKED,
        ImportState.FAILED,
    )
    row.state, row.finished_at = ImportState.DROPPED, work.now
    records.keep(work, row)
    work.record("import.dropped", row, title=row.file_name)
    return row


def _at(work: Work, import_id: str, version: int | None, *states: ImportState) -> SpreadsheetImport:
    row = doors.open_door(
        work.session, work.actor, SpreadsheetImport, import_id, Right.LOG, work.today
    )
    records.not_overtaken(row, version)
    if row.state not in states:
        raise WrongMoment(
            f"This import is at another step: it is {row.state.value}. Look at its page again."
        )
    return row


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _refuse_unknown_offices(work: Work, offices: Mapping[str, str]) -> None:
    wanted = set(offices.values()) - {LEFT_OUT, ""}
    known = set(work.session.exec(select(AgencyRow.id).where(col(AgencyRow.id).in_(wanted))))
    if missing := wanted - known:
        raise Malformed({"offices": f"There is no office {min(missing)!r} in the directory."})


# --- what a step needs to know


def agencies(work: Work) -> list[Agency]:
    """Return the offices of the directory with every name they go by."""
    asked = sa.select(
        col(AgencyRow.id),
        col(AgencyRow.name),
        col(AgencyRow.short_name),
        col(AgencyRow.aliases),
    ).order_by(col(AgencyRow.short_name))
    return [Agency(*row) for row in work.session.execute(asked)]


def on_file(work: Work, matter_id: str) -> OnFile:
    """Return what of a matter's requests a spreadsheet may repeat."""
    known = sa.and_(
        col(FoiaRequest.matter_id) == matter_id, col(FoiaRequest.known_on) <= work.today
    )
    asked = sa.select(
        col(FoiaRequest.id),
        col(FoiaRequest.reference),
        col(FoiaRequest.title),
        col(FoiaRequest.requested_on),
    ).where(known)
    found = list(work.session.execute(asked))
    numbers = (
        sa.select(col(TrackingNumber.number), col(Track.request_id))
        .join(Track, col(Track.id) == col(TrackingNumber.track_id))
        .where(col(Track.matter_id) == matter_id, col(TrackingNumber.known_on) <= work.today)
    )
    return OnFile(
        {row.reference: row.id for row in found if row.reference},
        {(plain(row.title), row.requested_on): row.id for row in found},
        {each.number: each.request_id for each in work.session.execute(numbers)},
    )


def matching_of(row: SpreadsheetImport) -> Matching:
    """Return what somebody said of the columns, as it is kept."""
    said: Mapping[str, Any] = row.matching
    return Matching(
        {int(at): Field(wanted) for at, wanted in said.get("columns", {}).items()},
        said.get("day_first"),
        bool(said.get("formulas")),
        said.get("offices", {}),
        bool(said.get("take_same")),
    )


def first_matching(work: Work, row: SpreadsheetImport, sheet: Sheet) -> dict[str, Any]:
    """Return what the columns seem to mean: as somebody said of the same headers, or a guess."""
    mine = doors.within(SpreadsheetImport, doors.mine(work.actor, work.today), work.today)
    asked = (
        select(SpreadsheetImport)
        .where(
            SpreadsheetImport.header_key == row.header_key,
            SpreadsheetImport.id != row.id,
            mine,
        )
        .order_by(col(SpreadsheetImport.made_at).desc())
    )
    for before in work.session.exec(asked.limit(5)):
        if before.matching.get("columns"):
            return dict(before.matching)
    columns = guess(sheet.headers)
    days = (
        cell
        for _, cells in sheet.rows
        for at in columns
        if at < len(cells) and isinstance(cell := cells[at], str)
    )
    return {
        "columns": {str(at): wanted.value for at, wanted in columns.items()},
        "day_first": seems_day_first(days),
    }


def header_key(headers: Sequence[str]) -> str:
    """Return what stands for a set of headers, so that the next one like it is known again."""
    return hashlib.sha256("\x1f".join(map(plain, headers)).encode()).hexdigest()


# --- what somebody has worked on since


def changed_rows(work: Work, import_id: str) -> list[int]:
    """Return the numbers of the rows whose requests somebody has worked on since the import."""
    found: set[int] = set()
    for statement in _WORKED_ON:
        found |= set(work.session.scalars(statement, {"of": import_id}))
    return sorted(found)


_MADE_BY_IMPORT = (RequestItem, Track, Recipient, TrackingNumber, Event)


def _numbers(*conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    of_import = col(ImportRow.import_id) == sa.bindparam("of")
    return sa.select(col(ImportRow.number)).where(
        of_import, col(ImportRow.request_id).is_not(None), *conditions
    )


def _edited() -> list[sa.Select[Any]]:
    request, track, event, deadline = FoiaRequest, Track, Event, Deadline
    of_track = col(track.request_id) == col(ImportRow.request_id)
    touched = sa.or_(
        col(deadline.confirmed_by).is_not(None),
        col(deadline.checked_by).is_not(None),
        col(deadline.done_by).is_not(None),
        col(deadline.owner_id).is_not(None),
        col(deadline.kind) == DeadlineKind.OVERRIDE,
    )
    tests = (
        sa.select(col(request.id)).where(
            col(request.id) == col(ImportRow.request_id), col(request.version) > 1
        ),
        sa.select(col(track.id)).where(of_track, col(track.version) > 1),
        sa.select(col(event.id))
        .join(track, col(track.id) == col(event.track_id))
        .where(of_track, col(event.version) > 1),
        sa.select(col(deadline.id)).where(
            col(deadline.request_id) == col(ImportRow.request_id), touched
        ),
    )
    return [_numbers(test.correlate(ImportRow).exists()) for test in tests]


def _added() -> sa.Select[Any]:
    """Select the rows on whose requests hangs more, or less, than the import made."""
    total: Any = sa.literal(0)
    for model in _MADE_BY_IMPORT:
        total = total + _count(model)
    return _numbers(total != col(ImportRow.parts))


def _count(model: type[SQLModel]) -> Any:
    shape: Any = model
    asked = sa.select(sa.func.count()).select_from(model)
    if hasattr(shape, "request_id"):
        asked = asked.where(shape.request_id == col(ImportRow.request_id))
    else:
        asked = asked.join(Track, col(Track.id) == shape.track_id).where(
            col(Track.request_id) == col(ImportRow.request_id)
        )
    return asked.correlate(ImportRow).scalar_subquery()


def _hung_on() -> list[sa.Select[Any]]:
    """Select the rows on which hangs what no import makes: a letter, an appeal, a lawsuit."""
    made = {"foia_request", "import_row", "deadline", "reminder"}
    made |= {str(model.__tablename__) for model in _MADE_BY_IMPORT}
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys if table.name not in made else ():
            above = key.column.table.name
            if above == "foia_request":
                hangs = sa.select(table).where(key.parent == col(ImportRow.request_id))
            elif above == "track":
                hangs = (
                    sa.select(table)
                    .join(Track, col(Track.id) == key.parent)
                    .where(col(Track.request_id) == col(ImportRow.request_id))
                )
            else:
                continue
            found.append(_numbers(hangs.correlate(ImportRow).exists()))
    return found


_WORKED_ON = (*_edited(), _added(), *_hung_on())
