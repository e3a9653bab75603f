"""A day that a docket names, and the pieces of text that days, hours and papers are read from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from casemgr.domain.prose import with_capital


class StatedKind(StrEnum):
    """What happens on a day that a docket names."""

    DUE = "due"  # something is to be done by then
    APPOINTMENT = "appointment"  # people meet, at a time
    CANCELLED = "cancelled"  # an appointment of that day is off
    LIFTED = "lifted"  # nothing has to be done by that day any more


class Speaker(StrEnum):
    """Whose words name the day."""

    CLERK = "clerk"  # the clerk's formula
    ORDER = "order"  # a sentence of the court's


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDate:
    """One day that an entry names.

    - `what`: the thing due or the appointment, in the entry's words (`Responses`, `answer`).
    - `who`: whose it is where the entry says so (`Hornblower Group, Inc.`, `Plaintiff's`), or "".
    - `at`: the time of an appointment, in the court's zone, or None; `place`, `before`: or "".
    - `event`, `event_on`: what the clerk counted from (`served`, `waiver sent`), where it is there.
    - `every`, `every_unit`: how long after it the same is due again, and again: 60 `days`; or 0.
    - `words`: the passage it was read from; `at_char`: where that begins in the entry.
    """

    what: str
    on: date
    kind: StatedKind
    speaker: Speaker
    words: str
    at_char: int
    who: str = ""
    at: time | None = None
    place: str = ""
    before: str = ""
    event: str = ""
    event_on: date | None = None
    every: int = 0
    every_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A period an order sets running from something still to come.

    `Replies are due seven days after service of the oppositions`: `what` is `replies`, `count` 7,
    `unit` `days`, `act` `service`, `of` `oppositions`; `who` and `of_whom` are whose the paper due
    and the paper awaited are, where the words say so. Of a period that runs from the order itself
    `of` is `this order`.
    """

    what: str
    count: int
    unit: str
    act: str
    of: str
    words: str
    at_char: int
    who: str = ""
    of_whom: str = ""
    every: int = 0
    every_unit: str = ""

    @property
    def from_itself(self) -> bool:
        """Say whether it runs from the very order that sets it."""
        return self.of.casefold() == "this order"


# --- pieces of patterns

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_TENS = {"thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90}
COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join((*_NUMBERS, *_TENS))})(?: \(\d{{1,3}}\))?"

NUMERIC = r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
LONG = rf"{_WEEKDAY}(?:{'|'.join(_MONTHS)})\.? \d{{1,2}},? \d{{4}}\b"
DAY = rf"(?:{LONG}|{NUMERIC})"
TIME = r"\d{1,2}(?::\d{2})? ?[AaPp]\.? ?[Mm]\b\.?"
_NAME = r"(?:[A-Z]\.|[A-Z][\w'’-]+)"
JUDGE = rf"(?:Chief |Senior |Magistrate |District |U\.S\. )*Judge {_NAME}(?: {_NAME})*(?:,? Jr\.)?"
# A thing due begins with a capital and goes back to where the sentence or the list before it ends;
# `Rule 56.1 Statement` is one thing.
_RULE = r"Rule \d+(?:\.\d+)?(?:\([a-zA-Z0-9]\))*"
WHAT = rf"(?:{_RULE}|[A-Z][A-Za-z'’/-]*)(?: (?:[A-Za-z'’/&-]+|\([^)]*\))){{0,7}}?"
MEETING = (
    r"(?:Hearing|Conference|Trial|Argument|Call|Examination|Proceeding|Deposition|Status|Mediation)"
)
# What undoes a day that was set.
OFF = (
    r"(?i:is|are|was|were|has been|have been) (?i:hereby |now )?"
    r"(?i:adjourned sine die|cancell?ed|vacated|stricken|stayed|lifted|not held|terminated)"
)


# --- small readings


def day_in(text: str) -> date | None:
    """Return the day in either form; a year of two digits is of this century or the last."""
    if "/" in text:
        month, day, year = (int(part) for part in text.split("/"))
        year += 0 if year > 99 else (2000 if year < 70 else 1900)
    else:
        words = re.findall(r"[A-Za-z]+|\d+", re.sub(rf"^{_WEEKDAY}", "", text))
        month, day, year = _MONTHS.index(words[0]) + 1, int(words[1]), int(words[2])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def time_in(text: str | None) -> time | None:
    """Return the hour on the clock of twelve hours, or None where none is said."""
    if not text:
        return None
    [hours, *minutes] = (int(part) for part in re.findall(r"\d+", text))
    if not 1 <= hours <= 12:
        return None
    afternoon = "p" in text.lower()
    return time(hours % 12 + (12 if afternoon else 0), minutes[0] if minutes else 0)


