"""Sixteen people sign in at once, and the office still answers: hashing passwords starves nobody.

At smoke size the figure is only printed; it wants a machine with nothing else to do.
"""

from __future__ import annotations

import http.client
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from casemgr.db.session import open_engine
from casemgr.usecases import throttle
from tests.chaos.clients import Served, serve, serve_apart
from tests.conftest import Figure

pytestmark = pytest.mark.chaos

PEOPLE = 16
TIMES_IDLE = 3.0  # R1: how many times longer /healthz may take meanwhile


@pytest.fixture
def served(sqlite_template: Path, tmp_path: Path, full_size: bool) -> Iterator[Served]:
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"
    if full_size:
        with serve_apart(url, tmp_path) as made:
            yield made
        return
    engine = open_engine(url)
    with serve(engine, tmp_path) as made:
        yield made
    engine.dispose()


def slowest_of_100(served: Served, until: threading.Event, least: int) -> tuple[float, int]:
    """Ask /healthz until told to stop; return the milliseconds of the 99th of 100, and how many."""
    took: list[float] = []
    with closing(served.connect()) as connection:
        while len(took) < least or not until.is_set():
            began = time.perf_counter()
            assert served.get(connection, "/healthz") == 200
            took.append((time.perf_counter() - began) * 1000)
            time.sleep(0.005)
    return sorted(took)[int(len(took) * 0.99)], len(took)


def sign_in(connection: http.client.HTTPConnection, number: int) -> int:
    """Try a wrong password, which is hashed like a right one."""
    form = urlencode({"email": f"nobody{number}@example.org", "password": "not the right one"})
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
    }
    connection.request("POST", "/sign-in", form, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status


def test_the_office_answers_while_sixteen_sign_in(
    served: Served, full_size: bool, figure: Figure, monkeypatch: pytest.MonkeyPatch
) -> None:
    # They come from one address here, and each is to reach the hash.
    no_limit = (throttle.Limit(throttle.FIVE_MINUTES, 100_000),)
    monkeypatch.setattr(throttle, "PASSWORD", no_limit)
    rounds, over = (20 if full_size else 1), threading.Event()
    over.set()
    idle, _ = slowest_of_100(served, over, 300 if full_size else 50)
    over.clear()
    answered: list[int] = []

    def sign_in_again_and_again(number: int) -> None:
        with closing(served.connect()) as connection:
            answered.extend(sign_in(connection, number) for _ in range(rounds))

    people = [threading.Thread(target=sign_in_again_and_again, args=(n,)) for n in range(PEOPLE)]
    for person in people:
        person.start()
    ends = threading.Thread(target=lambda: ([each.join() for each in people], over.set()))
    ends.start()
    busy, asked = slowest_of_100(served, over, 0)
    ends.join()

    assert answered == [403] * PEOPLE * rounds
    assert asked > rounds
    figure("R1 /healthz, 99 of 100 within, nobody signing in", idle, None, "ms")
    most = TIMES_IDLE if full_size else None
    figure("R1 the same while sixteen sign in, as a multiple", busy / idle, most, "times")
    assert not full_size or busy / idle <= TIMES_IDLE
