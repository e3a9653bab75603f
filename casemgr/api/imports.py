"""Imports of old spreadsheets for programs: bring, match, start, undo, and what is said of rows."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Form, Query, UploadFile
from pydantic import BaseModel
from pydantic_core import to_json
from starlette.responses import Response

from casemgr.api.nouns import Act, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, answer_row, api_router
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import DeskDep, WorkDep
from casemgr.files.kinds import Upload
from casemgr.usecases import imports
from casemgr.usecases.views import imports as views

LARGEST = 50 * 1024 * 1024
MOST, USUAL = 500, 100

IMPORTS = Noun(
    path="imports",
    one="import",
    about="An old spreadsheet on its way into a matter, and the step it has come to.",
    shape=Shape("Import", tables.SpreadsheetImport, without=("claimed_by", "lease_until")),
    order="made_at",
    newest_first=True,
    filters={"matter": "matter_id", "state": "state"},
    acts=(
        Act(
            "matching",
            "match_import",
            "Say what the columns mean, and have every row checked",
            imports.match,
            imports.MatchingInput,
            {
                "columns": {"0": "reference", "1": "title", "2": "offices", "3": "sent_on"},
                "day_first": False,
                "offices": {"Homeland Security": "dhs"},
            },
        ),
        Act(
            "start",
            "start_import",
            "Import the rows that are right",
            imports.start,
            imports.StartInput,
            {"leave_out_wrong": True},
        ),
        Act(
            "undoing",
            "undo_import",
            "Take back a whole import",
            imports.undo,
            imports.UndoInput,
            {"because": "It was the wrong matter."},
        ),
        Act("dropping", "drop_import", "Give up an import before it is started", imports.drop),
    ),
)


class SaidOfRow(BaseModel):
    """What is wrong with a row, or worth knowing; `column` is counted from 0."""

    column: int | None
    says: str


class RowOfImport(BaseModel):
    """One row of the spreadsheet."""

    number: int
    cells: list[str]
    says: list[SaidOfRow]
    wrong: bool
    left_out: bool
    request_id: str | None


class RowsOfImport(BaseModel):
    """Some rows, and the number after which the next begin."""

    items: list[RowOfImport]
    next: int | None


router = api_router()


@router.post(
    "/imports",
    status_code=201,
    operation_id="create_import",
    summary="Bring one spreadsheet",
    response_model=None,
    responses={
        201: {"model": IMPORTS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
    max_body_size=LARGEST,
)
def create_import(
    work: WorkDep,
    desk: DeskDep,
    matter_id: Annotated[str, Form(max_length=32, pattern=r"^[A-Za-z0-9-]+$")],
    file: Annotated[UploadFile, File(description="A .csv or .xlsx file.")],
) -> Response:
    """Keep a spreadsheet as it came, and have it read; then say what its columns mean."""
    upload = Upload(file.filename or "", file.file.read())
    row = imports.begin(work, matter_id, desk.store, upload)
    return answer_row(work, IMPORTS, row, 201)


@router.get(
    "/imports/{id}/rows",
    operation_id="list_import_rows",
    summary="List the rows of an import",
    response_model=None,
    responses={200: {"model": RowsOfImport}, **answers(401, 404, 422, 503)},
)
def list_import_rows(
    work: WorkDep,
    row_id: RowId,
    after: Annotated[int, Query(ge=0, le=1_000_000, description="The last row seen.")] = 0,
    wrong: Annotated[bool, Query(description="Only rows that cannot be imported.")] = False,
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")] = USUAL,
) -> Response:
    """Return rows as they stand in the spreadsheet, each with what is said of it."""
    found = views.rows_of(work, row_id, after=after, only_wrong=wrong, most=limit + 1)
    said: dict[str, Any] = {"items": found[:limit], "next": None}
    if len(found) > limit:
        said["next"] = found[limit - 1]["number"]
    return Response(to_json(said), media_type=JSON)
