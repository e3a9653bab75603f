"""How the server and its workers talk: one JSON line, then as many raw bytes as it announces.

JSON and bytes only, in both directions: what comes out of the cage is data, never code.
"""

from __future__ import annotations

import json
from typing import IO, Any


class Gone(Exception):
    """The other side closed the line, in the middle of a frame or between two."""


def send(line: IO[bytes], message: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame and flush it."""
    head = json.dumps({**message, "body": len(body)}, ensure_ascii=True)
    line.write(head.encode() + b"\n" + body)
    line.flush()


def receive(line: IO[bytes], most: int) -> tuple[dict[str, Any], bytes]:
    """Read one frame. Raises Gone at the end, or when more than `most` bytes are announced."""
    head = line.readline(most)
    if not head.endswith(b"\n"):
        raise Gone
    message: dict[str, Any] = json.loads(head)
    size = int(message.pop("body"))
    if not 0 <= size <= most:
        raise Gone
    body = line.read(size)
    if len(body) != size:
        raise Gone
    return message, body
