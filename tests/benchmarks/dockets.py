"""How quick a docket is: taken in, opened, and its dates moved together; growth with its length.

    python -m tests.benchmarks.dockets            2,000 entries; cascades over 20 and 500 dates
    python -m tests.benchmarks.dockets --growth   also 10, 100, 1,000 and 10,000 entries
    python -m tests.benchmarks.dockets --quick    200 entries; a cascade over 20 dates

Beside the import stands `executemany` of the same rows by sqlite3 in the same run, and beside a
cascade over twenty dates raw SQL that writes the same rows. Beside a figure stands its goal. A
saved page is read in the cage first, where the extra `docket` is there. A paper is put beside the
docket, taken in, its dates derived and proved; all is committed to a file with synchronous=FULL.
Beside the time on the clock stands the time of this process alone, for a machine that does other
things too.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import col, select
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Deadline, DocketEntry
from casemgr.desk import Desk
from casemgr.dockets.shapes import CaseRead, EntryRead, PaperRead
from casemgr.domain.words import ClosureOf, EntryKind, PaperKind, Side
from casemgr.files.kinds import Upload
from casemgr.usecases import closures, docket_papers, litigation
from casemgr.usecases.closures import ClosureInput
from casemgr.usecases.docket_plan import DocketImport
from casemgr.usecases.docket_reading import read_caged
from casemgr.usecases.litigation import DocketEntryInput
from tests import makes
from tests.benchmarks.cascade import cascade
from tests.dockets.papers import sheet

TODAY = date(2011, 12, 30)
FIRST = date(2010, 1, 4)
GROWTH = (10, 100, 1_000, 10_000)
KINDS = (
    "MOTION for Summary Judgment. Document filed by Old Mill Project. (Attachments: # 1 Exhibit A)",
    "MEMORANDUM OF LAW in Opposition re: {m} MOTION . Document filed by River Agency.",
    "REPLY MEMORANDUM OF LAW in Support re: {m} MOTION . Document filed by Old Mill Project.",
    "ORDER granting {m} Motion for Summary Judgment. Motions due by 12/29/2010.",
    "LETTER addressed to Judge Ruth B. Hale from Eve Moss re: status of the production.",
)


class Took(NamedTuple):
    """How long an act took: on the clock, and of this process alone."""

    clock: float
    own: float


def timed(act: Callable[[], object]) -> Took:
    """Do it, and return how long it took."""
    began, own = time.perf_counter(), time.process_time()
    act()
    return Took(time.perf_counter() - began, time.process_time() - own)


def paper(n: int) -> PaperRead:
    """Return a docket of n entries."""
    entries = [EntryRead(number=1, filed_on=FIRST, says="COMPLAINT. Document filed by Old Mill.")]
    for number in range(2, n + 1):
        kind = (number - 2) % len(KINDS)
        entries.append(
            EntryRead(
                number=number,
                filed_on=FIRST + timedelta(days=number * 700 // n),
                says=KINDS[kind].format(m=number - kind),
            )
        )
    case = CaseRead(court_id="nysd", docket_number="", title="", entries=tuple(entries))
    return PaperRead(kind=PaperKind.SHEET, cases=(case,))


class Office:
    """An office with one lawsuit in a file of its own."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'casemgr.sqlite3'}"
        migrate(url)
        self.folder = folder
        self.desk: Desk = makes.make_desk(open_engine(url), folder / "data", as_of=TODAY)
        with transaction(self.desk.engine) as session:
            self.cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, self.cast.ada, self.cast.mira)
            self.lawsuit = makes.make_lawsuit(session, self.matter)
        self.ada, self.mira = (makes.actor_of(each) for each in (self.cast.ada, self.cast.mira))

    def take_in(self, n: int) -> Took:
        """Take in a docket of n entries, and return how long it took."""
        read, given = paper(n), DocketImport(lawsuit_id=self.lawsuit.id)
        with self.desk.work(self.ada) as work:
            upload = Upload(f"{n}.html", f"docket {n}".encode())
            kept = docket_papers.keep_paper(work, self.desk.store, self.matter.id, upload).id

        def act() -> None:
            with self.desk.work(self.ada) as work:
                docket_papers.take_in(work, kept, read, given)

        return timed(act)

    def read(self, n: int) -> Took | None:
        """Return how long a saved page of n entries takes to read; None without the extra."""
        if find_spec("juriscraper") is None:
            return None
        entries = tuple(
            (f"{each.filed_on:%m/%d/%Y}", str(each.number), each.says)
            for each in paper(n).cases[0].entries
        )
        page = sheet(entries)
        return timed(lambda: read_caged(page))

    def executemany(self) -> Took:
        """Return how long sqlite3 takes to write the same entries into an empty table."""
        with self.desk.engine.connect() as connection:
            rows = [tuple(map(str, row)) for row in connection.execute(sa.select(DocketEntry))]
        raw = sqlite3.connect(self.folder / "raw.sqlite3")
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute(f"CREATE TABLE raw ({', '.join(f'c{i}' for i in range(len(rows[0])))})")
        marks = ", ".join("?" * len(rows[0]))

        def act() -> None:
            raw.executemany(f"INSERT INTO raw VALUES ({marks})", rows)
            raw.commit()

        took = timed(act)
        raw.close()
        return took

    def opened(self) -> tuple[Took, int]:
        """Return how long the lawsuit's page takes, the best of five, and its bytes."""
        client = TestClient(build(self.desk))
        client.cookies.set(self.desk.cookie, makes.make_session(self.desk, self.cast.ada))
        address = f"/lawsuits/{self.lawsuit.id}"
        size = len(client.get(address).content)
        return min(timed(lambda: client.get(address)) for _ in range(5)), size

    def cascade(self, n: int) -> tuple[Took, int]:
        """Move n dates by one closed day; return how long it took, and how many moved."""
        for number in range(1, n + 1):
            given = DocketEntryInput(
                number=number, kind=EntryKind.MOTION, filed_by=Side.THEIRS,
                filed_on=date(2011, 10, 20), says="Motion.",
            )  # fmt: skip
            with transaction(self.desk.engine) as session:
                row = DocketEntry(
                    matter_id=self.matter.id, lawsuit_id=self.lawsuit.id, known_on=TODAY,
                    **given.model_dump(),
                )  # fmt: skip
                session.add(row)
        with self.desk.work(self.ada) as work:
            litigation.project(work, self.lawsuit.id, "it began")
        shut = ClosureInput(
            kind=ClosureOf.CLERK_INACCESSIBLE, court_id="nysd", first_on=date(2011, 11, 3),
            because="A storm.", source="the court's notice",
        )  # fmt: skip

        def act() -> None:
            with self.desk.work(self.mira) as work:
                closures.enter_closure(work, shut)

        took = timed(act)
        return took, self._moved()

    def _moved(self) -> int:
        with self.desk.work(self.ada) as work:
            return len(
                work.session.exec(
                    select(Deadline.id).where(col(Deadline.superseded_on).is_not(None))
                ).all()
            )


