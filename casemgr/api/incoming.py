"""File a letter or call on a track in one go, with everything that follows from it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.moves import Preview, Previewed, previewed
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.desk import WorkDep
from casemgr.domain.deadlines import Moved
from casemgr.fields import Input
from casemgr.usecases import incoming
from casemgr.usecases.incoming import AnythingThatCame, Filed
from casemgr.usecases.preview import told

router = api_router()


class Incoming(Input):
    """A letter or call; `what` says which kind it is, and with it what else can be given."""

    came: AnythingThatCame


class FiledOut(BaseModel):
    """What was made of it, by ids, and the dates that moved."""

    event_ids: list[str]
    tracking_number_ids: list[str]
    track_ids: list[str]
    production_ids: list[str]
    appeal_ids: list[str]
    moved: list[Moved]


EXAMPLES: list[dict[str, Any]] = [
    {
        "came": {
            "what": "acknowledged",
            "happened_on": "2010-02-16",
            "received_on": "2010-02-09",
            "number": "2010FOIA2674",
            "source": "letter of February 16, 2010, p. 1",
        }
    },
    {
        "came": {
            "what": "asks",
            "asks": "fees",
            "happened_on": "2010-02-16",
            "answer_by": "2010-03-18",
            "amount_cents": 45000,
        }
    },
    {
        "came": {
            "what": "decided",
            "decides": "request",
            "happened_on": "2010-10-04",
            "outcome": "partial",
            "exemptions": ["5", "7(E): 12 whole, 40 in part"],
            "pages_released": 300,
            "pages_withheld": 12,
        }
    },
    {
        "came": {
            "what": "handed_on",
            "how": "referred",
            "happened_on": "2010-10-04",
            "agency_id": "fbi",
        }
    },
]


@router.post(
    "/tracks/{id}/incoming",
    status_code=201,
    operation_id="file_incoming",
    summary="File a letter or call that came on a track",
    response_model=None,
    responses={
        200: {"model": Previewed, "description": "With `preview`: what would move."},
        201: {"model": FiledOut},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def file_incoming(
    work: WorkDep,
    row_id: RowId,
    given: Annotated[Incoming, StrictJson(), Body(examples=EXAMPLES)],
    preview: Preview = False,
) -> Response:
    """File what came: the events, a number, a release, the track of another component."""
    if preview:
        return previewed(work, lambda within: incoming.file(within, row_id, given.came))
    made = _out(incoming.file(work, row_id, given.came), list(told(work)))
    return Response(made.model_dump_json(), 201, media_type=JSON)


def _out(filed: Filed, moved: list[Moved]) -> FiledOut:
    return FiledOut(
        event_ids=[each.id for each in filed.events],
        tracking_number_ids=[each.id for each in filed.numbers],
        track_ids=[each.id for each in filed.tracks],
        production_ids=[each.id for each in filed.productions],
        appeal_ids=[each.id for each in filed.appeals],
        moved=moved,
    )
