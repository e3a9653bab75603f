"""Whoever holds a piece of work has a thread to do it on, however many wait for their turn.

Work is opened on one thread, done on another and closed on a third, and on SQLite one writer at a
time has the database. Were the threads those that everybody uses, they could all be taken by
others who wait for that writer, and nobody would ever go on.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from fastapi.routing import APIRoute

AT_ONCE = 4  # pieces of work open in one process: as many as SQLite's pool has connections

_kept: RunVar[CapacityLimiter] = RunVar("casemgr-work")


def _for_work() -> CapacityLimiter:
    """Return what counts the threads kept for those who hold work, of this event loop."""
    try:
        return _kept.get()
    except LookupError:
        _kept.set(CapacityLimiter(AT_ONCE))
        return _kept.get()


class WorkRoute(APIRoute):
    """A route whose endpoint, if it is handed open work, finds a thread kept for it."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        super().__init__(path, _on_a_kept_thread(endpoint), **more)


def _on_a_kept_thread(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(endpoint, eval_str=True)
    if "work" not in signature.parameters or inspect.iscoroutinefunction(endpoint):
        return endpoint

    @wraps(endpoint)
    async def done(**given: Any) -> Any:
        return await to_thread.run_sync(partial(endpoint, **given), limiter=_for_work())

    given = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in signature.parameters.values()
    ]
    done.__signature__ = signature.replace(parameters=given)  # type: ignore[attr-defined]
    return done
