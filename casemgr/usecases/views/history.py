"""History as pages show it: who did what, when, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from casemgr.db import lists
from casemgr.domain import audit
from casemgr.errors import Malformed
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.work import Work

PAGE = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One entry: `person_name` and then `sentence` make a sentence."""

    seq: int
    at: datetime
    person_name: str
    what: str
    matter_id: str | None
    subject_kind: str
    subject_id: str
    facts: Mapping[str, Any]

    @property
    def sentence(self) -> str:
        """Return what was done, as it follows the name."""
        return audit.sentence(self.what, self.facts)


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Entries, newest first, and the cursor of the next page."""

    entries: list[Said]
    next: str


def look(seen: Lens, after: str = "") -> HistoryPage:
    """Show what was done on the matters of a lens: all of the actor's, or one."""
    if after:
        at, seq = cursor(after)
        found = seen.rows(lists.HISTORY_AFTER, Said, limit=PAGE + 1, after_at=at, after_seq=seq)
    else:
        found = seen.rows(lists.HISTORY, Said, limit=PAGE + 1)
    more = len(found) > PAGE
    return HistoryPage(found[:PAGE], _cursor_of(found[PAGE - 1]) if more else "")


def cursor(typed: str) -> tuple[datetime, int]:
    """Read the place where a page of history goes on."""
    at, _, seq = typed.partition("~")
    try:
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not 0 <= int(seq) < 2**62:
            raise ValueError
        return moment.astimezone(UTC), int(seq)
    except (ValueError, OverflowError):
        raise Malformed(
            {"after": "This link to older entries is broken. Start from the newest."}
        ) from None


def _cursor_of(entry: Said) -> str:
    return f"{entry.at.isoformat()}~{entry.seq}"


def of_subjects(seen: Lens, ids: Sequence[str], limit: int = PAGE) -> list[Said]:
    """Return what was done to these records, newest first."""
    return seen.rows(lists.HISTORY_OF, Said, subjects=list(ids) or [""], limit=limit)


def lately(seen: Lens, *, within: timedelta = timedelta(days=7), limit: int = 10) -> list[Said]:
    """Return the dates that appeared, moved or fell away in the last days."""
    return seen.rows(lists.MOVES, Said, since=seen.work.now - within, limit=limit)


@dataclass(frozen=True, slots=True)
class Move:
    """A date before and after something was entered."""

    deadline_id: str
    title: str
    was: str
    due: str


def moved_with(work: Work, subject_id: str) -> list[Move]:
    """Return the dates that moved in the same piece of work as this record was entered."""
    seen = lens(work)
    entered = of_subjects(seen, [subject_id], limit=1)
    if not entered:
        return []
    first = entered[0]
    found = seen.rows(lists.MOVES, Said, since=first.at, limit=PAGE)
    return [
        Move(
            each.subject_id,
            str(each.facts.get("title", "")),
            str(each.facts.get("was", "no date")),
            "fell away" if each.what == "deadline.withdrawn" else str(each.facts.get("due", "")),
        )
        for each in reversed(found)
        if each.at == first.at and each.person_name == first.person_name
    ]


def iso_or_words(text: str) -> date | str:
    """Return a day that history keeps as text as a day again; other words stay."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text
