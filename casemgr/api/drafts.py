"""Drafts of requests: one's own, kept, changed and taken away; and what was asked before."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body, UploadFile
from pydantic import BaseModel, TypeAdapter
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.documents import LARGEST
from casemgr.api.nouns import Asker, Change, Create, Noun, Remove
from casemgr.api.problems import answers
from casemgr.api.routes import (
    JSON,
    IfMatch,
    RowId,
    answer_row,
    api_router,
    unchanged_since_read,
)
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import drafts as doors
from casemgr.db.tables import RequestDraft
from casemgr.desk import DeskDep, WorkDep
from casemgr.files.kinds import Upload
from casemgr.usecases import drafts, duplicates
from casemgr.usecases.duplicates import Asking, Near


def own(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for the asker's own drafts: nobody sees another's."""
    return doors.own(asker, TODAY)


TYPED = {"title": "Opt-out letters", "item_1": "Every letter asking to opt out.", "office_1": "ice"}

DRAFTS = Noun(
    path="request-drafts",
    one="request draft",
    about="What you typed of a request and have not saved yet; nobody else sees it.",
    shape=Shape("RequestDraft", RequestDraft),
    order="changed_at",
    newest_first=True,
    filters={"intake": "intake", "matter": "for_matter_id"},
    scope=own,
    create=Create(drafts.NewDraft, drafts.begin, {"intake": "sent", "typed": TYPED}),
    change=Change(
        drafts.DraftInput, drafts.keep, {"typed": {**TYPED, "sent_1": "September 8, 2010"}}
    ),
    remove=Remove(
        "remove_request_draft",
        "Take one of your drafts away",
        "Take a draft away for good: nothing of it was saved, and nobody else ever saw it.",
        drafts.remove,
    ),
)

router = api_router()


@router.put(
    "/request-drafts/{id}/file",
    operation_id="keep_draft_file",
    summary="Keep the letter's file with one of your drafts",
    response_model=None,
    responses={
        200: {"model": DRAFTS.shape.model},
        **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
    },
    max_body_size=LARGEST,
)
def keep_file(
    work: WorkDep, desk: DeskDep, row_id: RowId, file: UploadFile, if_match: IfMatch = None
) -> Response:
    """Keep a file with a draft, in the place of the one it had."""
    unchanged_since_read(work, DRAFTS, row_id, if_match)
    upload = Upload(file.filename or "", file.file.read())
    return answer_row(work, DRAFTS, drafts.attach(work, row_id, desk.store, upload))


class NearRequests(BaseModel):
    """Requests of the office that ask the same components for nearly the same, nearest first."""

    items: list[Near]


_near: TypeAdapter[NearRequests] = TypeAdapter(NearRequests)


@router.post(
    "/requests/near",
    operation_id="find_near_requests",
    summary="Look for what the office asked before in nearly the same words",
    response_model=None,
    responses={200: {"model": NearRequests}, **answers(400, 401, 403, 413, 422, 503)},
)
def find_near(
    work: WorkDep,
    given: Annotated[
        Asking,
        StrictJson(),
        Body(
            examples=[
                {
                    "title": "Opt-out letters",
                    "items": ["Every letter asking to opt out."],
                    "agency_ids": ["ice"],
                }
            ]
        ),
    ],
) -> Response:
    """Return requests that ask the same components for nearly the same; nothing is kept."""
    found = NearRequests(items=duplicates.near(work, given))
    return Response(_near.dump_json(found), 200, media_type=JSON)
