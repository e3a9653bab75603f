"""Walls and emergencies: ask, agree, take down; let somebody in, and end it."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from casemgr.desk import WorkDep
from casemgr.errors import Malformed
from casemgr.fields import Code
from casemgr.usecases import emergencies, walls
from casemgr.usecases.emergencies import EmergencyInput, OpeningInput
from casemgr.usecases.views import walls as views
from casemgr.usecases.views.people import colleagues
from casemgr.usecases.walls import LiftInput, WallInput
from casemgr.usecases.work import Work
from casemgr.web.page import (
    Fields,
    Problems,
    attempt_form,
    page,
    page_router,
    read_form,
    see,
    version_in,
)

router = page_router()


class WallForm(WallInput):
    """A wall with the matter it is for."""

    matter_id: Code


@router.get("/walls")
def show_walls(http: Request, work: WorkDep) -> Response:
    """Show walls and emergencies."""
    return _walls(http, work)


def _walls(http: Request, work: Work, **shown: Any) -> Response:
    seen = views.look(work)
    people = colleagues(work) if seen.decides else []
    status = shown["problems"].status if "problems" in shown else 200
    return page(http, "walls", work, status=status, seen=seen, people=people, **shown)


@router.post("/walls")
def ask_for_wall(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Ask for a wall."""
    form = read_form(WallForm, sent, work.today)

    def act(given: WallForm) -> object:
        asked = WallInput(**given.model_dump(exclude={"matter_id"}))
        return walls.ask_for_wall(work, given.matter_id, asked)

    done = attempt_form(work, form, act)
    if isinstance(done, Problems):
        return _walls(http, work, typed=form.typed, problems=done)
    return see("/walls")


@router.post("/walls/{wall_id}/up")
def put_up(work: WorkDep, wall_id: str, sent: Fields) -> Response:
    """Put up a wall that somebody else asked for."""
    walls.put_up(work, wall_id, version=version_in(sent))
    return see("/walls")


@router.post("/walls/{wall_id}/ask-lift")
def ask_to_lift(work: WorkDep, wall_id: str, sent: Fields) -> Response:
    """Ask that a wall be taken down."""
    form = read_form(LiftInput, sent, work.today)
    if form.value is None:
        raise Malformed({"because": "Say why the wall is no longer needed."})
    walls.ask_to_lift(work, wall_id, form.value, version=form.version)
    return see("/walls")


@router.post("/walls/{wall_id}/down")
def take_down(work: WorkDep, wall_id: str, sent: Fields) -> Response:
    """Take down a wall, or drop the question for one."""
    walls.take_down(work, wall_id, version=version_in(sent))
    return see("/walls")


@router.post("/emergencies")
def ask_to_be_let_in(http: Request, work: WorkDep, sent: Fields) -> Response:
    """Ask to be let into a matter one is not on."""
    form = read_form(EmergencyInput, sent, work.today)
    done = attempt_form(work, form, partial(emergencies.ask_to_be_let_in, work))
    if isinstance(done, Problems):
        return _walls(http, work, typed=form.typed, problems=done)
    return see("/walls#mine")


@router.post("/emergencies/{emergency_id}/open")
def let_in(work: WorkDep, emergency_id: str, sent: Fields) -> Response:
    """Let somebody into a matter for an emergency, for some hours."""
    form = read_form(OpeningInput, sent, work.today)
    if form.value is None:
        raise Malformed({"hours": "Say for how many hours, from 1 to 24. Nobody was let in."})
    emergencies.let_in(work, emergency_id, form.value, version=form.version)
    return see("/walls")


@router.post("/emergencies/{emergency_id}/end")
def end(work: WorkDep, emergency_id: str, sent: Fields) -> Response:
    """End an emergency, or take back the question."""
    emergencies.end(work, emergency_id, version=version_in(sent))
    return see("/walls")


@router.get("/matters/{matter_id}/people")
def show_people_of_matter(http: Request, work: WorkDep, matter_id: str) -> Response:
    """Show who is on a matter, who is kept out of it, and the people of its lawsuits."""
    seen = views.its_people(work, matter_id)
    return page(http, "matter_people", work, seen=seen, matter=seen.matter)
