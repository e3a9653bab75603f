"""Routes that come a moment after the application starts to serve.

Importing the pages and the API takes half of a start, and who starts the program waits to sign in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Lock

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class Later(BaseRoute):
    """Stands for the routes to come, and brings them in once: when told to, or when one is asked.

    What `at_once` begins is not waited for. Whatever else is asked waits until all are there, so
    that nothing is ever missing, neither a page nor a part of the OpenAPI document.
    """

    def __init__(
        self, app: FastAPI, at_once: tuple[str, ...], load: Callable[[], Sequence[BaseRoute]]
    ) -> None:
        self.app = app
        self.at_once = at_once
        self.load = load
        self.here = False
        self.lock = Lock()

    def bring(self) -> None:
        """Add the routes to the application, unless they are there."""
        with self.lock:
            if not self.here:
                self.app.router.routes.extend(self.load())
                self.here = True

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take a request that has to wait for the routes to come."""
        waits = not self.here and scope["type"] == "http"
        waits = waits and not scope["path"].startswith(self.at_once)
        return (Match.FULL if waits else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Bring the routes in, then let the application find the right one."""
        await run_in_threadpool(self.bring)
        await self.app.router(scope, receive, send)
