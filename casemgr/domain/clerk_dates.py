"""The dates a court's docket states in words: what the clerk set, and what an order says.

A clerk's dates are evidence of a deadline and no law: they are read to be compared with ours, and a
court's words are read to be proposed. Nothing read here counts until a person accepts it.
"""

from __future__ import annotations

import re
from itertools import chain

from casemgr.domain.clerk_formulas import appointments, dues, formulas, services
from casemgr.domain.docket_days import DAY, Awaited, StatedDate
from casemgr.domain.order_periods import periods
from casemgr.domain.order_sentences import sentences


def stated_dates(says: str) -> tuple[StatedDate, ...]:
    """Return the days an entry names, in the order of its text.

    What a party files asks for days and fixes none: of such an entry only what the clerk added in
    the system's own formulas is read; of one entered in error nothing is. A day of no calendar
    (`2/30/2021`) is left out: nobody can be held to it.
    """
    text = _flat(says)
    if not _NAMES_A_DAY.search(text) or entered_in_error(says):
        return ()
    if _asks(says):
        answers, meetings = filter(_is_answer, dues(text)), filter(_is_full, appointments(text))
        found = chain(services(text), answers, meetings)
    else:
        found = chain(formulas(text), sentences(text))
    kept: list[StatedDate] = []
    for each in sorted(found, key=lambda one: (one.at_char, -len(one.words))):
        if not any(_same(each, other) for other in kept):
            kept.append(each)
    return tuple(kept)


def awaited(says: str) -> tuple[Awaited, ...]:
    """Return the periods an entry lets run from something that has not happened yet."""
    if not _NAMES_A_PERIOD.search(says) or _asks(says) or entered_in_error(says):
        return ()
    return tuple(periods(_flat(says)))


def entered_in_error(says: str) -> bool:
    """Say whether the clerk took an entry back: what it says does not hold."""
    return _IN_ERROR.match(says) is not None


def _flat(says: str) -> str:
    """Return the text with one space where it had any white space; offsets are kept close.

    What is too long for a word is dots: no day is in it, and reading on in it takes minutes.
    """
    return re.sub(r"\s+", " ", _NO_WORD.sub(lambda long: "." * len(long[0]), says))


_NO_WORD = re.compile(r"\S{100,}")
# Most entries name no day but that of their entry, and no period: nothing else is sought in them.
_NAMES_A_DAY = re.compile(rf"(?<!Entered: ){DAY}")
_NAMES_A_PERIOD = re.compile(r"(?i)\b(?:day|week|month)s?\b")
# What a party files asks for dates; it fixes none, though its title may name some.
_ASKING = re.compile(
    r"^(?:\W*(?:FILING ERROR\b.{0,80}?-\s*)?)"
    r"(?:(?:FIRST|SECOND|THIRD|JOINT|CONSENT|UNOPPOSED|ASSENTED TO|EMERGENCY|EX PARTE|CROSS|AMENDED"
    r"|LETTER|PROPOSED|STATUS|MEET AND CONFER)\s+)*"
    r"(?:MOTION|LETTER|APPLICATION|REQUEST|MEMORANDUM|DECLARATION|AFFIDAVIT|OPPOSITION|REPLY|"
    r"RESPONSE|OBJECTION|STIPULATION AND PROPOSED|PROPOSED|STATEMENT|BRIEF|COUNTER STATEMENT|"
    r"(?:JOINT |STATUS )+REPORT)\b(?! ENDORSE| DUE\b)",
    re.IGNORECASE,
)
_IN_ERROR = re.compile(r"^\W*(?:DELETED DOCUMENT|ENTERED IN ERROR|FILED IN ERROR)\b", re.IGNORECASE)


def _asks(says: str) -> bool:
    return _ASKING.match(says) is not None


def _is_answer(each: StatedDate) -> bool:
    """Say whether a day is for answering the paper: the clerk's system adds it to motions."""
    return (
        re.fullmatch(r"(?i)(?:responses?|repl(?:y|ies)|oppositions?|objections?)", each.what)
        is not None
    )


def _is_full(each: StatedDate) -> bool:
    """Say whether an appointment has its hour and its judge, as the system writes it."""
    return each.at is not None and bool(each.before)


def _same(one: StatedDate, other: StatedDate) -> bool:
    """Say whether two readings are of the same words: the longer comes first."""
    near = abs(one.at_char - other.at_char) < 3 or one.words.strip(" ,;") in other.words
    return one.on == other.on and near
