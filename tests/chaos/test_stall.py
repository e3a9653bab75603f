"""Many clients at once: the server goes on answering, and nobody gets an error."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.chaos.clients import Served, serve


@pytest.fixture
def served(engine: Engine, tmp_path: Path) -> Iterator[Served]:
    with serve(engine, tmp_path) as made:
        yield made


def test_the_server_never_stalls(served: Served, full_size: bool) -> None:
    # A hundred for half a minute with no second of silence. At smoke size other tests use the
    # machine too, and a second of silence may be theirs: there a stall is two in a row.
    clients, seconds, longest = (100, 30, 0) if full_size else (25, 5, 1)
    paths = ["/due", "/api/v1/requests", "/matters", "/healthz"]
    answered: Counter[int] = Counter()
    wrong: list[object] = []
    started = time.monotonic()

    def client(number: int) -> None:
        connection = served.connect()
        turn = number
        while time.monotonic() - started < seconds:
            try:
                if turn % 10 == 0:
                    status = served.log_a_call(connection)
                else:
                    status = served.get(connection, paths[turn % len(paths)])
            except OSError as problem:
                wrong.append(problem)
                return
            if status not in {200, 201, 303}:
                wrong.append(status)
            answered[int(time.monotonic() - started)] += 1
            turn += 1
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert wrong == [], Counter(map(str, wrong))
    heard = "".join("." if answered[second] else "-" for second in range(1, seconds))
    assert max(map(len, heard.split("."))) <= longest, dict(answered)
