"""Saved views for programs: one's own, and those that others share."""

from __future__ import annotations

from typing import Any

from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api.nouns import Asker, Change, Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import IfMatch, RowId, api_router, unchanged_since_read
from casemgr.api.shapes import TODAY, Shape
from casemgr.db.tables import SavedView
from casemgr.desk import WorkDep
from casemgr.usecases import saved_views


def _seen(table: type[SQLModel], asker: Asker) -> Any:
    return saved_views.seen_by(table, asker, TODAY)


VIEWS = Noun(
    path="saved-views",
    one="saved view",
    about="A name for the filters of the list of requests, for oneself or shared.",
    shape=Shape("SavedView", SavedView),
    order="name",
    scope=_seen,
    filters={"shared": "shared", "matter": "about_matter_id"},
    create=Create(
        saved_views.ViewInput,
        saved_views.save_view,
        {"name": "Waiting at ICE", "filters": {"component": "ice", "state": "waiting"}},
    ),
    change=Change(
        saved_views.ViewInput,
        saved_views.change_view,
        {"name": "All at ICE", "filters": {"component": "ice"}, "shared": "office"},
        merged=False,
    ),
)

router = api_router()


@router.delete(
    "/saved-views/{id}",
    status_code=204,
    operation_id="remove_saved_view",
    summary="Forget one saved view",
    response_class=Response,
    responses={**answers(401, 403, 404, 409, 412, 428, 503)},
)
def remove_saved_view(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """Forget a view; the requests it listed are not touched."""
    unchanged_since_read(work, VIEWS, row_id, if_match)
    saved_views.remove_view(work, row_id)
    return Response(status_code=204)
