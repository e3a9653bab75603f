"""What a docket paper says, whichever program wrote it: cases, their entries, their parties.

Everything here was said by somebody outside and is proposed to a person, never taken as a fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from casemgr.domain.words import PaperKind


class Unreadable(ValueError):
    """A paper that is no docket paper, or only half of one; the sentence says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRead:
    """One entry as a paper gives it.

    - `number`: None for a minute entry. `part`: the attachment's number, None for the paper itself.
    - `filed_on`, `entered_on`: the two days a docket states; the second may be missing.
    - `says`: the clerk's text, with single spaces. `short`: a short name of it, or "".
    - `court_document`: the number the court's system files the paper under, or "".
    """

    number: int | None
    filed_on: date
    says: str
    part: int | None = None
    entered_on: date | None = None
    short: str = ""
    court_document: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounselRead:
    """Somebody who appears for a party, with the court's words for how."""

    name: str
    roles: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRead:
    """A party as the docket names it, and the court's word for its part."""

    name: str
    role: str
    counsel: tuple[CounselRead, ...] = ()
    terminated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead:
    """One case of a paper; `court_id` is the court's id in courts-db (`nysd`), or "" if untold."""

    court_id: str
    docket_number: str
    title: str
    entries: tuple[EntryRead, ...]
    filed_on: date | None = None
    terminated_on: date | None = None
    judge: str = ""
    magistrate: str = ""
    cause: str = ""
    nature_of_suit: str = ""
    parties: tuple[PartyRead, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRead:
    """A whole paper. `sender` is whom a notice says it is from; `doubts` are told with it."""

    kind: PaperKind
    cases: tuple[CaseRead, ...]
    sender: str = ""
    doubts: tuple[str, ...] = field(default=())


def plain(text: str) -> str:
    """Return text with single spaces and none around it."""
    return re.sub(r"\s+", " ", text).strip()


def filed_under(number: str) -> str:
    """Return a paper's number in the court's system in one form.

    The fourth digit tells only how the paper was reached.

    >>> filed_under("127132041950")
    '127032041950'
    """
    return f"{number[:3]}0{number[4:]}" if re.fullmatch(r"\d{9,14}", number) else ""


def court_day(text: str) -> date | None:
    """Return a day written `9/29/2022`, `09/29/22` or `2022-09-29`; None for anything else."""
    if found := re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\s*", text):
        month, day, year = (int(part) for part in found.groups())
        year += 0 if year > 99 else (2000 if year < 70 else 1900)
    elif found := re.match(r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T\s]|$)", text):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_said(value: object) -> date | None:
    """Return the day of a field of JSON that may be missing, null or empty."""
    return court_day(str(value)) if value else None


def decoded(data: bytes) -> str:
    """Return the text of a page or e-mail: UTF-8, or what older systems write."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
