"""Read a declaration somebody else wrote, in the cage: a file from outside is not trusted."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from casemgr.declarations.files import UNKNOWN, read_file
from casemgr.declarations.paper import Caption, ExhibitLine, Jurat, Paper, Para
from casemgr.errors import Malformed
from casemgr.usecases.one_reading import Asked, Said, answer_once, read_alone

STOPPED = (
    "This file could not be read within the time and memory a declaration may take, so it was "
    "stopped. Give the declaration alone, without its exhibits, as text or PDF."
)


def read_caged(data: bytes) -> Paper:
    """Return what a declaration says; Malformed, with what to do, where it cannot be read."""
    _, body = read_alone(__name__, {}, data, STOPPED)
    said: dict[str, Any] = json.loads(body)
    executed = said["executed_on"]
    parts = {
        "paragraphs": tuple(Para(**each) for each in said["paragraphs"]),
        "exhibits": tuple(ExhibitLine(**each) for each in said["exhibits"]),
        "caption": Caption(**{**said["caption"], "parties": tuple(said["caption"]["parties"])}),
        "jurat": Jurat(said["jurat"]),
        "executed_on": date.fromisoformat(executed) if executed else None,
    }
    return Paper(**{**said, **parts})


# --- in the child


def main() -> None:
    """Read the one paper that comes in."""
    answer_once(_warm_up, _read)


def _warm_up() -> None:
    """Load what reads PDF and Word, and the list of courts, before the doors close."""
    import docx  # noqa: F401, PLC0415 - only in the child
    import pypdfium2  # noqa: F401, PLC0415 - only in the child

    from casemgr.declarations.courts import court_of  # noqa: PLC0415 - only in the child

    court_of("United States District Court, District of Columbia")


def _read(_: Asked, data: bytes) -> Said:
    try:
        paper = read_file(data)
    except Malformed as wrong:
        return {"wrong": str(wrong)}, b""
    except MemoryError:
        return {"wrong": STOPPED}, b""
    except (ValueError, LookupError, TypeError, RecursionError):
        return {"wrong": UNKNOWN}, b""
    return {}, json.dumps(asdict(paper), default=date.isoformat).encode()
