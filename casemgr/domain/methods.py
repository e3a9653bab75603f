"""The ways of counting that data cannot say: each named in a rule's file, each with its clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from casemgr.domain import readings as read
from casemgr.domain.almanac import Window
from casemgr.domain.counting import (
    Terms,
    add_days,
    add_working_days,
    anniversary,
    day_zero,
    named,
)
from casemgr.domain.plans import Ask, Footing, Method
from casemgr.domain.rules import Rule
from casemgr.domain.steps import Reading, Step
from casemgr.errors import LawError

ONE_DAY = timedelta(days=1)
# The FOIA Improvement Act of 2016 binds for requests made after its enactment.
IMPROVEMENT_ACT = date(2016, 6, 30)


# An agency's working days --------------------------------------------------------------------


def _working_days(ask: Ask, steps: list[Step] | None = None) -> date:
    return add_working_days(ask.trigger, ask.course.n, ask.plan.working, steps)


def _working_readings(ask: Ask, due: date) -> list[Reading]:
    trigger, n = ask.trigger, ask.n
    return read.of_working_days(
        ask.plan.almanac, trigger, due, lambda days: days.after(trigger, n), ask.plan.agency
    )


def _plain_footing(ask: Ask) -> Footing:
    return Footing(ask.text.since, ask.plan.rule.cites)


def _either_readings(ask: Ask, due: date) -> list[Reading]:
    """Ten days that the statute writes without "excepting Saturdays": agencies read working days.

    5 U.S.C. 552(a)(6)(A) (flush text) and (a)(7)(A) say "ten days"; OIP and most regulations
    read working days, which is the last day; calendar days are the other reading.
    """
    why = "The statute says ten days and does not leave out Saturdays, Sundays and holidays."
    other = Reading("calendar days", ask.trigger + timedelta(days=ask.n), why)
    return [*_working_readings(ask, due), other]


# Calendar days that never move ---------------------------------------------------------------


def _calendar_days(ask: Ask, steps: list[Step] | None = None) -> date:
    """Calendar days of a statute that states no move: the last day stands where it falls."""
    due = ask.trigger + timedelta(days=ask.n)
    closed = ask.plan.working.closed_for(due)
    if steps is not None:
        says = f"{named(due)} is calendar day {ask.n}; every day counts."
        steps += [day_zero(ask.trigger), Step(due, says, ask.plan.rule.cites)]
        if closed:
            says = f"It is closed ({closed}); the text states no move, so it stands."
            steps.append(Step(due, says))
    return due


def _calendar_readings(ask: Ask, due: date) -> list[Reading]:
    working = ask.plan.working
    if working.closed_for(due) is None:
        return []
    why = "The text states no move off a closed day; some would read one in."
    return [Reading("moved off the closed day", working.next_open(due), why)]


def _day_after(ask: Ask, steps: list[Step] | None = None) -> date:
    """The day after a missed limit, from which the agency may not charge search fees.

    552(a)(4)(A)(viii): "an agency shall not assess any search fees ... if the agency fails to
    comply with any time limit under paragraph (6)".
    """
    due, cites = ask.trigger + ONE_DAY, ask.plan.rule.cites
    if steps is not None:
        says = f"{named(ask.trigger)} was the last day of the time limit."
        first = f"{named(due)} is the first day on which the fee is barred."
        steps += [Step(ask.trigger, says, cites), Step(due, first, cites)]
    return due


def _day_after_readings(ask: Ask, _: date) -> list[Reading]:
    longer = ask.plan.working.after(ask.trigger, 10) + ONE_DAY
    why = "Timely written notice of unusual circumstances excuses ten more working days."
    return [Reading("unusual circumstances noticed in time", longer, why)]


# A court's period ----------------------------------------------------------------------------


def _court_terms(ask: Ask) -> Terms:
    """Return how the court counts this period: text of the day, open days, service, clerk."""
    assert ask.course.terms is not None
    return ask.course.terms


def _court_days(ask: Ask, steps: list[Step] | None = None, *, under: Terms | None = None) -> date:
    """Count a court's period under its own terms, or under others."""
    terms = under or _court_terms(ask)
    unit, n, direction = ask.course.text.unit, ask.course.n, ask.plan.rule.direction
    if unit == "months" or unit == "years":
        return anniversary(ask.trigger, n, terms, direction, steps, unit=unit)
    return add_days(ask.trigger, n, terms, direction, steps)


