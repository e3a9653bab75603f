"""How pages say dates, spans, kinds and moments: one place, so that they never differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from casemgr.domain.prose import full_day, with_capital
from casemgr.domain.words import Certainty, Confidence, EventKind

if TYPE_CHECKING:
    from casemgr.usecases.views.events import Event
    from casemgr.usecases.views.incoming import Asked
    from casemgr.usecases.views.lawsuit_rows import Entry

_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\b(?P<day>\d{4}-\d{2}-\d{2})\b"
)

KINDS = {
    EventKind.RECEIVED_BY_DESIGNATED: "They got it, in an office that may pass it on",
    EventKind.RECEIVED: "They got it, in the right office",
    EventKind.INFORMATION_REQUEST: "They asked us something",
    EventKind.INFORMATION_REPLY_RECEIVED: "They got our answer",
    EventKind.FEE_QUESTION: "They asked about fees",
    EventKind.FEE_REPLY_RECEIVED: "They got our answer about fees",
    EventKind.EXTENSION_NOTICE: "They need more time",
    EventKind.EXPEDITION_REQUESTED: "We asked for faster processing",
    EventKind.EXPEDITION_DECIDED: "They decided on faster processing",
    EventKind.DETERMINATION: "They decided",
    EventKind.APPEAL_SENT: "We sent an appeal",
    EventKind.APPEAL_RECEIVED: "They got the appeal",
    EventKind.APPEAL_DETERMINATION: "They decided the appeal",
    EventKind.SUIT_FILED: "Suit was filed",
    EventKind.WITHDRAWN: "We withdrew it",
    EventKind.CLOSED: "Closed",
    EventKind.SENT: "We sent it",
    EventKind.ACKNOWLEDGED: "They wrote that they have it",
    EventKind.INFORMATION_REPLY_SENT: "We answered their question",
    EventKind.FEE_ESTIMATE: "They said what it may cost",
    EventKind.FEE_REPLY_SENT: "We answered about fees",
    EventKind.STILL_INTERESTED: "They asked whether we still want it",
    EventKind.INTEREST_REPLY_SENT: "We said that we still want it",
    EventKind.ROUTED: "They passed it to another office",
    EventKind.REFERRED: "They referred it to another agency",
    EventKind.CONSULTED: "They consult another agency",
    EventKind.FEE_WAIVER_REQUESTED: "We asked for a fee waiver",
    EventKind.FEE_WAIVER_DECIDED: "They decided on the fee waiver",
    EventKind.CALL: "Telephone call",
    EventKind.LETTER: "Letter",
    EventKind.RECORDS_PRODUCED: "Records came",
    EventKind.OGIS: "OGIS, the mediator",
    EventKind.CHECKED: "We read it over before suing",
    EventKind.HAPPENED: "Something else",
}

CONFIDENCE = {
    Confidence.A: "a primary document",
    Confidence.B: "a press release, the news or an advocate’s page",
    Confidence.C: "inferred, or not read again",
    Confidence.OURS: "entered here",
}

CERTAINTY = {
    Certainty.EXACT: "Exact",
    Certainty.ABOUT: "About",
    Certainty.MONTH: "Month only",
    Certainty.UNKNOWN: "Not known",
}


def brief(day: date, today: date) -> str:
    """Return a day as tables print it: `Tue, Sep 8`, with the year when it is another one."""
    said = f"{day:%a}, {day:%b} {day.day}"
    return said if day.year == today.year else f"{said}, {day.year}"


def _time(day: date, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words)


@lru_cache(maxsize=4096)  # a list says the same few days again and again
def in_table(day: date | None, today: date) -> Markup:
    """Return a day for a table cell, as a `time` element."""
    return Markup("Not known") if day is None else _time(day, brief(day, today))


def in_sentence(day: date | None) -> Markup:
    """Return a day for a sentence, as a `time` element."""
    return Markup("not known") if day is None else _time(day, full_day(day))


def happened(row: Any, today: date, on: date | None = None) -> Markup:
    """Say when something happened, as surely as it is known: exactly, about, in a month."""
    day = on or row.happened_on
    until, certainty = getattr(row, "until_on", None), row.certainty
    if certainty is Certainty.UNKNOWN:
        return Markup("Not known; {} at the earliest").format(in_table(day, today))
    if certainty is Certainty.MONTH:
        return _time(day, f"{day:%b %Y}")
    about = "About " if certainty is Certainty.ABOUT else ""
    if until is not None and until != day:
        return Markup("{}{} to {}").format(about, in_table(day, today), in_table(until, today))
    return Markup("{}{}").format(about, in_table(day, today))


def moment(at: datetime, zone: Any) -> Markup:
    """Return a moment in the office's zone: `Oct 13, 2026, 10:41 am`."""
    there = at.astimezone(zone)
    hour = there.hour % 12 or 12
    said = (
        f"{there:%b} {there.day}, {there.year}, {hour}:{there:%M} "
        f"{'am' if there.hour < 12 else 'pm'}"
    )
    return Markup('<time datetime="{}">{}</time>').format(there.isoformat(timespec="seconds"), said)


