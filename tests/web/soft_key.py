"""A passkey made of software: what an authenticator and its browser send back, right or wrong."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import encode_cbor

HOST, ORIGIN = "casemgr.example.org", "https://casemgr.example.org"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(said: str) -> bytes:
    return urlsafe_b64decode(said + "=" * (-len(said) % 4))


class SoftKey:
    """One passkey. What a test wants wrong is named when it answers."""

    def __init__(self) -> None:
        self.id = os.urandom(32)
        self.person = ""
        self.signed = 0
        self._secret = ec.generate_private_key(ec.SECP256R1())

    def made(self, options: dict[str, Any], **wrong: Any) -> str:
        """Answer a page that asked for a new passkey."""
        self.person = data(options["user"]["id"]).decode()
        about = bytes(16) + len(self.id).to_bytes(2) + self.id + self._public()
        said = _said("webauthn.create", options, wrong)
        proof = {"fmt": "none", "attStmt": {}, "authData": self._seen(ATTESTED, wrong) + about}
        response = {"clientDataJSON": text(said), "attestationObject": text(encode_cbor(proof))}
        return self._answer(response)

    def signs(self, options: dict[str, Any], **wrong: Any) -> str:
        """Answer a page that asked for a known passkey."""
        self.signed = wrong.get("count", self.signed + 1)
        said, seen = _said("webauthn.get", options, wrong), self._seen(0, wrong)
        signature = self._secret.sign(seen + sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": text(said),
            "authenticatorData": text(seen),
            "signature": text(wrong.get("signature", signature)),
            "userHandle": text(wrong.get("person", self.person).encode()),
        }
        return self._answer(response)

    def _answer(self, response: dict[str, str]) -> str:
        whole = {"id": text(self.id), "rawId": text(self.id), "type": "public-key"}
        return json.dumps({**whole, "response": response})

    def _seen(self, also: int, wrong: dict[str, Any]) -> bytes:
        flags = PRESENT | also | (VERIFIED if wrong.get("verified", True) else 0)
        host = sha256(wrong.get("host", HOST).encode()).digest()
        return host + bytes([flags]) + self.signed.to_bytes(4)

    def _public(self) -> bytes:
        point = self._secret.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)}
        return bytes(encode_cbor(key))


def _said(kind: str, options: dict[str, Any], wrong: dict[str, Any]) -> bytes:
    said = {
        "type": wrong.get("kind", kind),
        "challenge": wrong.get("challenge", options["challenge"]),
        "origin": wrong.get("origin", ORIGIN),
        "crossOrigin": wrong.get("framed", False),
    }
    return json.dumps(said).encode()
