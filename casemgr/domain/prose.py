"""Days and names as sentences have them: one spelling for pages, letters, papers and mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def long_day(day: date) -> str:
    """Return a day as people write it.

    >>> long_day(date(2010, 2, 3))
    'February 3, 2010'
    """
    return f"{day:%B} {day.day}, {day.year}"


def full_day(day: date) -> str:
    """Return a day with its weekday, which is a check on the date.

    >>> full_day(date(2010, 2, 3))
    'Wednesday, February 3, 2010'
    """
    return f"{day:%A}, {long_day(day)}"


def with_capital(words: str) -> str:
    """Return words with a capital at their head.

    >>> with_capital("the answer of ICE")
    'The answer of ICE'
    """
    return words[:1].upper() + words[1:]


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them.

    >>> listed(["ICE", "FBI", "EOIR"])
    'ICE, FBI and EOIR'
    """
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
