"""Checks of the caption, by itself and against the matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from casemgr.declarations.findings import found
from casemgr.declarations.given import Given
from casemgr.declarations.paper import Finding


def caption_number(given: Given) -> Iterator[Finding]:
    """Find a caption without a docket number."""
    paper, against = given.paper, given.against
    if paper.caption.there and not paper.caption.docket_number:
        fix = ""
        if against is not None and against.docket_number:
            fix = f"Put {against.docket_number} into the caption."
        yield found("caption-missing-number", "The caption has no docket number.", fix=fix)


def caption_differs(given: Given) -> Iterator[Finding]:
    """Find another court or docket number than the matter's."""
    paper, against = given.paper, given.against
    if against is None:
        return
    ours, theirs = against.docket_number, paper.caption.docket_number
    if ours and theirs and serial(ours) != serial(theirs):
        says = f"The caption says {theirs}; this matter's docket number is {ours}."
        yield found("caption-differs", says)
    if against.court and paper.court and against.court != paper.court:
        says = f"The caption names the court {paper.court}; this matter is before {against.court}."
        yield found("caption-differs", says)


def party_names(given: Given) -> Iterator[Finding]:
    """Find a party under a name that the matter does not hold for it."""
    paper, against = given.paper, given.against
    if against is None or not against.parties:
        return
    known = {_plain(name) for each in against.parties for name in (each.name, *each.aliases)}
    for printed in paper.caption.parties:
        if _plain(printed) in known:
            continue
        near = max(against.parties, key=lambda each: _likeness(printed, each.name))
        if _likeness(printed, near.name) > 0.5:
            says = f"The caption names “{printed}”; the docket says “{near.name}”."
        else:
            says = f"The caption names “{printed}”, which is no party of this matter."
        yield found("party-name-differs", says)


def serial(number: str) -> tuple[str, str]:
    """Return year and serial of a docket number, however it is printed.

    >>> serial("1:10-cv-03488-SAS") == serial("10 Civ. 3488 (SAS)") == ("10", "3488")
    True
    """
    bare = re.sub(r"^\s*\d{1,2}:(?=\d\d)", "", number)
    figures = [each.lstrip("0") or "0" for each in re.findall(r"\d+", bare)]
    return (figures[0], figures[1]) if len(figures) > 1 else (bare.strip().casefold(), "")


def _plain(name: str) -> str:
    words = re.sub(r"\bu\.?\s?s\.?(?=\s)", "united states", name.casefold())
    words = re.sub(r"\b(?:et al|the|inc|llc)\b|[^\w\s]", " ", words)
    return " ".join(words.split())


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _plain(one), _plain(other)).ratio()


CAPTION_CHECKS = (caption_number, caption_differs, party_names)
