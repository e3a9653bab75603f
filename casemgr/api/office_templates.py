"""The office's own templates: written, tried on a real letter, approved by another, withdrawn."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Body, Query
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api import nouns
from casemgr.api.bodies import StrictJson
from casemgr.api.nouns import Act, Asker, Create, Noun
from casemgr.api.problems import a_file, answers
from casemgr.api.routes import IfMatch, RowId, answer, api_router, unchanged_since_read
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.desk import OpensDep
from casemgr.domain.access import Right, may
from casemgr.downloads import saved
from casemgr.fields import Code, Input
from casemgr.usecases import office_template_trials, office_templates
from casemgr.usecases.letters import PDF


def for_writers(_table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for whoever writes or approves templates; nobody else sees one."""
    return sa.true() if may(asker.role, Right.MANAGE) else sa.false()


TEMPLATES = Noun(
    path="office-templates",
    one="office template",
    about="One version of the office's own text of a template; used once somebody else approved.",
    shape=Shape("OfficeTemplate", tables.OfficeTemplate),
    order="written_at",
    newest_first=True,
    filters={"name": "name"},
    scope=for_writers,
    create=Create(
        office_templates.TemplateInput,
        office_templates.write,
        {
            "name": "_signature.html",
            "source": "<p class='signer'>{{ signer.name }}</p>",
            "note": "Our signature block has one line.",
        },
    ),
    acts=(
        Act(
            "withdrawal",
            "withdraw_office_template",
            "Withdraw a version; the one before, or ours, is used again",
            office_templates.withdraw,
        ),
    ),
)

NOUNS = (TEMPLATES,)

router = api_router()


class TriedOn(Input):
    """The letter on whose facts the version was tried."""

    letter_id: Code


@router.get(
    "/office-templates/{id}/trial",
    operation_id="try_office_template",
    summary="See a letter as a version would print it",
    response_class=Response,
    responses={
        **a_file("The PDF, marked as a trial.", "application/pdf"),
        **answers(401, 403, 404, 409, 422, 503),
    },
)
def try_template(
    opens: OpensDep,
    row_id: RowId,
    letter_id: Annotated[str, Query(max_length=32, pattern=r"^[A-Za-z0-9-]+$")],
) -> Response:
    """Return the paper as this version would print it; nothing is kept."""
    made = office_template_trials.try_on(opens, row_id, letter_id)
    return saved(made.pdf, PDF, "trial.pdf")


@router.post(
    "/office-templates/{id}/approval",
    operation_id="approve_office_template",
    summary="Approve a version that prints a real letter",
    response_model=None,
    responses={
        200: {"model": TEMPLATES.shape.model},
        **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
    },
)
def approve_template(
    opens: OpensDep,
    row_id: RowId,
    given: Annotated[TriedOn, StrictJson(), Body(examples=[{"letter_id": "LT-7F3KQ2X8MP"}])],
    if_match: IfMatch = None,
) -> Response:
    """Approve a version somebody else wrote; papers are made from it from then on."""
    with opens(reads_only=True) as work:
        row = unchanged_since_read(work, TEMPLATES, row_id, if_match)
    office_template_trials.approve(opens, row_id, given.letter_id, version=int(row["version"]))
    with opens(reads_only=True) as work:
        return answer(TEMPLATES, nouns.row_of(work, TEMPLATES, row_id))
