"""The first page: what is due."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.usecases.views import due, reminders
from casemgr.web.page import page, page_router, see

router = page_router()


@router.get("/")
def home() -> Response:
    """Go to what is due."""
    return see("/due")


@router.get("/due")
def show_due(http: Request, work: WorkDep, matter: str = "", period: str = "30") -> Response:
    """Show what we must do and what they must do."""
    seen, told = due.look(work, matter, period), reminders.told(work)
    return page(http, "due", work, due=seen, periods=due.PERIODS, told=told)