def clock_time(there: datetime) -> str:
    """Return a time of day with its zone: `2:00 pm EST`."""
    half = "am" if there.hour < 12 else "pm"
    return f"{there.hour % 12 or 12}:{there:%M} {half} {there.tzname()}"


def typed_again(value: object) -> str:
    """Return a kept value as a form has it, to be typed over; nothing is an empty field."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def dollars(cents: int | None) -> str:
    """Return an amount as letters print it: `$1,200.50`."""
    return "Not known" if cents is None else f"${cents // 100:,}.{cents % 100:02d}"


def words(kind: object) -> str:
    """Return a word of one of the closed lists as people read it."""
    said = str(kind).replace("_", " ")
    return with_capital(said).replace("Foia", "FOIA").replace("foia", "FOIA")


def prose(text: object) -> Markup:
    """Return a sentence with the days that stand in it as 2010-11-12 written out in full."""
    said, parts, end = str(text), [], 0
    for found in _DAY.finditer(said):
        try:
            day = date.fromisoformat(found["day"])
        except ValueError:
            continue  # a number that looks like a day and is none
        parts += [escape(said[end : found.start()]), _time(day, full_day(day))]
        end = found.end()
    return Markup("").join([*parts, escape(said[end:])])


def sentence(text: object) -> Markup:
    """Return a line of a proof as a sentence: with a capital, and its days written out."""
    said = str(text)
    return prose(with_capital(said))


def step_day(text: str | None) -> Markup:
    """Return the day that a proof keeps as text; nothing where the line is about no day."""
    if not text:
        return Markup("")
    day = date.fromisoformat(text[:10])
    return _time(day, full_day(day))


def maybe_day(text: object) -> Markup | str:
    """Return a day that history keeps as text in full; other words stay as they are."""
    try:
        return in_sentence(date.fromisoformat(str(text)))
    except ValueError:
        return str(text)


def entry_kind(kind: object) -> str:
    """Return a docket entry's kind in capitals, as dockets print it."""
    return str(kind).replace("_", " ").upper()


def choices(kinds: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Return a closed list as the options of a form."""
    return [(each.value, words(each)) for each in kinds]


def kind_choices() -> list[tuple[str, str]]:
    """Return what can be logged, in everyday words in front of the law's."""
    return [
        (each.value, says if (law := words(each)) == says else f"{says} ({law.lower()})")
        for each, says in KINDS.items()
    ]


def entry_choices(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Return the docket as the options of a form."""
    return [
        (each.id, f"{each.filed_on.isoformat()} {entry_kind(each.kind)}, {each.name}")
        for each in entries
    ]


def asked_choices(found: Iterable[Asked], today: date) -> list[tuple[str, str]]:
    """Return letters of theirs that an answer may be for, as the options of a form."""
    return [
        (each.id, f"{brief(each.happened_on, today)}: {each.says[:60] or KINDS[each.kind].lower()}")
        for each in found
    ]


def receipt_choices(found: Iterable[Event], today: date) -> list[tuple[str, str]]:
    """Return receipts that contradict each other as the options of a form."""
    return [
        (each.id, f"{brief(each.happened_on, today)}, {each.source or 'no source'}")
        for each in sorted(found, key=lambda each: each.happened_on)
    ]
