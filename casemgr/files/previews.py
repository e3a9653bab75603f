"""What was made only to be looked at: kept under the name of what it shows, the oldest given up.

Nothing here is a record: the folder may be emptied at any time, and what is missing is made again.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

_NAME = re.compile(r"^[0-9a-f]{64}(?:-\d{1,4})?\.[a-z]{3,4}$")
MOST = 2_000  # files
GIVEN_UP_AT_ONCE = 200


class Previews:
    """A folder of files that can be made again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """Return what is kept under a name; None where it has to be made."""
        try:
            data = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        return data

    def keep(self, name: str, data: bytes) -> None:
        """Keep something under a name; a crash leaves the whole file or none."""
        path = self._path(name)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = path.with_name(f".{name}.{secrets.token_hex(4)}")
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        half.replace(path)
        self._give_up()

    def _path(self, name: str) -> Path:
        if not _NAME.match(name):
            raise ValueError(f"{name} is no name of a preview")
        return self.folder / name

    def _give_up(self) -> None:
        kept = list(self.folder.iterdir())
        if len(kept) <= MOST:
            return
        for path in sorted(kept, key=_age)[:GIVEN_UP_AT_ONCE]:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process gave it up meanwhile
        return 0.0
