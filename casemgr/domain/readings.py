"""Where law or practice is unsettled: each defensible date, with the reason somebody holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from casemgr.domain.almanac import CLOSURE_WORDS, Agency, Almanac, ClosureKind, Court
from casemgr.domain.calendars import Calendar
from casemgr.domain.counting import Direction, Service, Terms
from casemgr.domain.steps import Reading

# Closures an agency may leave out, in the order in which readings list them.
KINDS: tuple[ClosureKind, ...] = ("executive_order", "inauguration", "weather", "lapse", "office")

WHY_CLOSED: dict[ClosureKind, str] = {
    "executive_order": "An order that closes the executive branch for a day does not make it a "
    "legal public holiday of 5 U.S.C. 6103(a), so the law counts it; agencies are split.",
    "inauguration": "5 U.S.C. 6103(c) concerns pay and leave in the Washington area, so the law "
    "counts the day; some agencies have left it out.",
    "weather": "A closure for weather is not a legal public holiday, so the law counts it; some "
    "agencies leave it out.",
    "lapse": "OIP's guidance counts the days of a lapse; some agencies leave them out.",
    "office": "The office recorded that this agency was closed; the law counts the day.",
}

Count = Callable[[Calendar], date | None]
CourtCount = Callable[[Terms], date]


def of_working_days(
    almanac: Almanac, trigger: date, due: date, count: Count, agency: Agency | None
) -> list[Reading]:
    """List what agencies make of a period of working days: closures left out, receipt counted."""
    found = list(_closures_left_out(almanac, trigger, due, count, agency))
    found += _receipt_day(almanac.working, trigger, due, agency)
    return found


def _closures_left_out(
    almanac: Almanac, trigger: date, due: date, count: Count, agency: Agency | None
) -> Iterable[Reading]:
    who, first = agency.id if agency else None, trigger + date.resolution
    if not almanac.any_closed_between(first, due):
        return
    kinds = [kind for kind in KINDS if almanac.closed_between(kind, first, due, who)]
    for kind in kinds:
        other = count(almanac.working_without(frozenset({kind}), who))
        if other is not None and other != due:
            yield Reading(f"{CLOSURE_WORDS[kind]} left out", other, WHY_CLOSED[kind])
    if len(kinds) > 1:
        other = count(almanac.working_without(frozenset(kinds), who))
        if other is not None and other != due:
            yield Reading(
                "all closures left out", other, "Every closure above is left out together."
            )


def _receipt_day(
    working: Calendar, trigger: date, due: date, agency: Agency | None
) -> Iterable[Reading]:
    """The day of receipt counted as day one, or a receipt on a closed day put off to the next."""
    if working.closed_for(trigger):
        why = (
            "Some agencies treat what arrives on a closed day as received on the next working day, "
            "which is then day 0."
        )
        yield Reading("received the next working day", working.after(due, 1), why)
    elif agency is None or agency.receipt_day != "not_counted":
        why = "Some agencies count the day of receipt as day one; the law does not."
        if agency and agency.receipt_day_source:
            why = f"{agency.name} counts the day of receipt ({agency.receipt_day_source})."
        yield Reading("receipt day counted", working.previous_open(due - date.resolution), why)


def of_court_days(
    almanac: Almanac,
    states: tuple[str, ...],
    direction: Direction,
    terms: Terms,
    count: CourtCount,
) -> list[Reading]:
    """List the defensible last days of a court's period: which days are legal holidays."""
    due = count(terms)
    if direction == "before":
        found = [_backward(almanac, terms, count, name) for name in _BACKWARD]
    else:
        found = _forward(almanac, states, terms, count)
    return [reading for reading in found if reading.due != due]


WHY_STATE = (
    "A state holiday is a legal holiday by Rule 6(a)(6)(C), but the clerk of the federal court is "
    "open on it: do not rely on it."
)
WHY_FRIDAY = (
    "The Friday before a Saturday holiday is a holiday for pay and leave (5 U.S.C. 6103(b)(1)); "
    "no appellate court has said that it is one under Rule 6(a)(6)."
)
WHY_PRESIDENT = (
    "Courts differ on whether a day on which the President closed the executive branch is "
    "'declared a holiday by the President' (Rule 6(a)(6)(B))."
)
_BACKWARD = ("Friday before a Saturday holiday", "day closed by executive order")


def _forward(
    almanac: Almanac, states: tuple[str, ...], terms: Terms, count: CourtCount
) -> list[Reading]:
    open_days = almanac.court_days
    federal = count(terms.on(open_days(fridays=False)))
    presidents = count(terms.on(open_days(states, presidents=True)))
    if federal == presidents:
        # More holidays never bring a day nearer, so between these two nothing can differ.
        return []
    without_state = count(terms.on(open_days()))
    without_friday = count(terms.on(open_days(states, fridays=False)))
    found = [
        Reading("state holiday not counted", without_state, WHY_STATE),
        Reading("Friday before a Saturday holiday not counted", without_friday, WHY_FRIDAY),
    ]
    if federal not in (without_state, without_friday):
        found.append(Reading("federal holidays only", federal, f"{WHY_STATE} {WHY_FRIDAY}"))
    found.append(Reading("day closed by executive order", presidents, WHY_PRESIDENT))
    return found


def _backward(almanac: Almanac, terms: Terms, count: CourtCount, name: str) -> Reading:
    friday = name == _BACKWARD[0]
    days = almanac.court_days(fridays=friday, presidents=not friday)
    return Reading(
        name, count(terms.on(terms.forward, days)), WHY_FRIDAY if friday else WHY_PRESIDENT
    )


def of_missing_state(almanac: Almanac, court: Court | None, due: date) -> list[Reading]:
    """Say that a state's holidays are not held, where they could have moved the day."""
    if court is None or court.state in almanac.states:
        return []
    why = (
        f"The holidays of {court.state} are not held, so only federal ones were used. Look whether "
        f"{due.isoformat()} is a legal holiday there (Rule 6(a)(6)(C))."
    )
    return [Reading("state holidays not held", due, why)]


def of_service(terms: Terms, served_on: date, unsettled: bool, count: CourtCount) -> list[Reading]:
    """List what the manner of service may add: three days where it is unknown or unsettled."""
    if terms.adds_three:
        return _orders_of_three(terms, count)
    covered = [one for one in ("mail", "electronic") if _adds(terms, one, served_on)]
    if terms.service is None and covered:
        why = f"Three days are added if the paper was served by {' or '.join(covered)}."
        return [Reading("three days for the manner of service", _with_three(terms, count), why)]
    if unsettled and terms.service and _adds(terms, terms.service, served_on):
        why = "No text or holding says whether Rule 6(d) reaches this local rule's periods."
        return [Reading("three days for the manner of service", _with_three(terms, count), why)]
    return []


def _adds(terms: Terms, service: str, served_on: date) -> bool:
    known: Service = "mail" if service == "mail" else service  # type: ignore[assignment]
    return terms.rule.adds_three_days(known, served_on)


def _with_three(terms: Terms, count: CourtCount) -> date:
    return count(replace(terms, adds_three=True))


def _orders_of_three(terms: Terms, count: CourtCount) -> list[Reading]:
    """Before 2005-12-01 the text did not say whether the three days come before the move."""
    if terms.text.three_days == "after_the_move":
        return []
    other = count(replace(terms, text=replace(terms.text, three_days="after_the_move")))
    why = (
        "Before 2005-12-01 the rule did not say whether the last day moves before three are added."
    )
    found = [Reading("three days added after the move", other, why)]
    return [reading for reading in found if reading.due != count(terms)]
