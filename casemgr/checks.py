"""`casemgr test`: every test and check of the house, counted in one last line."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from casemgr.errors import Unusable

CHECKOUT = Path(__file__).resolve().parent.parent

# Started as modules of this Python: the scripts beside it break when a checkout is moved.
CHECKS: dict[str, tuple[str, ...]] = {
    "lint (ruff check)": ("-m", "ruff", "check", "."),
    "format (ruff format)": ("-m", "ruff", "format", "--check", "."),
    "types (mypy)": ("-m", "mypy"),
    "layers (import-linter)": (
        "-c",
        "from importlinter.cli import lint_imports_command as check; raise SystemExit(check())",
    ),
    "dependencies (deptry)": ("-m", "deptry", "."),
}
# Half an hour and more, so only when everything is run in full; they tell their tables.
MUTANTS: dict[str, tuple[str, ...]] = {
    "changes of the gate's code": ("-m", "tests.db.mutants"),
    "changes of the law's code (mutmut)": ("-m", "tests.law.mutants"),
}


@dataclass(frozen=True)
class Count:
    """How many tests and checks passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run_all(pytest_arguments: Sequence[str] = ()) -> int:
    """Run every check and the test suite; return 0 only if nothing failed and something ran.

    The last line on standard output is `N passed, N failed, N skipped`; each check counts as one.
    """
    if not (CHECKOUT / "tests").is_dir():
        raise Unusable(
            "The tests are part of the source and not of the installed package. "
            "Clone the repository and type there: python3 -m casemgr test"
        )
    checked = sum((run_check(name, line) for name, line in CHECKS.items()), Count())
    count = checked + run_suite(pytest_arguments)
    # Whoever names a path wants that path only.
    if "--full" in pytest_arguments and all(one.startswith("--") for one in pytest_arguments):
        told = (run_check(name, line, shown=True) for name, line in MUTANTS.items())
        count += sum(told, Count())
    print(count, flush=True)
    return 0 if count.failed == 0 and count.passed else 1


def run_check(name: str, line: Sequence[str], *, shown: bool = False) -> Count:
    """Run one check; what it says is shown if it fails, or always if it is to be `shown`."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, *line],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    failed = done.returncode != 0
    if failed or shown:
        print(done.stdout)
    took = time.monotonic() - began
    print(f"{'FAILED' if failed else 'ok'}: {name}, {took:.0f} s", flush=True)
    return Count(passed=not failed, failed=failed)


def run_suite(arguments: Sequence[str]) -> Count:
    """Run pytest on all cores and count its results."""
    with tempfile.TemporaryDirectory(prefix="casemgr-test-") as folder:
        results = Path(folder) / "results.xml"
        # One more than there are cores: browsers, databases and kills keep a test waiting.
        workers = str(min(4, os.cpu_count() or 1) + 1)
        # Files in our order and not by their number of tests: those with a browser have few.
        spread = ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
        line = ["-m", "pytest", *spread, f"--junit-xml={results}"]
        status = subprocess.call([sys.executable, *line, *arguments], cwd=CHECKOUT)
        counted = count_results(results.read_bytes()) if results.exists() else Count()
    # A suite that broke off, or found no test, has failed even if no single test did.
    if status != 0 and counted.failed == 0:
        print(f"pytest ended with status {status} before it could finish.")
        return counted + Count(failed=1)
    return counted


def count_results(junit: bytes) -> Count:
    """Read the counts from pytest's result file, written a moment ago by ourselves."""
    suites = ElementTree.fromstring(junit).iter("testsuite")  # noqa: S314
    count = Count()
    for suite in suites:
        total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        count += Count(max(total - failed - skipped, 0), failed, skipped)
    return count
