"""A declaration that comes back from Word: brought, compared, and taken over in parts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import Body, File, Path, UploadFile
from pydantic import BaseModel, Field
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import StrictJson
from casemgr.api.declarations import VERSIONS, WordsOut
from casemgr.api.documents import DOCUMENTS, LARGEST
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, answer, answer_row, api_router
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.fields import Input
from casemgr.files.kinds import Upload
from casemgr.usecases import word_returns
from casemgr.usecases.declarations import MOST_PARAGRAPHS
from casemgr.usecases.word_returns import Comparison

router = api_router()

DocumentId = Annotated[str, Path(description="The file that came back.", examples=["D-7F3KQ2X8MP"])]


class ReturnedChange(BaseModel):
    """One paragraph side by side; `place` is what an acceptance calls it."""

    place: int
    how: str
    before: int | None
    after: int | None
    words: list[WordsOut]


class ReturnedComparison(BaseModel):
    """A file that came back beside the newest version of its declaration.

    `opening` is there where it opens otherwise; `told` is what to know of the file itself.
    """

    declaration_version_id: str
    fingerprint: str
    opening: list[WordsOut] | None
    changes: list[ReturnedChange]
    told: list[str]


class ReturnAccepted(Input):
    """Which changes are taken over, by their places, from the comparison of this fingerprint."""

    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    accepted: Annotated[list[int], Field(max_length=2 * MOST_PARAGRAPHS)] = []
    opening: bool = False


@router.post(
    "/declarations/{id}/returns",
    status_code=201,
    operation_id="bring_declaration_back",
    summary="Bring a declaration back that was edited in Word",
    response_model=None,
    responses={
        201: {"model": DOCUMENTS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
    max_body_size=LARGEST,
)
def bring_back(
    work: WorkDep,
    desk: DeskDep,
    row_id: RowId,
    file: Annotated[UploadFile, File(description="The Word file; its name ends in .docx.")],
) -> Response:
    """Keep the file as it came; it changes nothing by itself."""
    upload = Upload(file.filename or "", file.file.read())
    row = word_returns.take_back(work, row_id, desk.store, upload)
    return answer_row(work, DOCUMENTS, row, 201)


@router.get(
    "/declarations/{id}/returns/{document_id}",
    operation_id="compare_returned_declaration",
    summary="Compare a file that came back with the newest version",
    response_model=None,
    responses={200: {"model": ReturnedComparison}, **answers(401, 404, 409, 422, 503)},
)
def compare_returned(
    opens: OpensDep, desk: DeskDep, row_id: RowId, document_id: DocumentId
) -> Response:
    """Return what is different in the file, paragraph by paragraph."""
    seen = word_returns.look(opens, desk.store, row_id, document_id)
    return Response(_as_json(seen).model_dump_json(), media_type=JSON)


def _as_json(seen: Comparison) -> ReturnedComparison:
    changes = [
        ReturnedChange(
            place=each.place,
            how=each.row.how,
            before=each.row.before.number if each.row.before else None,
            after=each.row.after.number if each.row.after else None,
            words=[WordsOut(**asdict(one)) for one in each.row.words],
        )
        for each in seen.changes
    ]
    opening = [WordsOut(**asdict(one)) for one in seen.opening.words] if seen.opening else None
    return ReturnedComparison(
        declaration_version_id=seen.version.id,
        fingerprint=seen.fingerprint,
        opening=opening,
        changes=changes,
        told=list(seen.told),
    )


@router.post(
    "/declarations/{id}/returns/{document_id}",
    status_code=201,
    operation_id="accept_returned_declaration",
    summary="Begin a new version with the changes that are accepted",
    response_model=None,
    responses={
        201: {"model": VERSIONS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def accept_returned(
    opens: OpensDep,
    desk: DeskDep,
    row_id: RowId,
    document_id: DocumentId,
    given: Annotated[
        ReturnAccepted,
        StrictJson(),
        Body(examples=[{"fingerprint": "0" * 64, "accepted": [2, 4], "opening": False}]),
    ],
) -> Response:
    """Take over what is accepted; the other paragraphs stay as they were."""
    made = word_returns.accept(
        opens, desk.store, row_id, document_id, frozenset(given.accepted),
        fingerprint=given.fingerprint, opening=given.opening,
    )  # fmt: skip
    with opens(reads_only=True) as work:
        return answer(VERSIONS, nouns.row_of(work, VERSIONS, made.id), 201)
