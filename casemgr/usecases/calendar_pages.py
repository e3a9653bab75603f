"""The calendar's three pages: a month, its dates as a list, and a year at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casemgr.db import calendar_lists as lists
from casemgr.domain.calendar_dates import CalendarKind, Dated, FeedOf, Standing
from casemgr.domain.calendar_grid import (
    WORKING,
    Day,
    Mark,
    Month,
    marked,
    month_of,
    weeks_of,
)
from casemgr.domain.calendars import Calendar
from casemgr.errors import CalendarNotKnown, NotFound
from casemgr.usecases.calendar_reading import Asked, dates
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.views.matters import every
from casemgr.usecases.views.tags import Tag, days
from casemgr.usecases.work import Work

SOON = 3  # days
FAR = 10  # years in which the next date is looked for


class View(StrEnum):
    """How the dates are laid out."""

    MONTH = "month"
    AGENDA = "agenda"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Filters:
    """What an address narrows the calendar to; empty is everything."""

    month: Month
    view: View = View.MONTH
    matter: str = ""
    person: str = ""
    kind: CalendarKind | None = None

    def query(self, **other: object) -> dict[str, str]:
        """Return the address's query, with something else in its place."""
        named = {
            "view": self.view.value,
            "month": str(self.month),
            "matter": self.matter,
            "person": self.person,
            "kind": self.kind.value if self.kind else "",
            **{name: str(value) for name, value in other.items()},
        }
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Friday, and the weekend apart, where no agency's clock runs."""

    days: tuple[Day, ...]
    weekend: tuple[Day, ...]


@dataclass(frozen=True, slots=True)
class CalendarPage:
    """What one of the calendar's pages shows."""

    filters: Filters
    weeks: list[Week]
    agenda: list[Day]
    number: int
    beyond: Dated | None  # the next date after an empty page
    matters: list[tuple[str, str]]
    people: list[tuple[str, str]]
    not_held: bool  # holidays of this year are not on file


def filters_of(work: Work, given: dict[str, str]) -> Filters:
    """Return what an address asks for; what nobody understands is left out."""
    kinds = {each.value: each for each in CalendarKind}
    views = {each.value: each for each in View}
    return Filters(
        month_of(given.get("month", ""), work.today),
        views.get(given.get("view", ""), View.MONTH),
        given.get("matter", ""),
        given.get("person", ""),
        kinds.get(given.get("kind", "")),
    )


def look(work: Work, filters: Filters) -> CalendarPage:
    """Show the dates of a month, or of its year, on the matters the actor may see."""
    everything = lens(work)
    people = _people(everything)
    first, last = _span(filters)
    weeks = weeks_of(first, last)
    found = found_by(everything, filters, people, weeks[0][0], weeks[-1][-1])
    days_with = marked(found)
    inside = [each for each in days_with if first.first <= each <= last.last]
    working = work.law.almanac.working
    return CalendarPage(
        filters=filters,
        weeks=[_week(week, days_with, working) for week in weeks],
        agenda=[_day(each, days_with, working) for each in sorted(inside)],
        number=sum(len(days_with[each]) for each in inside),
        beyond=None if inside else _beyond(everything, filters, people, last.last),
        matters=[(each.id, each.title) for each in every(everything)],
        people=people,
        not_held=not _holds(working, first.first) or not _holds(working, last.last),
    )


def _people(seen: Lens) -> list[tuple[str, str]]:
    return seen.rows(lists.PEOPLE, lambda id_, name: (id_, name))


def found_by(
    everything: Lens, filters: Filters, people: list[tuple[str, str]], since: date, until: date
) -> list[Dated]:
    """Return what the filters leave of the dates within these days."""
    seen = everything.narrowed(filters.matter) if filters.matter else everything
    if filters.person and filters.person not in {id_ for id_, _ in people}:
        raise NotFound
    shows = FeedOf.MINE if filters.person else FeedOf.ALL
    asked = Asked(since, until, shows, filters.person or None)
    return [
        each
        for each in dates(seen, asked)
        if filters.kind in (None, each.kind) and not _fell_away(each)
    ]


def _fell_away(dated: Dated) -> bool:
    # A hearing that is off is worth seeing; a deadline that no longer follows from anything is not.
    return dated.standing is Standing.CANCELLED and dated.kind is not CalendarKind.HEARING


def _span(filters: Filters) -> tuple[Month, Month]:
    if filters.view is View.YEAR:
        return Month(filters.month.year, 1), Month(filters.month.year, 12)
    return filters.month, filters.month


def _beyond(
    everything: Lens, filters: Filters, people: list[tuple[str, str]], last: date
) -> Dated | None:
    since, until = last + timedelta(days=1), date(min(last.year + FAR, 2199), 12, 31)
    return next(iter(found_by(everything, filters, people, since, until)), None)


def _week(week: list[date], with_dates: dict[date, list[Mark]], working: Calendar) -> Week:
    found = [_day(each, with_dates, working) for each in week]
    weekend = tuple(each for each in found[WORKING:] if each.marks)
    return Week(tuple(found[:WORKING]), weekend)


def _day(on: date, with_dates: dict[date, list[Mark]], working: Calendar) -> Day:
    closed = ""
    if on.weekday() < WORKING and _holds(working, on):
        closed = working.closed_for(on) or ""
    return Day(on, tuple(with_dates.get(on, ())), closed)


def _holds(working: Calendar, day: date) -> bool:
    try:
        working.is_open(day)
    except CalendarNotKnown:
        return False
    return True


def tag_of(dated: Dated, today: date) -> Tag | None:
    """Return the tag of a date on a day, or none where there is nothing to say of it."""
    if dated.standing is Standing.CANCELLED:
        return Tag("Called off", "done")
    if dated.standing is Standing.DONE:
        return Tag("Done", "done")
    if dated.standing is Standing.NOT_CONFIRMED:
        return Tag("Not confirmed", "doubt")
    left = (dated.last - today).days
    if dated.kind is CalendarKind.THEIRS:
        return Tag("Their time is up", "right") if left < 0 else None
    if dated.kind is CalendarKind.HEARING and left < 0:
        return None
    return _ours(dated, left)


def _ours(dated: Dated, left: int) -> Tag | None:
    if left < 0:
        word = "Late" if dated.kind is CalendarKind.OURS else "Not done"
        return Tag(f"{word}: {days(-left)}", "late" if dated.kind is CalendarKind.OURS else "plain")
    if left > SOON:
        return None
    return Tag({0: "Today", 1: "Tomorrow"}.get(left, f"In {days(left)}"), "soon")


def taken_away(work: Work, filters: Filters) -> list[Dated]:
    """Return the dates of a calendar taken away as a file: a year back, ten years on."""
    since = date(work.today.year - 1, work.today.month, 1)
    return within(work, filters, since, date(min(work.today.year + FAR, 2199), 12, 31))


def within(work: Work, filters: Filters, since: date, until: date) -> list[Dated]:
    """Return what the filters leave of the dates within these days; their view is not looked at."""
    everything = lens(work)
    return found_by(everything, filters, _people(everything), since, until)
