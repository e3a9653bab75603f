"""Sign in by password and code or, in a demonstration, by a link; sign in again; sign out."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.responses import Response

from casemgr import entrance
from casemgr.db.tables import Person
from casemgr.desk import Desk, DeskDep, WorkDep
from casemgr.domain.words import WayIn
from casemgr.entrance import Caller
from casemgr.errors import Malformed, NotFound, NotSignedIn, Refused
from casemgr.usecases import challenges, second_factor, signin
from casemgr.usecases.second_factor import CodeInput, EnrolInput, Factors
from casemgr.usecases.work import Actor, Work
from casemgr.web.devices import device_of
from casemgr.web.page import Fields, Problems, local, page, page_router, read_form, see

router = page_router()

PASSKEYS = "passkeys.js"
ASKED = "-asked"  # after the name of the session's cookie
BROWSER_SIGNS = 43  # of a secret of 256 bits


async def the_caller(http: Request) -> Caller:
    """Return where a browser calls from, and what it is."""
    return Caller(
        http.client.host if http.client else "", device_of(http.headers.get("user-agent", ""))
    )


CallerDep = Annotated[Caller, Depends(the_caller)]


@router.get("/sign-in")
def show_sign_in(http: Request, next: str = "/") -> Response:
    """Ask who it is."""
    return sign_in_page(http, local(next))


def sign_in_page(
    http: Request,
    back: str,
    problems: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Show every way in that there is; what went wrong before is said first."""
    given: dict[str, Any] = {"next": back, "typed": typed or {}, "problems": problems or {}}
    return page(http, "sign_in", status=status, script=PASSKEYS, **given)


