"""The days a court set for one thing, one after the other: which is in force, which came before.

A stipulated or ordered change sets another day for what a rule, an order or a waiting deadline had
given a day. Nothing is written over: the chain is ordered by the entries that set each day, never
by when somebody typed them, so that no order of recording leads to another day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtDate:
    """A day a court set.

    - `changes_key`: the deadline it sets another day for, or "" for one of its own.
    - `set_on`, `number`, `part`: the day, number and part of the entry that set it; where no entry
      is on file, the day on which we learned of it.
    """

    id: str
    fixed_for: date
    set_on: date
    changes_key: str = ""
    number: int | None = None
    part: int | None = None
    words: str = ""

    @property
    def key(self) -> str:
        """Return what the deadline is known by, whichever day it has."""
        return self.changes_key or own_key(self.id)

    @property
    def place(self) -> tuple[date, int, int, date, str]:
        """Return where it stands among the days of one deadline: the last one is in force.

        Of two that nothing else tells apart the later day is the later change.
        """
        return self.set_on, self.number or 0, self.part or 0, self.fixed_for, self.words


def own_key(order_date_id: str) -> str:
    """Return the key of a deadline that a court's day makes of its own."""
    return f"{order_date_id}:order"


def again_key(first_key: str, number: int) -> str:
    """Return the key of a later day of a series; the first is number 1 and has its own."""
    return f"{first_key}:{number}"


def chains(found: Iterable[CourtDate]) -> Mapping[str, tuple[CourtDate, ...]]:
    """Return by the key of its deadline every day a court set, oldest first.

    A change of a change belongs to the first: a day that names another day's own key stands in
    the chain of what that day itself changed.
    """
    dates = list(found)
    changes = {own_key(each.id): each.changes_key for each in dates if each.changes_key}
    by_key: defaultdict[str, list[CourtDate]] = defaultdict(list)
    for each in dates:
        by_key[_root(each.key, changes)].append(each)
    return {
        key: tuple(sorted(chain, key=lambda one: one.place))
        for key, chain in sorted(by_key.items())
    }


def _root(key: str, changes: Mapping[str, str]) -> str:
    """Return the key at the beginning of a chain of changes; a ring begins at its least key."""
    seen = [key]
    while (before := changes.get(seen[-1])) is not None:
        if before in seen:
            return min(seen[seen.index(before) :])
        seen.append(before)
    return seen[-1]
