"""Single sign-on: go to the service, come back from it, and leave it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from casemgr import sso_entrance
from casemgr.desk import Desk, DeskDep
from casemgr.errors import Refused
from casemgr.sso_entrance import CALLBACK, Returned
from casemgr.web.page import Fields, local, page, page_router, see
from casemgr.web.signin import (
    CallerDep,
    again_page,
    browser_of,
    code_page,
    cookie_of,
    remember,
    sign_in_page,
    signed_in,
    welcome,
)

router = page_router()


def one_of_two() -> Iterator[None]:
    """Let two requests at once wait for the service, so that a slow one holds up nobody's page."""
    yield


Patiently = Annotated[None, Depends(one_of_two, scope="function", max_concurrency=2)]


@router.post("/sign-in/sso")
def begin(
    http: Request, desk: DeskDep, caller: CallerDep, sent: Fields, _two: Patiently
) -> Response:
    """Send somebody to the service; it says who they are, and they come back."""
    back, browser = local(sent.get("next", "/")), browser_of(http)
    try:
        address = sso_entrance.begin(desk, caller, browser, back)
    except Refused as refused:
        return sign_in_page(http, back, {"": str(refused)}, status=403)
    return _elsewhere(http, desk, address, browser)


@router.post("/sign-in/again/sso")
def begin_again(
    http: Request, desk: DeskDep, caller: CallerDep, sent: Fields, _two: Patiently
) -> Response:
    """Send somebody who is signed in to the service, to prove it anew."""
    back, browser = local(sent.get("next", "/")), browser_of(http)
    with desk.work(reads_only=True) as work:
        actor = signed_in(work, cookie_of(http))
    try:
        address = sso_entrance.begin(desk, caller, browser, back, again=actor.id)
    except Refused as refused:
        with desk.work(actor, reads_only=True) as work:
            return again_page(http, work, back, {"": str(refused)}, 403)
    return _elsewhere(http, desk, address, browser)


def _elsewhere(http: Request, desk: Desk, address: str, browser: str) -> Response:
    """Lead a browser away by a page: our policy lets no form lead, or be led on, elsewhere."""
    host = sso_entrance.the_service(desk).host
    answer = page(http, "sign_in_elsewhere", host=host, address=address)
    answer.headers["refresh"] = f"0; url={address}"
    return remember(desk, answer, browser)


@router.get(CALLBACK)
def come_back(
    http: Request,
    desk: DeskDep,
    caller: CallerDep,
    _two: Patiently,
    state: str = "",
    code: str = "",
    error: str = "",
    iss: str = "",
) -> Response:
    """Take somebody back from the service, and open the page they wanted or ask for the code.

    The one GET that opens a session: the service can send a browser back in no other way. It
    counts once, and only in the browser that was sent.
    """
    returned = Returned(state, code, error, iss)
    try:
        came = sso_entrance.come_back(desk, caller, browser_of(http), cookie_of(http), returned)
    except Refused as refused:
        return sign_in_page(http, "/", {"": str(refused)}, status=403)
    return welcome(desk, see(code_page(came.back) if came.half else came.back), came.secret)


@router.get("/sign-in/left")
def show_left(http: Request, desk: DeskDep) -> Response:
    """Say that the service may still hold a session, and where that one ends."""
    host = sso_entrance.the_service(desk).host
    return page(http, "sign_in_left", host=host, address=sso_entrance.where_to_leave(desk))
