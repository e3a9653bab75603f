"""The words that a deadline's state becomes in a list, and the look that goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from casemgr.domain.calendars import Calendar
from casemgr.domain.words import DeadlineState, Side
from casemgr.errors import CalendarNotKnown

if TYPE_CHECKING:
    from casemgr.usecases.views.deadlines import Line

Look = Literal["late", "soon", "track", "right", "paused", "doubt", "done", "plain"]
SOON = timedelta(days=3)
WORKING_DAYS = "foia."  # rules of the Act count an agency's working days


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in words; `look` chooses colour, border and icon, and never stands alone."""

    words: str
    look: Look


def days(n: int, unit: str = "day") -> str:
    """Return a count with its unit: `1 day`, `3 working days`."""
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def short(day: date, today: date) -> str:
    """Return a day as tags print it: `Oct 13`, with the year when it is another one."""
    said = f"{day:%b} {day.day}"
    return said if day.year == today.year else f"{said}, {day.year}"


def tag_of(line: Line, state: DeadlineState, today: date, working: Calendar) -> Tag:
    """Return the tag of a deadline on a day: our lateness and theirs never share a word."""
    if state is DeadlineState.DONE:
        assert line.done_on is not None
        return Tag(f"Done {short(line.done_on, today)}", "done")
    if state is DeadlineState.SUPERSEDED:
        assert line.superseded_on is not None
        return Tag(f"Replaced {short(line.superseded_on, today)}", "done")
    if state is DeadlineState.NOT_YET:
        return Tag("Not yet known", "done")
    if state is DeadlineState.NOT_CONFIRMED:
        return Tag(*_not_confirmed(line, today))
    return (
        _ours(line, state, today)
        if line.whose is Side.OURS
        else _theirs(line, state, today, working)
    )


def _not_confirmed(line: Line, today: date) -> tuple[str, Look]:
    if "paused" in line.uncertain_because.lower():
        return "Clock paused", "paused"
    if line.key.endswith(":determination"):
        return "Receipt date not known", "doubt"
    if line.key.endswith(":waiting") and line.due is None:
        hearing = "the hearing is set" in line.uncertain_because
        return ("Waits for a hearing" if hearing else "Waits for a paper"), "paused"
    if line.due is not None and line.due < today:
        # Past the day counted, though not on every reading: to be looked at, and not late yet.
        past = days((today - line.due).days)
        ours = line.whose is Side.OURS
        return f"Not confirmed. {f'Perhaps late: {past}' if ours else f'{past} past'}", "doubt"
    return "Not confirmed", "doubt"


def _ours(line: Line, state: DeadlineState, today: date) -> Tag:
    last = line.due or line.latest
    assert last is not None
    if state is DeadlineState.OVERDUE:
        return Tag(f"Late: {days((today - last).days)}", "late")
    left = (last - today).days
    if left == 0:
        return Tag("Due today", "soon")
    if left == 1:
        return Tag("Due tomorrow", "soon")
    if last - today <= SOON:
        return Tag(f"Due in {days(left)}", "soon")
    return Tag(f"{days(left)} left", "track")


def _theirs(line: Line, state: DeadlineState, today: date, working: Calendar) -> Tag:
    last = line.latest or line.due
    assert last is not None
    if state is not DeadlineState.OVERDUE and (line.due or last) == today:
        return Tag("Their last day is today", "plain")
    if state is not DeadlineState.OVERDUE:
        return Tag(f"{_count(line, today, line.due or last, working)} left", "plain")
    past = _count(line, last, today, working)
    if line.in_suit_on is not None:
        return Tag(f"{past} past. In suit", "right")
    if line.key.endswith(":determination"):
        return Tag(f"{past} past. Check before suing", "right")
    return Tag(f"Their time is up: {past} past", "right")


def _count(line: Line, start: date, end: date, working: Calendar) -> str:
    if (line.rule or "").startswith(WORKING_DAYS) and line.track_id is not None:
        try:
            return days(working.between(start, end), "working day")
        except CalendarNotKnown:
            pass  # beyond the years the calendar holds: calendar days are still right
    return days((end - start).days)
