"""Walls and emergencies as whoever decides on them sees them, and one's own questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable

from casemgr.db import lists
from casemgr.db.doors import allow, looked_after
from casemgr.domain.access import Right, may
from casemgr.usecases.emergencies import LONGEST, MAY_ASK, WAITS
from casemgr.usecases.views.lawsuits import LawsuitPeople, people_of
from casemgr.usecases.views.lens import Lens
from casemgr.usecases.views.matters import Matter, Member, head, members
from casemgr.usecases.work import Work

MOST = 50


@dataclass(frozen=True, slots=True)
class WallLine:
    """One wall, up or asked for."""

    id: str
    version: int
    matter_id: str
    person: str
    because: str
    asked_by: str
    asker: str
    asked_at: datetime
    putter: str | None
    up_at: datetime | None
    lift_asked_by: str | None
    lifter: str | None
    lift_because: str


@dataclass(frozen=True, slots=True)
class EmergencyLine:
    """Somebody who asks to be let in, or was."""

    id: str
    version: int
    asked_for: str
    person_id: str
    person: str
    because: str
    asked_at: datetime
    opener: str | None
    until_at: datetime | None
    stands: bool


@dataclass(frozen=True, slots=True)
class WallsPage:
    """What the actor may decide on, what they asked themselves, and what they may ask."""

    walls: Sequence[WallLine]
    emergencies: Sequence[EmergencyLine]
    mine: Sequence[EmergencyLine]
    decides: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Who of the office is on a matter, who is kept out or let in, and the people of its suits."""

    matter: Matter
    lawsuits: Sequence[LawsuitPeople]
    members: Sequence[Member]
    walls: Sequence[WallLine]
    emergencies: Sequence[EmergencyLine]
    decides: bool


def look(work: Work) -> WallsPage:
    """Show walls and emergencies to whoever decides on them or may ask; Refused for others."""
    decides, may_ask = may(work.actor.role, Right.SCREEN), work.actor.role in MAY_ASK
    if not (decides or may_ask):
        allow(work.actor, Right.SCREEN)
    known = looked_after(work.actor, work.today)
    seen = Lens(work, tuple(work.session.scalars(known)) if decides else ())
    mine = _emergency_lines(seen, lists.EMERGENCIES_OF_MINE)
    return WallsPage(_walls(seen), _emergencies(seen), mine, decides, may_ask)


def its_people(work: Work, matter_id: str) -> PeoplePage:
    """Show who works on a matter and who may not; parties, counsel and service of its suits."""
    seen, matter = head(work, matter_id)
    return PeoplePage(
        matter,
        people_of(seen, matter.flags),
        members(seen, matter_id),
        _walls(seen),
        _emergencies(seen),
        may(work.actor.role, Right.SCREEN),
    )


def _walls(seen: Lens) -> list[WallLine]:
    return seen.rows(lists.WALLS, WallLine, actor=seen.work.actor.id)


def _emergencies(seen: Lens) -> list[EmergencyLine]:
    # Whatever was asked before cannot be open any more.
    return _emergency_lines(seen, lists.EMERGENCIES, since=seen.today - WAITS - LONGEST)


def _emergency_lines(seen: Lens, statement: Executable, **more: object) -> list[EmergencyLine]:
    waits_from, actor = seen.today - WAITS, seen.work.actor.id
    return seen.rows(
        statement, EmergencyLine, actor=actor, waits_from=waits_from, limit=MOST, **more
    )
