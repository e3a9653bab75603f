"""Log what came: six plain choices, the few fields each needs, and the paper itself."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, WorkDep
from casemgr.errors import NotFound
from casemgr.files.kinds import Upload
from casemgr.files.store import Store
from casemgr.usecases import documents, incoming
from casemgr.usecases.documents import DocumentInput
from casemgr.usecases.views import incoming as views
from casemgr.usecases.views.incoming import Logging
from casemgr.usecases.work import Work
from casemgr.web.incoming_choices import BY_SLUG, FIRST, OTHERS, Choice
from casemgr.web.page import (
    Form,
    Problems,
    attempt,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
)
from casemgr.web.uploads import FieldsAndFile

router = page_router()

LARGEST_PAPER = 50 * 1024 * 1024
LARGEST_FORM = LARGEST_PAPER + 1024 * 1024
_DOLLARS = re.compile(r"^\$?\s*(\d{1,3}(?:,?\d{3})*(?:\.\d{1,2})?)$", re.ASCII)


@router.get("/requests/{request_id}/{track_id}/log")
def choose(http: Request, work: WorkDep, request_id: str, track_id: str) -> Response:
    """Show the six plain choices."""
    on = views.look(work, request_id, track_id)
    return page(http, "request_log", work, on=on, choices=FIRST, further=False)


@router.get("/requests/{request_id}/{track_id}/log/{slug}")
def show_form(http: Request, work: WorkDep, request_id: str, track_id: str, slug: str) -> Response:
    """Show the fields of a choice, or the choices beneath it."""
    choice = _choice(slug)
    on = views.look(work, request_id, track_id)
    if choice.slug == "other":
        return page(http, "request_log", work, on=on, choices=OTHERS, further=True)
    if choice.shape is None:
        return page(http, "request_log_anything", work, on=on)
    return page(http, "request_log_form", work, on=on, choice=choice)


def _choice(slug: str) -> Choice:
    if slug not in BY_SLUG:
        raise NotFound
    return BY_SLUG[slug]


@router.post("/requests/{request_id}/{track_id}/log/{slug}", max_body_size=LARGEST_FORM)
def file(
    http: Request,
    work: WorkDep,
    desk: DeskDep,
    request_id: str,
    track_id: str,
    slug: str,
    sent: FieldsAndFile,
) -> Response:
    """File what came with its paper, or show the form again with everything that was typed.

    The paper is kept even where a field must be corrected: nobody chooses it twice.
    """
    choice = _choice(slug)
    if choice.shape is None:
        raise NotFound
    on = views.look(work, request_id, track_id, sent.get("document_id", ""))
    kept, wrong = _keep_paper(http, work, desk.store, on, choice, sent)
    typed = {name: said for name, said in sent.items() if name != "file"}
    if kept:
        typed["document_id"] = kept
    form, done = _attempt(work, choice, on, typed, wrong)
    if isinstance(done, Problems):
        on = views.look(work, request_id, track_id, typed.get("document_id", ""))
        shown = {"on": on, "choice": choice, "typed": form.typed, "problems": done}
        return page(http, "request_log_form", work, status=done.status, **shown)
    return see(f"/requests/{request_id}/{track_id}?logged={done.events[0].id}")


def _attempt(
    work: Work, choice: Choice, on: Logging, typed: dict[str, str], wrong: Problems | None
) -> tuple[Form[Any], incoming.Filed | Problems]:
    assert choice.shape is not None
    said, slips = _in_cents(typed)
    form = read_form(choice.shape, said, work.today)
    found = {**form.problems, **slips, **(wrong or {})}
    if found:
        return Form(typed, None, found), Problems(found)
    done = attempt_form(work, form, partial(incoming.file, work, on.track_id))
    return Form(typed, form.value, form.problems), done


def _in_cents(typed: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return what was typed with its dollars as cents, or what is wrong with them."""
    said = typed.get("amount_cents", "").strip()
    if not said:
        return typed, {}
    found = _DOLLARS.match(said)
    if found is None:
        rest = {name: text for name, text in typed.items() if name != "amount_cents"}
        return rest, {"amount_cents": "Type an amount like 450 or 1,200.50."}
    cents = int(Decimal(found[1].replace(",", "")) * 100)
    return {**typed, "amount_cents": str(cents)}, {}


def _keep_paper(
    http: Request, work: Work, store: Store, on: Logging, choice: Choice, sent: dict[str, str]
) -> tuple[str, Problems | None]:
    """Keep the paper byte for byte; one that is not what its name claims is told."""
    upload: Upload | None = http.state.upload
    if upload is None:
        return "", None
    given = DocumentInput(
        title=f"{choice.says}: {on.agency}"[:300],
        kind="letter",
        author=on.agency[:200],
        source=sent.get("source", "")[:500],
    )
    done = attempt(work, partial(documents.add_document, work, on.matter_id, given, store, upload))
    return ("", done) if isinstance(done, Problems) else (done.id, None)
