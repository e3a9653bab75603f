"""How many working days passed, and which way of counting explains an agency's own number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from casemgr.domain.almanac import Almanac, ClosureKind
from casemgr.domain.calendars import Calendar
from casemgr.domain.counting import named
from casemgr.domain.steps import Step
from casemgr.errors import LawError

LAW = "excludes_receipt_day"
INCLUSIVE = "includes_receipt_day"
CLOSURES = "excludes_closures"
# Each kind of closure an agency may leave out on its own.
KINDS: Mapping[str, ClosureKind] = {
    "excludes_executive_order_days": "executive_order",
    "excludes_inauguration_day": "inauguration",
    "excludes_weather_days": "weather",
    "excludes_lapse_days": "lapse",
}


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The working days after `start` up to and including `end`, and what others would count.

    `explained_by` names the convention, or the conventions joined by "+", that give `stated`.
    """

    n: int
    conventions: Mapping[str, int]
    steps: tuple[Step, ...]
    stated: int | None = None
    explained_by: str | None = None


def elapsed(almanac: Almanac, start: date, end: date, stated: int | None = None) -> Elapsed:
    """Count the working days from `start` (day 0) to `end` (counted) as the law counts them."""
    if end < start:
        raise LawError(
            f"{start.isoformat()} to {end.isoformat()} is upside down: write the earlier day first."
        )
    n = almanac.working.between(start, end)
    numbers = _numbers(almanac, start, end)
    shown = {name: numbers[name] for name in (LAW, INCLUSIVE, CLOSURES)}
    shown |= {name: numbers[name] for name in KINDS if numbers[name] != n}
    explained = None if stated is None else _explained_by(numbers, stated)
    return Elapsed(n, shown, _steps(almanac.working, start, end, n), stated, explained)


def _numbers(almanac: Almanac, start: date, end: date) -> dict[str, int]:
    """Return the number each convention and each combination gives, the simplest first."""
    working = almanac.working
    n = working.between(start, end)
    receipt = 0 if working.closed_for(start) else 1
    numbers = {LAW: n, INCLUSIVE: n + receipt}
    closed = {kind: _left_out(almanac, kind, start, end) for kind in KINDS.values()}
    left_out = {
        name: frozenset[date]().union(*(closed[kind] for kind in kinds))
        for name, kinds in _SETS.items()
    }
    numbers |= {name: n - len(days - {start}) for name, days in left_out.items()}
    numbers |= {f"{INCLUSIVE}+{name}": n + receipt - len(days) for name, days in left_out.items()}
    numbers["counts_calendar_days"] = (end - start).days
    numbers["counts_calendar_days+includes_receipt_day"] = (end - start).days + 1
    if not receipt:
        later = working.next_open(start)
        numbers["deemed_received_next_working_day"] = max(0, working.between(later, end))
    return numbers


def _sets_of_closures() -> dict[str, frozenset[ClosureKind]]:
    """List the sets of closures an agency may leave out: all, each, then pairs and threes."""
    sets: dict[str, frozenset[ClosureKind]] = {CLOSURES: frozenset(KINDS.values())}
    for size in range(1, len(KINDS)):
        for names in combinations(KINDS, size):
            sets["+".join(names)] = frozenset(KINDS[name] for name in names)
    return sets


_SETS = _sets_of_closures()


def _left_out(almanac: Almanac, kind: ClosureKind, start: date, end: date) -> frozenset[date]:
    """Return the working days from `start` to `end` on which closures of this kind fell."""
    days = almanac.closed_between(kind, start, end)
    return frozenset(day for day in days if not almanac.working.closed_for(day))


def _explained_by(numbers: Mapping[str, int], stated: int) -> str | None:
    return next((name for name, number in numbers.items() if number == stated), None)


def _steps(working: Calendar, start: date, end: date, n: int) -> tuple[Step, ...]:
    return (
        Step(start, f"{named(start)} is day 0 and is not counted."),
        *working.skipped(start, end),
        Step(end, f"{n} working days up to and including {named(end)}.", "5 U.S.C. § 552(a)(6)(A)"),
    )
