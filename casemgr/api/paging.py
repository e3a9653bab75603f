"""Keyset paging: a page begins after a row, so nothing is skipped or repeated while rows come."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from casemgr.errors import Malformed

MOST = 200
USUAL = 50

WRONG = "This is not a cursor of ours. Take it from `next` of the page before, or leave it out."


def cursor(values: list[Any]) -> str:
    """Return the opaque text that stands for a row's place in a list."""
    said = json.dumps(values, default=str, separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def place(text: str, shape: TypeAdapter[Any]) -> list[Any]:
    """Return the place a cursor stands for; one that is not ours is refused."""
    try:
        padded = text.encode() + b"=" * (-len(text) % 4)
        said = base64.b64decode(padded, altchars=b"-_", validate=True)
        return list(shape.validate_json(said))
    except (binascii.Error, ValidationError, ValueError, UnicodeError):
        raise Malformed({"after": WRONG}) from None
