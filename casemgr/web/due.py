"""The first page: what is due."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.usecases.calendar_pages import tag_of
from casemgr.usecases.views import due, reminders
from casemgr.web.page import page, page_router, see
from casemgr.web.paging import part_of

router = page_router()


@router.get("/")
def home() -> Response:
    """Go to what is due."""
    return see("/due")


@router.get("/due")
def show_due(
    http: Request, work: WorkDep, matter: str = "", period: str = "30", person: str = ""
) -> Response:
    """Show what we must do and what they must do; of a long list a page at a time."""
    seen = due.look(work, matter, period, person)
    asked = dict(http.query_params)
    shown: dict[str, Any] = {
        "due": seen,
        "ours": part_of(seen.ours, "ours", "/due", asked),
        "theirs": part_of(seen.theirs, "theirs", "/due", asked),
        "periods": due.PERIODS,
        "nobody": due.NOBODY,
        "tag_of": tag_of,
        "told": reminders.told(work),
    }
    return page(http, "due", work, **shown)
