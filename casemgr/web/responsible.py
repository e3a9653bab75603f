"""Who is responsible for a request: one page to give it to somebody else of its matter."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.usecases import duties, requests
from casemgr.usecases.requests import OwnerInput
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
)

router = page_router()


@router.get("/requests/{request_id}/responsible")
def show_responsible(http: Request, work: WorkDep, request_id: str) -> Response:
    """Show who is responsible for a request, and who of its matter could be."""
    return _shown(http, work, request_id)


def _shown(http: Request, work: Work, request_id: str, **given: Any) -> Response:
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    there = duties.stays(work, [foia.matter_id])[foia.matter_id]
    shown = {
        "typed": {"owner_id": foia.owner_id or "", "version": str(foia.version)},
        "people": [(each.person_id, f"{each.name} ({each.role.value})") for each in there],
        **given,
    }
    return page(http, "request_responsible", work, foia=foia, **shown)


@router.post("/requests/{request_id}/responsible")
def give(http: Request, work: WorkDep, request_id: str, sent: Fields) -> Response:
    """Make somebody of its matter responsible for a request."""
    form = read_form(OwnerInput, sent, work.today)
    act = partial(requests.give_request, work, request_id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _shown(http, work, request_id, problems=done, status=done.status)
    return see(f"/requests/{done.id}#letter")
