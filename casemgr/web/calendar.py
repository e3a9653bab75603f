"""The calendar: every date one may see, as a month, as a list, and as a year at a glance."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, WorkDep
from casemgr.domain.calendar_dates import CalendarKind
from casemgr.domain.calendar_grid import Month, shade
from casemgr.domain.calendar_text import Look, calendar
from casemgr.downloads import saved
from casemgr.usecases import calendar_pages
from casemgr.usecases.calendar_pages import Filters, View
from casemgr.web.page import page, page_router

CALENDAR = "text/calendar; charset=utf-8"
VIEWS = {View.MONTH: "Month", View.AGENDA: "Agenda", View.YEAR: "Year at a glance"}
KINDS = {
    CalendarKind.OURS: "We must do",
    CalendarKind.THEIRS: "They must do",
    CalendarKind.HEARING: "Court dates",
    CalendarKind.PLAN: "Our own plans",
}

router = page_router()


@router.get("/calendar")
def show_calendar(http: Request, work: WorkDep) -> Response:
    """Show the dates of a month or a year, narrowed as the address says."""
    filters = calendar_pages.filters_of(work, dict(http.query_params))
    shown: dict[str, Any] = {
        "seen": calendar_pages.look(work, filters),
        "views": VIEWS,
        "kinds": [(each.value, says) for each, says in KINDS.items()],
        "said": KINDS,
        "address": address_of,
        "before": _step(filters, -1),
        "after": _step(filters, 1),
        "tag_of": calendar_pages.tag_of,
        "shade": shade,
    }
    return page(http, "calendar", work, **shown)


@router.get("/calendar.ics")
def take_away(http: Request, work: WorkDep, desk: DeskDep) -> Response:
    """Give the dates of the calendar as a file, as they stand now."""
    filters = calendar_pages.filters_of(work, dict(http.query_params))
    found = calendar_pages.taken_away(work, filters)
    body = calendar("Dates", found, Look(desk.settings.address))
    return saved(body, CALENDAR, "dates.ics")


def address_of(filters: Filters, **other: object) -> str:
    """Return the address of the calendar with something else in its place."""
    return f"/calendar?{urlencode(filters.query(**other))}"


def _step(filters: Filters, by: int) -> Month | None:
    month = filters.month
    if filters.view is View.YEAR:
        found = Month(month.year + by, month.month)
    else:
        found = month.after if by > 0 else month.before
    return found if found.is_held else None
