"""One-time codes of an authenticator app: six digits, a new one every thirty seconds.

RFC 6238 over RFC 4226 with HMAC-SHA-1, six digits and steps of thirty seconds, which is what
every authenticator app supports.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import unicodedata
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS, DIGITS = 30, 6
WINDOW = 1  # steps before and after now, for a telephone whose clock is off (RFC 6238 § 5.2)
SECRET_BYTES = 20  # as long as the hash (RFC 4226 § 4, R6)


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """Return the code of a step.

    >>> code(b"12345678901234567890", 1, digits=8)  # RFC 6238, appendix B, 59 seconds
    '94287082'
    """
    mac = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    start = mac[-1] & 0x0F  # RFC 4226 § 5.3, dynamic truncation
    number = int.from_bytes(mac[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_at(moment: datetime) -> int:
    """Return the number of the step a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def normal(typed: str) -> str:
    """Return what was typed without spaces and dashes, its digits as plain ones.

    >>> normal(" \uff11\uff12\uff13 456 ")
    '123456'
    """
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(sign for sign in plain if not sign.isspace() and sign not in "-\u2010\u2011")


def step_of(secret: bytes, typed: str, moment: datetime) -> int | None:
    """Return the step whose code was typed, at most one step from now; None for a wrong code."""
    wanted, now = normal(typed), step_at(moment)
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) == DIGITS):
        return None
    steps = range(now - WINDOW, now + WINDOW + 1)
    same = [step for step in steps if hmac.compare_digest(code(secret, step), wanted)]
    return same[-1] if same else None


def as_text(secret: bytes) -> str:
    """Return a secret as people type it into an app: base 32, in fours.

    >>> as_text(b"12345678901234567890")
    'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ'
    """
    plain = base64.b32encode(secret).decode("ascii").rstrip("=")
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def address(secret: bytes, office: str, email: str) -> str:
    """Return the otpauth address an authenticator app takes in."""
    label = f"{quote(office, safe='')}:{quote(email, safe='@')}"
    values = {"secret": as_text(secret).replace(" ", ""), "issuer": office}
    return f"otpauth://totp/{label}?{urlencode(values, quote_via=quote)}"
