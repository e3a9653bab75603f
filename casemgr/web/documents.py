"""Documents and letters: the list, one document, and the bytes of both."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.usecases import documents as kept
from casemgr.usecases import letters
from casemgr.usecases.views import documents
from casemgr.web.page import page, page_router

router = page_router()

# A file somebody gave us runs nothing here and loads nothing from anywhere. Our own papers are
# not sandboxed: browsers refuse to show a PDF in a sandbox.
OURS = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}
CAGED = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


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
    return Response(
        data,
        media_type=blob.media_type,
        headers={**CAGED, "content-disposition": _named("attachment", row.file_name or row.title)},
    )


@router.get("/letters/{letter_id}.pdf")
def open_letter(work: WorkDep, desk: DeskDep, letter_id: str) -> Response:
    """Give a paper we made, to look at in the browser."""
    letter, pdf = letters.opened(work, desk.store, letter_id)
    return Response(
        pdf,
        media_type="application/pdf",
        headers={**OURS, "content-disposition": _named("inline", f"{letter.title}.pdf")},
    )


@router.get("/letters/{letter_id}.docx")
def open_letter_in_word(opens: OpensDep, desk: DeskDep, letter_id: str) -> Response:
    """Give a paper we made as an editable Word file, to be saved."""
    letter, data = letters.opened_in_word(opens, desk.store, letter_id)
    named = _named("attachment", f"{letter.title}.docx")
    return Response(data, media_type=letters.WORD, headers={**OURS, "content-disposition": named})


def _named(how: str, name: str) -> str:
    return f"{how}; filename*=UTF-8''{quote(name, safe='')}"