def _court_footing(ask: Ask) -> Footing:
    terms = _court_terms(ask)
    used = [terms.text, terms.rule.service_text_on(ask.trigger) if terms.adds_three else None]
    doubts = tuple(
        f"{text.authority} was not read in its primary source"
        for text in used
        if text is not None and text.status == "unverified"
    )
    return Footing(ask.text.since, ask.plan.rule.cites, doubts)


def _court_readings(ask: Ask, due: date) -> list[Reading]:
    terms, plan = _court_terms(ask), ask.plan

    def count(other: Terms) -> date:
        return _court_days(ask, under=other)

    found = read.of_court_days(plan.almanac, plan.states, plan.rule.direction, terms, count)
    if plan.rule.direction == "after":
        found += read.of_missing_state(plan.almanac, plan.court, due)
    if plan.rule.three_days != "none":
        unsettled = plan.rule.three_days == "reading"
        found += read.of_service(terms, ask.trigger, unsettled, count)
    return found + _later_texts(ask, due) + _leap_day(ask, terms)


def _later_texts(ask: Ask, due: date) -> list[Reading]:
    """A text that began while the period ran applies 'insofar as just and practicable'."""
    if ask.law_on != ask.trigger:
        return []
    found = []
    for text in ask.plan.rule.texts:
        if not ask.trigger < text.since <= due:
            continue
        other = ask.again(ask.trigger, text, law_on=text.since)
        why = (
            f"{text.authority} took effect while the period ran, and reaches pending cases so far "
            "as just and practicable."
        )
        found.append(Reading(f"text of {text.since.isoformat()}", _court_days(other), why))
    return [reading for reading in found if reading.due != due]


def _leap_day(ask: Ask, terms: Terms) -> list[Reading]:
    if ask.text.unit != "years" or (ask.trigger.month, ask.trigger.day) != (2, 29):
        return []
    other = _court_days(ask.again(ask.trigger + ONE_DAY), under=terms)
    if other == _court_days(ask, under=terms):
        return []
    why = "29 February has no anniversary in a common year: 1 March is the other choice."
    return [Reading("anniversary on 1 March", other, why)]


def _short_reply_readings(ask: Ask, due: date) -> list[Reading]:
    """The reply on a discovery motion: two days, of which a summary of 2010 says one.

    Local Civil Rule 6.1(a). One day is the careful reading until the text has been read.
    """
    one_day = ask.again(ask.trigger, replace(ask.text, n=1))
    why = "A summary of the local rules of 2010 gives one day for the reply."
    return [*_court_readings(ask, due), Reading("one day", _court_days(one_day), why)]


def _limitations(ask: Ask, steps: list[Step] | None = None) -> date:
    """Six years from the twentieth working day after the agency received the appeal.

    28 U.S.C. 2401(a): the complaint must be filed "within six years after the right of action
    first accrues"; it accrues when the time for the appeal has run, though the agency is silent
    (Spannaus v. DOJ, 824 F.2d 52). The day after is the first on which suit could be brought.
    """
    accrued = _accrued(ask, steps)
    return _court_days(accrued, steps)


def _accrued(ask: Ask, steps: list[Step] | None = None) -> Ask:
    accrual = add_working_days(ask.trigger, 20, ask.plan.working, steps)
    if steps is not None:
        says = f"the appeal's time had run on {named(accrual)}."
        steps.append(Step(accrual, says, "5 U.S.C. § 552(a)(6)(A)(ii)"))
    return ask.again(accrual)


def _limitations_readings(ask: Ask, due: date) -> list[Reading]:
    accrued = _accrued(ask)
    day_later = _court_days(accrued.again(accrued.trigger + ONE_DAY))
    why = "The first day on which suit could be brought is the day after the time had run."
    later = Reading("six years from the day after", day_later, why)
    return [*_court_readings(accrued, due), later]


# The requester's time to appeal --------------------------------------------------------------


def _appeal_window(ask: Ask, steps: list[Step] | None = None) -> date:
    """The requester's time to appeal, from the agency's regulation and the statute's floor.

    552(a)(6)(A)(i)(III)(aa): not less than 90 days after the date of the adverse determination,
    for requests made after 2016-06-30; a regulation may give more.
    """
    told: list[Step] = []
    window = _window_on(ask)
    says = f"{named(ask.trigger)} is the date of the determination, day 0."
    told.append(Step(ask.trigger, says))
    due = _by_regulation(ask, window, told) if window else _by_statute(ask)
    if _floor_binds(ask) and due <= _by_statute(ask):
        due = _by_statute(ask)
        says = f"the statute gives at least {ask.n} calendar days: {named(due)}."
        told.append(Step(due, says, ask.plan.rule.cites))
    if steps is not None:
        steps += [*told, *_window_notes(ask, window, due)]
    return due


