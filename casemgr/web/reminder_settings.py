"""How dates are reminded of, one's own hours, and whether reminders and mail go out."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import Desk, DeskDep, WorkDep
from casemgr.mail.chat import open_chat, says_of
from casemgr.mail.post import where
from casemgr.usecases import health, policy_changes
from casemgr.usecases.policy_changes import HoursInput, OwnDaysInput, PolicyInput
from casemgr.usecases.views import reminder_settings
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
)

OWN = "own_"  # begins the names of the fields beside those of the office's policy

router = page_router("/reminders")


@router.get("")
def show_settings(http: Request, work: WorkDep) -> Response:
    """Show how dates are reminded of, and when the reader is told."""
    return _shown(http, work)


@router.post("/policy")
def set_policy(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Set the office's policy for a kind of date, or a matter's, or show the form again."""
    form = read_form(PolicyInput, sent, work.today)
    done = attempt_form(work, form, lambda given: policy_changes.set_policy(work, given))
    if isinstance(done, Problems):
        return _shown(http, work, status=done.status, typed=form.typed, problems=done)
    return see("/reminders")


@router.post("/hours")
def set_hours(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Set when the reader wants to be told, or show the form again."""
    form = read_form(HoursInput, sent, work.today)
    done = attempt_form(
        work, form, lambda given: policy_changes.set_hours(work, given, version=form.version)
    )
    if isinstance(done, Problems):
        return _shown(http, work, status=done.status, typed=form.typed, problems=done)
    return see("/reminders#hours")


@router.post("/own-days")
def set_own_days(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Set on which further days the reader is told of a kind of date, or show the form again."""
    given = {name.removeprefix(OWN): text for name, text in sent.items()}
    form = read_form(OwnDaysInput, given, work.today)
    done = attempt_form(work, form, lambda given: policy_changes.set_own_days(work, given))
    if isinstance(done, Problems):
        wrong = {f"{OWN}{name}": says for name, says in done.items()}
        return _shown(http, work, status=done.status, typed=sent, problems=wrong)
    return see("/reminders#own")


def _shown(http: Request, work: Work, *, status: int = 200, **form: Any) -> Response:
    desk: Desk = http.app.state.desk
    given = {"typed": {}, "problems": {}, **form}
    chat = open_chat(desk.settings, demonstration=desk.demonstration)
    seen = reminder_settings.look(work)
    also = says_of(chat, seen.email)
    return page(http, "reminders", work, status=status, seen=seen, also=also, **given)


@router.get("/health")
def show_health(http: Request, work: WorkDep, desk: DeskDep) -> Response:
    """Show whether the sweeps, the mail and the clock are as they should be."""
    counts = health.waiting(work)
    standing = health.standing(work.session)
    return page(
        http,
        "reminders_health",
        work,
        faults=standing.faults(health.real_now()),
        counts=counts,
        standing=standing,
        place=where(desk.settings),
    )


@router.post("/health/clock")
def believe_clock(work: WorkDep) -> Response:
    """Take the clock of the machine as right, because an administrator says so."""
    health.waiting(work)  # who may not look may not say so either
    health.believe_clock(work, health.real_now())
    return see("/reminders/health")
