"""The ways of counting that data cannot say: each named in a rule's file, each with its clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from casemgr.domain import readings as read
from casemgr.domain.almanac import Agency, Almanac, Court, Window
from casemgr.domain.counting import (
    CountingRule,
    Service,
    Terms,
    add_days,
    add_working_days,
    anniversary,
    named,
)
from casemgr.domain.rules import Rule, Text
from casemgr.domain.steps import Reading, Step
from casemgr.errors import LawError

ONE_DAY = timedelta(days=1)
# The FOIA Improvement Act of 2016 binds for requests made after its enactment.
IMPROVEMENT_ACT = date(2016, 6, 30)


@dataclass(frozen=True, slots=True)
class Ask:
    """One question to a rule: everything that bears on the date, already looked up."""

    rule: Rule
    text: Text
    trigger: date
    law_on: date
    almanac: Almanac
    counting: CountingRule | None = None
    court: Court | None = None
    agency: Agency | None = None
    windows: tuple[Window, ...] = ()
    service: Service | None = None
    closed: frozenset[date] = frozenset()
    abroad: bool = False
    requested_on: date | None = None

    @property
    def n(self) -> int:
        """The length of the period: longer, in some texts, for a defendant abroad."""
        return self.text.abroad if self.abroad and self.text.abroad else self.text.n

    @property
    def states(self) -> tuple[str, ...]:
        """The states whose holidays may count: the district's, and on appeal the circuit's."""
        if self.court is None:
            return ()
        if self.rule.counted_under == "frap_26":
            circuit = self.almanac.courts[self.court.circuit]
            return tuple(dict.fromkeys((self.court.state, circuit.state)))
        return (self.court.state,)


@dataclass(slots=True)
class Found:
    """What a method found: the day, the careful day where it names one, and the explanation."""

    due: date
    steps: list[Step] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    safe: date | None = None
    text_since: date | None = None
    cites: str | None = None
    doubts: list[str] = field(default_factory=list)


def period(ask: Ask) -> Found:
    """The period of the text, counted as its law counts, and nothing else."""
    if ask.rule.counted_under == "foia":
        return _working_days(ask)
    if ask.rule.counted_under == "plain":
        return _plain_days(ask)
    return _court_period(ask)


def _working_days(ask: Ask) -> Found:
    steps: list[Step] = []
    due = add_working_days(ask.trigger, ask.n, ask.almanac.working, steps)
    found = read.of_working_days(
        ask.almanac, ask.trigger, due, lambda days: days.after(ask.trigger, ask.n), ask.agency
    )
    return Found(due, steps, found)


def _plain_days(ask: Ask) -> Found:
    """Calendar days of a statute that states no move: the last day stands where it falls."""
    due = ask.trigger + timedelta(days=ask.n)
    closed = ask.almanac.working.closed_for(due)
    steps = [
        Step(ask.trigger, f"{named(ask.trigger)} is day 0 and is not counted."),
        Step(due, f"{named(due)} is calendar day {ask.n}; every day counts.", ask.rule.cites),
    ]
    if closed is None:
        return Found(due, steps)
    steps.append(Step(due, f"It is closed ({closed}); the text states no move, so it stands."))
    why = "The text states no move off a closed day; some would read one in."
    return Found(due, steps, [Reading("moved off the closed day", _next(ask, due), why)])


def _next(ask: Ask, day: date) -> date:
    return ask.almanac.working.next_open(day)


def court_terms(ask: Ask) -> Terms:
    """Say how the court counts this period: text of the day, open days, service, closed clerk."""
    assert ask.counting is not None
    adds = ask.rule.three_days == "added" and ask.counting.adds_three_days(ask.service, ask.trigger)
    return Terms(
        rule=ask.counting,
        text=ask.counting.text_on(ask.law_on),
        forward=ask.almanac.court_days(ask.states),
        backward=ask.almanac.court_days(fridays=False),
        closed=ask.closed,
        service=ask.service,
        adds_three=adds,
    )


def _court_count(ask: Ask, terms: Terms, steps: list[Step] | None = None) -> date:
    if ask.text.unit in ("months", "years"):
        return anniversary(ask.trigger, ask.n, terms, ask.rule.direction, steps, unit=ask.text.unit)
    return add_days(ask.trigger, ask.n, terms, ask.rule.direction, steps)


def _court_period(ask: Ask) -> Found:
    terms, steps = court_terms(ask), list[Step]()
    due = _court_count(ask, terms, steps)
    found = Found(due, steps, _court_readings(ask, terms, due))
    if terms.text.status == "unverified":
        found.doubts.append(f"{terms.text.authority} was not read in its primary source")
    return found


def _court_readings(ask: Ask, terms: Terms, due: date) -> list[Reading]:
    def count(other: Terms) -> date:
        return _court_count(ask, other)

    found = read.of_court_days(ask.almanac, ask.states, ask.rule.direction, terms, count)
    if ask.rule.direction == "after":
        found += read.of_missing_state(ask.almanac, ask.court, due)
    if ask.rule.three_days != "none":
        unsettled = ask.rule.three_days == "reading"
        found += read.of_service(terms, ask.trigger, unsettled, count)
    return found + _later_texts(ask, due) + _leap_day(ask, terms)


def _later_texts(ask: Ask, due: date) -> list[Reading]:
    """A text that began while the period ran applies 'insofar as just and practicable'."""
    started = [text for text in ask.rule.texts if ask.trigger < text.since <= due]
    if ask.law_on != ask.trigger or ask.counting is None:
        return []
    found = []
    for text in started:
        other = replace(ask, text=text, law_on=text.since)
        why = (
            f"{text.authority} took effect while the period ran, and reaches pending cases so far "
            "as just and practicable."
        )
        found.append(
            Reading(
                f"text of {text.since.isoformat()}", _court_count(other, court_terms(other)), why
            )
        )
    return [reading for reading in found if reading.due != due]


def _leap_day(ask: Ask, terms: Terms) -> list[Reading]:
    if ask.text.unit != "years" or (ask.trigger.month, ask.trigger.day) != (2, 29):
        return []
    other = _court_count(replace(ask, trigger=ask.trigger + ONE_DAY), terms)
    why = "29 February has no anniversary in a common year: 1 March is the other choice."
    return (
        [Reading("anniversary on 1 March", other, why)] if other != _court_count(ask, terms) else []
    )


def working_or_calendar(ask: Ask) -> Found:
    """Ten days that the statute writes without "excepting Saturdays": agencies read working days.

    5 U.S.C. 552(a)(6)(A) (flush text) and (a)(7)(A) say "ten days"; OIP and most regulations
    read working days, which is `due`; calendar days are the other reading.
    """
    found = _working_days(ask)
    other = ask.trigger + timedelta(days=ask.n)
    why = "The statute says ten days and does not leave out Saturdays, Sundays and holidays."
    found.readings.append(Reading("calendar days", other, why))
    return found


def day_after(ask: Ask) -> Found:
    """The day after a missed limit, from which the agency may not charge search fees.

    552(a)(4)(A)(viii): "an agency shall not assess any search fees ... if the agency fails to
    comply with any time limit under paragraph (6)"; ten more days with timely notice of unusual
    circumstances.
    """
    due = ask.trigger + ONE_DAY
    longer = ask.almanac.working.after(ask.trigger, 10) + ONE_DAY
    steps = [
        Step(
            ask.trigger, f"{named(ask.trigger)} was the last day of the time limit.", ask.rule.cites
        ),
        Step(due, f"{named(due)} is the first day on which the fee is barred.", ask.rule.cites),
    ]
    why = "Timely written notice of unusual circumstances excuses ten more working days."
    return Found(due, steps, [Reading("unusual circumstances noticed in time", longer, why)])


def limitations(ask: Ask) -> Found:
    """Six years from the twentieth working day after the agency received the appeal.

    28 U.S.C. 2401(a): the complaint must be filed "within six years after the right of action
    first accrues"; it accrues when the time for the appeal has run, though the agency is silent
    (Spannaus v. DOJ, 824 F.2d 52). The day after is the first on which suit could be brought.
    """
    steps: list[Step] = []
    accrual = add_working_days(ask.trigger, 20, ask.almanac.working, steps)
    steps.append(
        Step(
            accrual,
            f"the appeal's time had run on {named(accrual)}.",
            "5 U.S.C. § 552(a)(6)(A)(ii)",
        )
    )
    later = replace(ask, trigger=accrual)
    found = _court_period(later)
    day_later = _court_count(replace(later, trigger=accrual + ONE_DAY), court_terms(later))
    why = "The first day on which suit could be brought is the day after the time had run."
    found.steps[:0] = steps
    found.readings.append(Reading("six years from the day after", day_later, why))
    return found


def appeal_window(ask: Ask) -> Found:
    """The requester's time to appeal, from the agency's regulation and the statute's floor.

    552(a)(6)(A)(i)(III)(aa): not less than 90 days after the date of the adverse determination,
    for requests made after 2016-06-30; a regulation may give more. `due` is the last day, `safe`
    the plan-by day: ninety calendar days, or less where the regulation gives less.
    """
    window = _window_on(ask.windows, ask.law_on)
    floor = ask.law_on > IMPROVEMENT_ACT
    if window is None and not floor:
        raise LawError(_no_window(ask))
    steps = [Step(ask.trigger, f"{named(ask.trigger)} is the date of the determination, day 0.")]
    by_statute = ask.trigger + timedelta(days=ask.n)
    due = _by_regulation(ask, window, steps) if window else by_statute
    if floor and due <= by_statute:
        due = by_statute
        says = f"the statute gives at least {ask.n} calendar days: {named(due)}."
        steps.append(Step(due, says, ask.rule.cites))
    return _window_found(ask, window, due, min(due, by_statute) if floor else due, steps)


def _window_on(windows: tuple[Window, ...], day: date) -> Window | None:
    return next((one for one in reversed(windows) if one.since <= day), None)


def _no_window(ask: Ask) -> str:
    who = ask.agency.name if ask.agency else "this agency"
    return (
        f"No regulation of {who} on appeals is held for a request of {ask.law_on.isoformat()}, and "
        "the statute set no least time before 2016-07-01. Take the day from the agency's letter, "
        "or name another agency."
    )


def _by_regulation(ask: Ask, window: Window, steps: list[Step]) -> date:
    if window.unit == "working_days":
        days = ask.almanac.working
        due = days.after(ask.trigger, window.n)
        steps += days.skipped(ask.trigger, due)
        steps.append(Step(due, f"{named(due)} is working day {window.n}.", window.cites))
        return due
    due = ask.trigger + timedelta(days=window.n)
    says = f"{named(due)} is calendar day {window.n}; every day counts."
    steps.append(Step(due, says, window.cites))
    return due


def _window_found(
    ask: Ask, window: Window | None, due: date, plan_by: date, steps: list[Step]
) -> Found:
    steps += _window_notes(ask, window, due)
    found = Found(due, steps, _window_readings(ask, window, due), safe=plan_by)
    found.text_since = window.since if window else ask.text.since
    found.cites = window.cites if window else ask.rule.cites
    if window and window.status == "unverified":
        found.doubts.append(f"{window.cites} was not read in its primary source")
    return found


def _window_notes(ask: Ask, window: Window | None, due: date) -> list[Step]:
    notes = []
    if window:
        hour = f" ({window.until_hour})" if window.until_hour else ""
        notes.append(
            Step(due, f"the appeal must be {window.counts_by} by then{hour}.", window.cites)
        )
        if window.note:
            notes.append(Step(None, window.note, window.cites))
    if closed := ask.almanac.working.closed_for(due):
        before = ask.almanac.working.previous_open(due)
        says = f"it is closed ({closed}) and no text moves it: the careful day is {named(before)}."
        notes.append(Step(due, says))
    return notes


def _window_readings(ask: Ask, window: Window | None, due: date) -> list[Reading]:
    found = []
    if ask.almanac.working.closed_for(due):
        why = "No regulation or holding moves the last day of an administrative appeal."
        found.append(Reading("moved off the closed day", _next(ask, due), why))
    if window is None:
        why = "The statute does not say whether the appeal must be sent or received by the day."
        found.append(Reading("received by the last day", due, why))
    return found


def short_reply(ask: Ask) -> Found:
    """The reply on a discovery motion: two days, of which a summary of 2010 says one.

    Local Civil Rule 6.1(a). One day is the careful reading until the text has been read.
    """
    found = _court_period(ask)
    one_day = replace(ask, text=replace(ask.text, n=1))
    why = "A summary of the local rules of 2010 gives one day for the reply."
    found.readings.append(Reading("one day", _court_count(one_day, court_terms(one_day)), why))
    return found


METHODS: Mapping[str, Callable[[Ask], Found]] = {
    "period": period,
    "working_or_calendar": working_or_calendar,
    "day_after": day_after,
    "limitations": limitations,
    "appeal_window": appeal_window,
    "short_reply": short_reply,
}
