"""Rules and holidays: what every date rests on, and the closures an office enters itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db.tables import Closure
from casemgr.desk import WorkDep
from casemgr.domain.words import ClosureOf
from casemgr.usecases import closures
from casemgr.usecases.closures import ClosureInput, ClosureWithdrawal
from casemgr.usecases.preview import preview
from casemgr.usecases.views import rules
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt, page, page_router, read_form, see

router = page_router()

CLOSED = [
    (ClosureOf.CLERK_INACCESSIBLE.value, "A court’s clerk could not be reached"),
    (ClosureOf.AGENCY_CLOSED.value, "An agency was closed"),
]


@router.get("/rules")
def show_rules(http: Request, work: WorkDep) -> Response:
    """Show every rule with its examples run now."""
    return page(http, "rules", work, seen=rules.look_at_all(work))


@router.get("/rules/{rule_id}")
def show_rule(http: Request, work: WorkDep, rule_id: str) -> Response:
    """Show one rule: its texts, examples and the dates that rest on it."""
    return page(http, "rule", work, found=rules.look(work, rule_id))


@router.get("/holidays")
def show_holidays(http: Request, work: WorkDep, changed: str = "") -> Response:
    """Show the calendars and the office's closures, and what moved if one was just changed."""
    return _holidays(http, work, moves=rules.moved_with(work, changed) if changed else None)


def _holidays(http: Request, work: Work, *, status: int = 200, **shown: Any) -> Response:
    given = {"closed": CLOSED, "preview": None, "moves": None, **shown}
    return page(http, "holidays", work, status=status, seen=rules.look_at_holidays(work), **given)


@router.post("/holidays")
def enter_closure(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Show what a closure would move; enter it once that has been seen."""
    save = sent.pop("save", "") == "yes"
    form = read_form(ClosureInput, sent, work.today)
    if form.value is None:
        return _holidays(http, work, status=422, typed=form.typed, problems=form.problems)
    act = partial(closures.enter_closure, given=form.value)
    done: object = attempt(work, partial(act, work) if save else partial(preview, work, act))
    if isinstance(done, Problems):
        return _holidays(http, work, status=done.status, typed=form.typed, problems=done)
    if isinstance(done, Closure):
        return see(f"/holidays?changed={done.id}")
    return _holidays(http, work, typed=form.typed, preview=done)


@router.post("/holidays/{closure_id}/withdraw")
def withdraw_closure(http: Request, work: WorkDep, closure_id: str, sent: Fields) -> Response:
    """Take back a closure entered by mistake."""
    form = read_form(ClosureWithdrawal, sent, work.today)
    if form.value is None:
        problems = {"": "Say why the closure is taken back."}
        return _holidays(http, work, status=422, problems=problems)
    closures.withdraw_closure(work, closure_id, form.value, version=form.version)
    return see(f"/holidays?changed={closure_id}")
