"""The search log of a matter: the table, the form of one statement, and the same as CSV."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.domain.searches import Aspect
from casemgr.domain.words import SaidIn
from casemgr.downloads import saved
from casemgr.usecases import searches as acts
from casemgr.usecases import searches_csv
from casemgr.usecases.searches import SearchStatementInput, SearchWithdrawal
from casemgr.usecases.views import searches
from casemgr.usecases.views.searches import Noted
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()

SAID_IN = {
    SaidIn.REQUEST: "Our request",
    SaidIn.AGREEMENT: "An agreement",
    SaidIn.ORDER: "An order",
    SaidIn.DECLARATION: "A declaration of the agency",
    SaidIn.LETTER: "A letter of the agency",
}
ASPECTS = {
    Aspect.TERMS: "Terms",
    Aspect.DATES: "Dates of records",
    Aspect.METHOD: "How",
    Aspect.WHO: "Who searched",
}


@router.get("/matters/{matter_id}/searches")
def show_log(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show what each paper says of a search, place by place."""
    return _log(http, work, matter_id)


@router.get("/matters/{matter_id}/searches.csv")
def download_log(work: WorkDep, matter_id: str) -> Response:
    """Give the log as CSV."""
    seen = searches.look(work, matter_id)
    named = f"searches-{matter_id}-{seen.as_of}.csv"
    return saved(searches_csv.write(seen), "text/csv; charset=utf-8", named)


@router.post("/matters/{matter_id}/searches")
def note_statement(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Note what a paper says of a search, or show the form again."""
    form = read_form(SearchStatementInput, sent, work.today)
    done = attempt_form(work, form, partial(acts.log_statement, work, matter_id))
    if isinstance(done, Problems):
        return _log(http, work, matter_id, done.status, typed=form.typed, problems=done)
    return see(f"/matters/{matter_id}/searches#{done.id}")


@router.get("/search-statements/{statement_id}")
def show_statement(http: Request, work: WorkDep, statement_id: str) -> Response:
    """Show one statement, and the form that corrects it."""
    seen, noted = searches.one(work, statement_id)
    return _page(http, work, "search_statement", seen, noted=noted, typed=_typed(noted))


@router.post("/search-statements/{statement_id}")
def change_statement(http: Request, work: WorkDep, statement_id: str, sent: Fields) -> Response:
    """Correct one statement, unless somebody else did meanwhile."""
    seen, noted = searches.one(work, statement_id)
    form = read_form(SearchStatementInput, sent, work.today)
    done = attempt_form(
        work, form, partial(acts.change_statement, work, statement_id, version=form.version)
    )
    if isinstance(done, Problems):
        shown = {"noted": noted, "problems": done, "status": done.status}
        kept = {**form.typed, "version": str(noted.version)}
        return _page(http, work, "search_statement", seen, typed=kept, **shown)
    return see(f"/matters/{noted.matter_id}/searches#{noted.id}")


@router.post("/search-statements/{statement_id}/withdraw")
def withdraw_statement(http: Request, work: WorkDep, statement_id: str, sent: Fields) -> Response:
    """Take back one statement, and say why; it stays readable."""
    seen, noted = searches.one(work, statement_id)
    form = read_form(SearchWithdrawal, sent, work.today)
    done = attempt_form(
        work, form, partial(acts.withdraw_statement, work, statement_id, version=form.version)
    )
    if isinstance(done, Problems):
        shown = {"noted": noted, "problems": done, "status": done.status}
        typed = {**_typed(noted), **form.typed, "version": str(noted.version)}
        return _page(http, work, "search_statement", seen, typed=typed, **shown)
    return see(f"/matters/{noted.matter_id}/searches#withdrawn")


def _log(http: Request, work: Work, matter_id: str, status: int = 200, **shown: Any) -> Response:
    return _page(
        http, work, "matter_searches", searches.look(work, matter_id), status=status, **shown
    )


def _page(http: Request, work: Work, name: str, seen: searches.SearchLog, **shown: Any) -> Response:
    given = {"seen": seen, "matter": seen.matter, "said_in": SAID_IN, "aspects": ASPECTS}
    return page(http, name, work, **{**given, **shown})


def _typed(noted: Noted) -> dict[str, str]:
    kept = {name: getattr(noted, name) for name in (*SearchStatementInput.model_fields, "version")}
    return {name: "" if value is None else str(value) for name, value in kept.items()}
