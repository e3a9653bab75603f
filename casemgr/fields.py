"""Shared field types: what a name, a docket number or a code looks like, in one place."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Enum as SqlEnum

# Crockford's alphabet: no I, L, O or U, so a code can be read over the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 10


class Input(BaseModel):
    """What a person or program hands in: unknown keys are refused, blanks trimmed."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def new_code(prefix: str) -> str:
    """Return a fresh readable random code such as `R-7F3KQ2X8MP` (50 random bits)."""
    number = secrets.randbits(5 * CODE_LENGTH)  # one draw: a cascade of dates needs hundreds
    return f"{prefix}-{''.join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))}"


def seeded_code(prefix: str, key: str) -> str:
    """Return the code that belongs to a seeded fact: the same every time, so that links last.

    >>> seeded_code("M", "practice") == seeded_code("M", "practice")
    True
    """
    number = int.from_bytes(hashlib.sha256(f"{prefix}:{key}".encode()).digest()[:8], "big")
    signs = (ALPHABET[(number >> 5 * place) % 32] for place in range(CODE_LENGTH))
    return f"{prefix}-{''.join(signs)}"


def code(prefix: str) -> Callable[[], str]:
    """Return a factory of fresh codes with this prefix, for a table's primary key."""
    return lambda: new_code(prefix)


def choice(kind: type[StrEnum], of: str = "") -> Any:
    """Return the column type that stores an enum by value and refuses any other in the database.

    `of` tells a second column of the same enum in one table apart from the first.
    """
    return SqlEnum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=32,
        name=re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() + of,
    )


# Signs that are not read but do something: to a terminal, to a log line, or, the last ones, to the
# order in which a line is shown, so that it reads as something else than it is.
_ACTS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _printable(text: str) -> str:
    if _ACTS.search(text):
        raise ValueError("contains a control character; type it again without it")
    return text


def readable(text: str) -> str:
    """Return text without the signs that are not read, as a paste from a PDF may bring them."""
    return _ACTS.sub("", text)


Printable = AfterValidator(_printable)
Name = Annotated[str, StringConstraints(min_length=1, max_length=200), Printable]
ShortText = Annotated[str, StringConstraints(max_length=500), Printable]
LongText = Annotated[str, StringConstraints(max_length=100_000), Printable]
# Days the law and the calendars could speak of; a year typed with a slip is caught here.
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2199, 12, 31))]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=500), Printable]
Note = Annotated[str, StringConstraints(max_length=2000), Printable]
Aliases = Annotated[list[Name], Field(max_length=50)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{1,4}-[0-9A-Za-z]{4,16}$")]
TrackingNumberText = Annotated[
    str, StringConstraints(min_length=1, max_length=60, pattern=r"^[\w./ -]+$")
]
Email = Annotated[
    str,
    StringConstraints(max_length=254, pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$"),
    Printable,
]
Cents = Annotated[int, Field(ge=0, le=100_000_000)]
Version = Annotated[int, Field(ge=1)]

# What papers print before a number, and what courts hang on its end: judges' initials.
_LABEL = r"(?:(?:case|docket|civil|action|index)\.?\s+){0,2}(?:nos?\.|no|number|\#)?\s*:?\s*"
_INITIALS = r"(?:\s*(?:-\s*[A-Za-z]{1,4}(?:-[A-Za-z]{1,4})*|(?:\(\s*[A-Z]{1,4}\s*\)\s*)+))?"
_DOCKET = re.compile(
    rf"""^\s*{_LABEL}(?:(?P<office>\d{{1,2}})\s*:\s*)?(?P<year>\d{{2}}|\d{{4}})\s*[-\s]?\s*
        (?P<kind>cv|civ\.?|c\.?|mc|misc\.?)\s*[-\s]?\s*(?P<number>\d{{1,5}}){_INITIALS}\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
# The kind of action before the number: `Civil Action No. 10-3488`, `CV-10-3488`, `C.A. No. 10-9`.
_KIND_FIRST = re.compile(
    rf"""^\s*(?P<kind>civil\s+action|civ\.?\s*action|civ\.?\s*a\.|c\.?\s*a\.?|civ(?:il)?\.?|cv|
        misc(?:ellaneous)?\.?|mc)\s*(?:(?:no\.?|number|\#)\s*)?[-:\s]*(?:\d{{1,2}}\s*:\s*)?
        (?P<year>\d{{2}}|\d{{4}})\s*[-\s]\s*(?P<number>\d{{1,5}}){_INITIALS}\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_APPEAL = re.compile(
    rf"^\s*{_LABEL}(?P<year>\d{{2}})-(?P<number>\d{{1,5}})(?:\s*-?\s*cv|\s*\([A-Z]{{1,3}}\))*\s*$",
    re.IGNORECASE,
)


def docket_number(typed: str) -> str:
    """Return a docket number in one form, whichever way it was typed.

    >>> docket_number("10 Civ. 3488 (SAS)(KNF)"), docket_number("1:10-cv-03488-SAS")
    ('10-cv-3488', '10-cv-3488')
    >>> docket_number("Civil Action No. 10-3488 (SAS)"), docket_number("Misc. No. 10-12")
    ('10-cv-3488', '10-mc-12')
    >>> docket_number("No. 11-4804-cv"), docket_number("11-711(L)")  # courts of appeals
    ('11-4804', '11-711')
    """
    if found := _DOCKET.match(typed) or _KIND_FIRST.match(typed):
        kind = "mc" if found["kind"].casefold().startswith("m") else "cv"
        return f"{found['year'][-2:]}-{kind}-{int(found['number'])}"
    if found := _APPEAL.match(typed):
        return f"{found['year']}-{int(found['number'])}"
    raise ValueError(
        f"{typed!r} is not a docket number. Type it like 10 Civ. 3488, 1:10-cv-03488 or, "
        "for an appeal, 11-4804."
    )


def _docket_field(typed: str) -> str:
    docket_number(typed)
    return typed


DocketNumber = Annotated[str, StringConstraints(max_length=60), AfterValidator(_docket_field)]
