"""How quick a change of facts or law is, beside raw sqlite3 that writes the same rows in this run.

    python -m tests.benchmarks.cascade            20 dates moved; a new holiday over 100,000 dates
    python -m tests.benchmarks.cascade --quick    the same over 5,000 dates
    python -m tests.benchmarks.cascade --all      also 20,000 whole dates, every one counted again

Ours derives, compares, proves, reminds and writes history; raw only writes what came out of it.
Both commit to a file with synchronous=FULL. What the holiday moved is checked before it is timed:
every date that was counted again, and no other, is what a fresh count gives.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine
from casemgr.db.tables import Deadline, DocketEntry, HistoryEntry, Reminder
from casemgr.desk import Desk
from casemgr.domain.almanac import Almanac
from casemgr.domain.holidays import Holiday
from casemgr.domain.words import EntryKind, Side
from casemgr.law.reader import Law
from casemgr.usecases import clock, derive_track, relaw
from casemgr.usecases.work import Work
from tests import makes

MOVED = 20
HOLIDAY = date(2010, 7, 6)  # a Tuesday that no statute sets aside


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work took."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def new_desk(folder: Path) -> Desk:
    """Open an empty office in a file."""
    url = f"sqlite:///{folder / 'casemgr.sqlite3'}"
    migrate(url)
    return makes.make_desk(open_engine(url), folder)


# --- twenty dates that rest on one fact


def make_lawsuit(desk: Desk) -> str:
    """Make a lawsuit with ten motions and ten cross-motions whose answers are all ours."""
    with desk.work() as work:
        session = work.session
        cast = makes.make_cast(session)
        matter = makes.make_matter(session)
        makes.make_membership(session, cast.ada, matter, responsible=True)
        lawsuit = makes.make_lawsuit(session, matter)
        for number in range(1, MOVED + 1):
            makes.make_docket_entry(
                session,
                lawsuit,
                EntryKind.MOTION,
                date(2010, 10, 20),
                filed_by=Side.THEIRS,
                number=number,
            )
        clock.project_lawsuit(work, lawsuit.id, because="it began")
    return lawsuit.id


def move_all(desk: Desk, lawsuit_id: str, on: date) -> int:
    """Correct the day of every motion at once, commit, and say how many dates moved."""
    with desk.work() as work:
        work.session.execute(
            sa.update(DocketEntry)
            .where(col(DocketEntry.lawsuit_id) == lawsuit_id)
            .values(filed_on=on)
        )
        clock.project_lawsuit(work, lawsuit_id, because="the day was corrected")
        return len(work.moved)


def rows_of(desk: Desk, table: Any, where: Any) -> list[dict[str, Any]]:
    """Return what stands in a table as raw SQL would write it again."""
    with desk.engine.connect() as connection:
        file = connection.connection.driver_connection
        assert isinstance(file, sqlite3.Connection)
        file.row_factory = sqlite3.Row
        said = str(
            sa.select(table)
            .where(where)
            .compile(desk.engine, compile_kwargs={"literal_binds": True})
        )
        found = [dict(row) for row in file.execute(said)]
        file.row_factory = None
    return found


def raw_move(
    file: sqlite3.Connection, written: dict[str, list[dict[str, Any]]], again: int
) -> None:
    """Write the rows that one cascade wrote, under other ids, and commit."""
    file.execute("BEGIN IMMEDIATE")
    for row in written["deadline"]:
        file.execute(
            "UPDATE deadline SET superseded_on='2010-10-29', superseded_because='raw', "
            "version=version+1 WHERE key=? AND superseded_on IS NULL",
            (row["key"],),
        )
        file.execute(
            "UPDATE reminder SET state='cancelled' WHERE state='pending' AND deadline_id IN "
            "(SELECT id FROM deadline WHERE key=?)",
            (row["key"],),
        )
    for name, rows in written.items():
        renamed = [_renamed(name, row, again) for row in rows]
        columns = ", ".join(renamed[0])
        holes = ", ".join("?" for _ in renamed[0])
        file.executemany(
            f"INSERT INTO {name} ({columns}) VALUES ({holes})",
            [tuple(row.values()) for row in renamed],
        )
    file.execute(
        "UPDATE deadline SET superseded_by_id=(SELECT n.id FROM deadline n "
        "WHERE n.key=deadline.key AND n.superseded_on IS NULL) "
        "WHERE superseded_because='raw' AND superseded_by_id IS NULL"
    )
    file.execute("COMMIT")


def _renamed(name: str, row: dict[str, Any], again: int) -> dict[str, Any]:
    if name == "history_entry":
        return row | {"seq": row["seq"] + 1_000_000 * again}
    changed = row | {"id": f"{row['id'][:11]}{again:04d}"}
    if name == "reminder":
        changed["deadline_id"] = f"{row['deadline_id'][:11]}{again:04d}"
        changed["dedupe_key"] = f"{row['dedupe_key']}:{again}"
    return changed


def cascade(folder: Path, times: int) -> None:
    """Print the medians of twenty dates moved and committed, ours and raw, taking turns."""
    desk = new_desk(folder)
    lawsuit_id = make_lawsuit(desk)
    days = [date(2010, 10, 21), date(2010, 10, 22)]
    with desk.engine.connect() as connection:
        before = connection.execute(sa.select(sa.func.max(HistoryEntry.seq))).scalar() or 0
    assert move_all(desk, lawsuit_id, days[0]) == MOVED
    current = col(Deadline.superseded_on).is_(None)
    deadlines = [row for row in rows_of(desk, Deadline, current) if "opposition" in row["key"]]
    ids = [row["id"] for row in deadlines]
    written = {
        "deadline": deadlines,
        "reminder": rows_of(desk, Reminder, col(Reminder.deadline_id).in_(ids)),
        "history_entry": rows_of(desk, HistoryEntry, col(HistoryEntry.seq) > before),
    }
    assert len(deadlines) == len(written["history_entry"]) == MOVED
    copy = folder / "raw.sqlite3"
    with sqlite3.connect(folder / "casemgr.sqlite3") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    file = sqlite3.connect(copy, isolation_level=None)
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "cache_size=-8192"):
        file.execute(f"PRAGMA {pragma}")
    ours, raw = [], []
    for turn in range(1, times + 1):
        ours.append(seconds(lambda at=turn: move_all(desk, lawsuit_id, days[at % 2])))  # type: ignore[misc]
        raw.append(seconds(lambda at=turn: raw_move(file, written, at)))  # type: ignore[misc]
    _say("20 dates moved, proved, reminded, committed", ours, raw)
    desk.engine.dispose()
    file.close()


def _say(what: str, ours: list[float], raw: list[float]) -> None:
    mine, theirs = statistics.median(ours), statistics.median(raw)
    print(f"{what:52}{mine * 1000:10.1f} ms{theirs * 1000:10.1f} ms{mine / theirs:8.2f}")


# --- a new holiday


def with_holiday(law: Law) -> Law:
    """Return the law with one more day set aside."""
    new = Holiday("A new holiday", since=HOLIDAY.year, until=HOLIDAY.year, month=7, day=HOLIDAY.day)
    federal = replace(law.almanac.federal, holidays=(*law.almanac.federal.holidays, new))
    almanac: Almanac = replace(law.almanac, federal=federal)
    return replace(law, almanac=almanac, version=f"{law.version[:12]}+1")


def fill(desk: Desk, size: int, *, whole: bool = False) -> None:
    """Put one track with one date for each of `size` requests on file, spread over ten years.

    Unless `whole`, only the dates whose span reaches the holiday carry their proof: the others
    are never read, and 100,000 proofs would make a file of a gigabyte and a half.
    """
    working = desk.law.almanac.working
    with desk.work() as work:
        makes.make_agency(work.session, "ice")
        matter = makes.make_matter(work.session)
        received = [date(2000, 1, 3) + timedelta(days=at * 3900 // size) for at in range(size)]
        base = {"matter_id": matter.id, "version": 1, "source": "", "confidence": "ours"}
        rows = [
            (f"R-{at:010d}", f"T-{at:010d}", f"E-{at:010d}", on) for at, on in enumerate(received)
        ]
        _insert(work, "foia_request", [_request(base, row) for row in rows])
        _insert(work, "track", [_track(base, row) for row in rows])
        _insert(work, "event", [_event(base, row) for row in rows])
        ends = [working.after(on, 21) for on in received]
        spans = list(zip(rows, ends, strict=True))
        near = [row for row, end in spans if whole or row[3] <= HOLIDAY <= end]
        far = [] if whole else [each for each in spans if not each[0][3] <= HOLIDAY <= each[1]]
        _insert(work, "deadline", [_slim(matter.id, row, end) for row, end in far])
        ids = [row[1] for row in near]
        for at in range(0, len(ids), relaw.AT_ONCE):
            clock.project_tracks(work, ids[at : at + relaw.AT_ONCE], because="it began")
            work.write_history()
            work.moved.clear()


Filled = tuple[str, str, str, date]


def _insert(work: Work, name: str, rows: list[dict[str, Any]]) -> None:
    table = Deadline.metadata.tables[name]
    for at in range(0, len(rows), 5000):
        work.session.execute(table.insert(), rows[at : at + 5000])


def _request(base: dict[str, Any], row: Filled) -> dict[str, Any]:
    given = {
        "id": row[0],
        "requested_on": row[3],
        "known_on": row[3],
        "title": "Letters",
        "asked_on": row[3],
    }
    blank = dict.fromkeys(("reference", "summary", "fee_waiver_because", "expedition_because"), "")
    return {**base, **blank, **given, "certainty": "exact", "fee_category": "other"}


def _track(base: dict[str, Any], row: Filled) -> dict[str, Any]:
    return {**base, "id": row[1], "request_id": row[0], "agency_id": "ice", "known_on": row[3]}


def _event(base: dict[str, Any], row: Filled) -> dict[str, Any]:
    given = {"id": row[2], "track_id": row[1], "kind": "received", "happened_on": row[3]}
    blank = {"says": "", "withdrawn_because": "", "certainty": "exact", "known_on": row[3]}
    return {**base, **given, **blank}


def _slim(matter_id: str, row: Filled, end: date) -> dict[str, Any]:
    blank = dict.fromkeys(
        ("uncertain_because", "override_because", "done_how", "superseded_because"), ""
    )
    return {
        **blank,
        "id": f"D-{row[1][2:]}",
        "matter_id": matter_id,
        "request_id": row[0],
        "track_id": row[1],
        "key": f"{row[1]}:determination",
        "title": "ICE: decide the request",
        "kind": "rule",
        "whose": "theirs",
        "rule": "foia.determination",
        "status": "verified",
        "counts_from": row[3],
        "due": end,
        "latest": end,
        "certain": True,
        "readings": [],
        "steps": [],
        "proof": {},
        "proof_hash": "",
        "known_on": row[3],
        "version": 1,
    }


def raw_holiday(file: sqlite3.Connection, working: Any) -> int:
    """Read the spans that reach the day, count from a table, write what changed, commit."""
    file.execute("BEGIN IMMEDIATE")
    found = file.execute(
        "SELECT id, counts_from, due FROM deadline WHERE superseded_on IS NULL "
        "AND counts_from <= ? AND latest >= ?",
        (HOLIDAY.isoformat(), HOLIDAY.isoformat()),
    ).fetchall()
    changed = []
    for row_id, start, due in found:
        new = working.after(date.fromisoformat(start), 20).isoformat()
        if new != due:
            changed.append((new, row_id))
    columns = [row[1] for row in file.execute("PRAGMA table_info(deadline)")]
    others = ", ".join(each for each in columns if each not in ("id", "due"))
    file.executemany(
        "UPDATE deadline SET superseded_on='2010-10-29' WHERE id=?", [c[1:] for c in changed]
    )
    file.executemany(
        f"INSERT INTO deadline (id, due, {others}) SELECT id || '-2', ?, "
        f"{others.replace('superseded_on', 'NULL')} FROM deadline WHERE id=?",
        changed,
    )
    file.execute("COMMIT")
    return len(changed)


def holiday(folder: Path, size: int, *, everything: bool = False) -> None:
    """Print how long a new holiday takes over many dates on file, ours and raw.

    By their spans the dates it reaches are found; or, with `everything`, each is counted again, as
    after a change of a law file.
    """
    desk = new_desk(folder)
    fill(desk, size, whole=everything)
    copy = folder / "raw.sqlite3"
    with sqlite3.connect(folder / "casemgr.sqlite3") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    changed = replace(desk, law=with_holiday(desk.law))
    assert changed.law.almanac.working.closed_for(HOLIDAY)
    before, moved = peak(), 0

    def ours() -> None:
        nonlocal moved
        with changed.work() as work:
            if everything:
                relaw.recount_all(work)
            else:
                relaw.recount(work, relaw.Span(HOLIDAY, HOLIDAY), because="a new holiday")
            moved = len([each for each in work.moved if each.was != each.due])

    mine, after = seconds(ours), peak()
    check(changed)
    file = sqlite3.connect(copy, isolation_level=None)
    file.execute("PRAGMA synchronous=FULL")
    written: list[int] = []
    theirs = seconds(lambda: written.append(raw_holiday(file, changed.law.almanac.working)))
    assert written == [moved], (written, moved)
    what = "every date counted again" if everything else "a new holiday"
    _say(f"{what} over {size:,} dates, {moved:,} moved", [mine], [theirs])
    print(f"{'':8}memory grew from {before:.0f} to {after:.0f} MB at its peak")
    file.close()
    desk.engine.dispose()


def peak() -> float:
    """Return the most memory this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def check(desk: Desk) -> None:
    """Hold every date whose span reaches the holiday to a fresh count under the new law."""
    with desk.work(reads_only=True) as work:
        rows = work.session.exec(
            select(Deadline).where(
                col(Deadline.superseded_on).is_(None),
                col(Deadline.counts_from) <= HOLIDAY,
                col(Deadline.latest) >= HOLIDAY,
            )
        ).all()
        assert rows
        for row in rows:
            [derived] = derive_track.derive(work, str(row.track_id))
            assert row.proof_hash == derived.fingerprint


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="5,000 dates instead of 100,000")
    parser.add_argument("--all", action="store_true", help="also count 20,000 whole dates again")
    asked = parser.parse_args()
    print(f"{'':52}{'ours':>13}{'raw':>13}{'ratio':>8}")
    with tempfile.TemporaryDirectory() as folder:
        cascade(Path(folder), 9)
    with tempfile.TemporaryDirectory() as folder:
        holiday(Path(folder), 5_000 if asked.quick else 100_000)
    if asked.all:
        with tempfile.TemporaryDirectory() as folder:
            holiday(Path(folder), 20_000, everything=True)


if __name__ == "__main__":
    main()
