"""Docket papers on pages: kept first, put beside the docket, then taken in; and dates compared."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.dockets.shapes import PaperRead
from casemgr.domain.access import Right
from casemgr.domain.docket_merge import Fit
from casemgr.errors import Malformed
from casemgr.usecases import docket_papers, docket_plan, docket_takings
from casemgr.usecases.docket_plan import DocketImport, Plan
from casemgr.usecases.letters import Opens
from casemgr.usecases.preview import preview
from casemgr.usecases.views import docket_takings as takings
from casemgr.usecases.views import lawsuits, matters
from casemgr.usecases.work import Work
from casemgr.web.incoming import LARGEST_FORM
from casemgr.web.page import (
    Fields,
    Form,
    Problems,
    attempt,
    page,
    page_router,
    see,
)
from casemgr.web.uploads import FieldsAndFile

router = page_router()


@router.get("/matters/{matter_id}/docket/import")
def ask_for_paper(http: Request, work: WorkDep, matter_id: str, lawsuit: str = "") -> Response:
    """Show the form that takes a docket paper."""
    return _asked(http, work, matter_id, {"lawsuit_id": lawsuit})


@router.post("/matters/{matter_id}/docket/import", max_body_size=LARGEST_FORM)
def keep_paper(
    http: Request, work: WorkDep, desk: DeskDep, matter_id: str, sent: FieldsAndFile
) -> Response:
    """Keep the paper as it came, and go on to what it says."""
    upload = http.state.upload
    if upload is None:
        wrong = Problems({"file": "Choose the docket paper."})
        return _asked(http, work, matter_id, sent, wrong)
    kept = attempt(work, partial(docket_papers.keep_paper, work, desk.store, matter_id, upload))
    if isinstance(kept, Problems):
        return _asked(http, work, matter_id, sent, kept)
    return see(_address(kept.id, sent.get("lawsuit_id", ""), sent.get("court_id", "")))


def _asked(
    http: Request,
    work: Work,
    matter_id: str,
    typed: dict[str, str],
    problems: Problems | None = None,
) -> Response:
    doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    seen, matter = matters.head(work, matter_id)
    shown: dict[str, Any] = {
        "matter": matter,
        "lawsuits": [each.line for each in lawsuits.pages_of(seen)],
        "typed": typed,
        "problems": problems or {},
    }
    return page(http, "docket_import", work, status=422 if problems else 200, **shown)


def _address(document_id: str, lawsuit_id: str, court_id: str) -> str:
    asked = "&".join(
        f"{name}={value}"
        for name, value in (("lawsuit", lawsuit_id), ("court", court_id))
        if value.isascii() and value.replace("-", "").isalnum()
    )
    return f"/docket-papers/{document_id}" + (f"?{asked}" if asked else "")


# --- what it says, beside what is on file


@router.get("/docket-papers/{document_id}")
def show_plan(
    http: Request,
    opens: OpensDep,
    desk: DeskDep,
    document_id: str,
    lawsuit: str = "",
    court: str = "",
    dates: str = "",
) -> Response:
    """Show what taking the paper in would do, to entries and to dates."""
    given = {"lawsuit_id": lawsuit, "court_id": court}
    return _planned(http, opens, desk, document_id, given, {}, with_dates=dates == "show")


@router.post("/docket-papers/{document_id}")
def take_in(
    http: Request, opens: OpensDep, desk: DeskDep, document_id: str, sent: Fields
) -> Response:
    """Take the paper in, or show again what it would do and what is wrong."""
    form = _read(sent)
    if form.value is None:
        return _planned(http, opens, desk, document_id, dict(sent), Problems(form.problems))
    if (begun := _begin_large(opens, document_id, form.value)) is not None:
        return see(f"/docket-takings/{begun}")
    paper = docket_papers.read_kept(opens, desk.store, document_id, sent.get("court_id", ""))
    with opens() as work:
        act = partial(docket_papers.take_in, work, document_id, paper, form.value)
        done = attempt(work, act)
        to = None if isinstance(done, Problems) else done[0].lawsuit
        went = (to.matter_id, to.id, len(done)) if to is not None else None
    if went is None:
        assert isinstance(done, Problems)
        return _planned(http, opens, desk, document_id, dict(sent), done)
    matter_id, lawsuit_id, cases = went
    return see(f"/lawsuits/{lawsuit_id}" if cases == 1 else f"/matters/{matter_id}/docket")


def _begin_large(opens: Opens, document_id: str, given: DocketImport) -> str | None:
    """Have a large paper taken in while its page tells how far it is; None for a small one."""
    with opens(reads_only=True) as work:
        if not docket_takings.is_large(work, docket_papers.kept(work, document_id)):
            return None
    with opens() as work:
        return docket_takings.begin(work, document_id, given).id


@router.get("/docket-takings/{taking_id}")
def show_taking(http: Request, work: WorkDep, taking_id: str) -> Response:
    """Show how far a paper has come; while it is at work the page looks again."""
    seen = takings.look(work, taking_id)
    answer = page(http, "docket_taking", work, seen=seen, steps=takings.ALL_STEPS)
    if seen.at_work:
        answer.headers["Refresh"] = "2"
    return answer


def _read(sent: dict[str, str]) -> Form[DocketImport]:
    """Read the form: what each line that may be on file is, stands in a field of its own."""
    said = {name: text for name, text in sent.items() if text.strip()}
    chosen = {name: said.pop(name) for name in list(said) if name.startswith("line-")}
    given: dict[str, Any] = {name: said.get(name) for name in ("lawsuit_id", "court_id", "seen")}
    for how in ("same", "apart"):
        given[how] = [
            int(name.removeprefix("line-"))
            for name, answer in chosen.items()
            if answer == how and name.removeprefix("line-").isdecimal()
        ]
    given = {name: value for name, value in given.items() if value}
    try:
        return Form(sent, DocketImport.model_validate(given))
    except ValueError:
        return Form(sent, None, {"": "This form came back changed. Choose the paper again."})


def _planned(
    http: Request,
    opens: OpensDep,
    desk: DeskDep,
    document_id: str,
    typed: dict[str, str],
    problems: dict[str, str],
    *,
    with_dates: bool = False,
) -> Response:
    court = typed.get("court_id", "")
    try:
        paper: PaperRead | None = docket_papers.read_kept(opens, desk.store, document_id, court)
    except Malformed as unreadable:
        paper, problems = None, {**problems, **unreadable.problems}
    with opens() as work:
        document = doors.document(work.session, work.actor, document_id, Right.LOG, work.today)
        _, matter = matters.head(work, document.matter_id)
        # What was seen before is no matter here: this is what is seen next.
        given = (_read(typed).value or DocketImport()).model_copy(update={"seen": ""})
        planned = docket_plan.plan(work, document.matter_id, paper, given) if paper else None
        many = planned is not None and _is_long(planned)
        counts = planned is not None and (with_dates or not many)
        moves = planned and counts and _moves(work, document_id, paper, planned, given)
        shown: dict[str, Any] = {
            "document": document,
            "matter": matter,
            "planned": planned,
            "moves": moves or (),
            "dates_on_asking": many and not with_dates,
            "typed": typed,
            "problems": problems,
            "FIT": Fit,
        }
        status = getattr(problems, "status", 422) if problems else 200
        return page(http, "docket_paper", work, status=status, **shown)


LONG = 500  # entries


def _is_long(planned: Plan) -> bool:
    """Say whether counting what a paper does to dates takes seconds: it is done when asked."""
    return sum(len(each.placed) for each in planned.cases) > LONG


def _moves(
    work: Work, document_id: str, paper: PaperRead | None, planned: Plan, given: DocketImport
) -> tuple[Any, ...]:
    """Say what taking the paper in would do to dates; nothing stays written."""
    if paper is None or all(each.refused for each in planned.cases):
        return ()
    try:
        return preview(work, lambda aside: docket_papers.take_in(aside, document_id, paper, given))
    except Malformed:
        return ()
