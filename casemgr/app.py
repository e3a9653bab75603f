"""Put the application together, and say how each problem becomes an answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from casemgr import __version__
from casemgr.api import API
from casemgr.api.problems import malformed, problem_json
from casemgr.db.session import CONNECTIONS
from casemgr.desk import LARGEST_BODY, Desk, open_desk
from casemgr.errors import (
    CasemgrError,
    LawError,
    Malformed,
    NotFound,
    NotRendered,
    NotSignedIn,
    Overtaken,
    Refused,
    Unusable,
    WrongMoment,
)
from casemgr.scheduler import start_ticking
from casemgr.settings import Settings, settings
from casemgr.shipped import shipped
from casemgr.web import PAGES
from casemgr.web.guard import Guard
from casemgr.web.page import problem_page

STATUS: dict[type[CasemgrError], int] = {
    CasemgrError: 400,
    Malformed: 422,
    LawError: 422,
    NotRendered: 422,
    NotFound: 404,
    Refused: 403,
    NotSignedIn: 401,
    Overtaken: 409,
    WrongMoment: 409,
    Unusable: 503,
}


def status_of(problem: CasemgrError) -> int:
    """Return the HTTP status a problem becomes; the nearest class in the table decides."""
    return next(STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS)


def create_app(chosen: Settings | None = None) -> FastAPI:
    """Return the application for one installation, its schema checked first."""
    return build(open_desk(chosen or settings()))


def build(desk: Desk) -> FastAPI:
    """Return the application around a desk."""

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        # As many worker threads as pooled connections: with more, the server stalls when full.
        threads = anyio.to_thread.current_default_thread_limiter()
        threads.total_tokens = CONNECTIONS[desk.engine.dialect.name]
        stop = start_ticking(desk)
        yield
        stop()
        desk.engine.dispose()

    app = FastAPI(
        title="casemgr",
        version=__version__,
        summary="Everything a page can do, for programs.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=running,
        max_body_size=LARGEST_BODY,
    )
    app.state.desk = desk
    app.add_middleware(Guard, tls=desk.settings.secure_cookies)
    app.mount("/static", StaticFiles(directory=shipped("templates") / "static"), name="static")
    # Taken over as they are: a router that is included builds each of its routes once more, at the
    # first request, which then takes a second.
    for router in (*API, *PAGES):
        app.router.routes.extend(router.routes)
    app.add_exception_handler(CasemgrError, _answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_malformed)
    app.add_exception_handler(HTTPException, _answer_http)
    return app


def _answer(http: Request, problem: CasemgrError, status: int) -> Response:
    if http.url.path.startswith("/api/"):
        return problem_json(problem, status)
    return problem_page(http, problem, status)


async def _answer_problem(http: Request, problem: Exception) -> Response:
    assert isinstance(problem, CasemgrError)
    return _answer(http, problem, status_of(problem))


async def _answer_malformed(http: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    return _answer(http, malformed(problem.errors(), below=1), 422)


async def _answer_http(http: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    known: CasemgrError = (
        NotFound() if problem.status_code == 404 else CasemgrError(str(problem.detail))
    )
    answer = _answer(http, known, problem.status_code)
    for name, value in (problem.headers or {}).items():
        answer.headers[name] = value
    return answer
