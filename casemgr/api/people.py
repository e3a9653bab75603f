"""The people of the office. Administrators see and change all of it; others see who does what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import again, partial
from casemgr.api.nouns import Asker, Change, Create, Noun
from casemgr.api.problems import Problem, answers
from casemgr.api.routes import answer, api_router
from casemgr.api.shapes import ACTOR, ALL_PEOPLE, Shape
from casemgr.db.tables import Person
from casemgr.desk import WorkDep
from casemgr.domain.words import Role
from casemgr.errors import NotFound
from casemgr.usecases import people
from casemgr.usecases.people import PersonInput
from casemgr.usecases.work import Work


def colleagues(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for people the asker may know of: a guest knows only themselves."""
    return col(Person.id) == asker.id if asker.role is Role.GUEST else sa.true()


def _to_few(column: Any) -> Any:
    """Return a column as administrators read it of all, others of themselves, and else null."""
    return sa.case((sa.or_(ALL_PEOPLE, col(Person.id) == ACTOR), column), else_=sa.null())


def change_person(work: Work, person_id: str, given: Any) -> SQLModel:
    """Change somebody's name, role or standing; with the role or standing every way in ends."""
    people.administrators_only(work)
    person = people.find(work, person_id)
    stands = {name: getattr(person, name) for name in PersonInput.model_fields}
    named = {name: getattr(given, name) for name in given.model_fields_set}
    return people.change_person(work, person_id, again(PersonInput, {**stands, **named}))


PEOPLE = Noun(
    path="people",
    one="person",
    about="Who works in the office, and as what. Address and term are null in the answer except "
    "to administrators and of oneself.",
    shape=Shape(
        "Person",
        Person,
        without=("password_hash",),
        computed={
            "email": (str | None, _to_few(col(Person.email))),
            "office_wide": (bool | None, _to_few(col(Person.office_wide))),
            "term_ends_on": (
                Person.model_fields["term_ends_on"].annotation,
                _to_few(col(Person.term_ends_on)),
            ),
        },
    ),
    order="name",
    filters={"role": "role", "active": "active"},
    scope=colleagues,
    create=Create(
        people.NewPerson,
        people.add_person,
        {
            "name": "Ada Marlowe",
            "email": "ada.marlowe@example.org",
            "role": "staff",
            "title": "Paralegal",
        },
    ),
    change=Change(
        partial(PersonInput, "person"),
        change_person,
        {"title": "Senior paralegal"},
        merged=False,
    ),
)

NOUNS = (PEOPLE,)

router = api_router()


@router.get(
    "/me",
    operation_id="read_me",
    summary="Read who you are",
    response_model=None,
    responses={
        200: {"model": PEOPLE.shape.model},
        **answers(404, 503),
        401: {"model": Problem, **answers(401)[401]},  # the model puts Problem into the document
    },
)
def read_me(work: WorkDep) -> Response:
    """Return the person whose token or session this is."""
    if work.actor.id is None:
        raise NotFound
    return answer(PEOPLE, nouns.row_of(work, PEOPLE, work.actor.id))
