"""The claims of each track from its clock and its events: read for many tracks at once."""

from __future__ import annotations

from datetime import date

from casemgr.domain.clock import Clock
from casemgr.domain.ledger import Asked, Claim, LedgerFacts, ledger
from casemgr.domain.words import EventKind, Outcome
from casemgr.errors import LawError
from casemgr.usecases import derive_track, late_appeals
from casemgr.usecases.track_facts import EventFacts, TrackFacts, is_adverse
from casemgr.usecases.work import Work


def clock_of(work: Work, facts: TrackFacts) -> tuple[Clock, str]:
    """Return the clock, or one that has not started and the sentence that says why not."""
    try:
        return derive_track.clock_of(work, facts), ""
    except LawError as cannot:
        return Clock(state="not_started"), str(cannot)


def claims_of(
    work: Work, facts: TrackFacts, clock: Clock, in_suit_on: date | None, *, withheld: bool = False
) -> tuple[Claim, ...]:
    """Return what can be pleaded on a track today; `withheld`: a release kept something back."""
    decided = facts.first(EventKind.DETERMINATION)
    appealed = facts.first(EventKind.APPEAL_SENT, EventKind.APPEAL_RECEIVED)
    answered = facts.first(EventKind.APPEAL_DETERMINATION)
    ended = facts.first(EventKind.CLOSED, EventKind.WITHDRAWN)
    letter = facts.track
    waiver = _asked(
        facts,
        EventKind.FEE_WAIVER_REQUESTED,
        EventKind.FEE_WAIVER_DECIDED,
        in_letter=letter.asks_waiver,
    )
    return ledger(
        LedgerFacts(
            as_of=work.today,
            clock=clock,
            decided_on=_on(decided),
            outcome=decided.outcome if decided else None,
            adverse=decided is not None and _leaves_something(decided),
            withheld=withheld or _kept_back(decided),
            appeal_sent_on=_on(appealed),
            appeal_decided_on=_on(answered),
            appeal_adverse=answered is not None and _leaves_something(answered),
            suit_on=_suit(facts, in_suit_on),
            ended_on=_on(ended),
            expedition=_asked(
                facts,
                EventKind.EXPEDITION_REQUESTED,
                EventKind.EXPEDITION_DECIDED,
                in_letter=letter.asks_expedition,
            ),
            waiver=waiver,
            waiver_window=_window(work, facts, waiver),
        )
    )


def _on(event: EventFacts | None) -> date | None:
    return event.happened_on if event else None


def _leaves_something(event: EventFacts) -> bool:
    # A decision of which nothing more is known counts as adverse, as in the clock.
    return is_adverse(event) if event.outcome or event.adverse is not None else True


def _kept_back(decided: EventFacts | None) -> bool:
    kept = (Outcome.PARTIAL, Outcome.DENIED, Outcome.GLOMAR)
    return decided is not None and decided.outcome in kept


def _suit(facts: TrackFacts, in_suit_on: date | None) -> date | None:
    filed = facts.first(EventKind.SUIT_FILED)
    days = [day for day in (_on(filed), in_suit_on) if day is not None]
    return min(days) if days else None


def _asked(facts: TrackFacts, asked: EventKind, decided: EventKind, *, in_letter: bool) -> Asked:
    """Return when something was asked for: its own event, or else the letter that argues it."""
    last = max(facts.all_of(decided), key=lambda each: each.happened_on, default=None)
    on = _on(facts.first(asked)) or (facts.requested_on if in_letter else None)
    return Asked(on, _on(last), last.outcome if last else None)


def _window(work: Work, facts: TrackFacts, waiver: Asked) -> date | None:
    refused = [e for e in facts.all_of(EventKind.FEE_WAIVER_DECIDED) if waiver.refused]
    return late_appeals.window(work, facts, refused[-1]) if refused else None
