"""A lawsuit's own form, and the forms of what belongs to it beside the docket."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db.doors import allow
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import PartyRole, Side
from casemgr.errors import NotFound
from casemgr.usecases import lawsuit_records as acts
from casemgr.usecases import litigation
from casemgr.usecases.lawsuit_records import SHAPES, Kind
from casemgr.usecases.litigation import LawsuitInput
from casemgr.usecases.views import lawsuit_records as views
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()

SIDES = {Side.OURS: "Ours", Side.THEIRS: "Theirs", Side.COURT: "The court’s"}
ROLES = {
    PartyRole.PLAINTIFF: "Plaintiff",
    PartyRole.DEFENDANT: "Defendant",
    PartyRole.AMICUS: "Amicus curiae",
}
NAMES = {
    Kind.STATUS: "A status",
    Kind.PARTY: "A party",
    Kind.APPEARANCE: "Who appears",
    Kind.RELATED: "A related lawsuit",
    Kind.TRACK: "A track in suit",
}


@router.get("/matters/{matter_id}/lawsuits/new")
def ask_for_lawsuit(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show the form that records a lawsuit."""
    seen = views.form(work, matter_id)
    allow(work.actor, Right.LOG)
    return _form(http, work, seen, f"/matters/{matter_id}/lawsuits/new", {})


@router.post("/matters/{matter_id}/lawsuits/new")
def record_lawsuit(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Record a lawsuit, or show the form again."""
    form = read_form(LawsuitInput, sent, work.today)
    done = attempt_form(work, form, partial(litigation.record_lawsuit, work, matter_id))
    if isinstance(done, Problems):
        seen, here = views.form(work, matter_id), f"/matters/{matter_id}/lawsuits/new"
        return _form(http, work, seen, here, form.typed, done)
    return see(f"/lawsuits/{done.id}")


@router.get("/lawsuits/{lawsuit_id}/edit")
def edit_lawsuit(http: Request, work: WorkDep, lawsuit_id: str) -> Response:
    """Show the form that corrects a lawsuit."""
    row = acts.open_lawsuit(work, lawsuit_id)
    typed = _typed({name: getattr(row, name) for name in (*LawsuitInput.model_fields, "version")})
    typed["docket_number"] = row.cited_as
    seen = views.form(work, row.matter_id)
    return _form(http, work, seen, f"/lawsuits/{lawsuit_id}/edit", typed, lawsuit=row)


@router.post("/lawsuits/{lawsuit_id}/edit")
def change_lawsuit(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Correct a lawsuit, unless somebody else did meanwhile."""
    row = acts.open_lawsuit(work, lawsuit_id)
    form = read_form(LawsuitInput, sent, work.today)
    done = attempt_form(
        work, form, partial(litigation.change_lawsuit, work, lawsuit_id, version=form.version)
    )
    if isinstance(done, Problems):
        seen, here = views.form(work, row.matter_id), f"/lawsuits/{lawsuit_id}/edit"
        typed = {**form.typed, "version": str(row.version)}
        return _form(http, work, seen, here, typed, done, lawsuit=row)
    return see(f"/lawsuits/{lawsuit_id}")


@router.get("/lawsuits/{lawsuit_id}/record")
def ask_what(http: Request, work: WorkDep, lawsuit_id: str) -> Response:
    """Show what can be recorded of a lawsuit beside its docket."""
    return _record(http, work, lawsuit_id)


@router.post("/lawsuits/{lawsuit_id}/record/{kind}")
def record(http: Request, work: WorkDep, lawsuit_id: str, kind: Kind, sent: Fields) -> Response:
    """Record a status, a party, counsel, a related lawsuit or a track in suit."""
    form = read_form(SHAPES[kind], sent, work.today)
    done = attempt_form(work, form, partial(acts.record, work, lawsuit_id, kind))
    if isinstance(done, Problems):
        shown = {"typed": form.typed, "problems": done, "status": done.status, "which": kind.value}
        return _record(http, work, lawsuit_id, **shown)
    return see(f"/lawsuits/{lawsuit_id}/record?saved={kind}")


@router.get("/lawsuits/{lawsuit_id}/record/{kind}/{row_id}")
def show_one(http: Request, work: WorkDep, lawsuit_id: str, kind: Kind, row_id: str) -> Response:
    """Show the form that corrects one of them."""
    found = _found(work, lawsuit_id, kind, row_id)
    return _correct(http, work, lawsuit_id, kind, row_id, typed=_typed(found.values))


@router.post("/lawsuits/{lawsuit_id}/record/{kind}/{row_id}")
def change_one(
    http: Request, work: WorkDep, lawsuit_id: str, kind: Kind, row_id: str, sent: Fields
) -> Response:
    """Correct one of them, unless somebody else did meanwhile."""
    found = _found(work, lawsuit_id, kind, row_id)
    form = read_form(SHAPES[kind], sent, work.today)
    done = attempt_form(work, form, partial(acts.change, work, kind, row_id, version=form.version))
    if isinstance(done, Problems):
        typed = {**form.typed, "version": _typed(found.values)["version"]}
        shown = {"typed": typed, "problems": done, "status": done.status}
        return _correct(http, work, lawsuit_id, kind, row_id, **shown)
    return see(f"/lawsuits/{found.lawsuit_id}/record?saved={kind}")


def _found(work: Work, lawsuit_id: str, kind: Kind, row_id: str) -> acts.Found:
    found = acts.find(work, kind, row_id)
    if found.lawsuit_id != lawsuit_id:
        raise NotFound
    return found


def _form(
    http: Request,
    work: Work,
    seen: views.LawsuitForm,
    action: str,
    typed: Mapping[str, str],
    problems: Problems | None = None,
    lawsuit: object = None,
) -> Response:
    status = problems.status if problems else 200
    shown = {"seen": seen, "matter": seen.matter, "action": action, "lawsuit": lawsuit}
    return page(
        http, "lawsuit_form", work, status=status, typed=typed, problems=problems or {}, **shown
    )


def _record(http: Request, work: Work, lawsuit_id: str, **shown: Any) -> Response:
    saved = http.query_params.get("saved", "")
    kinds = {each.value: NAMES[each] for each in Kind}
    given = {"which": "", "kinds": kinds, "saved": saved if saved in kinds else "", **shown}
    return _with(http, work, "lawsuit_record", lawsuit_id, **given)


def _correct(
    http: Request, work: Work, lawsuit_id: str, kind: Kind, row_id: str, **shown: Any
) -> Response:
    given = {"kind": kind.value, "called": NAMES[kind], "row_id": row_id, **shown}
    return _with(http, work, "lawsuit_correct", lawsuit_id, **given)


def _with(http: Request, work: Work, name: str, lawsuit_id: str, **shown: Any) -> Response:
    it = views.look(work, lawsuit_id)
    allow(work.actor, Right.LOG)
    given: dict[str, Any] = {"it": it, "matter": it.matter, "sides": SIDES, "roles": ROLES}
    return page(http, name, work, **given, **shown)


def _typed(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: _said(value) for name, value in values.items()}


def _said(value: Any) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "true" if value is True else str(value)
