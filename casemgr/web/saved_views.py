"""Save the list as it is narrowed under a name, rename it, share it, remove it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qsl, urlencode

from fastapi import Request
from pydantic import ValidationError
from starlette.responses import Response

from casemgr.db.tables import SavedView
from casemgr.desk import WorkDep
from casemgr.domain.words import ViewShare
from casemgr.errors import Malformed
from casemgr.usecases import saved_views
from casemgr.usecases.saved_views import ViewInput
from casemgr.usecases.views.request_list import Asked
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt,
    page,
    page_router,
    read_form,
    see,
    version_in,
)

router = page_router()

SHARES = [
    (ViewShare.PRIVATE.value, "Only me"),
    (ViewShare.MATTER.value, "Everybody on the matter it is narrowed to"),
    (ViewShare.OFFICE.value, "Everybody in the office"),
]


def address_of(row: SavedView | saved_views.Line) -> str:
    """Return where a view's list is."""
    query = urlencode(saved_views.query_of(row))
    return f"/requests?{query}" if query else "/requests"


@router.get("/saved-views")
def list_views(http: Request, work: WorkDep) -> Response:
    """Show the views of whoever asks; with an address of the list, a form that saves it."""
    query = {name: text for name, text in http.query_params.items() if text}
    typed = {"address": urlencode(query)} if query else {}
    return _list(http, work, typed, {})


@router.post("/saved-views")
def save_view(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Save the list under a name."""
    done = attempt(work, lambda: saved_views.save_view(work, _given(work, sent)))
    if isinstance(done, Problems):
        return _list(http, work, sent, done, done.status)
    return see(address_of(done))


@router.post("/saved-views/{view_id}")
def change_view(http: Request, work: WorkDep, view_id: str, sent: Fields) -> Response:
    """Rename a view, or show it to others."""
    version = version_in(sent)
    done = attempt(
        work,
        lambda: saved_views.change_view(work, view_id, _given(work, sent), version=version),
    )
    if isinstance(done, Problems):
        return _list(http, work, {}, done, done.status)
    return see("/saved-views")


@router.post("/saved-views/{view_id}/removal")
def remove_view(work: WorkDep, view_id: str, sent: Fields) -> Response:
    """Remove a view from the list of views."""
    act = partial(saved_views.remove_view, version=version_in(sent))
    act(work, view_id)
    return see("/saved-views")


def _given(work: Work, sent: Mapping[str, str]) -> ViewInput:
    query = dict(parse_qsl(sent.get("address", "")))
    form = read_form(Asked, query, work.today)
    if form.value is None:
        raise Malformed({"": "These filters cannot be saved. Go back to the list and try again."})
    given = {"name": sent.get("name", ""), "shared": sent.get("shared") or "private"}
    try:
        return ViewInput.model_validate({**given, "filters": form.value})
    except ValidationError as wrong:
        name = str(wrong.errors()[0]["loc"][0])
        says = "Give it a name of at most 80 characters." if name == "name" else "Choose one."
        raise Malformed({name: says}) from None


def _list(
    http: Request,
    work: Work,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    status: int = 200,
) -> Response:
    found = saved_views.views(work)
    shown = {
        "found": [(row, address_of(row), saved_views.may_change(work, row)) for row in found],
        "queries": {row.id: urlencode(saved_views.query_of(row)) for row in found},
        "shares": SHARES,
        "typed": typed,
        "problems": problems,
    }
    return page(http, "saved_views", work, status=status, **shown)
