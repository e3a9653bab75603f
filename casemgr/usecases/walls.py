"""Walls: one person asks that somebody be kept out of a matter, another puts the wall up.

While it stands it beats every role, and the person behind it learns nothing of the matter. Taking
it down needs two people as well.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Deadline,
    Declaration,
    FoiaRequest,
    Matter,
    Membership,
    Person,
    Reminder,
    Task,
    Wall,
)
from casemgr.domain.prose import long_day
from casemgr.domain.words import ReminderState, TaskState
from casemgr.errors import Malformed, NotFound, Refused, WrongMoment
from casemgr.fields import Code, Input, Reason
from casemgr.usecases import alerts, duties, owing, records, signin
from casemgr.usecases.owners import Owned
from casemgr.usecases.work import Work


class WallInput(Input):
    """Whom to keep out of a matter, and why."""

    person_id: Code
    because: Reason


class LiftInput(Input):
    """Why a wall is no longer needed."""

    because: Reason


def ask_for_wall(work: Work, matter_id: str, given: WallInput) -> Wall:
    """Ask that somebody be kept out of a matter; nothing is hidden until a second person agrees."""
    matter = doors.looked_after_by(work.session, work.actor, Matter, matter_id, work.today)
    signin.fresh(work)
    person = work.session.get(Person, given.person_id)
    if person is None:
        raise Malformed({"person_id": "There is no such person in the office."})
    if _standing(work, person.id, matter.id):
        raise Malformed({"person_id": f"There is a wall for {person.name} here, up or asked for."})
    wall = Wall(
        person_id=person.id,
        matter_id=matter.id,
        because=given.because,
        asked_by=_somebody(work),
        asked_at=work.now,
    )
    records.keep(work, wall)
    # Told without the matter: its history is still open to the person the wall is for.
    work.record("wall.asked", title=person.name, matter=matter.id)
    return wall


def put_up(work: Work, wall_id: str, *, version: int | None = None) -> Wall:
    """Put up a wall that somebody else asked for: from now on the person learns nothing more."""
    wall = _wall(work, wall_id, version)
    if wall.up_at is not None:
        raise WrongMoment("This wall is up already. Nothing was changed.")
    if wall.person_id == work.actor.id:
        raise Refused("This wall is for you, so somebody else must put it up.")
    if wall.asked_by == work.actor.id:
        raise Refused(
            "You asked for this wall, so another attorney on the matter or an administrator "
            "must put it up."
        )
    wall.up_by, wall.up_at = _somebody(work), work.now
    records.keep(work, wall)
    by = work.session.get_one(Person, wall.asked_by).name
    work.record("wall.up", wall, title=_name(work, wall), by=by, because=wall.because)
    _hand_back(work, wall)
    return wall


def ask_to_lift(work: Work, wall_id: str, given: LiftInput, *, version: int | None = None) -> Wall:
    """Ask that a wall be taken down; another person must agree before it is."""
    wall = _wall(work, wall_id, version)
    if wall.up_at is None:
        raise WrongMoment("This wall is not up yet. Drop the question instead.")
    wall.lift_asked_by, wall.lift_asked_at = _somebody(work), work.now
    wall.lift_because = given.because
    records.keep(work, wall)
    work.record("wall.lift_asked", wall, title=_name(work, wall), because=given.because)
    return wall


def take_down(work: Work, wall_id: str, *, version: int | None = None) -> Wall:
    """Take down a wall that somebody else asked to lift, or drop one that is not up yet."""
    wall = _wall(work, wall_id, version)
    if wall.up_at is not None:
        _agreed(work, wall)
    wall.down_by, wall.down_at = _somebody(work), work.now
    records.keep(work, wall)
    if wall.up_at is None:
        work.record("wall.dropped", title=_name(work, wall), matter=wall.matter_id)
    else:
        work.record("wall.down", wall, title=_name(work, wall), because=wall.lift_because)
    return wall


def _wall(work: Work, wall_id: str, version: int | None) -> Wall:
    wall = doors.looked_after_by(work.session, work.actor, Wall, wall_id, work.today)
    if wall.person_id == work.actor.id != wall.asked_by:
        raise NotFound  # whom it is for learns of it from people, not from a page
    records.not_overtaken(wall, version)
    signin.fresh(work)
    if wall.down_at is not None:
        raise WrongMoment(f"This ended on {long_day(wall.down_at.date())}. Nothing was changed.")
    return wall


def _agreed(work: Work, wall: Wall) -> None:
    if wall.lift_asked_by is None:
        raise WrongMoment(
            "Nobody has asked to take this wall down. One person asks and gives the reason, then "
            "another takes it down."
        )
    if wall.lift_asked_by == work.actor.id:
        raise Refused(
            "You asked to take this wall down, so another attorney on the matter or an "
            "administrator must do it."
        )


def _somebody(work: Work) -> str:
    if work.actor.id is None:
        raise Refused("Walls are put up and taken down by people, not by casemgr itself. Sign in.")
    return work.actor.id


def _standing(work: Work, person_id: str, matter_id: str) -> bool:
    asked = select(Wall.id).where(
        Wall.person_id == person_id, Wall.matter_id == matter_id, col(Wall.down_at).is_(None)
    )
    return work.session.exec(asked).first() is not None


def _name(work: Work, wall: Wall) -> str:
    return work.session.get_one(Person, wall.person_id).name


# --- what the person behind a new wall had to do


def _hand_back(work: Work, wall: Wall) -> None:
    """Take from the person what they had to do on the matter, so that nobody waits for them."""
    _free_deadlines(work, wall)
    _free_owned(work, FoiaRequest, wall)
    _free_owned(work, Declaration, wall)
    of_them = (col(Task.matter_id) == wall.matter_id, col(Task.person_id) == wall.person_id)
    for task in work.session.exec(select(Task).where(*of_them, Task.state == TaskState.OPEN)):
        records.assign(work, task, {"person_id": None})
    _silence(work, wall)
    _let_somebody_else_answer(work, wall)


def _free_owned(work: Work, table: type[Owned], wall: Wall) -> None:
    theirs = select(table).where(
        col(table.matter_id) == wall.matter_id, col(table.owner_id) == wall.person_id
    )
    for row in work.session.exec(theirs).all():
        duties.make_owner(work, row, None, "nobody in particular")


def _free_deadlines(work: Work, wall: Wall) -> None:
    who = wall.person_id
    theirs = select(Deadline).where(
        Deadline.matter_id == wall.matter_id,
        sa.or_(col(Deadline.owner_id) == who, col(Deadline.second_id) == who),
        col(Deadline.superseded_on).is_(None),
        col(Deadline.done_on).is_(None),
    )
    for row in work.session.exec(theirs).all():
        owing.cancel_reminders(work, row)
        row.owner_id = None if row.owner_id == who else row.owner_id
        row.second_id = None if row.second_id == who else row.second_id
        records.keep(work, row)
        owing.owe_reminders(work, row)
        owner = work.session.get(Person, row.owner_id) if row.owner_id else None
        to = owner.name if owner else "nobody in particular"
        work.record("deadline.assigned", row, title=row.title, to=to)


def _silence(work: Work, wall: Wall) -> None:
    """Cancel what the person would still have been reminded of."""
    work.session.execute(
        sa.update(Reminder)
        .where(
            col(Reminder.matter_id) == wall.matter_id,
            col(Reminder.person_id) == wall.person_id,
            col(Reminder.state) == ReminderState.PENDING,
        )
        .values(state=ReminderState.CANCELLED)
        .execution_options(synchronize_session="fetch")
    )


def _let_somebody_else_answer(work: Work, wall: Wall) -> None:
    answering = work.session.exec(
        select(Membership).where(
            Membership.matter_id == wall.matter_id, col(Membership.responsible).is_(True)
        )
    ).all()
    for member in answering:
        if member.person_id == wall.person_id:
            records.assign(work, member, {"responsible": False})
    if {member.person_id for member in answering} == {wall.person_id}:
        now = duties.let_somebody_answer(work, wall.matter_id)
        does = f" {now.name} does until you choose." if now else ""
        alerts.tell_attorneys(
            work,
            wall.matter_id,
            "Choose who answers for this matter",
            f"{_name(work, wall)} did, and is walled off from it now.{does}",
        )
