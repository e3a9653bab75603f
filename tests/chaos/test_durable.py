"""What was acknowledged was asked onto the disk: at least one sync for each commit.

A killed process leaves what the system holds in memory, so killing proves nothing about a power
cut. Two proofs: SQLite's own asking is counted everywhere, and where `strace` is present the system
calls are too. Neither shows that a disk does what it is asked.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.chaos import durable
from tests.conftest import Figure

pytestmark = pytest.mark.chaos

HOUSE = Path(__file__).parents[2]
STRACE = shutil.which("strace")
_DONE = re.compile(rf"f(?:data)?sync\(\d+<[^>]*{re.escape(durable.FILE)}[^>]*>\)\s+= 0")


def commit(folder: Path, commits: int, synchronous: str, *before: str) -> int:
    """Commit in a process of its own; return how many syncs SQLite asked for meanwhile."""
    line = [*before, sys.executable, "-m", "tests.chaos.durable", str(folder), str(commits)]
    said = subprocess.run(
        [*line, synchronous], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    return int(said.stdout)


def traced(folder: Path, commits: int, synchronous: str, strace: str) -> int:
    """Return how many syncs of the database's files the system carried out."""
    trace = folder / "trace"
    watching = (strace, "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", str(trace))
    commit(folder, commits, synchronous, *watching)
    return sum(bool(_DONE.search(each)) for each in trace.read_text().splitlines())


@pytest.fixture
def folder(sqlite_template: Path, tmp_path: Path) -> Path:
    shutil.copy(sqlite_template, tmp_path / durable.FILE)
    return tmp_path


def test_each_acknowledged_commit_was_asked_onto_the_disk(
    folder: Path, full_size: bool, figure: Figure
) -> None:
    commits = 1000 if full_size else 100

    asked = commit(folder, commits, "FULL")
    carried_out = traced(folder, commits, "FULL", STRACE) if STRACE else None

    figure("F20 syncs asked for by SQLite, for each commit", asked / commits, None, "")
    assert asked >= commits
    if carried_out is not None:
        figure("F20 syncs carried out, for each commit", carried_out / commits, None, "")
        assert carried_out >= commits


def test_the_count_would_see_commits_that_are_not_synced(folder: Path) -> None:
    """The control: with synchronous=OFF as many commits ask for nothing, and both counts see it."""
    assert commit(folder, 20, "OFF") < 20
    if STRACE:
        assert traced(folder, 20, "OFF", STRACE) < 20
