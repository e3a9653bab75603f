"""Check the seal: whether the history is as it was written."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, WorkDep
from casemgr.files.heads import heads_file, read_heads
from casemgr.usecases.seal import look_at_seal
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/history/seal")
def show_seal(http: Request, work: WorkDep, desk: DeskDep) -> Response:
    """Follow the whole chain now, and show what was found."""
    kept = read_heads(heads_file(desk.settings.data))
    return page(http, "seal", work, found=look_at_seal(work, kept), kept=kept)
