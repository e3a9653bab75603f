"""While papers that would never end are made, everybody else's page stays as quick as it was."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest

from casemgr.db.session import open_engine
from casemgr.errors import NotRendered
from casemgr.letters.budget import Budget
from casemgr.letters.pool import Pool
from casemgr.letters.render import render
from tests import makes
from tests.benchmarks.paper_pages import seen
from tests.benchmarks.pdf import seconds
from tests.benchmarks.requests import database, plant, served
from tests.letters.test_bombs import BOMBS

LOOKS = 200
TWICE = 2.0
A_BLINK = 0.05  # seconds that nobody notices, whatever they are a multiple of


@pytest.mark.full
def test_bombs_make_no_neighbour_wait_twice_as_long(tmp_path: Path) -> None:
    with database(False, tmp_path) as url:
        desk = makes.make_desk(open_engine(url), tmp_path)
        cookie = plant(desk, 500)
        desk.engine.dispose()
        with served("ours", url, tmp_path) as port:
            look = partial(seen, port, cookie, "/requests")
            look()
            calm = slow(look)
            with bombs_going_off():
                busy = slow(look)

    assert busy <= max(TWICE * calm, calm + A_BLINK), (calm, busy)


def slow(look: partial[bytes]) -> float:
    """Return the time in which nineteen of twenty looks were answered."""
    return sorted(seconds(look) for _ in range(LOOKS))[int(LOOKS * 0.95)]


@contextmanager
def bombs_going_off() -> Iterator[None]:
    """Make one bomb after the other, in one worker, until the end."""
    pool = Pool(1, Budget(fill_cpu_seconds=2, cpu_seconds=2, seconds=15.0, pages=50))
    pool.warm()
    ended = threading.Event()
    bombs = cycle(BOMBS.values())

    def go_on() -> None:
        while not ended.is_set():
            text = '{% extends "_paper.html" %}{% block paper %}' + next(bombs) + "{% endblock %}"
            with suppress(NotRendered):
                facts = {"many": list(range(100))}
                render("x.html", facts, title="T", sources={"x.html": text}, pool=pool)

    person = threading.Thread(target=go_on)
    person.start()
    try:
        yield
    finally:
        ended.set()
        person.join()
        pool.close()