def _floor_binds(ask: Ask) -> bool:
    return ask.law_on > IMPROVEMENT_ACT


def _by_statute(ask: Ask) -> date:
    return ask.trigger + timedelta(days=ask.n)


def _window_on(ask: Ask) -> Window | None:
    """Return the regulation in force for the request; none, and no floor either, is refused."""
    windows = ask.plan.windows
    window = next((one for one in reversed(windows) if one.since <= ask.law_on), None)
    if window is None and not _floor_binds(ask):
        raise LawError(_no_window(ask))
    return window


def _no_window(ask: Ask) -> str:
    who = ask.plan.agency.name if ask.plan.agency else "this agency"
    return (
        f"No regulation of {who} on appeals is held for a request of {ask.law_on.isoformat()}, and "
        "the statute set no least time before 2016-07-01. Take the day from the agency's letter, "
        "or name another agency."
    )


def _by_regulation(ask: Ask, window: Window, steps: list[Step]) -> date:
    if window.unit == "working_days":
        days = ask.plan.working
        due = days.after(ask.trigger, window.n)
        steps += days.skipped(ask.trigger, due)
        steps.append(Step(due, f"{named(due)} is working day {window.n}.", window.cites))
        return due
    due = ask.trigger + timedelta(days=window.n)
    says = f"{named(due)} is calendar day {window.n}; every day counts."
    steps.append(Step(due, says, window.cites))
    return due


def _plan_by(ask: Ask, due: date) -> date:
    """Ninety calendar days, the least the statute gives; less where the regulation gives less."""
    return min(due, _by_statute(ask)) if _floor_binds(ask) else due


def _window_footing(ask: Ask) -> Footing:
    window = _window_on(ask)
    if window is None:
        return Footing(ask.text.since, ask.plan.rule.cites)
    doubts = (f"{window.cites} was not read in its primary source",)
    return Footing(window.since, window.cites, doubts if window.status == "unverified" else ())


def _window_notes(ask: Ask, window: Window | None, due: date) -> list[Step]:
    notes, working = [], ask.plan.working
    if window:
        hour = f" ({window.until_hour})" if window.until_hour else ""
        says = f"the appeal must be {window.counts_by} by then{hour}."
        notes.append(Step(due, says, window.cites))
        if window.note:
            notes.append(Step(None, window.note, window.cites))
    if closed := working.closed_for(due):
        before = named(working.previous_open(due))
        says = f"it is closed ({closed}) and no text moves it: the careful day is {before}."
        notes.append(Step(due, says))
    return notes


def _window_readings(ask: Ask, due: date) -> list[Reading]:
    found, working = [], ask.plan.working
    if working.closed_for(due):
        why = "No regulation or holding moves the last day of an administrative appeal."
        found.append(Reading("moved off the closed day", working.next_open(due), why))
    if _window_on(ask) is None:
        why = "The statute does not say whether the appeal must be sent or received by the day."
        found.append(Reading("received by the last day", due, why))
    return found


_PERIODS: Mapping[str, Method] = {
    "foia": Method(_working_days, _working_readings, _plain_footing),
    "plain": Method(_calendar_days, _calendar_readings, _plain_footing),
    "frcp_6": Method(_court_days, _court_readings, _court_footing),
    "frap_26": Method(_court_days, _court_readings, _court_footing),
}
_NAMED: Mapping[str, Method] = {
    "working_or_calendar": Method(_working_days, _either_readings, _plain_footing),
    "day_after": Method(_day_after, _day_after_readings, _plain_footing),
    "limitations": Method(_limitations, _limitations_readings, _court_footing),
    "appeal_window": Method(_appeal_window, _window_readings, _window_footing, _plan_by),
    "short_reply": Method(_court_days, _short_reply_readings, _court_footing),
}
# What a rule's file may write under `method`.
METHODS = ("period", *_NAMED)


def method_of(rule: Rule) -> Method:
    """Return the way a rule counts: the one it names, or that of the law it is counted under."""
    return _NAMED.get(rule.method) or _PERIODS[rule.counted_under]
