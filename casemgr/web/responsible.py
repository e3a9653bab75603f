"""Who is responsible for a request or a declaration: one page to give it to somebody else."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.db.tables import Declaration, FoiaRequest
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.usecases import declarations, duties, requests
from casemgr.usecases.owners import OwnerInput
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

OF_A_REQUEST = (
    "Whoever is responsible follows the request until its matter is closed: "
    "logs what comes and sees to what is due."
)
OF_A_DECLARATION = (
    "Whoever is responsible sees to the declaration until it is on the docket: "
    "gets it written, read, signed and filed."
)


@router.get("/requests/{request_id}/responsible")
def show_for_request(http: Request, work: WorkDep, request_id: str) -> Response:
    """Show who is responsible for a request, and who of its matter could be."""
    return _of_request(http, work, request_id)


@router.post("/requests/{request_id}/responsible")
def give_request(http: Request, work: WorkDep, request_id: str, sent: Fields) -> Response:
    """Make somebody of its matter responsible for a request."""
    form = read_form(OwnerInput, sent, work.today)
    act = partial(requests.give_request, work, request_id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _of_request(http, work, request_id, done)
    return see(f"/requests/{done.id}#letter")


@router.get("/declarations/{declaration_id}/responsible")
def show_for_declaration(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Show who is responsible for a declaration, and who of its matter could be."""
    return _of_declaration(http, work, declaration_id)


@router.post("/declarations/{declaration_id}/responsible")
def give_declaration(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Make somebody of its matter responsible for a declaration."""
    form = read_form(OwnerInput, sent, work.today)
    act = partial(declarations.give_declaration, work, declaration_id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _of_declaration(http, work, declaration_id, done)
    return see(f"/declarations/{done.id}")


def _of_request(
    http: Request, work: Work, request_id: str, problems: Problems | None = None
) -> Response:
    row = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    place = f"/requests/{row.id}"
    above = ("/requests", "Requests")
    return _shown(http, work, row, problems, place=place, above=above, says=OF_A_REQUEST)


def _of_declaration(
    http: Request, work: Work, declaration_id: str, problems: Problems | None = None
) -> Response:
    row = declarations.opened(work, declaration_id)
    place = f"/declarations/{row.id}"
    above = (f"/matters/{row.matter_id}/declarations", "Declarations")
    return _shown(http, work, row, problems, place=place, above=above, says=OF_A_DECLARATION)


def _shown(
    http: Request,
    work: Work,
    row: FoiaRequest | Declaration,
    problems: Problems | None,
    **words: Any,
) -> Response:
    there = duties.stays(work, [row.matter_id])[row.matter_id]
    shown = {
        "typed": {"owner_id": row.owner_id or "", "version": str(row.version)},
        "people": [(each.person_id, f"{each.name} ({each.role.value})") for each in there],
        "problems": problems or {},
        "status": problems.status if problems else 200,
        **words,
    }
    return page(http, "responsible", work, row=row, **shown)
