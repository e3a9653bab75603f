"""The words of files that were read in the cage, kept under the file's SHA-256.

Nothing here is a record: the folder may be emptied at any time, and what is missing is read again.
"""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import asdict, dataclass
from pathlib import Path

from casemgr.files.previews import Previews


@dataclass(frozen=True, slots=True)
class FileWords:
    """What a file says, nothing where it holds no text; `scanned`: as a scanner read it."""

    text: str
    scanned: bool = False


class Words:
    """A folder of the words of files."""

    def __init__(self, folder: Path) -> None:
        self.kept = Previews(folder)

    def read(self, sha256: str) -> FileWords | None:
        """Return the words of a file; None where it was not read yet."""
        data = self.kept.read(f"{sha256}.json")
        return FileWords(**json.loads(data)) if data is not None else None

    def sweep(self, known: Container[str]) -> int:
        """Give up the words of files that are not kept any more; return how many stay."""
        stay = 0
        for path in sorted(self.kept.folder.glob("*.json")):
            if path.stem in known:
                stay += 1
            else:
                path.unlink(missing_ok=True)
        return stay

    def keep(self, sha256: str, words: FileWords) -> None:
        """Keep the words of a file, those of the least lately read files given up."""
        self.kept.keep(f"{sha256}.json", json.dumps(asdict(words)).encode())
