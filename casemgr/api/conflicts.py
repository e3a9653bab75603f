"""Conflict checks: whether a name is on any matter of the office, without saying on which."""

from __future__ import annotations

from typing import Annotated

from fastapi import Body
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.problems import answers
from casemgr.api.routes import api_router
from casemgr.desk import WorkDep
from casemgr.usecases import conflicts

router = api_router()


class Match(BaseModel):
    """A name as it was sent, like one on a matter that the asker may know of."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    matter_id: str
    says: str
    ask: list[str]


class Checked(BaseModel):
    """What a conflict check says: `elsewhere` where somebody should look before going on."""

    model_config = ConfigDict(from_attributes=True)

    elsewhere: bool
    says: str
    ask: list[str]
    found: list[Match]


@router.post(
    "/conflicts",
    operation_id="check_for_conflicts",
    summary="Look for names on every matter of the office",
    response_model=None,
    responses={200: {"model": Checked}, **answers(400, 401, 403, 409, 413, 422, 503)},
)
def check(
    work: WorkDep,
    given: Annotated[
        conflicts.NamesInput, StrictJson(), Body(examples=[{"names": ["Rosa Alvarez"]}])
    ],
) -> Response:
    """Look; matches on your own matters are shown, of others only whom to ask. It is recorded."""
    said = Checked.model_validate(conflicts.check(work, given))
    return Response(said.model_dump_json(), media_type="application/json")
