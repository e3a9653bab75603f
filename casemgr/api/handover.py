"""The hand-over: what leaves with whom, and giving it to others, all or nothing."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import Body, Query
from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.bodies import StrictJson
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, api_router
from casemgr.desk import WorkDep
from casemgr.domain.duties import Duty, DutyKind
from casemgr.fields import Day
from casemgr.usecases import handover
from casemgr.usecases.handover import HandOverInput
from casemgr.usecases.views import handover as views

router = api_router()

EXAMPLE = {
    "duties": [
        {
            "kind": "deadline",
            "id": "D-7F3KQ2X8MP",
            "version": 1,
            "to_id": "P-7F3KQ2X8MP",
        }
    ],
    "note": "Call the FOIA officer on Mondays.",
}


class DutyToHandOver(BaseModel):
    """Something open whose owner leaves, and who of its matter could take it.

    `id` is the deadline's, the task's, or for `matter` that of the membership that answers for it.
    """

    kind: DutyKind
    id: str
    version: int
    matter_id: str
    title: str
    day: date | None
    person_id: str | None
    alone: bool  # nobody will be there on its day
    could_take: list[str]


class DutiesToHandOver(BaseModel):
    """What is to be handed over before a day."""

    before: date
    items: list[DutyToHandOver]


class DutyHandedOver(BaseModel):
    """A duty, whose it was, and whose it is."""

    kind: DutyKind
    id: str
    matter_id: str
    from_id: str | None
    to_id: str


class HandedOver(BaseModel):
    """What was handed over, and the tasks that tell the new owners."""

    items: list[DutyHandedOver]
    task_ids: list[str]


@router.get(
    "/hand-overs",
    operation_id="list_duties_to_hand_over",
    summary="List what is to be handed over",
    response_model=None,
    responses={200: {"model": DutiesToHandOver}, **answers(401, 403, 422, 503)},
)
def list_duties(
    work: WorkDep,
    before: Annotated[
        Day | None, Query(description="Of people who leave before this day; 28 days from today.")
    ] = None,
) -> Response:
    """List the open duties of people who leave your matters before a day, and who could take them.

    Students see their own; staff and attorneys everybody's.
    """
    day, choices = views.look_at_duties(work, before)
    found = DutiesToHandOver(before=day, items=[_shown(each) for each in choices])
    return Response(found.model_dump_json(), media_type=JSON)


def _shown(choice: views.Choice) -> DutyToHandOver:
    duty: Duty = choice.duty
    return DutyToHandOver(
        kind=duty.kind,
        id=duty.id,
        version=duty.version,
        matter_id=duty.matter_id,
        title=duty.title,
        day=duty.day,
        person_id=duty.person_id,
        alone=duty.alone,
        could_take=[each.person_id for each in choice.takers],
    )


@router.post(
    "/hand-overs",
    status_code=201,
    operation_id="hand_over",
    summary="Hand over duties",
    response_model=None,
    responses={201: {"model": HandedOver}, **answers(400, 401, 403, 404, 409, 413, 422, 503)},
)
def hand_over(
    work: WorkDep, given: Annotated[HandOverInput, StrictJson(), Body(examples=[EXAMPLE])]
) -> Response:
    """Give duties to others of their matters who will be there on their day, all or none.

    Each names the version of its record that was read; where one is older, nothing is done (409).
    """
    done = handover.hand_over(work, given)
    items = [
        DutyHandedOver(
            kind=duty.kind,
            id=duty.id,
            matter_id=duty.matter_id,
            from_id=duty.person_id,
            to_id=to.person_id,
        )
        for duty, to in done.passed
    ]
    made = HandedOver(items=items, task_ids=[task.id for task in done.tasks])
    return Response(made.model_dump_json(), 201, media_type=JSON)
