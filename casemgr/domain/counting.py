"""Counting time: Rule 6(a) in all its texts, Rule 6(d), months and years, elapsed hours.

Every function takes an optional list of steps and adds to it what it does: the explanation is
made by the same lines that make the date.
"""

from __future__ import annotations

import calendar as months_of
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from casemgr.domain.calendars import WEEKDAYS, Calendar
from casemgr.domain.holidays import ONE_DAY
from casemgr.domain.steps import Step
from casemgr.errors import LawError

Direction = Literal["after", "before"]
Service = Literal["personal", "mail", "electronic", "clerk", "other_consented"]
SERVICES: tuple[Service, ...] = ("personal", "mail", "electronic", "clerk", "other_consented")
THREE_DAYS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class CountingText:
    """One text of a court's counting rule (Rule 6(a), FRAP 26(a)).

    Periods shorter than `short_below` days skip closed days on the way (0: every day counts).
    `hours` says whether the text counts hours; `clerk` whether a day on which the clerk's office
    is inaccessible extends the period; `three_days` whether the days added after service come
    before or after the last day is moved.
    """

    since: date
    short_below: int
    hours: bool
    clerk: bool
    three_days: Literal["before_the_move", "after_the_move"]
    authority: str
    status: Literal["verified", "unverified"] = "verified"


@dataclass(frozen=True, slots=True)
class ServiceText:
    """The manners of service that add three days, for papers served since a day."""

    since: date
    adds_for: tuple[Service, ...]
    authority: str
    status: Literal["verified", "unverified"] = "verified"


@dataclass(frozen=True, slots=True)
class CountingRule:
    """A court's way of counting with all its texts: Rule 6 or FRAP 26."""

    id: str
    title: str
    cites: str
    cites_service: str
    texts: tuple[CountingText, ...]
    service: tuple[ServiceText, ...]

    def text_on(self, day: date) -> CountingText:
        """Return the text in force on `day`."""
        for text in reversed(self.texts):
            if text.since <= day:
                return text
        raise LawError(
            f"{self.cites} has no text for {day.isoformat()}; the first one held is of "
            f"{self.texts[0].since.isoformat()}. Choose a later day."
        )

    def service_text_on(self, day: date) -> ServiceText | None:
        """Return the text on added days in force on `day`, or None before the first one held."""
        return next((text for text in reversed(self.service) if text.since <= day), None)

    def adds_three_days(self, service: Service | None, served_on: date) -> bool:
        """Say whether this manner of service, on that day, adds three days."""
        text = self.service_text_on(served_on)
        return text is not None and service in text.adds_for


@dataclass(frozen=True, slots=True)
class Terms:
    """How a court counts one period: the text, the open days each way, and what else bears on it.

    `closed` are days on which the clerk's office was inaccessible. `adds_three` adds the three
    days of Rule 6(d). `roll` false leaves the last day where it falls.
    """

    rule: CountingRule
    text: CountingText
    forward: Calendar
    backward: Calendar
    closed: Collection[date] = field(default_factory=frozenset)
    service: Service | None = None
    adds_three: bool = False
    roll: bool = True
    _others: dict[tuple[Calendar, Calendar], Terms] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def on(self, forward: Calendar, backward: Calendar | None = None) -> Terms:
        """Return the same terms over other open days; made once, for every reading asks."""
        key = (forward, backward or self.backward)
        found = self._others.get(key)
        if found is None:
            found = self._others[key] = replace(self, forward=key[0], backward=key[1])
        return found


# The sentences of a proof. Each is made once and kept: many proofs say the same of one day.


@lru_cache(maxsize=8192)
def day_zero(start: date, cites: str | None = None) -> Step:
    """Say that the day of the event is not counted."""
    return Step(start, f"{named(start)} is day 0 and is not counted.", cites)


@lru_cache(maxsize=8192)
def working_day(day: date, n: int) -> Step:
    """Say that a day is the nth working day."""
    return Step(day, f"{named(day)} is working day {n}.")


