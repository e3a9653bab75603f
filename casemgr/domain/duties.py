"""Duties: what is open and whose it is, and who will still be there on its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casemgr.domain.prose import listed, long_day
from casemgr.domain.words import Role


class DutyKind(StrEnum):
    """What somebody may have to do."""

    MATTER = "matter"  # answers for it: for whatever on it nobody is named for
    DEADLINE = "deadline"
    SECOND = "second"  # looks over the shoulder of a deadline's owner
    TASK = "task"
    REQUEST = "request"  # is responsible for it: follows it until its matter is closed
    DECLARATION = "declaration"  # is responsible for it: sees to it until it is on the docket


@dataclass(frozen=True, slots=True)
class Duty:
    """Something open on a matter, and whose it is; `alone` where nobody is there on its day."""

    kind: DutyKind
    id: str  # of the deadline, task, request, declaration, or membership
    matter_id: str
    title: str
    day: date | None
    version: int
    person_id: str | None
    other_id: str | None  # who else is on the same deadline
    matter: str
    person: str | None
    alone: bool

    @property
    def key(self) -> str:
        """Return what tells it from every other: one deadline may be two duties."""
        return f"{self.kind.value}.{self.id}"

    def day_from(self, today: date) -> date:
        """Return the day somebody must be there on: today, where its own is past or unknown."""
        return max(self.day or today, today)


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody who is on a matter today and may work on it, with their last day if there is one."""

    matter_id: str
    person_id: str
    name: str
    role: Role
    responsible: bool
    last_on: date | None
    member: bool = True  # False for who reads every matter and was put on none

    def there_on(self, day: date) -> bool:
        """Say whether they are still there on a day."""
        return self.last_on is None or day <= self.last_on


def could_do(duty: Duty, stays: Sequence[Stay], today: date) -> list[Stay]:
    """Return who of a matter could take a duty: there on its day, and not on it already."""
    taken = {duty.person_id} | ({duty.other_id} if duty.kind is DutyKind.SECOND else set())
    day = duty.day_from(today)
    return [each for each in stays if each.person_id not in taken and each.there_on(day)]


# Whoever answers for the matter takes what is left; then whoever may do the most.
_BY_ROLE = {Role.ATTORNEY: 0, Role.STAFF: 1, Role.STUDENT: 2}


def successor(duty: Duty, stays: Sequence[Stay], today: date) -> Stay | None:
    """Return who takes a duty when nobody chooses, or None where nobody will be there.

    Who answers for the matter goes first, then attorneys and staff on it, then those of them who
    read every matter, then students; whoever is on the same deadline already comes last.
    """

    able = could_do(duty, stays, today)
    return first([each for each in able if each.person_id != duty.other_id]) or first(able)


def first(stays: Sequence[Stay]) -> Stay | None:
    """Return who of a matter is turned to first; among equals whoever stays longest."""

    def order(stay: Stay) -> tuple[object, ...]:
        student = stay.role is Role.STUDENT
        rank, left = _BY_ROLE[stay.role], -(stay.last_on or date.max).toordinal()
        who = stay.name, stay.person_id
        return not stay.responsible, student, not stay.member, rank, left, *who

    return min(stays, key=order, default=None)


def cannot_take(duty: Duty, stay: Stay | None, others: Sequence[Stay], today: date) -> str:
    """Return why somebody cannot take a duty, and who can; `stay` is None off the matter."""
    if stay is None:
        return f"There is nobody like that on this matter. {who_can(others)}"
    if stay.person_id == duty.person_id:
        return f"{stay.name} has this already. {who_can(others)}"
    if stay.person_id == duty.other_id:
        return f"{stay.name} owns it, so somebody else must look over it. {who_can(others)}"
    return gone_by(stay, duty.day_from(today), others)


def gone_by(stay: Stay, day: date, others: Sequence[Stay]) -> str:
    """Return why somebody cannot be given what is due on a day after their last, and who can."""
    gone = f": their last day is {long_day(stay.last_on)}" if stay.last_on else ""
    return f"{stay.name} will not be there on {long_day(day)}{gone}. {who_can(others)}"


def who_can(others: Sequence[Stay]) -> str:
    """Return the sentence that names who of the matter could take something.

    >>> ada = Stay("M-1", "P-1", "Ada Marlowe", Role.STAFF, True, None)
    >>> who_can([ada]), who_can([])
    ('Ada Marlowe can.', 'Nobody else on the matter can: put somebody on it first.')
    """
    names = list(dict.fromkeys(each.name for each in others))
    if not names:
        return "Nobody else on the matter can: put somebody on it first."
    return f"{listed(names)} can."
