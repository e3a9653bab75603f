"""The hand-over: who leaves before a day, what they have to do, and who could take each of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.db import doors
from casemgr.db.duties import HANDED_OVER
from casemgr.domain.access import Right, may
from casemgr.domain.duties import Duty, Stay, could_do
from casemgr.errors import NotFound
from casemgr.usecases import duties
from casemgr.usecases.views.history import Said
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.work import Work

NOBODY = "nobody"  # stands for a person in an address: what names nobody, and nobody answers for
ROWS = 80  # of one matter at once; the others show when these are handed over
HANDED = 50


@dataclass(frozen=True, slots=True)
class Leaver:
    """One person with duties: their first last day on a matter, and how much would be left."""

    id: str
    name: str
    last_on: date | None
    gone: bool  # from one of these matters at least, already
    matters: int
    duties: int
    alone: int  # their owner will not be there on their day


@dataclass(frozen=True, slots=True)
class Leavers:
    """Who leaves before a day, and who else has something to do."""

    before: date
    leaving: Sequence[Leaver]
    staying: Sequence[Leaver]


@dataclass(frozen=True, slots=True)
class Choice:
    """One duty, and who of its matter could take it."""

    duty: Duty
    takers: Sequence[Stay]


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody has to do on one matter, their last day there, and who could take it all."""

    matter_id: str
    matter: str
    here: bool
    last_on: date | None
    choices: Sequence[Choice]
    more: int
    takers: Sequence[Stay]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Everything one person is to hand over, and what they or others handed over of it before."""

    id: str
    name: str
    parts: Sequence[Part]
    handed: Sequence[Said]

    @property
    def duties(self) -> int:
        """Return how much is open."""
        return sum(len(part.choices) + part.more for part in self.parts)

    @property
    def alone(self) -> int:
        """Return for how much of it nobody is there on its day, as far as it shows."""
        return sum(each.duty.alone for part in self.parts for each in part.choices)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is open on the actor's matters, and who is there."""

    lens: Lens
    duties: Sequence[Duty]
    stays: Mapping[str, Sequence[Stay]]

    def stay(self, matter_id: str, person_id: str) -> Stay | None:
        return next((s for s in self.stays[matter_id] if s.person_id == person_id), None)

    def of(self, person_id: str) -> list[Duty]:
        if person_id == NOBODY:
            return [each for each in self.duties if each.person_id is None and each.alone]
        return [each for each in self.duties if each.person_id == person_id]


def _see(work: Work) -> _Seen:
    doors.allow(work.actor, Right.LOG)
    seen = lens(work)
    found = duties.on_matters(work, seen.matters)
    return _Seen(seen, found, duties.stays(work, seen.matters))


def _own_only(work: Work, person_id: str) -> bool:
    """Say whether something is another's, and the actor hands over only their own."""
    return not may(work.actor.role, Right.MANAGE) and person_id != work.actor.id


def look_at_all(work: Work, before: date | None = None) -> Leavers:
    """Show who of the actor's matters leaves before a day, and what they have to do there."""
    return _leavers(_see(work), before)


def look_at_duties(work: Work, before: date | None = None) -> tuple[date, list[Choice]]:
    """Return the duties of everybody who leaves before a day, each with who could take it."""
    seen = _see(work)
    found = _leavers(seen, before)
    return found.before, [_choice(seen, duty) for who in found.leaving for duty in seen.of(who.id)]


def _leavers(seen: _Seen, before: date | None) -> Leavers:
    work = seen.lens.work
    day = before or work.today + duties.AHEAD
    people = {each.person_id or NOBODY for each in seen.duties if each.person_id or each.alone}
    lines = [_leaver(seen, each) for each in people if not _own_only(work, each)]
    lines.sort(key=lambda each: (-each.alone, each.last_on or date.max, each.name, each.id))
    leaving = [each for each in lines if _leaves(each, day)]
    return Leavers(day, leaving, [each for each in lines if each not in leaving])


def _leaves(line: Leaver, before: date) -> bool:
    ends = line.last_on is not None and line.last_on < before
    return bool(line.alone or line.gone or ends)


def _leaver(seen: _Seen, person_id: str) -> Leaver:
    theirs = seen.of(person_id)
    matters = {each.matter_id for each in theirs}
    there = [] if person_id == NOBODY else [seen.stay(each, person_id) for each in matters]
    return Leaver(
        id=person_id,
        name=theirs[0].person or "Nobody named",
        last_on=min((s.last_on for s in there if s and s.last_on), default=None),
        gone=None in there,
        matters=len(matters),
        duties=len(theirs),
        alone=sum(each.alone for each in theirs),
    )


def look(work: Work, person_id: str) -> HandOver:
    """Show what one person has to do on the actor's matters, and who could take it."""
    if _own_only(work, person_id):
        doors.allow(work.actor, Right.MANAGE)
    seen = _see(work)
    theirs = seen.of(person_id)
    handed = _handed(seen, person_id)
    name = _name(seen, person_id, theirs, handed)
    # In the order of the duties: first the matters where nobody would be there for one.
    matters = dict.fromkeys(each.matter_id for each in theirs)
    parts = [_part(seen, person_id, each, theirs) for each in matters]
    return HandOver(person_id, name, parts, handed)


def _name(seen: _Seen, person_id: str, theirs: Sequence[Duty], handed: Sequence[Said]) -> str:
    """Return the name of somebody of the actor's matters; NotFound for everybody else."""
    if person_id == NOBODY:
        return "Nobody named"
    there = (seen.stay(each, person_id) for each in seen.lens.matters)
    names = [
        *(each.person for each in theirs if each.person),
        *(stay.name for stay in there if stay),
        *(str(each.facts["title"]) for each in handed),
    ]
    if not names:
        raise NotFound
    return names[0]


def _handed(seen: _Seen, person_id: str) -> list[Said]:
    found = seen.lens.rows(HANDED_OVER, Said, limit=HANDED)
    whose = None if person_id == NOBODY else person_id
    return [each for each in found if each.facts.get("whose") == whose]


def _part(seen: _Seen, person_id: str, matter_id: str, theirs: Iterable[Duty]) -> Part:
    on_it = [each for each in theirs if each.matter_id == matter_id]
    choices = [_choice(seen, each) for each in on_it[:ROWS]]
    some = {stay.person_id for each in choices for stay in each.takers}
    stay = seen.stay(matter_id, person_id)
    return Part(
        matter_id=matter_id,
        matter=on_it[0].matter,
        here=stay is not None or person_id == NOBODY,
        last_on=stay.last_on if stay else None,
        choices=choices,
        more=len(on_it) - len(choices),
        takers=[each for each in seen.stays[matter_id] if each.person_id in some],
    )


def _choice(seen: _Seen, duty: Duty) -> Choice:
    return Choice(duty, could_do(duty, seen.stays[duty.matter_id], seen.lens.today))
