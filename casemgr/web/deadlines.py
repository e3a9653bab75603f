"""Deadlines: the page that proves a date; confirm it, mark it done, set another, make a PDF."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.access import Right
from casemgr.usecases import deadlines as acts
from casemgr.usecases import letters
from casemgr.usecases.deadlines import DoneInput, OverrideInput
from casemgr.usecases.views import deadlines, reminders
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

router = page_router("/deadlines")


@router.get("/{deadline_id}")
def show_deadline(http: Request, work: WorkDep, deadline_id: str) -> Response:
    """Show a deadline with its proof."""
    return shown_deadline(http, work, deadline_id)


@router.post("/{deadline_id}/done")
def mark_done(http: Request, work: WorkDep, deadline_id: str, sent: Fields) -> Response:
    """Note that it was done, or show the form again."""
    form = read_form(DoneInput, sent, work.today)
    done = attempt_form(
        work, form, partial(acts.mark_done, work, deadline_id, version=form.version)
    )
    if isinstance(done, Problems):
        return shown_deadline(
            http, work, deadline_id, status=done.status, typed=form.typed, problems=done
        )
    return see(f"/deadlines/{deadline_id}")


@router.post("/{deadline_id}/override")
def override(http: Request, work: WorkDep, deadline_id: str, sent: Fields) -> Response:
    """Set a date against the rule, or show the form again; the rule's date stays readable."""
    form = read_form(OverrideInput, sent, work.today)
    done = attempt_form(work, form, partial(acts.override, work, deadline_id, version=form.version))
    if isinstance(done, Problems):
        # Who may not do this is told so, whatever was typed.
        doors.deadline(work.session, work.actor, deadline_id, Right.OVERRIDE, work.today)
        return shown_deadline(
            http, work, deadline_id, status=done.status, typed=form.typed, problems=done
        )
    return see(f"/deadlines/{done.id}")


def shown_deadline(
    http: Request, work: Work, deadline_id: str, *, status: int = 200, **form: Any
) -> Response:
    """Show the page of a deadline, with the form as it was sent where something was wrong."""
    given = {
        "typed": {},
        "problems": {},
        "seen": deadlines.look(work, deadline_id),
        "reminded": reminders.of_deadline(work, deadline_id),
        **form,
    }
    return page(http, "deadline", work, status=status, **given)


@router.post("/{deadline_id}/confirm")
def confirm(work: WorkDep, deadline_id: str, sent: Fields) -> Response:
    """Confirm the counted date."""
    acts.confirm(work, deadline_id, version=version_in(sent))
    return see(f"/deadlines/{deadline_id}")


@router.post("/{deadline_id}/check")
def double_check(work: WorkDep, deadline_id: str, sent: Fields) -> Response:
    """Note that a second person counted the date again."""
    acts.double_check(work, deadline_id, version=version_in(sent))
    return see(f"/deadlines/{deadline_id}")


@router.post("/{deadline_id}/proof")
def make_proof(opens: OpensDep, desk: DeskDep, deadline_id: str) -> Response:
    """Make the one-page proof as a PDF."""
    letter, _ = letters.make(opens, desk.store, letters.deadline_proof(deadline_id, desk.office))
    return see(f"/letters/{letter.id}.pdf")
