"""Checks of a translation: the English follows the words that the declarant swears to."""

from __future__ import annotations

from collections.abc import Iterator

from casemgr.declarations.findings import found
from casemgr.declarations.given import Given
from casemgr.declarations.paper import EnglishMissed, Finding, Paper


def stale(given: Given) -> Iterator[Finding]:
    """Find English that was made from other words than those that stand."""
    for each in _missed(given, old=True):
        what = _called(given.paper, each)
        says = f"The English of {what} was made from other words than those that stand now."
        yield found("stale-translation", says, given.paper, each.position)


def missing(given: Given) -> Iterator[Finding]:
    """Find what has no English, though the declaration is translated."""
    for each in _missed(given, old=False):
        says = f"There is no English of {_called(given.paper, each)} yet."
        yield found("not-translated", says, given.paper, each.position)


def _missed(given: Given, *, old: bool) -> Iterator[EnglishMissed]:
    if given.against is not None:
        yield from (each for each in given.against.english if each.old is old)


def _called(paper: Paper, each: EnglishMissed) -> str:
    return "the opening" if each.position is None else paper.paragraphs[each.position].name


TRANSLATION_CHECKS = (stale, missing)
