"""Heads of the history kept outside the database: one line a day, only ever added to."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from casemgr.domain.chain import Head
from casemgr.errors import Unusable

LONGEST_LINE = 400  # bytes, and more than a line ever has


def heads_file(data: Path) -> Path:
    """Return where an office keeps its heads."""
    return data / "history.heads"


def read_heads(file: Path) -> list[Head]:
    """Return the heads kept in a file, oldest first; none where there is no such file."""
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return [_read(file, f"Line {number}", line) for number, line in kept]


def keep_head(file: Path, head: Head) -> bool:
    """Add a head, once a day and only if something was recorded since; say whether it was added.

    `head.at` is the moment it is kept at. The line is on the disk when this returns.
    """
    assert head.at is not None
    before = _newest(file)
    if before is not None and (before.seq == head.seq or _is_of(before, head.at)):
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


def _newest(file: Path) -> Head | None:
    # Asked every minute: of a file of years, its end is read.
    if not file.exists():
        return None
    with file.open("rb") as opened:
        opened.seek(max(0, opened.seek(0, os.SEEK_END) - LONGEST_LINE))
        lines = opened.read().decode(errors="replace").split("\n")
    line = next((each for each in reversed(lines) if each.strip()), None)
    return None if line is None else _read(file, "The last line", line)


def has_head_of(file: Path, moment: datetime) -> bool:
    """Say whether a head was kept on the day of a moment (UTC)."""
    newest = _newest(file)
    return newest is not None and _is_of(newest, moment)


def _is_of(head: Head, moment: datetime) -> bool:
    return head.at is not None and head.at.date() == moment.date()


def _read(file: Path, where: str, line: str) -> Head:
    try:
        said = json.loads(line)
        return Head(int(said["seq"]), str(said["seal"]), datetime.fromisoformat(said["at"]))
    except (ValueError, KeyError, TypeError) as wrong:
        raise Unusable(
            f"{where} of {file.name} is no kept head of the history, so it proves nothing. "
            "Put back the copy of this file that you keep elsewhere."
        ) from wrong
