"""The clerk's dates beside ours on a page: compared, and recorded in the docket's words."""

from __future__ import annotations

from datetime import datetime, time
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from starlette.responses import Response

from casemgr.db import doors
from casemgr.db.tables import Court, Hearing
from casemgr.desk import WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import Side
from casemgr.fields import Day, Input, ShortText
from casemgr.usecases import orders, waiting
from casemgr.usecases.litigation import ShortTitle, Title
from casemgr.usecases.orders import HearingInput, OrderDateInput
from casemgr.usecases.views import reconciliation
from casemgr.usecases.views.compared import Verdict
from casemgr.usecases.waiting import WaitingInput
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()


@router.get("/lawsuits/{lawsuit_id}/dates")
def compare_dates(http: Request, work: WorkDep, lawsuit_id: str) -> Response:
    """Show every date the docket states beside ours."""
    return _compared(http, work, lawsuit_id)


@router.post("/lawsuits/{lawsuit_id}/dates")
def record_date(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Record a day the court fixed, in the words of the docket."""
    form = read_form(OrderDateInput, sent, work.today)
    done = attempt_form(work, form, partial(orders.record_order_date, work, lawsuit_id))
    if isinstance(done, Problems):
        return _compared(http, work, lawsuit_id, done, form.typed)
    return see(f"/lawsuits/{lawsuit_id}/dates")


@router.post("/lawsuits/{lawsuit_id}/dates/waiting")
def record_waiting(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Record a period that an order set running from a paper still to come."""
    form = read_form(WaitingInput, sent, work.today)
    done = attempt_form(work, form, partial(waiting.record_waiting, work, lawsuit_id))
    if isinstance(done, Problems):
        return _compared(http, work, lawsuit_id, done, form.typed)
    return see(f"/lawsuits/{lawsuit_id}/dates#{done.id}")


class HearingForm(Input):
    """An appointment as the docket states it: the day, and the hour where the court sits."""

    title: Title
    on: Day
    at: time
    place: ShortTitle = ""
    source: ShortText = ""


@router.post("/lawsuits/{lawsuit_id}/dates/hearing")
def record_hearing(http: Request, work: WorkDep, lawsuit_id: str, sent: Fields) -> Response:
    """Record an appointment of the docket, in the zone of its court."""
    form = read_form(HearingForm, sent, work.today)
    done = attempt_form(work, form, partial(_record_hearing, work, lawsuit_id))
    if isinstance(done, Problems):
        return _compared(http, work, lawsuit_id, done, form.typed)
    return see(f"/lawsuits/{lawsuit_id}/dates")


def _record_hearing(work: Work, lawsuit_id: str, given: HearingForm) -> Hearing:
    lawsuit = doors.lawsuit(work.session, work.actor, lawsuit_id, Right.LOG, work.today)
    zone = work.session.get_one(Court, lawsuit.court_id).zone
    starts_at = datetime.combine(given.on, given.at, ZoneInfo(zone))
    facts = given.model_dump(exclude={"on", "at"})
    hearing = HearingInput(starts_at=starts_at, zone=zone, **facts)
    return orders.record_hearing(work, lawsuit_id, hearing)


def _compared(
    http: Request,
    work: Work,
    lawsuit_id: str,
    problems: Problems | None = None,
    typed: object = None,
) -> Response:
    shown: dict[str, Any] = {
        "found": reconciliation.look(work, lawsuit_id),
        "verdicts": list(Verdict),
        "sides": [Side.OURS, Side.THEIRS],
        "problems": problems or {},
        "typed": typed or {},
    }
    return page(http, "lawsuit_dates", work, status=problems.status if problems else 200, **shown)
