"""The picture of a request: one bar for each component, its clock drawn against today.

Only places and words come from here, as numbers a template turns into SVG; the same facts stand
in a table beside it, so nothing is known from the picture alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LEFT, RIGHT, TOP, ROW, WIDTH = 84, 16, 34, 34, 760
MOST = 12  # more rows than this are only a table
TICKS = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """What one row is drawn from."""

    name: str
    sent_on: date | None
    received_on: date | None
    received_surely: bool
    earliest: date | None
    latest: date | None
    decided_on: date | None
    suit_on: date | None
    pauses: tuple[tuple[date, date | None], ...]
    open: bool
    says: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a row: from `x`, `width` wide; `look` says which; `says` is its meaning."""

    look: str
    x: float
    width: float
    says: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the picture."""

    facts: Facts
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the axis."""

    x: float
    on: date


@dataclass(frozen=True, slots=True)
class Picture:
    """Every row with the axis above it."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float
    today: date


def draw(rows: Sequence[Facts], today: date) -> Picture | None:
    """Return where everything goes; None where there is nothing to draw or too much."""
    known = [day for row in rows for day in _days(row)]
    if not known or len(rows) > MOST:
        return None
    first, last = min(known), max([*known, today]) + timedelta(days=7)

    def x(day: date) -> float:
        share = (day - first).days / max((last - first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    bars = tuple(
        Bar(row, TOP + place * ROW, tuple(_marks(row, today, x))) for place, row in enumerate(rows)
    )
    height = TOP + len(rows) * ROW + 18
    return Picture(WIDTH, height, bars, tuple(_ticks(first, last, x)), x(min(today, last)), today)


def _days(row: Facts) -> Iterator[date]:
    for day in (
        row.sent_on,
        row.received_on,
        row.earliest,
        row.latest,
        row.decided_on,
        row.suit_on,
    ):
        if day is not None:
            yield day


def _marks(row: Facts, today: date, x: Callable[[date], float]) -> Iterator[Mark]:
    def piece(look: str, start: date, end: date, says: str) -> Mark:
        return Mark(look, x(start), max(round(x(end) - x(start), 1), 2), says)

    start = row.received_on or row.sent_on
    if start is not None and row.earliest is not None:
        look = "running" if row.received_surely else "unsure"
        yield piece(look, start, max(start, row.earliest), "the clock runs")
    if row.earliest is not None and row.latest is not None and row.latest > row.earliest:
        yield piece("range", row.earliest, row.latest, "due between these days")
    if row.latest is not None:
        end = min([day for day in (row.decided_on, today) if day is not None])
        if end > row.latest:
            yield piece("past", row.latest, end, "past due")
        yield piece("due", row.latest, row.latest, "due")
    for asked, answered in row.pauses:
        yield piece("paused", asked, answered or today, "paused")
    for look, day in (("sent", row.sent_on), ("suit", row.suit_on), ("decided", row.decided_on)):
        if day is not None:
            yield piece(look, day, day, look)


def _ticks(first: date, last: date, x: Callable[[date], float]) -> Iterator[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month
    every = max(1, -(-months // TICKS))
    year, month = first.year, first.month
    while (day := date(year, month, 1)) <= last:
        if day >= first:
            yield Tick(x(day), day)
        month += every
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
