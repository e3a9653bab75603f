"""Close a matter and reopen it."""

from __future__ import annotations

from functools import partial

from fastapi import Request
from starlette.responses import Response

from casemgr.db.doors import allow
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.errors import Malformed
from casemgr.usecases import closing
from casemgr.usecases.closing import ClosingInput
from casemgr.usecases.views import matters
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()


@router.get("/matters/{matter_id}/close")
def ask_why(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show what is still open on a matter, and the form that closes it."""
    _, matter = matters.head(work, matter_id)
    allow(work.actor, Right.MANAGE)
    return _asked(http, work, matter)


def _asked(
    http: Request, work: Work, matter: matters.Matter, typed: object = None, wrong: object = None
) -> Response:
    left = closing.still_open(work, matter.line.id)
    status = wrong.status if isinstance(wrong, Problems) else 200
    shown = {"matter": matter, "left": left, "typed": typed or {}, "problems": wrong or {}}
    return page(http, "matter_close", work, status=status, **shown)


@router.post("/matters/{matter_id}/close")
def close(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Close a matter."""
    _, matter = matters.head(work, matter_id)
    form = read_form(ClosingInput, sent, work.today)
    done = attempt_form(
        work, form, partial(closing.close_matter, work, matter_id, version=form.version)
    )
    if isinstance(done, Problems):
        typed = {**form.typed, "version": str(matter.line.version)}
        return _asked(http, work, matter, typed, done)
    return see(f"/matters/{matter_id}")


@router.post("/matters/{matter_id}/reopen")
def reopen(work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Reopen a matter."""
    matters.head(work, matter_id)
    form = read_form(ClosingInput, sent, work.today)
    if form.value is None:
        raise Malformed({"because": "Say why the matter is opened again."})
    closing.reopen_matter(work, matter_id, form.value, version=form.version)
    return see(f"/matters/{matter_id}")
