"""Emergencies: somebody who is not on a matter is let in for some hours, by a second person.

Whoever asks names the matter by its code and is told nothing of it: the answer is the same where
there is no such matter, and where a wall stands.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Emergency, Matter, Person
from casemgr.domain.prose import long_day
from casemgr.domain.words import Role
from casemgr.errors import NotFound, Refused, WrongMoment
from casemgr.fields import Code, Input, Reason
from casemgr.usecases import alerts, records, signin
from casemgr.usecases.work import Work

LONGEST = timedelta(hours=24)
WAITS = timedelta(days=1)  # a question is answered on its day or the next, or asked again
MAY_ASK = {Role.ATTORNEY, Role.STAFF}


class EmergencyInput(Input):
    """The code of a matter one is not on, and why it cannot wait."""

    asked_for: Code
    because: Reason


class OpeningInput(Input):
    """For how many hours a matter is opened to whoever asked."""

    hours: Annotated[int, Field(ge=1, le=LONGEST // timedelta(hours=1))]


def ask_to_be_let_in(work: Work, given: EmergencyInput) -> Emergency:
    """Ask to be let into a matter one is not on; a second person opens it, or nothing happens."""
    if work.actor.id is None or work.actor.role not in MAY_ASK:
        raise Refused(
            "Only staff and attorneys are let into a matter for an emergency. Ask one of them."
        )
    code = given.asked_for.upper()
    if work.session.scalar(doors.mine(work.actor, work.today).where(col(Matter.id) == code)):
        raise WrongMoment("This matter is open to you already. Nothing was asked.")
    asked = Emergency(
        person_id=work.actor.id,
        asked_for=code,
        matter_id=_matter(work, code),
        because=given.because,
        asked_at=work.now,
        asked_on=work.today,
    )
    records.keep(work, asked)
    # One line without a matter, whatever the code is: the numbers of the history tell nothing.
    work.record("emergency.asked", title=code, because=asked.because)
    return asked


def let_in(
    work: Work, emergency_id: str, given: OpeningInput, *, version: int | None = None
) -> Emergency:
    """Open a matter for whoever asked, for some hours; its attorneys are told at once."""
    asked = _asked(work, emergency_id, version)
    signin.fresh(work)
    person = work.session.get_one(Person, asked.person_id)
    _check(work, asked, person)
    asked.opened_by, asked.opened_at = work.actor.id, work.now
    asked.until_at = work.now + timedelta(hours=given.hours)
    records.keep(work, asked)
    until = to_the_minute(asked.until_at, work.zone)
    work.record("emergency.opened", asked, title=person.name, until=until, because=asked.because)
    alerts.tell_attorneys(
        work,
        str(asked.matter_id),
        f"{person.name} was let into this matter until {until}"[:200],
        f"{work.actor.name} opened it for an emergency: {asked.because} "
        "Look at what they do, and end it on the page of its people.",
    )
    return asked


def end(work: Work, emergency_id: str, *, version: int | None = None) -> Emergency:
    """End an emergency, or take back the question: by whoever asked, or whoever could open it."""
    asked = _own(work, emergency_id) or _asked(work, emergency_id, None)
    records.not_overtaken(asked, version)
    if asked.ended_at is not None:
        raise WrongMoment("This is ended already. Nothing was changed.")
    asked.ended_by, asked.ended_at = work.actor.id, work.now
    records.keep(work, asked)
    name = work.session.get_one(Person, asked.person_id).name
    work.record("emergency.ended", asked if asked.opened_at else None, title=name)
    return asked


def to_the_minute(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment as people of the office read it on their clock.

    >>> to_the_minute(datetime.fromisoformat("2010-10-29T20:05Z"), ZoneInfo("America/New_York"))
    'October 29, 2010, 4:05 pm EDT'
    """
    there = at.astimezone(zone)
    half = "am" if there.hour < 12 else "pm"
    return f"{long_day(there.date())}, {there.hour % 12 or 12}:{there:%M} {half} {there:%Z}"


def _matter(work: Work, code: str) -> str | None:
    known = sa.select(col(Matter.id)).where(
        col(Matter.id) == code, col(Matter.known_on) <= work.today
    )
    return work.session.scalar(known)


def _asked(work: Work, emergency_id: str, version: int | None) -> Emergency:
    asked = doors.looked_after_by(work.session, work.actor, Emergency, emergency_id, work.today)
    records.not_overtaken(asked, version)
    return asked


def _own(work: Work, emergency_id: str) -> Emergency | None:
    found = work.session.get(Emergency, emergency_id)
    return found if found is not None and found.person_id == work.actor.id else None


def _check(work: Work, asked: Emergency, person: Person) -> None:
    if asked.person_id == work.actor.id:
        raise Refused("You asked to be let in, so somebody else must open the matter.")
    if asked.ended_at is not None or asked.opened_at is not None:
        raise WrongMoment("This was decided already. Nothing was changed.")
    if asked.asked_on + WAITS < work.today:
        raise WrongMoment("This was asked too long ago. Whoever still needs it asks again.")
    if not signin.is_here(work, person) or person.role not in MAY_ASK:
        raise NotFound
    if doors.stands_between(work.session, person.id, str(asked.matter_id)):
        raise Refused(
            f"A wall stands between {person.name} and this matter, so it cannot be opened for them."
        )
