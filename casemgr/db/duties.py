"""What is open on every matter, whose it is, and whether they will be there on its day, in SQL.

A question within a question names what it is itself of (`correlate_except`): left to itself it
would look past the one around it for a table of its own.

`today` decides what is open. `floor` is the first day anybody must be there on: today, or
tomorrow where somebody leaves tonight.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from casemgr.db.doors import walled
from casemgr.db.lists import HISTORY, MATTERS, TODAY
from casemgr.db.tables import (
    Deadline,
    Declaration,
    FoiaRequest,
    HistoryEntry,
    Matter,
    Membership,
    Person,
    Task,
    Wall,
)
from casemgr.domain.access import Right, may
from casemgr.domain.duties import DutyKind
from casemgr.domain.words import Role, TaskState

FLOOR = sa.bindparam("floor", type_=sa.Date())

CAN_WORK = [role for role in Role if may(role, Right.LOG)]
EVERYWHERE = [Role.ATTORNEY, Role.STAFF]


def _tables() -> tuple[Any, Any]:
    # Fresh aliases: a name that the statement around has too would mean its row, not ours.
    return sa.alias(Person.__table__), sa.alias(Membership.__table__)  # type: ignore[attr-defined]


def _until(column: Any, day: Any) -> ColumnElement[bool]:
    return sa.or_(column.is_(None), column >= day)


def _works(person: Any, matter_id: Any, day: Any) -> ColumnElement[bool]:
    """The person may work until a day, and no wall keeps them from the matter."""
    wall: Any = walled(person.c.id, matter_id)
    return sa.and_(
        person.c.active.is_(True),
        person.c.role.in_(CAN_WORK),
        _until(person.c.term_ends_on, day),
        sa.not_(wall.correlate_except(Wall)),
    )


def _on_it(member: Any, day: Any) -> ColumnElement[bool]:
    return sa.and_(member.c.since_on <= TODAY, _until(member.c.until_on, day))


def _reads_all(person: Any) -> ColumnElement[bool]:
    return sa.and_(person.c.office_wide.is_(True), person.c.role.in_(EVERYWHERE))


def is_there(person_id: Any, matter_id: Any, day: Any) -> ColumnElement[bool]:
    """Return the condition that a person will be on a matter, and may work on it, on a day."""
    person, member = _tables()
    on_it = sa.exists().where(
        member.c.matter_id == matter_id, member.c.person_id == person.c.id, _on_it(member, day)
    )
    there = sa.exists().where(
        person.c.id == person_id,
        _works(person, matter_id, day),
        sa.or_(_reads_all(person), on_it.correlate_except(member)),
    )
    return there.correlate_except(person)


def is_answered_for(matter_id: Any, day: Any) -> ColumnElement[bool]:
    """Return the condition that somebody who answers for a matter will be there on a day."""
    person, member = _tables()
    answered = sa.exists().where(
        member.c.matter_id == matter_id,
        member.c.responsible.is_(True),
        person.c.id == member.c.person_id,
        _on_it(member, day),
        _works(person, matter_id, day),
    )
    return answered.correlate_except(person, member)


# --- what is open

_NO_DAY = sa.cast(sa.null(), sa.Date())
_NOBODY = sa.cast(sa.null(), sa.String())
# The last day on which it may have to be done: an unsure date may still turn out the latest.
_LAST = sa.case(
    (col(Deadline.certain), col(Deadline.due)),
    else_=sa.func.coalesce(col(Deadline.latest), col(Deadline.due)),
)


def _duty(kind: DutyKind, table: Any, title: Any, day: Any, person: Any, other: Any) -> Any:
    return sa.select(
        sa.literal(kind.value, sa.String()).label("kind"),
        col(table.id).label("id"),
        col(table.matter_id).label("matter_id"),
        title.label("title"),
        day.label("day"),
        col(table.version).label("version"),
        person.label("person_id"),
        other.label("other_id"),
    )


def _deadline(kind: DutyKind, person: Any, other: Any) -> Any:
    return _duty(kind, Deadline, col(Deadline.title), _LAST, person, other).where(
        col(Deadline.known_on) <= TODAY,
        sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > TODAY),
        sa.or_(col(Deadline.done_on).is_(None), col(Deadline.done_on) > TODAY),
    )


_owner, _second = col(Deadline.owner_id), col(Deadline.second_id)
_open = sa.union_all(
    _deadline(DutyKind.DEADLINE, _owner, _second),
    _deadline(DutyKind.SECOND, _second, _owner).where(_second.is_not(None)),
    _duty(DutyKind.TASK, Task, col(Task.title), col(Task.due_on), col(Task.person_id), _NOBODY)
    .where(
        col(Task.known_on) <= TODAY,
        sa.or_(
            col(Task.state) == TaskState.OPEN,
            sa.and_(col(Task.state) == TaskState.DONE, col(Task.done_on) > TODAY),
        ),
    ),
    _duty(
        DutyKind.REQUEST,
        FoiaRequest,
        sa.literal("Look after the request: ", sa.String()) + col(FoiaRequest.title),
        _NO_DAY,
        col(FoiaRequest.owner_id),
        _NOBODY,
    ).where(col(FoiaRequest.known_on) <= TODAY, col(FoiaRequest.owner_id).is_not(None)),
    _duty(
        DutyKind.DECLARATION,
        Declaration,
        sa.literal("See to the paper: ", sa.String()) + col(Declaration.title),
        _NO_DAY,
        col(Declaration.owner_id),
        _NOBODY,
    ).where(
        col(Declaration.known_on) <= TODAY,
        col(Declaration.owner_id).is_not(None),
        col(Declaration.docket_entry_id).is_(None),
    ),
    _duty(
        DutyKind.MATTER,
        Membership,
        sa.literal("Answers for the matter", sa.String()),
        _NO_DAY,
        col(Membership.person_id),
        _NOBODY,
    ).where(
        col(Membership.responsible).is_(True),
        col(Membership.since_on) <= TODAY,
        # What somebody who is gone answered for is a duty only while nobody else does.
        sa.or_(
            is_there(col(Membership.person_id), col(Membership.matter_id), FLOOR),
            sa.not_(is_answered_for(col(Membership.matter_id), FLOOR)),
        ),
    ),
).subquery("duty")  # fmt: skip

_day = sa.case((_open.c.day > FLOOR, _open.c.day), else_=FLOOR)


def _is_alone(person_id: Any, matter_id: Any, day: Any) -> ColumnElement[bool]:
    # A duty that names nobody is of whoever answers for the matter.
    return sa.or_(
        sa.and_(person_id.is_not(None), sa.not_(is_there(person_id, matter_id, day))),
        sa.and_(person_id.is_(None), sa.not_(is_answered_for(matter_id, day))),
    )


ALONE = _is_alone(_open.c.person_id, _open.c.matter_id, _day)
_whose = sa.alias(Person.__table__, "whose")  # type: ignore[attr-defined]
_standing = sa.and_(
    col(Matter.known_on) <= TODAY,
    sa.or_(col(Matter.closed_on).is_(None), col(Matter.closed_on) > TODAY),
)

# In the order of the fields of `domain.duties.Duty`.
DUTIES = (
    sa.select(
        _open.c.kind,
        _open.c.id,
        _open.c.matter_id,
        _open.c.title,
        _open.c.day,
        _open.c.version,
        _open.c.person_id,
        _open.c.other_id,
        col(Matter.title),
        _whose.c.name,
        ALONE.label("alone"),
    )
    .join(Matter, col(Matter.id) == _open.c.matter_id)
    .outerjoin(_whose, _whose.c.id == _open.c.person_id)
    .where(_standing)
    .order_by(sa.desc("alone"), _open.c.day.nulls_last(), _open.c.id, _open.c.kind)
)
DUTIES_OF_MATTERS = DUTIES.where(_open.c.matter_id.in_(MATTERS))
DUTIES_OF_PERSON = DUTIES.where(_open.c.person_id == sa.bindparam("person", type_=sa.String()))
DUTIES_ALONE = DUTIES.where(ALONE)
HOW_MANY = (
    sa.select(sa.func.count())
    .select_from(_open.join(Matter.__table__, col(Matter.id) == _open.c.matter_id))  # type: ignore[attr-defined]
    .where(_standing)
)
# Whether somebody is there is asked once for all they have to do on a matter by the same day.
_alike = (
    sa.select(
        _open.c.matter_id, _open.c.person_id, _day.label("day"), sa.func.count().label("number")
    )
    .where(_open.c.matter_id.in_(MATTERS))
    .group_by(_open.c.matter_id, _open.c.person_id, _day)
    .subquery("alike")
)
HOW_MANY_ALONE = (
    sa.select(sa.func.coalesce(sa.func.sum(_alike.c.number), 0))
    .select_from(_alike.join(Matter.__table__, col(Matter.id) == _alike.c.matter_id))  # type: ignore[attr-defined]
    .where(_standing, _is_alone(_alike.c.person_id, _alike.c.matter_id, _alike.c.day))
)


# --- who is there


def _earlier(one: Any, other: Any) -> Any:
    """Return the earlier of two days, either of which may be none."""
    return sa.case(
        (one.is_(None), other), (other.is_(None), one), (one < other, one), else_=other
    )  # fmt: skip


def _stays() -> Any:
    person, member = _tables()
    anywhere, _ = _tables()
    on_it = sa.select(
        member.c.matter_id,
        person.c.id,
        person.c.name.label("name"),
        person.c.role,
        member.c.responsible,
        _earlier(person.c.term_ends_on, member.c.until_on),
        sa.literal(True, sa.Boolean()),
    ).where(
        person.c.id == member.c.person_id,
        _on_it(member, TODAY),
        _works(person, member.c.matter_id, TODAY),
        member.c.matter_id.in_(MATTERS),
    )
    of_all = (
        sa.select(
            col(Matter.id),
            anywhere.c.id,
            anywhere.c.name.label("name"),
            anywhere.c.role,
            sa.literal(False, sa.Boolean()),
            anywhere.c.term_ends_on,
            sa.literal(False, sa.Boolean()),
        )
        .join_from(Matter, anywhere, _reads_all(anywhere))
        .where(_works(anywhere, col(Matter.id), TODAY), col(Matter.id).in_(MATTERS))
    )
    return sa.union_all(on_it, of_all).order_by("name")


# In the order of the fields of `domain.duties.Stay`.
STAYS = _stays()

HANDED_OVER = HISTORY.where(col(HistoryEntry.what) == "duties.handed_over")
