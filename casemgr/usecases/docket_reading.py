"""Read a docket paper in the cage: what a court's page or e-mail holds is not trusted."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import Any

from casemgr.dockets.reading import read_paper
from casemgr.dockets.shapes import (
    CaseRead,
    CounselRead,
    EntryRead,
    PaperRead,
    PartyRead,
    Unreadable,
)
from casemgr.domain.words import PaperKind
from casemgr.usecases.one_reading import Asked, Said, answer_once, read_alone

STOPPED = (
    "This file could not be read within the time and memory a docket paper may take, so it was "
    "stopped. Save the docket in parts, by date, and take them in one after the other."
)
NOT_READ = "This file cannot be read as a docket paper. Save the docket page again, to its end."


REMEMBERED = 4  # papers
_read_lately: OrderedDict[tuple[str, str], PaperRead] = OrderedDict()
_reading = Lock()


def read_caged(data: bytes, court_id: str = "") -> PaperRead:
    """Return what a docket paper says; Malformed, with what to do, where it says nothing.

    A paper is looked at first and taken in a moment later: the few read last are not read again.
    """
    asked = (sha256(data).hexdigest(), court_id)
    with _reading:
        paper = _read_lately.get(asked)
    paper = paper or _read_now(data, court_id)
    with _reading:
        _read_lately[asked] = paper
        _read_lately.move_to_end(asked)
        while len(_read_lately) > REMEMBERED:
            _read_lately.popitem(last=False)
    return paper


def _read_now(data: bytes, court_id: str) -> PaperRead:
    said, body = read_alone(__name__, {"court": court_id}, data, STOPPED)
    cases = tuple(_case(each) for each in json.loads(body))
    return PaperRead(
        kind=PaperKind(said["kind"]),
        cases=cases,
        sender=said["sender"],
        doubts=tuple(said["doubts"]),
    )


def _case(said: dict[str, Any]) -> CaseRead:
    entries = tuple(EntryRead(**_dated(each)) for each in said.pop("entries"))
    parties = tuple(_party(each) for each in said.pop("parties"))
    return CaseRead(**_dated(said), entries=entries, parties=parties)


def _party(said: dict[str, Any]) -> PartyRead:
    counsel = tuple(
        CounselRead(name=each["name"], roles=tuple(each["roles"]), contact=each["contact"])
        for each in said.pop("counsel")
    )
    return PartyRead(**_dated(said), counsel=counsel)


def _dated(said: dict[str, Any]) -> dict[str, Any]:
    days = {name: value for name, value in said.items() if name.endswith("_on") and value}
    return {**said, **{name: date.fromisoformat(value) for name, value in days.items()}}


# --- in the child


def main() -> None:
    """Read the one paper that comes in."""
    answer_once(_warm_up, _read)


def _warm_up() -> None:
    """Load what reads pages before the doors close; for sheets only where the extra is there."""
    import lxml.html  # noqa: F401, PLC0415 - only in the child

    try:
        import juriscraper.pacer  # noqa: F401, PLC0415 - only in the child
    except ImportError:
        return


def _read(asked: Asked, data: bytes) -> Said:
    try:
        paper = read_paper(data, asked["court"])
    except Unreadable as wrong:
        return {"wrong": str(wrong)}, b""
    except MemoryError:
        return {"wrong": STOPPED}, b""
    except (ValueError, LookupError, TypeError, RecursionError):
        return {"wrong": NOT_READ}, b""
    body = json.dumps([asdict(each) for each in paper.cases], default=date.isoformat)
    return {"kind": paper.kind, "sender": paper.sender, "doubts": paper.doubts}, body.encode()
