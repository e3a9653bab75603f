"""The one thing to do next on a track, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casemgr.domain.clock import Clock
from casemgr.domain.ledger import Claim, Footing
from casemgr.domain.words import DeadlineState
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.events import Event
from casemgr.usecases.views.tags import short

_OVER = frozenset({DeadlineState.DONE, DeadlineState.SUPERSEDED, DeadlineState.NOT_YET})


def next_step(
    clock: Clock,
    claims: Sequence[Claim],
    ours: Sequence[Shown],
    contradicting: Sequence[Event],
    today: date,
) -> str:
    """Say what to do next: first what we owe, then what is unclear, then what is open to us."""
    owed = [each for each in ours if each.state not in _OVER]
    if owed:
        return _ours(owed[0], today)
    if contradicting:
        return "Choose which day of receipt counts. Until then their last day is a span."
    if clock.state == "closed":
        return "Nothing. This track is closed."
    if any(each.footing is Footing.IN_SUIT for each in claims) or clock.state == "in_suit":
        return "Look at the docket: this track is in suit."
    if any(each.footing is Footing.OPEN for each in claims):
        return "Decide with an attorney: sue, write once more, or wait."
    if clock.state == "not_started":
        return "Find out whether they have it: look at the receipt card, the portal, or call."
    if clock.due is not None and clock.due >= today:
        return f"Wait until {short(clock.due, today)}. Then ask how it goes."
    return "Nothing now."


def _ours(shown: Shown, today: date) -> str:
    line = shown.line
    day = line.safe or line.due
    return f"{line.title}, by {short(day, today)}." if day else f"{line.title}, at once."
