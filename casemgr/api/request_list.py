"""The list of requests as its page shows it: filtered, sorted, both ways; and as a file."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import BaseModel, Field, model_validator
from pydantic_core import to_json
from starlette.responses import Response

from casemgr.api.problems import a_file, answers
from casemgr.api.routes import JSON, api_router
from casemgr.desk import DeskDep, OpensDep, WorkDep
from casemgr.domain.words import Certainty, RequestStage
from casemgr.downloads import saved_in_parts
from casemgr.errors import Malformed
from casemgr.usecases import request_files
from casemgr.usecases.views import request_list
from casemgr.usecases.views.request_list import Asked

router = api_router()

MOST, USUAL = 200, 50
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many rows at most.")]
Cursor = Annotated[str, Field(max_length=300, description="A cursor, from the page beside it.")]


class ListedRequest(BaseModel):
    """One request as the list shows it."""

    id: str
    matter_id: str
    matter: str
    reference: str
    title: str
    requested_on: str | None
    asked_on: str
    certainty: Certainty
    stage: RequestStage
    next_due_on: str | None
    their_due_on: str | None
    fee_waiver: bool
    owner: str | None
    components: list[str]
    late: bool


class ListedRequests(BaseModel):
    """A page of the list, and the addresses of the pages beside it."""

    items: list[ListedRequest]
    previous: str | None
    next: str | None


class _OfTheList(Asked):
    """What narrows and sorts the list. A filter spelled wrong must not list everything."""

    @model_validator(mode="before")
    @classmethod
    def _known_only(cls, said: dict[str, Any]) -> dict[str, Any]:
        unknown = sorted(set(said) - cls.model_fields.keys())
        if unknown:
            use = ", ".join(cls.model_fields)
            raise Malformed({unknown[0][:80]: f"There is no such filter. Use {use}."})
        return said


class OfOnePage(_OfTheList):
    """What a page of the list is asked for with."""

    after: Cursor = ""
    before: Cursor = ""
    limit: Limit = USUAL


class OfAFile(_OfTheList):
    """What the whole list is asked for with, as a file."""

    format: Annotated[request_files.Format, Field(description="csv or xlsx.")] = "csv"


@router.get(
    "/requests/list",
    operation_id="list_filtered_requests",
    summary="List requests filtered and sorted",
    response_model=None,
    responses={200: {"model": ListedRequests}, **answers(401, 422, 503)},
)
def list_lines(http: Request, work: WorkDep, asked: Annotated[OfOnePage, Query()]) -> Response:
    """Return the requests of your matters that the filters leave, as their page lists them."""
    found = request_list.look(work, asked, after=asked.after, before=asked.before, most=asked.limit)
    today = work.today
    items = [
        {
            **line._asdict(),
            "components": sorted((line.components or "").split("|")) if line.components else [],
            "late": line.is_late(today),
        }
        for line in found.lines
    ]
    near = {"previous": ("before", found.before), "next": ("after", found.after)}
    links = {name: _address(http, *way) if way[1] else None for name, way in near.items()}
    told = json.dumps(links).encode()
    return Response(b'{"items":' + to_json(items) + b"," + told[1:], 200, media_type=JSON)


def _address(http: Request, way: str, cursor: str) -> str:
    kept = {k: v for k, v in http.query_params.items() if k not in {"after", "before"}}
    return f"{http.url.path}?{urlencode({**kept, way: cursor})}"


@router.get(
    "/requests/file",
    operation_id="export_requests",
    summary="Export the filtered list as a file",
    response_class=Response,
    responses={
        **a_file("The list.", *request_files.MEDIA.values()),
        **answers(401, 422, 503),
    },
)
def export_list(opens: OpensDep, desk: DeskDep, asked: Annotated[OfAFile, Query()]) -> Response:
    """Return every request the filters leave as one file; that you took it is recorded."""
    made = request_files.export(opens, asked, asked.format, desk.settings.data)
    return saved_in_parts(made, made.media_type)
