"""The only ways to a row that belongs to a matter: by actor, id and right.

Not on the matter, or walled off, or not yet known on this day: NotFound, the same as for an id
that never was. On it without the right: Refused, with who can. `right` has no default.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, SQLModel, col, select

from casemgr.db import tables
from casemgr.domain.access import Right, may, refusal
from casemgr.domain.prose import long_day
from casemgr.domain.words import Role
from casemgr.errors import Ask, NotFound, Refused, WrongMoment

Row = TypeVar("Row", bound=SQLModel)


class Asker(Protocol):
    """Whoever stands before a door."""

    @property
    def id(self) -> str | None: ...
    @property
    def role(self) -> Role: ...
    @property
    def office_wide(self) -> bool: ...
    @property
    def at(self) -> Any: ...


def mine(actor: Asker, today: date, *, for_good: bool = False) -> sa.Select[str]:
    """Return the select of the matters the actor may know of today; every list starts from it.

    The one place that decides it: on the matter, or on all of them, or let in for an emergency;
    and never behind a wall, whoever it is. `for_good` leaves the emergencies out; so does an actor
    who brings no moment along (`at`), for nobody could say whether theirs is over.
    """
    matter = tables.Matter
    everywhere = actor.office_wide and actor.role in {Role.ATTORNEY, Role.STAFF}
    reach: ColumnElement[bool] = sa.true()
    if not everywhere:
        reach = _on_it(actor.id, today)
        if not for_good and actor.at is not None:
            reach = sa.or_(reach, _let_in(actor, today))
    if actor.role is Role.ADMINISTRATOR:
        reach = sa.false()
    return sa.select(col(matter.id)).where(
        reach, sa.not_(walled(actor.id, col(matter.id))), col(matter.known_on) <= today
    )


def looked_after(actor: Asker, today: date) -> sa.Select[str]:
    """Return the select of the matters whose walls and emergencies the actor may know of.

    Those they are on, not those they were let into; an administrator's are all, by their codes
    only, but those they are walled off from.
    """
    if actor.role is not Role.ADMINISTRATOR:
        return mine(actor, today, for_good=True)
    matter = tables.Matter
    return sa.select(col(matter.id)).where(
        sa.not_(walled(actor.id, col(matter.id))), col(matter.known_on) <= today
    )


def walled(person_id: Any, matter_id: Any) -> ColumnElement[bool]:
    """Return the condition that a wall stands between a person and a matter: values or columns."""
    wall = tables.Wall
    return (
        sa.select(sa.literal(1))
        .where(
            col(wall.matter_id) == matter_id,
            col(wall.person_id) == person_id,
            col(wall.up_at).is_not(None),
            col(wall.down_at).is_(None),
        )
        .exists()
    )


def _on_it(person_id: Any, today: date) -> ColumnElement[bool]:
    member = tables.Membership
    return (
        sa.select(sa.literal(1))
        .where(
            col(member.matter_id) == col(tables.Matter.id),
            col(member.person_id) == person_id,
            col(member.since_on) <= today,
            sa.or_(col(member.until_on).is_(None), col(member.until_on) >= today),
        )
        .exists()
    )


def _let_in(actor: Asker, today: date) -> ColumnElement[bool]:
    emergency = tables.Emergency
    return (
        sa.select(sa.literal(1))
        .where(
            col(emergency.matter_id) == col(tables.Matter.id),
            col(emergency.person_id) == actor.id,
            col(emergency.asked_on) <= today,
            col(emergency.until_at) > actor.at,
            col(emergency.ended_at).is_(None),
        )
        .exists()
    )


# Rows without a matter of their own are reached through the row they are part of.
PART_OF: dict[type[SQLModel], tuple[str, type[SQLModel]]] = {
    tables.RequestItem: ("request_id", tables.FoiaRequest),
    tables.Requester: ("request_id", tables.FoiaRequest),
    tables.Recipient: ("request_id", tables.FoiaRequest),
    tables.TrackingNumber: ("track_id", tables.Track),
    tables.LawsuitStatus: ("lawsuit_id", tables.Lawsuit),
    tables.LawsuitTrack: ("lawsuit_id", tables.Lawsuit),
    tables.RelatedLawsuit: ("lawsuit_id", tables.Lawsuit),
    tables.DocketLine: ("docket_paper_id", tables.DocketPaper),
    tables.DeclarationVersion: ("declaration_id", tables.Declaration),
    tables.Paragraph: ("declaration_version_id", tables.DeclarationVersion),
    tables.Exhibit: ("declaration_id", tables.Declaration),
    tables.ImportRow: ("import_id", tables.SpreadsheetImport),
}


def within(table: type[SQLModel], matters: sa.Select[str], today: Any) -> ColumnElement[bool]:
    """Return the condition for rows of a table on these matters that are known today."""
    shape: Any = table
    known = shape.known_on <= today if hasattr(shape, "known_on") else sa.true()
    if table is tables.Matter:
        return sa.and_(shape.id.in_(matters), known)
    if table not in PART_OF:
        return sa.and_(shape.matter_id.in_(matters), known)
    name, whole = PART_OF[table]
    above: Any = whole
    of_whole = sa.select(above.id).where(within(whole, matters, today))
    return sa.and_(getattr(shape, name).in_(of_whole), known)


def open_door(
    session: Session, actor: Asker, table: type[Row], row_id: str, right: Right, today: date
) -> Row:
    """Return one row of a matter's table to somebody who may have it; raise otherwise."""
    shape: Any = table
    asked = select(table).where(shape.id == row_id, within(table, mine(actor, today), today))
    found = session.exec(asked).one_or_none()
    if found is None:
        raise NotFound
    if not may(actor.role, right):
        raise Refused(refusal(actor.role, right), _whom_to_ask(session, actor, found, right, today))
    if right in WORKS_ON and table is not tables.LegalHold:
        _still_worked_on(session, found, today)
    if right in {Right.MANAGE, Right.EXPORT}:
        _on_it_for_good(session, actor, found, today)
    return found


