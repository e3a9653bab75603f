"""Dates for tests, and calendars read back as another program reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from icalendar import Calendar, Event

from casemgr.domain.calendar_dates import CalendarKind, Dated, Standing

SITE = "https://cases.example.org"


def dated(**more: Any) -> Dated:
    """Return a deadline of ours on November 12, 2010."""
    day = more.get("first", date(2010, 11, 12))
    given: dict[str, Any] = {
        "kind": CalendarKind.OURS,
        "id": "D-0000000001",
        "key": "DE-0000000001:lcr.nysd.6_1b.opposition",
        "matter_id": "M-0000000001",
        "matter": "Alvarez v. ICE",
        "title": "Oppose the motion",
        "where": "10 Civ. 9001",
        "first": day,
        "last": day,
        "standing": Standing.OPEN,
        "sequence": 2,
        "changed_on": date(2010, 10, 29),
        "page": "/deadlines/D-0000000001",
        **more,
    }
    return Dated(**given)


def hearing(**more: Any) -> Dated:
    """Return a hearing at two in the afternoon in New York."""
    given = {
        "kind": CalendarKind.HEARING,
        "id": "H-0000000001",
        "key": "H-0000000001",
        "title": "Hearing on the motion",
        "first": date(2010, 11, 9),
        "at": datetime(2010, 11, 9, 19, tzinfo=UTC),
        "zone": "America/New_York",
        "place": "Courtroom 15C",
        "page": "/hearings/H-0000000001",
        **more,
    }
    return dated(**given)


def read(body: bytes) -> list[Event]:
    """Return the entries of a calendar as the icalendar library reads them: it is not ours."""
    whole = Calendar.from_ical(body.decode())
    assert not whole.errors
    found = whole.walk("VEVENT")
    assert not any(each.errors for each in found)
    return found


def named(body: bytes) -> dict[str, Event]:
    """Return the entries of a calendar by their titles."""
    return {str(each["SUMMARY"]): each for each in read(body)}