def report(n: int) -> None:
    """Print what a docket of n entries costs."""
    goal = " (goal: read and taken in within 10 s)" if n == 2_000 else ""
    with tempfile.TemporaryDirectory() as name:
        office = Office(Path(name))
        took, raw = office.take_in(n), office.executemany()
        again = office.take_in(n)
        page, size = office.opened()
        read = office.read(n)
        print(f"{n:>6} entries: read in {f'{read.clock:.2f} s' if read else 'no extra'}{goal}")
        print(
            f"{n:>6} entries: taken in {took.clock:.2f} s (own {took.own:.2f}; "
            f"executemany {raw.own:.3f}), again {again.clock:.2f} s (own {again.own:.2f}), "
            f"page {page.clock * 1000:.0f} ms (own {page.own * 1000:.0f}) of {size / 1000:.0f} kB"
        )
        office.desk.engine.dispose()


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--growth", action="store_true", help="10, 100, 1,000 and 10,000 entries")
    asked.add_argument("--quick", action="store_true", help="200 entries; 20 dates")
    given = asked.parse_args()
    for n in (200,) if given.quick else (2_000, *(GROWTH if given.growth else ())):
        report(n)
    with tempfile.TemporaryDirectory() as name:
        print(f"{'beside raw SQL (goal: at most 4 times)':52}{'ours':>13}{'raw':>13}{'ratio':>8}")
        cascade(Path(name), 3 if given.quick else 9)
    for n in (20,) if given.quick else (20, 500):
        with tempfile.TemporaryDirectory() as name:
            office = Office(Path(name))
            took, moved = office.cascade(n)
            print(
                f"cascade of {n}: {took.clock * 1000:.0f} ms (own {took.own * 1000:.0f}), "
                f"{moved} moved{' (goal: at most 1 s)' if n == 500 else ''}"
            )
            office.desk.engine.dispose()


if __name__ == "__main__":
    main()
