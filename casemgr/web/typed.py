"""Days and hours as people type them: `9/8/2026`, `Sept 8 2026`, ISO, `yesterday`; `2:00 pm`."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from casemgr.domain.prose import long_day

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip
RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1}
WANTED = "Type a date like 9/8/2026, Sept 8 2026 or 2026-09-08."

_ISO = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})$", re.ASCII)
_SLASHES = re.compile(r"^(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})$", re.ASCII)
_MONTH_FIRST = re.compile(
    r"^(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})$", re.ASCII
)
_DAY_FIRST = re.compile(
    r"^(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<name>[a-z]{3,9})\.?,? (?P<year>\d{4})$", re.ASCII
)
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ")


def day(typed: str, today: date) -> date:
    """Return the day that was typed; ValueError with a sentence where it is none.

    Numbers with slashes are read in the American order, month first.

    >>> day("9/8/2026", date(2026, 10, 13)), day("Sept 8 2026", date(2026, 10, 13))
    (datetime.date(2026, 9, 8), datetime.date(2026, 9, 8))
    """
    text = _WEEKDAY.sub("", " ".join(typed.lower().split()))
    if text in RELATIVE:
        return today + timedelta(days=RELATIVE[text])
    for form in (_ISO, _SLASHES, _MONTH_FIRST, _DAY_FIRST):
        if found := form.match(text):
            return _date(found.groupdict(), typed)
    raise ValueError(f"{_shown(typed)} is not a date we can read. {WANTED}")


_HOUR = re.compile(
    r"^(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2})(?::00)?)?\s*(?P<half>[ap]\.?m\.?)?$", re.ASCII
)
WANTED_HOUR = "Type an hour like 2:00 pm or 14:00."


def hour(typed: str) -> time:
    """Return the time of day that was typed; ValueError with a sentence where it is none.

    An hour before seven without `am` is refused: no court sits then, and 2:00 means the afternoon.

    >>> hour("2 pm"), hour("9:30"), hour("14:00")
    (datetime.time(14, 0), datetime.time(9, 30), datetime.time(14, 0))
    """
    found = _HOUR.match(typed.strip().lower())
    if found is None:
        raise ValueError(f"{_shown(typed)} is not an hour we can read. {WANTED_HOUR}")
    number, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half is None and number < 7 and not found["hour"].startswith("0"):
        raise ValueError(f"{_shown(typed)} could be morning or afternoon. {WANTED_HOUR}")
    if number > 23 or minute > 59 or (half is not None and not 1 <= number <= 12):
        raise ValueError(f"{_shown(typed)} is not an hour we can read. {WANTED_HOUR}")
    if half is not None:
        number = number % 12 + (12 if half.startswith("p") else 0)
    return time(number, minute)


def _date(parts: dict[str, str], typed: str) -> date:
    month = int(parts["month"]) if "month" in parts else _month(parts["name"], typed)
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, int(parts["day"]))
    except ValueError:
        raise ValueError(f"{_shown(typed)} {_why_not(year, month, int(parts['day']))}") from None


def _why_not(year: int, month: int, day: int) -> str:
    """Say why there is no such day; where the day was typed first, as elsewhere, what to type."""
    try:
        meant = date(year, day, month)
    except ValueError:
        return f"is not in the calendar. {WANTED}"
    return (
        f"has no month {month}. Type a date like 9/8/2026, month first; for "
        f"{long_day(meant)} type {meant.month}/{meant.day}/{meant.year}."
    )


def _month(name: str, typed: str) -> int:
    for number, month in enumerate(MONTHS, start=1):
        if month.startswith(name):
            return number
    raise ValueError(f"{_shown(typed)} names no month we know. {WANTED}")


def _shown(typed: str) -> str:
    cut = typed.strip()
    return f"“{cut[:40]}…”" if len(cut) > 40 else f"“{cut}”"
