"""Read one file from outside in a process of its own, in the cage; then the process ends.

The child starts with an empty environment, takes the file from its standard input, and may open
neither files outside the libraries nor sockets while it reads. One that hangs or swells is stopped,
and the sentence says so; the file itself is kept by whoever asked.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from typing import Any

from casemgr.errors import Malformed
from casemgr.letters import cage
from casemgr.letters.frames import Gone, receive, send
from casemgr.shipped import PACKAGE

MIB = 1024 * 1024
CPU_SECONDS = 20
SECONDS = 60.0
MEMORY = 1024 * MIB
ANSWER = 256 * MIB

Asked = Mapping[str, Any]
Said = tuple[dict[str, Any], bytes]


def read_alone(module: str, asked: Asked, data: bytes, stopped: str) -> Said:
    """Return what `module.main` says of a file; Malformed, with a sentence, where it cannot.

    `stopped` is the sentence for a file that took more time or memory than one may.
    """
    scratch = tempfile.mkdtemp(prefix="casemgr-reading-")
    boot = f"import sys; sys.path.insert(0, sys.argv[1]); import {module} as r; r.main()"
    child = subprocess.Popen(  # noqa: S603 our own interpreter and code
        [sys.executable, "-I", "-c", boot, str(PACKAGE.parent)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"HOME": scratch, "TMPDIR": scratch, "LC_ALL": "C.UTF-8"},
        cwd=scratch,
        start_new_session=True,
    )
    watch = threading.Timer(SECONDS, child.kill)
    watch.start()
    try:
        said, body = _asked(child, asked, data)
    except (Gone, OSError, ValueError) as ended:
        raise Malformed({"file": stopped}) from ended
    finally:
        watch.cancel()
        _end(child)
        shutil.rmtree(scratch, ignore_errors=True)
    if wrong := said.get("wrong"):
        raise Malformed({"file": str(wrong)})
    return said, body


def _asked(child: subprocess.Popen[bytes], asked: Asked, data: bytes) -> Said:
    assert child.stdin is not None
    assert child.stdout is not None
    send(child.stdin, dict(asked), data)
    return receive(child.stdout, ANSWER)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.send_signal(signal.SIGKILL)
    child.wait()
    for line in (child.stdin, child.stdout):
        if line is not None:
            with contextlib.suppress(OSError):  # the other end is gone
                line.close()


# --- in the child


def answer_once(warm_up: Callable[[], None], read: Callable[[Asked, bytes], Said]) -> None:
    """Read the one file that comes in, and answer; `warm_up` loads what reads it, doors open."""
    line = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    asked, data = receive(sys.stdin.buffer, ANSWER)
    warm_up()
    cage.leave_the_network()
    cage.limit_for_good(0)
    cage.limit_cpu(CPU_SECONDS)
    cage.limit_memory(MEMORY)
    cage.close_the_doors([sys.prefix, sys.base_prefix, str(PACKAGE)], os.getcwd())
    said, body = read(asked, data)
    send(line, said, body)
