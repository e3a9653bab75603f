"""Waiting deadlines as dates: none before the paper they wait for, then counted from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.domain.deadlines import Derived, spread
from casemgr.domain.waiting import happens, is_to_a_hearing, period, set_going
from casemgr.domain.words import AwaitedAct, Certainty, DeadlineKind, EntryKind, PeriodUnit, Side
from casemgr.errors import LawError
from casemgr.law import calls
from casemgr.usecases.counted import ended, without_day
from casemgr.usecases.lawsuit_facts import EntryFacts, LawsuitFacts, WaitingFacts, name
from casemgr.usecases.work import Work

CITES = "Fed. R. Civ. P. 6(a)(1)"
LONGEST_QUOTE = 300


def from_waiting(work: Work, facts: LawsuitFacts) -> Iterator[Derived]:
    """Yield the date of every waiting deadline of a lawsuit, or that it still waits and for what.

    A period that an order sets is counted as Rule 6(a) says; whatever day it gives can be
    recounted by the law call in its proof.
    """
    for each in facts.waiting:
        if is_to_a_hearing(each):
            continue
        fired = set_going(each, facts.entries)
        if each.fired_by_id is None and each.act is AwaitedAct.DECISION:
            fired = fired[:1]
        if fired:
            yield _fired(work, facts, each, fired)
        else:
            yield waits(facts, each, each.docket_entry_id, says_what_it_waits_for(each))


def key(waiting_id: str) -> str:
    """Return what the date of a waiting deadline is known by, whatever becomes of it."""
    return f"{waiting_id}:waiting"


def says_what_it_waits_for(waiting: WaitingFacts) -> str:
    """Return the sentence that a waiting deadline is shown with.

    `It fires when the opposition of the other side is served: seven days from then.`
    """
    by = {Side.OURS: " of ours", Side.THEIRS: " of theirs", None: ""}
    paper = waiting.awaits.value.replace("_", " ") if waiting.awaits else "paper"
    whose = by.get(waiting.awaits_by, "")
    so_long = period(waiting.length, waiting.unit)
    return f"It fires when the {paper}{whose} is {happens(waiting.act)}: {so_long} from then."


def belongs(facts: LawsuitFacts, entry_id: str | None) -> dict[str, str | None]:
    """Return what the date of a waiting deadline belongs to."""
    return {
        "matter_id": facts.lawsuit.matter_id,
        "lawsuit_id": facts.lawsuit.id,
        "docket_entry_id": entry_id,
    }


def waits(facts: LawsuitFacts, each: WaitingFacts, entry_id: str | None, because: str) -> Derived:
    """Return a waiting deadline that has no day yet, and says why."""
    return without_day(
        key=key(each.id),
        title=each.title,
        whose=each.whose,
        kind=DeadlineKind.ORDER,
        because=because,
        steps=words_of(facts, each),
        belongs_to=belongs(facts, entry_id),
    )


def words_of(facts: LawsuitFacts, each: WaitingFacts) -> Iterator[dict[str, str | None]]:
    """Yield the step of a proof that names the order and its words."""
    entry = next((one for one in facts.entries if one.id == each.docket_entry_id), None)
    quoted = f": “{each.words[:LONGEST_QUOTE]}”" if each.words else ""
    so_long = period(each.length, each.unit)
    said = f"{name(entry)} sets" if entry else "An order sets"
    yield {
        "on": entry.filed_on.isoformat() if entry else None,
        "says": f"{said} {so_long}{quoted}.",
        "cites": None,
    }


def _fired(
    work: Work, facts: LawsuitFacts, each: WaitingFacts, fired: Sequence[EntryFacts]
) -> Derived:
    last = fired[-1]
    since, service, doubt = _since(facts, each, last)
    court = facts.lawsuit.court_id
    try:
        due, steps = counted(work, each, since, None, court)
        readings = [
            *_first(work, facts, each, fired),
            *_with_the_three_days(due, counted(work, each, since, service, court)[0]),
            *without_the_state(due, counted(work, each, since, None, None)[0]),
        ]
    except LawError as wrong:
        return waits(facts, each, last.id, str(wrong))
    days = [due, *(date.fromisoformat(one["due"]) for one in readings)]
    earliest, latest = spread(days)
    derived = Derived(
        key=key(each.id),
        title=each.title,
        whose=each.whose,
        kind=DeadlineKind.ORDER,
        rule=None,
        due=due,
        safe=earliest if each.whose is Side.OURS else latest,
        earliest=earliest,
        latest=latest,
        certain=not doubt,
        uncertain_because=doubt,
        readings=tuple(readings),
        steps=(*words_of(facts, each), _fires(each, fired, since), *steps),
        belongs_to=belongs(facts, last.id),
        counts_from=since,
    )
    return _fulfilled(facts, each, fired, derived)


def _fires(each: WaitingFacts, fired: Sequence[EntryFacts], since: date) -> dict[str, str | None]:
    last = fired[-1]
    several = f"{', '.join(name(one) for one in fired[:-1])} came before; " if fired[1:] else ""
    says = f"{name(last)} is the paper it waited for"
    if each.fired_by_id is not None:
        says += ", as somebody of the office chose"
    return {
        "on": since.isoformat(),
        "says": f"{several}{says}: the period runs from here.",
        "cites": None,
    }


def _since(
    facts: LawsuitFacts, each: WaitingFacts, entry: EntryFacts
) -> tuple[date, str | None, str]:
    """Return the day the period runs from, how the paper was served, and any doubt about it."""
    loose = "" if entry.certainty is Certainty.EXACT else f"The day of {name(entry)} is not exact."
    if each.act is AwaitedAct.FILING:
        return entry.filed_on, None, loose
    if each.act in (AwaitedAct.ENTRY, AwaitedAct.DECISION):
        return entry.counts_from, None, loose
    filing = facts.filings.get(entry.id)
    if filing is not None and filing.served_on is not None:
        service = filing.service.value if filing.service is not None else None
        return filing.served_on, service, loose
    unknown = (
        f"The day and manner of service of {name(entry)} are not on file; "
        "counted as served through the court's system on the day it was filed."
    )
    return entry.filed_on, "electronic", unknown


def counted(
    work: Work,
    each: WaitingFacts,
    since: date,
    service: str | None,
    court: str | None,
    direction: str = "after",
) -> tuple[date, tuple[Mapping[str, Any], ...]]:
    """Return the day a waiting deadline comes to, and the steps to it."""
    return count_period(
        work, each.length, each.unit, since, service=service, court=court, direction=direction
    )


_UNITS = {PeriodUnit.DAYS: "days", PeriodUnit.WEEKS: "days", PeriodUnit.MONTHS: "months"}


def count_period(
    work: Work, length: int, unit: PeriodUnit, since: date, **asked: str | None
) -> tuple[date, tuple[Mapping[str, Any], ...]]:
    """Return the last day of a period of an order, and the steps to it.

    The law call it makes gives the same day to `casemgr law batch`.
    """
    call = {
        "do": "count",
        "from": since.isoformat(),
        "n": length * 7 if unit is PeriodUnit.WEEKS else length,
        "unit": _UNITS.get(unit, "working_days"),
        "law_as_of": since.isoformat(),
        **asked,
    }
    call = {name: value for name, value in call.items() if value not in (None, "after")}
    found = calls.answer_under(work.law, call)
    if "error" in found:
        raise LawError(found["error"])
    return date.fromisoformat(found["due"]), tuple(found["steps"])


def without_the_state(due: date, careful: date) -> Iterator[dict[str, str]]:
    """Yield the reading that the state's holidays do not count, where it is another day."""
    if careful != due:
        yield {
            "name": "without the state's holidays",
            "due": careful.isoformat(),
            "why": "The clerk is open on the state's holiday: file by this day.",
        }


