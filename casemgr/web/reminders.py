"""Reminders: answer one on its date's page or by its mail's signed link; mark news as read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.db.tables import Person
from casemgr.desk import Desk, DeskDep, WorkDep
from casemgr.errors import NotFound
from casemgr.usecases import answers, notices, reminder_links, signin
from casemgr.usecases.answers import HandOnInput, HowInput, SnoozeInput
from casemgr.usecases.views import reminders
from casemgr.usecases.work import Work
from casemgr.web.deadlines import shown_deadline
from casemgr.web.page import (
    Fields,
    Form,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
    version_in,
)

router = page_router()

# What each button does: the input its form asks for, and the use case.
ACTS: dict[str, tuple[type[Any], Callable[..., object]]] = {
    "later": (SnoozeInput, answers.snooze),
    "hand-on": (HandOnInput, answers.hand_on),
    "done-today": (HowInput, answers.done),
}


@router.post("/deadlines/{deadline_id}/known")
def acknowledge(work: WorkDep, deadline_id: str, sent: Fields) -> Response:
    """Say that one knows of the date."""
    answers.acknowledge(work, deadline_id, version=version_in(sent))
    return see(f"/deadlines/{deadline_id}#reminders")


@router.post("/deadlines/{deadline_id}/answer/{act}")
def answer(http: Request, work: WorkDep, deadline_id: str, act: str, sent: Fields) -> Response:
    """Put a date off, or hand it on, or show the form again."""
    form, done = _acted(work, deadline_id, act, sent)
    if isinstance(done, Problems):
        given = {"typed": form.typed, "problems": done}
        return shown_deadline(http, work, deadline_id, status=done.status, **given)
    return see(f"/deadlines/{deadline_id}#reminders")


def _acted(
    work: Work, deadline_id: str, act: str, sent: dict[str, str]
) -> tuple[Form[Any], object]:
    if act not in ACTS:
        raise NotFound
    model, use_case = ACTS[act]
    form: Form[Any] = read_form(model, sent, work.today)
    acting = partial(use_case, work, deadline_id, version=form.version)
    return form, attempt_form(work, form, acting)


@router.post("/due/seen")
def mark_seen(work: WorkDep, sent: Fields) -> Response:
    """Note that one has read what was told; what came meanwhile stays."""
    try:
        until = datetime.fromisoformat(sent.get("until", ""))
        if until.tzinfo is None:
            raise NotFound
        until = until.astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotFound from None
    notices.mark_seen(work, until)
    return see("/due")


# --- the link of a mail: looking changes nothing, and whoever has it acts as its reader


@contextmanager
def _as_reader(desk: Desk, token: str, *, reads_only: bool) -> Iterator[tuple[Work, str]]:
    """Open the work of the person whom a link names, while they are still here."""
    link = reminder_links.read(desk.key, token, desk.now())
    with desk.work(reads_only=reads_only) as work:
        person = work.session.get(Person, link.person_id)
        if person is None or not signin.is_here(work, person):
            raise NotFound
        yield replace(work, actor=signin.as_actor(person)), link.deadline_id


@router.get("/answer/{token}")
def show_answer(http: Request, desk: DeskDep, token: str) -> Response:
    """Ask what to answer; nothing is changed by looking."""
    with _as_reader(desk, token, reads_only=True) as (work, deadline_id):
        return _asked(http, work, deadline_id, token)


@router.post("/answer/{token}/{act}")
def answer_by_link(http: Request, desk: DeskDep, token: str, act: str, sent: Fields) -> Response:
    """Do what a button of that page says, as the person whom the link names."""
    with _as_reader(desk, token, reads_only=False) as (work, deadline_id):
        if act == "known":
            answers.acknowledge(work, deadline_id)
        else:
            form, done = _acted(work, deadline_id, act, sent)
            if isinstance(done, Problems):
                given = {"typed": form.typed, "problems": done}
                return _asked(http, work, deadline_id, token, status=done.status, **given)
        work.write_history()  # as its reader: the work around it is the office's
        return _asked(http, work, deadline_id, token, answered=act)


def _asked(http: Request, work: Work, deadline_id: str, token: str, **more: Any) -> Response:
    row = reminders.deadline_row(work, deadline_id)
    given = {
        "row": row,
        "reader": work.actor.name,
        "section": reminders.of_deadline(work, deadline_id),
        "token": token,
        "answered": "",
        "status": 200,
        **more,
    }
    return page(http, "answer", None, **given)