@lru_cache(maxsize=8192)
def _nth_day(day: date, n: int, direction: Direction, cites: str) -> Step:
    return Step(day, f"{named(day)} is day {n} {direction}; every day counts.", cites)


@lru_cache(maxsize=8192)
def _nth_open_day(day: date, n: int, cites: str) -> Step:
    return Step(day, f"{named(day)} is day {n}.", cites)


@lru_cache(maxsize=64)
def _short_period(short_below: int, authority: str) -> Step:
    says = f"A period of less than {short_below} days leaves out closed days on the way."
    return Step(None, says, authority)


@lru_cache(maxsize=8192)
def _three_added(day: date, service: Service | None, cites: str) -> Step:
    says = f"three days added for service by {_manner(service)}: {named(day)}."
    return Step(day, says, cites)


@lru_cache(maxsize=8192)
def _closed_last_day(day: date, why: str, direction: Direction, cites: str) -> Step:
    verb = "runs on" if direction == "after" else "runs back"
    return Step(day, f"{named(day)} is closed ({why}): the period {verb}.", cites)


@lru_cache(maxsize=8192)
def _next_open_day(day: date, cites: str) -> Step:
    return Step(day, f"{named(day)} is the next day that is open.", cites)


# Counting -------------------------------------------------------------------------------------


def add_working_days(start: date, n: int, days: Calendar, steps: list[Step] | None = None) -> date:
    """Count `n` of an agency's working days after `start`, which is day 0 and never counted.

    `n` 0 asks whether the day itself stands: it moves to the next working day if not.
    """
    if n == 0:
        return _nearest(start, days, steps)
    if steps is None:
        return days.after(start, n)
    due, skipped = days.walk(start, n)
    steps.append(day_zero(start))
    steps += skipped
    steps.append(working_day(due, n))
    return due


def _nearest(start: date, days: Calendar, steps: list[Step] | None) -> date:
    due = days.next_open(start)
    if steps is not None:
        steps += [day_zero(start), *days.skipped(start, due), Step(due, _stands(start, due))]
    return due


def subtract_working_days(
    start: date, n: int, days: Calendar, steps: list[Step] | None = None
) -> date:
    """Count `n` of an agency's working days back from `start`, which is not counted."""
    due = days.before(start, n) if n else days.previous_open(start)
    if steps is not None:
        steps.append(day_zero(start))
        steps += reversed(days.skipped(due, start - ONE_DAY))
        steps.append(
            Step(due, f"{named(due)} is working day {n} before." if n else _stands(start, due))
        )
    return due


def _stands(asked: date, found: date) -> str:
    return (
        f"{named(found)} is a working day."
        if asked == found
        else f"{named(found)} is the nearest working day."
    )


def add_days(
    start: date,
    n: int,
    terms: Terms,
    direction: Direction = "after",
    steps: list[Step] | None = None,
) -> date:
    """Count a court's period of `n` days from `start`, and move its last day as Rule 6 says.

    Old texts skip closed days in short periods; every text moves a last day that is closed on
    (or back, when counting back); Rule 6(d) adds three days in the order of its text.
    """
    last = _nominal(start, n, terms, direction, steps)
    return settle(last, terms, direction, steps)


def _nominal(
    start: date, n: int, terms: Terms, direction: Direction, steps: list[Step] | None
) -> date:
    """Return the nth day before anything moves it."""
    if n and n < terms.text.short_below:
        forward = direction == "after"
        last = _short_end(start, n, terms) if forward else terms.backward.before(start, n)
        _tell_short(start, last, n, terms, direction, steps)
        return last
    last = _plain(start, n, direction)
    if steps is not None and n:
        steps.append(day_zero(start, terms.text.authority))
        steps.append(_nth_day(last, n, direction, terms.rule.cites))
    return last


