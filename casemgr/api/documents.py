"""Documents: described as JSON, uploaded as a form, downloaded as they came; letters we made."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import File, Form, UploadFile
from starlette.responses import Response

from casemgr.api.bodies import strictly
from casemgr.api.nouns import Change, Create, Noun
from casemgr.api.problems import a_file, answers
from casemgr.api.routes import IfMatch, RowId, answer_row, api_router, unchanged_since_read
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.downloads import saved
from casemgr.errors import Malformed
from casemgr.files.kinds import Upload, own_type
from casemgr.usecases import documents, letters

LARGEST = 50 * 1024 * 1024

DOCUMENTS = Noun(
    path="documents",
    one="document",
    about="A file somebody gave us, kept by its SHA-256, or a paper we know of and describe.",
    shape=Shape("Document", tables.Document),
    order="dated_on",
    filters={"matter": "matter_id", "kind": "kind", "sha256": "sha256"},
    create=Create(
        documents.DocumentInput,
        documents.describe_document,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "title": "Letter of the agency",
            "kind": "letter",
            "author": "FOIA Office",
            "dated_on": "2010-02-16",
            "summary": "Says that the request arrived.",
        },
        parent="matter_id",
    ),
    change=Change(documents.DocumentInput, documents.change_document, {"kind": "decision"}),
)

LETTERS = Noun(
    path="letters",
    one="letter",
    about="A paper made from a template and facts, kept with both.",
    shape=Shape("Letter", tables.Letter),
    order="made_at",
    newest_first=True,
    filters={
        "matter": "matter_id",
        "track": "track_id",
        "kind": "kind",
        "version": "declaration_version_id",
    },
)

NOUNS = (DOCUMENTS, LETTERS)

router = api_router()


@router.post(
    "/documents/upload",
    status_code=201,
    operation_id="upload_document",
    summary="Add one document with its file",
    response_model=None,
    responses={
        201: {"model": DOCUMENTS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
    max_body_size=LARGEST,
)
def upload_document(
    work: WorkDep,
    desk: DeskDep,
    matter_id: Annotated[str, Form(max_length=32, pattern=r"^[A-Za-z0-9-]+$")],
    file: Annotated[UploadFile, File(description="The file; its name must say what it is.")],
    document: Annotated[
        str,
        Form(
            max_length=20_000,
            description="What it is, as JSON: the fields of a document without `matter_id`.",
            examples=['{"title": "Letter of the agency", "dated_on": "2010-02-16"}'],
        ),
    ],
) -> Response:
    """Add a file somebody gave us; one that is not what its name claims is refused."""
    given = strictly(documents.DocumentInput, _json(document))
    upload = Upload(file.filename or "", file.file.read())
    row = documents.add_document(work, matter_id, given, desk.store, upload)
    return answer_row(work, DOCUMENTS, row, 201)


@router.put(
    "/documents/{id}/file",
    operation_id="attach_file",
    summary="Add the file of a document that was only described",
    response_model=None,
    responses={
        200: {"model": DOCUMENTS.shape.model},
        **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
    },
    max_body_size=LARGEST,
)
def attach_file(
    work: WorkDep, desk: DeskDep, row_id: RowId, file: UploadFile, if_match: IfMatch = None
) -> Response:
    """Keep the bytes of a document we knew of; a file once kept never changes."""
    unchanged_since_read(work, DOCUMENTS, row_id, if_match)
    upload = Upload(file.filename or "", file.file.read())
    return answer_row(work, DOCUMENTS, documents.attach_file(work, row_id, desk.store, upload))


@router.get(
    "/documents/{id}/file",
    operation_id="download_document",
    summary="Download a document's file",
    response_class=Response,
    responses={
        **a_file("The bytes.", "application/octet-stream"),
        **answers(401, 404, 503),
    },
)
def download_document(work: WorkDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return the bytes as they came, checked against their SHA-256."""
    document, blob, data = documents.open_file(work, row_id, desk.store)
    return saved(data, own_type(document.file_name, blob.media_type), document.file_name)


@router.get(
    "/letters/{id}/file",
    operation_id="download_letter",
    summary="Download a letter as PDF",
    response_class=Response,
    responses={
        **a_file("The PDF.", "application/pdf"),
        **answers(401, 404, 503),
    },
)
def download_letter(work: WorkDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return the PDF that was kept when the letter was made."""
    letter, data = letters.opened(work, desk.store, row_id)
    return saved(data, "application/pdf", f"{letter.id}.pdf")


@router.get(
    "/letters/{id}/word",
    operation_id="download_letter_for_word",
    summary="Download a letter as an editable Word file",
    response_class=Response,
    responses={
        **a_file("The Word file.", letters.WORD),
        **answers(401, 404, 503),
    },
)
def download_word(opens: OpensDep, desk: DeskDep, row_id: RowId) -> Response:
    """Return the Word file with the words of its PDF, made when it is first asked for."""
    letter, data = letters.opened_in_word(opens, desk.store, row_id)
    return saved(data, letters.WORD, f"{letter.id}.docx")


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed(
            {"document": 'This is not JSON. Give an object like {"title": "…"}.'}
        ) from None
