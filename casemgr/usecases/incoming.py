"""What came from an agency, in one go: each kind of letter or call makes all that follows from it.

One transaction: the events, a tracking number, a release, a track of another component. Where one
part cannot be right, nothing is kept, and the sentence stands beside the field it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlmodel import select

from casemgr.db import doors
from casemgr.db.tables import Agency, Appeal, Event, Production, Track, TrackingNumber
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import Certainty, EventKind, Outcome
from casemgr.errors import Malformed
from casemgr.fields import Cents, Code, Day, Input, Name, Note, Printable, ShortText
from casemgr.fields import TrackingNumberText as NumberText
from casemgr.usecases import events, handed_on, productions, tracks
from casemgr.usecases.event_details import Exemptions, Pages
from casemgr.usecases.events import EventInput, Phone, Whom
from casemgr.usecases.litigation import DirectoryId
from casemgr.usecases.productions import Bates, ProductionInput
from casemgr.usecases.tracks import AppealInput, TrackingNumberInput
from casemgr.usecases.work import Work


class Came(Input):
    """What every letter and call has: its day, where that stands, the paper it is on."""

    happened_on: Day
    certainty: Certainty = Certainty.EXACT
    source: ShortText = ""
    says: Note = ""
    document_id: Code | None = None


class Acknowledged(Came):
    """They wrote that they have it: the day they name, the number, when they expect to be done."""

    what: Literal["acknowledged"] = "acknowledged"
    received_on: Day | None = None
    received_where: Literal["right", "designated"] = "right"
    number: NumberText | None = None
    agency_says_due: Day | None = None


class MoreTime(Came):
    """They need more time: the day they claim."""

    what: Literal["more_time"] = "more_time"
    agency_says_due: Day | None = None


class TheyAsk(Came):
    """They want something from us: details, a promise to pay, or a word that we still want it."""

    what: Literal["asks"] = "asks"
    asks: Literal["information", "fees", "interest"]
    answer_by: Day | None = None
    amount_cents: Cents | None = None


class Estimated(Came):
    """They said what it may cost, and asked nothing."""

    what: Literal["estimate"] = "estimate"
    amount_cents: Cents | None = None


class Decided(Came):
    """They decided: on the request, on an appeal, on faster processing or on a fee waiver."""

    what: Literal["decided"] = "decided"
    decides: Literal["request", "appeal", "expedition", "fee_waiver"]
    outcome: Outcome
    adverse: bool | None = None
    appeal_says: Annotated[str, Field(max_length=1000), Printable] = ""
    exemptions: Exemptions = []
    pages_released: Pages | None = None
    pages_in_part: Pages | None = None
    pages_withheld: Pages | None = None
    pages_referred: Pages | None = None


class Records(Came):
    """Records came: how many pages, under which numbers, what was kept back."""

    what: Literal["records"] = "records"
    title: Name | None = None
    bates_first: Bates = ""
    bates_last: Bates = ""
    again: bool = False
    pages_released: Pages | None = None
    pages_in_part: Pages | None = None
    pages_withheld: Pages | None = None
    pages_referred: Pages | None = None
    exemptions: Exemptions = []


class Call(Came):
    """A telephone call: with whom, at which number, what they said, the day they gave."""

    what: Literal["call"] = "call"
    with_whom: Whom = ""
    phone: Phone = ""
    agency_says_due: Day | None = None


class Ogis(Came):
    """The mediator, OGIS: what was said or written. No deadline stops for it."""

    what: Literal["ogis"] = "ogis"
    with_whom: Whom = ""
    phone: Phone = ""


class HandedOn(Came):
    """Another component has it now: passed on as its own, referred, or consulted."""

    what: Literal["handed_on"] = "handed_on"
    how: Literal["routed", "referred", "consulted"]
    agency_id: DirectoryId
    received_on: Day | None = None
    number: NumberText | None = None
    ends_here: bool = False


class WeAnswered(Came):
    """We answered what they asked; and the day they had it, where that is known.

    `answers_id` left out: it answers every such letter before it.
    """

    what: Literal["answered"] = "answered"
    answers: Literal["information", "fees", "interest"]
    answers_id: Code | None = None
    reached_on: Day | None = None
    amount_cents: Cents | None = None


class Appealed(Came):
    """Our appeal went out; and the day they had it, where that is known."""

    what: Literal["appealed"] = "appealed"
    grounds: Annotated[str, Field(max_length=4000), Printable] = ""
    received_on: Day | None = None
    number: NumberText | None = None
    late_because: Annotated[str, Field(max_length=500), Printable] = ""


class Withdrawn(Came):
    """We withdrew the request; its clock ends."""

    what: Literal["withdrawn"] = "withdrawn"


AnythingThatCame = Annotated[
    Acknowledged
    | MoreTime
    | TheyAsk
    | Estimated
    | Decided
    | Records
    | Call
    | Ogis
    | HandedOn
    | WeAnswered
    | Appealed
    | Withdrawn,
    Field(discriminator="what"),
]


@dataclass
class Filed:
    """What was made of a letter or call; the first event is the line to look at."""

    events: list[Event] = field(default_factory=list)
    numbers: list[TrackingNumber] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    productions: list[Production] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)


def file(work: Work, track_id: str, given: Came) -> Filed:
    """File what came on a track, with everything that follows from it."""
    track = doors.track(work.session, work.actor, track_id, Right.LOG, work.today)
    filed = Filed()
    _how(type(given))(_Filing(work, track, given, filed))
    return filed


@dataclass(frozen=True)
class _Filing:
    """A letter or call on its way into the file."""

    work: Work
    track: Track
    given: Any
    filed: Filed

    def log(self, kind: EventKind, **more: Any) -> Event:
        """Log an event of the letter's own day, with its source and its paper."""
        given: Came = self.given
        facts = {name: getattr(given, name) for name in Came.model_fields}
        event = EventInput.model_validate({"kind": kind, **facts, **more})
        made = events.log_event(self.work, self.track.id, event)
        self.filed.events.append(made)
        return made

    def log_on(self, name: str, kind: EventKind, **more: Any) -> None:
        """Log an event of another day that the letter names in this field, if it names one."""
        day = getattr(self.given, name)
        if day is None:
            return
        with told_of(name):
            source = self.given.source or f"letter of {long_day(self.given.happened_on)}"
            exact = {"certainty": Certainty.EXACT, "says": "", "source": source[:500]}
            self.log(kind, happened_on=day, **exact, **more)

    def number(self, given_for: str) -> None:
        """Keep a number they gave; one that is on the track already stays as it is."""
        number = self.given.number
        held = select(TrackingNumber.id).where(
            TrackingNumber.track_id == self.track.id, TrackingNumber.number == number
        )
        if number is None or self.work.session.exec(held).first() is not None:
            return
        said = TrackingNumberInput(number=number, given_for=given_for, source=self.given.source)
        self.filed.numbers.append(tracks.add_tracking_number(self.work, self.track.id, said))


