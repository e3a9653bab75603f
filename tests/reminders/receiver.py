"""A program outside: it listens on this machine, keeps what it is told, and fails as they do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Taken:
    """One message as it arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """Return the delivery's id, the same on every repeat."""
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        """Return what it tells."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed(self, secret: str) -> bool:
        """Say whether it was signed with a secret, counted as Standard Webhooks 1.0.0 says."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        seal = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{seal}" in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """What it answers, and what it took; `answers` of 0 hangs up without a word."""

    answers: int = 204
    drips: bool = False
    taken: list[Taken] = field(default_factory=list)
    address: str = ""

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Keep one message and answer it, or fail."""
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        given = {name.lower(): value for name, value in handler.headers.items()}
        self.taken.append(Taken(given, body))
        if self.drips:
            self._drip(handler)
        elif self.answers:
            handler.send_response(self.answers)
            handler.send_header("Location", self.address + "/elsewhere")
            handler.end_headers()

    def _drip(self, handler: BaseHTTPRequestHandler) -> None:
        ends = threading.Event()
        try:
            for _ in range(200):
                handler.wfile.write(b"x")
                ends.wait(0.05)
        except OSError:
            handler.close_connection = True


@contextmanager
def receiver(tls: ssl.SSLContext | None = None, **faults: Any) -> Iterator[Receiver]:
    """Listen on a free port of this machine while a test runs; with `tls`, over https."""
    heard = Receiver(**faults)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.take(self)

        def log_message(self, *_: object) -> None:
            pass

        def handle(self) -> None:
            with suppress(ssl.SSLError, ConnectionError):  # who does not trust us hangs up
                super().handle()

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        scheme = "http" if tls is None else "https"
        heard.address = f"{scheme}://127.0.0.1:{server.server_port}/hook"
        listening = threading.Thread(target=server.serve_forever, args=(0.01,))
        listening.start()
        yield heard
        server.shutdown()
        listening.join()
