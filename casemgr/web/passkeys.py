"""Passkeys: sign in with one, prove it anew with one, add one, take one away."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import JSONResponse, Response

from casemgr import entrance, passkey_entrance
from casemgr.desk import Desk, DeskDep, WorkDep
from casemgr.errors import Malformed, NotSignedIn, Refused
from casemgr.usecases import passkeys, signin
from casemgr.usecases.passkeys import NewPasskey
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, local, page, page_router, read_form, see
from casemgr.web.signin import (
    PASSKEYS,
    CallerDep,
    again_page,
    browser_of,
    code_asked,
    cookie_of,
    remember,
    sign_in_page,
    signed_in,
    welcome,
)

router = page_router()


@router.post("/sign-in/passkey/ask")
def ask(http: Request, desk: DeskDep, caller: CallerDep) -> Response:
    """Say what a passkey is to sign; the same for everybody, so it tells nobody who is here."""
    browser = browser_of(http)
    try:
        asked = passkey_entrance.ask(desk, caller, browser)
    except Refused as refused:
        return _says(refused)
    return remember(desk, Response(asked, media_type="application/json"), browser)


def _says(refused: Refused) -> Response:
    return JSONResponse({"says": str(refused)}, status_code=403)


@router.post("/sign-in/passkey")
def sign_in(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Check what the passkey signed, and go on to the page that was wanted."""
    passkey_entrance.refuse_unless_on(desk)
    back, answer = local(sent.get("next", "/")), sent.get("answer", "")
    cookie = cookie_of(http)
    try:
        secret = passkey_entrance.sign_in(desk, answer, browser_of(http), cookie, caller)
    except Refused as refused:
        return _once_more(http, desk, back, {"": str(refused)})
    return welcome(desk, see(back), secret)


def _once_more(http: Request, desk: Desk, back: str, problems: dict[str, str]) -> Response:
    """Ask again: where the password was right already, only for what comes after it."""
    try:
        _, factors = entrance.halfway(desk, cookie_of(http))
    except NotSignedIn:
        return sign_in_page(http, back, problems, status=403)
    return code_asked(http, factors, back, problems, 403)


@router.post("/sign-in/again/passkey")
def sign_in_again(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Check a passkey of whoever is signed in once more, and go back to what was being done."""
    passkey_entrance.refuse_unless_on(desk)
    back, answer, cookie = local(sent.get("next", "/")), sent.get("answer", ""), cookie_of(http)
    with desk.work(reads_only=True) as work:
        actor = signed_in(work, cookie)
    try:
        secret = passkey_entrance.sign_in(
            desk, answer, browser_of(http), cookie, caller, only=actor.id
        )
    except Refused as refused:
        with desk.work(actor, reads_only=True) as work:
            return again_page(http, work, back, {"": str(refused)}, 403)
    return welcome(desk, see(back), secret)


# --- on one's account


@router.get("/account/passkeys/new")
def show_new(http: Request, desk: DeskDep, work: WorkDep) -> Response:
    """Show how to add a passkey."""
    passkey_entrance.refuse_unless_on(desk)
    signin.fresh(work)
    return page(http, "passkey_new", work, script=PASSKEYS)


@router.post("/account/passkeys/ask")
def ask_for_new(http: Request, desk: DeskDep, work: WorkDep) -> Response:
    """Say what a browser needs to make a passkey for whoever is signed in in it."""
    asked = passkey_entrance.ask_for_new(work, desk, cookie_of(http))
    return Response(asked, media_type="application/json")


@router.post("/account/passkeys")
def add(http: Request, desk: DeskDep, sent: Fields) -> Response:
    """Keep the passkey a browser made, and show the list."""
    passkey_entrance.refuse_unless_on(desk)
    cookie = cookie_of(http)
    with desk.work(reads_only=True) as work:
        actor = signed_in(work, cookie)
        form = read_form(NewPasskey, sent, work.today)
    problems = dict(form.problems)
    if form.value is not None:
        try:
            passkey_entrance.add(desk, actor, form.value, cookie)
            return see("/account#passkeys")
        except Malformed as wrong:
            problems = dict(wrong.problems)
    if "answer" in problems:
        problems = {"": passkeys.NOT_TAKEN}
    with desk.work(actor, reads_only=True) as work:
        return _new_again(http, work, problems, sent)


def _new_again(
    http: Request, work: Work, problems: dict[str, str], sent: dict[str, str]
) -> Response:
    typed = {"name": sent.get("name", "")}
    return page(
        http, "passkey_new", work, status=422, problems=problems, typed=typed, script=PASSKEYS
    )


@router.post("/account/passkeys/{passkey_id}/remove")
def remove(http: Request, work: WorkDep, passkey_id: str) -> Response:
    """Take one of one's own passkeys away; every other browser and program is signed out."""
    passkeys.remove(work, passkey_id, but=cookie_of(http))
    return see("/account#passkeys")
