"""A few warm workers, and a queue before them: one paper at a time for each.

Nothing is rendered in the server's own process. A worker that hangs, dies or grows is replaced,
and whoever waited for it gets a sentence. Calls come from any thread.
"""

from __future__ import annotations

import atexit
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import Any

from casemgr.doctor import this_machine
from casemgr.errors import Malformed, NotRendered, Unusable
from casemgr.letters.budget import MIB, Budget
from casemgr.letters.frames import Gone, receive, send
from casemgr.shipped import PACKAGE, shipped

START_SECONDS = 60.0
PAPERS_PER_WORKER = 500
MEMORY_PER_WORKER = 400 * MIB
BOOT = "import sys; sys.path.insert(0, sys.argv[1]); import casemgr.letters.worker as w; w.main()"


@dataclass(frozen=True)
class Job:
    """What a worker needs to make one paper; `facts` as `plain.to_wire` writes them."""

    template: str
    sources: Mapping[str, str]
    facts: str
    paper: Mapping[str, str | None]
    variant: str | None


@dataclass(frozen=True)
class Done:
    """What a worker gives back."""

    html: str
    pdf: bytes
    pages: int
    version: str
    complaints: tuple[str, ...]


class Worker:
    """One process in its cage."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.made = 0
        self.memory = 0
        self.scratch = tempfile.mkdtemp(prefix="casemgr-letters-")
        self.process = subprocess.Popen(  # noqa: S603 our own interpreter and code
            [sys.executable, "-I", "-c", BOOT, str(PACKAGE.parent)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(self.scratch),
            cwd=self.scratch,
            start_new_session=True,  # Ctrl-C is for the server; its workers end when it does
        )
        self._greet()

    def make(self, job: Job) -> Done:
        """Make one paper. Raises NotRendered or Malformed; the worker may be dead after the first.

        The sentence says which limit it was.
        """
        message, body = self._asked(asdict(job), "filling its template")
        page = message["html"]
        return Done(
            html=body[:page].decode(),
            pdf=body[page:],
            pages=message["pages"],
            version=message["version"],
            complaints=tuple(message["complaints"]),
        )

    def in_word(self, page: str) -> bytes:
        """Return a filled template as a Word file. Raises NotRendered, as `make` does."""
        return self._asked({"page": page}, "writing its Word file")[1]

    def worn(self) -> bool:
        """Say whether another worker should take its place."""
        return (
            self.process.poll() is not None
            or self.made >= PAPERS_PER_WORKER
            or self.memory > MEMORY_PER_WORKER
        )

    def close(self) -> None:
        """End the process and forget its folder."""
        self.process.kill()
        self.process.wait()
        for line in (self.process.stdin, self.process.stdout):
            if line is not None:
                _close_quietly(line)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _asked(self, asked: Mapping[str, Any], stage: str) -> tuple[dict[str, Any], bytes]:
        watch = threading.Timer(self.budget.seconds, self.process.kill)
        watch.start()
        try:
            self._send(asked)
            message, body = self._receive()
            if message.get("stage"):
                stage = "laying it out"
                message, body = self._receive()
        except (Gone, OSError):
            raise NotRendered(self._why_it_ended(stage)) from None
        finally:
            watch.cancel()
        self.made += 1
        self.memory = message["memory"]
        _refuse_unmade(message, stage)
        return message, body

    def _greet(self) -> None:
        watch = threading.Timer(START_SECONDS, self.process.kill)
        watch.start()
        try:
            self._send({"budget": asdict(self.budget), "templates": str(shipped("templates"))})
            message, _ = self._receive()
        except (Gone, OSError):
            self.close()
            raise NotRendered(
                "The process that makes PDFs did not start. Run `casemgr doctor` to see what "
                "this machine lacks."
            ) from None
        finally:
            watch.cancel()
        if lacking := message.get("unusable"):
            self.close()
            raise Unusable(
                f"This machine lacks a library that makes PDFs ({lacking}). "
                f"Install it with: {this_machine().command_for('pdf')}"
            )

    def _send(self, message: Mapping[str, Any]) -> None:
        assert self.process.stdin is not None
        send(self.process.stdin, dict(message))

    def _receive(self) -> tuple[dict[str, Any], bytes]:
        assert self.process.stdout is not None
        return receive(self.process.stdout, self.budget.output + self.budget.fill_output * 4)

    def _why_it_ended(self, stage: str) -> str:
        self.process.kill()
        ended = self.process.wait()
        if ended == -getattr(signal, "SIGXCPU", 0):
            limit = "took more computing time than a paper may"
        elif ended == -signal.SIGKILL:
            limit = f"was not done after {self.budget.seconds:g} seconds"
        else:
            limit = "ended the process that was making it"
        return (
            f"The paper could not be made: {stage} {limit}. It was stopped and nothing else "
            "was harmed. Look for an enormous table, list or nesting, and print it in parts."
        )


class Pool:
    """Up to `size` workers, started when they are first needed."""

    def __init__(self, size: int | None = None, budget: Budget | None = None) -> None:
        self.size = size or min(2, os.cpu_count() or 1)
        self.budget = budget or Budget()
        self.waiting = 0
        self._begun = False
        self._count = threading.Lock()
        self._places: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        for _ in range(self.size):
            self._places.put(None)
        atexit.register(self.close)

    def make(self, job: Job) -> Done:
        """Make one paper, waiting for a free worker; a worn or dead one is replaced first."""
        with self._free_worker() as worker:
            return worker.make(job)

    def in_word(self, page: str) -> bytes:
        """Return a filled template as a Word file, waiting for a free worker."""
        with self._free_worker() as worker:
            return worker.in_word(page)

    def warm(self) -> None:
        """Start one worker now, so that the first paper does not wait for it."""
        with self._free_worker():
            return

    def start_soon(self) -> None:
        """Start the first worker beside what goes on, unless one was started before."""
        with self._count:
            begun, self._begun = self._begun, True
        if not begun:
            threading.Thread(target=self._start_quietly, daemon=True).start()

    def _start_quietly(self) -> None:
        with suppress(NotRendered, Unusable):  # whoever asks for a paper is told
            self.warm()

    def close(self) -> None:
        """End all workers that are not at work; those end with this process."""
        atexit.unregister(self.close)
        idle: list[Worker | None] = []
        while not self._places.empty():
            idle.append(self._places.get())
        for worker in idle:
            if worker is not None:
                worker.close()
            self._places.put(None)

    @contextmanager
    def _free_worker(self) -> Iterator[Worker]:
        worker = self._take()
        try:
            worker = self._fresh(worker)
            yield worker
        finally:
            self._places.put(worker)

    def _take(self) -> Worker | None:
        self._wait(+1)
        try:
            return self._places.get()
        finally:
            self._wait(-1)

    def _wait(self, change: int) -> None:
        with self._count:
            self.waiting += change

    def _fresh(self, worker: Worker | None) -> Worker:
        if worker is not None and worker.worn():
            worker.close()
            worker = None
        self._begun = True
        return worker or Worker(self.budget)


def _refuse_unmade(message: Mapping[str, Any], stage: str) -> None:
    if message.get("error") == "memory":
        raise NotRendered(
            f"The paper could not be made: {stage} needed more memory than a paper may. "
            "Look for an enormous table, list or text, and print it in parts."
        )
    if error := message.get("error"):
        if fact := message.get("fact"):
            raise Malformed({fact: error})
        raise NotRendered(error)


def _environment(scratch: str) -> dict[str, str]:
    """Nothing of ours: no settings, no secrets, no home. Libraries are found as usual."""
    kept = ("DYLD_FALLBACK_LIBRARY_PATH", "WEASYPRINT_DLL_DIRECTORIES", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "HOME": scratch,
        "TMPDIR": scratch,
        "TEMP": scratch,
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
    }


def _close_quietly(line: Any) -> None:
    try:
        line.close()
    except OSError:  # the worker is gone, and with it the other end
        return
