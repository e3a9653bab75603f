"""Returns and waivers of service on a docket: who was served, when, how, and what proves it.

The clerk's formula is `United States Attorney served on 5/3/2010, answer due 6/2/2010. Service was
accepted by Jo Reyes, Clerk`. What is read here is a proposal for a person to accept. Whom a
complaint against an agency must reach is Fed. R. Civ. P. 4(i)(1)-(2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from casemgr.domain.clerk_dates import stated_dates
from casemgr.domain.docket_days import StatedDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One person whom a docket says was served, or who waived service.

    - `whom`: as the clerk names them; `on`: the day of service, or the day a waiver was sent.
    - `method`, `accepted_by`: or "" where the entry does not say.
    - `answer_due`: the day the clerk put beside it: evidence, and no law.
    """

    whom: str
    on: date
    answer_due: date
    waived: bool
    method: str
    accepted_by: str
    words: str

    @property
    def us_attorney(self) -> bool:
        """Say whether this is the United States Attorney: the time to answer runs from it."""
        return is_us_attorney(self.whom)

    @property
    def attorney_general(self) -> bool:
        """Say whether this is the Attorney General of the United States."""
        return is_attorney_general(self.whom)

    @property
    def proof(self) -> str:
        """Return what proves it, in a line."""
        accepted = f" Accepted by {self.accepted_by}." if self.accepted_by else ""
        return f"{self.words}.{accepted}"


def returned(says: str) -> tuple[Returned, ...]:
    """Return everybody whom an entry says was served or waived service, in its order."""
    text = re.sub(r"\s+", " ", says)
    return tuple(
        _returned(text, each)
        for each in stated_dates(says)
        if each.event and each.event_on is not None
    )


def is_us_attorney(whom: str) -> bool:
    """Say whether a name is that of a United States Attorney's office.

    >>> is_us_attorney("U.S. Attorney, S.D.N.Y."), is_us_attorney("Attorney General of the U.S.")
    (True, False)
    """
    return _US_ATTORNEY.search(whom) is not None and not is_attorney_general(whom)


def is_attorney_general(whom: str) -> bool:
    """Say whether a name is that of the Attorney General of the United States."""
    return re.search(r"(?i)\battorney general\b", whom) is not None


_US_ATTORNEY = re.compile(r"(?i)\b(?:U\.? ?S\.?|United States) Attorney\b|\bUSAO\b")
_ACCEPTED = re.compile(r"(?i)Service was accepted by (?P<who>[^.;(]{2,120})")
_METHODS = (
    (re.compile(r"(?i)\bcertified mail"), "certified mail"),
    (re.compile(r"(?i)\bregistered mail"), "registered mail"),
    (re.compile(r"(?i)\b(?:by|via) (?:first[- ]class )?mail"), "mail"),
    (re.compile(r"(?i)\b(?:in person|personally|by hand|personal service)"), "by hand"),
)


def _returned(text: str, each: StatedDate) -> Returned:
    assert each.event_on is not None
    accepted = _ACCEPTED.search(text)
    waived = each.event == "waiver sent"
    method = next((name for pattern, name in _METHODS if pattern.search(text)), "")
    return Returned(
        whom=each.who,
        on=each.event_on,
        answer_due=each.on,
        waived=waived,
        method="waiver" if waived else method,
        accepted_by=accepted["who"].strip() if accepted and not waived else "",
        words=each.words,
    )
