"""What came back and what was kept: pages of each decision and release, and exemptions drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.domain.exemptions import Tally, read_claim, tally
from casemgr.domain.words import Certainty, Confidence
from casemgr.usecases.views.events import Event

LEFT, WIDTH, ROW, BAR = 56, 640, 40, 14
SPACE = 110  # right of the longest bar, for its number


@dataclass(frozen=True, slots=True)
class Release:
    """One release of records on a track."""

    id: str
    track_id: str
    event_id: str | None
    title: str
    produced_on: date | None
    certainty: Certainty
    bates_first: str
    bates_last: str
    pages_released: int | None
    pages_in_part: int | None
    pages_withheld: int | None
    pages_referred: int | None
    exemptions: Sequence[str]
    source: str
    confidence: Confidence

    @property
    def pages(self) -> tuple[int | None, ...]:
        """Return pages released, in part, withheld and referred."""
        return self.pages_released, self.pages_in_part, self.pages_withheld, self.pages_referred


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the chart: where it is, how long, and what it says."""

    look: str
    y: int
    width: float
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """One exemption with its bars."""

    tally: Tally
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Exemptions as bars; by pages where any were counted, else by letters that claim them."""

    rows: tuple[Row, ...]
    by_pages: bool
    width: int
    height: int
    left: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """The decisions that count pages or claim exemptions, the releases, and the chart of both."""

    decisions: Sequence[Event]
    releases: Sequence[Release]
    chart: Chart | None

    @property
    def anything(self) -> bool:
        """Say whether there is anything to show."""
        return bool(self.decisions or self.releases)


def withheld(events: Sequence[Event], releases: Sequence[Release]) -> Withheld:
    """Gather what a track's decisions and releases say of pages and exemptions."""
    decisions = [each for each in reversed(events) if each.exemptions or each.counts_pages]
    listed = [each.exemptions for each in decisions] + [each.exemptions for each in releases]
    said = [text for each in listed for text in each]
    return Withheld(decisions, releases, draw(tally(map(read_claim, said))))


def draw(found: Sequence[Tally]) -> Chart | None:
    """Return where each bar goes; None where no exemption was claimed."""
    if not found:
        return None
    by_pages = any(each.whole is not None or each.part is not None for each in found)
    most = max(_longest(each, by_pages=by_pages) for each in found) or 1
    rows = tuple(_row(each, place, most, by_pages=by_pages) for place, each in enumerate(found))
    return Chart(rows, by_pages, WIDTH, len(found) * ROW + 4, LEFT)


def _longest(each: Tally, *, by_pages: bool) -> int:
    return max(each.whole or 0, each.part or 0) if by_pages else each.times


def _row(each: Tally, place: int, most: int, *, by_pages: bool) -> Row:
    y = place * ROW + 4
    if not by_pages:
        times = f"{each.times} letter{'' if each.times == 1 else 's'}"
        return Row(each, y, (Bar("whole", y + 8, _width(each.times, most), times),))
    counted = [("whole", each.whole), ("part", each.part)]
    bars = [
        Bar(look, y + at * (BAR + 2), _width(n, most), f"{n} {'whole' if at == 0 else 'in part'}")
        for at, (look, n) in enumerate(counted)
        if n is not None
    ]
    return Row(each, y, tuple(bars))


def _width(n: int, most: int) -> float:
    return max(round(n / most * (WIDTH - LEFT - SPACE), 1), 1)