def _short_end(start: date, n: int, terms: Terms) -> date:
    """Count open days; before 2009 a day on which the court itself was closed was left out too.

    Latham v. Dominick's Finer Foods, 149 F.3d 673 (7th Cir. 1998), of 26 December 1997.
    """
    days, found = terms.forward, n
    if not terms.closed:
        return days.after(start, n)
    while True:
        last = days.after(start, found)
        wanted = n + len(_shut(start, last, terms))
        if wanted == found:
            return last
        found = wanted


def _shut(start: date, last: date, terms: Terms) -> list[date]:
    """List the open days after `start` up to `last` on which the clerk was inaccessible."""
    if not terms.text.clerk:
        return []
    within = [day for day in terms.closed if start < day <= last]
    return sorted(day for day in within if terms.forward.is_open(day))


def _told_shut(start: date, last: date, terms: Terms) -> list[Step]:
    cites = "Latham v. Dominick's, 149 F.3d 673 (7th Cir. 1998)"
    return [
        Step(day, "The court was closed: not counted.", cites) for day in _shut(start, last, terms)
    ]


def _plain(start: date, n: int, direction: Direction) -> date:
    try:
        return start + timedelta(days=n if direction == "after" else -n)
    except OverflowError as error:
        raise LawError(
            f"{n} days from {start.isoformat()} is outside every calendar. Use a smaller number."
        ) from error


def _tell_short(
    start: date, last: date, n: int, terms: Terms, direction: Direction, steps: list[Step] | None
) -> None:
    if steps is None:
        return
    steps.append(day_zero(start, terms.text.authority))
    steps.append(_short_period(terms.text.short_below, terms.text.authority))
    if direction == "before":
        steps += reversed(terms.backward.skipped(last, start - ONE_DAY))
    elif terms.closed:
        steps += sorted([*terms.forward.skipped(start, last), *_told_shut(start, last, terms)])
    else:
        steps += terms.forward.walk(start, n)[1]
    steps.append(_nth_open_day(last, n, terms.rule.cites))


def settle(
    last: date, terms: Terms, direction: Direction = "after", steps: list[Step] | None = None
) -> date:
    """Move a last day as the text says: off closed days, and three days on after some service."""
    three = terms.adds_three
    if terms.roll and not (three and terms.text.three_days == "before_the_move"):
        last = _move(last, terms, direction, steps)
    else:
        terms.forward.is_open(last)  # refuses a day outside the years held, though nothing moves
    if not three:
        return last
    added = last + THREE_DAYS
    if steps is not None:
        steps.append(_three_added(added, terms.service, terms.rule.cites_service))
    return _move(added, terms, "after", steps) if terms.roll else added


def _manner(service: Service | None) -> str:
    words = {
        "clerk": "leaving it with the clerk",
        "electronic": "electronic means",
        "other_consented": "other means consented to",
    }
    return words.get(str(service), str(service))


def _move(day: date, terms: Terms, direction: Direction, steps: list[Step] | None) -> date:
    """Move a closed last day on (or back), then on again while the clerk is inaccessible."""
    days = terms.forward if direction == "after" else terms.backward
    moved = days.next_open(day) if direction == "after" else days.previous_open(day)
    if steps is not None and moved != day:
        _tell_move(day, moved, direction, days, terms, steps)
    return _past_closed_clerk(moved, days, terms, steps) if terms.closed else moved


def _tell_move(
    day: date, moved: date, direction: Direction, days: Calendar, terms: Terms, steps: list[Step]
) -> None:
    step, cites = ONE_DAY if direction == "after" else -ONE_DAY, terms.rule.cites
    while day != moved:
        steps.append(_closed_last_day(day, days.closed_for(day) or "", direction, cites))
        day += step
    steps.append(_next_open_day(moved, cites))


def _past_closed_clerk(day: date, days: Calendar, terms: Terms, steps: list[Step] | None) -> date:
    """Rule 6(a)(3): an inaccessible clerk moves the day on, even where the count ran back."""
    if not terms.text.clerk:
        return day
    while day in terms.closed:
        moved = days.next_open(day + ONE_DAY)
        if steps is not None:
            says = (
                f"the clerk's office was inaccessible on {named(day)}: "
                f"the period runs on to {named(moved)}."
            )
            steps.append(Step(day, says, terms.rule.cites))
        day = moved
    return day


