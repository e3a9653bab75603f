"""A court date by mail: an invitation when it is set or moved, and one taken back when it is off.

Owed in the transaction that set it, and sent with the reminders (`casemgr.sweeping`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from casemgr.db.tables import Hearing
from casemgr.domain.calendar_dates import LASTS, CalendarKind, Dated, Standing, heading
from casemgr.domain.calendar_text import PRODUCT, Look, about
from casemgr.domain.reminders import ReminderKind
from casemgr.usecases import duties, owing
from casemgr.usecases.calendar_reading import Asked, dates
from casemgr.usecases.views.lens import lens
from casemgr.usecases.work import Work


class Method(StrEnum):
    """What a calendar program is asked to do with an invitation (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def owe(work: Work, hearing: Hearing, headline: str, says: str) -> None:
    """Owe an invitation to who answers for the matter; one to a hearing that is over is not owed.

    casemgr itself, replaying an office's past, invites nobody.
    """
    work.session.flush()
    if work.actor.id is None or hearing.starts_at <= work.now:
        return
    dated = _dated(work, hearing)
    off = dated.standing is Standing.CANCELLED
    method = Method.CANCEL if off else Method.REQUEST
    facts = {
        "headline": headline,
        "says": says[:600],
        "invitation": {"method": method.value, **_packed(dated)},
    }
    told = f"{hearing.id}:{method.value}:{dated.sequence}"
    owing.write(
        work,
        [
            owing.line(
                kind=ReminderKind.NOTICE,
                matter_id=hearing.matter_id,
                person_id=who,
                send_at=work.now,
                key=f"hearing:{told}:{who}",
                due_on=dated.first,
                facts=facts,
            )
            for who in _whom(work, hearing.matter_id)
        ],
    )


def _whom(work: Work, matter_id: str) -> tuple[str, ...]:
    """Return who answers for the matter, or everybody on it where nobody does."""
    found = owing.responsible_for(work, [matter_id])[matter_id]
    there = duties.stays(work, [matter_id])[matter_id]
    return found or tuple(each.person_id for each in there if each.member)


def _dated(work: Work, hearing: Hearing) -> Dated:
    day = hearing.starts_at.date()
    asked = Asked(date.fromordinal(day.toordinal() - 1), date.fromordinal(day.toordinal() + 1))
    found = dates(lens(work).narrowed(hearing.matter_id), asked)
    return next(each for each in found if each.id == hearing.id)


def _packed(dated: Dated) -> dict[str, Any]:
    """Return a hearing as JSON keeps it until its mail is written."""
    plain = {name: value for name, value in asdict(dated).items() if name != "at"}
    assert dated.at is not None
    return {
        **{name: str(value) for name, value in plain.items() if name != "sequence"},
        "sequence": dated.sequence,
        "at": dated.at.isoformat(),
    }


def unpacked(kept: Mapping[str, Any]) -> tuple[Method, Dated]:
    """Return what an owed invitation asks, and the hearing it is for, as it then stood."""
    text: dict[str, Any] = {name: kept[name] for name in (*_TEXT, "sequence")}
    return Method(kept["method"]), Dated(
        kind=CalendarKind(kept["kind"]),
        standing=Standing(kept["standing"]),
        at=datetime.fromisoformat(kept["at"]),
        first=date.fromisoformat(kept["first"]),
        last=date.fromisoformat(kept["last"]),
        changed_on=date.fromisoformat(kept["changed_on"]),
        **text,
    )


_TEXT = (
    "id", "key", "matter_id", "matter", "title", "where", "page", "owner", "zone", "place",
)  # fmt: skip


def invitation(
    dated: Dated,
    method: Method,
    *,
    organiser: tuple[str, str],
    attendee: tuple[str, str],
    site: str,
) -> bytes:
    """Return a hearing as an invitation to one person: names and addresses of who asks and whom.

    The same hearing makes the same bytes, so that a mail sent twice is one invitation.
    """
    # Takes a tenth of a second to load, and only mails of hearings need it.
    from icalendar import Calendar, Event, vCalAddress  # noqa: PLC0415

    event = Event()
    changed = datetime.combine(dated.changed_on, time(), UTC)
    assert dated.at is not None
    for name, value in (
        ("UID", dated.uid),
        ("DTSTAMP", changed),
        ("SEQUENCE", dated.sequence),
        ("DTSTART", dated.at),
        ("DTEND", dated.at + LASTS),
        ("SUMMARY", heading(dated)),
        ("DESCRIPTION", about(dated, Look(site))),
        ("LOCATION", dated.place),
        ("URL", f"{site}{dated.page}"),
        ("STATUS", "CANCELLED" if method is Method.CANCEL else "CONFIRMED"),
        ("TRANSP", "OPAQUE"),
    ):
        event.add(name, value)
    for name, (called, email) in (("ORGANIZER", organiser), ("ATTENDEE", attendee)):
        address = vCalAddress(f"mailto:{email}")
        address.params["CN"] = _quotable(called)
        if name == "ATTENDEE":
            address.params["PARTSTAT"] = "NEEDS-ACTION"
            address.params["RSVP"] = "FALSE"
        event.add(name, address)
    made = Calendar()
    for name, value in (("PRODID", PRODUCT), ("VERSION", "2.0"), ("METHOD", method.value)):
        made.add(name, value)
    made.add_component(event)
    body: bytes = made.to_ical()
    return body


def _quotable(called: str) -> str:
    """Return a name as a parameter can hold it: without quotes and signs that act (RFC 5545)."""
    return "".join(sign for sign in called if sign.isprintable() and sign != '"')
