"""A date as calendars show it: pages, feeds and invitations all begin with this one shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

LASTS = timedelta(hours=1)  # a hearing's end is nowhere on file; an hour is what calendars show
_OURS = UUID("7d1f0c5e-5b0a-4c0e-9a53-1f6b0a6d2c11")  # drawn once: entries keep their names by it


class CalendarKind(StrEnum):
    """What sort of date it is; a plan is never a legal deadline."""

    OURS = "ours"
    THEIRS = "theirs"
    HEARING = "hearing"
    PLAN = "plan"


class Standing(StrEnum):
    """How a date stands; none of it depends on the day on which somebody looks."""

    OPEN = "open"
    NOT_CONFIRMED = "not_confirmed"
    DONE = "done"
    CANCELLED = "cancelled"


class FeedOf(StrEnum):
    """Which dates a calendar address gives, of those its person may see."""

    MINE = "mine"  # what they own, second or answer for, and every hearing of their matters
    ALL = "all"
    MATTER = "matter"
    ROLE = "role"  # what everybody of one role owns


@dataclass(frozen=True, slots=True)
class Dated:
    """One date: a deadline, a hearing or a plan.

    `key` stays the same however often the date moves, and `sequence` grows with each change.
    `first` and `last` are the same day but for a date known only as a span. `at` is a hearing's
    moment in UTC. `page` is the path on which the date is explained.
    """

    kind: CalendarKind
    id: str
    key: str
    matter_id: str
    matter: str
    title: str
    where: str  # the agency or the court's number
    first: date
    last: date
    standing: Standing
    sequence: int
    changed_on: date
    page: str
    owner: str = ""
    at: datetime | None = None
    zone: str = ""
    place: str = ""

    @property
    def there(self) -> datetime | None:
        """Return a hearing's moment by the clock on the courtroom's wall."""
        return self.at.astimezone(ZoneInfo(self.zone)) if self.at else None

    @property
    def asks(self) -> bool:
        """Say whether somebody of the office still has to be there or do something."""
        open_still = self.standing in (Standing.OPEN, Standing.NOT_CONFIRMED)
        return open_still and self.kind is not CalendarKind.THEIRS

    @property
    def uid(self) -> str:
        """Return the name under which every calendar program knows this date for good.

        It is made from the key and tells nothing of it.
        """
        return str(uuid5(_OURS, f"{self.kind is CalendarKind.HEARING}:{self.key}"))


_STANDS = {
    Standing.OPEN: "",
    Standing.NOT_CONFIRMED: "NOT CONFIRMED: ",
    Standing.DONE: "Done: ",
    Standing.CANCELLED: "Cancelled: ",
}
_NEUTRAL = {
    CalendarKind.OURS: "Our deadline",
    CalendarKind.THEIRS: "Their deadline",
    CalendarKind.HEARING: "Court date",
    CalendarKind.PLAN: "Plan",
}
_SIDE = {
    CalendarKind.OURS: "We must: ",
    CalendarKind.THEIRS: "They must: ",
    CalendarKind.HEARING: "",
    CalendarKind.PLAN: "Plan: ",
}


def heading(dated: Dated, *, neutral: bool = False) -> str:
    """Return a date's title in somebody's calendar; a neutral one names no matter and nobody.

    Each carries the record's code, so that it can be found here from any calendar.
    """
    stands = _STANDS[dated.standing]
    if neutral:
        return f"{stands}{_NEUTRAL[dated.kind]} ({dated.id})"
    where = f", {dated.where}" if dated.where else ""
    return f"{stands}{_SIDE[dated.kind]}{dated.title}{where} ({dated.id})"
