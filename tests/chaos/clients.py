"""A small office served for real, and people who ask it things."""

from __future__ import annotations

import http.client
import itertools
import json
import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import uvicorn
from sqlalchemy import Engine

from casemgr import serving
from casemgr.app import build
from casemgr.db.session import open_engine, transaction
from casemgr.desk import Desk
from casemgr.usecases import throttle
from tests import makes

TRACKS = 8


@dataclass(frozen=True)
class Served:
    """A server that runs, with the cookie of an attorney and what she may write to."""

    desk: Desk
    host: str
    port: int
    cookie: str
    matter_id: str
    track_ids: tuple[str, ...]
    _turn: Iterator[int] = field(default_factory=itertools.count)

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=20)

    def get(self, connection: http.client.HTTPConnection, path: str) -> int:
        connection.request("GET", path, headers={"cookie": self.cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def log_a_call(self, connection: http.client.HTTPConnection) -> int:
        said = {
            "track_id": self.track_ids[next(self._turn) % len(self.track_ids)],
            "kind": "call",
            "happened_on": "2010-10-28",
            "says": "In search.",
        }
        headers = {
            "cookie": self.cookie,
            "content-type": "application/json",
            "sec-fetch-site": "same-origin",
        }
        connection.request("POST", "/api/v1/events", json.dumps(said), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


@contextmanager
def serve(engine: Engine, data: Path) -> Iterator[Served]:
    """Serve an office with one matter, eight requests and a call, until the end of the block."""
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        makes.make_membership(session, cast.mira, matter, responsible=True)
        tracks = [
            makes.make_track(session, makes.make_request(session, matter)) for _ in range(TRACKS)
        ]
        makes.make_event(session, tracks[0])
        track_ids = tuple(track.id for track in tracks)
    desk = makes.make_desk(engine, data)
    cookie = f"{desk.cookie}={makes.make_session(desk, cast.mira)}"
    with serving.listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(build(desk), **serving.QUIETLY))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        while not server.started:
            time.sleep(0.01)
        host, port = listening.getsockname()[:2]
        yield Served(desk, host, port, cookie, matter.id, track_ids)
        server.should_exit = True
        running.join()


@contextmanager
def serve_apart(url: str, data: Path) -> Iterator[Served]:
    """Serve the same office from a process of its own, as an office does.

    People who share a process with their server take its time away.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=_serve_until_told, args=(url, data, there))
    process.start()
    host, port, cookie, matter_id, track_ids = here.recv()
    engine = open_engine(url)
    yield Served(makes.make_desk(engine, data), host, port, cookie, matter_id, track_ids)
    here.send("end")
    process.join()
    engine.dispose()


def _serve_until_told(url: str, data: Path, there: Connection) -> None:
    # Sixteen people come from one address here, and each is to reach the hash.
    throttle.PASSWORD = (throttle.Limit(throttle.FIVE_MINUTES, 100_000),)
    engine = open_engine(url)
    with serve(engine, data) as made:
        there.send((made.host, made.port, made.cookie, made.matter_id, made.track_ids))
        there.recv()
    engine.dispose()
