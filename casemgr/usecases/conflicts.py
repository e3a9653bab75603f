"""Conflict checks: is a name on any matter of the office? The answer betrays none.

Whoever asks sees the matters they may know of anyway. Of all others they learn one thing, whether
to ask before going on, and whom. A matter from behind a wall of theirs does not count even for
that: for them it does not exist, so the sentence without a match always says who can look further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.names_on_file import names_on_file
from casemgr.db.tables import Matter, Membership, Person
from casemgr.domain.access import Right, may
from casemgr.domain.words import Role
from casemgr.errors import Refused, WrongMoment
from casemgr.fields import Input, Name
from casemgr.usecases import signin, throttle
from casemgr.usecases.throttle import FIVE_MINUTES, Limit
from casemgr.usecases.work import Work

MOST_ASKED = 3
NOBODY = "an administrator"
# Opening a matter looks two or three times; a day of taking clients in stays far below it.
LOOKS = (Limit(FIVE_MINUTES, 30), Limit(timedelta(days=1), 200))


class NamesInput(Input):
    """The names to look for: clients, opponents, whoever asks for records."""

    names: Annotated[list[Name], Field(min_length=1, max_length=50)]


@dataclass(frozen=True, slots=True)
class Found:
    """A name as typed that is like one on a matter the asker may know of."""

    name: str
    matter_id: str
    says: str  # what it is there
    ask: tuple[str, ...]  # who answers for the matter


@dataclass(frozen=True, slots=True)
class Answer:
    """What a conflict check says to whoever asked."""

    elsewhere: bool
    found: tuple[Found, ...]
    ask: tuple[str, ...]
    says: str

    @property
    def stops(self) -> bool:
        """Say whether somebody should look before a matter is opened."""
        return self.elsewhere or bool(self.found)


def check(work: Work, given: NamesInput) -> Answer:
    """Look for names on every matter of the office, without telling which; it is recorded."""
    answer = look(work, given.names)
    note(work, given.names, answer)
    return answer


def look(work: Work, typed: Sequence[str]) -> Answer:
    """Look for names on every matter; the same as a check that nobody notes."""
    if not may(work.actor.role, Right.SCREEN):
        doors.allow(work.actor, Right.MANAGE)
    changed = bool(work.lines or work.session.new or work.session.dirty or work.session.deleted)
    _slowed(work)
    known = set(work.session.scalars(doors.looked_after(work.actor, work.today)))
    walled_off = _walled_off(work)
    on_file = names_on_file(work.session, changed=changed)
    hits = [
        (name, each)
        for name in typed
        for each in on_file.like(name)
        if each.known_on <= work.today and each.matter_id not in walled_off
    ]
    answering = _answering(work, known & {hit.matter_id for _, hit in hits})
    found = dict.fromkeys(
        Found(name, hit.matter_id, hit.says, answering.get(hit.matter_id, ()))
        for name, hit in hits
        if hit.matter_id in known
    )
    elsewhere = any(hit.matter_id not in known for _, hit in hits)
    ask = _whom_to_ask(work)
    return Answer(elsewhere, tuple(found), ask, _says(elsewhere, bool(found), ask))


def note(work: Work, typed: Sequence[str], answer: Answer, cleared: str = "") -> None:
    """Record that names were looked for, by whom, and what they were told."""
    says = "a possible conflict" if answer.stops else "no match"
    if cleared and answer.stops:
        says = f"{says}, cleared: {cleared}"
    work.record("conflict.checked", title="; ".join(typed), says=says)


def clear(work: Work, typed: Sequence[str], cleared: str) -> None:
    """Check the names of a matter about to be opened; Refused where nobody has cleared a match."""
    if not typed:
        return
    answer = look(work, typed)
    if answer.stops and not cleared:
        raise Refused(f"{answer.says} Then open it with a line on who cleared it and why.")
    note(work, typed, answer, cleared)


def _says(elsewhere: bool, found: bool, ask: Sequence[str]) -> str:
    whom = " or ".join(ask) or NOBODY
    if elsewhere:
        return f"There may be a conflict. Ask {whom} to look into it before you open the matter."
    first = "There may be a conflict." if found else "No match that you can see."
    return f"{first} For the full check ask {whom}."


def _whom_to_ask(work: Work) -> tuple[str, ...]:
    """Return who looks after the office, whoever asks and whatever was found."""
    asked = (
        sa.select(col(Person.name))
        .where(col(Person.role) == Role.ADMINISTRATOR, col(Person.active).is_(True))
        .order_by(col(Person.name), col(Person.id))
        .limit(MOST_ASKED)
    )
    return tuple(work.session.scalars(asked))


def _walled_off(work: Work) -> set[str]:
    """Return the matters that a wall hides from whoever asks; asked every time, found or not."""
    asked = sa.select(col(Matter.id)).where(doors.walled(work.actor.id, col(Matter.id)))
    return set(work.session.scalars(asked))


def _slowed(work: Work) -> None:
    """Refuse whoever asks again and again: each answer tells one thing of matters not theirs.

    It is counted whatever becomes of the work, for a refusal tells the same.
    """
    key, moment = f"conflicts:{work.actor.id}", signin.moment()
    if not throttle.may_still(work.session, key, LOOKS, moment):
        raise WrongMoment(
            f"You have looked for conflicts very often today. Wait a few minutes, or ask "
            f"{' or '.join(_whom_to_ask(work)) or NOBODY} for the full check."
        )
    work.tries.append(lambda session: throttle.count(session, key, LOOKS, moment))


def _answering(work: Work, matters: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the names of who answers for each matter today."""
    found: dict[str, tuple[str, ...]] = {}
    asked = (
        sa.select(col(Membership.matter_id), col(Person.name))
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.matter_id).in_(matters),
            col(Membership.responsible).is_(True),
            col(Membership.since_on) <= work.today,
            sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= work.today),
            sa.not_(doors.walled(col(Person.id), col(Membership.matter_id))),
        )
        .order_by(col(Person.name))
    )
    for matter_id, name in work.session.execute(asked):
        found[matter_id] = (*found.get(matter_id, ()), name)
    return found