@router.post("/sign-in")
def sign_in(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Check a password, and go on to the page that was wanted, or to the code."""
    back = local(sent.pop("next", "/"))
    form = read_form(signin.Credentials, sent, desk.now().date())
    if form.value is None:
        return _again(http, sent, back, dict(form.problems), 422)
    try:
        secret, half = entrance.sign_in(desk, form.value, caller)
    except Refused as refused:
        return _again(http, sent, back, {"email": str(refused)}, 403)
    return welcome(desk, see(code_page(back) if half else back), secret)


def code_page(back: str) -> str:
    """Return the address that asks for the code and then goes on to a page of ours."""
    return f"/sign-in/code?next={quote(back, safe='')}"


def _again(
    http: Request, sent: dict[str, str], back: str, problems: dict[str, str], status: int
) -> Response:
    kept = {"email": sent.get("email", "")}  # a password is never sent back
    return sign_in_page(http, back, problems, kept, status)


@router.get("/sign-in/code")
def show_code(http: Request, desk: DeskDep, next: str = "/") -> Response:
    """Ask for the code or the passkey; who has neither yet is led to set up an app."""
    _, factors = entrance.halfway(desk, cookie_of(http))
    if not factors.any:
        return see(f"/sign-in/app?next={quote(local(next), safe='')}")
    return code_asked(http, factors, local(next))


def code_asked(
    http: Request,
    factors: Factors,
    back: str,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Ask for what somebody has set up, the password being right."""
    has = {"has_app": factors.app, "has_passkeys": factors.passkeys}
    given: dict[str, Any] = {"next": back, "problems": problems or {}, "script": PASSKEYS, **has}
    return page(http, "sign_in_code", status=status, **given)


@router.post("/sign-in/code")
def prove(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Check the code, and go on to the page that was wanted."""
    back = local(sent.pop("next", "/"))
    form = read_form(CodeInput, sent, desk.now().date())
    problems, status = dict(form.problems), 422
    if form.value is not None:
        try:
            secret = entrance.prove(desk, cookie_of(http), form.value.code, caller)
            return welcome(desk, see(back), secret)
        except Refused as refused:
            problems, status = {"code": str(refused)}, 403
    _, factors = entrance.halfway(desk, cookie_of(http))
    return code_asked(http, factors, back, problems, status)


@router.get("/sign-in/app")
def show_app(http: Request, desk: DeskDep, next: str = "/") -> Response:
    """Show how to set up an authenticator app, to somebody who has shown the password."""
    return _app_page(http, desk, local(next))


def _app_page(
    http: Request,
    desk: Desk,
    back: str,
    salt: str | None = None,
    problems: dict[str, str] | None = None,
) -> Response:
    person, factors = entrance.halfway(desk, cookie_of(http))
    if factors.any:
        return see(code_page(back))
    with desk.work(reads_only=True) as work:
        shown = second_factor.show(work, person, desk.office, salt)
    return page(
        http,
        "set_up_app",
        status=422 if problems else 200,
        next=back,
        app=shown,
        act="/sign-in/app",
        problems=problems or {},
    )


@router.post("/sign-in/app")
def enrol(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Take the app into use, and show the recovery codes once."""
    back = local(sent.pop("next", "/"))
    form = read_form(EnrolInput, sent, desk.now().date())
    problems = dict(form.problems)
    if form.value is not None:
        try:
            secret, codes = entrance.enrol(desk, cookie_of(http), form.value, caller)
            return welcome(desk, page(http, "recovery_codes", codes=codes, next=back), secret)
        except Malformed as wrong:
            problems = dict(wrong.problems)
    salt = form.value.salt if form.value else None
    return _app_page(http, desk, back, salt, Problems(problems))


@router.get("/sign-in/again")
def show_again(http: Request, work: WorkDep, next: str = "/") -> Response:
    """Ask somebody who is signed in to prove it anew."""
    return again_page(http, work, local(next))


def again_page(
    http: Request,
    work: Work,
    back: str,
    problems: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """Show the ways in which somebody who is signed in proves it anew."""
    person = work.session.get_one(Person, work.actor.id)
    factors = second_factor.factors_of(work.session, person.id)
    has = {"has_app": factors.app, "has_passkeys": factors.passkeys}
    has |= {"has_password": person.password_hash is not None}
    given = {"next": back, "problems": problems or {}, "script": PASSKEYS, **has}
    return page(http, "sign_in_again", work, status=status, **given)


@router.post("/sign-in/again")
def sign_in_again(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Check password and code once more, and go back to what was being done."""
    back, cookie = local(sent.get("next", "/")), cookie_of(http)
    with desk.work(reads_only=True) as work:
        actor = signed_in(work, cookie)
        person = work.session.get_one(Person, actor.id)
    typed = signin.Credentials(email=person.email, password=sent.get("password", "")[:4096])
    try:
        secret = entrance.again(desk, cookie, typed, sent.get("code", ""), caller)
    except Refused as refused:
        with desk.work(actor, reads_only=True) as work:
            return again_page(http, work, back, {"password": str(refused)}, 403)
    return welcome(desk, see(back), secret)


def signed_in(work: Work, cookie: str) -> Actor:
    """Return who is signed in with a cookie, or raise NotSignedIn."""
    held = signin.who_holds(work.session, cookie, work.today)
    if held is None:
        raise NotSignedIn
    return held[0]


def cookie_of(http: Request) -> str:
    """Return the secret of the session a browser sent, or an empty one."""
    desk: Desk = http.app.state.desk
    return http.cookies.get(desk.cookie, "")


@router.get("/sign-in/link/{secret}")
def sign_in_by_link(desk: DeskDep, caller: CallerDep, secret: str) -> Response:
    """Sign in by a link from the terminal that started the demonstration.

    A GET that changes something: allowed only here, where everything is invented or public, the
    link was printed on the owner's own screen, and one click is the point.
    """
    if not desk.demonstration:
        raise NotFound
    with desk.work() as work:
        person = signin.by_link(work, secret)
        cookie = signin.begin(work, person, way=WayIn.LINK, device=caller.device)
    return welcome(desk, see("/due"), cookie)


def welcome(desk: Desk, answer: Response, secret: str) -> Response:
    """Hand a browser the cookie of its session."""
    return _with_cookie(desk, answer, desk.cookie, secret, signin.LONGEST)


def browser_of(http: Request) -> str:
    """Return what a browser is known by while it is asked for a proof; a fresh one where none."""
    desk: Desk = http.app.state.desk
    kept = http.cookies.get(desk.cookie + ASKED, "")
    return kept if len(kept) == BROWSER_SIGNS else secrets.token_urlsafe(32)


def remember(desk: Desk, answer: Response, browser: str) -> Response:
    """Hand a browser what it is known by until it comes back with the proof."""
    return _with_cookie(desk, answer, desk.cookie + ASKED, browser, challenges.LIVES)


def _with_cookie(desk: Desk, answer: Response, name: str, value: str, lives: timedelta) -> Response:
    answer.set_cookie(
        name,
        value,
        max_age=int(lives.total_seconds()),
        path="/",
        secure=desk.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/sign-out")
def sign_out(http: Request, desk: DeskDep, work: WorkDep) -> Response:
    """Close this browser's session and forget what it holds of us."""
    cookie = cookie_of(http)
    by_sso = signin.way_of(work.session, cookie) is WayIn.SINGLE_SIGN_ON
    signin.end(work, cookie)
    answer = see("/sign-in/left" if by_sso and desk.settings.single_sign_on else "/sign-in")
    answer.delete_cookie(
        desk.cookie, path="/", secure=desk.settings.secure_cookies, httponly=True, samesite="lax"
    )
    answer.headers["clear-site-data"] = '"cache", "cookies", "storage"'
    return answer
