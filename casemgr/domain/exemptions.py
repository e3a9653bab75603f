"""Exemptions as agencies claim them: `5`, `7(C): 12 whole, 40 in part`, `3 (8 U.S.C. § 1367)`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

# 5 U.S.C. § 552(b)(1)-(9); (b)(7) has the letters (A)-(F); (b)(3) takes another statute.
_CLAIM = re.compile(
    r"""^\(?(?:b\)?\s*\(?)?(?P<number>[1-9])\)?\s*
        (?:\((?P<letter>[A-F])\))?\s*
        (?:[(\[](?P<statute>[^()\[\]:]{3,80}(?:\([^()]{1,8}\)[^()\[\]:]{0,40})*)[)\]])?\s*
        (?::\s*(?P<pages>.+))?$""",
    re.VERBOSE | re.IGNORECASE,
)
_PAGES = re.compile(
    r"^(?:(?P<whole>\d{1,8})\s+whole)?(?:\s*,?\s*(?P<part>\d{1,8})\s+in\s+part)?$", re.IGNORECASE
)
ABOUT = {
    "1": "National security",
    "2": "Internal personnel rules",
    "3": "Another statute forbids it",
    "4": "Trade secrets, commercial information",
    "5": "Deliberations, lawyers' work and advice",
    "6": "Personal privacy",
    "7": "Law enforcement",
    "7(A)": "Law enforcement: would interfere with proceedings",
    "7(B)": "Law enforcement: fair trial",
    "7(C)": "Law enforcement: personal privacy",
    "7(D)": "Law enforcement: confidential source",
    "7(E)": "Law enforcement: techniques and guidelines",
    "7(F)": "Law enforcement: life or safety of a person",
    "8": "Supervision of banks",
    "9": "Wells",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """An exemption claimed, on how many pages kept back whole and in part; None where unsaid."""

    exemption: str
    statute: str = ""
    whole: int | None = None
    part: int | None = None

    def __str__(self) -> str:
        """Return it in the one form in which it is kept."""
        statute = f" ({self.statute})" if self.statute else ""
        counts = ((self.whole, "whole"), (self.part, "in part"))
        pages = ", ".join(f"{n} {how}" for n, how in counts if n is not None)
        return f"{self.exemption}{statute}{f': {pages}' if pages else ''}"

    @property
    def about(self) -> str:
        """Return what the exemption is for, in a few words."""
        return ABOUT[self.exemption]


def read_claim(typed: str) -> Claim:
    """Read an exemption as people write it; ValueError with a sentence where it is none.

    >>> str(read_claim("(b)(7)(c)")), str(read_claim("7(E): 12 whole, 40 in part"))
    ('7(C)', '7(E): 12 whole, 40 in part')
    >>> str(read_claim("3 (8 U.S.C. § 1367)"))
    '3 (8 U.S.C. § 1367)'
    """
    text = " ".join(typed.split())
    found = _CLAIM.match(text)
    if found is None:
        raise ValueError(f"“{text[:40]}” is no exemption. Write 5, 7(C) or 3 (8 U.S.C. § 1367)")
    number, letter, statute = found["number"], found["letter"], (found["statute"] or "").strip()
    if letter and number != "7":
        raise ValueError(f"Only exemption 7 has letters. Write {number} alone")
    if statute and number != "3":
        raise ValueError(f"Only exemption 3 names another statute. Write {number} alone")
    if number == "3" and not statute:
        raise ValueError("Exemption 3 needs the other statute. Write it as 3 (8 U.S.C. § 1367)")
    exemption = f"7({letter.upper()})" if letter else number
    return _with_pages(Claim(exemption, statute), found["pages"])


def _with_pages(claim: Claim, said: str | None) -> Claim:
    if said is None:
        return claim
    found = _PAGES.match(said.strip())
    if found is None or not said.strip():
        raise ValueError(
            f"The pages of {claim.exemption} cannot be read. Write 7(C): 12 whole, 40 in part"
        )
    counts = (None if n is None else int(n) for n in (found["whole"], found["part"]))
    whole, part = counts
    return replace(claim, whole=whole, part=part)


def read_claims(typed: str) -> list[str]:
    """Read a list of exemptions, one a line or between semicolons; without pages, commas do.

    >>> read_claims("5, 6, 7(C)")
    ['5', '6', '7(C)']
    """
    parts: Iterable[str] = re.split(r"[\n;]", typed)
    if ":" not in typed:
        parts = (each for part in parts for each in part.split(","))
    return [str(read_claim(each)) for each in parts if each.strip()]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an exemption is claimed: letters and releases that name it, and pages said."""

    exemption: str
    about: str
    statutes: tuple[str, ...]
    times: int
    whole: int | None
    part: int | None


def tally(claims: Iterable[Claim]) -> list[Tally]:
    """Count claims by exemption, in the order of the statute.

    Pages are added where they were said; one page may carry several exemptions, so that the
    numbers add up to more than the pages.
    """
    by: dict[str, list[Claim]] = {}
    for claim in claims:
        by.setdefault(claim.exemption, []).append(claim)
    return [_tallied(name, by[name]) for name in sorted(by)]


def _tallied(name: str, claims: list[Claim]) -> Tally:
    statutes = tuple(sorted({each.statute for each in claims if each.statute}))
    whole = [each.whole for each in claims if each.whole is not None]
    part = [each.part for each in claims if each.part is not None]
    return Tally(
        name,
        ABOUT[name],
        statutes,
        len(claims),
        sum(whole) if whole else None,
        sum(part) if part else None,
    )
