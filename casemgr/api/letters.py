"""Make a letter: the facts are read, the PDF is made outside any transaction, both are kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import StrictJson
from casemgr.api.documents import LETTERS
from casemgr.api.problems import answers
from casemgr.api.routes import answer, api_router
from casemgr.desk import Desk, DeskDep, OpensDep
from casemgr.domain.words import LetterKind
from casemgr.fields import Code, Input
from casemgr.usecases import letters

router = api_router()


class LetterInput(Input):
    """Which paper, and of what: a track, a declaration, a matter or a deadline."""

    kind: LetterKind
    of: Code


@router.post(
    "/letters",
    status_code=201,
    operation_id="create_letter",
    summary="Make one letter as a PDF",
    response_model=None,
    responses={
        201: {"model": LETTERS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def create_letter(
    desk: DeskDep,
    opens: OpensDep,
    given: Annotated[
        LetterInput,
        StrictJson(),
        Body(examples=[{"kind": "declaration", "of": "DC-7F3KQ2X8MP"}]),
    ],
) -> Response:
    """Make a paper from its facts; one whose facts have not changed is not made twice."""
    letter, _ = letters.make(opens, desk.store, _gather(given, desk))
    with opens(reads_only=True) as work:
        return answer(LETTERS, nouns.row_of(work, LETTERS, letter.id), 201)


def _gather(given: LetterInput, desk: Desk) -> letters.Gather:
    if given.kind is LetterKind.FOIA_REQUEST:
        return letters.request_letter(given.of)
    if given.kind is LetterKind.DECLARATION:
        return letters.declaration(given.of)
    if given.kind is LetterKind.DEADLINE_REPORT:
        return letters.deadline_report(given.of, desk.office)
    return letters.deadline_proof(given.of, desk.office)
