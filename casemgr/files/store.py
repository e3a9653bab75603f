"""Bytes kept by their SHA-256: written whole, synced, renamed, then referred to."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from casemgr.errors import NotFound

_NAME = re.compile(r"^[0-9a-f]{64}$")
PART = 1024 * 1024


class Store:
    """A folder of blobs; the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where bytes with this hash are kept."""
        if not _NAME.match(sha256):
            raise NotFound
        return self.folder / sha256[:2] / sha256

    def keep(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256; a crash leaves the whole file or none."""
        name = hashlib.sha256(data).hexdigest()
        path = self.path(name)
        if path.exists():
            return name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = path.with_name(f".{name}.{secrets.token_hex(4)}")
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except OSError:
            half.unlink(missing_ok=True)  # on a full disk its part would take room for nothing
            raise
        return name

    def read(self, sha256: str) -> bytes:
        """Return the bytes with this hash, checked against it."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as missing:
            raise NotFound from missing
        if hashlib.sha256(data).hexdigest() != sha256:
            raise NotFound
        return data

    def parts(self, sha256: str) -> Iterator[bytes]:
        """Yield the bytes with this hash a mebibyte at a time; NotFound where they are not right.

        That they are is only known at their end.
        """
        found = hashlib.sha256()
        try:
            with self.path(sha256).open("rb") as file:
                while part := file.read(PART):
                    found.update(part)
                    yield part
        except FileNotFoundError as missing:
            raise NotFound from missing
        if found.hexdigest() != sha256:
            raise NotFound

    def adopt(self, file: Path, sha256: str) -> None:
        """Take over a synced file of the same disk whose bytes have this hash."""
        path = self.path(sha256)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file.replace(path)

    def sound_size(self, sha256: str) -> int | None:
        """Return how many bytes with this hash are kept; None where they are gone or changed."""
        try:
            return len(self.read(sha256))
        except (NotFound, OSError):
            return None

    def names(self) -> Iterator[str]:
        """Yield the name of every file in the store, halves left by a crash among them."""
        for folder in sorted(self.folder.glob("*/")):
            yield from sorted(each.name for each in folder.iterdir())
