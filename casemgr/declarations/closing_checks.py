"""Checks of the oath, the date, the place and the signature (28 U.S.C. § 1746)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casemgr.declarations.findings import found
from casemgr.declarations.given import Given
from casemgr.declarations.paper import Finding, Jurat, Paper
from casemgr.declarations.places import AMERICAN, FOREIGN

INSIDE = "I declare under penalty of perjury that the foregoing is true and correct."
OUTSIDE = (
    "I declare under penalty of perjury under the laws of the United States of America that the "
    "foregoing is true and correct."
)


def jurat_missing(given: Given) -> Iterator[Finding]:
    """Find a paper without an oath."""
    paper = given.paper
    if paper.jurat is Jurat.MISSING:
        says = "There is no oath under penalty of perjury (28 U.S.C. § 1746)."
        yield found("jurat-missing", says, fix=f"Add: {OUTSIDE if is_abroad(paper) else INSIDE}")


def jurat_reworded(given: Given) -> Iterator[Finding]:
    """Find an oath in other words than the statute's; a notary's needs none of them."""
    paper = given.paper
    if paper.jurat is not Jurat.REWORDED or _is_of_another_law(paper):
        return
    if not re.search(r"sworn", paper.jurat_text, re.IGNORECASE):
        says = f"The oath is not in the words of 28 U.S.C. § 1746: “{paper.jurat_text[:200]}”"
        yield found("jurat-reworded", says, fix=f"Write: {OUTSIDE if is_abroad(paper) else INSIDE}")


def jurat_place(given: Given) -> Iterator[Finding]:
    """Find the oath for inside the United States on a paper executed outside."""
    paper = given.paper
    if paper.jurat in {Jurat.INSIDE, Jurat.REWORDED} and is_abroad(paper):
        if re.search(r"sworn|laws\s+of\s+the\s+United", paper.jurat_text, re.IGNORECASE):
            return
        where = f" at {paper.executed_at}" if paper.executed_at else ""
        says = (
            f"It was executed outside the United States{where}, and its oath lacks “under the laws "
            "of the United States of America”."
        )
        yield found("jurat-place", says, fix=f"Write: {OUTSIDE}")


def undated(given: Given) -> Iterator[Finding]:
    """Find a paper without a day of execution."""
    paper = given.paper
    if paper.executed_on is None and not paper.draft:
        yield found("undated", "Nothing says on which day it was executed (28 U.S.C. § 1746).")


def unsigned(given: Given) -> Iterator[Finding]:
    """Find a paper whose text shows no signature."""
    paper = given.paper
    if not paper.signed and not paper.draft:
        who = f" of {paper.declarant}" if paper.declarant else ""
        says = f"No signature{who} can be read; one by hand may not show in the text."
        yield found("unsigned", says)


def signature_page(given: Given) -> Iterator[Finding]:
    """Find a signature that stands on a page without any of the text."""
    paper = given.paper
    if paper.signature_alone:
        says = "The signature stands on a page by itself, without any of the text it signs."
        yield found("signature-alone-on-page", says)


def _is_of_another_law(paper: Paper) -> bool:
    """Say whether the oath is that of a state, in a court of a state (N.Y. C.P.L.R. 2106)."""
    federal = re.fullmatch(
        r"[a-z]{2,4}[db]|ca\d+|cadc|cafc|scotus|uscfc|cit|tax", paper.court or "d"
    )
    named = re.search(r"laws?\s+of\s+(?:the\s+\w+\s+of\s+)?[A-Z]", paper.jurat_text)
    return federal is None and named is not None


def is_abroad(paper: Paper) -> bool:
    """Say whether a paper was executed outside the United States, as far as its place shows."""
    if paper.abroad is not None:
        return paper.abroad
    place = paper.executed_at
    if re.search(r"New\s+Mexico|Georgia", place) or AMERICAN.search(
        place.replace("Mexico City", "")
    ):
        return False
    return bool(FOREIGN.search(place))


CLOSING_CHECKS = (jurat_missing, jurat_reworded, jurat_place, undated, unsigned, signature_page)
