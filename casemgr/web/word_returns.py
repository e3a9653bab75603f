"""Bring a declaration back from Word: compare it, accept or refuse each change."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.access import Right, may
from casemgr.errors import Malformed
from casemgr.usecases import word_returns
from casemgr.usecases.declarations import MOST_PARAGRAPHS
from casemgr.usecases.letters import Opens
from casemgr.usecases.views import declarations as views
from casemgr.usecases.work import Work
from casemgr.web.incoming import LARGEST_FORM
from casemgr.web.page import Problems, attempt, page, page_router, see, up_to
from casemgr.web.uploads import FieldsAndFile

router = page_router("/declarations/{declaration_id}/returns")

ACCEPT = "accept-"  # a box for each change, since a form names a field once


Ticked = Annotated[dict[str, str], up_to(2 * MOST_PARAGRAPHS + 10)]


@router.get("")
def ask_for_file(http: Request, work: WorkDep, declaration_id: str) -> Response:
    """Show the form that takes the Word file."""
    return _asked(http, work, declaration_id)


@router.post("", max_body_size=LARGEST_FORM)
def bring(
    http: Request,
    work: WorkDep,
    desk: DeskDep,
    declaration_id: str,
    sent: FieldsAndFile,  # noqa: ARG001 the form carries its key
) -> Response:
    """Keep the file as it came, and go on to what is different in it."""
    upload = http.state.upload
    if upload is None:
        return _asked(http, work, declaration_id, Problems({"file": "Choose the Word file."}))
    kept = attempt(work, partial(word_returns.take_back, work, declaration_id, desk.store, upload))
    if isinstance(kept, Problems):
        return _asked(http, work, declaration_id, kept)
    return see(f"/declarations/{declaration_id}/returns/{kept.id}")


def _asked(
    http: Request, work: Work, declaration_id: str, problems: Problems | None = None
) -> Response:
    line = views.look(work, declaration_id).line
    return page(
        http, "declaration_return", work, line=line, problems=problems or {},
        status=problems.status if problems else 200,
    )  # fmt: skip


@router.get("/{document_id}")
def compare(
    http: Request, opens: OpensDep, desk: DeskDep, declaration_id: str, document_id: str
) -> Response:
    """Show the file beside the declaration, paragraph by paragraph."""
    return _compared(http, opens, desk, declaration_id, document_id)


@router.post("/{document_id}", max_body_size=LARGEST_FORM)
def accept(
    http: Request,
    opens: OpensDep,
    desk: DeskDep,
    declaration_id: str,
    document_id: str,
    sent: Ticked,
) -> Response:
    """Make a new version with the changes that were accepted."""
    places = {name.removeprefix(ACCEPT) for name in sent if name.startswith(ACCEPT)}
    accepted = frozenset(int(each) for each in places if each.isdecimal() and len(each) < 6)
    try:
        word_returns.accept(
            opens, desk.store, declaration_id, document_id, accepted,
            fingerprint=sent.get("fingerprint", ""), opening=f"{ACCEPT}opening" in sent,
        )  # fmt: skip
    except Malformed as wrong:
        problems = Problems(wrong.problems)
        return _compared(http, opens, desk, declaration_id, document_id, problems)
    return see(f"/declarations/{declaration_id}")


def _compared(
    http: Request,
    opens: Opens,
    desk: DeskDep,
    declaration_id: str,
    document_id: str,
    problems: Problems | None = None,
) -> Response:
    seen = word_returns.look(opens, desk.store, declaration_id, document_id)
    with opens(reads_only=True) as work:
        line = views.look(work, declaration_id).line
        may_log = may(work.actor.role, Right.LOG) and line.closed_on is None
        return page(
            http, "declaration_compare_word", work, seen=seen, line=line, may_log=may_log,
            problems=problems or {}, status=problems.status if problems else 200,
        )  # fmt: skip
