"""Docket papers: kept as they came, put beside the docket, taken in; and the dates compared."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Body, Form, UploadFile
from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.documents import DOCUMENTS, LARGEST
from casemgr.api.nouns import Noun
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, answer_row, api_router
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.docket_merge import Fit
from casemgr.files.kinds import Upload
from casemgr.usecases import docket_papers, docket_plan, docket_takings
from casemgr.usecases.docket_papers import TakenIn
from casemgr.usecases.docket_plan import DocketImport, Plan
from casemgr.usecases.views import reconciliation
from casemgr.usecases.views.compared import Compared

DOCKET_PAPERS = Noun(
    path="docket-papers",
    one="docket paper",
    about="A docket sheet, notice or table that was taken in, with whom it says it is from.",
    shape=Shape("DocketPaper", tables.DocketPaper),
    order="known_on",
    filters={"matter": "matter_id", "lawsuit": "lawsuit_id", "document": "document_id"},
)

DOCKET_LINES = Noun(
    path="docket-lines",
    one="docket line",
    about="What a docket paper says of an entry, where no paper before it said the same.",
    shape=Shape("DocketLine", tables.DocketLine),
    order="position",
    filters={"paper": "docket_paper_id", "entry": "docket_entry_id"},
)

DOCKET_TAKINGS = Noun(
    path="docket-takings",
    one="docket taking",
    about="A docket paper taken in in the background: how far it is, and what became of it.",
    shape=Shape("DocketTaking", tables.DocketTaking, without=("claimed_by", "lease_until")),
    order="made_at",
    newest_first=True,
    filters={"matter": "matter_id", "document": "document_id", "state": "state"},
)

NOUNS = (DOCKET_PAPERS, DOCKET_LINES, DOCKET_TAKINGS)

router = api_router()


class AskedLine(BaseModel):
    """A line of the paper that may be an entry on file without a number."""

    line: int
    number: int | None
    filed_on: date
    says: str
    may_be: str | None


class CasePlanned(BaseModel):
    """What would come of one case of the paper; `refused` says why nothing would."""

    court_id: str
    docket_number: str
    title: str
    lawsuit_id: str | None
    refused: str
    counts: dict[str, int]
    asked: list[AskedLine]


class Planned(BaseModel):
    """What taking a paper in would do; `seen` is its fingerprint, to be sent back with the act."""

    kind: str
    sender: str
    doubts: list[str]
    seen: str
    cases: list[CasePlanned]


class TakenInOut(BaseModel):
    """What one case of a paper became."""

    lawsuit_id: str
    added: int
    joined: int
    kept_beside: int
    left_out: int


class ComparedOut(BaseModel):
    """One date of a docket beside ours."""

    verdict: str
    entry_id: str | None
    deadline_id: str | None
    what: str
    who: str
    kind: str | None
    stated: date | None
    counted: date | None
    rule: str
    words: str
    why: str


@router.post(
    "/docket-papers/upload",
    status_code=201,
    operation_id="upload_docket_paper",
    summary="Keep one docket paper as it came",
    response_model=None,
    responses={
        201: {"model": DOCUMENTS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
    max_body_size=LARGEST,
)
def upload_docket_paper(
    work: WorkDep,
    desk: DeskDep,
    matter_id: Annotated[str, Form(max_length=32, pattern=r"^[A-Za-z0-9-]+$")],
    file: UploadFile,
) -> Response:
    """Keep a docket page, notice, service's answer or table as a document; nothing is read yet."""
    upload = Upload(file.filename or "", file.file.read())
    row = docket_papers.keep_paper(work, desk.store, matter_id, upload)
    return answer_row(work, DOCUMENTS, row, 201)


Given = Annotated[DocketImport, StrictJson(), Body(examples=[{"court_id": "nysd"}])]


