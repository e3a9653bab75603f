"""Calendar entries as other programs read them: iCalendar, RFC 5545.

The lines are written here and not by a library: for a feed of thousands of entries the library
takes ten times as long (README, Decisions). What may not be in a line is decided in `_text` alone,
and the tests read every line back with a reader that somebody else wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from casemgr.domain.calendar_dates import LASTS, CalendarKind, Dated, Standing, heading

LINE = 75  # octets, RFC 5545 section 3.1; the end of the line is not counted
ONE_DAY = timedelta(days=1)
FORM = 1  # raised when entries are written another way: every program then fetches them anew
PRODUCT = "-//casemgr//Dates//EN"
BEHIND = "A calendar may show changes hours late. The true list is on the page of this date:"

# A line break is the one control character that a text can say (RFC 5545 section 3.3.11).
_BREAKS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSAID = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# What most words are made of: nothing of it has to be looked at sign by sign.
_PLAIN = re.compile(r"[\n -~]*")
_NO_ADDRESS = re.compile(r"[^!#-;=?-\[\]_a-z~]")
_MEANS = (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"))  # in this order


@dataclass(frozen=True, slots=True)
class Look:
    """How dates are told to other programs: the site's address, and what is left out."""

    site: str
    neutral: bool = False
    alarms: bool = True


def calendar(name: str, dates: Iterable[Dated], look: Look) -> bytes:
    """Return a whole calendar; the same dates make the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(name)}",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for dated in dates:
        lines += _event(dated, look)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def about(dated: Dated, look: Look) -> str:
    """Return what stands in an entry below its title: whose it is, and where its reasons are."""
    told = [] if look.neutral else [f"Matter: {dated.matter}"]
    if dated.first != dated.last:
        told.append("No single day is known: it may be any day of these.")
    if dated.at is not None:
        told.append("When it ends is not known; one hour is shown.")
    return "\n".join([*told, f"{BEHIND} {look.site}{dated.page}"])


def _event(dated: Dated, look: Look) -> Iterator[str]:
    title = _text(heading(dated, neutral=look.neutral))
    changed = f"{_day(dated.changed_on)}T000000Z"
    yield "BEGIN:VEVENT"
    yield f"UID:{dated.uid}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield f"SEQUENCE:{dated.sequence}"
    yield from _when(dated)
    yield f"SUMMARY:{title}"
    yield f"DESCRIPTION:{_text(about(dated, look))}"
    if dated.place and not look.neutral:
        yield f"LOCATION:{_text(dated.place)}"
    yield f"URL:{_text_of_address(look.site + dated.page)}"
    yield f"STATUS:{_STATUS.get(dated.standing, 'CONFIRMED')}"
    yield f"TRANSP:{'OPAQUE' if dated.kind is CalendarKind.HEARING else 'TRANSPARENT'}"
    if look.alarms and dated.asks:
        for before in ("-P1D", "-PT1H") if dated.at else ("-P6DT15H", "-PT15H"):
            yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{title}")
            yield from (f"TRIGGER:{before}", "END:VALARM")
    yield "END:VEVENT"


_STATUS = {Standing.CANCELLED: "CANCELLED", Standing.NOT_CONFIRMED: "TENTATIVE"}


def _when(dated: Dated) -> Iterator[str]:
    if dated.at is not None:
        yield f"DTSTART:{_moment(dated.at)}"
        yield f"DTEND:{_moment(dated.at + LASTS)}"
        return
    yield f"DTSTART;VALUE=DATE:{_day(dated.first)}"
    yield f"DTEND;VALUE=DATE:{_day(dated.last + ONE_DAY)}"  # the first day that is not of it


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _moment(at: datetime) -> str:
    there = at.astimezone(UTC)
    return f"{_day(there)}T{there.hour:02}{there.minute:02}{there.second:02}Z"


def _text(said: str) -> str:
    """Return words as a line may hold them: nothing in them begins another line or value."""
    if not _PLAIN.fullmatch(said):
        said = _UNSAID.sub("", _BREAKS.sub("\n", said))
    for sign, meant in _MEANS:
        if sign in said:
            said = said.replace(sign, meant)
    return said


def _text_of_address(address: str) -> str:
    return _NO_ADDRESS.sub("", address)


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which ends within a character."""
    octets = line.encode()
    if len(octets) <= LINE:
        return line
    pieces, start, room = [], 0, LINE
    while start < len(octets):
        end = min(start + room, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        pieces.append(octets[start:end].decode())
        start, room = end, LINE - 1  # the space that joins the next one counts
    return "\r\n ".join(pieces)