def _with_the_three_days(due: date, longer: date) -> Iterator[dict[str, str]]:
    """Yield the reading that Rule 6(d) reaches a period of an order, which nobody has settled."""
    if longer != due:
        yield {
            "name": "three days for the manner of service",
            "due": longer.isoformat(),
            "why": "Rule 6(d) adds them to periods after being served; whether an order's own "
            "period is one is not settled, so nobody should rely on them.",
        }


def _first(
    work: Work, facts: LawsuitFacts, each: WaitingFacts, fired: Sequence[EntryFacts]
) -> Iterator[dict[str, str]]:
    """Yield the reading that the first of several papers fires it, not the last."""
    if len(fired) < 2:
        return
    since, _, _ = _since(facts, each, fired[0])
    due, _ = counted(work, each, since, None, facts.lawsuit.court_id)
    yield {
        "name": f"from {name(fired[0])}",
        "due": due.isoformat(),
        "why": "The first of the papers fires it, if the order means each of them.",
    }


def _fulfilled(
    facts: LawsuitFacts, each: WaitingFacts, fired: Sequence[EntryFacts], derived: Derived
) -> Derived:
    """Close a date whose paper came in, or whose motion was decided before it was needed."""
    answered = {one.id for one in fired} | {one.answers_id for one in fired}
    for later in facts.entries:
        mine = later.kind is each.asks and later.filed_by is each.whose
        if mine and later.answers_id in answered and later.filed_on >= fired[-1].filed_on:
            return ended(derived, later.filed_on, f"filed, {name(later)}")
    motion = fired[0].answers_id
    if each.asks in (EntryKind.OPPOSITION, EntryKind.REPLY) and motion in facts.decided:
        return ended(derived, *facts.decided[motion or ""])
    return derived
