"""Sign in by password or, in a demonstration, by a link; sign out."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from casemgr import desk as front_desk
from casemgr.desk import Desk, DeskDep, WorkDep
from casemgr.errors import NotFound, Refused
from casemgr.usecases import signin
from casemgr.web.page import Fields, local, page, read_form, see

router = APIRouter()


@router.get("/sign-in")
def show_sign_in(http: Request, next: str = "/") -> Response:
    """Ask who it is."""
    return page(http, "sign_in", next=local(next))


@router.post("/sign-in")
def sign_in(http: Request, desk: DeskDep, sent: Fields) -> Response:
    """Check a password, and go on to the page that was wanted."""
    back = local(sent.pop("next", "/"))
    form = read_form(signin.Credentials, sent, desk.now().date())
    if form.value is None:
        return _again(http, sent, back, dict(form.problems), 422)
    try:
        secret = front_desk.sign_in(desk, form.value, http.client.host if http.client else "")
    except Refused as refused:
        return _again(http, sent, back, {"email": str(refused)}, 403)
    return _welcome(desk, see(back), secret)


def _again(
    http: Request, sent: dict[str, str], back: str, problems: dict[str, str], status: int
) -> Response:
    kept = {"email": sent.get("email", "")}  # a password is never sent back
    return page(http, "sign_in", status=status, next=back, typed=kept, problems=problems)


@router.get("/sign-in/link/{secret}")
def sign_in_by_link(desk: DeskDep, secret: str) -> Response:
    """Sign in by a link from the terminal that started the demonstration.

    A GET that changes something: allowed only here, where everything is invented or public, the
    link was printed on the owner's own screen, and one click is the point.
    """
    if not desk.demonstration:
        raise NotFound
    with desk.work() as work:
        cookie = signin.begin(work, signin.by_link(work, secret))
    return _welcome(desk, see("/due"), cookie)


def _welcome(desk: Desk, answer: Response, secret: str) -> Response:
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
