"""Events: log what happened to a track or a lawsuit, correct it, withdraw it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple, Protocol

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col

from casemgr.db import doors
from casemgr.db.tables import Appeal, Document, Event, FoiaRequest, Recipient, Track
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.readiness import ANSWERS
from casemgr.domain.words import Certainty, EventKind, Outcome
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Cents, Code, Day, Input, Note, Printable, Reason, ShortText
from casemgr.usecases import clock, late_appeals, records
from casemgr.usecases.event_details import APPEALING, Exemptions, Pages, misplaced
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Whom = Annotated[str, Field(max_length=200), Printable]
Phone = Annotated[str, Field(max_length=60), Printable]


class EventInput(Input):
    """What somebody logs: what happened, when, how surely, and where that is written."""

    kind: EventKind
    happened_on: Day
    until_on: Day | None = None
    certainty: Certainty = Certainty.EXACT
    says: Note = ""
    outcome: Outcome | None = None
    adverse: bool | None = None
    agency_says_due: Day | None = None
    answer_by: Day | None = None
    amount_cents: Cents | None = None
    with_whom: Whom = ""
    phone: Phone = ""
    appeal_says: Annotated[str, Field(max_length=1000), Printable] = ""
    exemptions: Exemptions = []
    pages_released: Pages | None = None
    pages_in_part: Pages | None = None
    pages_withheld: Pages | None = None
    pages_referred: Pages | None = None
    late_because: Annotated[str, Field(max_length=500), Printable] = ""
    answers_id: Code | None = None
    appeal_id: Code | None = None
    document_id: Code | None = None
    source: ShortText = ""


class Happened(Protocol):
    """An event as far as others may contradict it: one on file, or one about to be."""

    @property
    def kind(self) -> EventKind: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def until_on(self) -> date | None: ...


class Withdrawal(Input):
    """Why an event is taken back."""

    because: Reason


def log_event(work: Work, track_id: str, given: EventInput) -> Event:
    """Log what happened to a track, and bring its deadlines into step."""
    track = doors.track(work.session, work.actor, track_id, _right(given), work.today)
    others = _others(work, track)
    _check(work, track.matter_id, given, others, sent_on=_sent_on(work, track, others))
    _late_with_reason(work, track.id, given, others)
    return _log(work, Event(matter_id=track.matter_id, track_id=track.id, **_new(work, given)))


def log_lawsuit_event(work: Work, lawsuit_id: str, given: EventInput) -> Event:
    """Log what happened in a lawsuit outside its docket."""
    lawsuit = doors.lawsuit(work.session, work.actor, lawsuit_id, Right.LOG, work.today)
    _check(work, lawsuit.matter_id, given, ())
    return _log(
        work, Event(matter_id=lawsuit.matter_id, lawsuit_id=lawsuit_id, **_new(work, given))
    )


def change_event(
    work: Work, event_id: str, given: EventInput, *, version: int | None = None
) -> Event:
    """Correct the facts of an event; what it said before stays in the history."""
    event = doors.event(work.session, work.actor, event_id, _right(given), work.today)
    records.not_overtaken(event, version)
    _still_stands(event)
    others, sent_on = _around(work, event)
    _check(work, event.matter_id, given, others, sent_on=sent_on)
    if event.track_id is not None:
        _late_with_reason(work, event.track_id, given, others)
    if records.change(work, event, given, "event.changed"):
        _project(work, event, f"{title(event)} was corrected")
    return event


def _right(given: EventInput) -> Right:
    """Return what it takes: to say that a request is a proper one is no student's to do."""
    return Right.CONFIRM if given.kind is EventKind.CHECKED else Right.LOG


def withdraw_event(
    work: Work, event_id: str, given: Withdrawal, *, version: int | None = None
) -> Event:
    """Take back an event logged by mistake; it stays readable, and no date rests on it any more."""
    event = doors.event(work.session, work.actor, event_id, Right.LOG, work.today)
    records.not_overtaken(event, version)
    _still_stands(event)
    event.withdrawn_on, event.withdrawn_because = work.today, given.because
    records.keep(work, event)
    work.record("event.withdrawn", event, title=title(event), because=given.because)
    _project(work, event, f"{title(event)} was withdrawn")
    return event


def title(event: Event) -> str:
    """Return an event's short name: `received on March 1, 2010`."""
    return f"{event.kind.value.replace('_', ' ')} on {long_day(event.happened_on)}"


def _new(work: Work, given: EventInput) -> dict[str, Any]:
    return {**given.model_dump(), "known_on": work.today, "recorded_by": work.actor.id}


def _log(work: Work, event: Event) -> Event:
    records.keep(work, event)
    work.record("event.logged", event, title=title(event))
    _project(work, event, f"{title(event)} was logged")
    return event


def _project(work: Work, event: Event, because: str) -> None:
    if event.track_id is not None:
        clock.project_track(work, event.track_id, because=because)
    if event.lawsuit_id is not None:
        clock.project_lawsuit(work, event.lawsuit_id, because=because)


