"""The delay of every component of a request in one table, from the clocks and their events.

For a declaration in support of summary judgment: when the request was sent and received, when the
time for a determination ended (5 U.S.C. § 552(a)(6)), when the component decided, and how many
days that was late. What the file does not show is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Agency, Deadline, Event, FoiaRequest, Track
from casemgr.domain import declaration_tables as tables
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import Certainty
from casemgr.usecases import delay
from casemgr.usecases.work import Work

HEAD = ("Component", "Sent", "Received", "Due", "Decided", "Days late")
UNKNOWN = "Not on file"


@dataclass(frozen=True)
class Course:
    """What is on file of one component: its own row, without what only the passing day changes."""

    component: str
    sent: date | None
    receipt: Event | None
    due: Deadline
    decided: Event | None

    @property
    def basis(self) -> tuple[object, ...]:
        """Return what the row rests on: where this changes, the table is stale."""
        due = self.due
        days = (due.due, due.earliest, due.latest, due.certain)
        return (self.component, self.sent, _received(self.receipt), *days, _day(self.decided))

    def row(self, today: date) -> tuple[str, ...]:
        """Return the row as a table prints it on a day."""
        ends = _ends(self.due)
        until = self.decided.happened_on if self.decided else today
        return (
            self.component,
            long_day(self.sent) if self.sent else UNKNOWN,
            _received(self.receipt),
            " to ".join(map(long_day, ends)),
            _day(self.decided) or f"Not by {long_day(today)}",
            tables.days_late([(until - each).days for each in ends]),
        )


@dataclass(frozen=True)
class DelayTable:
    """The delay of the components of one request: words, table, and what they rest on."""

    request: FoiaRequest
    of: str
    says: str
    basis: tuple[object, ...]


def of_matter(work: Work, matter_id: str) -> Iterator[DelayTable]:
    """Yield the table of each request of a matter; none without a clock."""
    doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    requests = work.session.exec(
        select(FoiaRequest)
        .where(FoiaRequest.matter_id == matter_id, col(FoiaRequest.known_on) <= work.today)
        .order_by(col(FoiaRequest.requested_on), col(FoiaRequest.id))
    ).all()
    for request in requests:
        if courses := list(_courses(work, request)):
            yield _table(work, request, courses)


def _table(work: Work, request: FoiaRequest, courses: list[Course]) -> DelayTable:
    of = f"of {long_day(request.requested_on)}" if request.requested_on else "(day not on file)"
    words = (
        f"The table below states, for each component that has the request {of}, when the request "
        "was sent and received, when the time for a determination ended, when the component "
        f"decided, and how many days late that was, as the file shows it on "
        f"{long_day(work.today)}."
    )
    rows = tuple(each.row(work.today) for each in courses)
    table = tables.Typed(f"Time to decide the request {of}", HEAD, rows)
    basis = tuple(part for each in courses for part in each.basis)
    return DelayTable(request, of, tables.with_table(words, table), basis)


def _courses(work: Work, request: FoiaRequest) -> Iterator[Course]:
    found = work.session.execute(
        sa.select(Track, Agency)
        .join(Agency, col(Agency.id) == col(Track.agency_id))
        .where(col(Track.request_id) == request.id, col(Track.known_on) <= work.today)
        .order_by(col(Agency.name), col(Track.id))
    ).all()
    for track, agency in found:
        due = delay.due_of(work, track)
        if due is None:
            continue
        yield Course(
            agency.short_name or agency.name,
            request.requested_on,
            delay.receipt_of(work, track),
            due,
            delay.decision_of(work, track),
        )


def _received(receipt: Event | None) -> str:
    exact = receipt is not None and receipt.certainty is Certainty.EXACT
    return long_day(receipt.happened_on) if receipt and exact else UNKNOWN


def _day(event: Event | None) -> str:
    return long_day(event.happened_on) if event else ""


def _ends(due: Deadline) -> list[date]:
    """Return the day on which the time ended, or the first and the last that it may have been."""
    if due.certain and due.due is not None:
        return [due.due]
    days = {each for each in (due.earliest, due.latest) if each is not None}
    return sorted(days)
