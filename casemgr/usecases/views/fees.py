"""Fees of a track: what was said to cost what, our answers, the waiver, and when no fee is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.domain.clock import Clock
from casemgr.domain.words import EventKind, FeeCategory
from casemgr.usecases.views.events import Event


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure of theirs, what it was for, and what we answered."""

    event: Event
    answer: Event | None

    @property
    def asks(self) -> bool:
        """Say whether they wait for an answer of ours."""
        return self.event.kind is EventKind.FEE_QUESTION


@dataclass(frozen=True, slots=True)
class Fees:
    """Everything on file about money, newest estimate last."""

    category: FeeCategory
    limit_cents: int | None
    estimates: Sequence[Estimate]
    waiver: Sequence[Event]
    barred_from: date | None

    @property
    def barred(self) -> str:
        """Say which fees the agency may not charge once it is late."""
        free = (FeeCategory.NEWS_MEDIA, FeeCategory.EDUCATIONAL)
        return "search and duplication fees" if self.category in free else "search fees"


_SAID = (EventKind.FEE_ESTIMATE, EventKind.FEE_QUESTION)
_WAIVER = (EventKind.FEE_WAIVER_REQUESTED, EventKind.FEE_WAIVER_DECIDED)


def fees(
    category: FeeCategory, limit_cents: int | None, events: Sequence[Event], clock: Clock
) -> Fees:
    """Gather the fees of a track; `events` are newest first, as timelines have them."""
    told = list(reversed(events))
    answers = [each for each in told if each.kind is EventKind.FEE_REPLY_SENT]
    estimates = [Estimate(each, _answer(each, answers)) for each in told if each.kind in _SAID]
    waiver = [each for each in told if each.kind in _WAIVER]
    return Fees(category, limit_cents, estimates, waiver, clock.fee_barred_from)


def _answer(said: Event, answers: Sequence[Event]) -> Event | None:
    later = (each for each in answers if each.happened_on >= said.happened_on)
    return next(later, None)
