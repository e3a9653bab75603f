"""The papers of a lawsuit: what each lacks today, and making one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from pydantic import BaseModel, Field
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import StrictJson
from casemgr.api.documents import LETTERS
from casemgr.api.letters import PartOfLetter
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, answer, api_router
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.words import LetterKind
from casemgr.fields import Input
from casemgr.usecases import court_papers, docket_report, letters
from casemgr.usecases.views import court_papers as views
from casemgr.usecases.views.court_papers import PapersPage

router = api_router()


class SourceOfPaper(BaseModel):
    """One text a paper rests on; `read`: it was read at its source for the rule book."""

    cites: str
    asks: str
    url: str
    read: bool


class CourtPaperReady(BaseModel):
    """A kind of paper, the fields that are typed for it, and its check list with none typed."""

    kind: LetterKind
    name: str
    purpose: str
    typed: list[str]
    parts: list[PartOfLetter]
    law: list[SourceOfPaper]


class CourtPapersReady(BaseModel):
    """Every paper that can be made in a lawsuit."""

    items: list[CourtPaperReady]


class CourtPaperInput(Input):
    """Which paper to make, and what is typed for it, by the names that the list gives."""

    kind: LetterKind
    typed: Annotated[dict[str, Any], Field(max_length=20)] = {}


EXAMPLE = {
    "kind": "notice_of_motion",
    "typed": {
        "what": "for summary judgment",
        "rules": "Fed. R. Civ. P. 56",
        "relief": "to order the release of the records.",
        "upon": "the declaration of Rosa Alvarez\nthe memorandum of law",
    },
}


@router.get(
    "/lawsuits/{id}/papers",
    operation_id="list_court_papers",
    summary="List the papers of a lawsuit and what each lacks",
    response_model=None,
    responses={200: {"model": CourtPapersReady}, **answers(401, 404, 503)},
)
def list_papers(work: WorkDep, row_id: RowId) -> Response:
    """List every paper that can be made in a lawsuit, with its check list as of today."""
    return Response(ready_of(views.look(work, row_id)).model_dump_json(), media_type=JSON)


def ready_of(seen: PapersPage) -> CourtPapersReady:
    """Return the papers of a lawsuit, with what each lacks, as programs read them."""
    items = [
        CourtPaperReady(
            kind=each.it.kind,
            name=each.it.name,
            purpose=each.it.purpose,
            typed=list(each.it.shape.model_fields),
            parts=[PartOfLetter.model_validate(one, from_attributes=True) for one in each.checks],
            law=[SourceOfPaper.model_validate(one, from_attributes=True) for one in each.law],
        )
        for each in seen.papers
    ]
    return CourtPapersReady(items=items)


@router.post(
    "/lawsuits/{id}/papers",
    status_code=201,
    operation_id="create_court_paper",
    summary="Make a paper of a lawsuit as a PDF and for Word",
    response_model=None,
    responses={
        201: {"model": LETTERS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def create_paper(
    desk: DeskDep,
    opens: OpensDep,
    row_id: RowId,
    given: Annotated[CourtPaperInput, StrictJson(), Body(examples=[EXAMPLE])],
) -> Response:
    """Make a paper from the record and what is typed; with the same facts it is not made twice."""
    typed = court_papers.read(given.kind, given.typed)
    letter, _ = letters.make(opens, desk.store, court_papers.gather(row_id, given.kind, typed))
    with opens(reads_only=True) as work:
        return answer(LETTERS, nouns.row_of(work, LETTERS, letter.id), 201)


@router.post(
    "/matters/{id}/docket-report",
    status_code=201,
    operation_id="create_docket_report",
    summary="Make the docket report of a matter",
    response_model=None,
    responses={201: {"model": LETTERS.shape.model}, **answers(401, 403, 404, 409, 422, 503)},
)
def create_docket_report(desk: DeskDep, opens: OpensDep, row_id: RowId) -> Response:
    """Make the report of every open date, person by person, unconfirmed dates first."""
    letter, _ = letters.make(opens, desk.store, docket_report.gather(row_id, desk.office))
    with opens(reads_only=True) as work:
        return answer(LETTERS, nouns.row_of(work, LETTERS, letter.id), 201)
