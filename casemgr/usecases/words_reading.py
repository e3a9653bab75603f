"""Read the words of an exhibit in the cage: it comes from outside, and is compared with."""

from __future__ import annotations

from casemgr.errors import Malformed
from casemgr.files.words import FileWords
from casemgr.usecases.one_reading import Asked, Said, answer_once, read_alone

LONGEST = 200_000  # letters of one file: some hundred pages
STOPPED = "This file could not be read within the time and memory an exhibit may take."


def read_caged(data: bytes) -> FileWords:
    """Return what a text, PDF or Word file says; nothing where it holds no text to be read."""
    try:
        said, body = read_alone(__name__, {}, data, STOPPED)
    except Malformed:
        return FileWords("")
    return FileWords(body.decode(), bool(said["scanned"]))


# --- in the child


def main() -> None:
    """Read the one file that comes in."""
    answer_once(_warm_up, _read)


def _warm_up() -> None:
    """Load what reads PDF and Word before the doors close."""
    import docx  # noqa: F401, PLC0415 - only in the child
    import pypdfium2  # noqa: F401, PLC0415 - only in the child

    import casemgr.declarations.files  # noqa: F401, PLC0415 - only in the child


def _read(_: Asked, data: bytes) -> Said:
    from casemgr.declarations.files import text_of  # noqa: PLC0415 - only in the child
    from casemgr.declarations.pdf_text import is_scanned  # noqa: PLC0415

    try:
        text = text_of(data)
        scanned = b"%PDF-" in data[:1024] and is_scanned(data)
    except Malformed as wrong:
        return {"wrong": str(wrong)}, b""
    except Exception:  # the edge of the process: a broken file breaks its readers in many ways
        return {"wrong": STOPPED}, b""
    return {"scanned": scanned}, text[:LONGEST].encode(errors="replace")
