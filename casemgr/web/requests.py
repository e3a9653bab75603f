"""Requests: the list, a request with its tracks, and the form that logs what happened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from casemgr.db.tables import Event
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.usecases import events, letters, proper, receipts
from casemgr.usecases.events import EventInput
from casemgr.usecases.proper import ProperInput
from casemgr.usecases.receipts import ReceiptChoice
from casemgr.usecases.views import history, requests
from casemgr.usecases.views import incoming as views
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt_form, page, page_router, read_form, see

router = page_router()


@router.get("/requests/{request_id}")
def show_request(http: Request, work: WorkDep, request_id: str, track: str = "") -> Response:
    """Show a request with the first of its tracks, or go to the one that was chosen."""
    if track:
        return see(f"/requests/{request_id}/{quote(track, safe='')}")
    return page(http, "request", work, seen=requests.look(work, request_id), moves=None)


@router.get("/requests/{request_id}/{track_id}")
def show_track(
    http: Request, work: WorkDep, request_id: str, track_id: str, logged: str = ""
) -> Response:
    """Show a request with one of its tracks, and what moved if something was just logged."""
    seen = requests.look(work, request_id, track_id)
    moves = history.moved_with(work, logged) if logged else None
    return page(http, "request", work, seen=seen, moves=moves)


@router.post("/requests/{request_id}/{track_id}/events")
def log_event(
    http: Request, work: WorkDep, request_id: str, track_id: str, sent: Fields
) -> Response:
    """Log what happened on a track, or show the form again."""
    form = read_form(EventInput, sent, work.today)
    done = attempt_form(work, form, partial(events.log_event, work, track_id))
    if isinstance(done, Problems):
        on = views.look(work, request_id, track_id)
        shown = {"on": on, "typed": form.typed, "problems": done}
        return page(http, "request_log_anything", work, status=done.status, **shown)
    return see(f"/requests/{request_id}/{track_id}?logged={done.id}")


@router.post("/requests/{request_id}/{track_id}/receipt")
def choose_receipt(
    http: Request, work: WorkDep, request_id: str, track_id: str, sent: Fields
) -> Response:
    """Say which of several receipts counts, with the reason."""
    event_id = sent.pop("event_id", "")
    form = read_form(ReceiptChoice, sent, work.today)
    done: Event | Problems = Problems({"event_id": "Choose the receipt that counts."})
    if event_id:
        done = attempt_form(work, form, partial(receipts.choose_receipt, work, event_id))
    if isinstance(done, Problems):
        return _again(http, work, request_id, track_id, form.typed, done)
    return see(f"/requests/{request_id}/{track_id}?logged={done.id}")


@router.post("/requests/{request_id}/{track_id}/proper")
def check_request(
    http: Request, work: WorkDep, request_id: str, track_id: str, sent: Fields
) -> Response:
    """Say that one has read the request over, and that it is a proper one."""
    form = read_form(ProperInput, sent, work.today)
    done = attempt_form(work, form, partial(proper.check_request, work, track_id))
    if isinstance(done, Problems):
        return _again(http, work, request_id, track_id, form.typed, done)
    return see(f"/requests/{request_id}/{track_id}#before-suing")


def _again(
    http: Request,
    work: Work,
    request_id: str,
    track_id: str,
    typed: Mapping[str, str],
    wrong: Problems,
) -> Response:
    seen = requests.look(work, request_id, track_id)
    shown = {"seen": seen, "moves": None, "typed": typed, "problems": wrong}
    return page(http, "request", work, status=wrong.status, **shown)


@router.post("/tracks/{track_id}/letter")
def make_letter(opens: OpensDep, desk: DeskDep, track_id: str) -> Response:
    """Make the request letter to this component as a PDF."""
    letter, _ = letters.make(opens, desk.store, letters.request_letter(track_id))
    return see(f"/letters/{letter.id}.pdf")
