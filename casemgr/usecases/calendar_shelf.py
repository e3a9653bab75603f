"""Calendars that were written, kept under their version for the next program that asks."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

LARGEST = 32 * 1024 * 1024  # bytes of all calendars together


class Shelf:
    """What was written lately, least lately asked for goes first; safe for several threads."""

    def __init__(self, most: int = LARGEST) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def take(self, version: str) -> bytes | None:
        """Return the calendar of this version, or nothing where it is to be written."""
        with self._lock:
            found = self._kept.get(version)
            if found is not None:
                self._kept.move_to_end(version)
            return found

    def put(self, version: str, body: bytes) -> None:
        """Keep a calendar, and forget others where there would be too much."""
        with self._lock:
            self._size += len(body) - len(self._kept.pop(version, b""))
            self._kept[version] = body
            while self._size > self._most and self._kept:
                self._size -= len(self._kept.popitem(last=False)[1])
