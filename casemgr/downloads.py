"""Files handed out: named safely, and caged so that none of them acts as one of our pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

# Our own papers are not sandboxed: browsers refuse to show a PDF in a sandbox.
OURS = {"content-security-policy": "default-src 'none'; frame-ancestors 'none'"}
# A file to be saved runs nothing here and loads nothing from anywhere, whoever made it.
_CAGED = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


class Streamed(Protocol):
    """A file that was written aside and is gone once it was given out; `size` in bytes."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    def parts(self) -> Iterator[bytes]: ...


def saved(data: bytes | str, media_type: str, name: str) -> Response:
    """Answer with a file that the browser saves and never shows within our pages."""
    headers = {**_CAGED, "content-disposition": _named("attachment", name)}
    return Response(data, media_type=media_type, headers=headers)


def saved_in_parts(made: Streamed, media_type: str) -> Response:
    """Answer with a large file to be saved, without holding it in memory."""
    named = _named("attachment", made.name)
    headers = {**_CAGED, "content-disposition": named, "content-length": str(made.size)}
    return StreamingResponse(made.parts(), media_type=media_type, headers=headers)


def shown(data: bytes, media_type: str, name: str) -> Response:
    """Answer with a paper that we made ourselves, to look at in the browser."""
    headers = {**OURS, "content-disposition": _named("inline", name)}
    return Response(data, media_type=media_type, headers=headers)


def _named(how: str, name: str) -> str:
    return f"{how}; filename*=UTF-8''{quote(name, safe='')}"
