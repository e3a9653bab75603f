"""The days a court set for one deadline, and which deadline a day on the docket changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from casemgr.db import suit_lists
from casemgr.domain.court_dates import CourtDate, chains
from casemgr.domain.words import Certainty, EntryKind
from casemgr.usecases import lawsuit_facts
from casemgr.usecases.views.lens import Lens


@dataclass(frozen=True, slots=True)
class _Set:
    """A day a court set, as the list gives it."""

    id: str
    docket_entry_id: str | None
    title: str
    fixed_for: date
    words: str
    changes_key: str
    source: str
    set_on: date
    number: int | None
    part: int | None
    kind: EntryKind | None


@dataclass(frozen=True, slots=True)
class _Named:
    number: int | None
    part: int | None
    kind: EntryKind
    filed_on: date
    certainty: Certainty = Certainty.EXACT  # an order has a day


@dataclass(frozen=True, slots=True)
class Link:
    """One day of a chain: who set it, in which words, and whether it is in force."""

    fixed_for: date
    set_on: date
    entry_id: str | None
    entry: str
    words: str
    source: str
    in_force: bool


def chain(seen: Lens, lawsuit_id: str, key: str) -> tuple[Link, ...]:
    """Return every day a court set for a deadline, oldest first; the last one is in force."""
    rows = {
        each.id: each for each in seen.rows(suit_lists.COURT_DATES, _Set, lawsuit_id=lawsuit_id)
    }
    found = chains(
        CourtDate(
            id=each.id,
            fixed_for=each.fixed_for,
            set_on=each.set_on,
            number=each.number,
            part=each.part,
            changes_key=each.changes_key,
            words=each.words,
        )
        for each in rows.values()
    ).get(key, ())
    return tuple(_link(rows[each.id], in_force=each is found[-1]) for each in found)


def _link(row: _Set, *, in_force: bool) -> Link:
    entry = ""
    if row.kind is not None:
        entry = lawsuit_facts.name(_Named(row.number, row.part, row.kind, row.set_on))
    return Link(
        fixed_for=row.fixed_for,
        set_on=row.set_on,
        entry_id=row.docket_entry_id if entry else None,
        entry=entry,
        words=row.words,
        source=row.source,
        in_force=in_force,
    )


# What a deadline is for, in words that titles of ours and of the docket share.
_ABOUT = (
    ("answer", ("answer",)),
    ("reply", ("reply", "replies")),
    ("oppose", ("oppose", "opposition", "response")),
    ("reconsider", ("reconsider",)),
    ("appeal", ("appeal",)),
    ("service", ("serve the summons", "service of process")),
    ("trial", ("trial",)),
    ("report", ("status report", "joint letter", "status letter")),
    ("fact discovery", ("fact discovery",)),
    ("expert", ("expert",)),
    ("index", ("vaughn", "index")),
    ("production", ("produce", "production")),
    ("motions", ("motions", "moving papers")),
)


class Standing(Protocol):
    """A deadline as far as it can be meant by a day on the docket."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def due(self) -> date | None: ...


@lru_cache(maxsize=4096)
def about(title: str) -> str:
    """Return what a deadline is for in one word for all the ways it is said, or ""."""
    said = title.casefold()
    return next((word for word, ways in _ABOUT if any(way in said for way in ways)), "")


def may_change(what: str, on: date, deadlines: Iterable[Standing]) -> str:
    """Return the key of the open deadline that a day on the docket seems to change, or "".

    `deadlines` are those still open: the one for the same thing, where there is exactly one; which
    it is, a person decides.
    """
    wanted = about(what)
    keys = [
        each.key for each in deadlines if wanted and about(each.title) == wanted and each.due != on
    ]
    return keys[0] if len(keys) == 1 else ""
