"""Help: the words of the trade, and how the pages work."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/help")
def show_help(http: Request, work: WorkDep) -> Response:
    """Show the words of the trade and how the pages work."""
    return page(http, "help", work)
