"""How quick a calendar address is: the first fetch, one after it, and one that changed nothing.

    python -m tests.benchmarks.feeds              100, 1,000 and 5,000 entries on SQLite
    python -m tests.benchmarks.feeds --quick      100 and 1,000

Each fetch goes through the whole application. Beside it, of the same entries in the same run: the
same lines written with no rule kept (bare), and the entries written by the icalendar library. What
was fetched is read back by that library, and compared with what is on file.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from icalendar import Calendar, Event
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Deadline
from casemgr.desk import Desk
from casemgr.domain.calendar_dates import Dated
from casemgr.domain.calendar_text import Look, calendar
from casemgr.usecases import calendar_feeds
from casemgr.usecases.calendar_feeds import FeedInput
from casemgr.usecases.calendar_reading import dates
from tests import makes

SIZES = (100, 1_000, 5_000)
MOST = 1.0  # seconds for the first fetch of 5,000 entries


def seconds(act: Callable[[], object]) -> float:
    """Return how many seconds of computing something took: others may use the machine too."""
    began = time.process_time()
    act()
    return time.process_time() - began


def plant(desk: Desk, size: int) -> str:
    """Fill an empty office with deadlines of one person; return the path of their address."""
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        lawsuit = makes.make_lawsuit(session, matter)
        row = makes.make_deadline(
            session, matter, lawsuit_id=lawsuit.id, owner_id=cast.ada.id, title="Oppose motion 0"
        )
        columns = sa.inspect(Deadline).columns
        values = {each.name: getattr(row, each.name) for each in columns}
        assert row.due is not None
        lines = []
        for i in range(1, size):
            day = row.due + timedelta(days=i % 900)
            named = {"id": f"D-{i:010d}", "key": f"K-{i}:rule", "title": f"Oppose motion {i}"}
            lines.append({**values, **named, "due": day, "earliest": day, "latest": day})
        for at in range(0, len(lines), 500):
            session.execute(sa.insert(Deadline), lines[at : at + 500])
    with desk.work(makes.actor_of(cast.ada)) as work:
        return f"/feeds/{calendar_feeds.make_feed(work, FeedInput(name='Bench'))[1]}.ics"


def entries(desk: Desk, path: str) -> list[Dated]:
    """Return what the address gives, as our own reading has it."""
    secret = path.removeprefix("/feeds/").removesuffix(".ics")
    with desk.work(reads_only=True) as work:
        feed, theirs = calendar_feeds.open_feed(work, secret)
        return dates(calendar_feeds._seen(theirs, feed), calendar_feeds._asked(work.today, feed))


def bare(found: list[Dated]) -> bytes:
    """Write the entries with no escaping, no folding and no alarm: the least there is to do."""
    return "".join(
        f"BEGIN:VEVENT\r\nUID:{each.uid}\r\nSEQUENCE:{each.sequence}\r\n"
        f"DTSTART;VALUE=DATE:{each.first:%Y%m%d}\r\nSUMMARY:{each.title}\r\nEND:VEVENT\r\n"
        for each in found
    ).encode()


def by_library(found: list[Dated]) -> bytes:
    """Write the entries, without alarms, by the icalendar library."""
    whole = Calendar()
    for each in found:
        event = Event()
        for name, value in (
            ("UID", each.uid),
            ("SEQUENCE", each.sequence),
            ("DTSTART", each.first),
            ("DTEND", each.last + timedelta(days=1)),
            ("SUMMARY", each.title),
            ("DESCRIPTION", each.matter),
        ):
            event.add(name, value)
        whole.add_component(event)
    written: bytes = whole.to_ical()
    return written


def lost(body: bytes, found: list[Dated]) -> int:
    """Return how many entries another reader does not find as they are on file."""
    read = {str(each["UID"]): each for each in Calendar.from_ical(body.decode()).walk("VEVENT")}
    wrong = [
        each
        for each in found
        if each.uid not in read
        or read[each.uid]["DTSTART"].dt != each.first
        or read[each.uid]["SEQUENCE"] != each.sequence
        or each.title not in str(read[each.uid]["SUMMARY"])
    ]
    return len(wrong) + len(read) - len(found)


def measure(desk: Desk, size: int, app: Any) -> list[tuple[str, float]]:
    """Return the figures of one size, in milliseconds; `lost` is a count."""
    path = plant(desk, size)
    app.state.desk = desk
    program = TestClient(app, headers={"User-Agent": "benchmark"})
    first = seconds(lambda: program.get(path))
    answer = program.get(path)
    again = statistics.median(seconds(lambda: program.get(path)) for _ in range(5))
    held = {"If-None-Match": answer.headers["ETag"]}
    unchanged = statistics.median(
        seconds(lambda: program.get(path, headers=held)) for _ in range(5)
    )
    found = entries(desk, path)
    assert len(found) == size
    look = Look(desk.settings.address)
    return [
        ("first fetch", first * 1000),
        ("second fetch, kept", again * 1000),
        ("nothing changed (304)", unchanged * 1000),
        ("written by us", seconds(lambda: calendar("Bench", found, look)) * 1000),
        ("written bare", seconds(lambda: bare(found)) * 1000),
        ("written by icalendar", seconds(lambda: by_library(found)) * 1000),
        ("lost when read back", float(lost(answer.content, found))),
    ]


def main() -> None:
    """Print one table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quick", action="store_true")
    sizes = SIZES[:2] if asked.parse_args().quick else SIZES
    table: dict[str, list[float]] = {}
    app: Any = None
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.sqlite3"
        migrate(f"sqlite:///{template}")
        for size in sizes:
            file = Path(shutil.copy(template, Path(folder) / f"{size}.sqlite3"))
            engine = open_engine(f"sqlite:///{file}")
            desk = makes.make_desk(engine, Path(folder) / str(size))
            app = app or build(desk)
            for name, figure in measure(desk, size, app):
                table.setdefault(name, []).append(figure)
            engine.dispose()
    print(f"{'milliseconds of computing':<26}" + "".join(f"{size:>10,}" for size in sizes))
    for name, figures in table.items():
        print(f"{name:<26}" + "".join(f"{figure:>10.1f}" for figure in figures))
    if sizes[-1] == SIZES[-1]:
        verdict = "ok" if table["first fetch"][-1] <= MOST * 1000 else "OVER"
        print(f"first fetch of {SIZES[-1]:,} entries: at most {MOST:.0f} s: {verdict}")


if __name__ == "__main__":
    main()
