"""Who asks, and for what: a page to add either to a request that was logged without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.usecases import intake, requests
from casemgr.usecases.intake import AskerInput
from casemgr.usecases.requests import ItemInput
from casemgr.usecases.views import intake as views
from casemgr.usecases.views.requests import asked_by
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()


@router.get("/requests/{request_id}/asking")
def show_asking(http: Request, work: WorkDep, request_id: str) -> Response:
    """Show who asks and for what, with a form for each to be added."""
    return _shown(http, work, request_id)


@router.post("/requests/{request_id}/asking/requesters")
def add_asker(http: Request, work: WorkDep, request_id: str, sent: Fields) -> Response:
    """Add an organisation that asks, from the address book or by a name that is new to it."""
    form = read_form(AskerInput, sent, work.today)
    done = attempt_form(work, form, partial(intake.add_asker, work, request_id))
    if isinstance(done, Problems):
        return _shown(http, work, request_id, done, form.typed)
    return see(f"/requests/{request_id}/asking")


@router.post("/requests/{request_id}/asking/items")
def add_item(http: Request, work: WorkDep, request_id: str, sent: Fields) -> Response:
    """Add a numbered point to what is asked for."""
    form = read_form(ItemInput, sent, work.today)
    done = attempt_form(work, form, partial(requests.add_item, work, request_id))
    if isinstance(done, Problems):
        return _shown(http, work, request_id, done, form.typed)
    return see(f"/requests/{request_id}/asking")


def _shown(
    http: Request,
    work: Work,
    request_id: str,
    problems: Problems | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    row = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    asking, items = asked_by(work, row.id)
    shown: dict[str, Any] = {
        "asking": asking,
        "items": items,
        "askers": [(each.id, each.name) for each in views.askers(work)],
        "typed": typed or {},
        "problems": problems or {},
        "status": problems.status if problems else 200,
    }
    return page(http, "request_asking", work, row=row, **shown)
