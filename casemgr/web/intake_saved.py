"""Once a request is saved: what is left to do, and the two reasons that could wait until then."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.errors import Malformed, NotFound
from casemgr.fields import readable
from casemgr.usecases import requests
from casemgr.usecases.requests import RequestInput
from casemgr.usecases.views import intake as views
from casemgr.web.page import Fields, Problems, attempt, page, page_router, see, version_in

router = page_router()


@router.get("/requests/{request_id}/saved")
def show_saved(http: Request, work: WorkDep, request_id: str) -> Response:
    """Say that a request was saved, and what is left to do."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.READ, work.today)
    return page(
        http,
        "request_saved",
        work,
        foia=foia,
        sent=requests.is_sent(work, foia.id),
        for_whom=views.supervisor(work, foia.matter_id),
    )


ARGUED = {"fee-waiver": "fee_waiver_because", "faster": "expedition_because"}


@router.get("/requests/{request_id}/ask/{what}")
def show_argument(http: Request, work: WorkDep, request_id: str, what: str) -> Response:
    """Show the page on which somebody writes why fees should be waived, or why it is urgent."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    if what not in ARGUED:
        raise NotFound
    typed = {"because": getattr(foia, ARGUED[what]), "version": str(foia.version)}
    return page(http, "request_argument", work, foia=foia, what=what, typed=typed)


@router.post("/requests/{request_id}/ask/{what}")
def keep_argument(
    http: Request, work: WorkDep, request_id: str, what: str, sent: Fields
) -> Response:
    """Keep why fees should be waived, or why it is urgent."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    if what not in ARGUED:
        raise NotFound
    because = readable(sent.get("because", "")).strip()

    def act() -> object:
        if len(because) > 8000:
            raise Malformed({"because": "This is too long. Use at most 8,000 characters."})
        facts = {name: getattr(foia, name) for name in RequestInput.model_fields}
        given = RequestInput.model_validate({**facts, ARGUED[what]: because})
        return requests.change_request(work, foia.id, given, version=version_in(sent))

    done = attempt(work, act)
    if isinstance(done, Problems):
        kept = {"because": because, "version": str(foia.version)}
        shown = {"foia": foia, "what": what, "typed": kept, "problems": done}
        return page(http, "request_argument", work, status=done.status, **shown)
    return see(f"/requests/{foia.id}/saved")
