"""Ask a sign-on service who somebody is (OpenID Connect Core 1.0, authorization code flow).

With PKCE (RFC 7636), state and nonce, and the issuer in its answer (RFC 9207). What comes back is
believed only as far as its signature, issuer, audience, time and nonce go.
"""

from __future__ import annotations

import threading
import time
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from casemgr.identity.fence import NoAnswer, ask, refuse_elsewhere
from casemgr.settings import SingleSignOn

# Signatures that only the service can make; none of them is `none` or a shared secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
KINDS_OF_KEY = frozenset({"RSA", "EC", "OKP"})
KEPT = 600.0  # seconds that what the service says of itself is believed
KEYS_AGAIN = 30.0  # seconds before an unknown key makes us ask for the keys once more
LEEWAY = 60  # seconds that its clock may differ from ours
LONGEST_TOKEN = 32_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NotBelieved(Exception):
    """What the service said of somebody is not believed; `str()` says why, for the history."""


@dataclass(frozen=True)
class Service:
    """What the service says of itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    asks_at: str
    answers_at: str
    keys_at: str
    ends_at: str
    secret_in_form: bool
    names_itself: bool


@dataclass(frozen=True)
class Said:
    """What the service says of whoever came back."""

    subject: str
    email: str
    verified: bool
    words: frozenset[str]  # of `acr` and `amr`
    proved_at: datetime | None


@dataclass
class _Known:
    service: Service
    until: float
    keys: KeySet | None = None
    keys_since: float = field(default=float("-inf"))


_known: dict[str, _Known] = {}
_lock = threading.Lock()


def service_of(issuer: str) -> Service:
    """Return what the service says of itself, asked for at most every ten minutes."""
    return _about(issuer).service


def known_service(issuer: str) -> Service | None:
    """Return what the service said of itself before, without asking it."""
    with _lock:
        found = _known.get(issuer)
    return found.service if found else None


def _about(issuer: str) -> _Known:
    with _lock:
        found = _known.get(issuer)
    if found is not None and time.monotonic() < found.until:
        return found
    service = _read_service(issuer, ask(f"{issuer.rstrip('/')}{WELL_KNOWN}", issuer))
    fresh = _Known(service, time.monotonic() + KEPT)
    with _lock:
        _known[issuer] = fresh
    return fresh


WELL_KNOWN = "/.well-known/openid-configuration"


def _read_service(issuer: str, said: dict[str, Any]) -> Service:
    if said.get("issuer") != issuer:
        raise NoAnswer("it calls itself by another name than CASEMGR_OIDC_ISSUER has")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    asks_at, answers_at, keys_at = (str(said.get(name, "")) for name in names)
    ends_at = str(said.get("end_session_endpoint") or "")
    for url in (asks_at, answers_at, keys_at, *filter(None, [ends_at])):
        refuse_elsewhere(url, issuer)
    ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Service(
        issuer,
        asks_at,
        answers_at,
        keys_at,
        ends_at,
        secret_in_form="client_secret_basic" not in ways,
        names_itself=said.get("authorization_response_iss_parameter_supported") is True,
    )


def address_to_go_to(
    service: Service, chosen: SingleSignOn, back: str, secrets: tuple[str, str, str], *, anew: bool
) -> str:
    """Return where to send a browser, which comes back to `back`.

    `secrets` are state, nonce and code verifier. `anew` asks the service to have the person prove
    again who they are, however short ago they did.
    """
    state, nonce, verifier = secrets
    sent = {
        "response_type": "code",
        "client_id": chosen.client_id,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": state,
        "nonce": nonce,
        "code_challenge": create_s256_code_challenge(verifier),
        "code_challenge_method": "S256",
    }
    if anew:
        sent |= {"prompt": "login", "max_age": "0"}
    return f"{service.asks_at}{'&' if '?' in service.asks_at else '?'}{urlencode(sent)}"


def address_to_leave_at(service: Service, chosen: SingleSignOn, back: str) -> str:
    """Return where somebody ends their session with the service too; empty where it has no such."""
    if not service.ends_at:
        return ""
    sent = urlencode({"client_id": chosen.client_id, "post_logout_redirect_uri": back})
    return f"{service.ends_at}{'&' if '?' in service.ends_at else '?'}{sent}"


def redeem(
    chosen: SingleSignOn, code: str, back: str, secrets: tuple[str, str], now: datetime
) -> Said:
    """Return whom the service means by a code; `secrets` are nonce and code verifier.

    Raises NoAnswer where it cannot be asked, NotBelieved where its answer does not hold.
    """
    nonce, verifier = secrets
    service = service_of(chosen.issuer)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    headers = {}
    if service.secret_in_form:
        form |= {"client_id": chosen.client_id, "client_secret": chosen.secret()}
    else:
        headers = {"authorization": _basic(chosen.client_id, chosen.secret())}
    answer = ask(service.answers_at, chosen.issuer, form, headers)
    token = answer.get("id_token")
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise NotBelieved("the sign-on service sent no ID token")
    access = answer.get("access_token")
    return _read_token(chosen, token, nonce, now, access if isinstance(access, str) else "")


def _basic(client_id: str, secret: str) -> str:
    """Return the header of RFC 6749, section 2.3.1, which encodes both halves before joining."""
    joined = f"{quote(client_id, safe='')}:{quote(secret, safe='')}"
    return f"Basic {b64encode(joined.encode()).decode()}"


def _read_token(
    chosen: SingleSignOn, token: str, nonce: str, now: datetime, access_token: str
) -> Said:
    try:
        found = _with_keys(chosen.issuer, token)
        claims = CodeIDToken(
            found.claims,
            found.header,
            {
                "iss": {"essential": True, "value": chosen.issuer},
                "aud": {"essential": True, "value": chosen.client_id},
            },
            {"nonce": nonce, "client_id": chosen.client_id, "access_token": access_token},
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        return _said(claims)
    except (JoseError, ValueError, TypeError, KeyError, OverflowError) as wrong:
        raise NotBelieved(f"the ID token does not hold: {wrong}") from wrong


def _with_keys(issuer: str, token: str) -> jwt.Token:
    """Check the signature; a key that is not known yet makes us ask for the keys once more."""
    try:
        return jwt.decode(token, _keys(issuer), algorithms=ALGORITHMS)
    except InvalidKeyIdError:
        return jwt.decode(token, _keys(issuer, again=True), algorithms=ALGORITHMS)


def _keys(issuer: str, *, again: bool = False) -> KeySet:
    about = _about(issuer)
    old = time.monotonic() - about.keys_since > KEYS_AGAIN
    if about.keys is None or (again and old):
        listed = ask(about.service.keys_at, issuer).get("keys")
        if not isinstance(listed, list):
            raise NoAnswer("it lists no keys")
        ours = [each for each in listed if _is_for_us(each)]
        about.keys = KeySet.import_key_set({"keys": ours})
        about.keys_since = time.monotonic()
    return about.keys


def _is_for_us(key: object) -> bool:
    return (
        isinstance(key, dict) and key.get("kty") in KINDS_OF_KEY and key.get("use", "sig") == "sig"
    )


def _said(claims: dict[str, Any]) -> Said:
    methods, level, since = claims.get("amr") or [], claims.get("acr"), claims.get("auth_time")
    words = {str(each) for each in methods} | ({level} if isinstance(level, str) else set())
    subject, email = claims["sub"], str(claims.get("email") or "").strip().lower()
    if not isinstance(subject, str) or not subject.isascii() or not 0 < len(subject) < 256:
        raise ValueError("its subject is no name of at most 255 signs")
    return Said(
        subject=subject,
        email=email if email.isprintable() else "",
        verified=claims.get("email_verified") is True,
        words=frozenset(words),
        proved_at=None if since is None else _EPOCH + timedelta(seconds=int(since)),
    )
