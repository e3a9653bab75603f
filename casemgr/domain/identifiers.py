"""Personal identifiers that a paper filed with a federal court may carry only in part.

Fed. R. Civ. P. 5.2(a): of a social-security or taxpayer number and of a financial account the last
four digits, of a birth the year, of a minor the initials. An alien number is not named there; an
immigration matter takes it out all the same. A minor's name cannot be told from another name:
where a paper speaks of a child of whom it gives an age, that is told for somebody to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
)
_FULL_DAY = (
    rf"(?:(?:{_MONTHS})\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{4}}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2})"
)
_BORN = r"(?:\bborn(?:\s+on)?|\bbirth\s*(?:date|day)|\bdate\s+of\s+birth|\bDOB)"


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that looks like an identifier: which kind, where in the text, and how it reads.

    `masked` keeps its last characters only, so that a list of findings is no leak of its own.
    """

    kind: str
    start: int
    end: int
    masked: str
    says: str


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    sign: re.Pattern[str]
    says: str
    keep: int = 4


_KINDS = (
    _Kind(
        "social-security",
        re.compile(r"(?<![\d-])(?!000|666|9\d\d-(?!7|8))\d{3}([- ])\d{2}\1\d{4}(?![\d-])"),
        "looks like a social-security number: only its last four digits may be filed",
    ),
    _Kind(
        "social-security",
        re.compile(r"(?i)\b(?:SSN|social[- ]security(?: (?:no\.?|number))?)[:#\s]*(\d{9})\b"),
        "looks like a social-security number: only its last four digits may be filed",
    ),
    _Kind(
        "taxpayer",
        re.compile(r"(?i)\b(?:EIN|TIN|ITIN|taxpayer[\w -]{0,30}number)[:#\s]*\d{2}-?\d{7}\b"),
        "looks like a taxpayer number: only its last four digits may be filed",
    ),
    _Kind(
        "account",
        re.compile(
            r"(?i)\b(?:account|acct\.?|routing|card)\s*(?:no\.?|number|#)?\s*[:#]?\s*"
            r"(?=(?:[ -]?\d){7})\d[\d -]{5,24}\d\b"
        ),
        "looks like a financial account: only its last four digits may be filed",
    ),
    _Kind(
        "birth-date",
        re.compile(rf"(?i){_BORN}\W{{0,6}}(?:is\s+|was\s+)?{_FULL_DAY}"),
        "looks like a date of birth: only the year may be filed",
    ),
    _Kind(
        "alien-number",
        re.compile(r"\bA(?:lien)?(?:\s*(?:#|[Nn]o\.?|[Nn]umber))?[:\s-]*(?:\d{9}|\d{2,3}-\d{3}-\d{3})\b"),
        "looks like an alien number: take out all but its last digits",
        keep=3,
    ),
    _Kind(
        "passport",
        re.compile(r"(?i)\bpassport\s*(?:no\.?|number|#)\s*[:#]?\s*[A-Z]?\d{7,9}\b"),
        "looks like a passport number: take it out",
        keep=2,
    ),
    _Kind(
        "minor",
        re.compile(
            r"\b(?:my|his|her|their|our)\s+(?:minor\s+)?(?:son|daughter|child)(?:,\s*|\s+)"
            r"[A-Z][a-z]+(?:\s+[A-Z][a-z]+)?,?\s+(?:who\s+is\s+|is\s+|was\s+|\()?"
            r"(?:aged?\s+)?(?:1[0-7]|[1-9])\b(?!\d)"
        ),
        "seems to name a child: only initials may be filed",
        keep=0,
    ),
)  # fmt: skip


def identifiers(text: str) -> tuple[Identifier, ...]:
    """Return what in a text looks like a personal identifier, in the order of the text.

    >>> [(each.kind, each.masked) for each in identifiers("His SSN is 123-45-6789.")]
    [('social-security', '…6789')]
    >>> identifiers("His SSN ends in 6789; he was born in 1971.")
    ()
    """
    found = sorted(_all(text), key=lambda each: (each.start, -each.end))
    kept: list[Identifier] = []
    for each in found:
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)


def _all(text: str) -> Iterator[Identifier]:
    for kind in _KINDS:
        for found in kind.sign.finditer(text):
            written = found[0].strip()
            masked = f"…{written[-kind.keep :]}" if kind.keep else "…"
            yield Identifier(kind.name, found.start(), found.end(), masked, kind.says)
