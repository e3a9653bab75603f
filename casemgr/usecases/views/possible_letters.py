"""Which letters may be written about a track: whether the moment of each is now, and why."""

from __future__ import annotations

from dataclasses import dataclass

from casemgr.domain.prose import long_day
from casemgr.domain.words import EventKind, LetterKind, Outcome
from casemgr.usecases import letter_facts
from casemgr.usecases.letter_facts import QUESTIONS
from casemgr.usecases.letter_kinds import APPEALS, KINDS
from casemgr.usecases.track_record import TrackRecord


@dataclass(frozen=True, slots=True)
class Possible:
    """A kind of letter, whether its moment is now, and why."""

    kind: LetterKind
    name: str
    purpose: str
    now: bool
    why: str


def possible(record: TrackRecord) -> list[Possible]:
    """Return every kind of letter with whether its moment is now; those whose is come first."""
    found = []
    for kind, each in KINDS.items():
        now, why = _moment(kind, record)
        found.append(Possible(kind, each.name, each.purpose, now, why))
    return sorted(found, key=lambda each: not each.now)


def _moment(kind: LetterKind, record: TrackRecord) -> tuple[bool, str]:
    if kind in APPEALS:
        return _to_appeal(kind, record)
    if kind is LetterKind.QUESTION_REPLY:
        return _to_answer(record)
    if kind is LetterKind.STILL_INTERESTED:
        asked = record.last(EventKind.STILL_INTERESTED)
        return (
            (True, f"They asked on {long_day(asked.happened_on)}.")
            if asked
            else (False, "They have not asked.")
        )
    if kind is LetterKind.FOIA_REQUEST:
        sent = record.sent_on
        return (
            (False, f"Sent on {long_day(sent)}.") if sent else (True, "It has not been sent yet.")
        )
    return _to_push(kind, record)


def _to_push(kind: LetterKind, record: TrackRecord) -> tuple[bool, str]:
    if record.sent_on is None:
        return False, "The request has not been sent, as far as we know."
    if kind is LetterKind.PROOF_OF_SENDING:
        return True, f"Sent on {long_day(record.sent_on)}."
    if kind is LetterKind.OGIS:
        return True, "Possible at any time. It stops no deadline."
    if record.first(EventKind.DETERMINATION) is not None:
        return False, "They have decided."
    late = -(record.clock.days_left or 0)
    past = f"Their time ran out {late} working day{'' if late == 1 else 's'} ago."
    if kind is LetterKind.CONSTRUCTIVE_DENIAL:
        return (True, past) if late > 0 else (False, "Their time has not run out, by our count.")
    return True, past if late > 0 else "They have not decided."


def _to_answer(record: TrackRecord) -> tuple[bool, str]:
    asked = record.last(*QUESTIONS)
    if asked is None:
        return False, "They have asked nothing."
    answered = record.last(
        EventKind.INFORMATION_REPLY_RECEIVED,
        EventKind.FEE_REPLY_RECEIVED,
        EventKind.INFORMATION_REPLY_SENT,
        EventKind.FEE_REPLY_SENT,
    )
    if answered is not None and answered.happened_on >= asked.happened_on:
        return False, f"Answered on {long_day(answered.happened_on)}."
    return True, f"They asked on {long_day(asked.happened_on)} and wait for our answer."


def _to_appeal(kind: LetterKind, record: TrackRecord) -> tuple[bool, str]:
    decision = letter_facts.answers(kind, record)
    if decision is None:
        return False, "They have not decided this."
    if not _refuses(kind, decision.outcome):
        return False, f"Their decision of {long_day(decision.happened_on)} does not call for it."
    window = record.clock.appeal
    until = ""
    if window is not None and window.determination.id == decision.id:
        until = f" Last day to appeal: {long_day(window.last_day)}."
    return True, f"They decided on {long_day(decision.happened_on)}.{until}"


def _refuses(kind: LetterKind, outcome: Outcome | None) -> bool:
    if kind is LetterKind.APPEAL_SEARCH:
        return outcome in {None, Outcome.NO_RECORDS, Outcome.PARTIAL}
    if kind is LetterKind.APPEAL_DENIAL:
        return outcome not in {Outcome.GRANTED, Outcome.NO_RECORDS}
    return outcome is not Outcome.GRANTED
