"""What happened, as timelines show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casemgr.domain.words import Certainty, Confidence, EventKind, Outcome


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as a timeline shows it."""

    id: str
    track_id: str | None
    lawsuit_id: str | None
    kind: EventKind
    happened_on: date
    until_on: date | None
    certainty: Certainty
    says: str
    outcome: Outcome | None
    document_id: str | None
    source: str
    confidence: Confidence
    agency: str | None
    request_id: str | None
