"""List, read, create and change, for a noun as it is declared."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from enum import Enum
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Body, Header, Path, Query, Request, Security
from fastapi.security import APIKeyCookie, HTTPBearer
from pydantic import BaseModel, create_model
from sqlmodel import SQLModel
from starlette.responses import Response

from casemgr.api import nouns, paging
from casemgr.api.bodies import StrictJson, again, partial, with_parent
from casemgr.api.moves import Preview, Previewed, previewed
from casemgr.api.nouns import Act, Noun, Remove
from casemgr.api.problems import Stale, Unconditional, answers
from casemgr.api.repeats import OnceRoute
from casemgr.desk import LARGEST_BODY, WorkDep
from casemgr.errors import Malformed
from casemgr.fields import Input
from casemgr.usecases.work import Work

JSON = "application/json"
TEXT = r"^[\w.@ +:-]*$"


RowId = Annotated[str, Path(alias="id", description="The record's id.", examples=["X-7F3KQ2X8MP"])]
IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", description="The ETag the record had when you read it; required."),
]


# Only described here; `desk.open_work` reads both and decides who is asking.
_bearer = HTTPBearer(auto_error=False, description="An API token: `POST /api/v1/tokens` makes one.")
_cookie = APIKeyCookie(name="__Host-casemgr", auto_error=False, description="A signed-in browser.")


def api_router() -> APIRouter:
    """Return a router of the API; the application takes its routes over as they are."""
    ways_in = [Security(_bearer), Security(_cookie)]
    return APIRouter(
        prefix="/api/v1",
        dependencies=ways_in,
        max_body_size=LARGEST_BODY,
        route_class=OnceRoute,
    )


def add_routes(router: APIRouter, *declared: Noun) -> None:
    """Add the routes of these nouns to a router."""
    for noun in declared:
        _list(router, noun)
        _read(router, noun)
        if noun.create is not None:
            _create(router, noun)
        if noun.change is not None:
            _change(router, noun)
        for act in noun.acts:
            _act(router, noun, act)
        if noun.remove is not None:
            _remove(router, noun, noun.remove)


def answer(noun: Noun, row: nouns.Row, status: int = 200) -> Response:
    """Answer with a row and its ETag; a new one says where it is."""
    return Response(noun.shape.dump(row), status, _headers(noun, row, status), JSON)


def _headers(noun: Noun, row: nouns.Row, status: int) -> dict[str, str]:
    etag = {"ETag": nouns.etag(noun, row)}
    made = {"Location": f"/api/v1/{noun.path}/{row[noun.key]}"}
    return etag | made if status == 201 else etag


def answer_once(
    work: Work, noun: Noun, row: SQLModel, shape: type[BaseModel], **secret: str
) -> Response:
    """Answer with a row just made and with what is shown of it here and never again."""
    found = nouns.row_of(work, noun, str(getattr(row, noun.key)))
    body = shape.model_validate({**found, **secret}).model_dump_json()
    return Response(body, 201, _headers(noun, found, 201), JSON)


def answer_row(work: Work, noun: Noun, row: SQLModel, status: int = 200) -> Response:
    """Answer with what a use case left behind, as the asker may read it."""
    work.session.flush()
    return answer(noun, nouns.row_of(work, noun, str(getattr(row, noun.key))), status)


def unchanged_since_read(
    work: Work,
    noun: Noun,
    row_id: str,
    if_match: str | None,
    given: BaseModel | None = None,
) -> nouns.Row:
    """Return the row as it stands, if it still is what the asker read before they sent `given`."""
    row = nouns.row_of(work, noun, row_id)
    if not is_held(if_match, nouns.etag(noun, row)):
        sent = given.model_dump(mode="json", exclude_unset=True) if given else None
        raise Stale(json.loads(noun.shape.dump(row)), sent)
    return row


def is_held(if_match: str | None, etag: str) -> bool:
    """Say whether what the asker read is what stands; Unconditional where they did not say."""
    if if_match is None or if_match.strip() == "*":
        raise Unconditional
    return etag in {each.strip().removeprefix("W/") for each in if_match.split(",")}


# --- list


def _list(router: APIRouter, noun: Noun) -> None:
    def list_rows(http: Request, work: WorkDep, **asked: Any) -> Response:
        filters = {name: asked[name] for name in noun.filters if asked[name] is not None}
        _known_only(http, noun)
        data, more = nouns.page_of(work, noun, filters, asked["after"], asked["limit"])
        following = _address(http, more) if more else None
        headers = {"Link": f'<{following}>; rel="next"'} if following else None
        said = json.dumps(following).encode()
        return Response(b'{"items":' + data + b',"next":' + said + b"}", 200, headers, JSON)

    list_rows.__signature__ = _list_signature(noun)  # type: ignore[attr-defined]
    router.add_api_route(
        f"/{noun.path}",
        list_rows,
        methods=["GET"],
        operation_id=f"list_{noun.many_name}",
        summary=f"List {noun.path.replace('-', ' ')}",
        description=f"{noun.about} Those of your matters, as known today, a page at a time.",
        response_model=None,
        responses={
            200: _said(_page_model(noun), {"items": [noun.example], "next": None}),
            **answers(401, 422, 503),
        },
    )


def _known_only(http: Request, noun: Noun) -> None:
    # A filter spelled wrong must not list everything.
    unknown = sorted(set(http.query_params) - {*noun.filters, "after", "limit"})
    if unknown:
        use = ", ".join([*noun.filters, "after", "limit"])
        raise Malformed({unknown[0][:80]: f"There is no such filter. Use {use}."})


def _address(http: Request, more: str) -> str:
    query = {**http.query_params, "after": more}
    return f"{http.url.path}?{urlencode(query)}"


def _list_signature(noun: Noun) -> inspect.Signature:
    def named(name: str, kind: Any, default: Any = None) -> inspect.Parameter:
        return inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, annotation=kind, default=default
        )

    filters = [named(name, _filter_type(noun, column)) for name, column in noun.filters.items()]
    after = Annotated[
        str | None, Query(max_length=400, description="A cursor, from `next` of the page before.")
    ]
    limit = Annotated[int, Query(ge=1, le=paging.MOST, description="How many rows at most.")]
    first = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return inspect.Signature(
        [
            inspect.Parameter("http", first, annotation=Request),
            inspect.Parameter("work", first, annotation=WorkDep),
            *filters,
            named("after", after),
            named("limit", limit, paging.USUAL),
        ],
        return_annotation=Response,
    )


def _filter_type(noun: Noun, column: str) -> Any:
    kind = nouns.plain(noun.shape.types[column])
    about = Query(description=f"Only those whose {column.replace('_', ' ')} is this.")
    if kind is int:
        about = Query(description=about.description, ge=0, le=2**31 - 1)
    if kind is str:
        about = Query(description=about.description, max_length=100, pattern=TEXT)
    return Annotated[kind | None, about]


# --- read


def _read(router: APIRouter, noun: Noun) -> None:
    def read_row(work: WorkDep, row_id: RowId) -> Response:
        return answer(noun, nouns.row_of(work, noun, row_id))

    router.add_api_route(
        f"/{noun.path}/{{id}}",
        read_row,
        methods=["GET"],
        operation_id=f"read_{noun.one_name}",
        summary=f"Read one {noun.one}",
        description=f"{noun.about} The `ETag` is what a change must send as `If-Match`.",
        response_model=None,
        responses={200: _said(noun.shape.model, noun.example), **answers(401, 404, 503)},
    )


# --- create


def _create(router: APIRouter, noun: Noun) -> None:
    how = noun.create
    assert how is not None
    shape = with_parent(how.shape, how.parent, noun.one) if how.parent else how.shape

    def create_row(work: WorkDep, given: Any, preview: Preview = False) -> Response:
        def act(within: Work) -> SQLModel:
            if how.parent is None:
                return how.act(within, given)
            facts = {name: getattr(given, name) for name in how.shape.model_fields}
            return how.act(within, getattr(given, how.parent), again(how.shape, facts))

        return previewed(work, act) if preview else answer_row(work, noun, act(work), 201)

    create_row.__annotations__["given"] = _body(shape, how.example)
    router.add_api_route(
        f"/{noun.path}",
        create_row,
        methods=["POST"],
        status_code=201,
        operation_id=f"create_{noun.one_name}",
        summary=f"Add one {noun.one}",
        description=_first_line(how.act),
        response_model=None,
        responses={
            200: {"model": Previewed, "description": "With `preview`: what would move."},
            201: {
                **_said(noun.shape.model, noun.example),
                "headers": {"Location": _header("Where it is."), "ETag": _header("Its version.")},
            },
            **answers(400, 401, 403, 404, 409, 413, 422, 503),
        },
    )


# --- change


def _change(router: APIRouter, noun: Noun) -> None:
    how = noun.change
    assert how is not None

    def change_row(
        work: WorkDep,
        row_id: RowId,
        given: Any,
        if_match: IfMatch = None,
        preview: Preview = False,
    ) -> Response:
        row = unchanged_since_read(work, noun, row_id, if_match, given)
        facts = _merged(how.shape, row, given) if how.merged else given
        if preview:
            return previewed(work, lambda within: how.act(within, row_id, facts))
        how.act(work, row_id, facts)
        work.session.flush()
        return answer(noun, nouns.row_of(work, noun, row_id))

    shape = partial(how.shape, noun.one) if how.merged else how.shape
    change_row.__annotations__["given"] = _body(shape, how.example)
    router.add_api_route(
        f"/{noun.path}/{{id}}",
        change_row,
        methods=["PATCH"],
        operation_id=f"change_{noun.one_name}",
        summary=f"Change one {noun.one}",
        description=f"{_first_line(how.act)} What is left out stays as it is. With `preview`, "
        "the answer says which dates would move, and nothing is changed.",
        response_model=None,
        responses={
            200: _said(noun.shape.model | Previewed, noun.example),
            **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
        },
    )


def _merged(shape: type[Input], row: nouns.Row, given: BaseModel) -> Input:
    stands = {name: row[name] for name in shape.model_fields if name in row}
    # An address book keeps "nothing" as empty text where an input says null.
    stands = {name: value for name, value in stands.items() if value != ""}
    changed = {name: getattr(given, name) for name in given.model_fields_set}
    return again(shape, {**stands, **changed})


# --- what else is done to it


def _act(router: APIRouter, noun: Noun, how: Act) -> None:
    def act_on_row(
        work: WorkDep,
        row_id: RowId,
        if_match: IfMatch = None,
        **sent: Any,
    ) -> Response:
        given = [sent["given"]] if how.shape else []
        unchanged_since_read(work, noun, row_id, if_match, *given)

        def act(within: Work) -> SQLModel:
            return how.act(within, row_id, *given)

        return previewed(work, act) if sent.get("preview") else answer_row(work, noun, act(work))

    act_on_row.__signature__ = _act_signature(act_on_row, how)  # type: ignore[attr-defined]
    router.add_api_route(
        f"/{noun.path}/{{id}}/{how.path}",
        act_on_row,
        methods=["POST"],
        operation_id=how.name,
        summary=how.summary,
        description=_first_line(how.act),
        response_model=None,
        responses={
            200: {"model": noun.shape.model | Previewed if how.previews else noun.shape.model},
            **answers(400, 401, 403, 404, 409, 412, 413, 422, 428, 503),
        },
    )


def _act_signature(act_on_row: Callable[..., Response], how: Act) -> inspect.Signature:
    kind = inspect.Parameter.KEYWORD_ONLY
    *asked, _ = inspect.signature(act_on_row, eval_str=True).parameters.values()
    if how.shape is not None:
        given = _body(how.shape, how.example)
        asked.append(inspect.Parameter("given", kind, annotation=given))
    if how.previews:
        asked.append(inspect.Parameter("preview", kind, annotation=Preview, default=False))
    return inspect.Signature(asked)


def _remove(router: APIRouter, noun: Noun, how: Remove) -> None:
    def remove_row(work: WorkDep, row_id: RowId, if_match: IfMatch = None) -> Response:
        unchanged_since_read(work, noun, row_id, if_match)
        how.act(work, row_id)
        return Response(status_code=204)

    router.add_api_route(
        f"/{noun.path}/{{id}}",
        remove_row,
        methods=["DELETE"],
        status_code=204,
        operation_id=how.name,
        summary=how.summary,
        description=how.about,
        response_class=Response,
        responses={**answers(401, 403, 404, 409, 412, 428, 503)},
    )


# --- for OpenAPI


def _body(shape: type[BaseModel], example: Any) -> Any:
    return Annotated[shape, StrictJson(), Body(examples=[_json(example)])]


def _json(example: Any) -> Any:
    return json.loads(json.dumps(example, default=_word))


def _word(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else str(value)


def _said(model: Any, example: Any) -> dict[str, Any]:
    return {"model": model, "content": {JSON: {"example": _json(example)}}}


def _header(about: str) -> dict[str, Any]:
    return {"description": about, "schema": {"type": "string"}}


def _page_model(noun: Noun) -> type[BaseModel]:
    fields: dict[str, Any] = {"items": (list[noun.shape.model], ...), "next": (str | None, ...)}  # type: ignore[name-defined]
    return create_model(f"{noun.shape.name}Page", __doc__="A page of a list.", **fields)


def _first_line(act: Any) -> str:
    return (inspect.getdoc(act) or "").split("\n\n")[0].replace("\n", " ")