@contextmanager
def told_of(name: str) -> Iterator[None]:
    """Tell what is wrong with a day beside the field in which it was given."""
    try:
        yield
    except Malformed as wrong:
        renamed = {name if each == "happened_on" else each: s for each, s in wrong.problems.items()}
        raise Malformed(renamed) from wrong


def _acknowledge(it: _Filing) -> None:
    given: Acknowledged = it.given
    right = given.received_where == "right"
    it.log(EventKind.ACKNOWLEDGED, agency_says_due=given.agency_says_due)
    receipt = EventKind.RECEIVED if right else EventKind.RECEIVED_BY_DESIGNATED
    if not _known(it, receipt):
        it.log_on("received_on", receipt)
    it.number("request")


def _known(it: _Filing, kind: EventKind) -> bool:
    """Say whether this very receipt is on file: another letter that says the same adds nothing."""
    same = select(Event.id).where(
        Event.track_id == it.track.id,
        Event.kind == kind,
        Event.happened_on == it.given.received_on,
        Event.certainty == Certainty.EXACT,
        Event.known_on <= it.work.today,
        Event.withdrawn_on == None,  # noqa: E711
    )
    return it.work.session.exec(same).first() is not None


def _more_time(it: _Filing) -> None:
    it.log(EventKind.EXTENSION_NOTICE, agency_says_due=it.given.agency_says_due)


_ASKED = {
    "information": EventKind.INFORMATION_REQUEST,
    "fees": EventKind.FEE_QUESTION,
    "interest": EventKind.STILL_INTERESTED,
}


def _asks(it: _Filing) -> None:
    given: TheyAsk = it.given
    more = {"answer_by": given.answer_by, "amount_cents": given.amount_cents}
    it.log(_ASKED[given.asks], **more)


def _estimate(it: _Filing) -> None:
    it.log(EventKind.FEE_ESTIMATE, amount_cents=it.given.amount_cents)


