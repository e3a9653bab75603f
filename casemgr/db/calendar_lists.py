"""What calendars show: deadlines, hearings and plans within days, and what tells a change of them.

As in `casemgr.db.lists`: each takes `matters` and `today`, and returns only what was known on that
day. A date that was moved is there once, at its new place; one that was called off is there as
called off.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from casemgr.db.doors import walled
from casemgr.db.lists import MATTERS, NOW, OPEN_DEADLINES, TASKS, TODAY
from casemgr.db.tables import (
    Agency,
    Deadline,
    Hearing,
    Lawsuit,
    Matter,
    Membership,
    Person,
    Task,
    Track,
)
from casemgr.domain.calendar_dates import FeedOf
from casemgr.domain.words import TaskState

SINCE = sa.bindparam("since", type_=sa.Date())
UNTIL = sa.bindparam("until", type_=sa.Date())
SINCE_AT = sa.bindparam("since_at", type_=NOW.type)
UNTIL_AT = sa.bindparam("until_at", type_=NOW.type)
PERSON = sa.bindparam("person", type_=sa.String())
ROLE = sa.bindparam("role", type_=sa.String())

Condition = ColumnElement[bool]
_FALSE, _TRUE = sa.literal(False, sa.Boolean()), sa.literal(True, sa.Boolean())

# --- whose: of all that somebody may see


def _on_it(matter_id: Any, *more: Any) -> Condition:
    member = sa.alias(Membership.__table__)  # type: ignore[attr-defined]
    return sa.exists().where(
        member.c.matter_id == matter_id,
        member.c.person_id == PERSON,
        member.c.since_on <= TODAY,
        sa.or_(member.c.until_on.is_(None), member.c.until_on >= TODAY),
        *(more and (member.c.responsible.is_(True),)),
    )


def _of_role(person_id: Any) -> Condition:
    of_role = sa.select(col(Person.id)).where(sa.cast(col(Person.role), sa.String) == ROLE)
    return person_id.in_(of_role)  # type: ignore[no-any-return]


def _deadlines_of(shows: FeedOf) -> Condition:
    owner = col(Deadline.owner_id)
    if shows is FeedOf.MINE:
        nobodys = sa.and_(owner.is_(None), _on_it(col(Deadline.matter_id), "answers for it"))
        return sa.or_(owner == PERSON, col(Deadline.second_id) == PERSON, nobodys)
    return _of_role(owner) if shows is FeedOf.ROLE else sa.true()


def _hearings_of(shows: FeedOf) -> Condition:
    return _on_it(col(Hearing.matter_id)) if shows is FeedOf.MINE else sa.true()


def _plans_of(shows: FeedOf) -> Condition:
    if shows is FeedOf.MINE:
        return col(Task.person_id) == PERSON
    return _of_role(col(Task.person_id)) if shows is FeedOf.ROLE else sa.true()


# --- deadlines

_sure = sa.case((col(Deadline.certain), col(Deadline.due)))
_FIRST = sa.func.coalesce(_sure, col(Deadline.earliest), col(Deadline.due), col(Deadline.latest))
_LAST = sa.func.coalesce(_sure, col(Deadline.latest), col(Deadline.due), col(Deadline.earliest))
_ended = sa.and_(col(Deadline.superseded_on).is_not(None), col(Deadline.superseded_on) <= TODAY)
_done = sa.and_(col(Deadline.done_on).is_not(None), col(Deadline.done_on) <= TODAY)
# Of a date that moved only the newest row is told; of one that fell away, its last.
_told = sa.or_(sa.not_(_ended), col(Deadline.superseded_by_id).is_(None))
_chain = sa.alias(Deadline.__table__)  # type: ignore[attr-defined]
_changes = (
    sa.select(sa.func.sum(_chain.c.version))
    .where(_chain.c.key == col(Deadline.key))
    .correlate(Deadline)
    .scalar_subquery()
)
_open_matter = sa.or_(col(Matter.closed_on).is_(None), col(Matter.closed_on) > TODAY)
_known = sa.and_(col(Deadline.matter_id).in_(MATTERS), col(Deadline.known_on) <= TODAY, _told)
# Late or not: what is still to be done is in a calendar however long ago its day was.
_lately = sa.or_(sa.and_(_LAST >= SINCE, _FIRST <= UNTIL), sa.and_(sa.not_(_ended), sa.not_(_done)))


def _within(of_feed: bool) -> Condition:
    if of_feed:
        return sa.and_(_open_matter, _FIRST.is_not(None), _lately)
    return sa.and_(_LAST >= SINCE, _FIRST <= UNTIL)


@cache
def deadlines(shows: FeedOf, *, of_feed: bool) -> sa.Select[Any]:
    """Return the statement for deadlines within days; a feed's has every open one besides."""
    return (
        sa.select(
            col(Deadline.id),
            col(Deadline.key),
            col(Deadline.matter_id),
            col(Matter.title),
            col(Deadline.title),
            col(Deadline.whose),
            _FIRST,
            _LAST,
            col(Deadline.certain),
            sa.case((_done, _TRUE), else_=_FALSE),
            sa.case((_ended, _TRUE), else_=_FALSE),
            _changes + col(Matter.version) + sa.func.coalesce(col(Lawsuit.version), 0),
            col(Deadline.known_on),
            col(Deadline.done_on),
            col(Deadline.superseded_on),
            sa.func.coalesce(col(Agency.short_name), col(Lawsuit.cited_as), ""),
            sa.func.coalesce(col(Person.name), ""),
        )
        .join(Matter, col(Matter.id) == col(Deadline.matter_id))
        .outerjoin(Track, col(Track.id) == col(Deadline.track_id))
        .outerjoin(Agency, col(Agency.id) == col(Track.agency_id))
        .outerjoin(Lawsuit, col(Lawsuit.id) == col(Deadline.lawsuit_id))
        .outerjoin(Person, col(Person.id) == col(Deadline.owner_id))
        .where(_known, _deadlines_of(shows), _within(of_feed))
        .order_by(_FIRST, col(Deadline.id))
    )


