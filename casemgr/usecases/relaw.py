"""When the law itself changes: count stored dates again, and recount the proof of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Deadline, Lawsuit, Office, Track
from casemgr.domain.access import Right
from casemgr.domain.deadlines import Moved
from casemgr.domain.proofs import read_proof
from casemgr.domain.words import DeadlineKind
from casemgr.errors import NotFound
from casemgr.law.verify import Verdict, verify
from casemgr.usecases import clock
from casemgr.usecases.preview import preview
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Span:
    """Days on which the law changed, and for whom: one court, some agencies, or everybody."""

    first: date
    last: date
    court: str | None = None
    agencies: frozenset[str] | None = None


def recount(work: Work, span: Span, *, because: str) -> None:
    """Bring into step every date whose counting reaches over these days, and no other.

    A closed day matters only between the day a period runs from and the latest day it may end.
    """
    if span.court is None:
        for track_id in _tracks(work, span):
            clock.project_track(work, track_id, because=because)
    if span.agencies is None:
        for lawsuit_id in _lawsuits(work, span):
            clock.project_lawsuit(work, lawsuit_id, because=because)


def _reaches(span: Span) -> sa.ColumnElement[bool]:
    start, end = col(Deadline.counts_from), col(Deadline.latest)
    forward = sa.and_(start <= span.last, end >= span.first)
    backward = sa.and_(end <= span.last, start >= span.first)
    return sa.and_(col(Deadline.superseded_on).is_(None), sa.or_(forward, backward))


def _tracks(work: Work, span: Span) -> list[str]:
    asked = (
        sa.select(col(Deadline.track_id))
        .where(_reaches(span), col(Deadline.track_id).is_not(None))
        .distinct()
        .order_by(col(Deadline.track_id))
    )
    if span.agencies is not None:
        of_them = sa.select(col(Track.id)).where(col(Track.agency_id).in_(span.agencies))
        asked = asked.where(col(Deadline.track_id).in_(of_them))
    return [each for each in work.session.scalars(asked) if each is not None]


def _lawsuits(work: Work, span: Span) -> list[str]:
    asked = (
        sa.select(col(Deadline.lawsuit_id))
        .where(_reaches(span), col(Deadline.lawsuit_id).is_not(None))
        .distinct()
        .order_by(col(Deadline.lawsuit_id))
    )
    if span.court is not None:
        in_it = sa.select(col(Lawsuit.id)).where(col(Lawsuit.court_id) == span.court)
        asked = asked.where(col(Deadline.lawsuit_id).in_(in_it))
    return [each for each in work.session.scalars(asked) if each is not None]


# --- the law files changed


def recount_all(work: Work) -> None:
    """Count every date of the office again under the law files as they are now."""
    because = "the law files changed"
    for track_id in _known(work, Track):
        clock.project_track(work, track_id, because=because)
    for lawsuit_id in _known(work, Lawsuit):
        clock.project_lawsuit(work, lawsuit_id, because=because)
    office = work.session.get(Office, 1)
    if office is not None and office.law_version != work.law_files.version:
        office.law_version = work.law_files.version
        work.session.add(office)
        work.record("law.changed", title=work.law_files.version)


def _known(work: Work, table: type[Track] | type[Lawsuit]) -> Iterator[str]:
    yield from work.session.exec(
        select(table.id).where(col(table.known_on) <= work.today).order_by(table.id)
    ).all()


def would_move(work: Work) -> tuple[Moved, ...]:
    """List every stored date that the law files as they are now would move; save nothing."""
    return preview(work, recount_all)


def standing(work: Work) -> str | None:
    """Say that dates were counted under other law files than the present ones, or nothing."""
    office = work.session.get(Office, 1)
    if office is None or office.law_version in ("", work.law_files.version):
        return None
    return (
        f"The dates on file were counted under the law files {office.law_version}; "
        f"those here are {work.law_files.version}. "
        "Type: casemgr law moved (to look), then: casemgr law moved --apply"
    )


# --- recounting one stored date


def verify_stored(work: Work, deadline_id: str) -> Verdict:
    """Recount a stored date from its own proof with the second, naive counter."""
    row = doors.deadline(work.session, work.actor, deadline_id, Right.READ, work.today)
    return recounted(work, row)


def stored(work: Work, deadline_id: str) -> Deadline:
    """Return a deadline to casemgr itself, which reads every matter; for the command line."""
    row = work.session.get(Deadline, deadline_id)
    if row is None:
        raise NotFound
    return row


def recounted(work: Work, row: Deadline) -> Verdict:
    """Recount the proof that a row holds; a date that nobody counted has nothing to recount."""
    if row.kind is DeadlineKind.ORDER:
        return Verdict(True, ("A court fixed this date: it stands, and nothing is counted.",))
    if row.kind is DeadlineKind.OVERRIDE:
        return Verdict(True, (f"Set against the rule: {row.override_because} Nothing is counted.",))
    if not row.proof:
        return Verdict(
            True, ("This date follows from another step and holds no count of its own.",)
        )
    found = read_proof(row.proof)
    counted = row.due.isoformat() if row.due else None
    if found.content["due"] != counted:
        said = f"The date on file is {counted}, but its proof says {found.content['due']}."
        return Verdict(False, (said,))
    return verify(work.law, found)
