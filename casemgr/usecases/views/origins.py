"""The moves of a matter from office to office, as its history page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casemgr.db import lists
from casemgr.usecases.views.lens import Lens


@dataclass(frozen=True, slots=True)
class Came:
    """One move: from which office, packed by whom and when, and since when it is here."""

    id: str
    office: str
    exported_by: str
    exported_at: datetime
    imported_at: datetime
    fingerprint: str


def moves(seen: Lens) -> list[Came]:
    """Return the moves of the matters that are looked at, oldest first."""
    return seen.rows(lists.ORIGINS, Came)
