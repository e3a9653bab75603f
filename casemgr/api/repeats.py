"""`Idempotency-Key`: whatever is created or sent may carry a key, and a repeat gets its answer."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from casemgr.api.problems import answers
from casemgr.threads import WorkRoute
from casemgr.usecases import repeats
from casemgr.usecases.letters import Opens
from casemgr.usecases.repeats import Answer, Asked, UnderWay
from casemgr.usecases.work import Work

REPLAYED = {"Idempotency-Replayed": "true"}

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="A name of your own for this request, such as a UUID. Sent again within a day "
        "with the same body, the answer is that of the first, and nothing is done twice; with "
        "another body it is 422; while the first is under way, 409.",
    ),
]

_MATTER = re.compile(rb'"matter_id":\s*"([\w.-]{1,32})"')
_under_way: set[tuple[str, str]] = set()  # in this process; the database knows of the others


class OnceRoute(WorkRoute):
    """A route of the API; whatever it creates or sends may name itself by `Idempotency-Key`."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        if "POST" in (more.get("methods") or ()):
            endpoint = _repeatable(endpoint)
            more["responses"] = {**answers(409, 422), **(more.get("responses") or {})}
        super().__init__(path, endpoint, **more)


async def named(http: Request, key: Key = None) -> AsyncIterator[Asked | None]:
    """Give what is asked with the name it came under; refuse it while the same is under way."""
    if key is None:
        yield None
        return
    who = http.headers.get("authorization", "") + http.headers.get("cookie", "")
    if (who, key) in _under_way:
        raise UnderWay
    _under_way.add((who, key))
    try:
        yield Asked(key, await _hash(http))
    finally:
        _under_way.discard((who, key))


async def _hash(http: Request) -> str:
    found = sha256(f"{http.method} {http.url.path}?{http.url.query}\n".encode())
    if http.headers.get("content-type", "").startswith("multipart/"):
        # The boundary differs each time: what counts are the fields and the bytes of the file.
        for name, value in (await http.form()).multi_items():
            found.update(f"\n{name}\n".encode())
            found.update(await _bytes(value))
    else:
        found.update(await http.body())
    return found.hexdigest()


async def _bytes(value: UploadFile | str) -> bytes:
    if isinstance(value, str):
        return value.encode()
    data = await value.read()
    await value.seek(0)
    return f"{value.filename}\n".encode() + sha256(data).digest()


NamedDep = Annotated[Asked | None, Depends(named, scope="function")]


def _repeatable(endpoint: Callable[..., Response]) -> Callable[..., Response]:
    """Return the endpoint of a route so that a repeat that names itself gets the first answer."""
    signature = inspect.signature(endpoint, eval_str=True)
    if not {"work", "opens"} & set(signature.parameters):
        return endpoint

    @wraps(endpoint)
    def repeatable(*, asked: Asked | None, **given: Any) -> Response:
        def act() -> Response:
            return endpoint(**given)

        # A preview does nothing, so it may be repeated as often as one likes.
        if asked is None or given.get("preview"):
            return act()
        if "work" in given:
            return _within(given["work"], asked, act)
        told_of: set[str] = set()
        given["opens"] = _noting(opens := given["opens"], told_of)
        return _in_parts(opens, asked, act, told_of)

    first = inspect.Parameter("asked", inspect.Parameter.KEYWORD_ONLY, annotation=NamedDep)
    given = [
        each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in signature.parameters.values()
    ]
    repeatable.__signature__ = signature.replace(parameters=[first, *given])  # type: ignore[attr-defined]
    return repeatable


def _within(work: Work, asked: Asked, act: Callable[[], Response]) -> Response:
    answer, before = repeats.once(work, asked, lambda: _as_answer(act()))
    return _as_response(answer, before=before)


def _noting(opens: Opens, told_of: set[str]) -> Opens:
    """Open work as `opens` does, and note of which matters something was recorded in it."""

    @contextmanager
    def opened(*, reads_only: bool = False) -> Iterator[Work]:
        with opens(reads_only=reads_only) as work:
            yield work
            told_of.update(line.matter_id for line in work.lines if line.matter_id)

    return opened


def _in_parts(
    opens: Opens, asked: Asked, act: Callable[[], Response], told_of: set[str]
) -> Response:
    """Do what takes several transactions: a paper of the same facts is not made twice anyway, so
    its answer may be kept after it.

    A file is not kept, nor what was only looked up: it is made anew for who may know of it then.
    """
    with opens(reads_only=True) as work:
        before = repeats.find(work, asked)
    if before is not None:
        return _as_response(before, before=True)
    answer = _as_answer(act())
    matters = answer.matters | told_of
    if matters and answer.headers["content-type"] == "application/json":
        with opens() as work:
            repeats.keep(work, asked, replace(answer, matters=frozenset(matters)))
    return _as_response(answer, before=False)


def _as_answer(response: Response) -> Answer:
    body = bytes(response.body)
    return Answer(response.status_code, dict(response.headers), body, _matters(body))


def _matters(body: bytes) -> frozenset[str]:
    """Return the matters an answer is of, wherever in it they are named; a file names none."""
    return frozenset(each.decode() for each in _MATTER.findall(body))


def _as_response(answer: Answer, *, before: bool) -> Response:
    return Response(answer.body, answer.status, {**answer.headers, **(REPLAYED if before else {})})
