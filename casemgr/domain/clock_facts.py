"""What a component's clock is computed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.domain.almanac import Agency, Almanac
from casemgr.domain.clock_events import ClockEvent
from casemgr.domain.counting import CountingRule
from casemgr.domain.rules import Rule


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the clock is computed from: facts, and the law of the request's day."""

    requested_on: date
    as_of: date
    events: Sequence[ClockEvent]
    agency: Agency | None
    almanac: Almanac
    rules: Mapping[str, Rule]
    counting: CountingRule
