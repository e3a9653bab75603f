"""Export a matter whole, as one file with its checksums."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response, StreamingResponse

from casemgr.api.problems import answers
from casemgr.api.routes import RowId, api_router
from casemgr.desk import DeskDep, OpensDep
from casemgr.usecases.packing import export_matter

router = api_router()

BYTES: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


@router.get(
    "/matters/{id}/package",
    operation_id="export_matter",
    summary="Export a matter whole",
    response_class=Response,
    responses={
        200: {"content": {"application/zip": BYTES}, "description": "The package."},
        **answers(401, 403, 404, 409, 503),
    },
)
def export(opens: OpensDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return documents, facts and history in one zip, for an attorney on the matter.

    It takes a sign-in, or a token, less than ten minutes old. `casemgr matter verify` checks it.
    """
    made = export_matter(opens, desk.store, desk.office, desk.settings.data, row_id)
    return StreamingResponse(
        made.parts(),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "Content-Length": str(made.size),
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
