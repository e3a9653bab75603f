"""The list of requests as its page shows it: filtered, sorted, both ways; and as a file."""

from __future__ import annotations

import inspect
import json
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import urlencode

from fastapi import Query, Request
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_json
from starlette.responses import Response

from casemgr.api.bodies import again
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
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]
Cursor = Annotated[str, Query(max_length=300, description="A cursor, from the page beside it.")]


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


def _filters(asked: dict[str, Any], http: Request, *besides: str) -> Asked:
    unknown = sorted(set(http.query_params) - {*Asked.model_fields, *besides})
    if unknown:
        use = ", ".join([*Asked.model_fields, *besides])
        raise Malformed({unknown[0][:80]: f"There is no such filter. Use {use}."})
    return again(Asked, {name: value for name, value in asked.items() if value is not None})


def list_lines(http: Request, work: WorkDep, **given: Any) -> Response:
    """Return the requests of your matters that the filters leave, as their page lists them."""
    beside = {name: given.pop(name) for name in ("after", "before", "limit")}
    asked = _filters(given, http, *beside)
    found = request_list.look(
        work, asked, after=beside["after"], before=beside["before"], most=beside["limit"]
    )
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


def export_list(http: Request, opens: OpensDep, desk: DeskDep, **given: Any) -> Response:
    """Return every request the filters leave as one file; that you took it is recorded."""
    kind = given.pop("format")
    asked = _filters(given, http, "format")
    made = request_files.export(opens, asked, kind, desk.settings.data)
    return saved_in_parts(made, made.media_type)


def _signed(act: Any, *more: tuple[str, Any, Any]) -> Any:
    """Give a function the filters as parameters of its own, for OpenAPI to show."""
    plain = [
        each
        for each in inspect.signature(act, eval_str=True).parameters.values()
        if each.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    filters = ((name, _kind(info), None) for name, info in Asked.model_fields.items())
    named = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default)
        for name, kind, default in (*filters, *more)
    ]
    act.__signature__ = inspect.Signature([*plain, *named])
    return act


def _kind(info: FieldInfo) -> Any:
    kind: Any = info.annotation
    bare = Annotated[kind, *info.metadata] if info.metadata else kind
    optional = get_origin(kind) is not None and type(None) in get_args(kind)
    return Annotated[bare if optional else bare | None, Query(description=info.description)]


router.add_api_route(
    "/requests/list",
    _signed(list_lines, ("after", Cursor, ""), ("before", Cursor, ""), ("limit", Limit, USUAL)),
    methods=["GET"],
    operation_id="list_filtered_requests",
    summary="List requests filtered and sorted",
    response_model=None,
    responses={200: {"model": ListedRequests}, **answers(401, 422, 503)},
)
router.add_api_route(
    "/requests/file",
    _signed(
        export_list,
        ("format", Annotated[request_files.Format, Query(description="csv or xlsx.")], "csv"),
    ),
    methods=["GET"],
    operation_id="export_requests",
    summary="Export the filtered list as a file",
    response_class=Response,
    responses={
        **a_file("The list.", *request_files.MEDIA.values()),
        **answers(401, 422, 503),
    },
)
