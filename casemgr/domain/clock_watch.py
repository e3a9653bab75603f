"""Whether this machine's clock may be believed: against a clock that only runs, and the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST = timedelta(minutes=10)  # that clocks may disagree by
BEHIND = timedelta(minutes=2)  # that two machines' clocks may stand apart


@dataclass(frozen=True, slots=True)
class ClockWatch:
    """When a process began, by the clock on the wall and by one that nobody can set (seconds).

    `said` is the last word of a person that the clock is right, as the process heard it.
    """

    wall: datetime
    steady: float
    said: str = ""

    def wrong(
        self,
        wall: datetime,
        steady: float,
        *,
        last_beat: datetime | None = None,
        database: datetime | None = None,
    ) -> str:
        """Return what is wrong with the clock, in a sentence; nothing where all agree.

        >>> from datetime import UTC
        >>> began = datetime(2026, 3, 8, 6, 0, tzinfo=UTC)
        >>> watch = ClockWatch(began, 100.0)
        >>> watch.wrong(began + timedelta(minutes=1), 160.0)
        ''
        >>> watch.wrong(began + timedelta(hours=1), 160.0)
        'This machine\\'s clock jumped forward by 59 minutes.'
        """
        jumped = (wall - self.wall) - timedelta(seconds=steady - self.steady)
        if abs(jumped) > MOST:
            way = "forward" if jumped > timedelta(0) else "back"
            return f"This machine's clock jumped {way} by {_said(jumped)}."
        if database is not None and abs(wall - database) > MOST:
            apart = _said(wall - database)
            return f"This machine's clock and the database's stand {apart} apart."
        if last_beat is not None and wall < last_beat - BEHIND:
            return (
                f"This machine's clock says {wall:%Y-%m-%d %H:%M} UTC, and reminders were sent at "
                f"{last_beat:%Y-%m-%d %H:%M} UTC already."
            )
        return ""


def _said(apart: timedelta) -> str:
    minutes = round(abs(apart).total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} minutes"
    hours = round(minutes / 60)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"
