"""Put the application together, and say how each problem becomes an answer."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from threading import Timer

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from casemgr import __version__
from casemgr.api.problems import malformed, problem_json
from casemgr.db.session import CONNECTIONS
from casemgr.db.shortage import lack
from casemgr.desk import LARGEST_BODY, Desk, open_desk
from casemgr.errors import (
    CasemgrError,
    DatabaseAway,
    LawError,
    Malformed,
    NoRoom,
    NotFound,
    NotRendered,
    NotSignedIn,
    Overtaken,
    Refused,
    Unusable,
    WrongMoment,
)
from casemgr.finding import ByBeginning
from casemgr.later import Later
from casemgr.settings import Settings, settings
from casemgr.shipped import shipped
from casemgr.web import passkeys, signin, sso
from casemgr.web.guard import Guard
from casemgr.web.page import problem_page

log = logging.getLogger(__name__)

SOON = 0.5  # seconds after a hurried start: the first page should be out by then

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
    DatabaseAway: 503,
    NoRoom: 507,
}
AGAIN = {503: "10", 507: "300"}  # seconds after which to try again


def status_of(problem: CasemgrError) -> int:
    """Return the HTTP status a problem becomes; the nearest class in the table decides."""
    return next(STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS)


def create_app(chosen: Settings | None = None) -> FastAPI:
    """Return the application for one installation, its schema checked first."""
    return build(open_desk(chosen or settings()))


def build(desk: Desk, *, in_a_hurry: bool = False) -> FastAPI:
    """Return the application around a desk.

    In a hurry it is ready as soon as somebody can sign in; the rest comes a moment later.
    """

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        # As many worker threads as pooled connections: with more, the server stalls when full.
        threads = anyio.to_thread.current_default_thread_limiter()
        threads.total_tokens = CONNECTIONS[desk.engine.dialect.name]
        with ExitStack() as at_the_end:
            at_the_end.callback(desk.engine.dispose)
            if in_a_hurry:
                coming = Timer(SOON, go_on, [at_the_end])
                coming.start()
                at_the_end.callback(coming.join)
                at_the_end.callback(coming.cancel)
            else:
                go_on(at_the_end)
            yield

    def go_on(at_the_end: ExitStack) -> None:
        """Bring whatever has not come yet, then begin to tick."""
        from casemgr.importing import start_importing  # noqa: PLC0415 - as in `_the_rest`
        from casemgr.scheduler import start_ticking  # noqa: PLC0415

        later.bring()
        at_the_end.callback(start_ticking(desk))
        at_the_end.callback(start_importing(desk))

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
    later = Later(app, ("/sign-in", "/static/"), _the_rest)
    # Taken over as they are: a router that is included builds each of its routes once more, at the
    # first request, which then takes a second.
    for router in (signin.router, passkeys.router, sso.router):
        app.router.routes.extend(router.routes)
    app.router.routes.insert(0, ByBeginning(app))
    if in_a_hurry:
        # First in line: the OpenAPI document, too, is whole only when every route is there.
        app.router.routes.insert(0, later)
    else:
        later.bring()
    app.add_exception_handler(CasemgrError, _answer_problem)
    app.add_exception_handler(RequestValidationError, _answer_malformed)
    app.add_exception_handler(HTTPException, _answer_http)
    for lacking in (OperationalError, OSError):
        app.add_exception_handler(lacking, _answer_lack)
    return app


def _the_rest() -> list[BaseRoute]:
    """Return the routes of all other pages and of the API, whose import takes the time."""
    from casemgr.api.routers import API  # noqa: PLC0415
    from casemgr.web.routers import PAGES  # noqa: PLC0415

    return [route for router in (*API, *PAGES) for route in router.routes]


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


async def _answer_lack(http: Request, problem: Exception) -> Response:
    known = lack(problem)
    if known is None:
        raise problem
    log.error("%s: %s", known, problem)
    status = status_of(known)
    answer = _answer(http, known, status)
    answer.headers["Retry-After"] = AGAIN[status]
    return answer


async def _answer_http(http: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    known: CasemgrError = (
        NotFound() if problem.status_code == 404 else CasemgrError(str(problem.detail))
    )
    answer = _answer(http, known, problem.status_code)
    for name, value in (problem.headers or {}).items():
        answer.headers[name] = value
    return answer
