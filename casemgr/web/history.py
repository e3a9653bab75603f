"""History of everything the person may see."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.usecases.views import history, matters
from casemgr.usecases.views.lens import lens
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/history")
def show_history(http: Request, work: WorkDep, after: str = "") -> Response:
    """Show what was done on the matters of whoever asks."""
    seen = lens(work)  # who may know of what is asked once, for both
    names = {each.id: each.title for each in matters.every(seen)}
    return page(http, "history", work, found=history.look(seen, after), names=names)
