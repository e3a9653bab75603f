"""The dates that calendars show, of the matters somebody may see: one reading for them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casemgr.db import calendar_lists as lists
from casemgr.domain.calendar_dates import CalendarKind, Dated, FeedOf, Standing
from casemgr.domain.words import Side
from casemgr.usecases.views.lens import Lens

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """From which day to which (both belong to it), and whose dates; a feed's reach further.

    `person_id` goes with FeedOf.MINE, `role` with FeedOf.ROLE.
    """

    since: date
    until: date
    shows: FeedOf = FeedOf.ALL
    person_id: str | None = None
    role: str | None = None
    of_feed: bool = False

    def given(self) -> dict[str, object]:
        """Return what the statements of `calendar_lists` are given."""
        return {
            "since": self.since,
            "until": self.until,
            # A day begins and ends at another moment in every zone.
            "since_at": datetime.combine(self.since - A_DAY, time(), UTC),
            "until_at": datetime.combine(self.until + 2 * A_DAY, time(), UTC),
            "person": self.person_id,
            "role": self.role,
        }


def dates(seen: Lens, asked: Asked) -> list[Dated]:
    """Return deadlines, hearings and plans within these days, by day."""
    found = [*_deadlines(seen, asked), *hearings(seen, asked), *_plans(seen, asked)]
    return sorted(found, key=_by_day)


def _by_day(dated: Dated) -> tuple[date, bool, datetime, str]:
    at = dated.at or datetime.min.replace(tzinfo=UTC)
    return dated.first, dated.at is None, at, dated.id


# --- deadlines


class _Deadline(NamedTuple):
    id: str
    key: str
    matter_id: str
    matter: str
    title: str
    whose: Side
    first: date
    last: date
    certain: bool
    done: bool
    ended: bool
    sequence: int
    known_on: date
    done_on: date | None
    superseded_on: date | None
    where: str
    owner: str


def _deadlines(seen: Lens, asked: Asked) -> Iterator[Dated]:
    statement = lists.deadlines(asked.shows, of_feed=asked.of_feed)
    rows = seen.rows(statement, _Deadline, **asked.given())
    newest: dict[str, _Deadline] = {}
    for row in rows:
        # A date that fell away and came again is told once, as it stands.
        other = newest.get(row.key)
        if other is None or _newer(row, other):
            newest[row.key] = row
    return map(_of_deadline, newest.values())


def _newer(one: _Deadline, other: _Deadline) -> bool:
    return (not one.ended, one.known_on) > (not other.ended, other.known_on)


def _of_deadline(row: _Deadline) -> Dated:
    ended_on = row.superseded_on if row.ended else None
    done_on = row.done_on if row.done else None
    return Dated(
        kind=CalendarKind.OURS if row.whose is Side.OURS else CalendarKind.THEIRS,
        id=row.id,
        key=row.key,
        matter_id=row.matter_id,
        matter=row.matter,
        title=row.title,
        where=row.where,
        first=row.first,
        last=max(row.first, row.last),
        standing=_standing(row),
        sequence=row.sequence,
        changed_on=max(filter(None, (row.known_on, done_on, ended_on))),
        page=f"/deadlines/{row.id}",
        owner=row.owner,
    )


def _standing(row: _Deadline) -> Standing:
    if row.ended:
        return Standing.CANCELLED
    if row.done:
        return Standing.DONE
    return Standing.OPEN if row.certain else Standing.NOT_CONFIRMED


# --- hearings


class _Hearing(NamedTuple):
    id: str
    key: str
    matter_id: str
    matter: str
    title: str
    lawsuit_id: str
    starts_at: datetime
    zone: str
    place: str
    off: bool
    sequence: int
    known_on: date
    superseded_on: date | None
    cited_as: str


def hearings(seen: Lens, asked: Asked) -> Iterator[Dated]:
    """Yield the hearings within these days, and nothing else; those called off as such."""
    statement = lists.hearings(asked.shows, of_feed=asked.of_feed)
    for row in seen.rows(statement, _Hearing, **asked.given()):
        day = row.starts_at.astimezone(ZoneInfo(row.zone)).date()
        if asked.since <= day <= asked.until:
            yield _of_hearing(row, day)


def _of_hearing(row: _Hearing, day: date) -> Dated:
    off_on = row.superseded_on if row.off else None
    return Dated(
        kind=CalendarKind.HEARING,
        id=row.id,
        key=row.key,
        matter_id=row.matter_id,
        matter=row.matter,
        title=row.title,
        where=row.cited_as,
        first=day,
        last=day,
        standing=Standing.CANCELLED if row.off else Standing.OPEN,
        sequence=row.sequence,
        changed_on=max(filter(None, (row.known_on, off_on))),
        page=f"/hearings/{row.id}",
        at=row.starts_at.astimezone(UTC),
        zone=row.zone,
        place=row.place,
    )


# --- plans


class _Plan(NamedTuple):
    id: str
    matter_id: str
    matter: str
    title: str
    due_on: date
    done: bool
    given_up: bool
    sequence: int
    known_on: date
    done_on: date | None
    person: str


def _plans(seen: Lens, asked: Asked) -> Iterator[Dated]:
    statement = lists.plans(asked.shows, of_feed=asked.of_feed)
    return map(_of_plan, seen.rows(statement, _Plan, **asked.given()))


def _of_plan(row: _Plan) -> Dated:
    standing = Standing.CANCELLED if row.given_up else Standing.OPEN
    return Dated(
        kind=CalendarKind.PLAN,
        id=row.id,
        key=row.id,
        matter_id=row.matter_id,
        matter=row.matter,
        title=row.title,
        where="",
        first=row.due_on,
        last=row.due_on,
        standing=Standing.DONE if row.done else standing,
        sequence=row.sequence,
        changed_on=max(filter(None, (row.known_on, row.done_on if row.done else None))),
        page=f"/matters/{row.matter_id}#tasks",
        owner=row.person,
    )
