"""Heads of the history kept outside the database: one line a day, only ever added to."""

from __future__ import annotations

import json
import os
from datetime import date, datetime
from pathlib import Path

from casemgr.domain.chain import Head
from casemgr.errors import Unusable


def heads_file(data: Path) -> Path:
    """Return where an office keeps its heads."""
    return data / "history.heads"


def read_heads(file: Path) -> list[Head]:
    """Return the heads kept in a file, oldest first; none where there is no such file."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_read(file, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def keep_head(file: Path, head: Head) -> bool:
    """Add a head, once a day and only if something was recorded since; say whether it was added.

    `head.at` is the moment it is kept at. The line is on the disk when this returns.
    """
    assert head.at is not None
    before = read_heads(file)
    if before and (before[-1].seq == head.seq or _day(before[-1]) == head.at.date()):
        return False
    line = json.dumps({"at": head.at.isoformat(), "seq": head.seq, "seal": head.seal})
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # One write to a file opened for appending: two processes that tick never mix their lines.
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, f"{line}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return True


def _day(head: Head) -> date | None:
    return None if head.at is None else head.at.date()


def _read(file: Path, number: int, line: str) -> Head:
    try:
        said = json.loads(line)
        return Head(int(said["seq"]), str(said["seal"]), datetime.fromisoformat(said["at"]))
    except (ValueError, KeyError, TypeError) as wrong:
        raise Unusable(
            f"Line {number} of {file.name} is no kept head of the history, so it proves nothing. "
            "Put back the copy of this file that you keep elsewhere."
        ) from wrong