# Who is on a closed matter, its walls and its holds can still change; nothing else of it.
WORKS_ON = frozenset({Right.LOG, Right.CONFIRM, Right.RELEASE, Right.OVERRIDE, Right.SIGN_OFF})


def _still_worked_on(session: Session, row: SQLModel, today: date) -> None:
    """Refuse to change anything of a matter that is closed today."""
    closed_on = session.scalar(
        sa.select(col(tables.Matter.closed_on)).where(
            col(tables.Matter.id) == matter_of(session, row)
        )
    )
    if closed_on is not None and closed_on <= today:
        raise WrongMoment(
            f"The matter was closed on {long_day(closed_on)}, and "
            "nothing of it is changed any more. Reopen it first: staff and attorneys on it can."
        )


def _on_it_for_good(session: Session, actor: Asker, row: SQLModel, today: date) -> None:
    """Refuse whoever was let in: they could make a day into a year by putting themselves on it."""
    theirs = mine(actor, today, for_good=True).where(
        col(tables.Matter.id) == matter_of(session, row)
    )
    if session.scalar(theirs) is None:
        raise Refused(
            "You were let into this matter for an emergency. Who is on it, what must be kept and "
            "what leaves the office is decided by those who are."
        )


def walls_known_to(actor: Asker, today: date) -> ColumnElement[bool]:
    """Return the condition for walls the actor may know of: never one they did not ask for and
    that is for them."""
    wall = tables.Wall
    return sa.and_(
        within(wall, looked_after(actor, today), today),
        sa.or_(col(wall.person_id) != actor.id, col(wall.asked_by) == actor.id),
    )


def emergencies_known_to(actor: Asker, today: date) -> ColumnElement[bool]:
    """Return the condition for emergencies the actor asked for, or may know of on a matter."""
    emergency = tables.Emergency
    of_matters = within(emergency, looked_after(actor, today), today)
    return sa.or_(col(emergency.person_id) == actor.id, of_matters)


def looked_after_by(
    session: Session, actor: Asker, table: type[Row], row_id: str, today: date
) -> Row:
    """Return a matter, wall or emergency to an attorney on the matter or to an administrator.

    They alone decide who is walled off and who is let in; administrators still read nothing else.
    """
    if not may(actor.role, Right.SCREEN):
        return open_door(session, actor, table, row_id, Right.SCREEN, today)
    shape: Any = table
    of_matters = within(table, looked_after(actor, today), today)
    found = session.exec(select(table).where(shape.id == row_id, of_matters)).one_or_none()
    if found is None:
        raise NotFound
    return found


def stands_between(session: Session, person_id: str, matter_id: str) -> bool:
    """Say whether a wall stands between a person and a matter."""
    return bool(session.scalar(sa.select(walled(person_id, matter_id))))


