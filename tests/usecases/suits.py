"""A matter with one lawsuit in New York, filed on April 27, 2010, for tests of its docket."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlmodel import Session, col, select

from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Deadline, DocketEntry, HistoryEntry
from casemgr.domain.deadlines import Moved
from casemgr.domain.words import EntryKind, Side
from casemgr.usecases import litigation
from casemgr.usecases.litigation import DocketEntryInput
from casemgr.usecases.preview import preview
from casemgr.usecases.work import Work
from tests import makes

Done = TypeVar("Done")


class Suit:
    """The lawsuit, its people and what they do to it; Ada does it unless somebody else is named."""

    def __init__(self, template: Path, folder: Path, as_of: date = makes.TODAY) -> None:
        self.engine = open_engine(f"sqlite:///{shutil.copy(template, folder / 'suit.sqlite3')}")
        self.desk = makes.make_desk(self.engine, folder / "data", as_of=as_of)
        with transaction(self.engine) as session:
            self.cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, self.cast.ada, self.cast.sam, self.cast.mira)
            self.lawsuit = makes.make_lawsuit(session, self.matter)
        self.ada = makes.actor_of(self.cast.ada)

    def do(self, act: Callable[[Work], Done]) -> Done:
        """Do something in a piece of work of Ada's."""
        with self.desk.work(self.ada) as work:
            return act(work)

    def what_if(self, act: Callable[[Work], object]) -> tuple[Moved, ...]:
        """Say what something would do to dates, and do nothing."""
        with self.desk.work(self.ada) as work:
            return preview(work, act)

    def entry(self, kind: EntryKind, on: date, **more: object) -> DocketEntryInput:
        """Return an entry as somebody would type it."""
        given = {"kind": kind, "filed_by": Side.OURS, "filed_on": on, "says": "A paper.", **more}
        return DocketEntryInput.model_validate(given)

    def enter(self, kind: EntryKind, on: date, **more: object) -> DocketEntry:
        """Record an entry of the docket."""
        given = self.entry(kind, on, **more)
        return self.do(lambda work: litigation.record_docket_entry(work, self.lawsuit.id, given))

    def deadlines(self, key: str = "", *, current: bool = True) -> list[Deadline]:
        """Return the deadlines whose key holds a word, oldest first."""
        with Session(self.engine) as session:
            rows = session.exec(select(Deadline).order_by(col(Deadline.known_on))).all()
        return [
            each
            for each in rows
            if key in each.key and not (current and each.superseded_on is not None)
        ]

    def told(self) -> list[str]:
        """Return what the history says of deadlines, in order."""
        with Session(self.engine) as session:
            rows = session.exec(select(HistoryEntry).order_by(col(HistoryEntry.seq))).all()
        return [each.what for each in rows]


@contextmanager
def open_suit(template: Path, folder: Path, as_of: date = makes.TODAY) -> Iterator[Suit]:
    """Open a lawsuit of its own, and close its database afterwards."""
    suit = Suit(template, folder, as_of)
    yield suit
    suit.engine.dispose()
