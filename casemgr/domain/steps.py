"""One line of an explanation, and one defensible result where the law is unsettled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Step(NamedTuple):
    """One line of a proof: a day (if the line is about one), a sentence, and its authority.

    A named tuple, not a dataclass: proofs make steps by the thousand, and it is made four times
    as fast.
    """

    on: date | None
    says: str
    cites: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        """Give the line as JSON: the day in ISO 8601 or null."""
        return {
            "on": self.on.isoformat() if self.on else None,
            "says": self.says,
            "cites": self.cites,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """One defensible date, under a name, with the reason somebody may hold it."""

    name: str
    due: date
    why: str

    def as_dict(self) -> dict[str, str]:
        """Give the reading as JSON."""
        return {"name": self.name, "due": self.due.isoformat(), "why": self.why}
