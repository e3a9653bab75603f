"""Who is to do what is open, and who will be there; what nobody would be there for goes to others.

Whoever looks at it here has been let through a door before, or looks after people and sees codes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db import duties as lists
from casemgr.db.tables import Deadline, Declaration, FoiaRequest, Matter, Membership, Person, Task
from casemgr.domain.duties import Duty, DutyKind, Stay, first, successor, who_can
from casemgr.domain.prose import long_day
from casemgr.usecases import owing, records
from casemgr.usecases.clock import open_on
from casemgr.usecases.work import Work

AHEAD = timedelta(days=28)  # before a last day it is time to begin to hand over


def on_matters(work: Work, matter_ids: Collection[str], *, floor: date | None = None) -> list[Duty]:
    """Return what is open on these matters; first what nobody will be there for on its day."""
    return _read(work, lists.DUTIES_OF_MATTERS, floor, matters=tuple(matter_ids))


def of_person(work: Work, person_id: str) -> list[Duty]:
    """Return what is open on any matter and theirs."""
    return _read(work, lists.DUTIES_OF_PERSON, None, person=person_id)


def how_many_alone(work: Work, matter_ids: Collection[str]) -> int:
    """Return for how many duties of these matters nobody will be there on their day."""
    given = {"matters": tuple(matter_ids), "today": work.today, "floor": work.today}
    return int(work.session.execute(lists.HOW_MANY_ALONE, given).scalar_one())


def leaves_soon(work: Work) -> date | None:
    """Return the last day of whoever asks, where it is time for them to hand over."""
    person = work.session.get(Person, work.actor.id) if work.actor.id else None
    last = person.term_ends_on if person else None
    return last if last and last < work.today + AHEAD else None


def _read(work: Work, asked: sa.Executable, floor: date | None, **given: object) -> list[Duty]:
    work.session.flush()
    found = work.session.execute(
        asked, {"today": work.today, "floor": floor or work.today, **given}
    )
    return [Duty(DutyKind(kind), *rest) for kind, *rest in found]


def stays(work: Work, matter_ids: Collection[str]) -> Mapping[str, list[Stay]]:
    """Return who is on each of these matters today and may work on it, once each, by name."""
    work.session.flush()
    given = {"today": work.today, "matters": tuple(matter_ids)}
    found: dict[str, dict[str, Stay]] = {each: {} for each in matter_ids}
    for row in work.session.execute(lists.STAYS, given):
        stay = Stay(*row)
        there = found[stay.matter_id]
        there[stay.person_id] = _longer(there.get(stay.person_id), stay)
    return {matter_id: list(people.values()) for matter_id, people in found.items()}


def _longer(one: Stay | None, other: Stay) -> Stay:
    """Return one stay for two: somebody of the whole office may be on a matter as well."""
    if one is None:
        return other
    ends = [each.last_on for each in (one, other) if each.last_on is not None]
    mine = one if one.member else other
    return replace(mine, last_on=max(ends) if len(ends) == 2 else None)


# --- giving a duty to somebody


def give(work: Work, duty: Duty, to: Stay) -> None:
    """Give a duty to somebody who will be there; their reminders come to them from now on."""
    if duty.kind is DutyKind.TASK:
        _give_task(work, work.session.get_one(Task, duty.id), to)
    elif duty.kind is DutyKind.MATTER:
        answer_for(work, duty.matter_id, to, instead_of=duty.id)
    elif duty.kind is DutyKind.REQUEST:
        make_owner(work, work.session.get_one(FoiaRequest, duty.id), to.person_id, to.name)
    elif duty.kind is DutyKind.DECLARATION:
        make_owner(work, work.session.get_one(Declaration, duty.id), to.person_id, to.name)
    else:
        _give_deadline(work, duty, to)


def _give_task(work: Work, task: Task, to: Stay) -> None:
    task.person_id = to.person_id
    records.keep(work, task)
    work.record("task.assigned", task, title=task.title, to=to.name)


def make_owner(
    work: Work, row: FoiaRequest | Declaration, person_id: str | None, name: str
) -> None:
    """Make somebody responsible for a request or a declaration; nobody by name with None."""
    row.owner_id = person_id
    records.keep(work, row)
    told = "request.given" if isinstance(row, FoiaRequest) else "declaration.given"
    work.record(told, row, title=row.title, to=name)


def _give_deadline(work: Work, duty: Duty, to: Stay) -> None:
    row = work.session.get_one(Deadline, duty.id)
    if duty.kind is DutyKind.SECOND:
        assign(work, row, row.owner_id, to.person_id)
        return
    # Nobody looks over their own shoulder.
    second = None if row.second_id == to.person_id else row.second_id
    assign(work, row, to.person_id, second)


def assign(work: Work, row: Deadline, owner_id: str | None, second_id: str | None) -> None:
    """Set who sees to a deadline and who looks over it, and move its reminders to them."""
    owing.cancel_reminders(work, row)
    row.owner_id, row.second_id = owner_id, second_id
    records.keep(work, row)
    owing.owe_reminders(work, row)
    owner = work.session.get(Person, owner_id) if owner_id else None
    to = owner.name if owner else "nobody in particular"
    work.record("deadline.assigned", row, title=row.title, to=to)


def answer_for(work: Work, matter_id: str, to: Stay, *, instead_of: str | None = None) -> None:
    """Let somebody answer for a matter, in the place of a membership that did."""
    if instead_of is not None:
        before = work.session.get_one(Membership, instead_of)
        records.assign(work, before, {"responsible": False})
    member = _membership_of(work, matter_id, to)
    records.assign(work, member, {"responsible": True})
    _remind_of_the_unowned(work, matter_id)


def let_somebody_answer(work: Work, matter_id: str) -> Stay | None:
    """Let whoever is turned to first answer for a matter for which nobody does any more."""
    to = first(stays(work, [matter_id])[matter_id])
    if to is not None:
        answer_for(work, matter_id, to)
    return to


def _membership_of(work: Work, matter_id: str, to: Stay) -> Membership:
    """Return a membership that lasts; who reads every matter may have none, or one that is over."""
    found = work.session.exec(
        select(Membership).where(
            Membership.matter_id == matter_id, Membership.person_id == to.person_id
        )
    ).one_or_none()
    if found is None:
        found = Membership(matter_id=matter_id, person_id=to.person_id, since_on=work.today)
        records.keep(work, found)
        work.record("member.added", found, title=to.name)
    elif found.until_on is not None and not (to.last_on and found.until_on >= to.last_on):
        records.assign(work, found, {"until_on": to.last_on})
    return found


def _remind_of_the_unowned(work: Work, matter_id: str) -> None:
    """Write the reminders of deadlines that name nobody anew, to who answers for them now."""
    unowned = work.session.exec(
        select(Deadline).where(
            Deadline.matter_id == matter_id,
            col(Deadline.owner_id).is_(None),
            col(Deadline.second_id).is_(None),
            open_on(work.today),
        )
    ).all()
    owing.cancel_all(work, [row.id for row in unowned])
    owing.owe_all(work, unowned)


# --- when somebody leaves

Passed = tuple[Duty, Stay | None]  # None: nobody of its matter will be there, and it stays


def pass_on(work: Work, person_id: str, because: str) -> tuple[Passed, ...]:
    """Give what somebody will not be there for to who will, each told by a task; say to whom.

    Who answers for a matter is settled first: what names nobody is then theirs.
    """
    answered = _answered_by(work, person_id)
    alone = [each for each in of_person(work, person_id) if each.alone]
    done = _pass_on(work, [each for each in alone if each.kind is DutyKind.MATTER])
    unnamed = [each for each in on_matters(work, answered) if each.alone and not each.person_id]
    rest = [each for each in alone if each.kind is not DutyKind.MATTER]
    done += _pass_on(work, rest + unnamed)
    tell(work, done, because)
    return tuple(done)


def _answered_by(work: Work, person_id: str) -> list[str]:
    return list(
        work.session.exec(
            select(Membership.matter_id).where(
                Membership.person_id == person_id, col(Membership.responsible).is_(True)
            )
        )
    )


def _pass_on(work: Work, left: list[Duty]) -> list[Passed]:
    there = stays(work, {each.matter_id for each in left})
    found = [(each, successor(each, there[each.matter_id], work.today)) for each in left]
    for duty, to in found:
        if to is not None:
            give(work, duty, to)
    return found


def tell(work: Work, given: Iterable[Passed], because: str, note: str = "") -> list[Task]:
    """Tell everybody what they were given: a line in the matter's history, and a task for today.

    Whoever gave it to themselves needs no task.
    """
    found: dict[tuple[str, str, str | None], list[tuple[Duty, Stay]]] = {}
    for duty, to in given:
        if to is not None:
            key = (duty.matter_id, to.person_id, duty.person_id)
            found.setdefault(key, []).append((duty, to))
    tasks = [_tell(work, each, because, note) for each in found.values()]
    return [task for task in tasks if task is not None]


def _tell(work: Work, given: list[tuple[Duty, Stay]], because: str, note: str) -> Task | None:
    duty, to = given[0]
    whose = duty.person or "nobody in particular"
    says = "; ".join(_says(each) for each, _ in given)
    matter = work.session.get_one(Matter, duty.matter_id)
    facts = {"title": whose, "whose": duty.person_id, "to": to.name, "count": counted(len(given))}
    work.record("duties.handed_over", matter, **facts, says=says, because=because, note=note)
    if to.person_id == work.actor.id:
        return None
    task = Task(
        matter_id=duty.matter_id,
        title=f"Take over from {whose}: {counted(len(given))}"[:200],
        note=_short(f"{because} {says}. {note}".strip()),
        person_id=to.person_id,
        due_on=work.today,
        known_on=work.today,
    )
    records.keep(work, task)
    work.record("task.made", task, title=task.title)
    return task


def _says(duty: Duty) -> str:
    second = ", as the second person" if duty.kind is DutyKind.SECOND else ""
    day = f" ({long_day(duty.day)})" if duty.day else ""
    return f"{duty.title}{second}{day}"


def _short(text: str, most: int = 2000) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def counted(number: int) -> str:
    """Return a number of duties in words.

    >>> counted(1), counted(3)
    ('1 duty', '3 duties')
    """
    return f"{number} {'duty' if number == 1 else 'duties'}"


def left_alone(left: Sequence[Duty], there: Iterable[Stay]) -> str:
    """Return the sentence for an end that would leave duties alone: which, and what to do first."""
    titles = "; ".join(_says(each) for each in left[:3])
    more = f" and {len(left) - 3} more" if len(left) > 3 else ""
    return (
        f"Nobody would be there then for {counted(len(left))}: {titles}{more}. "
        f"Hand over first what is left: {who_can(list(there))}"
    )
