"""Find the route of an address by how it begins, not by trying some four hundred one by one."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class ByBeginning(BaseRoute):
    """Stands first in an application and leads to its routes; what it does not find the others do.

    Routes keep their order among those that could match the same address. An address that begins
    like no route (a file, say), or is asked by another method, is left to the application, whose
    answers are as ever.
    """

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.many = 0
        self.by_beginning: dict[str, list[APIRoute]] = {}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take a request whose route begins like its address."""
        if scope["type"] != "http":
            return Match.NONE, {}
        if self.many != len(self.app.router.routes):
            self._sort(self.app.router.routes)
        begins = _beginning(scope["path"])
        for route in self.by_beginning.get(begins, ()):
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, found
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that was found answer."""
        await scope["route"].handle(scope, receive, send)

    def _sort(self, routes: Sequence[BaseRoute]) -> None:
        ours = [each for each in routes if isinstance(each, APIRoute)]
        begins = {_beginning(each.path) for each in ours}
        open_ended = {each for each in begins if "{" in each}
        self.by_beginning = {
            one: [each for each in ours if _beginning(each.path) in {one, *open_ended}]
            for one in begins - open_ended
        }
        self.many = len(routes)


def _beginning(path: str) -> str:
    """Return the first part of a page's address, and of the API's the name of the noun.

    >>> _beginning("/requests/R-7F3KQ2X8MP"), _beginning("/api/v1/requests/list")
    ('requests', 'api requests')
    """
    parts = path.split("/", 4)
    if parts[1:2] == ["api"] and len(parts) > 3:
        return f"api {parts[3]}"
    return parts[1] if len(parts) > 1 else ""
