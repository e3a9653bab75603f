"""The exhibits of a declaration: attached, corrected, taken out and put back beside its text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.usecases import declaration_exhibits, declarations
from casemgr.usecases.declaration_exhibits import ExhibitInput
from casemgr.usecases.views import declaration_editor as views
from casemgr.usecases.work import Work
from casemgr.web.declaration_editor import text_page
from casemgr.web.page import (
    Fields,
    Form,
    Problems,
    attempt_form,
    page_router,
    read_form,
    see,
    version_in,
)

router = page_router("/declarations/{declaration_id}/exhibits")


@router.post("")
def attach(http: Request, work: WorkDep, declaration_id: str, sent: Fields) -> Response:
    """Attach an exhibit, with its document's title where none was typed."""
    declarations.opened(work, declaration_id)
    form = _exhibit_form(work, declaration_id, sent)
    act = partial(declaration_exhibits.attach_exhibit, work, declaration_id)
    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return text_page(http, work, declaration_id, problems=done, status=done.status)
    return see(f"/declarations/{declaration_id}/write#exhibits")


@router.post("/{exhibit_id}")
def change_exhibit(
    http: Request, work: WorkDep, declaration_id: str, exhibit_id: str, sent: Fields
) -> Response:
    """Correct an exhibit, take it out, or put it back."""
    declarations.opened(work, declaration_id)
    done: object
    if sent.get("do") == "out":
        done = declaration_exhibits.remove_exhibit(work, exhibit_id)
    elif sent.get("do") == "back":
        done = declaration_exhibits.put_exhibit_back(work, exhibit_id)
    else:
        form = _exhibit_form(work, declaration_id, sent)
        act = partial(
            declaration_exhibits.change_exhibit, work, exhibit_id, version=version_in(sent)
        )
        done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return text_page(http, work, declaration_id, problems=done, status=done.status)
    return see(f"/declarations/{declaration_id}/write#exhibits")


def _exhibit_form(work: Work, declaration_id: str, sent: Mapping[str, str]) -> Form[ExhibitInput]:
    fields = {n: sent[n] for n in ("label", "title", "name", "document_id", "version") if n in sent}
    if not fields.get("title", "").strip() and fields.get("document_id"):
        fields["title"] = views.title_of_document(work, declaration_id, fields["document_id"])
    fields["label"] = fields.get("label", "").strip().upper()
    return read_form(ExhibitInput, fields, work.today)
