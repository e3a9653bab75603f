"""The law for programs: every rule with its examples run, closures, and one law call."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Body
from pydantic import BaseModel, TypeAdapter
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api.nouns import Act, Asker, Create, Noun
from casemgr.api.problems import answers
from casemgr.api.routes import JSON, RowId, api_router
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import doors, tables
from casemgr.desk import OpensDep, WorkDep
from casemgr.domain.access import Right
from casemgr.domain.words import Role
from casemgr.law.calls import answer_under
from casemgr.usecases import clock, closures
from casemgr.usecases.views import rules
from casemgr.usecases.views.rules import RuleSeen

router = api_router()


def known_to_the_office(table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for what the whole office may read: not a guest of one matter."""
    shape: Any = table
    return sa.false() if asker.role is Role.GUEST else shape.known_on <= TODAY


CLOSURES = Noun(
    path="closures",
    one="closure",
    about="Days on which a court's clerk or an agency was closed, as this office entered them.",
    shape=Shape("Closure", tables.Closure, gates={"withdrawn_on": ("withdrawn_because",)}),
    order="first_on",
    filters={"kind": "kind", "court": "court_id", "agency": "agency_id"},
    scope=known_to_the_office,
    create=Create(
        closures.ClosureInput,
        closures.enter_closure,
        {
            "kind": "clerk_inaccessible",
            "court_id": "nysd",
            "first_on": "2012-10-29",
            "until_on": "2012-10-30",
            "because": "The storm closed the courthouse.",
            "source": "Notice of the clerk of October 28, 2012",
        },
    ),
    acts=(
        Act(
            "withdrawal",
            "withdraw_closure",
            "Take back a closure entered by mistake",
            closures.withdraw_closure,
            closures.ClosureWithdrawal,
            {"because": "It was another courthouse."},
            previews=True,
        ),
    ),
)


# --- rules


class TextSaid(BaseModel):
    """One wording of a rule, and since when."""

    since: date
    n: int
    unit: str
    authority: str
    abroad: int | None
    status: str
    note: str | None


class ExampleSaid(BaseModel):
    """A worked example, and what the rule gave for it just now."""

    name: str
    trigger: date
    given: dict[str, Any]
    due: date
    source: str
    found: date | None
    right: bool


class RuleSaid(BaseModel):
    """A rule of law with all its texts, who checked it, and its examples run."""

    id: str
    title: str
    cites: str
    url: str
    after: str
    whose: str
    direction: str
    status: str
    doubt: str | None
    checked_on: date
    checked_by: str
    texts: list[TextSaid]
    examples: list[ExampleSaid]
    open_deadlines: int


class RulesSaid(BaseModel):
    """Every rule, and the version of the law files."""

    items: list[RuleSaid]
    law_version: str


def _said(seen: RuleSeen) -> RuleSaid:
    rule = seen.rule
    plain = {name: getattr(rule, name) for name in RuleSaid.model_fields if hasattr(rule, name)}
    texts = [{name: getattr(text, name) for name in TextSaid.model_fields} for text in rule.texts]
    examples = [
        {
            "name": ran.example.name,
            "trigger": ran.example.trigger,
            "given": TypeAdapter(dict[str, Any]).dump_python(dict(ran.example.given), mode="json"),
            "due": ran.example.due,
            "source": ran.example.source,
            "found": ran.found,
            "right": ran.right,
        }
        for ran in seen.ran
    ]
    return RuleSaid.model_validate(
        {**plain, "texts": texts, "examples": examples, "open_deadlines": seen.open}
    )


@router.get(
    "/rules",
    operation_id="list_rules",
    summary="List rules",
    response_model=None,
    responses={200: {"model": RulesSaid}, **answers(401, 503)},
)
def list_rules(work: WorkDep) -> Response:
    """Every rule with its texts and examples; `open_deadlines` counts those of your matters."""
    seen = rules.look_at_all(work)
    said = RulesSaid(items=[_said(each) for each in seen.rules], law_version=seen.version)
    return Response(said.model_dump_json(), media_type=JSON)


@router.get(
    "/rules/{id}",
    operation_id="read_rule",
    summary="Read one rule",
    response_model=None,
    responses={200: {"model": RuleSaid}, **answers(401, 404, 503)},
)
def read_rule(work: WorkDep, row_id: RowId) -> Response:
    """One rule by its name, such as `foia.determination`."""
    return Response(_said(rules.look(work, row_id).seen).model_dump_json(), media_type=JSON)


# --- one law call


@router.post(
    "/law",
    operation_id="ask_law",
    summary="Answer one law call",
    response_model=None,
    responses={
        200: {
            "description": "The answer, or `error` with a sentence, as `law batch` says it.",
            "content": {JSON: {"schema": {"type": "object"}}},
        },
        **answers(400, 401, 413, 422, 503),
    },
)
def ask_law(
    opens: OpensDep,
    call: Annotated[
        dict[str, Any],
        Body(examples=[{"do": "due", "rule": "foia.determination", "trigger": "2010-02-03"}]),
    ],
) -> Response:
    """Count a date under the law with the office's closures; nothing is kept."""
    with opens(reads_only=True) as work:
        law = work.law
    return Response(_JSON.dump_json(answer_under(law, call)), media_type=JSON)


_JSON = TypeAdapter(dict[str, Any])


# --- what the rule would give for a date set against it


class ByRule(BaseModel):
    """What the rule would give today for a date that an attorney set; null for any other date."""

    by_rule: date | None
    differs: bool


@router.get(
    "/deadlines/{id}/by-rule",
    operation_id="read_deadline_by_rule",
    summary="Say what the rule would give for an overridden date",
    response_model=None,
    responses={200: {"model": ByRule}, **answers(401, 404, 503)},
)
def read_by_rule(work: WorkDep, row_id: RowId) -> Response:
    """Never moves the date: it stays as the attorney set it."""
    row = doors.deadline(work.session, work.actor, row_id, Right.READ, work.today)
    found = clock.by_rule_now(work, row)
    due = found.due if found else None
    said = ByRule(by_rule=due, differs=due is not None and due != row.due)
    return Response(said.model_dump_json(), media_type=JSON)


NOUNS = (CLOSURES,)
