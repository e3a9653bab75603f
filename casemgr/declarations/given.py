"""What a check looks at: the paper, what the matter knows, and the dates and exhibits in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casemgr.declarations.dates import DateSeen, dates_in
from casemgr.declarations.exhibits import Cited, cited
from casemgr.declarations.findings import sentences
from casemgr.declarations.paper import Paper, Record

MOST_DATES = 1_500  # no paper names more; a text made to stall a reader might
_NEAR = 600  # signs of a sentence that are read on either side of its date


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a paragraph, the sentence it stands in, and that sentence up to it."""

    position: int
    seen: DateSeen
    sentence: str
    before: str


@dataclass(frozen=True)
class Given:
    """What a check looks at: the paper, what the matter knows, and the day of the reading."""

    paper: Paper
    against: Record | None
    today: date

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Return every date the paragraphs name, in order."""
        return tuple(_dated(self.paper))[:MOST_DATES]

    @cached_property
    def cited(self) -> tuple[Cited, ...]:
        """Return every mention of an exhibit of this paper, in order."""
        return cited(self.paper.paragraphs)

    def cited_in(self, position: int) -> Sequence[Cited]:
        """Return the mentions of exhibits in one paragraph, in order."""
        return self._by_paragraph.get(position, ())

    @cached_property
    def _by_paragraph(self) -> Mapping[int, Sequence[Cited]]:
        found: dict[int, list[Cited]] = {}
        for each in self.cited:
            found.setdefault(each.position, []).append(each)
        return found


def _dated(paper: Paper) -> Iterator[Dated]:
    for position, para in enumerate(paper.paragraphs):
        seen = dates_in(para.text)
        parts = sentences(para.text) if seen else ()
        starts = [start for start, _ in parts]
        for each in seen[:MOST_DATES]:
            at, sentence = parts[max(0, bisect_right(starts, each.start) - 1)]
            first = max(at, each.start - _NEAR)
            near = sentence[first - at : each.end - at + _NEAR]
            yield Dated(position, each, near, para.text[first : each.start])
