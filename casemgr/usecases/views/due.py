"""What is due: what we must do and what they must do, never in one list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.db import calendar_lists
from casemgr.domain.access import Right, may
from casemgr.domain.calendar_dates import Dated, FeedOf
from casemgr.domain.words import DeadlineState, Side
from casemgr.usecases import duties
from casemgr.usecases.calendar_reading import Asked, hearings
from casemgr.usecases.views.deadlines import Shown, listed
from casemgr.usecases.views.history import Said, lately
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.views.letters import Waiting, waiting
from casemgr.usecases.views.matters import MatterLine, Task, every
from casemgr.usecases.work import Work

PERIODS = {"7": "next 7 days", "30": "next 30 days", "90": "next 90 days", "all": "all dates"}


@dataclass(frozen=True, slots=True)
class DuePage:
    """Two lists, what changed, and what the filters chose."""

    ours: list[Shown]
    theirs: list[Shown]
    tasks: list[Task]
    beyond: Shown | None
    changed: list[Said]
    matters: list[MatterLine]
    matter_id: str
    period: str
    waiting: Waiting
    alone: int  # duties for which nobody will be there on their day
    leaves_on: date | None  # whoever looks, where it is time to hand over
    hearings: list[Dated]
    people: list[tuple[str, str]]  # whose dates can be asked for
    person: str


NOBODY = "nobody"  # whose dates are meant that name nobody
AHEAD = timedelta(days=3650)


def look(work: Work, matter_id: str = "", period: str = "30", person: str = "") -> DuePage:
    """Show what is due on the actor's matters, or on one, within a period; of one person's only
    what they own or double-check.

    What is late and what nobody has confirmed is always shown, whatever the period.
    """
    everything = lens(work)
    people = everything.rows(calendar_lists.PEOPLE, lambda id_, name: (id_, name))
    whose = person if person in {NOBODY, *(id_ for id_, _ in people)} else ""
    seen = everything.narrowed(matter_id) if matter_id else everything
    chosen = period if period in PERIODS else "30"
    hands_over = may(work.actor.role, Right.MANAGE)  # what is others', too
    known = every(everything)
    closed = {each.id for each in known if each.is_closed(work.today)}
    found = [
        each
        for each in listed(seen, calendar_lists.open_of(whose), person=whose)
        if each.line.matter_id not in closed
    ]
    inside = [each for each in found if _within(each, work.today, chosen)]
    beyond = next((each for each in found if each not in inside and each.line.due), None)
    return DuePage(
        ours=[each for each in inside if each.line.whose is Side.OURS],
        theirs=[each for each in inside if each.line.whose is not Side.OURS],
        tasks=[
            each
            for each in seen.rows(calendar_lists.plans_of(whose), Task, person=whose)
            if each.matter_id not in closed
        ],
        beyond=beyond,
        changed=lately(seen),
        matters=[each for each in known if each.id not in closed],
        matter_id=matter_id,
        period=chosen,
        waiting=waiting(work, seen),
        alone=duties.how_many_alone(work, everything.matters) if hands_over else 0,
        leaves_on=duties.leaves_soon(work),
        hearings=_hearings(seen, chosen, whose),
        people=people,
        person=whose,
    )


def _hearings(seen: Lens, period: str, whose: str) -> list[Dated]:
    """Return the court dates ahead within a period, of the matters somebody is on."""
    if whose == NOBODY:
        return []
    until = seen.today + (AHEAD if period == "all" else timedelta(days=int(period)))
    shows = FeedOf.MINE if whose else FeedOf.ALL
    asked = Asked(seen.today, until, shows, whose or None)
    return sorted(hearings(seen, asked), key=lambda each: (each.first, each.id))


def _within(each: Shown, today: date, period: str) -> bool:
    if each.state is not DeadlineState.DUE or period == "all" or each.line.due is None:
        return True
    return each.line.due <= today + timedelta(days=int(period))
