"""The picture of a pace: steps of pages that came, against the line of pages that were owed.

Only places and words come from here, as numbers a template turns into SVG; the same figures stand
in words and in a table beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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


def draw(paces: Sequence[Pace], came: Sequence[Came], stands: Standing) -> Picture | None:
    """Return where everything goes; None where the pace has not begun yet."""
    begun, today = min(each.since for each in paces), stands.as_of
    if begun > today:
        return None
    counted = [each for each in came if begun <= each.on <= today]
    owed = list(_owed(paces, stands))
    last = max([today, stands.next_on or today]) + timedelta(days=3)
    most = max([stands.came, *(total for _, total in owed), 1])

    def x(day: date) -> float:
        share = (day - begun).days / max((last - begun).days, 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(pages: int) -> float:
        return round(HEIGHT - BOTTOM - pages / most * (HEIGHT - TOP - BOTTOM), 1)

    line = [(x(begun), y(0)), *((x(day), y(total)) for day, total in owed)]
    steps, sums = [(x(begun), y(0))], 0
    for each in sorted(counted, key=lambda one: one.on):
        steps.append((x(each.on), y(sums)))
        sums += each.pages
        steps.append((x(each.on), y(sums)))
    steps.append((x(today), y(sums)))
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        floor=y(0),
        owed=_path(line),
        owed_end=line[-1],
        came=_path(steps),
        came_end=steps[-1],
        today_x=x(today),
        days=tuple(_days(begun, last, x)),
        pages=tuple(Tick(y(n), f"{n:,}") for n in sorted({0, most // 2, most})),
        instalments=tuple(_instalments(owed, counted, today)),
    )


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


def _days(first: date, last: date, x: Callable[[date], float]) -> Iterator[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month
    every = max(-(-months // TICKS), 1)
    for step in range(0, months + 1, every):
        year, month = divmod(first.month - 1 + step, 12)
        day = date(first.year + year, month + 1, 1)
        if first <= day <= last:
            yield Tick(x(day), f"{day:%b %Y}")


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
