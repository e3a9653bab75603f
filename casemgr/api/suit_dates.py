"""What follows for a lawsuit: its table of service, and the periods its docket's words set."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel
from starlette.responses import Response

from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.desk import WorkDep
from casemgr.usecases.views import lawsuits, service_table, waiting
from casemgr.usecases.views.service_table import Addressee, AnswerClock, Proposed, ServiceTable
from casemgr.usecases.waiting import WaitingInput

router = api_router()


class AddresseeOut(BaseModel):
    """Somebody who must be served; `reached_on` is null until they were."""

    whom: str
    cites: str
    party_id: str | None
    service_ids: list[str]
    reached_on: date | None


class ToldOut(BaseModel):
    """A service that the docket tells of and that is not on file.

    `clerk_answer_due` is null where the entry puts no day for the answer beside it.
    """

    docket_entry_id: str
    whom: str
    on: date
    method: str
    waived: bool
    clerk_answer_due: date | None
    words: str


class AnswerOut(BaseModel):
    """When the answer is due: `due` by the Act, `printed` by the form that says 60 days."""

    served_on: date
    due: date | None
    printed: date | None
    caution: str


class ServiceTableOut(BaseModel):
    """Whom Rule 4(i) asks for, who was reached, what the docket tells, and the answer."""

    lawsuit_id: str
    addressees: list[AddresseeOut]
    missing: list[str]
    cure: str
    told: list[ToldOut]
    answer: AnswerOut | None
    answer_deadline_id: str | None
    service_deadline_id: str | None


class PeriodOut(BaseModel):
    """A period that an entry's words set; `given` is what records it as a waiting deadline."""

    docket_entry_id: str
    says: str
    given: WaitingInput


@router.get(
    "/lawsuits/{id}/service-table",
    operation_id="read_service_table",
    summary="Read the table of service",
    response_model=None,
    responses={200: {"model": ServiceTableOut}, **answers(401, 404, 503)},
)
def read_service_table(work: WorkDep, row_id: RowId) -> Response:
    """Return whom Rule 4(i) asks for, who was served, and when the answer is due."""
    found = _table(service_table.look(work, row_id))
    return Response(found.model_dump_json(), media_type=JSON)


@router.get(
    "/lawsuits/{id}/docket-periods",
    operation_id="list_docket_periods",
    summary="List the periods that wait for a paper, as the docket's words set them",
    response_model=None,
    responses={200: {"model": list[PeriodOut]}, **answers(401, 404, 503)},
)
def list_docket_periods(work: WorkDep, row_id: RowId) -> Response:
    """Return the periods of orders that no waiting deadline on file stands for yet."""
    page = lawsuits.look(work, row_id)
    found = [
        PeriodOut(docket_entry_id=each.entry.id, says=each.says, given=each.given)
        for each in waiting.look(work, page).proposed
    ]
    body = "[" + ",".join(each.model_dump_json() for each in found) + "]"
    return Response(body, media_type=JSON)


def _table(found: ServiceTable) -> ServiceTableOut:
    return ServiceTableOut(
        lawsuit_id=found.page.line.id,
        addressees=[_addressee(each) for each in found.addressees],
        missing=[each.whom for each in found.missing],
        cure=found.cure,
        told=[_told(each) for each in (*found.proposed, *found.waivers)],
        answer=_answer(found.clock) if found.clock else None,
        answer_deadline_id=found.answer.line.id if found.answer else None,
        service_deadline_id=found.watched.line.id if found.watched else None,
    )


def _addressee(each: Addressee) -> AddresseeOut:
    return AddresseeOut(
        whom=each.whom,
        cites=each.cites,
        party_id=each.party_id,
        service_ids=[one.id for one in each.attempts],
        reached_on=each.reached_on,
    )


def _told(each: Proposed) -> ToldOut:
    return ToldOut(
        docket_entry_id=each.entry.id,
        whom=each.found.whom,
        on=each.found.on,
        method=each.found.method,
        waived=each.found.waived,
        clerk_answer_due=each.found.answer_due,
        words=each.found.words,
    )


def _answer(clock: AnswerClock) -> AnswerOut:
    return AnswerOut(
        served_on=clock.served_on, due=clock.due, printed=clock.printed, caution=clock.caution
    )
