"""Hearings that move or are called off: the old time stays readable, with what changed it.

A hearing's new time is a new row that supersedes the old one, as a deadline's new date is. What
is counted to a hearing moves with it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime

from casemgr.db.tables import DocketEntry, Hearing
from casemgr.domain.prose import long_day
from casemgr.errors import WrongMoment
from casemgr.fields import Code, Input, Reason
from casemgr.usecases import calendar_invitations, records
from casemgr.usecases.litigation import ShortTitle, of_lawsuit, open_row, project
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

_KEPT = (
    "matter_id", "lawsuit_id", "title", "zone", "place", "decides_ids", "source", "confidence",
)  # fmt: skip


class OffInput(Input):
    """Why a hearing does not take place as it was set, and the docket entry that says so."""

    because: Reason
    docket_entry_id: Code | None = None


class MoveInput(OffInput):
    """To what moment a hearing is moved; without a place it stays where it was."""

    starts_at: AwareDatetime
    place: ShortTitle = ""


def move_hearing(
    work: Work, hearing_id: str, given: MoveInput, *, version: int | None = None
) -> Hearing:
    """Set a hearing for another time; the old time stays in its history."""
    old = _standing(work, hearing_id, version)
    starts_at = _checked_moment(work, old, given)
    was = _superseded(work, old, given)
    kept = {name: getattr(old, name) for name in _KEPT}
    kept["place"] = given.place or old.place
    first = old.first_id or old.id
    new = Hearing(first_id=first, starts_at=starts_at, known_on=work.today, **kept)
    records.keep(work, new)
    old.superseded_by_id = new.id
    records.keep(work, old)
    now = said_at(starts_at, new.zone)
    work.record("hearing.moved", new, title=new.title, was=was, now=now, because=given.because)
    project(work, new.lawsuit_id, f"{new.title} was moved from {was} to {now}")
    says = f"This moved from {was} to {now}. Why: {given.because}."
    calendar_invitations.owe(work, new, "Moved", says)
    return new


def cancel_hearing(
    work: Work, hearing_id: str, given: OffInput, *, version: int | None = None
) -> Hearing:
    """Note that a hearing is off; it stays on file as called off."""
    row = _standing(work, hearing_id, version)
    checks = Checks(work)
    of_lawsuit(checks, "docket_entry_id", DocketEntry, given.docket_entry_id, row.lawsuit_id)
    checks.done()
    was = _superseded(work, row, given)
    records.keep(work, row)
    work.record("hearing.cancelled", row, title=row.title, was=was, because=given.because)
    project(work, row.lawsuit_id, f"{row.title} was called off")
    calendar_invitations.owe(work, row, "Called off", f"This is off. Why: {given.because}.")
    return row


def said_at(at: datetime, zone: str) -> str:
    """Return a moment by the clock of a zone.

    >>> said_at(datetime(2010, 11, 9, 19, tzinfo=UTC), "America/New_York")
    'November 9, 2010, 2:00 pm EST'
    """
    there = at.astimezone(ZoneInfo(zone))
    half = "am" if there.hour < 12 else "pm"
    hour = f"{there.hour % 12 or 12}:{there:%M} {half} {there.tzname()}"
    return f"{long_day(there.date())}, {hour}"


def _standing(work: Work, hearing_id: str, version: int | None) -> Hearing:
    row = open_row(work, Hearing, hearing_id, version)
    refuse_over(row)
    if row.outcome_known_on is not None:
        raise WrongMoment(
            "This hearing was held: how it ended is on file. Record the next one as a new hearing."
        )
    return row


def refuse_over(row: Hearing) -> None:
    """Raise WrongMoment for a time that a hearing was moved from, or that was called off."""
    if row.superseded_on is None:
        return
    if row.superseded_by_id is None:
        raise WrongMoment(
            f"This hearing was called off on {long_day(row.superseded_on)}. If it was set "
            "again, record it as a new hearing."
        )
    raise WrongMoment(
        f"This hearing was moved on {long_day(row.superseded_on)}. Change the time it was moved to."
    )


def _checked_moment(work: Work, old: Hearing, given: MoveInput) -> datetime:
    checks = Checks(work)
    of_lawsuit(checks, "docket_entry_id", DocketEntry, given.docket_entry_id, old.lawsuit_id)
    if not 1900 <= given.starts_at.year <= 2199:
        checks.wrong("starts_at", "Give a year from 1900 to 2199.")
    elif given.starts_at == old.starts_at:
        checks.wrong("starts_at", "This is the time it is set for. Give the new one.")
    checks.done()
    return given.starts_at.astimezone(UTC)


def _superseded(work: Work, row: Hearing, given: OffInput) -> str:
    """Note why a time no longer stands, and return it in words."""
    row.superseded_on, row.superseded_because = work.today, given.because
    row.changed_by_entry_id = given.docket_entry_id
    work.session.add(row)
    return said_at(row.starts_at, row.zone)
