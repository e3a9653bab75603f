"""Read a declaration that came back from Word in the cage: it was in other hands."""

from __future__ import annotations

import json
from dataclasses import asdict

from casemgr.letters.returned import NotADeclaration, Returned, ReturnedText
from casemgr.usecases.one_reading import Asked, Said, answer_once, read_alone

STOPPED = (
    "This Word file could not be read within the time and memory a declaration may take. Copy its "
    "text into a new document and bring that."
)


def read_caged(data: bytes) -> ReturnedText:
    """Return the testimony of a Word file; Malformed, with what to do, where there is none."""
    said, body = read_alone(__name__, {}, data, STOPPED)
    paragraphs = tuple(Returned(**each) for each in json.loads(body))
    return ReturnedText(said["opening"], paragraphs, tuple(said["told"]))


# --- in the child


def main() -> None:
    """Read the one file that comes in."""
    answer_once(_warm_up, _read)


def _warm_up() -> None:
    """Load what reads Word files before the doors close."""
    import encodings.cp437  # noqa: F401, PLC0415 - of old zip files

    import casemgr.letters.word_reading  # noqa: F401, PLC0415 - only in the child


def _read(_: Asked, data: bytes) -> Said:
    from casemgr.letters.word_reading import read_returned  # noqa: PLC0415 - only in the child

    try:
        text = read_returned(data)
    except NotADeclaration as wrong:
        return {"wrong": str(wrong)}, b""
    except (MemoryError, RecursionError):
        return {"wrong": STOPPED}, b""
    body = json.dumps([asdict(each) for each in text.paragraphs])
    return {"opening": text.opening, "told": text.told}, body.encode()
