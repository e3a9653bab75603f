"""A small office served for real, and people who ask it things."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import Engine

from casemgr import serving
from casemgr.app import build
from casemgr.db.session import transaction
from casemgr.desk import Desk
from tests import makes


@dataclass(frozen=True)
class Served:
    """A server that runs, with the cookie of an attorney and what she may write to."""

    desk: Desk
    host: str
    port: int
    cookie: str
    matter_id: str
    track_id: str

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=20)

    def get(self, connection: http.client.HTTPConnection, path: str) -> int:
        connection.request("GET", path, headers={"cookie": self.cookie})
        answer = connection.getresponse()
        answer.read()
        return answer.status

    def log_a_call(self, connection: http.client.HTTPConnection) -> int:
        said = {
            "track_id": self.track_id,
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
    """Serve an office with one matter, one request and one call, until the end of the block."""
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        makes.make_membership(session, cast.mira, matter, responsible=True)
        track = makes.make_track(session, makes.make_request(session, matter))
        makes.make_event(session, track)
    desk = makes.make_desk(engine, data)
    cookie = f"{desk.cookie}={makes.make_session(desk, cast.mira)}"
    with serving.listen("127.0.0.1", 0) as listening:
        server = uvicorn.Server(uvicorn.Config(build(desk), **serving.QUIETLY))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        while not server.started:
            time.sleep(0.01)
        host, port = listening.getsockname()[:2]
        yield Served(desk, host, port, cookie, matter.id, track.id)
        server.should_exit = True
        running.join()
