"""What stands before every request: same origin for changes, strict headers on every answer."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_REFUSED = (
    "This came from another site, so nothing was changed. "
    "Open the page here and try again. Programs send an API token."
)
_NO_ADDRESS = "No page of ours has an address like this. Go back and follow a link."


def same_origin(headers: Headers) -> bool:
    """Say whether a browser sent this from our own pages (Sec-Fetch-Site, else Origin)."""
    fetched_from = headers.get("sec-fetch-site")
    if fetched_from is not None:
        return fetched_from in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc == headers.get("host")


def holds_nul(scope: Scope) -> bool:
    """Say whether the address of a page holds a NUL, which PostgreSQL cannot even be asked about.

    The API answers such an address itself, in its own form.
    """
    if scope["path"].startswith("/api/"):
        return False
    return "\0" in scope["path"] or b"%00" in scope.get("query_string", b"")


class Guard:
    """Pure ASGI: refuses cross-site changes and writes the security headers."""

    def __init__(self, app: ASGIApp, *, tls: bool) -> None:
        self.app = app
        self.tls = tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        bearer = headers.get("authorization", "").lower().startswith("bearer ")
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["nonce"] = nonce
        static = scope["path"].startswith("/static/")

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._dress(MutableHeaders(scope=message), nonce, static)
            await send(message)

        if scope["method"] in _UNSAFE and not bearer and not same_origin(headers):
            await PlainTextResponse(_REFUSED, status_code=403)(scope, receive, answer)
            return
        if holds_nul(scope):
            await PlainTextResponse(_NO_ADDRESS, status_code=400)(scope, receive, answer)
            return
        await self.app(scope, receive, answer)

    def _dress(self, headers: MutableHeaders, nonce: str, static: bool) -> None:
        headers.setdefault(
            "content-security-policy",
            f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
            "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
            "frame-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        )
        headers["x-content-type-options"] = "nosniff"
        headers["referrer-policy"] = "no-referrer"
        headers["cross-origin-opener-policy"] = "same-origin"
        headers["cross-origin-resource-policy"] = "same-origin"
        if self.tls:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
        if not static and "cache-control" not in headers:
            headers["cache-control"] = "no-store"
