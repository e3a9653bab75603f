"""Returns and waivers of service on a docket: who was served, when, how, and what proves it.

The clerk's formula is `United States Attorney served on 5/3/2010, answer due 6/2/2010. Service was
accepted by Jo Reyes, Clerk`. Of an agency the answer's day is often left out, and papers that a
party filed are put in other words. What is read here is a proposal for a person to accept. Whom a
complaint against an agency must reach is Fed. R. Civ. P. 4(i)(1)-(2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casemgr.domain.clerk_dates import entered_in_error, stated_dates
from casemgr.domain.clerk_formulas import party_in
from casemgr.domain.docket_days import DAY, day_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One person whom a docket says was served, or who waived service.

    - `whom`: as the clerk names them; `on`: the day of service, or the day a waiver was sent.
    - `method`, `accepted_by`: or "" where the entry does not say.
    - `answer_due`: the day the clerk put beside it, or None: evidence, and no law.
    """

    whom: str
    on: date
    answer_due: date | None
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
    if not _TELLS_OF_SERVICE.search(says):
        return ()
    # What is too long for a word is left out: nobody is named so, and reading it takes minutes.
    says = _NO_WORD.sub("…", says)
    text = re.sub(r"\s+", " ", says)
    found = [*_with_a_day_to_answer(text, says)]
    told = {(each.whom.casefold(), each.on) for each in found}
    for each in _without(text):
        if (each.whom.casefold(), each.on) not in told:
            told.add((each.whom.casefold(), each.on))
            found.append(each)
    return tuple(sorted(found, key=lambda each: text.find(each.words)))


def is_us_attorney(whom: str) -> bool:
    """Say whether a name is that of a United States Attorney's office.

    >>> is_us_attorney("U.S. Attorney, S.D.N.Y."), is_us_attorney("Attorney General of the U.S.")
    (True, False)
    """
    return _US_ATTORNEY.search(whom) is not None and not is_attorney_general(whom)


def is_attorney_general(whom: str) -> bool:
    """Say whether a name is that of the Attorney General of the United States."""
    return re.search(r"(?i)\battorney general\b", whom) is not None


_NO_WORD = re.compile(r"\S{100,}")
_TELLS_OF_SERVICE = re.compile(r"(?i)\bserved\b|\bwaiver\s+sent\b|\bservice\s+upon\b")
_US_ATTORNEY = re.compile(r"(?i)\b(?:U\.? ?S\.?|United States) Attorney\b|\bUSAO\b")
_ACCEPTED = re.compile(r"(?i)Service was accepted by (?P<who>[^.;(]{2,120})")
_METHODS = (
    (re.compile(r"(?i)\bcertified mail"), "certified mail"),
    (re.compile(r"(?i)\bregistered mail"), "registered mail"),
    (re.compile(r"(?i)\b(?:by|via) (?:first[- ]class )?mail"), "mail"),
    (re.compile(r"(?i)\b(?:in person|personally|by hand|personal service)"), "by hand"),
)


# A return of the summons and complaint; a certificate that some other paper was served is none.
_RETURN = re.compile(
    r"(?i)^\W*(?:SUMMONS (?:IN A CIVIL ACTION )?RETURNED EXECUTED|WAIVER OF (?:THE )?SERVICE"
    r"|(?=.*\b(?:summons|complaint)\b)(?:[A-Z/']+ ){0,3}?"
    r"(?:AFFIDAVIT|AFFIRMATION|DECLARATION|CERTIFICATE|ACKNOWLEDGE?MENT|PROOF|RETURN|NOTICE)"
    r"(?:/[A-Z]+)? OF SERVICE)\b"
)
# Whom a sentence names: up to its end, which the full stop of `U.S.` or `Inc.` is not.
_WHOM = r"(?:[Tt]he )?(?P<who>[A-Z](?:(?!(?<![A-Z])(?<!Inc)(?<!Corp)\. )[^;:()\d]){1,150}?)"
_HOW = r"(?: (?:by|via) [a-z][a-z -]{2,40}?)?"
_PLAIN = (
    re.compile(
        rf"(?P<who>[A-Z][^;:]{{1,200}}?),? (?P<event>served|waiver sent){_HOW}(?: on)? {DAY}"
    ),
    re.compile(rf"\bserved{_HOW} (?:up)?on {_WHOM},?{_HOW} on {DAY}"),
    re.compile(rf"\bserved{_HOW} on {DAY},? (?:up)?on {_WHOM}(?=[.;(]|$)"),
    re.compile(rf"Date of Service [Uu]pon:? {_WHOM}:?(?: on)? {DAY}"),
)
_DAY = re.compile(DAY)
_PAPER = re.compile(r"(?i)\b(?:summons|complaint|service|papers?|process|documents?)\b")


def _with_a_day_to_answer(text: str, says: str) -> Iterator[Returned]:
    for each in stated_dates(says):
        if each.event and each.event_on is not None:
            yield _returned(
                text, each.who, each.event_on, each.words, each.event == "waiver sent", each.on
            )


def _without(text: str) -> Iterator[Returned]:
    """Yield those beside whom no day for the answer stands."""
    if not _RETURN.match(text) or entered_in_error(text):
        return
    for pattern in _PLAIN:
        for found in pattern.finditer(text):
            day = _DAY.search(found[0])
            on, whom = day_in(day[0]) if day else None, _person(found["who"])
            if on is not None and whom:
                event = found.groupdict().get("event")
                words = found[0][found[0].rindex(whom) :] if event else found[0]
                yield _returned(text, whom, on, words, event == "waiver sent", None)


def _person(named: str) -> str:
    """Return the name of somebody, or "" where the words name the papers themselves."""
    whom = re.sub(r"^(?:(?:as to|on|upon|for) )?(?:[Tt]he )?", "", party_in(named))
    whom = re.sub(rf"{_HOW}$", "", whom)
    return "" if _PAPER.search(whom) else whom


def _returned(
    text: str, whom: str, on: date, words: str, waived: bool, answer_due: date | None
) -> Returned:
    accepted = _ACCEPTED.search(text)
    method = next((name for pattern, name in _METHODS if pattern.search(text)), "")
    return Returned(
        whom=whom,
        on=on,
        answer_due=answer_due,
        waived=waived,
        method="waiver" if waived else method,
        accepted_by=accepted["who"].strip() if accepted and not waived else "",
        words=words,
    )
