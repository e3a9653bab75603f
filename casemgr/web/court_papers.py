"""The papers of a lawsuit: which can be made, what each lacks, and the form that makes it."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.words import LetterKind
from casemgr.errors import Malformed
from casemgr.usecases import court_papers, letters
from casemgr.usecases.views import court_papers as views
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Form, page, page_router, read_form, see

router = page_router("/lawsuits")


@router.get("/{lawsuit_id}/papers")
def list_papers(http: Request, work: WorkDep, lawsuit_id: str) -> Response:
    """Show the papers that can be made in a lawsuit."""
    seen = views.look(work, lawsuit_id)
    return page(http, "court_papers", work, it=seen, line=seen.seen.line)


@router.get("/{lawsuit_id}/papers/{kind}")
def show_paper(http: Request, work: WorkDep, lawsuit_id: str, kind: LetterKind) -> Response:
    """Show what one paper needs, and its form."""
    return _paper(http, work, lawsuit_id, kind)


@router.post("/{lawsuit_id}/papers/{kind}")
def make_paper(
    http: Request, opens: OpensDep, desk: DeskDep, lawsuit_id: str, kind: LetterKind, sent: Fields
) -> Response:
    """Make a paper as a PDF and for Word, or show what it lacks."""
    with opens(reads_only=True) as work:
        form = read_form(court_papers.of_kind(kind).shape, sent, work.today)
        if form.value is None:
            return _paper(http, work, lawsuit_id, kind, form, problems=dict(form.problems))
    try:
        made, _ = letters.make(opens, desk.store, court_papers.gather(lawsuit_id, kind, form.value))
    except Malformed as wrong:
        with opens(reads_only=True) as work:
            return _paper(http, work, lawsuit_id, kind, form, problems=wrong.problems)
    return see(f"/letters/{made.id}.pdf")


def _paper(
    http: Request,
    work: Work,
    lawsuit_id: str,
    kind: LetterKind,
    form: Form[Any] | None = None,
    **shown: Any,
) -> Response:
    court_papers.of_kind(kind)
    typed = {kind: form.value} if form and form.value is not None else {}
    seen = views.look(work, lawsuit_id, typed)
    ready = next(each for each in seen.papers if each.it.kind is kind)
    given = {"it": seen, "line": seen.seen.line, "ready": ready, "made": seen.made_of(kind)}
    fields = dict(form.typed) if form else {}
    status = 422 if shown.get("problems") else 200
    return page(http, "court_paper", work, status=status, typed=fields, **given, **shown)
