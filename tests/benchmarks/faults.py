"""The table of faults: what each did to the reminders, as the tests under fire saw it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

FILES = tuple(
    f"tests/chaos/test_{name}.py"
    for name in ("reminders", "two_processes", "clocks", "full_disk", "webhooks")
)
CONTROL = "test_the_check_sees"  # how the tests are called that take a protection off
HEAD = ("fault", "database", "owed", "struck", "lost", "repeats", "of them unexplained")


@dataclass
class Seen:
    """What the tests told while they ran."""

    lines: list[tuple[str, str, Sequence[int]]] = field(default_factory=list)
    controls: int = 0
    failed: list[str] = field(default_factory=list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what one test told (pytest calls this by its name)."""
        if report.failed:
            self.failed.append(report.nodeid)
        if report.when != "call":
            return
        self.controls += report.passed and CONTROL in report.nodeid
        for name, value in report.user_properties:
            if name == "fault":
                fault, database, *counts = value  # type: ignore[misc]
                self.lines.append((fault, database, counts))


def see(*, quick: bool) -> Seen:
    """Run the tests under fire, at the size of the bar or at the small one."""
    seen = Seen()
    size = [] if quick else ["--chaos"]
    with contextlib.redirect_stdout(sys.stderr):
        pytest.main([*FILES, *size, "--no-header", "--tb=short"], plugins=[seen])
    return seen


def table(seen: Seen) -> Iterable[str]:
    """Yield the table's lines; faults that came in several ways are added up."""
    yield from _rows([HEAD, ("---",) * len(HEAD)])
    for (fault, database), counts in sorted(_added(seen).items()):
        yield from _rows([(fault, database, *(f"{each:,}" for each in counts))])
    yield ""
    yield f"Protections taken off, to see that the tests notice: {seen.controls}, each noticed."
    yield from (f"FAILED: {each}" for each in seen.failed)


def _added(seen: Seen) -> Mapping[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for fault, database, counts in seen.lines:
        before = found.setdefault((fault, database), [0] * len(counts))
        found[fault, database] = [one + more for one, more in zip(before, counts, strict=True)]
    return found


def _rows(cells: Iterable[Sequence[str]]) -> Iterable[str]:
    for each in cells:
        yield f"| {' | '.join(each)} |"
