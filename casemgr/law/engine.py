"""Ask a rule for its date: look up what the words mean, count, and say which day is careful."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casemgr.domain.almanac import Court
from casemgr.domain.clock import Clock, ClockEvent, ClockFacts
from casemgr.domain.clock import run as run_clock
from casemgr.domain.counting import SERVICES, Service
from casemgr.domain.methods import METHODS, Ask, Found
from casemgr.domain.rules import Answer, Rule, Text
from casemgr.domain.steps import Reading, Step
from casemgr.errors import LawError
from casemgr.law.reader import Law

SIDES = ("ours", "theirs")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words, before anything is looked up."""

    rule: str
    trigger: date
    court: str | None = None
    agency: str | None = None
    service: str | None = None
    law_as_of: date | None = None
    closed: Collection[date] = ()
    whose: str | None = None
    abroad: bool = False
    requested_on: date | None = None


def due(
    law: Law,
    rule: str,
    trigger: date,
    *,
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
    asked = Asked(
        rule, trigger, court, agency, service, law_as_of, closed, whose, abroad, requested_on
    )
    if trigger_until is None or trigger_until == trigger:
        return _answer(law, asked)
    if trigger_until < trigger:
        raise LawError(
            f"The trigger lies between {trigger.isoformat()} and {trigger_until.isoformat()}, "
            "which is upside down: write the earlier day first."
        )
    return _between(_answer(law, asked), _answer(law, replace(asked, trigger=trigger_until)), asked)


def _answer(law: Law, asked: Asked) -> Answer:
    rule = law.rule(asked.rule)
    ask = _ask(law, rule, asked)
    found = METHODS[rule.method](ask)
    whose, caution = _whose(asked.whose, rule), _caution(rule, ask.text, found)
    return Answer(
        due=found.due,
        safe=found.safe or _safe(whose, found.due, found.readings),
        rule=rule.id,
        title=rule.title,
        whose=whose,
        text_since=found.text_since or ask.text.since,
        cites=found.cites or rule.cites,
        steps=(_opening(rule, ask), *found.steps, *_note(ask.text, rule)),
        readings=tuple(found.readings),
        status="unverified" if caution else "verified",
        caution=caution,
    )


def _ask(law: Law, rule: Rule, asked: Asked) -> Ask:
    """Look up everything the question names; whatever is unknown is refused here."""
    agency, law_on = law.agency(asked.agency), _law_on(rule, asked)
    court = law.court(asked.court)
    return Ask(
        rule=rule,
        text=rule.text_on(law_on) if rule.method != "appeal_window" else _floor(rule, law_on),
        trigger=asked.trigger,
        law_on=law_on,
        almanac=law.almanac,
        counting=law.counting.get(rule.counted_under),
        court=court,
        agency=agency,
        windows=agency.windows if agency else (),
        service=_service(asked.service),
        closed=_closed(law, court, asked.closed),
        abroad=asked.abroad,
        requested_on=asked.requested_on,
    )


def _floor(rule: Rule, law_on: date) -> Text:
    """The statute's text, or its first one: a regulation may be older than the statute's floor."""
    return rule.text_on(max(law_on, rule.texts[0].since))


def _law_on(rule: Rule, asked: Asked) -> date:
    """Choose the day whose law governs: forced, or the one the rule prescribes."""
    chosen = asked.requested_on if rule.chosen_by == "requested_on" else None
    return asked.law_as_of or chosen or asked.trigger


def _service(service: str | None) -> Service | None:
    if service is None:
        return None
    for known in SERVICES:
        if service == known:
            return known
    raise LawError(f"There is no service {service!r}: it is one of {', '.join(SERVICES)}.")


def _closed(law: Law, court: Court | None, closed: Collection[date]) -> frozenset[date]:
    recorded = law.almanac.clerk_closed(court.id) if court else frozenset()
    return recorded | frozenset(closed)


def _whose(whose: str | None, rule: Rule) -> str:
    if whose is None:
        return rule.whose
    if whose in SIDES:
        return whose
    raise LawError(f"A deadline is 'ours' or 'theirs'; {whose!r} was asked.")


def _safe(whose: str, due_on: date, readings: Collection[Reading]) -> date:
    """The earliest reading for what we must do, the latest before we say that they are late."""
    days = [due_on, *(reading.due for reading in readings)]
    return min(days) if whose == "ours" else max(days)


def _opening(rule: Rule, ask: Ask) -> Step:
    text = ask.text
    says = f"{rule.title}: {ask.n} {text.unit.replace('_', ' ')} {rule.direction} {rule.after}"
    if rule.method == "appeal_window":
        says = f"{rule.title}, after {rule.after}"
    says += f", by the text in force on {ask.law_on.isoformat()}."
    return Step(ask.trigger, says, text.authority)


def _note(text: Text, rule: Rule) -> list[Step]:
    return [Step(None, text.note, rule.cites)] if text.note else []


def _caution(rule: Rule, text: Text, found: Found) -> str | None:
    """Say which law was not read in its primary source, or None if all was."""
    doubts = list(found.doubts)
    if rule.status == "unverified":
        doubts.insert(0, rule.doubt or f"{rule.cites} was not read in its primary source")
    if text.status == "unverified" and rule.method != "appeal_window":
        doubts.insert(0, f"{text.authority} was not read in its primary source")
    if not doubts:
        return None
    return f"Not verified: {'; '.join(doubts)}. Read the text before relying on this date."


def _between(first: Answer, last: Answer, asked: Asked) -> Answer:
    """Join the answers for both ends of an uncertain trigger."""
    chosen = first if first.whose == "ours" else last
    safes = [day for day in (first.safe, last.safe) if day]
    ends = [
        Reading(f"trigger on {end}", _day(answer), f"The trigger happened {where} day possible.")
        for end, answer, where in (
            ("the first day", first, "on the first"),
            ("the last day", last, "on the last"),
        )
    ]
    says = "The day of the trigger is not known; the careful end was counted."
    return replace(
        chosen,
        safe=min(safes) if first.whose == "ours" else max(safes),
        steps=(Step(asked.trigger, says), *chosen.steps),
        readings=(*ends, *first.readings, *last.readings),
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
