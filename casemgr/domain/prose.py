"""Days and names as sentences have them: one spelling for pages, letters, papers and mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casemgr.domain.words import Certainty


def long_day(day: date) -> str:
    """Return a day as people write it.

    >>> long_day(date(2010, 2, 3))
    'February 3, 2010'
    """
    return f"{day:%B} {day.day}, {day.year}"


def day_as_known(day: date, certainty: Certainty, *, year: bool = True) -> str:
    """Return a day no more surely than it is known.

    >>> day_as_known(date(2017, 2, 1), Certainty.MONTH)
    'February 2017'
    >>> day_as_known(date(2011, 11, 10), Certainty.ABOUT, year=False)
    'about November 10'
    """
    if certainty is Certainty.UNKNOWN:
        return "a day not known"
    if certainty is Certainty.MONTH:
        return f"{day:%B} {day.year}"
    said = long_day(day) if year else f"{day:%B} {day.day}"
    return f"about {said}" if certainty is Certainty.ABOUT else said


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
