"""People: invite one or a class, change a role or a term, end every way in of somebody."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.domain.words import Role
from casemgr.errors import Malformed
from casemgr.usecases import asking, invitations, offboarding, people, second_factor, signin
from casemgr.usecases.asking import AskInput
from casemgr.usecases.invitations import ClassInput, Invited
from casemgr.usecases.people import PersonInput
from casemgr.usecases.views.people import look_at_people
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
)

router = page_router()

ROLES = [(role.value, role.value.capitalize()) for role in Role]


@router.get("/people")
def show_people(http: Request, work: WorkDep) -> Response:
    """Show everybody of the office."""
    return page(http, "people", work, people=look_at_people(work))


@router.get("/people/invite")
def show_invite(http: Request, work: WorkDep) -> Response:
    """Show the forms that invite one person, or a class."""
    people.administrators_only(work)
    signin.fresh(work)
    return _invite(http, work)


def _invite(http: Request, work: Work, **shown: Any) -> Response:
    status = 422 if shown.get("problems") else 200
    return page(http, "people_invite", work, status=status, roles=ROLES, **shown)


@router.post("/people/invite")
def invite(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Invite one person, and show their link once."""
    form = read_form(PersonInput, sent, work.today)
    done = attempt_form(work, form, partial(invitations.invite, work))
    if isinstance(done, Problems):
        return _invite(http, work, typed=form.typed, problems=done)
    return _links(http, work, (done,))


@router.post("/people/invite-class")
def invite_class(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Invite a whole class, or nobody where a line is wrong; show their links once."""
    form = read_form(ClassInput, sent, work.today)
    done = attempt_form(work, form, partial(invitations.invite_class, work))
    if isinstance(done, Problems):
        return _invite(http, work, typed=form.typed, problems=done)
    return _links(http, work, done)


def _links(http: Request, work: Work, invited: tuple[Invited, ...]) -> Response:
    return page(http, "people_links", work, invited=invited)


@router.get("/people/{person_id}")
def show_person(http: Request, work: WorkDep, person_id: str) -> Response:
    """Show one person, with what an administrator can do."""
    people.administrators_only(work)
    signin.fresh(work)
    return _person(http, work, person_id)


def _person(
    http: Request,
    work: Work,
    person_id: str,
    typed: Any = None,
    problems: Problems | None = None,
) -> Response:
    people.administrators_only(work)
    person = people.find(work, person_id)
    kept = {
        **{name: str(getattr(person, name) or "") for name in ("name", "email", "title")},
        "role": person.role.value,
        "term_ends_on": person.term_ends_on.isoformat() if person.term_ends_on else "",
        "active": "true" if person.active else "false",
        "office_wide": "true" if person.office_wide else "false",
        "version": str(person.version),
    }
    given = {
        "person": person,
        "has_app": second_factor.factors_of(work.session, person.id).any,
        "duties": offboarding.open_duties(work, person.id),
        "roles": ROLES,
        "typed": typed or kept,
        "problems": problems or {},
    }
    return page(http, "person", work, status=422 if problems else 200, **given)


@router.post("/people/{person_id}")
def change_person(http: Request, work: WorkDep, person_id: str, sent: Fields) -> Response:
    """Change a person's name, role, term or standing."""
    form = read_form(PersonInput, sent, work.today)
    done = attempt_form(
        work, form, partial(people.change_person, work, person_id, version=form.version)
    )
    if isinstance(done, Problems):
        return _person(http, work, person_id, form.typed, done)
    return see("/people")


@router.post("/people/{person_id}/invitation")
def invite_again(http: Request, work: WorkDep, person_id: str) -> Response:
    """Make a new invitation in the place of one that was not used."""
    return _links(http, work, (invitations.invite_again(work, person_id),))


@router.post("/people/{person_id}/reset")
def reset(http: Request, work: WorkDep, person_id: str) -> Response:
    """Make a link with which somebody sets a new password."""
    return _links(http, work, (invitations.reset(work, person_id),))


@router.post("/people/{person_id}/remove-app")
def remove_app(work: WorkDep, person_id: str) -> Response:
    """Take away the lost app of somebody, who sets up another at the next sign-in."""
    people.administrators_only(work)
    signin.fresh(work)
    second_factor.remove(work, people.find(work, person_id))
    return see(f"/people/{person_id}")


@router.post("/people/{person_id}/off-board")
def off_board(http: Request, work: WorkDep, person_id: str) -> Response:
    """End every way in of somebody, and show what they leave open."""
    done = attempt(work, partial(offboarding.off_board, work, person_id))
    if isinstance(done, Problems):
        return _person(http, work, person_id, problems=done)
    return page(http, "person_gone", work, report=done)


@router.post("/ask")
def ask(work: WorkDep, sent: Fields) -> Response:
    """Ask somebody who may to do what one may not: it becomes a task of theirs."""
    form = read_form(AskInput, sent, work.today)
    if form.value is None:
        raise Malformed(form.problems)
    task = asking.ask(work, form.value)
    return see(f"/matters/{task.matter_id}#tasks")