# `and every 60 days thereafter`, `with further reports every two months`, `and monthly thereafter`.
_EVERY = re.compile(
    rf"[,;]? (?:(?:and|with)(?: [a-z][a-z '’-]{{0,60}}?)? |then )?"
    rf"(?:(?:every|each) (?:(?P<other>other )|{COUNT} )?(?P<unit>day|week|month)s?"
    r"|(?P<ly>weekly|monthly|quarterly) thereafter)\b(?: (?:thereafter|after that))?"
)


def again_in(text: str, at: int) -> tuple[int, str, int] | None:
    """Return how long after a day that ends here the same is due again, or None.

    A number, its unit, and where the words end.

    >>> again_in("by June 1, 2010, and every 60 days thereafter.", 15)
    (60, 'days', 45)
    """
    found = _EVERY.match(text, at)
    if found is None:
        return None
    if (named := found["ly"]) is not None:
        count, unit = {"weekly": (1, "weeks"), "monthly": (1, "months")}.get(named, (3, "months"))
        return count, unit, found.end()
    count = number_in(found["count"]) if found["count"] else 2 if found["other"] else 1
    return count, f"{found['unit']}s", found.end()


def number_in(text: str) -> int:
    """Return a number in figures or in words."""
    if text.isdigit():
        return int(text)
    return _TENS.get(text) or _NUMBERS.index(text) + 1


_SIDES = re.compile(
    r"\b([Pp]laintiffs?|[Dd]efendants?|[Pp]etitioners?|[Rr]espondents?|[Gg]overnment)"
    r"(?:['’]?s?['’]?)(?= |$)"
)
_ANSWER_OF = re.compile(r"^(?P<who>[A-Z].*[^'’s ]) (?P<what>[Aa]nswer)$")
_OF_SOMEBODY = re.compile(
    r"^(?:of |for )?(?:[Tt]he |[Aa]ll )?(?:[Pp]laintiffs?|[Dd]efendants?|[Gg]overnment|[Pp]arties)"
    r"['’]?s?['’]?,? (?:to )?"
)


def owner_in(what: str) -> str:
    """Return whose a thing due is, where its words say so, or ""."""
    if (found := _SIDES.search(what)) is not None:
        return found.group(1)[:1].upper() + found.group(1)[1:]
    found = _ANSWER_OF.match(_last(what))
    return found["who"] if found else ""


def thing_in(what: str) -> str:
    """Return the thing itself: without the sentence before it, and without whose it is."""
    last = _last(_WAS_SET.sub("", what)).strip(" ,.")
    if (found := _ANSWER_OF.match(last)) is not None and "motion" not in last.casefold():
        return found["what"]
    plain = last
    for prefix in (
        r"^(?:An?|[Tt]he|parties['’]) ",
        _OF_SOMEBODY.pattern,
        r"^(?:[Tt]he|to|shall|must) ",
    ):
        plain = re.sub(prefix, "", plain)
    return _TAIL.sub("", plain).strip(" ,.")


# What leads from a thing to its day, or hedges it.
_TAIL = re.compile(r",?(?: (?:is|are|shall be|will be)(?: hereby| now)?|,? if any,?)$")
_WAS_SET = re.compile(
    rf" (?:previously |currently )?(?:scheduled|set|noticed) (?:for|on) {DAY}(?:,? at {TIME})?$"
)


def _last(what: str) -> str:
    return re.split(rf"(?:\. |: |; |^and |, and | NOT HELD |{LONG} )", what)[-1]


def passage(text: str, span: tuple[int, int]) -> str:
    """Return the passage of a text."""
    return text[slice(*span)].strip()


def stated(
    text: str, found: re.Match[str], kind: StatedKind, speaker: Speaker
) -> StatedDate | None:
    """Return what a pattern found as a stated day; None for a day that is in no calendar."""
    said = found.groupdict()
    on = day_in(said["on"])
    if on is None:
        return None
    what, who = said.get("what") or "", (said.get("who") or "").strip(" ,")
    return StatedDate(
        what=thing_in(what),
        who=owner_in(who) or with_capital(re.sub(r"^[Tt]he ", "", who)) or owner_in(what),
        on=on,
        at=time_in(said.get("at")),
        place=(said.get("place") or "").strip(" ,"),
        before=(said.get("before") or "").strip(" ."),
        kind=kind,
        speaker=speaker,
        words=passage(text, found.span()),
        at_char=found.start("on"),
    )
