"""The picture of a pace: steps of pages that came, against the line of pages that were owed.

Only places and words come from here, as numbers a template turns into SVG; the same figures stand
in words and in a table beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casemgr.domain import pace
from casemgr.domain.pace import Came, Pace, Standing

LEFT, RIGHT, TOP, BOTTOM, WIDTH, HEIGHT = 64, 150, 14, 30, 760, 260
TICKS = 6

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """A day, or a number of pages, on an axis."""

    at: float
    says: str


@dataclass(frozen=True, slots=True)
class Instalment:
    """What was owed and what had come by the day an instalment fell due."""

    on: date
    owed: int
    came: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Both lines with their axes; `owed` and `came` are paths of an SVG."""

    width: int
    height: int
    left: int
    right: float
    floor: float
    owed: str
    owed_end: Point
    came: str
    came_end: Point
    today_x: float
    days: tuple[Tick, ...]
    pages: tuple[Tick, ...]
    instalments: tuple[Instalment, ...]

    @property
    def close(self) -> bool:
        """Say whether the lines end so near each other that their names would meet."""
        return abs(self.came_end[1] - self.owed_end[1]) < 14


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day and a number of pages stand in the picture."""

    first: date
    last: date
    most: int

    def x(self, day: date) -> float:
        """Return how far right a day stands."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(self, pages: int) -> float:
        """Return how far down a number of pages stands."""
        return round(HEIGHT - BOTTOM - pages / self.most * (HEIGHT - TOP - BOTTOM), 1)


def draw(paces: Sequence[Pace], came: Sequence[Came], stands: Standing) -> Picture | None:
    """Return where everything goes; None where the pace has not begun yet."""
    begun, today = min(each.since for each in paces), stands.as_of
    if begun > today:
        return None
    counted = [each for each in came if begun <= each.on <= today]
    owed = list(_owed(paces, stands))
    last = max(today, stands.next_on or today) + timedelta(days=3)
    scale = Scale(begun, last, max([stands.came, *(total for _, total in owed), 1]))
    line = [(scale.x(begun), scale.y(0)), *((scale.x(day), scale.y(sum_)) for day, sum_ in owed)]
    steps = list(_steps(scale, counted, today))
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        floor=scale.y(0),
        owed=_path(line),
        owed_end=line[-1],
        came=_path(steps),
        came_end=steps[-1],
        today_x=scale.x(today),
        days=tuple(_days(scale)),
        pages=tuple(Tick(scale.y(n), f"{n:,}") for n in sorted({0, scale.most // 2, scale.most})),
        instalments=tuple(_instalments(owed, counted, today)),
    )


def _steps(scale: Scale, came: Sequence[Came], today: date) -> Iterator[Point]:
    """Yield the corners of the steps: right until pages come, then up by as many."""
    total = 0
    yield scale.x(scale.first), scale.y(0)
    for each in sorted(came, key=lambda one: one.on):
        yield scale.x(each.on), scale.y(total)
        total += each.pages
        yield scale.x(each.on), scale.y(total)
    yield scale.x(today), scale.y(total)


def _owed(paces: Sequence[Pace], stands: Standing) -> Iterator[tuple[date, int]]:
    """Yield each instalment until the next one with the sum owed by then, up to all there is."""
    until, total = stands.next_on or stands.as_of, 0
    for day, pages in pace.instalments(paces, until):
        total += pages
        yield day, total if stands.in_all is None else min(total, stands.in_all)


def _instalments(
    owed: Sequence[tuple[date, int]], came: Sequence[Came], today: date
) -> Iterator[Instalment]:
    for day, total in owed:
        if day <= today:
            yield Instalment(day, total, sum(each.pages for each in came if each.on <= day))


def _days(scale: Scale) -> Iterator[Tick]:
    first, last = scale.first, scale.last
    months = (last.year - first.year) * 12 + last.month - first.month
    every = max(-(-months // TICKS), 1)
    for step in range(0, months + 1, every):
        year, month = divmod(first.month - 1 + step, 12)
        day = date(first.year + year, month + 1, 1)
        if first <= day <= last:
            yield Tick(scale.x(day), f"{day:%b %Y}")


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
