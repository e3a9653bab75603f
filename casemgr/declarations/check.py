"""Run every check on a declaration, as a careful senior colleague would read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from casemgr.declarations.paper import Finding, Paper, Record

Check = Callable[[Paper, Record | None, date], Iterator[Finding]]

CHECKS: tuple[Check, ...] = ()


def check(paper: Paper, against: Record | None, today: date) -> tuple[Finding, ...]:
    """Return what is wrong with a declaration, in the order of its paragraphs.

    Without a `Record` only what the paper itself shows is checked. `today` bounds what can be past.
    """
    found = [each for run in CHECKS for each in run(paper, against, today)]
    whole = len(paper.paragraphs)
    return tuple(sorted(found, key=lambda each: whole if each.position is None else each.position))
