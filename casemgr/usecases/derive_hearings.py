"""Dates that an order counts to or from a hearing: they have a day once it is set, and move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casemgr.domain.deadlines import Derived, spread
from casemgr.domain.prose import long_day
from casemgr.domain.waiting import hearing_meant, is_to_a_hearing, period
from casemgr.domain.words import AwaitedAct, DeadlineKind, Side
from casemgr.errors import LawError
from casemgr.usecases.derive_waiting import (
    belongs,
    counted,
    key,
    waits,
    without_the_state,
    words_of,
)
from casemgr.usecases.lawsuit_facts import HearingFacts, LawsuitFacts, WaitingFacts
from casemgr.usecases.work import Work


def from_hearings(work: Work, facts: LawsuitFacts) -> Iterator[Derived]:
    """Yield the date of every period that runs to or from a hearing, or that none is set yet.

    The last day of a period counted back that is closed moves further back, Fed. R. Civ. P.
    6(a)(5). A hearing that moves takes the date with it; one that is called off leaves none. No
    paper on the docket closes it: nothing tells a reply that the order asks for from one to
    another motion, and a date closed wrongly is lost. A person notes that it was done.
    """
    for each in facts.waiting:
        if is_to_a_hearing(each):
            yield _of_hearing(work, facts, each)


def _of_hearing(work: Work, facts: LawsuitFacts, each: WaitingFacts) -> Derived:
    words = facts.by_id.get(each.docket_entry_id or "")
    heard = hearing_meant(each, facts.hearings, words.filed_on if words else None, work.today)
    if heard is None:
        return waits(facts, each, each.docket_entry_id, says_what_it_waits_for(each))
    try:
        return _counted(work, facts, each, heard)
    except LawError as wrong:
        return waits(facts, each, each.docket_entry_id, str(wrong))


def says_what_it_waits_for(each: WaitingFacts) -> str:
    """Return the sentence that a date without its hearing is shown with."""
    way = "before" if _is_before(each) else "after"
    so_long = period(each.length, each.unit)
    return f"It has a day when the hearing is set: {so_long} {way} it."


def _is_before(each: WaitingFacts) -> bool:
    return each.act is AwaitedAct.BEFORE_HEARING


def _counted(work: Work, facts: LawsuitFacts, each: WaitingFacts, heard: HearingFacts) -> Derived:
    court, way = facts.lawsuit.court_id, "before" if _is_before(each) else "after"
    due, steps = counted(work, each, heard.on, None, court, way)
    readings = tuple(without_the_state(due, counted(work, each, heard.on, None, None, way)[0]))
    earliest, latest = spread([due, *(date.fromisoformat(one["due"]) for one in readings)])
    return Derived(
        key=key(each.id),
        title=each.title,
        whose=each.whose,
        kind=DeadlineKind.ORDER,
        rule=None,
        due=due,
        safe=earliest if each.whose is Side.OURS else latest,
        earliest=earliest,
        latest=latest,
        readings=readings,
        steps=(*words_of(facts, each), _set_for(heard, way), *steps),
        belongs_to=belongs(facts, each.docket_entry_id),
        counts_from=min(due, heard.on),
    )


def _set_for(heard: HearingFacts, way: str) -> dict[str, str | None]:
    runs = "counted back from" if way == "before" else "counted from"
    return {
        "on": heard.on.isoformat(),
        "says": f"{heard.title} is set for {long_day(heard.on)}: the period is {runs} that day, "
        "and moves with it.",
        "cites": None,
    }
