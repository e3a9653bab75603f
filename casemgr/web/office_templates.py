"""The office's own templates: write a version, try it on a letter, approve or withdraw it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import OpensDep, WorkDep
from casemgr.domain.access import Right, may
from casemgr.downloads import shown
from casemgr.errors import CasemgrError, Malformed, NotRendered
from casemgr.letters.shelf import our_templates
from casemgr.usecases import office_template_trials, office_templates
from casemgr.usecases.letters import PDF
from casemgr.usecases.office_templates import TemplateInput
from casemgr.usecases.views import documents
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
    version_in,
)

router = page_router("/templates")


@router.get("")
def show_templates(http: Request, work: WorkDep) -> Response:
    """Show every version of the office's own templates, and which is in use."""
    return page(http, "office_templates", work, **_listed(work))


def _listed(work: Work) -> dict[str, Any]:
    rows = office_templates.every(work)
    used: dict[str, str] = {}
    for row in rows:  # the newest first
        if row.approved_at is not None and row.withdrawn_at is None:
            used.setdefault(row.name, row.id)
    return {"rows": rows, "used": set(used.values()), "names": sorted(our_templates())}


@router.get("/new")
def ask_for_text(http: Request, work: WorkDep, name: str = "") -> Response:
    """Show the form for a new version, with the text in use to begin from."""
    office_templates.every(work)
    own = [row.source for row in office_templates.every(work) if row.name == name]
    source = own[0] if own else our_templates().get(name, "")
    return _asked(http, work, {"name": name, "source": source})


@router.post("")
def write(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Write the next version."""
    form = read_form(TemplateInput, sent, work.today)
    done = attempt_form(work, form, partial(office_templates.write, work))
    if isinstance(done, Problems):
        return _asked(http, work, form.typed, done)
    return see(f"/templates/{done.id}")


def _asked(
    http: Request, work: Work, typed: Mapping[str, str], problems: Problems | None = None
) -> Response:
    names = [(name, name) for name in sorted(our_templates())]
    return page(
        http, "office_template_new", work, typed=typed, names=names, problems=problems or {},
        status=problems.status if problems else 200,
    )  # fmt: skip


@router.get("/{office_template_id}")
def show_template(http: Request, work: WorkDep, office_template_id: str) -> Response:
    """Show one version: its text, and the letters it can be tried on."""
    return _shown(http, work, office_template_id)


@router.get("/{office_template_id}/trial")
def try_it(opens: OpensDep, office_template_id: str, letter_id: str = "") -> Response:
    """Give the PDF of a letter as this version would print it; nothing is kept."""
    made = office_template_trials.try_on(opens, office_template_id, letter_id)
    return shown(made.pdf, PDF, "trial.pdf")


@router.post("/{office_template_id}/approve")
def approve(http: Request, opens: OpensDep, office_template_id: str, sent: Fields) -> Response:
    """Approve a version that prints the letter chosen."""
    try:
        office_template_trials.approve(
            opens, office_template_id, sent.get("letter_id", ""), version=version_in(sent)
        )
    except (Malformed, NotRendered) as wrong:
        with opens(reads_only=True) as work:
            return _shown(http, work, office_template_id, wrong)
    return see("/templates")


@router.post("/{office_template_id}/withdraw")
def withdraw(work: WorkDep, office_template_id: str, sent: Fields) -> Response:
    """Withdraw a version; the one before, or ours, is used again."""
    office_templates.withdraw(work, office_template_id, version=version_in(sent))
    return see("/templates")


def _shown(
    http: Request, work: Work, template_id: str, wrong: CasemgrError | None = None
) -> Response:
    row = office_templates.opened(work, template_id)
    given = {
        "row": row,
        "letters": documents.look_at_all(work).letters,
        "may_approve": may(work.actor.role, Right.RELEASE) and row.written_by != work.actor.id,
        "may_withdraw": may(work.actor.role, Right.RELEASE),
        "problems": {"letter_id": str(wrong)} if wrong else {},
    }
    return page(http, "office_template", work, status=422 if wrong else 200, **given)
