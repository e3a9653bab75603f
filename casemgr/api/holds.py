"""Legal holds: placed by one person, lifted by two."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import IfMatch, RowId, answer_row, api_router, unchanged_since_read
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import WorkDep
from casemgr.usecases import holds

HOLDS = Noun(
    path="legal-holds",
    one="legal hold",
    about="A duty to keep everything of a matter; while it stands nothing can be deleted.",
    shape=Shape("LegalHold", tables.LegalHold),
    order="placed_at",
    filters={"matter": "matter_id"},
    create=Create(
        holds.HoldInput,
        holds.place_hold,
        {"matter_id": "M-7F3KQ2X8MP", "because": "Suit over these records is expected."},
        parent="matter_id",
    ),
)

router = api_router()

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": HOLDS.shape.model},
    **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
}


@router.post(
    "/legal-holds/{id}/ask-release",
    operation_id="ask_release_of_legal_hold",
    summary="Ask that a legal hold be lifted",
    response_model=None,
    responses=ANSWERS,
)
def ask_release(
    work: WorkDep,
    row_id: RowId,
    given: Annotated[
        holds.HoldInput, StrictJson(), Body(examples=[{"because": "The suit was dismissed."}])
    ],
    if_match: IfMatch = None,
) -> Response:
    """Ask, with the reason; somebody else must agree before the hold is lifted."""
    unchanged_since_read(work, HOLDS, row_id, if_match)
    return answer_row(work, HOLDS, holds.ask_release(work, row_id, given))


@router.post(
    "/legal-holds/{id}/release",
    operation_id="release_legal_hold",
    summary="Lift a legal hold that somebody else asked to lift",
    response_model=None,
    responses=ANSWERS,
)
def release(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """Lift the hold; an attorney other than the one who asked does it, freshly signed in."""
    unchanged_since_read(work, HOLDS, row_id, if_match)
    return answer_row(work, HOLDS, holds.release_hold(work, row_id))
