"""Open a matter, and look for conflicts first."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from casemgr.db.doors import allow
from casemgr.desk import WorkDep
from casemgr.domain.access import Right, may
from casemgr.fields import Input
from casemgr.usecases import conflicts, matters
from casemgr.usecases.matters import Names, OpenInput
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Form, Problems, attempt, page, page_router, read_form, see

router = page_router()

CLEARED = "Say who looked at the possible conflict, and why you may go on."


class ConflictsForm(Input):
    """The names to look for, one a line."""

    names: Annotated[Names, Field(min_length=1, max_length=50)]


class OpeningForm(OpenInput):
    """A matter to be opened; nothing is opened while its names are only looked for."""

    names: Annotated[Names, Field(min_length=1, max_length=50)]
    act: Literal["check", "open"] = "check"


@router.get("/conflicts")
def ask_for_names(http: Request, work: WorkDep) -> Response:
    """Show the form of a conflict check."""
    _may_look(work)
    return page(http, "conflicts", work, answer=None)


@router.post("/conflicts")
def check_names(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Look for names on every matter of the office."""
    _may_look(work)
    form = read_form(ConflictsForm, sent, work.today)
    if form.value is None:
        shown = {"typed": form.typed, "problems": Problems(form.problems)}
        return page(http, "conflicts", work, status=422, answer=None, **shown)
    answer = conflicts.check(work, conflicts.NamesInput(names=form.value.names))
    return page(http, "conflicts", work, answer=answer, typed=form.typed)


def _may_look(work: Work) -> None:
    if not may(work.actor.role, Right.SCREEN):
        allow(work.actor, Right.MANAGE)


@router.get("/matters/new")
def ask_for_matter(http: Request, work: WorkDep) -> Response:
    """Show the form that opens a matter."""
    allow(work.actor, Right.MANAGE)
    return page(http, "matter_new", work, answer=None)


@router.post("/matters/new")
def open_matter(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Look for conflicts, then open the matter."""
    allow(work.actor, Right.MANAGE)
    form = read_form(OpeningForm, sent, work.today)
    if form.value is None:
        return _asked_again(http, work, form, Problems(form.problems))
    given = form.value
    answer = conflicts.look(work, given.names)
    if given.act == "check" or (answer.stops and not given.cleared):
        conflicts.note(work, given.names, answer)
        wrong = Problems({} if given.act == "check" else {"cleared": CLEARED})
        return _asked_again(http, work, form, wrong, answer)
    opening = OpenInput(**given.model_dump(exclude={"act"}))
    done: Any = attempt(work, partial(matters.open_matter, work, opening))
    if isinstance(done, Problems):
        return _asked_again(http, work, form, done, answer)
    return see(f"/matters/{done.id}")


def _asked_again(
    http: Request,
    work: Work,
    form: Form[OpeningForm],
    wrong: Problems,
    answer: conflicts.Answer | None = None,
) -> Response:
    shown = {"typed": form.typed, "problems": wrong, "answer": answer}
    return page(http, "matter_new", work, status=wrong.status if wrong else 200, **shown)
