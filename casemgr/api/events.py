"""What is done to an event beyond changing it: taking it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.problems import answers
from casemgr.api.requests import EVENTS
from casemgr.api.routes import IfMatch, RowId, answer_row, unchanged_since_read
from casemgr.desk import WorkDep
from casemgr.usecases import events

router = APIRouter()


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
) -> Response:
    """Take back an event: it stays readable, and no date rests on it any more."""
    unchanged_since_read(work, EVENTS, row_id, if_match)
    return answer_row(work, EVENTS, events.withdraw_event(work, row_id, given))
