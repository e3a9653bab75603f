"""Serve one office: on a port that is really ours, and alone where SQLite asks for it."""

from __future__ import annotations

import gc
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from sqlalchemy import make_url

from casemgr.errors import Unusable

FACTORY = "casemgr.app:create_app"

# The server's name is nobody's business, and an address with a search in it is no log line.
QUIETLY: dict[str, Any] = {
    "server_header": False,
    "access_log": False,
    "log_level": "warning",
    "timeout_keep_alive": 75,
    "timeout_graceful_shutdown": 10,
}


def listen(host: str, port: int) -> socket.socket:
    """Take a port and hold it; port 0 takes any free one. Refuses a port that is taken."""
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(kind, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as why:
        taken.close()
        raise Unusable(
            f"casemgr cannot listen on {host} port {port}: {why.strerror}. "
            "Choose another with --port, or let it take a free one with --port 0."
        ) from why
    return taken


def listen_near(host: str, port: int | None, usual: int) -> socket.socket:
    """Take the port asked for; asked for none, take the usual one or else a free one."""
    if port is not None:
        return listen(host, port)
    try:
        return listen(host, usual)
    except Unusable:
        return listen(host, 0)


def address_of(listening: socket.socket) -> str:
    """Return what to type into a browser, such as http://127.0.0.1:8017."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def alone(database_url: str) -> Iterator[None]:
    """Refuse a second server on one SQLite file: each would tick, and queue writers for itself.

    PostgreSQL takes any number. The lock is a transaction on a small file beside the database,
    so that it ends with the process, however that ends.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    lock = Path(f"{url.database}.serving")
    lock.parent.mkdir(parents=True, exist_ok=True)
    holder = sqlite3.connect(lock, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        try:
            holder.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as held:
            raise Unusable(
                f"Another casemgr is already serving {url.database}. Stop it first, "
                "or use PostgreSQL (CASEMGR_DATABASE_URL), which several may serve."
            ) from held
        yield
    finally:
        holder.close()


def serve(app: FastAPI, listening: socket.socket, database_url: str) -> None:
    """Serve an application on a port already held, until somebody stops it."""
    gc.freeze()  # what is loaded by now stays, and need not be looked through for garbage
    with alone(database_url):
        uvicorn.Server(uvicorn.Config(app, **QUIETLY)).run(sockets=[listening])


def refuse_several(processes: int, database_url: str) -> None:
    """Raise Unusable where several processes would serve one SQLite file."""
    if processes > 1 and make_url(database_url).get_backend_name() == "sqlite":
        raise Unusable(
            f"{processes} processes were asked for, but SQLite serves one. "
            "Leave --workers out, or set CASEMGR_DATABASE_URL to a PostgreSQL database."
        )


def serve_with_processes(host: str, port: int, processes: int) -> None:
    """Serve the office of the settings with several processes, which PostgreSQL allows."""
    listen(host, port).close()
    uvicorn.run(FACTORY, factory=True, host=host, port=port, workers=processes, **QUIETLY)