def add_months(start: date, n: int, direction: Direction = "after") -> date:
    """Return the same day of the month `n` months on; a day the month lacks is its last day.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    months = start.year * 12 + start.month - 1 + (n if direction == "after" else -n)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise LawError(
            f"{n} months from {start.isoformat()} is outside every calendar. Use a smaller number."
        )
    return date(year, month + 1, min(start.day, months_of.monthrange(year, month + 1)[1]))


def anniversary(
    start: date,
    n: int,
    terms: Terms,
    direction: Direction = "after",
    steps: list[Step] | None = None,
    *,
    unit: Literal["months", "years"] = "years",
) -> date:
    """Count whole months or years from `start`; where there is no such day, the earlier counts."""
    last = add_months(start, n * 12 if unit == "years" else n, direction)
    if steps is not None:
        way = "later" if direction == "after" else "earlier"
        steps.append(day_zero(start, terms.text.authority))
        says = f"{named(last)} is the same day {so_many(n, unit)} {way}."
        steps.append(Step(last, says, terms.rule.cites))
        if last.day != start.day:
            steps.append(
                Step(last, f"There is no day {start.day} in that month: the earlier day is chosen.")
            )
    return settle(last, terms, direction, steps)


def add_hours(
    start: datetime,
    n: int,
    zone: ZoneInfo,
    terms: Terms,
    direction: Direction = "after",
    steps: list[Step] | None = None,
) -> datetime:
    """Count `n` elapsed hours from a local time, over changes of the clock, to the minute.

    A period that ends on a closed day runs to the same time of the next open day.
    """
    if not terms.text.hours:
        raise LawError(
            f"{terms.rule.cites} says nothing of hours before 2009-12-01: ask with law_as_of "
            "2009-12-01 or later, or count days."
        )
    moment = _moment(start, zone).astimezone(UTC)
    end = moment + timedelta(hours=n if direction == "after" else -n)
    local = end.astimezone(zone).replace(tzinfo=None)
    if steps is not None:
        says = (
            f"{so_many(n, 'hours')} run from {clock_time(start)} ({zone.key}); every hour counts."
        )
        steps.append(Step(start.date(), says, terms.rule.cites))
        says = f"They end at {clock_time(local)}."
        steps.append(Step(local.date(), says, terms.rule.cites))
    day = settle(local.date(), terms, direction, steps)
    return datetime.combine(day, local.time())  # clocks change on Sundays, which are never open


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Place a local time in its zone; a time the clock skipped is refused."""
    placed = local.replace(tzinfo=zone)
    if _existing(local, zone) != local:
        raise LawError(
            f"{local.isoformat(timespec='minutes')} does not exist in {zone.key}: the clock was "
            "put forward over it. Give the time on one side of the change."
        )
    return placed


def _existing(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the local time, moved on by the change of the clock if it was skipped."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None)


def so_many(n: int, unit: str) -> str:
    """Write a number with its unit: 1 year, 20 working days."""
    words = unit.replace("_", " ")
    return f"{n} {words.removesuffix('s') if n == 1 else words}"


@lru_cache(maxsize=65536)
def iso(day: date) -> str:
    """Write a day as 2010-03-04; kept, for writing it takes longer than counting to it."""
    return day.isoformat()


@lru_cache(maxsize=65536)
def named(day: date) -> str:
    """Write a day with its weekday, which is a check: Thursday 2010-03-04."""
    return f"{WEEKDAYS[day.weekday()]} {day.isoformat()}"


def clock_time(local: datetime) -> str:
    """Write a local time with its weekday: Monday 2007-11-05 09:23."""
    return f"{named(local.date())} {local:%H:%M}"


def zone_named(key: str) -> ZoneInfo:
    """Return a time zone by its name; an unknown one is refused."""
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError) as error:
        raise LawError(
            f"There is no time zone {key!r}. Write it as in America/New_York."
        ) from error
