"""Whoever holds a piece of work has a thread to do it on, however many wait for their turn.

A change is opened on one thread, done on another and closed on a third, and on SQLite one writer at
a time has the database. Were the threads those that everybody uses, they could all be taken by
others who wait for that writer, and nobody would ever go on.

What is only read is opened, done and closed on one thread, of those kept for readers: half of what
a read cost was the way from thread to thread and what leads there. A reader waits for nobody who
waits for a thread of readers, so readers cannot hold each other up.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import request_params_to_args
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.security.base import SecurityBase
from pydantic import BaseModel, ValidationError
from starlette.responses import Response

AT_ONCE = 4  # pieces of work open in one process: as many as SQLite's pool has connections

_MODEL = type(BaseModel)

_kept: RunVar[CapacityLimiter] = RunVar("casemgr-work")
_read: RunVar[CapacityLimiter] = RunVar("casemgr-reads")


def _threads(counted: RunVar[CapacityLimiter]) -> CapacityLimiter:
    """Return what counts the threads kept for those who hold work, of this event loop."""
    try:
        return counted.get()
    except LookupError:
        counted.set(CapacityLimiter(AT_ONCE))
        return counted.get()


class WorkRoute(APIRoute):
    """A route whose endpoint, if it is handed open work, finds a thread kept for it."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        self.asked_for = endpoint
        super().__init__(path, _on_a_kept_thread(endpoint), **more)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers: all on one thread, where the route only reads."""
        self.reading = _reading(self) if self.methods == {"GET"} else None
        return self.reading.answer if self.reading else super().get_route_handler()


Opening = Callable[[Request], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True)
class _Reading:
    """A route that only reads: what it is handed, by the name of each parameter."""

    endpoint: Callable[..., Response]
    asked: Dependant
    opened: Mapping[str, Opening]
    given: Mapping[str, Callable[[Request], Awaitable[object]]]

    async def answer(self, http: Request) -> Response:
        given = {name: await find(http) for name, find in self.given.items()}
        if self.asked.request_param_name:
            given[self.asked.request_param_name] = http
        do = partial(self._on_this_thread, http, given)
        return await to_thread.run_sync(do, limiter=_threads(_read))

    def _on_this_thread(self, http: Request, given: dict[str, Any]) -> Response:
        with ExitStack() as until_answered:
            for name, opens in self.opened.items():
                given[name] = until_answered.enter_context(opens(http))
            # After the work is open: a stranger is told to sign in, not what is wrong with a word.
            given |= self._said(http)
            return self.endpoint(**given)

    def _said(self, http: Request) -> dict[str, Any]:
        """Return what the address and the headers say, as the endpoint wants it."""
        found: dict[str, Any] = {}
        wrong: list[Any] = []
        for fields, said in (
            (self.asked.path_params, http.path_params),
            (self.asked.query_params, http.query_params),
            (self.asked.header_params, http.headers),
        ):
            if len(fields) == 1 and isinstance(shape := fields[0].field_info.annotation, _MODEL):
                values, problems = _as_whole(fields[0], shape, said)
            else:
                values, problems = request_params_to_args(fields, said)
            found |= values
            wrong += problems
        if wrong:
            raise RequestValidationError(wrong)
        return found


def _as_whole(
    field: Any, shape: type[BaseModel], said: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Any]]:
    """Return a query read as one shape: field by field takes ten times as long."""
    try:
        return {field.name: shape.model_validate(dict(said))}, []
    except ValidationError as wrong:
        problems = wrong.errors(include_url=False)
        where = field.field_info.in_.value
        return {}, [{**each, "loc": (where, *each["loc"])} for each in problems]


def _reading(route: WorkRoute) -> _Reading | None:
    """Return how a route reads, or None where it asks for more than this knows of."""
    endpoint, asked = route.asked_for, route.dependant
    signature = inspect.signature(endpoint, eval_str=True)
    if inspect.iscoroutinefunction(endpoint) or not _answers(signature.return_annotation):
        return None
    if route.body_field or asked.cookie_params or asked.response_param_name:
        return None
    opened: dict[str, Opening] = {}
    given: dict[str, Callable[[Request], Awaitable[object]]] = {}
    for each in asked.dependencies:
        find: Any = each.call
        if isinstance(find, SecurityBase):
            continue  # only described: whoever opens the work finds out who asks
        if each.name is None or list(inspect.signature(find).parameters) != ["http"]:
            return None
        if inspect.isgeneratorfunction(find):
            opened[each.name] = contextmanager(find)
        elif inspect.iscoroutinefunction(find):
            given[each.name] = find
        else:
            return None
    return _Reading(endpoint, asked, opened, given) if opened else None


def _answers(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Response)


def _on_a_kept_thread(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(endpoint, eval_str=True)
    if "work" not in signature.parameters or inspect.iscoroutinefunction(endpoint):
        return endpoint

    @wraps(endpoint)
    async def done(**given: Any) -> Any:
        return await to_thread.run_sync(partial(endpoint, **given), limiter=_threads(_kept))

    given = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in signature.parameters.values()
    ]
    done.__signature__ = signature.replace(parameters=given)  # type: ignore[attr-defined]
    return done
