"""Put a docket paper beside the docket on file: what is new, the same, or reads otherwise now.

Nothing on file is ever written over. An entry is the same where the court files it under the same
number, or it has the same number on the docket; an entry without one, where it is of the same day
and reads the same. An entry on file whose number nobody knew may be the one that now has a number:
that is asked and never assumed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from casemgr.domain.docket_entries import Dated
from casemgr.domain.docket_text import kind_said, plain_text
from casemgr.domain.words import EntryKind


class Line(Dated, Protocol):
    """An entry as a paper gives it."""

    @property
    def says(self) -> str: ...
    @property
    def court_document(self) -> str: ...


class OnFile(Line, Protocol):
    """An entry of the docket on file; `texts` are the other readings of it that papers gave."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> EntryKind: ...
    @property
    def texts(self) -> Sequence[str]: ...


class Fit(StrEnum):
    """How a line stands to the docket on file."""

    NEW = "new"
    SAME = "same"
    OTHERWISE = "otherwise"  # on file, and the court's docket now reads differently
    MAYBE = "maybe"  # new by its number, but perhaps an entry on file without one
    TWICE = "twice"  # the paper itself has it already
    FUTURE = "future"  # dated after today: nothing is on a docket before it is filed


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its place: the entry on file it is, or may be, and what differs in words."""

    at: int
    fit: Fit
    entry_id: str | None = None
    differs: tuple[str, ...] = ()


def place(lines: Sequence[Line], on_file: Iterable[OnFile], today: date) -> tuple[Placed, ...]:
    """Return for each line how it stands to the docket, in the order of the lines.

    The same lines in any other order stand the same, but for which of two alike is the repeat.
    """
    known = list(on_file)
    places = _Places(known)
    seen: set[object] = set()
    placed = []
    for at, line in enumerate(lines):
        if line.filed_on > today:
            placed.append(Placed(at, Fit.FUTURE))
            continue
        key = _key(line)
        if key in seen:
            placed.append(Placed(at, Fit.TWICE))
            continue
        seen.add(key)
        placed.append(_placed(at, line, places))
    return tuple(placed)


def _placed(at: int, line: Line, places: _Places) -> Placed:
    entry = places.of(line)
    if entry is not None:
        differs = tuple(_differences(line, entry))
        return Placed(at, Fit.OTHERWISE if differs else Fit.SAME, entry.id, differs)
    maybe = places.maybe(line)
    return Placed(at, Fit.MAYBE if maybe else Fit.NEW, maybe.id if maybe else None)


class _Places:
    """The entries on file, by everything an entry is known by."""

    def __init__(self, entries: Sequence[OnFile]) -> None:
        self.by_document = {each.court_document: each for each in entries if each.court_document}
        self.by_number = {
            (each.number, each.part): each for each in entries if each.number is not None
        }
        self.unnumbered: Mapping[date, list[OnFile]] = defaultdict(list)
        for each in entries:
            if each.number is None:
                self.unnumbered[each.filed_on].append(each)

    def of(self, line: Line) -> OnFile | None:
        if line.number is not None:
            found = self.by_number.get((line.number, line.part))
        else:
            found = next(
                (each for each in self._of_the_day(line) if _reads_as(line, each)),
                None,
            )
        return found or self.by_document.get(line.court_document)

    def maybe(self, line: Line) -> OnFile | None:
        """Return an entry of that day and kind whose number nobody knew."""
        if line.number is None or line.part is not None:
            return None
        kind = kind_said(line.says)
        return next((each for each in self._of_the_day(line) if each.kind is kind), None)

    def _of_the_day(self, line: Line) -> Sequence[OnFile]:
        return self.unnumbered.get(line.filed_on, ())


def _key(line: Line) -> object:
    if line.number is not None:
        return line.number, line.part
    return line.filed_on, alike(line.says)


def _reads_as(line: Line, entry: OnFile) -> bool:
    wanted = alike(line.says)
    return any(alike(text) == wanted for text in (entry.says, *entry.texts))


def _differences(line: Line, entry: OnFile) -> Iterable[str]:
    if line.filed_on != entry.filed_on:
        yield "filed_on"
    if not _reads_as(line, entry):
        yield "says"


class Reading(Protocol):
    """What one paper says of an entry."""

    @property
    def filed_on(self) -> date: ...
    @property
    def entered_on(self) -> date | None: ...
    @property
    def says(self) -> str: ...


Said = TypeVar("Said", bound=Reading)


def fullest(readings: Iterable[Said]) -> Said:
    """Return the reading of an entry that says most: the one a docket shows.

    It is the same whichever paper came first; clerks add to an entry and seldom take away.
    """
    return max(readings, key=lambda each: (len(each.says), each.says, each.filed_on.isoformat()))


def alike(says: str) -> str:
    """Return an entry's text so that only its words count: no notes of the clerk's, no case.

    >>> alike("ORDER granting 4 Motion.. (jd) (Entered: 11/02/2010)")
    'order granting 4 motion'
    """
    return " ".join(re.findall(r"\w+", plain_text(says).casefold()))
