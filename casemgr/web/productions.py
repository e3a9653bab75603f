"""Productions of a matter: what came, missing numbers, the pace; forms to log and correct both."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.domain.words import Every, FixedBy, PagesCounted
from casemgr.fields import Input
from casemgr.usecases import paces, productions_csv
from casemgr.usecases import productions as acts
from casemgr.usecases.paces import PaceInput
from casemgr.usecases.productions import ProductionInput
from casemgr.usecases.views import productions
from casemgr.usecases.views.productions import ProductionsPage
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Form,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
)

router = page_router()

EVERY = {
    Every.WEEK: "Every week",
    Every.FORTNIGHT: "Every two weeks",
    Every.MONTH: "Every month",
    Every.QUARTER: "Every three months",
}
COUNTED = {
    PagesCounted.PROCESSED: "Every page they went through, also those kept back",
    PagesCounted.RELEASED: "Only pages we got, in full or in part",
}
FIXED_BY = {FixedBy.ORDER: "An order", FixedBy.AGREEMENT: "An agreement"}


@router.get("/matters/{matter_id}/productions")
def show_productions(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show what came back, which numbers are missing and how the pace is kept."""
    return _page(http, work, "matter_productions", productions.look(work, matter_id))


@router.get("/matters/{matter_id}/productions.csv")
def download_productions(work: WorkDep, matter_id: str) -> Response:
    """Give what came as CSV."""
    seen = productions.look(work, matter_id)
    named = f'attachment; filename="productions-{matter_id}-{seen.as_of}.csv"'
    return Response(
        productions_csv.write(seen),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": named},
    )


@router.post("/matters/{matter_id}/productions")
def log_production(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Log a release of records, or show the form again."""
    form = read_form(ProductionInput, sent, work.today)
    done = attempt_form(work, form, partial(acts.log_production, work, matter_id))
    if isinstance(done, Problems):
        return _again(http, work, matter_id, form, done, "release")
    return see(f"/matters/{matter_id}/productions#{done.id}")


@router.post("/matters/{matter_id}/paces")
def record_pace(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Record the pace at which records are owed, or show the form again."""
    form = read_form(PaceInput, sent, work.today)
    done = attempt_form(work, form, partial(paces.record_pace, work, matter_id))
    if isinstance(done, Problems):
        return _again(http, work, matter_id, form, done, "pace")
    return see(f"/matters/{matter_id}/productions#pace")


@router.get("/productions/{production_id}")
def show_production(http: Request, work: WorkDep, production_id: str) -> Response:
    """Show one release, and the form that corrects it."""
    seen, found = productions.one(work, production_id)
    typed = {**_typed(found, ProductionInput), "exemptions": "\n".join(found.exemptions)}
    return _page(http, work, "production", seen, found=found, typed=typed)


@router.post("/productions/{production_id}")
def change_production(http: Request, work: WorkDep, production_id: str, sent: Fields) -> Response:
    """Correct one release, unless somebody else did meanwhile."""
    seen, found = productions.one(work, production_id)
    form = read_form(ProductionInput, sent, work.today)
    done = attempt_form(
        work, form, partial(acts.change_production, work, production_id, version=form.version)
    )
    if isinstance(done, Problems):
        typed = {**form.typed, "version": str(found.version)}
        shown = {"found": found, "typed": typed, "problems": done, "status": done.status}
        return _page(http, work, "production", seen, **shown)
    return see(f"/matters/{found.matter_id}/productions#{found.id}")


@router.get("/production-paces/{pace_id}")
def show_pace(http: Request, work: WorkDep, pace_id: str) -> Response:
    """Show one pace, and the form that corrects it."""
    seen, found = productions.one_pace(work, pace_id)
    return _page(http, work, "production_pace", seen, found=found, typed=_typed(found, PaceInput))


@router.post("/production-paces/{pace_id}")
def change_pace(http: Request, work: WorkDep, pace_id: str, sent: Fields) -> Response:
    """Correct one pace, unless somebody else did meanwhile."""
    seen, found = productions.one_pace(work, pace_id)
    form = read_form(PaceInput, sent, work.today)
    done = attempt_form(work, form, partial(paces.change_pace, work, pace_id, version=form.version))
    if isinstance(done, Problems):
        typed = {**form.typed, "version": str(found.version)}
        shown = {"found": found, "typed": typed, "problems": done, "status": done.status}
        return _page(http, work, "production_pace", seen, **shown)
    return see(f"/matters/{found.matter_id}/productions#pace")


def _again(
    http: Request, work: Work, matter_id: str, form: Form[Any], wrong: Problems, which: str
) -> Response:
    shown = {"typed": form.typed, "problems": wrong, "status": wrong.status, "which": which}
    return _page(http, work, "matter_productions", productions.look(work, matter_id), **shown)


def _page(http: Request, work: Work, name: str, seen: ProductionsPage, **shown: Any) -> Response:
    given = {"every": EVERY, "counted": COUNTED, "fixed_by": FIXED_BY, "which": ""}
    return page(http, name, work, **{**given, "seen": seen, "matter": seen.matter, **shown})


def _typed(row: object, shape: type[Input]) -> dict[str, str]:
    kept = {name: getattr(row, name) for name in (*shape.model_fields, "version")}
    return {name: "" if value in (None, False) else str(value) for name, value in kept.items()}
