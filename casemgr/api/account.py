"""Ways in and out: invitations, reset links, off-boarding, one's own sessions; and asking."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Annotated

from fastapi import Body
from pydantic import BaseModel
from sqlmodel import col, select
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import StrictJson
from casemgr.api.matters import TASKS
from casemgr.api.problems import Stale, answers
from casemgr.api.routes import JSON, IfMatch, RowId, answer, api_router, is_held
from casemgr.db.tables import SignIn
from casemgr.desk import DeskDep, WorkDep
from casemgr.errors import NotFound
from casemgr.usecases import asking, invitations, offboarding, people, signin
from casemgr.usecases.asking import AskInput
from casemgr.usecases.invitations import ClassInput, Invited
from casemgr.usecases.people import PersonInput
from casemgr.usecases.work import Work

router = api_router()


class PasswordLink(BaseModel):
    """A link with which somebody sets a password, once: shown here and never again."""

    person_id: str
    email: str
    address: str
    ends_at: datetime


class PasswordLinks(BaseModel):
    """The links of a whole class."""

    items: list[PasswordLink]


class OpenDuty(BaseModel):
    """Something open that somebody was to do, by its codes, and whether it has somebody again."""

    kind: str
    id: str
    matter_id: str
    due_on: date | None
    handed_on: bool


class OffBoarding(BaseModel):
    """What ended, and what became of what they had to do."""

    person_id: str
    sessions: int
    tokens: int
    links: int
    passkeys: int
    sign_ons: int
    memberships: int
    duties: list[OpenDuty]
    matters_nobody_answers_for: list[str]


class BrowserSession(BaseModel):
    """A browser that is signed in as you."""

    id: str
    device: str
    started_at: datetime
    seen_at: datetime

    @property
    def etag(self) -> str:
        """Return what it is known by: not by when it was last seen, which each page changes."""
        said = f"{self.id} {self.device} {self.started_at.isoformat()}"
        return f'"{sha256(said.encode()).hexdigest()[:24]}"'


class BrowserSessions(BaseModel):
    """Every browser that is signed in as you."""

    items: list[BrowserSession]


def _link(invited: Invited, address: str) -> PasswordLink:
    return PasswordLink(
        person_id=invited.person.id,
        email=invited.person.email,
        address=f"{address}/invitation/{invited.secret}",
        ends_at=invited.ends_at,
    )


def _json(shown: BaseModel, status: int = 200) -> Response:
    return Response(shown.model_dump_json(), status, media_type=JSON)


PRIYA = {"name": "Priya Shah", "email": "priya@example.org", "role": "student"}


@router.post(
    "/invitations",
    status_code=201,
    operation_id="invite",
    summary="Invite one person",
    response_model=None,
    responses={201: {"model": PasswordLink}, **answers(400, 401, 403, 409, 413, 422, 503)},
)
def invite(
    work: WorkDep,
    desk: DeskDep,
    given: Annotated[PersonInput, StrictJson(), Body(examples=[PRIYA])],
) -> Response:
    """Add somebody, and return the link with which they set a password within 72 hours, once."""
    return _json(_link(invitations.invite(work, given), desk.settings.address), 201)


@router.post(
    "/invitations/class",
    status_code=201,
    operation_id="invite_class",
    summary="Invite a whole class",
    response_model=None,
    responses={201: {"model": PasswordLinks}, **answers(400, 401, 403, 409, 413, 422, 503)},
)
def invite_class(
    work: WorkDep,
    desk: DeskDep,
    given: Annotated[
        ClassInput,
        StrictJson(),
        Body(examples=[{"lines": "Priya Shah, priya@example.org, student"}]),
    ],
) -> Response:
    """Invite everybody on a list, one person a line, or nobody where a line is wrong."""
    done = invitations.invite_class(work, given)
    items = [_link(each, desk.settings.address) for each in done]
    return _json(PasswordLinks(items=items), 201)


@router.post(
    "/staff-list/{id}/invitation",
    status_code=201,
    operation_id="invite_again",
    summary="Make a new invitation",
    response_model=None,
    responses={201: {"model": PasswordLink}, **answers(401, 403, 404, 409, 503)},
)
def invite_again(work: WorkDep, desk: DeskDep, row_id: RowId) -> Response:
    """Make a new link for somebody who has not used theirs; the old one is void."""
    return _json(_link(invitations.invite_again(work, row_id), desk.settings.address), 201)


@router.post(
    "/staff-list/{id}/reset",
    status_code=201,
    operation_id="reset_password",
    summary="Make a link for a new password",
    response_model=None,
    responses={201: {"model": PasswordLink}, **answers(401, 403, 404, 409, 503)},
)
def reset(work: WorkDep, desk: DeskDep, row_id: RowId) -> Response:
    """Make a link that opens once within 30 minutes; the second factor is asked for as always."""
    return _json(_link(invitations.reset(work, row_id), desk.settings.address), 201)


@router.post(
    "/staff-list/{id}/off-boarding",
    operation_id="off_board",
    summary="End every way in of one person",
    response_model=None,
    responses={200: {"model": OffBoarding}, **answers(401, 403, 404, 409, 422, 503)},
)
def off_board(work: WorkDep, row_id: RowId) -> Response:
    """End sessions, tokens, links and memberships at once; duties go to who will be there."""
    report = offboarding.off_board(work, row_id)
    shown = OffBoarding(
        person_id=report.person.id,
        sessions=report.sessions,
        tokens=report.tokens,
        links=report.links,
        passkeys=report.passkeys,
        sign_ons=report.sign_ons,
        memberships=report.memberships,
        duties=[OpenDuty.model_validate(each, from_attributes=True) for each in report.duties],
        matters_nobody_answers_for=list(report.unanswered),
    )
    return _json(shown)


@router.get(
    "/sessions",
    operation_id="list_sessions",
    summary="List where you are signed in",
    response_model=None,
    responses={200: {"model": BrowserSessions}, **answers(401, 503)},
)
def list_sessions(work: WorkDep) -> Response:
    """List the browsers that are signed in as you."""
    return _json(BrowserSessions(items=_sessions(work)))


def _sessions(work: Work) -> list[BrowserSession]:
    found = work.session.exec(
        select(SignIn).where(*signin.open_to(work.actor.id)).order_by(col(SignIn.seen_at).desc())
    )
    return [BrowserSession.model_validate(each, from_attributes=True) for each in found]


def _session(work: Work, session_id: str) -> BrowserSession:
    found = next((each for each in _sessions(work) if each.id == session_id), None)
    if found is None:
        raise NotFound
    return found


@router.get(
    "/sessions/{id}",
    operation_id="read_session",
    summary="Read where you are signed in, one browser",
    response_model=None,
    responses={200: {"model": BrowserSession}, **answers(401, 404, 503)},
)
def read_session(work: WorkDep, row_id: RowId) -> Response:
    """Return one browser that is signed in as you; its `ETag` is what signing it out takes."""
    found = _session(work, row_id)
    return Response(found.model_dump_json(), headers={"ETag": found.etag}, media_type=JSON)


@router.delete(
    "/sessions/{id}",
    status_code=204,
    operation_id="end_session",
    summary="Sign out one of your browsers",
    response_class=Response,
    responses={**answers(401, 403, 404, 409, 412, 428, 503)},
)
def end_session(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """Sign out a browser of yours at once."""
    found = _session(work, row_id)
    if not is_held(if_match, found.etag):
        raise Stale(found.model_dump(mode="json"))
    people.end_session(work, row_id)
    return Response(status_code=204)


@router.post(
    "/asks",
    status_code=201,
    operation_id="ask",
    summary="Ask somebody who may to do what you may not",
    response_model=None,
    responses={
        201: {"model": TASKS.shape.model},
        **answers(400, 401, 403, 404, 409, 413, 422, 503),
    },
)
def ask(
    work: WorkDep,
    given: Annotated[
        AskInput,
        StrictJson(),
        Body(
            examples=[
                {
                    "matter_id": "M-7F3KQ2X8MP",
                    "person_id": "P-7F3KQ2X8MP",
                    "right": "confirm",
                    "subject_kind": "deadline",
                    "subject_id": "D-7F3KQ2X8MP",
                }
            ]
        ),
    ],
) -> Response:
    """Make a task for somebody on the matter who has the right; asked twice it stays one."""
    task = asking.ask(work, given)
    work.session.flush()
    return answer(TASKS, nouns.row_of(work, TASKS, task.id), 201)
