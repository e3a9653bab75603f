"""What other defensible ways of counting make of an agency's last day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from casemgr.domain import readings as read
from casemgr.domain.almanac import Agency, Almanac
from casemgr.domain.calendars import Calendar
from casemgr.domain.clock_request import RequestStage
from casemgr.domain.holidays import ONE_DAY
from casemgr.domain.pauses import runs_out
from casemgr.domain.steps import Reading


def readings_of(
    request: RequestStage, almanac: Almanac, agency: Agency | None, requested_on: date
) -> list[Reading]:
    """List each defensible last day of the request, with its reason; none before it is known."""
    if request.starts is None or request.due is None:
        return []
    if request.only_designated is not None:
        return list(_designated(request, almanac, agency, requested_on))
    start = request.starts[1]
    found = read.of_working_days(almanac, start, request.due, _count(request, start), agency)
    return [*found, *_pauses(request, almanac.working, start), *_claimed(request)]


def _count(request: RequestStage, start: date) -> Callable[[Calendar], date | None]:
    def count(days: Calendar) -> date | None:
        pauses = [pause.days(late=True) for pause in request.pauses]
        return runs_out(start, request.length, pauses, days)

    return count


def _designated(
    request: RequestStage, almanac: Almanac, agency: Agency | None, requested_on: date
) -> Iterator[Reading]:
    """The day the right component had it is not known: at once, or ten days later."""
    assert request.starts is not None
    assert request.only_designated is not None
    first, last = request.starts
    at_once = "received the day it was sent" if first == requested_on else "routed the same day"
    why = "The right component may have had it that day."
    yield from _from(request, first, almanac, agency, at_once, why)
    name = "ten working days to reach the right component"
    why = "A designated component has ten working days, as OIP reads the statute, to pass it on."
    yield from _from(request, last, almanac, agency, name, why)
    tenth = date.fromordinal(request.only_designated.latest.toordinal() + 10)
    why = "The statute says ten days and does not leave out Saturdays, Sundays and holidays."
    name = "ten calendar days to reach the right component"
    yield from _if_other(request, name, _count(request, tenth)(almanac.working), why)


def _from(
    request: RequestStage,
    start: date,
    almanac: Almanac,
    agency: Agency | None,
    name: str,
    why: str,
) -> Iterator[Reading]:
    """The last day from one possible day 0, and what agencies' own ways make of it."""
    count = _count(request, start)
    due = count(almanac.working)
    if due is None:
        return
    yield Reading(name, due, why)
    for other in read.of_working_days(almanac, start, due, count, agency):
        yield Reading(f"{name}, {other.name}", other.due, other.why)


def _pauses(request: RequestStage, working: Calendar, start: date) -> Iterator[Reading]:
    """The statute does not say whether the day of a question counts, or if all begins anew."""
    stood = request.stood()
    if not stood:
        return
    shorter = [(first + ONE_DAY, last) for first, last in stood]
    why = "The statute does not say whether the day of the question counts."
    yield from _if_other(
        request,
        "day of the question counted",
        runs_out(start, request.length, shorter, working),
        why,
    )
    restarted = runs_out(max(last for _, last in stood), request.length, [], working)
    why = "Some regulations let the period begin anew when the answer arrives (5 CFR 2411.8)."
    yield from _if_other(request, "period begins anew", restarted, why)


def _if_other(request: RequestStage, name: str, due: date | None, why: str) -> Iterator[Reading]:
    if due is not None and due != request.due:
        yield Reading(name, due, why)


def _claimed(request: RequestStage) -> Iterator[Reading]:
    """The day the agency's own notice names is its claim, kept beside the computed one."""
    named = request.extension.until if request.extension else None
    if named is not None and request.due is not None and named < request.due:
        why = "The agency's notice names this day, which is sooner than the statute allows it."
        yield Reading("the day the agency named", named, why)