def _still_stands(event: Event) -> None:
    if event.withdrawn_on is not None:
        raise WrongMoment(
            f"This event was withdrawn on {long_day(event.withdrawn_on)}. Log it again instead."
        )


# --- what can be right together


def _check(
    work: Work,
    matter_id: str,
    given: EventInput,
    others: Sequence[_Other],
    sent_on: date | None = None,
) -> None:
    checks = Checks(work)
    checks.past(happened_on=given.happened_on, until_on=given.until_on)
    checks.in_order(given.happened_on, given.until_on, "until_on")
    checks.of_matter("document_id", Document, given.document_id, matter_id)
    checks.of_matter("appeal_id", Appeal, given.appeal_id, matter_id)
    for name, sentence in (*contradictions(given, others, sent_on), *_answering(given, others)):
        checks.wrong(name, sentence)
    checks.done()


def _answering(given: EventInput, others: Sequence[_Other]) -> Iterator[tuple[str, str]]:
    """An answer of ours can name the letter of theirs that it answers, and nothing else."""
    if given.answers_id is None:
        return
    asked = next((each for each in others if each.id == given.answers_id), None)
    if asked is None or given.kind not in ANSWERS.get(asked.kind, ()):
        yield "answers_id", "Choose a letter of this track that an answer like this can be for."
    elif (given.until_on or given.happened_on) < asked.happened_on:
        day = long_day(asked.happened_on)
        yield "happened_on", f"They asked on {day}, and an answer comes later. Check both days."


def contradictions(
    given: EventInput, others: Sequence[Happened], sent_on: date | None
) -> Iterator[tuple[str, str]]:
    """Yield what cannot be right together with what is on file: the field, and the sentence."""
    yield from (*_alone(given), *_among(given, others), *_ended(given, others))
    yield from (*_since(given, sent_on), *misplaced(given))


def _late_with_reason(
    work: Work, track_id: str, given: EventInput, others: Sequence[Happened]
) -> None:
    """An appeal after its last day is kept, but only with the reason why it went out so late."""
    sent_before = any(each.kind is EventKind.APPEAL_SENT for each in others)
    ours = given.kind is EventKind.APPEAL_SENT or (given.kind in APPEALING and not sent_before)
    if not ours or given.late_because:
        return
    last = late_appeals.last_day(work, track_id, given.happened_on)
    if last is not None and given.happened_on > last:
        raise Malformed(
            {
                "late_because": f"The last day to appeal was {long_day(last)}. It can still be "
                "logged: say why it went out later. It will be marked late."
            }
        )


def _ended(given: EventInput, others: Sequence[Happened]) -> Iterator[tuple[str, str]]:
    """A request that was withdrawn is not decided any more."""
    decides = (EventKind.DETERMINATION, EventKind.APPEAL_DETERMINATION)
    over = [each for each in others if each.kind is EventKind.WITHDRAWN]
    if given.kind in decides and over and over[0].happened_on <= given.happened_on:
        why = (
            f"This request was withdrawn on {long_day(over[0].happened_on)}: nothing is to decide. "
        )
        to_do = "If it was not, take that event back first. If they only wrote, log a letter."
        yield "kind", why + to_do
    decided = [each.happened_on for each in others if each.kind in decides]
    if given.kind is EventKind.WITHDRAWN and decided and given.happened_on <= max(decided):
        why = f"They decided on {long_day(max(decided))}, and what is decided is not withdrawn. "
        yield "happened_on", f"{why}Check both days."


_DECISIONS = frozenset(
    {
        EventKind.DETERMINATION,
        EventKind.APPEAL_DETERMINATION,
        EventKind.EXPEDITION_DECIDED,
        EventKind.FEE_WAIVER_DECIDED,
    }
)


def _alone(given: EventInput) -> Iterator[tuple[str, str]]:
    if given.until_on is not None and given.certainty is Certainty.EXACT:
        yield (
            "certainty",
            "Between two days is not exact. Choose about, or leave the second day out.",
        )
    if given.outcome is not None and given.kind not in _DECISIONS:
        yield "outcome", "Only a decision has an outcome. Leave it out, or log a decision."


RECEIPTS = (EventKind.RECEIVED, EventKind.RECEIVED_BY_DESIGNATED)

# What cannot come before what; compared only where both are on file.
_FOLLOWS: dict[EventKind, tuple[EventKind, ...]] = {
    EventKind.DETERMINATION: RECEIPTS,
    EventKind.EXTENSION_NOTICE: RECEIPTS,
    EventKind.INFORMATION_REQUEST: RECEIPTS,
    EventKind.FEE_QUESTION: RECEIPTS,
    EventKind.INFORMATION_REPLY_RECEIVED: (EventKind.INFORMATION_REQUEST,),
    EventKind.FEE_REPLY_RECEIVED: (EventKind.FEE_QUESTION,),
    EventKind.EXPEDITION_DECIDED: (EventKind.EXPEDITION_REQUESTED,),
    EventKind.FEE_WAIVER_DECIDED: (EventKind.FEE_WAIVER_REQUESTED,),
    EventKind.APPEAL_RECEIVED: (EventKind.APPEAL_SENT,),
    EventKind.APPEAL_DETERMINATION: (EventKind.APPEAL_SENT, EventKind.APPEAL_RECEIVED),
}

