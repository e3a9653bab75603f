"""When to remind of a date, and whom next, given its kind and a policy: without any clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from casemgr.domain.words import Side

# Two weeks, a week, three days, the day before, the day itself.
AHEAD = (14, 7, 3, 1, 0)
WEEKEND = (5, 6)  # as date.weekday() counts: Monday is 0
MAIL, CHAT = "mail", "chat"  # by which way one goes out
FURTHEST = 366  # days ahead of a date; nobody plans a reminder before that


class ReminderKind(StrEnum):
    """What a reminder tells."""

    DEADLINE = "deadline"  # a date comes near, or has passed
    ALERT = "alert"  # a task that cannot wait
    NOTICE = "notice"  # a new court date, a moved date, a refusal: told at once
    ESCALATION = "escalation"  # somebody else did not say that they know of a date
    DIGEST = "digest"  # the morning's list of what is due
    TROUBLE = "trouble"  # the office's reminders themselves are in trouble
    KNOCK = "knock"  # by chat or SMS: that a mail came


class PolicyKind(StrEnum):
    """The kinds of dates a policy tells apart."""

    OUR_COURT_DATE = "our_court_date"
    THEIR_COURT_DATE = "their_court_date"
    OUR_DATE = "our_date"
    THEIR_DATE = "their_date"


def policy_kind(whose: Side, *, in_court: bool) -> PolicyKind:
    """Return which policy a date falls under.

    >>> policy_kind(Side.THEIRS, in_court=True).value
    'their_court_date'
    """
    ours = whose is Side.OURS
    if in_court:
        return PolicyKind.OUR_COURT_DATE if ours else PolicyKind.THEIR_COURT_DATE
    return PolicyKind.OUR_DATE if ours else PolicyKind.THEIR_DATE


@dataclass(frozen=True, slots=True)
class Policy:
    """How a kind of date is reminded of.

    `days_before` are the days ahead, 0 the day itself. After the day it is told once, and then
    every `overdue_every` days until it is done; 0 is once only. Whoever does not say within
    `answer_hours` that they know of it is not waited for: the next person is told; 0 is never.
    """

    days_before: tuple[int, ...]
    overdue_every: int
    answer_hours: int

    def loosens(self, floor: Policy) -> bool:
        """Say whether this would remind less than a floor does."""
        fewer = not set(floor.days_before) <= set(self.days_before)
        return (
            fewer
            or _more_seldom(self.overdue_every, floor.overdue_every)
            or _more_seldom(self.answer_hours, floor.answer_hours)
        )


def _more_seldom(wanted: int, floor: int) -> bool:
    return floor > 0 and (wanted == 0 or wanted > floor)


# What an office has from its first day. An agency's lateness opens a right: it is told once.
USUAL: dict[PolicyKind, Policy] = {
    PolicyKind.OUR_COURT_DATE: Policy(AHEAD, overdue_every=1, answer_hours=24),
    PolicyKind.THEIR_COURT_DATE: Policy(AHEAD, overdue_every=0, answer_hours=0),
    PolicyKind.OUR_DATE: Policy(AHEAD, overdue_every=1, answer_hours=48),
    PolicyKind.THEIR_DATE: Policy((), overdue_every=0, answer_hours=0),
}


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody wants to be told: from their morning to their evening, not on quiet days."""

    zone: ZoneInfo
    morning: time = time(6)
    evening: time = time(20)
    quiet_days: tuple[int, ...] = WEEKEND

    def at_morning(self, day: date) -> datetime:
        """Return the moment of a day's morning, in UTC."""
        return instant(day, self.morning, self.zone)

    def before(self, day: date) -> date:
        """Return the day, or the last one before it that is not quiet: never late."""
        while day.weekday() in self.quiet_days:
            day -= timedelta(days=1)
        return day

    def after(self, day: date) -> date:
        """Return the day, or the first one after it that is not quiet."""
        while day.weekday() in self.quiet_days:
            day += timedelta(days=1)
        return day

    def soonest(self, moment: datetime) -> datetime:
        """Return the moment, or the next morning where it is outside the hours or on a quiet day.

        >>> saturday = datetime(2010, 10, 30, 16, tzinfo=UTC)
        >>> Hours(ZoneInfo("America/New_York")).soonest(saturday).isoformat()
        '2010-11-01T10:00:00+00:00'
        """
        there = moment.astimezone(self.zone)
        day = there.date()
        if self.after(day) == day and self.morning <= there.time() < self.evening:
            return moment
        late = self.after(day) == day and there.time() >= self.evening
        return self.at_morning(self.after(day + timedelta(days=1) if late else day))


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the one moment, in UTC, that a day and a time of day mean in a zone.

    An hour that the clocks leave out in spring is read by the clock as it stood before; of an hour
    they repeat in autumn the first is meant (Python's `fold=0`).

    >>> instant(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York")).isoformat()
    '2026-03-08T07:30:00+00:00'
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def days_to_remind(
    whose: Side,
    *,
    in_court: bool,
    due: date | None,
    last: date | None,
    today: date,
    policy: Policy | None = None,
    hours: Hours | None = None,
) -> Iterator[tuple[int, date]]:
    """Yield (days before the date, day to send), today or later; -1 is after it.

    `due` is the date to work to. What is ours, and everything in court, is told ahead. An
    agency's time is not: it is told the day after `last`, the latest defensible day, when its
    lateness has opened a right of ours. A day ahead that is quiet is told before it; the day
    itself, and that a court's date has passed, is told on its day, quiet or not.

    >>> day = date(2010, 11, 12)
    >>> told = days_to_remind(
    ...     Side.OURS, in_court=True, due=day, last=day, today=date(2010, 11, 9))
    >>> [n for n, _ in told]
    [3, 1, 0, -1]
    """
    chosen = policy or USUAL[policy_kind(whose, in_court=in_court)]
    if due is not None:
        yield from _ahead(chosen.days_before, due, today, hours)
    after = due if whose is Side.OURS else last
    if after is not None:
        late = after + timedelta(days=1)
        late = hours.after(late) if hours and not in_court else late
        if late >= today:
            yield -1, late


def _ahead(
    days_before: Sequence[int], due: date, today: date, hours: Hours | None
) -> Iterator[tuple[int, date]]:
    found: dict[date, int] = {}
    for before in sorted(days_before, reverse=True):
        day = due - timedelta(days=before)
        day = hours.before(day) if hours and before else day
        if day >= today:
            found[day] = before  # of two on one day the nearer is told
    yield from ((before, day) for day, before in found.items())


def next_overdue(policy: Policy, day: date, hours: Hours) -> date | None:
    """Return on which day after `day` to tell again of a date that has passed; None is never.

    >>> friday = date(2010, 11, 12)
    >>> hours = Hours(ZoneInfo("America/New_York"))
    >>> next_overdue(USUAL[PolicyKind.OUR_DATE], friday, hours)
    datetime.date(2010, 11, 15)
    """
    if policy.overdue_every == 0:
        return None
    return hours.after(day + timedelta(days=policy.overdue_every))


def answer_until(
    policy: Policy, kind: ReminderKind, days_before: int, told_at: datetime
) -> datetime | None:
    """Return until when somebody should say that they know of a date, before the next is told.

    Nobody is asked about what is further off than three days. On the day itself, and of what is
    late or was handed up already, a sixth of the time must do.

    >>> noon = datetime(2010, 11, 9, 12, tzinfo=UTC)
    >>> answer_until(USUAL[PolicyKind.OUR_COURT_DATE], ReminderKind.DEADLINE, 0, noon).hour
    16
    """
    if policy.answer_hours == 0 or days_before > 3:
        return None
    hurried = days_before <= 0 or kind is ReminderKind.ESCALATION
    wait = timedelta(hours=policy.answer_hours) / (6 if hurried else 1)
    return told_at + wait
