"""The table of faults: what each did to the reminders, as the tests under fire saw it."""

from __future__ import annotations

import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

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


def see(*, quick: bool) -> Seen:
    """Run the tests under fire, at the size of the bar or at the small one."""
    size = [] if quick else ["--chaos"]
    with TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        line = [sys.executable, "-m", "pytest", *FILES, *size, "--tb=short"]
        told = ["-o", "junit_family=xunit1", f"--junit-xml={results}"]  # with what each test says
        subprocess.call([*line, *told], stdout=sys.stderr)
        return read(results.read_bytes())


def read(junit: bytes) -> Seen:
    """Read what the tests told from pytest's result file, written a moment ago by ourselves."""
    seen = Seen()
    for case in ElementTree.fromstring(junit).iter("testcase"):
        name = str(case.get("name"))
        if case.find("failure") is not None or case.find("error") is not None:
            seen.failed.append(name)
        else:
            seen.controls += name.startswith(CONTROL)
        for told in case.iter("property"):
            if told.get("name") == "fault":
                fault, database, *counts = literal_eval(str(told.get("value")))
                seen.lines.append((fault, database, counts))
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