_NAMES = {
    EventKind.DETERMINATION: "decision",
    EventKind.RECEIVED: "receipt",
    EventKind.RECEIVED_BY_DESIGNATED: "receipt",
    EventKind.APPEAL_SENT: "sending of the appeal",
    EventKind.APPEAL_RECEIVED: "receipt of the appeal",
    EventKind.APPEAL_DETERMINATION: "decision on the appeal",
    EventKind.EXPEDITION_DECIDED: "decision on faster processing",
    EventKind.EXPEDITION_REQUESTED: "request for faster processing",
    EventKind.FEE_WAIVER_DECIDED: "decision on the fee waiver",
    EventKind.FEE_WAIVER_REQUESTED: "request for the fee waiver",
    EventKind.INFORMATION_REPLY_RECEIVED: "receipt of our answer",
    EventKind.INFORMATION_REQUEST: "agency's question",
    EventKind.FEE_REPLY_RECEIVED: "receipt of our answer about fees",
    EventKind.FEE_QUESTION: "question about fees",
    EventKind.EXTENSION_NOTICE: "extension",
}


def _among(given: EventInput, others: Sequence[Happened]) -> Iterator[tuple[str, str]]:
    last = given.until_on or given.happened_on
    firsts = [each for each in others if each.kind in _FOLLOWS.get(given.kind, ())]
    if firsts and last < (first := min(each.happened_on for each in firsts)):
        yield "happened_on", _too_early(given.kind, firsts[0].kind, first)
    # A first receipt logged after the decision is the same contradiction, met from its other end.
    same = [each for each in others if each.kind is given.kind or _alike(each.kind, given.kind)]
    for later in others:
        if given.kind not in _FOLLOWS.get(later.kind, ()) or same:
            continue
        end = later.until_on or later.happened_on
        if given.happened_on > end:
            yield (
                "happened_on",
                _too_late(given.kind, later.kind, later.happened_on),
            )


def _alike(one: EventKind, other: EventKind) -> bool:
    return one in RECEIPTS and other in RECEIPTS


def _too_early(kind: EventKind, before: EventKind, first: date) -> str:
    return (
        f"The {_NAMES[kind]} cannot come before the {_NAMES[before]} of {long_day(first)}. "
        "Check both days; correct the one that is wrong."
    )


def _too_late(kind: EventKind, after: EventKind, day: date) -> str:
    return (
        f"The {_NAMES[kind]} cannot come after the {_NAMES[after]} of {long_day(day)}. "
        "Check both days; correct the one that is wrong."
    )


def _since(given: EventInput, sent_on: date | None) -> Iterator[tuple[str, str]]:
    last = given.until_on or given.happened_on
    answers = {*RECEIPTS, EventKind.ACKNOWLEDGED, EventKind.DETERMINATION}
    if sent_on is not None and given.kind in answers and last < sent_on:
        yield (
            "happened_on",
            f"The request was sent on {long_day(sent_on)}; the agency cannot have had it earlier.",
        )


# Talk: nothing is counted from these, and they contradict nothing. There may be hundreds of them.
_TALK = (EventKind.CALL, EventKind.LETTER, EventKind.OGIS, EventKind.CHECKED, EventKind.HAPPENED)


class _Other(NamedTuple):
    """What another event of the track must be held against."""

    id: str
    kind: EventKind
    happened_on: date
    until_on: date | None


def _others(work: Work, track: Track) -> list[_Other]:
    asked = sa.select(*(getattr(Event, name) for name in _Other._fields)).where(
        col(Event.track_id) == track.id,
        col(Event.known_on) <= work.today,
        col(Event.withdrawn_on).is_(None),
        col(Event.kind).not_in(_TALK),
    )
    return [_Other._make(row) for row in work.session.execute(asked)]


def _around(work: Work, event: Event) -> tuple[Sequence[_Other], date | None]:
    if event.track_id is None:
        return (), None
    track = doors.track(work.session, work.actor, event.track_id, Right.LOG, work.today)
    logged = _others(work, track)
    return [each for each in logged if each.id != event.id], _sent_on(work, track, logged)


def _sent_on(work: Work, track: Track, logged: Sequence[_Other]) -> date | None:
    """Return the first day on which the request can have left us for this component."""
    events = [each for each in logged if each.kind is EventKind.SENT]
    copies = work.session.scalars(
        sa.select(col(Recipient.sent_on)).where(
            col(Recipient.track_id) == track.id, col(Recipient.sent_on).is_not(None)
        )
    ).all()
    days = [each.happened_on for each in events] + [day for day in copies if day is not None]
    if days:
        return min(days)
    return work.session.get_one(FoiaRequest, track.request_id).requested_on
