"""Ask a rule for its date: look up what the words mean, count, and say which day is careful."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from casemgr.domain.answers import Counted
from casemgr.domain.clock import Clock, ClockEvent, ClockFacts
from casemgr.domain.clock import run as run_clock
from casemgr.domain.counting import SERVICES, Service
from casemgr.domain.methods import method_of
from casemgr.domain.plans import Plan
from casemgr.domain.rules import Answer, Rule
from casemgr.domain.steps import Reading, Step
from casemgr.errors import LawError
from casemgr.law.reader import Law, PlanKey

SIDES = ("ours", "theirs")


def due(
    law: Law,
    rule: str,
    trigger: date,
    # Written by name, always; but Python fetches what only a name may give one by one, and that
    # takes longer than the count.
    trigger_until: date | None = None,
    court: str | None = None,
    agency: str | None = None,
    service: str | None = None,
    law_as_of: date | None = None,
    closed: Collection[date] = (),
    whose: str | None = None,
    abroad: bool = False,
    requested_on: date | None = None,
) -> Answer:
    """Say when a rule's period ends after `trigger`, with every reading and the explanation.

    `trigger_until` says that the trigger happened between the two days: both ends become
    readings, and `due` is the earlier for what we must do, the later for what they must.
    `closed` are days on which the clerk's office was inaccessible. `law_as_of` forces the text
    of that day; holidays are always those of the day itself. Raises `LawError` for an unknown
    rule, court, agency or service and for days outside the law or the calendars held.
    """
    shut = frozenset(closed) if closed else _NEVER
    key = (rule, court, agency, service, law_as_of, shut, whose, abroad, requested_on)
    plan = law.plans.get(key) or _plan(law, key)
    if trigger_until is None or trigger_until == trigger:
        return Counted(plan, trigger)
    if trigger_until < trigger:
        raise LawError(
            f"The trigger lies between {trigger.isoformat()} and {trigger_until.isoformat()}, "
            "which is upside down: write the earlier day first."
        )
    return _between(Counted(plan, trigger), Counted(plan, trigger_until))


_NEVER: frozenset[date] = frozenset()
_MOST_PLANS = 1024


def _plan(law: Law, key: PlanKey) -> Plan:
    """Look up everything a question names, once; whatever is unknown is refused here."""
    rule_id, court_id, agency_id, service, law_as_of, closed, whose, abroad, requested_on = key
    rule, court = law.rule(rule_id), law.court(court_id)
    recorded = law.almanac.clerk_closed(court.id) if court else _NEVER
    plan = Plan(
        rule=rule,
        method=method_of(rule),
        almanac=law.almanac,
        whose=_whose(whose, rule),
        counting=law.counting.get(rule.counted_under),
        court=court,
        agency=law.agency(agency_id),
        service=_service(service),
        closed=recorded | closed,
        abroad=abroad,
        requested_on=requested_on,
        law_as_of=law_as_of,
    )
    if len(law.plans) >= _MOST_PLANS:
        law.plans.clear()
    law.plans[key] = plan
    return plan


def _service(service: str | None) -> Service | None:
    if service is None:
        return None
    for known in SERVICES:
        if service == known:
            return known
    raise LawError(f"There is no service {service!r}: it is one of {', '.join(SERVICES)}.")


def _whose(whose: str | None, rule: Rule) -> str:
    if whose is None:
        return rule.whose
    if whose in SIDES:
        return whose
    raise LawError(f"A deadline is 'ours' or 'theirs'; {whose!r} was asked.")


def _between(first: Answer, last: Answer) -> Answer:
    """Join the answers for both ends of an uncertain trigger."""
    ours = first.whose == "ours"
    chosen = first if ours else last
    safes = [day for day in (first.safe, last.safe) if day]
    ends = [
        Reading(f"trigger on {end}", _day(answer), f"The trigger happened {where} day possible.")
        for end, answer, where in (
            ("the first day", first, "on the first"),
            ("the last day", last, "on the last"),
        )
    ]
    says = "The day of the trigger is not known; the careful end was counted."
    return Answer(
        due=chosen.due,
        safe=min(safes) if ours else max(safes),
        rule=chosen.rule,
        title=chosen.title,
        whose=chosen.whose,
        text_since=chosen.text_since,
        cites=chosen.cites,
        steps=(Step(None, says), *chosen.steps),
        readings=(*ends, *first.readings, *last.readings),
        status=chosen.status,
        caution=chosen.caution,
    )


def _day(answer: Answer) -> date:
    assert answer.due is not None
    return answer.due


def clock(
    law: Law,
    *,
    agency: str | None,
    requested_on: date,
    as_of: date,
    events: Sequence[ClockEvent],
) -> Clock:
    """Compute a component's clock from its events: what was known on `as_of`, in any order.

    `requested_on` is the day of the request letter, which chooses the law. Raises `LawError` for
    an unknown agency or event and for events in an impossible order.
    """
    return run_clock(
        ClockFacts(
            requested_on=requested_on,
            as_of=as_of,
            events=events,
            agency=law.agency(agency),
            almanac=law.almanac,
            rules=law.rules,
            counting=law.counting["frcp_6"],
        )
    )
