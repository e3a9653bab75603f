"""A form that is sent twice does its work once: each carries a key of its own, unseen."""

from __future__ import annotations

import inspect
import json
import re
import secrets
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from itertools import count
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import Response

from casemgr.threads import WorkRoute
from casemgr.usecases import repeats
from casemgr.usecases.repeats import Answer, Asked

FIELD = "form_key"

_FORM = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')


def with_keys(html: str) -> str:
    """Return a page with a fresh key in each of its forms, also in one nobody has thought of yet.

    What people typed cannot be taken for a form: on a page it is escaped.
    """
    page, number = secrets.token_urlsafe(12), count(1)
    return _FORM.sub(lambda form: form[0] + _hidden(f"{page}{next(number)}"), html)


def _hidden(key: str) -> str:
    return f'<input type="hidden" name="{FIELD}" value="{key}">'


class FormRoute(WorkRoute):
    """A route of a page: the second of two clicks is led to what the first one made."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        if "POST" in (more.get("methods") or ()):
            endpoint = _repeatable(endpoint)
        super().__init__(path, endpoint, **more)


async def _itself(http: Request) -> Request:
    return http  # beside the one the route may ask for


def _repeatable(endpoint: Callable[..., Response]) -> Callable[..., Response]:
    signature = inspect.signature(endpoint, eval_str=True)
    if not {"work", "sent"} <= set(signature.parameters):
        return endpoint

    @wraps(endpoint)
    def repeatable(*, asked_by: Request, **given: Any) -> Response:
        key = getattr(asked_by.state, FIELD, "")
        if not key:
            return endpoint(**given)
        asked = _asked(key, asked_by.url.path, given["sent"])
        answer, _ = repeats.once(
            given["work"], asked, lambda: _as_answer(endpoint(**given)), waits=True
        )
        return Response(answer.body, answer.status, dict(answer.headers))

    itself = Annotated[Request, Depends(_itself)]
    added = inspect.Parameter("asked_by", inspect.Parameter.KEYWORD_ONLY, annotation=itself)
    given = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in signature.parameters.values()
    ]
    repeatable.__signature__ = signature.replace(parameters=[*given, added])  # type: ignore[attr-defined]
    return repeatable


def _asked(key: str, path: str, sent: dict[str, str]) -> Asked:
    """Return what was sent; a form that was corrected and sent again is another one."""
    what = sha256(f"{path}\n{json.dumps(sent, sort_keys=True)}".encode()).hexdigest()
    return Asked(f"form {key} {what}", what)


def _as_answer(response: Response) -> Answer:
    return Answer(response.status_code, dict(response.headers), bytes(response.body))
