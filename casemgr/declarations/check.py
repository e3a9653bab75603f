"""Run every check on a declaration, as a careful senior colleague would read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from casemgr.declarations.caption_checks import CAPTION_CHECKS
from casemgr.declarations.closing_checks import CLOSING_CHECKS
from casemgr.declarations.date_checks import DATE_CHECKS
from casemgr.declarations.exhibit_checks import EXHIBIT_CHECKS
from casemgr.declarations.given import Given
from casemgr.declarations.number_checks import NUMBER_CHECKS
from casemgr.declarations.paper import Finding, Paper, Record
from casemgr.declarations.translation_checks import TRANSLATION_CHECKS
from casemgr.declarations.word_checks import WORD_CHECKS

Check = Callable[[Given], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    *NUMBER_CHECKS,
    *DATE_CHECKS,
    *CAPTION_CHECKS,
    *CLOSING_CHECKS,
    *EXHIBIT_CHECKS,
    *WORD_CHECKS,
    *TRANSLATION_CHECKS,
)


def check(paper: Paper, against: Record | None, today: date) -> tuple[Finding, ...]:
    """Return what is wrong with a declaration, in the order of its paragraphs.

    Without a `Record` only what the paper itself shows is checked. `today` bounds what can be past.
    """
    given = Given(paper, against, today)
    found = [each for run in CHECKS for each in run(given)]
    whole = len(paper.paragraphs)
    return tuple(sorted(found, key=lambda each: whole if each.position is None else each.position))
