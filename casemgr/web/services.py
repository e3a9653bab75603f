"""Service of process on pages: who must be served, who was, what the docket tells of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.db.tables import Service
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.domain.deadlines import Moved
from casemgr.errors import NotFound
from casemgr.usecases import parties
from casemgr.usecases.parties import ServiceInput
from casemgr.usecases.preview import preview
from casemgr.usecases.views import service_table
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router("/lawsuits")


@router.get("/{lawsuit_id}/service")
def show_service(http: Request, work: WorkDep, lawsuit_id: str) -> Response:
    """Show who must be served and who was."""
    return _shown(http, work, lawsuit_id)


@router.post("/{lawsuit_id}/service")
def record_service(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Record a service, or show the form again."""
    form = read_form(ServiceInput, sent, work.today)
    done = attempt_form(work, form, partial(parties.record_service, work, lawsuit_id))
    if isinstance(done, Problems):
        return _shown(http, work, lawsuit_id, problems=done, typed=form.typed)
    return see(f"/lawsuits/{lawsuit_id}/service")


@router.get("/{lawsuit_id}/service/{service_id}")
def ask_for_change(http: Request, work: WorkDep, lawsuit_id: str, service_id: str) -> Response:
    """Show one service to correct it."""
    row = _row(work, lawsuit_id, service_id)
    typed = {name: _as_typed(getattr(row, name)) for name in ServiceInput.model_fields}
    return _changed(http, work, row, typed, Problems())


@router.post("/{lawsuit_id}/service/{service_id}")
def change_service(
    http: Request, work: WorkDep, lawsuit_id: str, service_id: str, sent: Fields
) -> Response:
    """Correct one service, or show the form again."""
    row = _row(work, lawsuit_id, service_id)
    form = read_form(ServiceInput, sent, work.today)
    act = partial(parties.change_service, work, service_id, version=form.version)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _changed(http, work, row, dict(form.typed), done)
    return see(f"/lawsuits/{lawsuit_id}/service")


@router.post("/{lawsuit_id}/service/{service_id}/what-if")
def show_what_moves(
    http: Request, work: WorkDep, lawsuit_id: str, service_id: str, sent: Fields
) -> Response:
    """Show every date that a correction would move; nothing is saved."""
    row = _row(work, lawsuit_id, service_id)
    form = read_form(ServiceInput, sent, work.today)

    def act(given: ServiceInput) -> tuple[Moved, ...]:
        return preview(work, lambda aside: parties.change_service(aside, service_id, given))

    moves = attempt_form(work, form, act)
    if isinstance(moves, Problems):
        return _changed(http, work, row, dict(form.typed), moves)
    return _changed(http, work, row, dict(form.typed), Problems(), moves)


def _row(work: Work, lawsuit_id: str, service_id: str) -> Service:
    row = doors.open_door(work.session, work.actor, Service, service_id, Right.LOG, work.today)
    if row.lawsuit_id != lawsuit_id:
        raise NotFound
    return row


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    return "" if value is None else str(value)


def _shown(
    http: Request,
    work: Work,
    lawsuit_id: str,
    problems: Problems | None = None,
    typed: object = None,
) -> Response:
    shown: dict[str, Any] = {
        "found": service_table.look(work, lawsuit_id),
        "problems": problems or {},
        "typed": typed or {},
    }
    return page(http, "lawsuit_service", work, status=problems.status if problems else 200, **shown)


def _changed(
    http: Request,
    work: Work,
    row: Service,
    typed: dict[str, str],
    problems: Problems,
    moves: tuple[Moved, ...] | None = None,
) -> Response:
    shown: dict[str, Any] = {
        "found": service_table.look(work, row.lawsuit_id),
        "service_id": row.id,
        "version": typed.get("version") or row.version,
        "moves": moves,
        "problems": problems,
        "typed": typed,
    }
    status = problems.status if problems else 200
    return page(http, "lawsuit_service_change", work, status=status, **shown)
