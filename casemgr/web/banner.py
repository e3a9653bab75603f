"""The banner on every page while reminders or mail are in trouble: read from memory, at no cost.

The minute's watch of this process writes it; where that has stopped, too, the banner says so.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

STALE = 900  # seconds without the watch
UNWATCHED = (
    "Nobody has looked for a quarter of an hour whether reminders go out. Start casemgr again. "
    "The dates on these pages are right."
)


@dataclass
class Banner:
    """What is wrong, as this process last looked; nothing before it has begun to look."""

    faults: list[str] = field(default_factory=list)
    looked_at: float | None = None  # seconds of a clock that only runs

    def say(self, faults: Sequence[str]) -> None:
        """Note what is wrong now."""
        self.faults, self.looked_at = list(faults), time.monotonic()

    def shown(self) -> list[str]:
        """Return the sentences for the top of every page."""
        if self.looked_at is None or time.monotonic() - self.looked_at < STALE:
            return self.faults
        return [UNWATCHED]

    def stop(self) -> None:
        """Forget everything: this process looks no more."""
        self.faults, self.looked_at = [], None


THE_BANNER = Banner()
