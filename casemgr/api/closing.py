"""Close a matter and reopen it, each with its reason."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.matters import MATTERS
from casemgr.api.problems import answers
from casemgr.api.routes import IfMatch, RowId, answer_row, api_router, unchanged_since_read
from casemgr.desk import WorkDep
from casemgr.usecases import closing

router = api_router()

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": MATTERS.shape.model},
    **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
}


@router.post(
    "/matters/{id}/closing",
    operation_id="close_matter",
    summary="Close a matter",
    response_model=None,
    responses=ANSWERS,
)
def close(
    work: WorkDep,
    row_id: RowId,
    given: Annotated[
        closing.ClosingInput, StrictJson(), Body(examples=[{"because": "The records came."}])
    ],
    if_match: IfMatch = None,
) -> Response:
    """Close it, with the reason: from now on nothing of it changes and nobody is reminded."""
    unchanged_since_read(work, MATTERS, row_id, if_match)
    return answer_row(work, MATTERS, closing.close_matter(work, row_id, given))


@router.post(
    "/matters/{id}/reopening",
    operation_id="reopen_matter",
    summary="Reopen a closed matter",
    response_model=None,
    responses=ANSWERS,
)
def reopen(
    work: WorkDep,
    row_id: RowId,
    given: Annotated[
        closing.ClosingInput, StrictJson(), Body(examples=[{"because": "The appeal was granted."}])
    ],
    if_match: IfMatch = None,
) -> Response:
    """Open it again as it stood, with the reason."""
    unchanged_since_read(work, MATTERS, row_id, if_match)
    return answer_row(work, MATTERS, closing.reopen_matter(work, row_id, given))
