"""A worker: a process that fills and lays out one paper after the other, inside the cage.

It is started by `casemgr.letters.pool` with an empty environment. It reads the templates,
stylesheets and fonts we ship once, makes one paper to warm up, closes the doors, says it is ready,
and then answers jobs from its standard input until that closes: when the server ends, however it
ends, so does the worker.
"""

from __future__ import annotations

import gc
import mimetypes
import os
import queue
import resource
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from casemgr.letters import cage
from casemgr.letters.budget import Budget
from casemgr.letters.fill import Unfillable, fill
from casemgr.letters.frames import Gone, receive, send
from casemgr.letters.plain import from_wire
from casemgr.letters.shelf import Shelf
from casemgr.letters.word import to_word
from casemgr.shipped import PACKAGE

WARM_UP = "<!doctype html><html lang=en><title>.</title><p>Warm <i>and</i> <b>ready</b>.</p></html>"
JOB_BYTES = 64 * 1024 * 1024

Answer = tuple[dict[str, Any], bytes]


def main() -> None:
    """Serve jobs until standard input closes."""
    line = _private_line()
    hello, _ = receive(sys.stdin.buffer, JOB_BYTES)
    budget = Budget(**hello["budget"])
    try:
        from casemgr.letters.press import Press  # noqa: PLC0415 the system may lack its libraries
    except (OSError, ImportError) as lacking:
        send(line, {"unusable": str(lacking)[:300]})
        return
    shelf = Shelf.read(Path(hello["templates"]))
    press = Press(shelf.sheets, shelf.fonts)
    press.print(WARM_UP, ("paper.css",), "pdf/ua-1", budget.pages)
    to_word(WARM_UP)
    memory = _Memory()
    _lock_in(budget)
    send(line, {"ready": True})
    for job in _jobs():
        message, body = _answer(job, shelf, press, budget, line)
        send(line, {**message, "memory": memory.most()}, body)


def _private_line() -> IO[bytes]:
    """Keep standard output for frames; whatever else prints goes to standard error."""
    line = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return line


def _lock_in(budget: Budget) -> None:
    mimetypes.init()  # reads the system's list of types, which the closed doors would refuse
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    cage.limit_for_good(budget.output)
    cage.leave_the_network()
    if (PACKAGE.parent / "pyproject.toml").exists():
        # A checkout may hold an office's data beside the code; from a wheel the libraries do.
        root = str(PACKAGE.parent)
        sys.path[:] = [path for path in sys.path if path != root] + [str(PACKAGE)]
    readable = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path}
    cage.close_the_doors(readable, tempfile.gettempdir())


def _jobs() -> Any:
    """Yield jobs; a thread of its own reads them, so that a closed line ends us in mid-paper."""
    waiting: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        while True:
            try:
                waiting.put(receive(sys.stdin.buffer, JOB_BYTES)[0])
            except Gone:
                shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
                os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield waiting.get()


def _answer(job: dict[str, Any], shelf: Shelf, press: Any, budget: Budget, line: Any) -> Answer:
    try:
        if "page" in job:
            return _in_word(job["page"], budget)
        html = _fill(job, shelf, budget)
        send(line, {"stage": "filled"})
        return _print(job, shelf, press, budget, html)
    except Unfillable as wrong:
        return {"error": str(wrong), "fact": wrong.fact}, b""
    except MemoryError:
        gc.collect()
        return {"error": "memory"}, b""
    except Exception as wrong:  # the edge of the process: say what it was and go on
        return {"error": _sentence(wrong)}, b""


def _fill(job: dict[str, Any], shelf: Shelf, budget: Budget) -> str:
    cage.limit_cpu(budget.fill_cpu_seconds)
    cage.limit_memory(min(cage.addressed() + budget.fill_memory, budget.memory))
    facts = from_wire(job["facts"]) | {"paper": job["paper"]}
    html = fill(job["template"], shelf.sandbox(job["sources"]), facts)
    if len(html) > budget.fill_output:
        raise Unfillable("The filled template is too large to be a paper. Print it in parts.")
    return html


def _print(job: dict[str, Any], shelf: Shelf, press: Any, budget: Budget, html: str) -> Answer:
    cage.limit_cpu(budget.cpu_seconds)
    cage.limit_memory(budget.memory)
    sheets = shelf.sheets_of(job["template"], job["sources"])
    ours = not job["sources"]
    printed = press.print(html, sheets, job["variant"], budget.pages, ours=ours)
    if len(printed.pdf) > budget.output:
        raise Unfillable("The PDF is larger than a paper may be. Print it in parts.")
    page = html.encode()
    message = {
        "pages": printed.pages,
        "complaints": printed.complaints,
        "html": len(page),
        "version": shelf.version_of(job["template"], job["sources"]),
    }
    return message, page + printed.pdf


def _in_word(page: str, budget: Budget) -> Answer:
    cage.limit_cpu(budget.cpu_seconds)
    cage.limit_memory(budget.memory)
    word = to_word(page)
    if len(word) > budget.output:
        raise Unfillable("The Word file is larger than a paper may be. Print it in parts.")
    return {}, word


def _sentence(wrong: Exception) -> str:
    from casemgr.letters.press import Unprintable  # noqa: PLC0415 see main()

    if isinstance(wrong, Unprintable):
        return str(wrong)
    return (
        f"The paper cannot be laid out ({type(wrong).__name__}: {str(wrong)[:200]}). "
        "Look at what is unusual in it, and take that out."
    )


class _Memory:
    """The most memory this process has held.

    On Linux it is read from the process's own status, opened before the doors close: what
    `getrusage` tells begins with the memory of the server that started the process, and beside a
    large server every worker would seem worn out after one paper.
    """

    def __init__(self) -> None:
        try:
            self._status = os.open("/proc/self/status", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._status = -1

    def most(self) -> int:
        """Return it in bytes."""
        if self._status >= 0:
            for line in os.pread(self._status, 8192, 0).splitlines():
                if line.startswith(b"VmHWM:"):
                    return int(line.split()[1]) * 1024
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
