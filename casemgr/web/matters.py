"""Matters: the list, the overview, and each page beneath."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.errors import NotFound, WrongMoment
from casemgr.usecases import docket_report, letters, practice, tasks
from casemgr.usecases import matters as acts
from casemgr.usecases.matters import WordsInput
from casemgr.usecases.tasks import TaskInput
from casemgr.usecases.views import history, matters, origins
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

router = page_router()

BENEATH: dict[str, Callable[[Work, str], matters.Beneath]] = {
    "requests": matters.its_requests,
    "docket": matters.its_docket,
    "deadlines": matters.its_deadlines,
    "declarations": matters.its_declarations,
    "documents": matters.its_documents,
    "flags": matters.its_flags,
}


@router.get("/matters")
def list_matters(http: Request, work: WorkDep) -> Response:
    """Show the matters of whoever asks."""
    return page(http, "matters", work, matters=matters.look_at_all(work))


@router.get("/matters/{matter_id}")
def show_matter(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show a matter at a glance."""
    return page(http, "matter", work, seen=matters.look(work, matter_id))


@router.get("/matters/{matter_id}/edit")
def edit_matter(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show the form that changes a matter's title and summary."""
    _, matter = matters.head(work, matter_id)
    line = matter.line
    typed = {
        "title": line.title,
        "reference": line.reference,
        "summary": line.summary,
        "names": "\n".join(line.names),
        "version": str(line.version),
    }
    return page(http, "matter_edit", work, matter=matter, typed=typed, theirs=None)


@router.post("/matters/{matter_id}/edit")
def change_matter(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Change a matter's title and summary, unless somebody else did meanwhile."""
    _, matter = matters.head(work, matter_id)
    form = read_form(WordsInput, sent, work.today)
    done = attempt_form(
        work, form, partial(acts.change_words, work, matter_id, version=form.version)
    )
    if isinstance(done, Problems):
        # With the version of now: who has looked at theirs and saves again means it.
        kept = {**form.typed, "version": str(matter.line.version)}
        theirs = matter.line if done.status == 409 else None
        shown = {"matter": matter, "typed": kept, "problems": done, "theirs": theirs}
        return page(http, "matter_edit", work, status=done.status, **shown)
    return see(f"/matters/{matter_id}")


@router.post("/matters/{matter_id}/tasks")
def add_task(http: Request, work: WorkDep, matter_id: str, sent: Fields) -> Response:
    """Plan something on a matter."""
    form = read_form(TaskInput, sent, work.today)
    done = attempt_form(work, form, partial(tasks.add_task, work, matter_id))
    if isinstance(done, Problems):
        seen = matters.look(work, matter_id)
        return page(
            http, "matter", work, status=done.status, seen=seen, typed=form.typed, problems=done
        )
    return see(f"/matters/{matter_id}#tasks")


@router.post("/tasks/{task_id}/done")
def finish_task(work: WorkDep, task_id: str, sent: Fields) -> Response:
    """Note that a task is done."""
    task = tasks.finish_task(work, task_id, version=version_in(sent))
    return see(f"/matters/{task.matter_id}#tasks")


@router.post("/matters/{matter_id}/reset")
def reset_practice(work: WorkDep, matter_id: str) -> Response:
    """Put the practice matter back as it was planted."""
    _, matter = matters.head(work, matter_id)
    if not matter.line.practice:
        raise WrongMoment("Only the practice matter can be put back. Nothing was changed.")
    practice.reset_practice(work)
    return see(f"/matters/{matter_id}")


@router.post("/matters/{matter_id}/report")
def make_report(opens: OpensDep, desk: DeskDep, matter_id: str) -> Response:
    """Make the deadline report as a PDF."""
    letter, _ = letters.make(opens, desk.store, letters.deadline_report(matter_id, desk.office))
    return see(f"/letters/{letter.id}.pdf")


@router.post("/matters/{matter_id}/docket-report")
def make_docket_report(opens: OpensDep, desk: DeskDep, matter_id: str) -> Response:
    """Make the report of every open date, person by person, as a PDF and for Word."""
    letter, _ = letters.make(opens, desk.store, docket_report.gather(matter_id, desk.office))
    return see(f"/letters/{letter.id}.pdf")


@router.get("/matters/{matter_id}/history")
def show_history(http: Request, work: WorkDep, matter_id: str, after: str = "") -> Response:
    """Show what was done on a matter."""
    seen, matter = matters.head(work, matter_id)
    found = history.look(seen, after)
    came = origins.moves(seen)
    return page(http, "matter_history", work, matter=matter, found=found, came=came)


@router.get("/matters/{matter_id}/{part}")
def show_beneath(http: Request, work: WorkDep, matter_id: str, part: str) -> Response:
    """Show one page beneath a matter."""
    seen = BENEATH[part](work, matter_id) if part in BENEATH else None
    if seen is None:
        raise NotFound
    return page(http, f"matter_{part}", work, seen=seen, matter=seen.matter)
