"""One piece of work: who asks, when, under which law, in which transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from casemgr.db.tables import HistoryEntry, HistoryHead
from casemgr.domain import audit
from casemgr.domain.deadlines import Moved
from casemgr.domain.words import Role
from casemgr.files.words import Words
from casemgr.law.reader import Law
from casemgr.usecases.office_law import law_known_on

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person a piece of work is done for; `id` None is casemgr itself.

    `proved_at` is when they proved who they are, where a browser or a program stands for them.
    `at` is when they stand before a door: the moment of their work, which sets it.
    """

    id: str | None
    name: str
    role: Role
    office_wide: bool = False
    proved_at: datetime | None = None
    at: datetime | None = None


THE_OFFICE = Actor(None, "casemgr", Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class _Line:
    at: datetime
    what: str
    matter_id: str | None
    subject_kind: str
    subject_id: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Work:
    """What every use case is handed. `today` is the only bridge from the clock to a date.

    `law_files` is the law as shipped; `law` is that law with the office's own closures. `moved`
    gathers what the work did to deadlines, so that a page can show it. `tries` are counted after
    it, in a transaction of their own, whether it was done, refused or taken back.
    """

    session: Session
    actor: Actor
    now: datetime
    zone: ZoneInfo
    law_files: Law
    key: bytes
    words: Words | None = None  # of files that were read, for the checks that compare
    lines: list[_Line] = field(default_factory=list)
    tries: list[Callable[[Session], None]] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    _laws: dict[date, Law] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        # Whatever moment the work is moved to, its actor stands before the doors at that moment.
        object.__setattr__(self, "actor", replace(self.actor, at=self.now))

    @property
    def today(self) -> date:
        """Return the day it is in the office's zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def law(self) -> Law:
        """Return the law with the closures the office knows of today, read once a work."""
        day = self.today
        if day not in self._laws:
            self._laws[day] = law_known_on(self.session, self.law_files, day)
        return self._laws[day]

    def rows(self, statement: sa.Executable, given: Mapping[str, Any] | None = None) -> Any:
        """Return what a statement finds as plain rows, for lists.

        A session would look for objects among them, for a third of the time.
        """
        self.session.flush()
        return self.session.connection().execute(statement, given)

    def read_law_again(self) -> None:
        """Forget the law that was read: a closure was entered or taken back just now."""
        self._laws.clear()

    def aside(self) -> Work:
        """Return the same work with nothing noted yet: for an act that will be taken back."""
        return replace(self, lines=[], moved=[], _laws={})

    def on(self, day: date) -> Work:
        """Return the same work at noon of another day: how the past is replayed."""
        return replace(self, now=datetime.combine(day, NOON, self.zone).astimezone(UTC))

    def record(self, what: str, row: object = None, **facts: object) -> None:
        """Note what was done, to be sealed into the history in this same transaction.

        `row` is what it was done to, of whatever table; its matter is noted with it. `facts` feed
        the sentence of the tag (`domain.audit.SENTENCES`); dates become ISO text.
        """
        plain = {name: _plain(value) for name, value in facts.items()}
        audit.check(what, plain)
        self.lines.append(
            _Line(
                self.now,
                what,
                _matter_of(row),
                "" if row is None else str(getattr(row, "__tablename__", "")),
                "" if row is None else str(getattr(row, "id", "")),
                plain,
            )
        )

    def write_history(self) -> None:
        """Seal the noted lines onto the chain; the head's lock keeps the numbers gapless."""
        if not self.lines:
            return
        self.session.flush()
        head = self.session.exec(
            select(HistoryHead).where(col(HistoryHead.id) == 1).with_for_update()
        ).one()
        entries = []
        for line in self.lines:
            entry = self._entry(line, head.seq + 1)
            head.seq, head.seal = head.seq + 1, audit.seal(self.key, head.seal, entry)
            entries.append({**entry, "seal": head.seal})
        self.session.add(head)
        self.session.execute(HistoryEntry.__table__.insert(), entries)  # type: ignore[attr-defined]
        self.lines.clear()

    def _entry(self, line: _Line, seq: int) -> dict[str, object]:
        return {
            "seq": seq,
            "at": line.at,
            "person_id": self.actor.id,
            "person_name": self.actor.name,
            "what": line.what,
            "matter_id": line.matter_id,
            "subject_kind": line.subject_kind,
            "subject_id": line.subject_id,
            "facts": dict(sorted(line.facts.items())),  # as they are sealed: quick to check
        }


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (int, float, list, dict)):
        return value
    return str(value)


def _matter_of(row: object) -> str | None:
    if getattr(row, "__tablename__", None) == "matter":
        return str(getattr(row, "id", ""))
    found = getattr(row, "matter_id", None)
    return None if found is None else str(found)


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Say what an edit changed, field by field.

    >>> changes({"title": "A"}, {"title": "B"})
    'title from A to B'
    """
    said = [
        f"{name.replace('_', ' ')} from {before[name] or 'nothing'} to {after[name] or 'nothing'}"
        for name in after
        if before.get(name) != after[name]
    ]
    return "; ".join(said)
