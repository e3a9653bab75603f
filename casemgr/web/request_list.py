"""The list of requests: its filters live in the address, so that a list can be kept and sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import urlencode

from fastapi import Request
from markupsafe import Markup
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.words import RequestStage
from casemgr.downloads import saved_in_parts
from casemgr.errors import Malformed
from casemgr.usecases import request_files, saved_views
from casemgr.usecases.views import request_list
from casemgr.usecases.views.request_list import MOST_CHOICES, MOST_COUNTED, Asked, Line
from casemgr.web.page import TEMPLATES, Form, page, page_router, read_form
from casemgr.web.saved_views import address_of

router = page_router()

STAGES = {
    RequestStage.NOT_STARTED: "Not started",
    RequestStage.WAITING: "They have it",
    RequestStage.DECIDED: "They decided",
    RequestStage.CLOSED: "Closed",
}
PAGING = ("after", "before")
_Pairs: TypeAlias = tuple[tuple[str, str], ...]
_PARTS: Any = TEMPLATES.get_template("parts/request_list.html").module


# The list is the page that is opened most, and writing its words was most of what it took. So its
# parts are kept by everything that is written in them: what somebody may not see is in no part that
# is found by what they were shown.


@lru_cache(maxsize=4_000)
def row_of(line: Line, today: date) -> Markup:
    """Return one line of the list as it stands on a day."""
    written: Markup = _PARTS.row(line, today, STAGES)
    return written


@lru_cache(maxsize=100)
def _filters(
    typed: _Pairs, problems: _Pairs, narrowed: int, asked: tuple[str, str | None], *offered: _Pairs
) -> Markup:
    written: Markup = _PARTS.filters(
        dict(typed), dict(problems), narrowed, *asked, *offered, [*STAGES.items()], MOST_CHOICES
    )
    return written


def _filters_of(form: Form[Asked], asked: Asked, choices: Mapping[str, _Pairs]) -> Markup:
    given = (tuple(form.typed.items()), tuple(form.problems.items()), len(asked.narrowed()))
    offered = (choices[name] for name in ("matter", "component", "owner"))
    return _filters(*given, (asked.sort, asked.way), *offered)


@router.get("/requests")
def list_requests(http: Request, work: WorkDep, after: str = "", before: str = "") -> Response:
    """Show the requests of whoever asks, as the address says."""
    form = read_list(http, work)
    asked = form.value or Asked()
    found = request_list.look(work, asked, after=after, before=before)
    shown = {
        "found": found,
        "asked": asked,
        "count": request_list.count(work, asked),
        "most": MOST_COUNTED,
        "filters": _filters_of(form, asked, request_list.choices(work)),
        "narrowed": len(asked.narrowed()),
        "rows": Markup("").join(row_of(line, work.today) for line in found.lines),
        "views": [(row.name, address_of(row)) for row in saved_views.views(work)],
        "to": _addresses(form.typed),
        "typed": form.typed,
        "problems": form.problems,
    }
    return page(http, "requests", work, status=422 if form.problems else 200, **shown)


@router.get("/requests.{kind}")
def export_requests(
    http: Request, opens: OpensDep, desk: DeskDep, kind: request_files.Format
) -> Response:
    """Give the list as the address narrows it, as a file to be saved."""
    with opens(reads_only=True) as work:
        form = read_list(http, work)
    if form.value is None:
        raise Malformed(dict(form.problems))
    made = request_files.export(opens, form.value, kind, desk.settings.data)
    return saved_in_parts(made, made.media_type)


def read_list(http: Request, work: WorkDep) -> Form[Asked]:
    """Return what the address asks of the list; what it does not know is told, not overlooked."""
    query = {name: text for name, text in http.query_params.items() if name not in PAGING}
    return read_form(Asked, query, work.today)


def _addresses(typed: Mapping[str, str]) -> Callable[..., str]:
    """Return what makes the list's address with something of it changed; "" leaves that out."""
    kept = {name: text for name, text in typed.items() if text.strip()}

    def to(path: str = "/requests", **changed: str) -> str:
        query = {name: text for name, text in {**kept, **changed}.items() if text}
        return f"{path}?{urlencode(query)}" if query else path

    return to
