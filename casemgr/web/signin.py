"""Sign in by password and code or, in a demonstration, by a link; sign in again; sign out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.responses import Response

from casemgr import entrance
from casemgr.db.tables import Person
from casemgr.desk import Desk, DeskDep, WorkDep
from casemgr.entrance import Caller
from casemgr.errors import Malformed, NotFound, NotSignedIn, Refused
from casemgr.usecases import second_factor, signin
from casemgr.usecases.second_factor import CodeInput, EnrolInput
from casemgr.usecases.work import Work
from casemgr.web.devices import device_of
from casemgr.web.page import Fields, Problems, local, page, page_router, read_form, see

router = page_router()


def the_caller(http: Request) -> Caller:
    """Return where a browser calls from, and what it is."""
    return Caller(
        http.client.host if http.client else "", device_of(http.headers.get("user-agent", ""))
    )


CallerDep = Annotated[Caller, Depends(the_caller)]


@router.get("/sign-in")
def show_sign_in(http: Request, next: str = "/") -> Response:
    """Ask who it is."""
    return page(http, "sign_in", next=local(next))


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
    return page(http, "sign_in", status=status, next=back, typed=kept, problems=problems)


@router.get("/sign-in/code")
def show_code(http: Request, desk: DeskDep, next: str = "/") -> Response:
    """Ask for the code; who has no app yet is led to set one up."""
    _, has_app = entrance.halfway(desk, cookie_of(http))
    if not has_app:
        return see(f"/sign-in/app?next={quote(local(next), safe='')}")
    return page(http, "sign_in_code", next=local(next))


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
    return page(http, "sign_in_code", status=status, next=back, problems=problems)


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
    person, has_app = entrance.halfway(desk, cookie_of(http))
    if has_app:
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
    return _again_page(http, work, local(next))


def _again_page(
    http: Request, work: Work, back: str, problem: str = "", status: int = 200
) -> Response:
    has_app = second_factor.is_on(work.session, work.actor.id or "")
    problems = {"password": problem} if problem else {}
    return page(
        http, "sign_in_again", work, status=status, next=back, has_app=has_app, problems=problems
    )


@router.post("/sign-in/again")
def sign_in_again(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Check password and code once more, and go back to what was being done."""
    back, cookie = local(sent.get("next", "/")), cookie_of(http)
    today = desk.now().astimezone(desk.zone).date()
    with desk.work(reads_only=True) as work:
        held = signin.who_holds(work.session, cookie, today)
        if held is None:
            raise NotSignedIn
        person = work.session.get_one(Person, held[0].id)
    typed = signin.Credentials(email=person.email, password=sent.get("password", "")[:4096])
    try:
        secret = entrance.again(desk, cookie, typed, sent.get("code", ""), caller)
    except Refused as refused:
        with desk.work(held[0], reads_only=True) as work:
            return _again_page(http, work, back, str(refused), 403)
    return welcome(desk, see(back), secret)


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
        cookie = signin.begin(work, signin.by_link(work, secret), device=caller.device)
    return welcome(desk, see("/due"), cookie)


def welcome(desk: Desk, answer: Response, secret: str) -> Response:
    """Hand a browser the cookie of its session."""
    answer.set_cookie(
        desk.cookie,
        secret,
        max_age=int(signin.LONGEST.total_seconds()),
        path="/",
        secure=desk.settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/sign-out")
def sign_out(http: Request, desk: DeskDep, work: WorkDep) -> Response:
    """Close this browser's session and forget what it holds of us."""
    signin.end(work, http.cookies.get(desk.cookie, ""))
    answer = see("/sign-in")
    answer.delete_cookie(
        desk.cookie, path="/", secure=desk.settings.secure_cookies, httponly=True, samesite="lax"
    )
    answer.headers["clear-site-data"] = '"cache", "cookies", "storage"'
    return answer
