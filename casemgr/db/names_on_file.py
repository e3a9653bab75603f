"""Every name on every matter of the office, found by its words: for conflict checks.

Read as a whole once for each state of the office, and known by the words of each name from then
on. Whatever changes a name is recorded with it, so the history says whether what was read still is
what stands; work that has changed something itself reads again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session, col

from casemgr.db.chain import newest
from casemgr.db.tables import (
    FoiaRequest,
    HistoryEntry,
    Matter,
    Organisation,
    Party,
    Requester,
)
from casemgr.domain import names
from casemgr.domain.chain import Head


class OnFile(NamedTuple):
    """A name on a matter: as what, and from which day the office knew it there."""

    matter_id: str
    name: str
    says: str
    known_on: date


class Names:
    """Names by their words; asking for one looks at those alone that share a word with it."""

    def __init__(self, on_file: Iterable[OnFile]) -> None:
        found = defaultdict[str, list[OnFile]](list)
        for each in on_file:
            for word in _words(each.name):
                found[word].append(each)
        self._by_word = dict(found)

    def like(self, typed: str) -> list[OnFile]:
        """Return what may be the same as a name that was typed (`domain.names.alike`)."""
        near = dict.fromkeys(
            each for word in sorted(_words(typed)) for each in self._by_word.get(word, ())
        )
        return [each for each in near if names.alike(typed, each.name)]


@lru_cache(maxsize=200_000)
def _words(name: str) -> frozenset[str]:
    """Return the words of which two names that are alike share one.

    An initial never suffices (`domain.names.alike`), unless all of them together are the name.
    """
    found = names.tokens(name)
    return frozenset({"".join(found), *(each for each in found if len(each) > 1)}) - {""}


# What is done without a name changing; whatever else is done, the names are read again.
_QUIET = frozenset({
    "conflict", "deadline", "denied", "document", "emergency", "event", "factor", "member",
    "passkey", "person", "reminder", "session", "sso", "task", "token", "wall",
})  # fmt: skip

_read: tuple[Head, Names] | None = None


def names_on_file(session: Session, *, changed: bool) -> Names:
    """Return every name of the office as it stands; `changed` where this work changed something."""
    global _read
    if changed or session.info.get(_FLUSHED):
        return Names(_all(session))
    kept, now = _read, newest(session)
    if kept is None or not _stands(session, kept[0]):
        kept = (now, Names(_all(session)))
    _read = (now, kept[1]) if now.seq else None
    return kept[1]


def _stands(session: Session, seen: Head) -> bool:
    """Say whether nothing since a record of this very office can have changed a name."""
    entry = HistoryEntry
    own = sa.select(col(entry.seal)).where(col(entry.seq) == seen.seq)
    since = sa.select(col(entry.what)).where(col(entry.seq) > seen.seq).distinct()
    if session.scalar(own) != seen.seal:
        return False
    return {what.partition(".")[0] for what in session.scalars(since)} <= _QUIET


_FLUSHED = "casemgr: rows were written"


@sa.event.listens_for(OrmSession, "after_flush")
def _note_flush(session: OrmSession, _context: object) -> None:
    session.info[_FLUSHED] = True


def _all(session: Session) -> Iterator[OnFile]:
    titles = sa.select(col(Matter.id), col(Matter.title), col(Matter.known_on))
    for matter_id, title, known_on in session.execute(titles):
        yield from (OnFile(matter_id, each, "side", known_on) for each in names.of_caption(title))
    for asked, says in _QUESTIONS:
        for matter_id, name, more, known_on in session.execute(asked):
            yield from (OnFile(matter_id, each, says, known_on) for each in (name, *more) if each)


def _latest(first: Any, second: Any) -> Any:
    return sa.case((first > second, first), else_=second)


# Matter, name, further names, and the day from which all of it was known: and what these are there.
_QUESTIONS: tuple[tuple[Any, str], ...] = (
    (
        sa.select(
            col(Matter.id), sa.literal("", sa.String), col(Matter.names), col(Matter.known_on)
        ),
        "client, opponent or other",
    ),
    (
        sa.select(
            col(Party.matter_id),
            col(Party.name),
            col(Party.aliases),
            _latest(col(Party.known_on), col(Matter.known_on)),
        ).join(Matter, col(Matter.id) == col(Party.matter_id)),
        "party",
    ),
    (
        sa.select(
            col(FoiaRequest.matter_id),
            col(Organisation.name),
            col(Organisation.aliases),
            _latest(col(FoiaRequest.known_on), col(Matter.known_on)),
        )
        .join(Requester, col(Requester.request_id) == col(FoiaRequest.id))
        .join(Organisation, col(Organisation.id) == col(Requester.organisation_id))
        .join(Matter, col(Matter.id) == col(FoiaRequest.matter_id)),
        "requester",
    ),
)
