"""How long it takes to follow the seal through a hundred thousand records (bar: under 2 s).

Run: python -m tests.benchmarks.seal
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine
from casemgr.desk import Desk
from casemgr.usecases.seal import check_seal
from tests.makes import make_desk

RECORDS = 100_000
SECONDS = 2.0


def write(desk: Desk, count: int) -> None:
    """Record this many moved deadlines: the entry with the most facts."""
    with desk.work() as work:
        for number in range(count):
            work.record(
                "deadline.moved",
                title="Response to the request of February 3, 2010",
                was="2010-03-04",
                due="2010-03-18",
                because=f"the agency extended its time, no. {number}",
            )


def measure(desk: Desk) -> float:
    """Return the seconds one whole check takes."""
    started = time.perf_counter()
    with desk.work(reads_only=True) as work:
        found = check_seal(work, [])
    assert found.last.seq == RECORDS, found.says
    return time.perf_counter() - started


def main() -> None:
    """Print the best and the worst of five."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/casemgr.sqlite3"
        migrate(url)
        desk = make_desk(open_engine(url), Path(folder))
        write(desk, RECORDS)
        took = sorted(measure(desk) for _ in range(5))
        desk.engine.dispose()
    print(f"{RECORDS:,} records followed in {took[0]:.2f} to {took[-1]:.2f} s (bar: {SECONDS} s)")


if __name__ == "__main__":
    main()
