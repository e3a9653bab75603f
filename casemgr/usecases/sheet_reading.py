"""Read a spreadsheet in a process of its own, in the cage: one file, then the process ends.

The child starts with an empty environment, takes the file from its standard input, and may open
neither files nor sockets while it reads. One that hangs or swells is stopped, and the sentence
says so; the file itself is kept whatever happens.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO, Any

from casemgr.errors import Malformed
from casemgr.files.sheets import Sheet, read_sheet
from casemgr.letters import cage
from casemgr.letters.frames import Gone, receive, send
from casemgr.shipped import PACKAGE

MIB = 1024 * 1024
CPU_SECONDS = 20
SECONDS = 60.0
MEMORY = 1024 * MIB
ANSWER = 256 * MIB
BOOT = "import sys; sys.path.insert(0, sys.argv[1]); import casemgr.usecases.sheet_reading as r; "
STOPPED = (
    "This file could not be read within the time and memory a spreadsheet may take, so it was "
    "stopped. The file is kept. Save only the sheet with the requests as .csv and import that."
)


def read_caged(data: bytes, wanted: str = "") -> Sheet:
    """Return what a spreadsheet holds; Malformed, with a sentence, where it cannot be read."""
    scratch = tempfile.mkdtemp(prefix="casemgr-sheet-")
    child = subprocess.Popen(  # noqa: S603 our own interpreter and code
        [sys.executable, "-I", "-c", f"{BOOT}r.main()", str(PACKAGE.parent)],
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
        return _asked(child, data, wanted)
    except (Gone, OSError, ValueError) as ended:
        raise Malformed({"file": STOPPED}) from ended
    finally:
        watch.cancel()
        _end(child)
        shutil.rmtree(scratch, ignore_errors=True)


def _asked(child: subprocess.Popen[bytes], data: bytes, wanted: str) -> Sheet:
    assert child.stdin is not None
    assert child.stdout is not None
    send(child.stdin, {"wanted": wanted, "scratch": os.curdir}, data)
    said, body = receive(child.stdout, ANSWER)
    if wrong := said.get("wrong"):
        raise Malformed({"file": str(wrong)})
    rows = [(number, cells) for number, cells in map(json.loads, body.splitlines())]
    return Sheet(said["headers"], said["header_row"], rows, said["how"], said["notes"])


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.send_signal(signal.SIGKILL)
    child.wait()
    for line in (child.stdin, child.stdout):
        if line is not None:
            try:
                line.close()
            except OSError:  # the other end is gone
                continue


# --- in the child


def main() -> None:
    """Read the one file that comes in, and answer."""
    line = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    message, data = receive(sys.stdin.buffer, ANSWER)
    _warm_up()
    cage.leave_the_network()
    cage.limit_for_good(0)
    cage.limit_cpu(CPU_SECONDS)
    cage.limit_memory(MEMORY)
    cage.close_the_doors([sys.prefix, sys.base_prefix, str(PACKAGE)], os.getcwd())
    _answer(line, data, message["wanted"])


def _warm_up() -> None:
    """Load what reads workbooks before the doors close."""
    import openpyxl.styles.numbers  # noqa: PLC0415 - only in the child
    import openpyxl.utils.datetime  # noqa: F401, PLC0415


def _answer(line: IO[bytes], data: bytes, wanted: str) -> None:
    try:
        sheet = read_sheet(data, wanted)
    except Malformed as wrong:
        return send(line, {"wrong": str(wrong)})
    except MemoryError:
        return send(line, {"wrong": STOPPED})
    said: dict[str, Any] = {
        "headers": sheet.headers,
        "header_row": sheet.header_row,
        "how": sheet.how,
        "notes": sheet.notes,
    }
    body = "\n".join(json.dumps(row, ensure_ascii=True) for row in sheet.rows)
    return send(line, said, body.encode())