_DECIDED = {
    "request": EventKind.DETERMINATION,
    "appeal": EventKind.APPEAL_DETERMINATION,
    "expedition": EventKind.EXPEDITION_DECIDED,
    "fee_waiver": EventKind.FEE_WAIVER_DECIDED,
}


def _decide(it: _Filing) -> None:
    given: Decided = it.given
    adverse = given.outcome is not Outcome.GRANTED if given.adverse is None else given.adverse
    names = set(Decided.model_fields) - set(Came.model_fields) - {"what", "decides", "adverse"}
    it.log(
        _DECIDED[given.decides],
        adverse=adverse,
        **{name: getattr(given, name) for name in names},
    )


def _records(it: _Filing) -> None:
    given: Records = it.given
    event = it.log(EventKind.RECORDS_PRODUCED)
    names = set(Records.model_fields) - set(Came.model_fields) - {"what", "title"}
    release = ProductionInput(
        title=given.title or f"Records of {long_day(given.happened_on)}",
        track_id=it.track.id,
        event_id=event.id,
        produced_on=given.happened_on,
        certainty=given.certainty,
        source=given.source,
        **{name: getattr(given, name) for name in names},
    )
    it.filed.productions.append(productions.log_production(it.work, it.track.matter_id, release))


def _call(it: _Filing) -> None:
    given: Call = it.given
    more = {"with_whom": given.with_whom, "phone": given.phone}
    it.log(EventKind.CALL, agency_says_due=given.agency_says_due, **more)


def _ogis(it: _Filing) -> None:
    it.log(EventKind.OGIS, with_whom=it.given.with_whom, phone=it.given.phone)


_PASSED = {
    "routed": EventKind.ROUTED,
    "referred": EventKind.REFERRED,
    "consulted": EventKind.CONSULTED,
}


def _hand_on(it: _Filing) -> None:
    given: HandedOn = it.given
    other = it.work.session.get(Agency, given.agency_id)
    to = f"To {other.short_name or other.name}. " if other else ""
    event = it.log(_PASSED[given.how], says=f"{to}{given.says}".strip()[:2000])
    track = handed_on.track_of(it.work, it.track, given.agency_id, given.source)
    it.filed.tracks.append(track)
    there = _Filing(it.work, track, given, it.filed)
    if given.how == "routed":
        handed_on.carry_receipt(it.work, it.track, track, event)
    there.log_on("received_on", EventKind.RECEIVED)
    there.number("request")
    if given.ends_here:
        it.log(EventKind.CLOSED, says="Passed on; nothing is left to do here.")


_ANSWERED: Mapping[str, tuple[EventKind, EventKind | None]] = {
    "information": (EventKind.INFORMATION_REPLY_SENT, EventKind.INFORMATION_REPLY_RECEIVED),
    "fees": (EventKind.FEE_REPLY_SENT, EventKind.FEE_REPLY_RECEIVED),
    "interest": (EventKind.INTEREST_REPLY_SENT, None),
}


def _answer(it: _Filing) -> None:
    given: WeAnswered = it.given
    sent, received = _ANSWERED[given.answers]
    it.log(sent, amount_cents=given.amount_cents, answers_id=given.answers_id)
    if received is not None:
        it.log_on("reached_on", received, answers_id=given.answers_id)


def _appeal(it: _Filing) -> None:
    given: Appealed = it.given
    said = AppealInput(grounds=given.grounds, source=given.source)
    appeal = tracks.log_appeal(it.work, it.track.id, said)
    it.filed.appeals.append(appeal)
    it.log(EventKind.APPEAL_SENT, appeal_id=appeal.id, late_because=given.late_because)
    it.log_on("received_on", EventKind.APPEAL_RECEIVED, appeal_id=appeal.id)
    it.number("appeal")


def _withdraw(it: _Filing) -> None:
    it.log(EventKind.WITHDRAWN)


def _how(kind: type[Came]) -> Callable[[_Filing], None]:
    makes: Mapping[type[Came], Callable[[_Filing], None]] = {
        Acknowledged: _acknowledge,
        MoreTime: _more_time,
        TheyAsk: _asks,
        Estimated: _estimate,
        Decided: _decide,
        Records: _records,
        Call: _call,
        Ogis: _ogis,
        HandedOn: _hand_on,
        WeAnswered: _answer,
        Appealed: _appeal,
        Withdrawn: _withdraw,
    }
    return makes[kind]
