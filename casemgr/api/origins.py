"""Where matters came from that were not opened in this office."""

from __future__ import annotations

from starlette.responses import Response

from casemgr.api.nouns import Noun
from casemgr.api.problems import a_file, answers
from casemgr.api.routes import RowId, api_router
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import DeskDep, WorkDep
from casemgr.downloads import saved
from casemgr.usecases.origins import open_history

ORIGINS = Noun(
    path="origins",
    one="origin",
    about="The package of another office that a matter was taken in from, and what proves it.",
    shape=Shape("Origin", tables.Origin),
    order="imported_at",
    filters={"matter": "matter_id"},
)

router = api_router()


@router.get(
    "/origins/{id}/history",
    operation_id="download_former_history",
    summary="Download the history of the former office",
    response_class=Response,
    responses={
        **a_file("A record a line.", "application/jsonl"),
        **answers(401, 404, 503),
    },
)
def download_former_history(work: WorkDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return the records of the office that had the matter before, with their seals, as they came.

    With that office's key `casemgr matter verify` checks them in the package they came in.
    """
    origin, data = open_history(work, row_id, desk.store)
    return saved(data, "application/jsonl", f"{origin.id}.jsonl")
