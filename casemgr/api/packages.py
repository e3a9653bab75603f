"""Export a matter whole, as one file with its checksums."""

from __future__ import annotations

from starlette.responses import Response

from casemgr.api.problems import a_file, answers
from casemgr.api.routes import RowId, api_router
from casemgr.desk import DeskDep, OpensDep
from casemgr.downloads import saved_in_parts
from casemgr.usecases.packing import export_matter

router = api_router()


@router.get(
    "/matters/{id}/package",
    operation_id="export_matter",
    summary="Export a matter whole",
    response_class=Response,
    responses={
        **a_file("The package.", "application/zip"),
        **answers(401, 403, 404, 409, 503),
    },
)
def export(opens: OpensDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return documents, facts and history in one zip, for an attorney on the matter.

    It takes a sign-in, or a token, less than ten minutes old. `casemgr matter verify` checks it.
    """
    made = export_matter(opens, desk.store, desk.office, desk.settings.data, row_id)
    return saved_in_parts(made, "application/zip")
