"""A lawsuit's deadlines, derived from its docket, service, orders and hearings as known today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from casemgr.domain import docket
from casemgr.domain.deadlines import Derived
from casemgr.domain.prose import day_as_known, long_day
from casemgr.domain.words import Certainty, DeadlineKind, EntryKind, Side
from casemgr.errors import LawError
from casemgr.usecases import derive_complaint, lawsuit_facts
from casemgr.usecases.counted import count, ended, from_answer, without_day
from casemgr.usecases.derive_complaint import of_lawsuit
from casemgr.usecases.derive_hearings import from_hearings
from casemgr.usecases.derive_orders import with_court_dates
from casemgr.usecases.derive_repeats import returning
from casemgr.usecases.derive_waiting import from_waiting
from casemgr.usecases.lawsuit_facts import EntryFacts, LawsuitFacts, name
from casemgr.usecases.work import Work


def derive(work: Work, lawsuit_id: str) -> tuple[Derived, ...]:
    """Return every deadline that follows from a lawsuit's facts and the law of their day."""
    [facts] = lawsuit_facts.read(work, [lawsuit_id])
    return derived_from(work, facts)


def derived_from(work: Work, facts: LawsuitFacts) -> tuple[Derived, ...]:
    """Return every deadline that follows from facts already read."""
    awaited = [*from_waiting(work, facts), *from_hearings(work, facts)]
    by_rule = [
        *derive_complaint.answers(work, facts),
        *_from_entries(work, facts),
        *awaited,
        *returning(work, facts, awaited),
    ]
    return tuple(_closed(facts, each) for each in with_court_dates(facts, by_rule))


# --- what docket entries set going


def _from_entries(work: Work, facts: LawsuitFacts) -> Iterator[Derived]:
    for entry in facts.entries:
        sides = frozenset(Side(side) for side in entry.hurts)
        for trigger in docket.triggers(entry.kind, entry.filed_by, sides, facts.lawsuit.court_id):
            if trigger.rule not in entry.without_rules:
                yield _from_trigger(work, facts, entry, trigger)


def _from_trigger(
    work: Work, facts: LawsuitFacts, entry: EntryFacts, trigger: docket.Trigger
) -> Derived:
    try:
        return _counted(work, facts, entry, trigger)
    except LawError as unknown:
        # An old docket is taken in whole: what our law files do not reach has no day, and says so.
        return without_day(
            kind=DeadlineKind.RULE,
            key=_key(entry, trigger),
            title=_title(facts, entry, trigger),
            whose=trigger.whose,
            rule=trigger.rule,
            because=f"{unknown}"[:1000],
            steps=[
                {
                    "on": entry.filed_on.isoformat(),
                    "says": "Nothing can be counted: the law of that day is not held.",
                    "cites": None,
                }
            ],
            belongs_to=of_lawsuit(facts, entry.id),
        )


def _counted(
    work: Work, facts: LawsuitFacts, entry: EntryFacts, trigger: docket.Trigger
) -> Derived:
    if trigger.rule == docket.APPEAL:
        tolled = _tolled(work, facts, entry, trigger)
        if tolled is not None:
            return tolled
    served_on, service, doubt = _served(facts, entry, trigger)
    derived = from_answer(
        count(
            work,
            trigger.rule,
            served_on,
            trigger_until=entry.until_on,
            court=facts.lawsuit.court_id,
            service=service,
            whose=trigger.whose.value,
        ),
        key=_key(entry, trigger),
        title=_title(facts, entry, trigger),
        whose=trigger.whose,
        belongs_to=of_lawsuit(facts, entry.id),
        certain=not doubt,
        uncertain_because=doubt,
    )
    if doubt and trigger.rule == docket.SERVICE:
        # Nobody knows whether it was done in time, so nobody can say that it is late.
        derived = replace(derived, latest=None)
    return _fulfilled(facts, entry, trigger, derived)


def _key(entry: EntryFacts, trigger: docket.Trigger) -> str:
    return f"{entry.id}:{trigger.rule}:{trigger.whose.value}"


_ACTS = {
    docket.OPPOSITION: "Oppose",
    docket.REPLY: "Reply to",
    docket.RECONSIDERATION: "Move to reconsider",
    docket.APPEAL: "Notice of appeal from",
    docket.RULE_59: "Motion under Rule 59 after",
    docket.RELIEF: "Motion under Rule 60(b)(1)-(3) from",
    docket.FEES: "Motion for fees after",
}


def _title(facts: LawsuitFacts, entry: EntryFacts, trigger: docket.Trigger) -> str:
    if trigger.rule == docket.SERVICE:
        return f"Serve the summons and complaint, {facts.lawsuit.cited_as}"
    day = day_as_known(entry.filed_on, entry.certainty)
    what = f"the {entry.kind.value.replace('_', ' ')} of {day}"
    number = f" ({name(entry)})" if entry.number is not None else ""
    return f"{_ACTS[trigger.rule]} {what}{number}"


