"""What we must answer: an agency's question, fee letter or still-interested letter has its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from casemgr.domain.deadlines import Derived, spread
from casemgr.domain.words import Certainty, DeadlineKind, EventKind, Side
from casemgr.errors import LawError
from casemgr.usecases.counted import belongs, count, from_answer, known_agency
from casemgr.usecases.track_facts import EventFacts, TrackFacts
from casemgr.usecases.work import Work

LETTERS_DAY = "foia.letters_day"


@dataclass(frozen=True, slots=True)
class Asks:
    """A kind of letter that wants an answer of ours, and what answers it."""

    called: str  # part of the deadline's key
    title: str
    answered_by: tuple[EventKind, ...]


ASKS: Mapping[EventKind, Asks] = {
    EventKind.INFORMATION_REQUEST: Asks(
        "answer_question",
        "Answer the question of {agency}",
        (EventKind.INFORMATION_REPLY_SENT, EventKind.INFORMATION_REPLY_RECEIVED),
    ),
    EventKind.FEE_QUESTION: Asks(
        "answer_fees",
        "Answer {agency} about fees",
        (EventKind.FEE_REPLY_SENT, EventKind.FEE_REPLY_RECEIVED),
    ),
    EventKind.STILL_INTERESTED: Asks(
        "answer_interest",
        "Tell {agency} that we still want the records",
        (EventKind.INTEREST_REPLY_SENT,),
    ),
}


def derived_from(work: Work, facts: TrackFacts) -> Iterator[Derived]:
    """Give a date of ours for every letter of the agency that wants an answer."""
    seen: set[str] = set()
    for event in facts.all_of(*ASKS):
        asks = ASKS[event.kind]
        key = f"{facts.id}:{asks.called}:{event.happened_on.isoformat()}"
        if key not in seen:
            seen.add(key)
            derived = _due(work, facts, event, asks, key)
            yield _answered(facts, event, asks, derived)


def _due(work: Work, facts: TrackFacts, event: EventFacts, asks: Asks, key: str) -> Derived:
    title = asks.title.format(agency=facts.agency)
    rule = _rule(work, facts, event)
    try:
        counted = count(work, rule, event.happened_on, trigger_until=event.until_on)
    except LawError:
        return _by_letter(work, facts, event, key, title)
    derived = from_answer(
        counted,
        key=key,
        title=title,
        belongs_to=belongs(facts),
        whose=Side.OURS,
        certain=event.certainty is Certainty.EXACT,
        uncertain_because="The day of their letter is not confirmed.",
    )
    return _with_letters_day(derived, event)


def _rule(work: Work, facts: TrackFacts, event: EventFacts) -> str:
    """Return the rule for our answer: the agency's own, or guidance for all; else no rule."""
    if event.kind is EventKind.STILL_INTERESTED:
        return "foia.still_interested"
    agency = work.law.agency(known_agency(work, facts))
    if agency is None:
        return ""
    asked = event.kind is EventKind.INFORMATION_REQUEST
    return (agency.question_rule if asked else agency.fee_rule) or ""


def _with_letters_day(derived: Derived, event: EventFacts) -> Derived:
    """Keep the day the letter names beside the counted one; the earlier is the day to plan by."""
    named = event.answer_by
    if named is None or named == derived.due:
        return derived
    reading = {
        "name": "the day the letter names",
        "due": named.isoformat(),
        "why": "The agency's letter asks for an answer by this day.",
    }
    first, last = spread([derived.earliest, derived.latest, named])
    return replace(
        derived,
        safe=spread([derived.safe, named])[0],
        earliest=first,
        latest=last,
        readings=(*derived.readings, reading),
    )


def _by_letter(work: Work, facts: TrackFacts, event: EventFacts, key: str, title: str) -> Derived:
    """Take the day from the letter, where no text of the agency is held for its day."""
    if event.answer_by is None:
        return _without_day(facts, event, key, title)
    counted = count(work, LETTERS_DAY, event.answer_by)
    derived = from_answer(counted, key=key, title=title, belongs_to=belongs(facts))
    return replace(derived, steps=tuple(_told(facts, event)), counts_from=event.happened_on)


def _without_day(facts: TrackFacts, event: EventFacts, key: str, title: str) -> Derived:
    return Derived(
        key=key,
        title=title,
        whose=Side.OURS,
        kind=DeadlineKind.RULE,
        rule=LETTERS_DAY,
        due=None,
        status="unverified",
        certain=False,
        uncertain_because=(
            f"The letter names no day, and no rule of {facts.agency} is held. Answer at once."
        ),
        steps=tuple(_told(facts, event)),
        belongs_to=belongs(facts),
        counts_from=event.happened_on,
    )


def _told(facts: TrackFacts, event: EventFacts) -> Iterator[dict[str, Any]]:
    on = event.happened_on.isoformat()
    yield _step(on, f"{facts.agency} wrote and wants an answer.")
    yield _step(on, f"No rule for an answer to {facts.agency} is held for a letter of this day.")
    if event.answer_by is not None:
        yield _step(event.answer_by.isoformat(), "the letter asks for an answer by this day.")


def _step(on: str, says: str) -> dict[str, Any]:
    return {"on": on, "says": says, "cites": None}


def _answered(facts: TrackFacts, event: EventFacts, asks: Asks, derived: Derived) -> Derived:
    reply = next((each for each in facts.all_of(*asks.answered_by) if _answers(each, event)), None)
    if reply is None:
        return derived
    return replace(derived, done_on=reply.happened_on, done_how="answered")


def _answers(reply: EventFacts, event: EventFacts) -> bool:
    """Say whether a reply answers a letter: the one it names, else every one before it."""
    if reply.answers_id is not None:
        return reply.answers_id == event.id
    return (reply.until_on or reply.happened_on) >= event.happened_on
