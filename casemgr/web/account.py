"""One's own account: sessions, password, authenticator app, API tokens. And links to a password."""

from __future__ import annotations

from functools import partial

from fastapi import Request
from pydantic import Field
from starlette.responses import Response

from casemgr import password_entrance
from casemgr.db.tables import Person
from casemgr.desk import DeskDep, WorkDep
from casemgr.errors import Malformed, NotSignedIn, Refused
from casemgr.fields import Input
from casemgr.usecases import invitations, people, second_factor, signin
from casemgr.usecases.invitations import NewPassword
from casemgr.usecases.people import TokenInput
from casemgr.usecases.second_factor import EnrolInput
from casemgr.usecases.views.people import look_at_account
from casemgr.usecases.work import Work
from casemgr.web.page import Fields, Problems, attempt, page, page_router, read_form, see
from casemgr.web.signin import CallerDep, code_page, cookie_of, welcome

router = page_router()


class PasswordChange(Input):
    """The password somebody has, and the one they want."""

    old: signin.Password = Field(min_length=1)
    password: signin.Password = Field(min_length=1)


@router.get("/account")
def show_account(http: Request, work: WorkDep) -> Response:
    """Show one's own ways in."""
    return _account(http, work)


def _account(http: Request, work: Work, **shown: object) -> Response:
    seen = look_at_account(work, cookie_of(http))
    status = 422 if shown.get("problems") else 200
    given = {"secret": "", "typed": {}, "problems": {}, "done": "", **shown}
    return page(http, "account", work, status=status, seen=seen, **given)


@router.post("/account/password")
def change_password(http: Request, desk: DeskDep, caller: CallerDep, sent: Fields) -> Response:
    """Change one's password; every other browser and program is signed out."""
    cookie = cookie_of(http)
    today = desk.now().astimezone(desk.zone).date()
    with desk.work(reads_only=True) as work:
        held = signin.who_holds(work.session, cookie, today)
        if held is None:
            raise NotSignedIn
        person = work.session.get_one(Person, held[0].id)
    form = read_form(PasswordChange, sent, today)
    problems = dict(form.problems)
    if form.value is not None:
        try:
            old, new = form.value.old, form.value.password
            password_entrance.change_password(desk, person, old, new, cookie, caller)
        except Malformed as wrong:
            problems = dict(wrong.problems)
        except Refused as refused:
            problems = {"old": str(refused)}
    with desk.work(held[0], reads_only=True) as work:
        done = "" if problems else "Your password is changed. Every other browser is signed out."
        return _account(http, work, problems=problems, done=done)


@router.post("/account/sessions/{session_id}/end")
def end_session(work: WorkDep, session_id: str) -> Response:
    """Sign out another browser of one's own."""
    people.end_session(work, session_id)
    return see("/account#sessions")


@router.post("/account/tokens")
def make_token(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Make an API token, and show it once."""
    form = read_form(TokenInput, sent, work.today)
    if form.value is None:
        return _account(http, work, typed=form.typed, problems=dict(form.problems))
    done = attempt(work, partial(people.make_token, work, form.value))
    if isinstance(done, Problems):
        return _account(http, work, typed=form.typed, problems=done)
    work.session.flush()
    return _account(http, work, secret=done[1])


@router.post("/account/tokens/{token_id}/revoke")
def revoke_token(work: WorkDep, token_id: str) -> Response:
    """End one of one's own tokens."""
    people.revoke_token(work, token_id)
    return see("/account#tokens")


@router.get("/account/app")
def show_app(http: Request, work: WorkDep, desk: DeskDep) -> Response:
    """Show how to set up an app, the first or another one."""
    signin.fresh(work)
    return _app(http, work, desk.office)


def _app(
    http: Request, work: Work, office: str, salt: str | None = None, wrong: Problems | None = None
) -> Response:
    person = work.session.get_one(Person, work.actor.id)
    shown = second_factor.show(work, person, office, salt)
    status = 422 if wrong else 200
    given = {"app": shown, "act": "/account/app", "next": "/account", "problems": wrong or {}}
    return page(http, "set_up_app", work, status=status, **given)


@router.post("/account/app")
def set_up_app(http: Request, work: WorkDep, desk: DeskDep, sent: Fields) -> Response:
    """Take an app into use, in the place of the one before; show the recovery codes once."""
    signin.fresh(work)
    form = read_form(EnrolInput, sent, work.today)
    if form.value is None:
        return _app(http, work, desk.office, None, Problems(form.problems))
    person = work.session.get_one(Person, work.actor.id)
    act = partial(second_factor.enrol, work, person, form.value, but=cookie_of(http))
    done = attempt(work, act)
    if isinstance(done, Problems):
        return _app(http, work, desk.office, form.value.salt, done)
    return page(http, "recovery_codes", work, codes=done, next="/account")


@router.post("/account/recovery-codes")
def renew_codes(http: Request, work: WorkDep) -> Response:
    """Make ten new recovery codes; the old ones are void."""
    signin.fresh(work)
    person = work.session.get_one(Person, work.actor.id)
    codes = second_factor.renew_recovery_codes(work, person)
    return page(http, "recovery_codes", work, codes=codes, next="/account")


@router.get("/invitation/{secret}")
def show_invitation(http: Request, desk: DeskDep, secret: str) -> Response:
    """Ask somebody who was handed a link for a password."""
    with desk.work(reads_only=True) as work:
        person = invitations.who_is_invited(work, secret)
    return page(http, "set_password", person=person, secret=secret)


@router.post("/invitation/{secret}")
def set_password(
    http: Request, desk: DeskDep, caller: CallerDep, secret: str, sent: Fields
) -> Response:
    """Set the password, and go on to the second factor."""
    form = read_form(NewPassword, sent, desk.now().date())
    problems = dict(form.problems)
    if form.value is not None:
        try:
            cookie, half = password_entrance.set_password(desk, secret, form.value.password, caller)
            return welcome(desk, see(code_page("/due") if half else "/due"), cookie)
        except Malformed as wrong:
            problems = dict(wrong.problems)
    with desk.work(reads_only=True) as work:
        person = invitations.who_is_invited(work, secret)
    return page(http, "set_password", status=422, person=person, secret=secret, problems=problems)
