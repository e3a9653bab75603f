"""How long the first start takes, and what the server needs at rest. Not a test: it prints a table.

    .venv/bin/python tests/benchmarks/start.py          everything but the first start
    .venv/bin/python tests/benchmarks/start.py --first  the first start too, from a fresh copy

The first start downloads some 80 MB unless pip has them in its cache; the table says how much
of the time that was.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HOUSE = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PATIENCE = 300.0  # seconds until a start counts as failed

# As on a person's machine, where Python keeps what it compiled.
AS_USUAL = {
    name: set_to for name, set_to in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}


@dataclass(frozen=True)
class Row:
    """One figure: what was measured, how much it came to, and the most it should."""

    what: str
    measured: float
    limit: float | None
    unit: str

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"{self.limit:8.1f}"
        verdict = "" if self.limit is None else "ok" if self.measured <= self.limit else "OVER"
        return f"{self.what:<52} {self.measured:8.2f} {limit:>8} {self.unit:<3} {verdict}"


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def run(*line: object, cwd: Path = HOUSE) -> None:
    words = [str(word) for word in line]
    quiet = subprocess.DEVNULL
    subprocess.run(words, cwd=cwd, env=AS_USUAL, check=True, stdout=quiet, stderr=quiet)


def wait_for_page(server: subprocess.Popen[str]) -> str:
    """Read what the server says until it names its address, then ask until a page comes."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := ADDRESS.search(line):
            break
    else:
        raise SystemExit("The server ended without naming an address.")
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{found[0]}/sign-in", timeout=5) as page:
                page.read()
                return found[0]
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"No page came from {found[0]}.")


@contextmanager
def served(python: object, data: Path, cwd: Path = HOUSE) -> Iterator[subprocess.Popen[str]]:
    """Start the demonstration office and leave once a page has come; stop it afterwards."""
    line = [str(python), "-m", "casemgr", "demo", "--port", "0", "--data", str(data)]
    server = subprocess.Popen(line, cwd=cwd, env=AS_USUAL, stdout=subprocess.PIPE, text=True)
    try:
        wait_for_page(server)
        yield server
    finally:
        server.terminate()
        server.wait(timeout=30)


def time_to_page(python: object, data: Path, cwd: Path = HOUSE) -> float:
    began = time.perf_counter()
    with served(python, data, cwd):
        return time.perf_counter() - began


def resident(process: int) -> float:
    """Return the megabytes of memory a process and its children hold."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    own = int(status.split("VmRSS:")[1].split()[0]) / 1024
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return own + sum(resident(int(child)) for child in listed.split())


def first_start(scratch: Path) -> list[Row]:
    """Start from a copy of the checkout that has no environment yet."""
    clone = scratch / "clone"
    shutil.copytree(HOUSE, clone, ignore=shutil.ignore_patterns(".venv", ".git", "__pycache__"))
    packages = ["-m", "pip", "download", "-qq", "--no-deps", "--require-hashes"]
    lock, into = clone / "requirements.lock", scratch / "packages"
    downloads = timed(lambda: run(sys.executable, *packages, "-r", lock, "-d", into))
    whole = time_to_page("python3", scratch / "first", cwd=clone)
    return [
        Row("clone to served page, downloads included", whole, 60.0 + downloads, "s"),
        Row("   the downloads alone", downloads, None, "s"),
    ]


def later_starts(scratch: Path) -> list[Row]:
    """Measure what happens every day: the job, a second start, memory, --help."""
    run(sys.executable, "-m", "casemgr", "demo", "--no-serve", "--data", scratch / "warm")
    jobs = [
        timed(
            lambda data=scratch / f"job{n}": run(
                sys.executable, "-m", "casemgr", "demo", "--no-serve", "--data", data
            )
        )
        for n in range(3)
    ]
    second = median(time_to_page(sys.executable, scratch / "warm") for _ in range(3))
    with served(sys.executable, scratch / "warm") as server:
        time.sleep(2)
        rest = resident(server.pid)
    helped = median(timed(lambda: run(sys.executable, "-m", "casemgr", "--help")) for _ in range(5))
    return [
        Row("main job without serving (median of 3)", median(jobs), 15.0, "s"),
        Row("second start to served page (median of 3)", second, 3.0, "s"),
        Row("server at rest", rest, 200.0, "MB"),
        Row("casemgr --help (median of 5)", helped, 0.3, "s"),
    ]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="casemgr-bench-") as folder:
        scratch = Path(folder)
        rows = first_start(scratch) if "--first" in sys.argv else []
        rows += later_starts(scratch)
    print(f"{'':<52} {'measured':>8} {'at most':>8}")
    for row in rows:
        print(row)


if __name__ == "__main__":
    main()
