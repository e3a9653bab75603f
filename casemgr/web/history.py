"""History of everything the person may see."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.usecases.views import history, matters
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/history")
def show_history(http: Request, work: WorkDep, after: str = "") -> Response:
    """Show what was done on the matters of whoever asks."""
    names = {each.id: each.title for each in matters.look_at_all(work)}
    return page(http, "history", work, found=history.look(work, after), names=names)
