"""Declarations: the paragraphs with what was flagged, and the PDF."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.usecases import letters
from casemgr.usecases.views import declarations
from casemgr.web.page import page, page_router, see

router = page_router("/declarations")


@router.get("/{declaration_id}")
def show_declaration(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Show a declaration in its newest version."""
    return page(http, "declaration", work, seen=declarations.look(work, declaration_id))


@router.post("/{declaration_id}/pdf")
def make_pdf(opens: OpensDep, desk: DeskDep, declaration_id: str) -> Response:
    """Make the declaration a PDF in the form of its court; an unchanged one is not made again."""
    letter, _ = letters.make(opens, desk.store, letters.declaration(declaration_id))
    return see(f"/letters/{letter.id}.pdf")
