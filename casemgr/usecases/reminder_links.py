"""The link in a mail with which its reader answers without signing in: signed, and for some days.

It names a person and a date and nothing else. Whoever opens it acts as that person, for as long as
that person may know of the matter: membership and walls are asked at every use.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from casemgr.errors import NotFound

LASTS = timedelta(days=14)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SIGNS = 32  # of 128 bits


@dataclass(frozen=True, slots=True)
class Link:
    """Who may answer for which date, and until when."""

    person_id: str
    deadline_id: str
    until: datetime


def write(key: bytes, link: Link) -> str:
    """Return the last part of the link's address."""
    said = f"{link.person_id}.{link.deadline_id}.{int(link.until.timestamp())}".encode()
    return base64.urlsafe_b64encode(said).decode().rstrip("=") + "." + _seal(key, said)


def read(key: bytes, typed: str, now: datetime) -> Link:
    """Return what a link says; NotFound where it was changed, made up, or has run out."""
    coded, _, seal = typed.partition(".")
    try:
        said = base64.b64decode(coded + "=" * (-len(coded) % 4), altchars=b"-_", validate=True)
        person_id, deadline_id, until = said.decode("ascii").split(".")
        ends = EPOCH + timedelta(seconds=int(until))
    except (ValueError, binascii.Error, OverflowError, OSError):
        raise NotFound from None
    if not hmac.compare_digest(_seal(key, said).encode(), seal.encode()) or now >= ends:
        raise NotFound
    return Link(person_id, deadline_id, ends)


def _seal(key: bytes, said: bytes) -> str:
    return hmac.digest(key, b"answer a reminder\n" + said, "sha256").hex()[:_SIGNS]
