"""Hearings and conferences: record one, move it, note that it is off."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import Request
from pydantic import BeforeValidator
from starlette.responses import Response

from casemgr.db import doors
from casemgr.db.tables import Court, Hearing, Lawsuit
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.fields import Code, Day, Input, Reason, ShortText
from casemgr.usecases import hearings, orders
from casemgr.usecases.hearings import MoveInput, OffInput
from casemgr.usecases.litigation import ShortTitle, Title
from casemgr.usecases.orders import HearingInput
from casemgr.usecases.views import lawsuits
from casemgr.usecases.work import Work
from casemgr.web import typed
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()
Hour = Annotated[time, BeforeValidator(typed.hour)]


class NewForm(Input):
    """An appointment: the day, and the hour by the clock on the courtroom's wall."""

    title: Title
    on: Day
    at: Hour
    place: ShortTitle = ""
    source: ShortText = ""


class MoveForm(Input):
    """A new day and hour by the clock on the courtroom's wall, and why."""

    on: Day
    at: Hour
    place: ShortTitle = ""
    because: Reason
    docket_entry_id: Code | None = None


@router.get("/lawsuits/{lawsuit_id}/hearings/new")
def show_new(http: Request, work: WorkDep, lawsuit_id: str) -> Response:
    """Ask what is set, when and where."""
    return _new(http, work, lawsuit_id)


@router.post("/lawsuits/{lawsuit_id}/hearings/new")
def record(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Record a hearing or conference, in the zone of its court."""
    form = read_form(NewForm, sent, work.today)
    done = attempt_form(work, form, partial(_record, work, lawsuit_id))
    if isinstance(done, Problems):
        return _new(http, work, lawsuit_id, typed=sent, problems=done, status=done.status)
    return see(f"/lawsuits/{lawsuit_id}#{done.id}")


@router.get("/hearings/{hearing_id}/change")
def show_change(http: Request, work: WorkDep, hearing_id: str) -> Response:
    """Ask to what time a hearing is moved, or why it is off."""
    return _change(http, work, hearing_id)


@router.post("/hearings/{hearing_id}/move")
def move(http: Request, work: WorkDep, hearing_id: str, sent: Fields) -> Response:
    """Set a hearing for another time."""
    form = read_form(MoveForm, sent, work.today)
    done = attempt_form(work, form, partial(_move, work, hearing_id, form.version))
    return _changed(http, work, hearing_id, sent, done)


@router.post("/hearings/{hearing_id}/off")
def call_off(http: Request, work: WorkDep, hearing_id: str, sent: Fields) -> Response:
    """Note that a hearing is off."""
    form = read_form(OffInput, sent, work.today)
    act = partial(hearings.cancel_hearing, work, hearing_id, version=form.version)
    return _changed(http, work, hearing_id, sent, attempt_form(work, form, act))


def _record(work: Work, lawsuit_id: str, given: NewForm) -> Hearing:
    lawsuit = doors.lawsuit(work.session, work.actor, lawsuit_id, Right.LOG, work.today)
    zone = work.session.get_one(Court, lawsuit.court_id).zone
    facts = given.model_dump(exclude={"on", "at"})
    hearing = HearingInput(starts_at=_moment(given, zone), zone=zone, **facts)
    return orders.record_hearing(work, lawsuit_id, hearing)


def _move(work: Work, hearing_id: str, version: int | None, given: MoveForm) -> Hearing:
    row = _row(work, hearing_id)
    facts = given.model_dump(exclude={"on", "at"})
    to = MoveInput(starts_at=_moment(given, row.zone), **facts)
    return hearings.move_hearing(work, hearing_id, to, version=version)


def _moment(given: NewForm | MoveForm, zone: str) -> datetime:
    return datetime.combine(given.on, given.at, ZoneInfo(zone))


def _row(work: Work, hearing_id: str) -> Hearing:
    return doors.open_door(work.session, work.actor, Hearing, hearing_id, Right.LOG, work.today)


def _new(http: Request, work: Work, lawsuit_id: str, **given: Any) -> Response:
    lawsuit: Lawsuit = doors.lawsuit(work.session, work.actor, lawsuit_id, Right.LOG, work.today)
    court = work.session.get_one(Court, lawsuit.court_id)
    return page(http, "hearing_new", work, lawsuit=lawsuit, court=court, **given)


def _changed(
    http: Request, work: Work, hearing_id: str, sent: dict[str, str], done: Hearing | Problems
) -> Response:
    if isinstance(done, Problems):
        return _change(http, work, hearing_id, typed=sent, problems=done, status=done.status)
    return see(f"/lawsuits/{done.lawsuit_id}#{done.id}")


def _change(http: Request, work: Work, hearing_id: str, **given: Any) -> Response:
    row = _row(work, hearing_id)
    hearings.refuse_over(row)
    seen = lawsuits.look(work, row.lawsuit_id)
    [line] = [each for each in seen.hearings if each.id == row.id]
    shown = {"hearing": line, "seen": seen, "version": row.version, **given}
    return page(http, "hearing_change", work, **shown)
