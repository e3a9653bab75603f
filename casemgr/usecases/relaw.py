"""When the law itself changes: count stored dates again, and recount the proof of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Agency, Deadline, Lawsuit, Office, Track
from casemgr.domain.access import Right
from casemgr.domain.deadlines import Moved
from casemgr.domain.proofs import read_proof
from casemgr.domain.words import DeadlineKind
from casemgr.errors import NotFound
from casemgr.law.verify import Verdict, verify
from casemgr.usecases import clock
from casemgr.usecases.preview import preview
from casemgr.usecases.work import Work

AT_ONCE = 500  # tracks or lawsuits read, counted and written together


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
        for ids in _in_chunks(_tracks(work, span)):
            clock.project_tracks(work, ids, because=because)
    if span.agencies is None:
        for ids in _in_chunks(_lawsuits(work, span)):
            clock.project_lawsuits(work, ids, because=because)


def _in_chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), AT_ONCE):
        yield ids[at : at + AT_ONCE]


# The last day that the counting of a date looked at, or a reading of it. A date that waits for
# something has no end yet, so every later day is within its reach.
_ENDS = (col(Deadline.latest), col(Deadline.safe))
_WAITS = col(Deadline.latest).is_(None)


def _tracks(work: Work, span: Span) -> Sequence[str]:
    """Return the tracks whose clocks looked at these days.

    A clock is one story told by several dates: a late decision opens an appeal, a question stops
    the period. So it reaches from the first day of any of its dates to the last day of any. What
    it would have been by rule, an override does not say: that reaches everywhere after its start.
    """
    track = col(Deadline.track_id)
    ends_unknown = sa.or_(_WAITS, col(Deadline.kind) == DeadlineKind.OVERRIDE)
    # Only the date of the decision says when the clock began.
    says_its_start = col(Deadline.key).like("%:determination")
    asked = (
        sa.select(track)
        .where(track.is_not(None), col(Deadline.superseded_on).is_(None))
        .group_by(track)
        .having(
            sa.or_(sa.func.min(col(Deadline.counts_from)) <= span.last, ~_any(says_its_start)),
            sa.or_(*(sa.func.max(end) >= span.first for end in _ENDS), _any(ends_unknown)),
        )
        .order_by(track)
    )
    if span.agencies is not None:
        asked = asked.where(track.in_(_handled_by(span.agencies)))
    return [str(each) for each in work.session.scalars(asked)]


def _any(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    return sa.func.max(sa.case((condition, 1), else_=0)) == 1


def _handled_by(agencies: frozenset[str]) -> sa.Select[Any]:
    """Select the tracks of components that the law knows by these names or their parents'."""
    return (
        sa.select(col(Track.id))
        .join(Agency, col(Agency.id) == col(Track.agency_id))
        .where(sa.or_(col(Agency.id).in_(agencies), col(Agency.parent_id).in_(agencies)))
    )


def _lawsuits(work: Work, span: Span) -> Sequence[str]:
    """Return the lawsuits with a date whose counting, forward or back, looked at these days."""
    start = col(Deadline.counts_from)
    forward = sa.and_(start <= span.last, sa.or_(*(end >= span.first for end in _ENDS), _WAITS))
    backward = sa.and_(start >= span.first, col(Deadline.earliest) <= span.last)
    asked = (
        sa.select(col(Deadline.lawsuit_id))
        .where(
            col(Deadline.lawsuit_id).is_not(None),
            col(Deadline.superseded_on).is_(None),
            sa.or_(forward, backward),
        )
        .distinct()
        .order_by(col(Deadline.lawsuit_id))
    )
    if span.court is not None:
        in_it = sa.select(col(Lawsuit.id)).where(col(Lawsuit.court_id) == span.court)
        asked = asked.where(col(Deadline.lawsuit_id).in_(in_it))
    return [str(each) for each in work.session.scalars(asked)]


# --- the law files changed


def recount_all(work: Work) -> None:
    """Count every date of the office again under the law files as they are now.

    What moved is written chunk by chunk, its history with it, and its steps are let go: an
    office of any size is recounted within the memory of one chunk and a line for each move.
    """
    because = "the law files changed"
    for ids in _in_chunks(_known(work, Track)):
        clock.project_tracks(work, ids, because=because)
        _let_go(work)
    for ids in _in_chunks(_known(work, Lawsuit)):
        clock.project_lawsuits(work, ids, because=because)
        _let_go(work)
    office = work.session.get(Office, 1)
    if office is not None and office.law_version != work.law_files.version:
        office.law_version = work.law_files.version
        work.session.add(office)
        work.record("law.changed", title=work.law_files.version)


def _let_go(work: Work) -> None:
    work.write_history()
    work.moved[:] = [replace(each, steps=()) if each.steps else each for each in work.moved]


def _known(work: Work, table: type[Track] | type[Lawsuit]) -> Sequence[str]:
    return work.session.exec(
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
