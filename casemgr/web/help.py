"""Help: the words of the trade, how the pages work, and what the checks of a declaration mean."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from casemgr.declarations.codes import CODES
from casemgr.declarations.examples import EXAMPLES
from casemgr.desk import WorkDep
from casemgr.web.page import page, page_router

router = page_router()


@router.get("/help")
def show_help(http: Request, work: WorkDep) -> Response:
    """Show the words of the trade and how the pages work."""
    return page(http, "help", work)


@router.get("/help/checks")
def show_checks(http: Request, work: WorkDep) -> Response:
    """Show every check of a declaration: what it finds, an example, and how to mend it."""
    return page(http, "help_checks", work, codes=CODES, examples=EXAMPLES)
