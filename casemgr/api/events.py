"""What is done to an event beyond changing it: taking it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.moves import Preview, previewed
from casemgr.api.problems import answers
from casemgr.api.requests import EVENTS
from casemgr.api.routes import IfMatch, RowId, answer_row, api_router, unchanged_since_read
from casemgr.desk import WorkDep
from casemgr.usecases import events
from casemgr.usecases.work import Work

router = api_router()


@router.post(
    "/events/{id}/withdrawal",
    operation_id="withdraw_event",
    summary="Take back an event logged by mistake",
    response_model=None,
    responses={
        200: {"model": EVENTS.shape.model},
        **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
    },
)
def withdraw_event(
    work: WorkDep,
    row_id: RowId,
    given: Annotated[
        events.Withdrawal, StrictJson(), Body(examples=[{"because": "It was another request."}])
    ],
    if_match: IfMatch = None,
    preview: Preview = False,
) -> Response:
    """Take back an event: it stays readable, and no date rests on it any more."""
    unchanged_since_read(work, EVENTS, row_id, if_match)

    def act(within: Work) -> SQLModel:
        return events.withdraw_event(within, row_id, given)

    return previewed(work, act) if preview else answer_row(work, EVENTS, act(work))
