"""A sign-on service on this machine: real HTTP, real keys; right unless a test wants it wrong."""

from __future__ import annotations

import hmac
import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "casemgr", "a secret: with + signs & more"


@cache
def rsa_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class Service:
    """What it says, and what it was asked. A test changes what it says, or breaks it."""

    claims: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: rsa_key("one"))
    listed: list[RSAKey] | None = None  # the keys it shows; its own where None
    algorithm: str = "RS256"
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.answer(self)

            def do_POST(self) -> None:
                service.answer(self)

            def log_message(self, *_said: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    # --- as its pages answer a browser

    def _let_in(self, http: BaseHTTPRequestHandler) -> None:
        """Send a real browser straight back, as to somebody who is signed in here already."""
        address = f"{self.issuer}{http.path}"
        (back,) = parse_qs(urlsplit(address).query)["redirect_uri"]
        home = urlsplit(back)
        there = f"{home.scheme}://{home.netloc}{self.sign_in(address)}"
        say(http, {}, 302, location=there)

    def sign_in(self, address: str, **wrong: str) -> str:
        """Follow the browser that was sent here, and return where it is sent back to."""
        assert address.startswith(f"{self.issuer}/authorize?")
        sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert sent["response_type"] == "code"
        assert sent["scope"].split()[0] == "openid"
        assert sent["code_challenge_method"] == "S256"
        assert sent["client_id"] == CLIENT
        code = secrets.token_urlsafe(8)
        self.codes[code] = sent
        back = {"code": code, "state": sent["state"], "iss": self.issuer, **wrong}
        there = urlsplit(sent["redirect_uri"])
        return f"{there.path}?{urlencode({name: each for name, each in back.items() if each})}"

    # --- as it answers us

    def answer(self, http: BaseHTTPRequestHandler) -> None:
        path = urlsplit(http.path).path
        self.asked.append(path)
        if path in self.answers:
            self.answers[path](http)
        elif path == "/.well-known/openid-configuration":
            say(http, self._about())
        elif path == "/authorize":
            self._let_in(http)
        elif path == "/keys":
            keys = [self.key] if self.listed is None else self.listed
            say(http, {"keys": [each.as_dict(private=False) for each in keys]})
        elif path == "/token":
            self._redeem(http)
        else:
            say(http, {}, 404)

    def _about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/leave",
            **self.about,
        }

    def _redeem(self, http: BaseHTTPRequestHandler) -> None:
        length = int(http.headers["content-length"])
        form = {name: each[0] for name, each in parse_qs(http.rfile.read(length).decode()).items()}
        given = b64decode(http.headers["authorization"].removeprefix("Basic ")).decode()
        assert [unquote(each) for each in given.split(":")] == [CLIENT, SECRET]
        sent = self.codes.pop(form["code"], None)  # once
        proof = sha256(form["code_verifier"].encode()).digest()
        challenge = urlsafe_b64encode(proof).rstrip(b"=").decode()
        if sent is None or sent["code_challenge"] != challenge:
            say(http, {"error": "invalid_grant"}, 400)
            return
        assert form["redirect_uri"] == sent["redirect_uri"]
        say(http, {"access_token": "x", "token_type": "Bearer", "id_token": self.token(sent)})

    def token(self, sent: dict[str, str]) -> str:
        """Return the ID token; a claim that is None is left out."""
        now = int(time.time())
        whole = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "248289761001",
            "iat": now,
            "exp": now + 300,
            "nonce": sent["nonce"],
            "email": "ada@example.org",
            "email_verified": True,
            **self.claims,
        }
        claims = {name: each for name, each in whole.items() if each is not None}
        if self.algorithm == "none":
            return f"{_part({'alg': 'none'})}.{_part(claims)}."
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm.startswith("HS"):  # signed with what everybody may know
            said = f"{_part(header)}.{_part(claims)}"
            forged = hmac.digest(self.key.as_pem(private=False), said.encode(), "sha256")
            return f"{said}.{urlsafe_b64encode(forged).rstrip(b'=').decode()}"
        return jwt.encode(header, claims, self.key, algorithms=[self.algorithm])


def _part(said: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()


def say(http: BaseHTTPRequestHandler, said: object, status: int = 200, **headers: str) -> None:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    http.send_response(status)
    http.send_header("content-type", "application/json")
    http.send_header("content-length", str(len(body)))
    for name, value in headers.items():
        http.send_header(name, value)
    http.end_headers()
    http.wfile.write(body)