MOST_ASKED = 3  # more buttons than that help nobody to choose


def _whom_to_ask(
    session: Session, actor: Asker, row: SQLModel, right: Right, today: date
) -> Ask | None:
    """Return who on the matter could do it; None for somebody who could not plan a task either."""
    if not may(actor.role, Right.LOG):
        return None
    matter_id = matter_of(session, row)
    people = tuple((id_, name) for id_, name in who_can(session, matter_id, right, today))
    if not people:
        return None
    shape: Any = row
    return Ask(matter_id, str(row.__tablename__), shape.id, right.value, people[:MOST_ASKED])


def matter_of(session: Session, row: SQLModel) -> str:
    """Return the matter a row belongs to."""
    shape: Any = row
    while type(shape) in PART_OF:
        name, whole = PART_OF[type(shape)]
        shape = session.get_one(whole, getattr(shape, name))
    return str(shape.id if isinstance(shape, tables.Matter) else shape.matter_id)


def who_can(session: Session, matter_id: str, right: Right, today: date) -> list[tuple[str, str]]:
    """Return id and name of who on a matter has a right today, those who answer for it first."""
    person, member = tables.Person, tables.Membership
    found = session.execute(
        sa.select(col(person.id), col(person.name))
        .join(member, col(member.person_id) == col(person.id))
        .where(
            col(member.matter_id) == matter_id,
            col(member.since_on) <= today,
            sa.or_(col(member.until_on).is_(None), col(member.until_on) >= today),
            col(person.active).is_(True),
            col(person.role).in_([role for role in Role if may(role, right)]),
            sa.not_(walled(col(person.id), matter_id)),
        )
        .order_by(col(member.responsible).desc(), col(person.name), col(person.id))
    )
    return [(id_, name) for id_, name in found]


def allow(actor: Asker, right: Right) -> None:
    """Raise Refused where the actor's role lacks a right, whatever the matter."""
    if not may(actor.role, right):
        raise Refused(refusal(actor.role, right))


def matter(session: Session, actor: Asker, row_id: str, right: Right, today: date) -> tables.Matter:
    """Return a matter the actor is on."""
    return open_door(session, actor, tables.Matter, row_id, right, today)


def foia_request(
    session: Session, actor: Asker, row_id: str, right: Right, today: date
) -> tables.FoiaRequest:
    """Return a request on one of the actor's matters."""
    return open_door(session, actor, tables.FoiaRequest, row_id, right, today)


def track(session: Session, actor: Asker, row_id: str, right: Right, today: date) -> tables.Track:
    """Return a track on one of the actor's matters."""
    return open_door(session, actor, tables.Track, row_id, right, today)


def event(session: Session, actor: Asker, row_id: str, right: Right, today: date) -> tables.Event:
    """Return an event on one of the actor's matters."""
    return open_door(session, actor, tables.Event, row_id, right, today)


def lawsuit(
    session: Session, actor: Asker, row_id: str, right: Right, today: date
) -> tables.Lawsuit:
    """Return a lawsuit on one of the actor's matters."""
    return open_door(session, actor, tables.Lawsuit, row_id, right, today)


def docket_entry(
    session: Session, actor: Asker, row_id: str, right: Right, today: date
) -> tables.DocketEntry:
    """Return a docket entry on one of the actor's matters."""
    return open_door(session, actor, tables.DocketEntry, row_id, right, today)


def deadline(
    session: Session, actor: Asker, row_id: str, right: Right, today: date
) -> tables.Deadline:
    """Return a deadline on one of the actor's matters."""
    return open_door(session, actor, tables.Deadline, row_id, right, today)


def declaration(
    session: Session, actor: Asker, row_id: str, right: Right, today: date
) -> tables.Declaration:
    """Return a declaration on one of the actor's matters."""
    return open_door(session, actor, tables.Declaration, row_id, right, today)


def document(
    session: Session, actor: Asker, row_id: str, right: Right, today: date
) -> tables.Document:
    """Return a document on one of the actor's matters."""
    return open_door(session, actor, tables.Document, row_id, right, today)


def letter(session: Session, actor: Asker, row_id: str, right: Right, today: date) -> tables.Letter:
    """Return a letter on one of the actor's matters."""
    return open_door(session, actor, tables.Letter, row_id, right, today)
