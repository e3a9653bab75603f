"""How quick the pages of declarations are, and everybody else's page while papers are made.

Run with the papers: python -m tests.benchmarks.papers [--quick]

The application is served by a process of its own, its workers are processes of theirs, and this
one asks as a browser does. A preview is asked for after a change, so it is made each time.
"""

from __future__ import annotations

import http.client
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlmodel import col, select

from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import DeclarationVersion, Matter, Paragraph
from casemgr.desk import Desk
from casemgr.domain.words import PartyRole
from casemgr.letters.facts import DeclarationFacts
from casemgr.letters.pool import Pool
from tests import makes
from tests.benchmarks.pdf import ours, seconds
from tests.benchmarks.requests import database, plant, served

SIZES = {9: 0.6, 200: 1.5, 400: None}  # paragraphs, and the bar for a preview in seconds
REQUESTS = 1_000
PAUSE = 0.01  # seconds between two looks at the list: one person, not a flood


def print_all(times: int, paper: DeclarationFacts) -> None:
    """Print what previews, the editor and a neighbour's list cost."""
    with tempfile.TemporaryDirectory() as name, database(False, Path(name)) as url:
        folder = Path(name)
        desk = makes.make_desk(open_engine(url), folder)
        cookie = plant(desk, REQUESTS)
        written = {size: declaration_of(desk, size) for size in SIZES}
        with served("ours", url, folder) as port:
            look = partial(seen, port, cookie)
            for size, row in written.items():
                pages(desk, look, size, row, max(2, times // 4))
            neighbours(look, times * 20, paper)
        desk.engine.dispose()


def declaration_of(desk: Desk, size: int) -> str:
    """Write a declaration of as many paragraphs; return its code."""
    says = tuple(
        f"On May {n % 28 + 1}, 2010, I saw lamp {n} at the corner of the street in which the "
        "clinic stands, and wrote down whether it was lit, as I did for the lamp before it."
        for n in range(1, size + 1)
    )
    with transaction(desk.engine) as session:
        matter = session.exec(select(Matter).where(Matter.title == "Matter 1")).one()
        lawsuit = makes.make_lawsuit(session, matter, docket_number=f"10-cv-{9000 + size}")
        makes.make_party(session, lawsuit)
        makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
        row, _ = makes.make_declaration(session, matter, says, lawsuit_id=lawsuit.id)
        return row.id


def seen(port: int, cookie: str, path: str) -> bytes:
    """Return a page as somebody signed in gets it."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    if answer.status != 200:
        raise SystemExit(f"{path} gave {answer.status}")
    return body


def pages(desk: Desk, look: partial[bytes], size: int, row: str, times: int) -> None:
    """Print the editor and the preview of one declaration, changed before each look."""
    at = f"/declarations/{row}"
    first = seconds(partial(look, f"{at}/write"))
    editor = statistics.median(seconds(partial(look, f"{at}/write")) for _ in range(times))
    made = []
    for n in range(times + 1):
        change(desk, row, n)
        made.append(seconds(partial(look, f"{at}/preview?part=1")))
    again = seconds(partial(look, f"{at}/preview?part=1"))
    bar = SIZES[size]
    said = f" (bar {bar * 1000:.0f})" if bar else ""
    print(
        f"{size:3} paragraphs  editor {editor * 1000:5.0f} ms (first {first * 1000:.0f})  preview "
        f"{statistics.median(made[1:]) * 1000:5.0f} ms{said} (first {made[0] * 1000:.0f}, "
        f"unchanged {again * 1000:.0f})"
    )


def change(desk: Desk, row: str, turn: int) -> None:
    """Change a paragraph, as somebody does who writes."""
    with transaction(desk.engine) as session:
        found = session.exec(
            select(Paragraph)
            .join(
                DeclarationVersion, col(DeclarationVersion.id) == Paragraph.declaration_version_id
            )
            .where(DeclarationVersion.declaration_id == row, Paragraph.position == 2)
        ).one()
        found.says = f"I looked {turn + 1} times."
        session.add(found)


def neighbours(look: partial[bytes], looks: int, paper: DeclarationFacts) -> None:
    """Print how slow the list of requests gets for everybody else while papers are made."""
    path = "/requests"
    calm = slowest(look, path, looks)
    with making(paper):
        busy = slowest(look, path, looks)
    print(
        f"neighbours      the list's p99 {calm * 1000:.0f} ms, while two workers make papers "
        f"{busy * 1000:.0f} ms: {busy / calm:.1f} times (bar 3, goal 1.5)"
    )


def slowest(look: partial[bytes], path: str, looks: int) -> float:
    """Return the p99 of a page, looked at again and again by one person."""
    pause = threading.Event()
    took = []
    for _ in range(looks):
        took.append(seconds(partial(look, path)))
        pause.wait(PAUSE)
    return sorted(took)[int(len(took) * 0.99)]


@contextmanager
def making(paper: DeclarationFacts) -> Iterator[None]:
    """Make papers in two workers, one after the other, until the end."""
    pool, ended = Pool(2), threading.Event()

    def go_on() -> None:
        while not ended.is_set():
            ours(paper, pool)

    people = [threading.Thread(target=go_on) for _ in range(2)]
    for each in people:
        each.start()
    try:
        yield
    finally:
        ended.set()
        for each in people:
            each.join()
        pool.close()