@router.post(
    "/documents/{id}/docket-plan",
    operation_id="plan_docket_paper",
    summary="See what taking a docket paper in would do",
    response_model=None,
    responses={
        200: {"model": Planned},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def plan_docket_paper(opens: OpensDep, desk: DeskDep, row_id: RowId, given: Given) -> Response:
    """Put a kept paper beside the dockets of its matter; nothing is written."""
    paper = docket_papers.read_kept(opens, desk.store, row_id, given.court_id or "")
    with opens(reads_only=True) as work:
        document = docket_papers.kept(work, row_id)
        planned = docket_plan.plan(work, document.matter_id, paper, given)
        return Response(_planned(planned).model_dump_json(), media_type=JSON)


@router.post(
    "/documents/{id}/docket-import",
    status_code=201,
    operation_id="take_in_docket_paper",
    summary="Take in one docket paper",
    response_model=None,
    responses={
        201: {"model": list[TakenInOut]},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def take_in_docket_paper(opens: OpensDep, desk: DeskDep, row_id: RowId, given: Given) -> Response:
    """Add what is new of a kept paper, write nothing over, and bring every date into step."""
    paper = docket_papers.read_kept(opens, desk.store, row_id, given.court_id or "")
    with opens() as work:
        done = [_taken(each) for each in docket_papers.take_in(work, row_id, paper, given)]
    body = "[" + ",".join(each.model_dump_json() for each in done) + "]"
    return Response(body, 201, media_type=JSON)


@router.post(
    "/documents/{id}/docket-takings",
    status_code=201,
    operation_id="begin_docket_taking",
    summary="Have one large docket paper taken in in the background",
    response_model=None,
    responses={
        201: {"model": DOCKET_TAKINGS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def begin_docket_taking(work: WorkDep, row_id: RowId, given: Given) -> Response:
    """Begin to take a kept paper in; ask for the row until its `state` is `done` or `failed`."""
    row = docket_takings.begin(work, row_id, given)
    return answer_row(work, DOCKET_TAKINGS, row, 201)


@router.get(
    "/lawsuits/{id}/docket-dates",
    operation_id="list_docket_dates",
    summary="List the dates a docket states, beside ours",
    response_model=None,
    responses={200: {"model": list[ComparedOut]}, **answers(401, 404, 503)},
)
def list_docket_dates(work: WorkDep, row_id: RowId) -> Response:
    """Return every date the docket names, recounted by its rule, and those it does not name."""
    found = [_compared(each) for each in reconciliation.look(work, row_id).dates]
    body = "[" + ",".join(each.model_dump_json() for each in found) + "]"
    return Response(body, media_type=JSON)


def _planned(planned: Plan) -> Planned:
    return Planned(
        kind=planned.paper.kind.value,
        sender=planned.paper.sender,
        doubts=list(planned.paper.doubts),
        seen=planned.fingerprint,
        cases=[
            CasePlanned(
                court_id=each.case.court_id,
                docket_number=each.case.docket_number,
                title=each.case.title,
                lawsuit_id=each.lawsuit.id if each.lawsuit else None,
                refused=each.refused,
                counts={fit.value: count for fit, count in sorted(each.counts.items())},
                asked=[
                    AskedLine(
                        line=at,
                        number=line.number,
                        filed_on=line.filed_on,
                        says=line.says,
                        may_be=placed.entry_id,
                    )
                    for at, line, placed in each.lines(Fit.MAYBE)
                ],
            )
            for each in planned.cases
        ],
    )


def _taken(each: TakenIn) -> TakenInOut:
    return TakenInOut(
        lawsuit_id=each.lawsuit.id,
        added=each.added,
        joined=each.joined,
        kept_beside=each.kept_beside,
        left_out=each.left_out,
    )


def _compared(each: Compared) -> ComparedOut:
    stated, ours = each.stated, each.ours
    return ComparedOut(
        verdict=each.verdict.value,
        entry_id=each.entry.id if each.entry else None,
        deadline_id=ours.line.id if ours else None,
        what=stated.what if stated else (ours.line.title if ours else ""),
        who=stated.who if stated else "",
        kind=stated.kind.value if stated else None,
        stated=stated.on if stated else None,
        counted=each.counted,
        rule=each.rule,
        words=stated.words if stated else "",
        why=each.why,
    )
