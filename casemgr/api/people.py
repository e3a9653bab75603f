"""The people of the office. Administrators see and change all of it; others see who does what."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from fastapi import APIRouter
from sqlmodel import SQLModel, col
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.nouns import Asker, Change, Create, Noun
from casemgr.api.problems import Problem, answers
from casemgr.api.routes import answer
from casemgr.api.shapes import Shape
from casemgr.db.tables import Person
from casemgr.desk import WorkDep
from casemgr.domain.words import Role
from casemgr.errors import NotFound
from casemgr.usecases import people


def colleagues(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for people the asker may know of: a guest knows only themselves."""
    return col(Person.id) == asker.id if asker.role is Role.GUEST else sa.true()


def full(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for people of whom the asker may know everything."""
    return sa.true() if asker.role is Role.ADMINISTRATOR else col(Person.id) == asker.id


ADA = {
    "name": "Ada Marlowe",
    "email": "ada@example.org",
    "role": "staff",
    "title": "Paralegal",
}

PEOPLE = Noun(
    path="people",
    one="person",
    about="Who works in the office, and as what.",
    shape=Shape(
        "Person", Person, without=("password_hash", "email", "office_wide", "term_ends_on")
    ),
    order="name",
    filters={"role": "role", "active": "active"},
    scope=colleagues,
)

# What an administrator reads and changes; everybody reads it of themselves.
STAFF_LIST = Noun(
    path="staff-list",
    one="staff list entry",
    about="Everything the office keeps of a person: administrators of all, others of themselves.",
    shape=Shape("StaffListEntry", Person, without=("password_hash",)),
    order="name",
    filters={"role": "role", "active": "active", "email": "email"},
    scope=full,
    create=Create(people.NewPerson, people.add_person, ADA),
    change=Change(people.PersonInput, people.change_person, {"title": "Senior paralegal"}),
)

NOUNS = (PEOPLE, STAFF_LIST)

router = APIRouter()


@router.get(
    "/me",
    operation_id="read_me",
    summary="Read who you are",
    response_model=None,
    responses={
        200: {"model": STAFF_LIST.shape.model},
        **answers(404, 503),
        401: {"model": Problem, **answers(401)[401]},  # the model puts Problem into the document
    },
)
def read_me(work: WorkDep) -> Response:
    """Return the person whose token or session this is."""
    if work.actor.id is None:
        raise NotFound
    return answer(STAFF_LIST, nouns.row_of(work, STAFF_LIST, work.actor.id))