# --- hearings

_off = sa.and_(col(Hearing.superseded_on).is_not(None), col(Hearing.superseded_on) <= TODAY)
_hearing_told = sa.or_(sa.not_(_off), col(Hearing.superseded_by_id).is_(None))
_HEARING_KEY = sa.func.coalesce(col(Hearing.first_id), col(Hearing.id))
_hearings = sa.alias(Hearing.__table__)  # type: ignore[attr-defined]
_moves = (
    sa.select(sa.func.sum(_hearings.c.version))
    .where(sa.func.coalesce(_hearings.c.first_id, _hearings.c.id) == _HEARING_KEY)
    .correlate(Hearing)
    .scalar_subquery()
)


@cache
def hearings(shows: FeedOf, *, of_feed: bool) -> sa.Select[Any]:
    """Return the statement for hearings between two moments."""
    return (
        sa.select(
            col(Hearing.id),
            _HEARING_KEY,
            col(Hearing.matter_id),
            col(Matter.title),
            col(Hearing.title),
            col(Hearing.lawsuit_id),
            col(Hearing.starts_at),
            col(Hearing.zone),
            col(Hearing.place),
            sa.case((_off, _TRUE), else_=_FALSE),
            _moves + col(Matter.version) + col(Lawsuit.version),
            col(Hearing.known_on),
            col(Hearing.superseded_on),
            col(Lawsuit.cited_as),
        )
        .join(Matter, col(Matter.id) == col(Hearing.matter_id))
        .join(Lawsuit, col(Lawsuit.id) == col(Hearing.lawsuit_id))
        .where(
            col(Hearing.matter_id).in_(MATTERS),
            col(Hearing.known_on) <= TODAY,
            col(Hearing.starts_at) >= SINCE_AT,
            col(Hearing.starts_at) < UNTIL_AT,
            _hearing_told,
            _hearings_of(shows),
            _open_matter if of_feed else sa.true(),
        )
        .order_by(col(Hearing.starts_at), col(Hearing.id))
    )


# --- plans


