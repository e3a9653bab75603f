"""An office in which everybody stands in every relation to a matter there is, and who may know.

The second opinion on it is plain Python over the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from casemgr.db import tables
from casemgr.domain.words import Role
from casemgr.usecases.work import Actor
from tests import makes

TODAY, NOON = makes.TODAY, makes.NOON
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

# From when and until when somebody is on a matter.
MEMBERS: dict[str, tuple[date, date | None] | None] = {
    "never": None,
    "before": (TODAY - 9 * DAY, TODAY - DAY),
    "last day": (TODAY - 9 * DAY, TODAY),
    "first day": (TODAY, None),
    "later": (TODAY + DAY, None),
    "for a time": (TODAY - DAY, TODAY + DAY),
}
ON_IT = {"last day", "first day", "for a time"}
WALLS = ("none", "asked for", "up", "down", "another's")
EMERGENCIES = ("none", "open", "over", "ended", "tomorrow's", "not opened", "another's")
ROLES = [(role, wide) for role in Role for wide in (False, True)]
ASKS, OPENS, ANOTHER = "P-ASKS", "P-OPENS", "P-ANOTHER"


@dataclass(frozen=True)
class Case:
    """One matter: how everybody stands to it, and from when it is known."""

    id: str
    member: str
    wall: str
    emergency: str
    known: date


CASES = [
    Case(f"M-{at:04}", *given)
    for at, given in enumerate(product(MEMBERS, WALLS, EMERGENCIES, (TODAY, TODAY + DAY)))
]
CASE_OF = {case.id: case for case in CASES}


def case(member: str = "never", wall: str = "none", emergency: str = "none") -> Case:
    """Return the matter known today on which everybody stands like this."""
    wanted = (member, wall, emergency, TODAY)
    return next(x for x in CASES if (x.member, x.wall, x.emergency, x.known) == wanted)


def may_know(actor: Actor, one: Case, *, for_good: bool = False) -> bool:
    """Return the second opinion on whether somebody may know of a matter today."""
    if actor.role is Role.ADMINISTRATOR or one.wall == "up" or one.known > TODAY:
        return False
    if actor.office_wide and actor.role in (Role.STAFF, Role.ATTORNEY):
        return True
    let_in = one.emergency == "open" and actor.at is not None and not for_good
    return one.member in ON_IT or let_in


@dataclass(frozen=True)
class World:
    """The office and everybody in it, at noon."""

    session: Session
    actors: list[Actor]

    def one(self, role: Role, *, wide: bool = False) -> Actor:
        return self.actors[ROLES.index((role, wide))]


def make_world(session: Session) -> World:
    """Keep all cases for all people at once; row by row it would take a minute."""
    people = [
        _person(session, f"P-{at}", role, office_wide=wide) for at, (role, wide) in enumerate(ROLES)
    ]
    for each in (ASKS, OPENS, ANOTHER):
        _person(session, each, Role.ATTORNEY)
    pairs = list(enumerate(product(CASES, (each.id for each in people))))
    _keep(session, tables.Matter, map(_matter, CASES))
    _keep(session, tables.Membership, (_member(n, one, who) for n, (one, who) in pairs))
    _keep(session, tables.Wall, (_wall(n, one, who) for n, (one, who) in pairs))
    _keep(session, tables.Emergency, (_emergency(n, one, who) for n, (one, who) in pairs))
    return World(
        session,
        [Actor(each.id, each.name, Role(each.role), each.office_wide, at=NOON) for each in people],
    )


def _person(session: Session, id: str, role: Role, **more: Any) -> tables.Person:
    return makes.make_person(session, id, role, id=id, password_hash=None, **more)


def _keep(session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any] | None]) -> None:
    session.execute(sa.insert(table), [row for row in rows if row])


def _matter(one: Case) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": "T",
        "opened_on": TODAY,
        "known_on": one.known,
        "source": makes.SOURCE,
        "names": [],
    }


def _member(number: int, one: Case, who: str) -> dict[str, Any] | None:
    days = MEMBERS[one.member]
    if days is None:
        return None
    return {
        "id": f"MB-{number:06}",
        "person_id": who,
        "matter_id": one.id,
        "since_on": days[0],
        "until_on": days[1],
    }


def _wall(number: int, one: Case, who: str) -> dict[str, Any] | None:
    # Of walls one may stand between a person and a matter: another's is there once.
    if one.wall == "none" or (one.wall == "another's" and who != "P-0"):
        return None
    stands = one.wall != "asked for"
    return {
        "id": f"W-{number:06}",
        "matter_id": one.id,
        "person_id": ANOTHER if one.wall == "another's" else who,
        "because": "They worked for the agency.",
        "asked_by": ASKS,
        "asked_at": NOON,
        **_by_second("up", stands),
        **_by_second("down", one.wall == "down"),
        "lift_asked_by": ASKS if one.wall == "down" else None,
        "lift_asked_at": NOON if one.wall == "down" else None,
    }


def _emergency(number: int, one: Case, who: str) -> dict[str, Any] | None:
    if one.emergency == "none":
        return None
    opened = one.emergency != "not opened"
    # It is over with its last second, not one later.
    until = NOON if one.emergency == "over" else NOON + SECOND
    return {
        "id": f"EM-{number:06}",
        "matter_id": one.id,
        "asked_for": one.id,
        "person_id": ANOTHER if one.emergency == "another's" else who,
        "because": "A date is near.",
        "asked_at": NOON,
        "asked_on": TODAY + DAY if one.emergency == "tomorrow's" else TODAY,
        **_by_second("opened", opened),
        "until_at": until if opened else None,
        **_by_second("ended", one.emergency == "ended"),
    }


def _by_second(what: str, is_done: bool) -> dict[str, Any]:
    return {f"{what}_by": OPENS if is_done else None, f"{what}_at": NOON if is_done else None}
