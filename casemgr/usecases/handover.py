"""Hand over: give what somebody has to do to people of the same matter who will be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlmodel import SQLModel

from casemgr.db import doors
from casemgr.db.tables import Deadline, Declaration, FoiaRequest, Membership, Task
from casemgr.domain.access import Right
from casemgr.domain.duties import Duty, DutyKind, Stay, cannot_take, could_do
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Code, Input, Note, Version
from casemgr.usecases import duties, records
from casemgr.usecases.work import Work

MOST = 200  # at once

_TABLES: Mapping[DutyKind, tuple[type[SQLModel], Right]] = {
    DutyKind.DEADLINE: (Deadline, Right.LOG),
    DutyKind.SECOND: (Deadline, Right.LOG),
    DutyKind.TASK: (Task, Right.LOG),
    DutyKind.REQUEST: (FoiaRequest, Right.LOG),
    DutyKind.DECLARATION: (Declaration, Right.LOG),
    DutyKind.MATTER: (Membership, Right.MANAGE),
}


class Handed(Input):
    """One duty, the version of its record that was read, and who takes it."""

    kind: DutyKind
    id: Code
    version: Version
    to_id: Code

    @property
    def key(self) -> str:
        """Return what tells the duty from every other."""
        return f"{self.kind.value}.{self.id}"


class HandOverInput(Input):
    """Duties to hand over, all or none, and what the next people should know."""

    duties: Annotated[list[Handed], Field(min_length=1, max_length=MOST)]
    note: Note = ""


@dataclass(frozen=True)
class HandedOver:
    """What went to whom, and the tasks that tell them."""

    passed: tuple[tuple[Duty, Stay], ...]
    tasks: tuple[Task, ...]


def hand_over(work: Work, given: HandOverInput) -> HandedOver:
    """Give duties to others of their matters who will be there on their day, all or none.

    One's own may be given by whoever may log; another's by staff and attorneys on the matter.
    """
    matter_ids = {_open(work, each) for each in given.duties}
    found = {each.key: each for each in duties.on_matters(work, matter_ids)}
    wanted = [(each, _still_open(found, each)) for each in given.duties]
    for matter_id in {duty.matter_id for _, duty in wanted if duty.person_id != work.actor.id}:
        doors.matter(work.session, work.actor, matter_id, Right.MANAGE, work.today)
    passed = _checked(work, wanted)
    for duty, to in passed:
        duties.give(work, duty, to)
    because = f"{work.actor.name} handed it over."
    tasks = duties.tell(work, passed, because, given.note)
    return HandedOver(tuple(passed), tuple(tasks))


def _open(work: Work, given: Handed) -> str:
    """Open the door to a duty's record, as it was read; return its matter."""
    table, right = _TABLES[given.kind]
    row = doors.open_door(work.session, work.actor, table, given.id, right, work.today)
    records.not_overtaken(row, given.version)
    return doors.matter_of(work.session, row)


def _still_open(found: Mapping[str, Duty], given: Handed) -> Duty:
    duty = found.get(given.key)
    if duty is None:
        raise WrongMoment(
            f"{given.id} is nobody's duty any more: it was done, replaced or taken back. "
            "Look again, then hand over what is left."
        )
    return duty


def _checked(work: Work, wanted: list[tuple[Handed, Duty]]) -> list[tuple[Duty, Stay]]:
    """Return who takes each duty, or raise with the sentence for each that cannot be given so."""
    there = duties.stays(work, {duty.matter_id for _, duty in wanted})
    problems: dict[str, str] = {}
    passed: list[tuple[Duty, Stay]] = []
    for given, duty in wanted:
        stays = there[duty.matter_id]
        able = could_do(duty, stays, work.today)
        to = next((each for each in able if each.person_id == given.to_id), None)
        if to is None:
            stay = next((each for each in stays if each.person_id == given.to_id), None)
            problems[given.key] = cannot_take(duty, stay, able, work.today)
        elif any((each.id, one.person_id) == (duty.id, to.person_id) for each, one in passed):
            problems[given.key] = f"{to.name} cannot take this twice. Choose somebody else for one."
        else:
            passed.append((duty, to))
    if problems:
        raise Malformed(problems)
    return passed