@cache
def plans(shows: FeedOf, *, of_feed: bool) -> sa.Select[Any]:
    """Return the statement for plans with a day of their own; given up ones only for feeds."""
    given_up = col(Task.state) == TaskState.WITHDRAWN
    still = sa.or_(
        col(Task.state) == TaskState.OPEN,
        sa.and_(col(Task.state) == TaskState.DONE, col(Task.done_on) > TODAY),
    )
    within = sa.and_(col(Task.due_on) >= SINCE, col(Task.due_on) <= UNTIL)
    if of_feed:
        within = sa.and_(_open_matter, sa.or_(within, still))
    else:
        within = sa.and_(sa.not_(given_up), within)
    return (
        sa.select(
            col(Task.id),
            col(Task.matter_id),
            col(Matter.title),
            col(Task.title),
            col(Task.due_on),
            sa.case((still, _FALSE), (given_up, _FALSE), else_=_TRUE),
            sa.case((given_up, _TRUE), else_=_FALSE),
            col(Task.version) + col(Matter.version),
            col(Task.known_on),
            col(Task.done_on),
            sa.func.coalesce(col(Person.name), ""),
        )
        .join(Matter, col(Matter.id) == col(Task.matter_id))
        .outerjoin(Person, col(Person.id) == col(Task.person_id))
        .where(
            col(Task.matter_id).in_(MATTERS),
            col(Task.known_on) <= TODAY,
            col(Task.due_on).is_not(None),
            _plans_of(shows),
            within,
        )
        .order_by(col(Task.due_on), col(Task.id))
    )


# --- who works on the matters somebody may see

PEOPLE = (
    sa.select(col(Person.id), col(Person.name))
    .join(Membership, col(Membership.person_id) == col(Person.id))
    .where(
        col(Membership.matter_id).in_(MATTERS),
        col(Membership.since_on) <= TODAY,
        sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= TODAY),
        col(Person.active).is_(True),
        sa.not_(walled(col(Person.id), col(Membership.matter_id))),
    )
    .distinct()
    .order_by(col(Person.name), col(Person.id))
)

# --- what is due, of one person or of nobody


def open_of(whose: str) -> Any:
    """Return the statement for open deadlines of everybody, of `person`, or of nobody named."""
    owner = col(Deadline.owner_id)
    if whose == "":
        return OPEN_DEADLINES
    if whose == "nobody":
        return OPEN_DEADLINES.where(owner.is_(None))
    return OPEN_DEADLINES.where(sa.or_(owner == PERSON, col(Deadline.second_id) == PERSON))


def plans_of(whose: str) -> Any:
    """Return the statement for open plans of everybody, of `person`, or of nobody named."""
    who = col(Task.person_id)
    if whose == "":
        return TASKS
    return TASKS.where(who.is_(None) if whose == "nobody" else who == PERSON)


# --- whether anything changed: by codes and versions, without reading what the rows say


@cache
def stamps(shows: FeedOf) -> tuple[Any, ...]:
    """Return the statements whose rows differ as soon as anything a feed says does.

    They may differ a little oftener: of a date that fell away long ago, for instance.
    """
    books = sa.select(sa.func.count(), sa.func.sum(col(Agency.version)))
    return (
        sa.select(
            col(Deadline.id),
            col(Deadline.version),
            col(Deadline.proof_hash),
            sa.case((_done, 1), (_ended, 2), else_=0),
        )
        .where(_known, _deadlines_of(shows))
        .order_by(col(Deadline.id)),
        sa.select(
            col(Hearing.id),
            col(Hearing.version),
            col(Hearing.starts_at),
            sa.case((_off, 1), else_=0),
        )
        .where(
            col(Hearing.matter_id).in_(MATTERS),
            col(Hearing.known_on) <= TODAY,
            _hearing_told,
            _hearings_of(shows),
        )
        .order_by(col(Hearing.id)),
        sa.select(col(Task.id), col(Task.version), col(Task.title), col(Task.due_on))
        .where(
            col(Task.matter_id).in_(MATTERS),
            col(Task.known_on) <= TODAY,
            col(Task.due_on).is_not(None),
            _plans_of(shows),
        )
        .order_by(col(Task.id)),
        sa.select(col(Matter.id), col(Matter.version), col(Matter.title), _open_matter)
        .where(col(Matter.id).in_(MATTERS))
        .order_by(col(Matter.id)),
        sa.select(col(Lawsuit.id), col(Lawsuit.version), col(Lawsuit.cited_as))
        .where(col(Lawsuit.matter_id).in_(MATTERS))
        .order_by(col(Lawsuit.id)),
        books,
    )
