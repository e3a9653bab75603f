"""What happened, as timelines show it."""

from __future__ import annotations

from collections.abc import Sequence
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
    agency_says_due: date | None
    answer_by: date | None
    amount_cents: int | None
    with_whom: str
    phone: str
    appeal_says: str
    exemptions: Sequence[str]
    pages_released: int | None
    pages_in_part: int | None
    pages_withheld: int | None
    pages_referred: int | None
    late_because: str
    chosen_on: date | None
    chosen_because: str
    answers_id: str | None

    @property
    def counts_pages(self) -> bool:
        """Say whether any pages were counted."""
        return any(each is not None for each in self.pages)

    @property
    def pages(self) -> tuple[int | None, ...]:
        """Return pages released, in part, withheld and referred."""
        return self.pages_released, self.pages_in_part, self.pages_withheld, self.pages_referred
