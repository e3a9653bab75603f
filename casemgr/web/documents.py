"""Documents and letters: the list, one document, and the bytes of both."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.downloads import saved, shown
from casemgr.files.kinds import own_type
from casemgr.usecases import documents as kept
from casemgr.usecases import letters
from casemgr.usecases.views import documents
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/documents")
def list_documents(http: Request, work: WorkDep) -> Response:
    """Show the documents and letters of whoever asks."""
    return page(http, "documents", work, found=documents.look_at_all(work))


@router.get("/documents/{document_id}")
def show_document(http: Request, work: WorkDep, document_id: str) -> Response:
    """Show what is known of a document."""
    return page(http, "document", work, seen=documents.look(work, document_id))


@router.get("/documents/{document_id}/file")
def open_document(work: WorkDep, desk: DeskDep, document_id: str) -> Response:
    """Give the file itself, always to be saved and never shown within our pages."""
    row, blob, data = kept.open_file(work, document_id, desk.store)
    return saved(data, own_type(row.file_name, blob.media_type), row.file_name or row.title)


@router.get("/letters/{letter_id}.pdf")
def open_letter(work: WorkDep, desk: DeskDep, letter_id: str) -> Response:
    """Give a paper we made, to look at in the browser."""
    letter, pdf = letters.opened(work, desk.store, letter_id)
    return shown(pdf, "application/pdf", f"{letter.title}.pdf")


@router.get("/letters/{letter_id}.docx")
def open_letter_in_word(opens: OpensDep, desk: DeskDep, letter_id: str) -> Response:
    """Give a paper we made as an editable Word file, to be saved."""
    letter, data = letters.opened_in_word(opens, desk.store, letter_id)
    return saved(data, letters.WORD, f"{letter.title}.docx")
