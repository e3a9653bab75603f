"""The only way out: ask the sign-on service one question, with limits on where, how long, how much.

Beside mail and webhooks nothing else of casemgr speaks to another machine while it serves, and this
only where an administrator named a service. Answers are small; whatever is larger, slower or
elsewhere ends.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx2

PATIENCE = 5.0  # seconds for each step of one question
IN_ALL = 10.0  # seconds for the whole of it
LARGEST = 256 * 1024  # bytes


class NoAnswer(Exception):
    """The service could not be asked, or what it said is no answer; `str()` says why."""


def ask(
    url: str,
    issuer: str,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the JSON object at an address of the service; with a `form`, send it there."""
    refuse_elsewhere(url, issuer)
    method = "GET" if form is None else "POST"
    said = {"accept": "application/json", **(headers or {})}
    try:
        # Neither a proxy nor a password from the environment: only what the settings name.
        with (
            httpx2.Client(
                timeout=PATIENCE, trust_env=False, follow_redirects=False, verify=_trusted()
            ) as client,
            client.stream(method, url, data=form, headers=said) as answer,
        ):
            status, body = answer.status_code, _read(answer)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as wrong:
        raise NoAnswer(f"it could not be reached ({type(wrong).__name__})") from wrong
    if status != 200:
        raise NoAnswer(f"it answered {status}{_reason(body)}")
    return _object(body)


@cache
def _trusted() -> ssl.SSLContext:
    """Return whom this machine trusts to vouch for a service; read once, for it takes long."""
    return httpx2.create_ssl_context(trust_env=False)


def _read(answer: httpx2.Response) -> bytes:
    ends = time.monotonic() + IN_ALL
    body = b""
    for piece in answer.iter_bytes(16 * 1024):
        body += piece
        if len(body) > LARGEST:
            raise NoAnswer(f"its answer is larger than {LARGEST // 1024} KB")
        if time.monotonic() > ends:
            raise NoAnswer(f"it took longer than {IN_ALL:.0f} seconds")
    return body


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as wrong:
        raise NoAnswer("its answer is not JSON") from wrong
    if not isinstance(found, dict):
        raise NoAnswer("its answer is not an object")
    return found


def _reason(body: bytes) -> str:
    """Return the error's name as RFC 6749, section 5.2, has it; nothing else of the answer."""
    try:
        name = _object(body).get("error")
    except NoAnswer:
        return ""
    plain = isinstance(name, str) and len(name) < 60 and name.replace("_", "").isalnum()
    return f" {name}" if plain else ""


# --- where


def refuse_elsewhere(url: str, issuer: str) -> None:
    """Raise NoAnswer for an address that the service may not send us to.

    Encrypted only, except on this machine for trying it out. An address inside the office's own
    network is taken only where the service itself is there.
    """
    told, home = urlsplit(url), urlsplit(issuer)
    if told.username or told.password or not told.hostname:
        raise NoAnswer(f"it names an address that cannot be used: {told.hostname or url!r}")
    if told.scheme != "https" and not is_on_this_machine(url):
        raise NoAnswer(f"it names an address without encryption, at {told.hostname}")
    if told.scheme != "https" and not is_on_this_machine(issuer):
        raise NoAnswer("it names an address on this machine and is not on it")
    elsewhere = told.hostname != home.hostname
    if elsewhere and _is_inside(told.hostname) and not _is_inside(home.hostname or ""):
        raise NoAnswer(f"it names an address inside our own network, {told.hostname}")


def is_on_this_machine(url: str) -> bool:
    """Say whether an address is a loopback one, written as such."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_inside(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as wrong:
        raise NoAnswer(f"there is no machine called {host}") from wrong
    return any(not ipaddress.ip_address(str(each[4][0])).is_global for each in found)
