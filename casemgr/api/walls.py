"""Walls and emergencies: who is kept out of a matter, who is let in; two people decide each."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Body
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Asker, Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import IfMatch, RowId, answer_row, api_router, unchanged_since_read
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import doors, tables
from casemgr.desk import WorkDep
from casemgr.usecases import emergencies, walls


def known_walls(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for walls of the asker's matters; administrators see them by code."""
    return doors.walls_known_to(asker, TODAY)


def known_emergencies(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for what the asker asked for, or what others asked of their matters."""
    return doors.emergencies_known_to(asker, TODAY)


WALLS = Noun(
    path="walls",
    one="wall",
    about="Somebody who is kept out of a matter, whatever their role; asked for by one person, "
    "put up by another. Whom it is for never sees it.",
    shape=Shape("Wall", tables.Wall),
    order="asked_at",
    scope=known_walls,
    filters={"matter": "matter_id", "person": "person_id"},
    create=Create(
        walls.WallInput,
        walls.ask_for_wall,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "person_id": "P-7F3KQ2X8MP",
            "because": "Worked on this for the agency.",
        },
        parent="matter_id",
    ),
)

EMERGENCIES = Noun(
    path="emergencies",
    one="emergency",
    about="Somebody who asks to be let into a matter they are not on; a second person opens it, "
    "to the end of the next day. The answer to a code that is no matter is the same.",
    # Without the matter it turned out to be: who asks learns nothing from the answer.
    shape=Shape("Emergency", tables.Emergency, without=("matter_id",)),
    order="asked_at",
    scope=known_emergencies,
    filters={"person": "person_id"},
    create=Create(
        emergencies.EmergencyInput,
        emergencies.ask_to_be_let_in,
        {"asked_for": "M-7F3KQ2X8MP", "because": "The court calls and nobody answers."},
    ),
)

NOUNS = (WALLS, EMERGENCIES)

router = api_router()

DECIDED = answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503)
OF_WALL: dict[int | str, dict[str, Any]] = {200: {"model": WALLS.shape.model}, **DECIDED}
OF_EMERGENCY: dict[int | str, dict[str, Any]] = {
    200: {"model": EMERGENCIES.shape.model},
    **DECIDED,
}


@router.post(
    "/walls/{id}/up",
    operation_id="put_up_wall",
    summary="Put up a wall that somebody else asked for",
    response_model=None,
    responses=OF_WALL,
)
def put_up(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """Put it up: an attorney on the matter or an administrator, freshly signed in."""
    unchanged_since_read(work, WALLS, row_id, if_match)
    return answer_row(work, WALLS, walls.put_up(work, row_id))


@router.post(
    "/walls/{id}/ask-lift",
    operation_id="ask_to_lift_wall",
    summary="Ask that a wall be taken down",
    response_model=None,
    responses=OF_WALL,
)
def ask_to_lift(
    work: WorkDep,
    row_id: RowId,
    given: Annotated[
        walls.LiftInput, StrictJson(), Body(examples=[{"because": "The matter is another one."}])
    ],
    if_match: IfMatch = None,
) -> Response:
    """Ask, with the reason; somebody else must agree before the wall is taken down."""
    unchanged_since_read(work, WALLS, row_id, if_match)
    return answer_row(work, WALLS, walls.ask_to_lift(work, row_id, given))


@router.post(
    "/walls/{id}/down",
    operation_id="take_down_wall",
    summary="Take down a wall that somebody else asked to lift",
    response_model=None,
    responses=OF_WALL,
)
def take_down(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """Take it down; one that is not up yet is dropped, which one person alone may do."""
    unchanged_since_read(work, WALLS, row_id, if_match)
    return answer_row(work, WALLS, walls.take_down(work, row_id))


@router.post(
    "/emergencies/{id}/opening",
    operation_id="let_in",
    summary="Let somebody into a matter for an emergency",
    response_model=None,
    responses=OF_EMERGENCY,
)
def let_in(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """Open the matter for whoever asked, to the end of tomorrow; its attorneys are told."""
    unchanged_since_read(work, EMERGENCIES, row_id, if_match)
    return answer_row(work, EMERGENCIES, emergencies.let_in(work, row_id))


@router.post(
    "/emergencies/{id}/end",
    operation_id="end_emergency",
    summary="End an emergency, or take back the question",
    response_model=None,
    responses=OF_EMERGENCY,
)
def end(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
    """End it now: whoever asked, or whoever could have opened it."""
    unchanged_since_read(work, EMERGENCIES, row_id, if_match)
    return answer_row(work, EMERGENCIES, emergencies.end(work, row_id))