def _served(
    facts: LawsuitFacts, entry: EntryFacts, trigger: docket.Trigger
) -> tuple[date, str | None, str]:
    """Return the day a period runs from, how the paper was served, and any doubt about it."""
    loose = "" if entry.certainty is Certainty.EXACT else f"The day of {name(entry)} is not exact."
    if trigger.rule == docket.SERVICE and facts.services and not _served_us_attorney(facts):
        return entry.filed_on, None, "The days on which process was served are not on file."
    if trigger.rule not in {docket.OPPOSITION, docket.REPLY}:
        return entry.counts_from, None, loose
    filing = facts.filings.get(entry.id)
    if filing is not None and filing.served_on is not None and filing.service is not None:
        return filing.served_on, filing.service.value, loose
    # Since 2003 papers in these courts are served by the court's electronic system unless
    # somebody is exempt; until it is confirmed both readings are shown.
    return (
        entry.filed_on,
        "electronic",
        (
            f"The day and manner of service of {name(entry)} are not on file; "
            "counted as served through the court's system on the day it was filed."
        ),
    )


def _served_us_attorney(facts: LawsuitFacts) -> bool:
    return any(each.us_attorney and each.delivered_on is not None for each in facts.services)


def _all_served(facts: LawsuitFacts) -> date | None:
    """Return the day on which the last of those on file was reached; None while one was not.

    Rule 4(i) asks for the United States Attorney among them; to whom a paper was sent twice was
    served when the first of the two reached him.
    """
    reached: dict[str, date] = {}
    for each in facts.services:
        if each.delivered_on is not None:
            reached[each.whom] = min(each.delivered_on, reached.get(each.whom, date.max))
    everybody = all(each.whom in reached for each in facts.services)
    return max(reached.values()) if everybody and _served_us_attorney(facts) else None


def _fulfilled(
    facts: LawsuitFacts, entry: EntryFacts, trigger: docket.Trigger, derived: Derived
) -> Derived:
    for later in facts.answering.get(entry.id, ()):
        if later.filed_by is trigger.whose and docket.FULFILS.get(later.kind) == trigger.rule:
            return ended(derived, *_filed(later))
    if trigger.rule == docket.SERVICE and (last := _all_served(facts)) is not None:
        return ended(derived, last, "served")
    moved = entry.id if trigger.rule == docket.OPPOSITION else (entry.answers_id or "")
    if trigger.rule in {docket.OPPOSITION, docket.REPLY} and moved in facts.decided:
        return ended(derived, *facts.decided[moved])
    if trigger.rule in {docket.RECONSIDERATION, docket.APPEAL} and entry.id in facts.decided:
        return ended(derived, *facts.decided[entry.id])  # withdrawn or vacated by a later order
    return derived


def _filed(later: EntryFacts) -> tuple[date, str]:
    """Return from which day a paper surely was on file, and that it was."""
    if later.until_on is None:
        return later.filed_on, f"filed, {name(later)}"
    span = f"between {long_day(later.filed_on)} and {long_day(later.until_on)}"
    return later.until_on, f"filed {span}, {name(later)}"


# --- a timely motion to reconsider restarts the time to appeal for everybody: FRAP 4(a)(4)(A)


def _tolled(
    work: Work, facts: LawsuitFacts, entry: EntryFacts, trigger: docket.Trigger
) -> Derived | None:
    motion = next(
        (
            later
            for later in facts.answering.get(entry.id, ())
            if later.kind is EntryKind.RECONSIDERATION
            and docket.stops_the_time_to_appeal(entry.counts_from, later.filed_on)
        ),
        None,
    )
    if motion is None:
        return None
    key, title = _key(entry, trigger), _title(facts, entry, trigger)
    if motion.id in facts.decided:
        decided_on, how = facts.decided[motion.id]
        counted = count(
            work,
            trigger.rule,
            decided_on,
            court=facts.lawsuit.court_id,
            whose=trigger.whose.value,
        )
        restarted = {
            "on": decided_on.isoformat(),
            "says": f"The time to appeal runs from here: {name(motion)} was {how}.",
            "cites": "Fed. R. App. P. 4(a)(4)(A)",
        }
        derived = from_answer(
            counted,
            key=key,
            title=title,
            whose=trigger.whose,
            belongs_to=of_lawsuit(facts, entry.id),
        )
        return _fulfilled(
            facts, entry, trigger, replace(derived, steps=(restarted, *derived.steps))
        )
    return without_day(
        kind=DeadlineKind.RULE,
        key=key,
        title=title,
        whose=trigger.whose,
        rule=trigger.rule,
        because=(
            f"{name(motion)} came in time to stop the time to appeal; "
            "it starts again when that motion is decided."
        ),
        steps=[
            {
                "on": motion.filed_on.isoformat(),
                "says": f"{name(motion)} asks to reconsider within 28 days of entry: "
                "the time to appeal waits for the order that decides it.",
                "cites": "Fed. R. App. P. 4(a)(4)(A)",
            }
        ],
        belongs_to=of_lawsuit(facts, entry.id),
    )


def _closed(facts: LawsuitFacts, derived: Derived) -> Derived:
    if facts.end is None or derived.done_on is not None:
        return derived
    return ended(derived, facts.end.on, f"closed: {facts.end.says}")
