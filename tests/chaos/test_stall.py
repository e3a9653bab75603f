"""Many clients at once: the server goes on answering, and nobody gets an error."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from sqlalchemy import Engine

from casemgr import serving
from casemgr.app import build
from casemgr.db.session import transaction
from tests.makes import make_cast, make_desk, make_event, make_matter, make_request, make_session
from tests.makes import make_track as make_a_track


@pytest.fixture
def served(engine: Engine, tmp_path: Path) -> Iterator[tuple[str, int, str, str]]:
    """Serve a small office; give host, port, a cookie of Ada's and the address of a track."""
    with transaction(engine) as session:
        cast = make_cast(session)
        matter = make_matter(session, cast.ada)
        track = make_a_track(session, make_request(session, matter))
        make_event(session, track)
    desk = make_desk(engine, tmp_path)
    cookie = f"{desk.cookie}={make_session(desk, cast.ada)}"
    listening = serving.listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(build(desk), log_level="warning", lifespan="on"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    running.start()
    while not server.started:
        time.sleep(0.01)
    host, port = listening.getsockname()[:2]
    yield host, port, cookie, track.id
    server.should_exit = True
    running.join()
    listening.close()


def test_the_server_never_stalls(served: tuple[str, int, str, str], full_size: bool) -> None:
    host, port, cookie, track_id = served
    # A hundred for half a minute with no second of silence. At smoke size other tests use the
    # machine too, and a second of silence may be theirs: there a stall is two in a row.
    clients, seconds, longest = (100, 30, 0) if full_size else (25, 5, 1)
    paths = ["/due", "/api/v1/requests", "/matters", "/healthz"]
    answered: Counter[int] = Counter()
    wrong: list[object] = []
    started = time.monotonic()

    def client(number: int) -> None:
        connection = http.client.HTTPConnection(host, port, timeout=30)
        turn = number
        while time.monotonic() - started < seconds:
            try:
                if turn % 10 == 0:
                    status = _log_a_call(connection, cookie, track_id)
                else:
                    status = _get(connection, paths[turn % len(paths)], cookie)
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


def _get(connection: http.client.HTTPConnection, path: str, cookie: str) -> int:
    connection.request("GET", path, headers={"cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _log_a_call(connection: http.client.HTTPConnection, cookie: str, track_id: str) -> int:
    said = {"track_id": track_id, "kind": "call", "happened_on": "2010-10-28", "says": "In search."}
    headers = {
        "cookie": cookie,
        "content-type": "application/json",
        "sec-fetch-site": "same-origin",
    }
    connection.request("POST", "/api/v1/events", json.dumps(said), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status
