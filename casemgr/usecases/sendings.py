"""Record that a released letter was sent; only then do clocks and deadlines know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Document,
    Event,
    FoiaRequest,
    Letter,
    LetterDraft,
    LetterRelease,
    Recipient,
    Sending,
    Track,
)
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.readiness import ANSWERS
from casemgr.domain.words import Certainty, DraftState, EventKind, LetterKind, SendMethod
from casemgr.errors import WrongMoment
from casemgr.fields import Code, Day, Input, ShortText
from casemgr.usecases import events, records, tracks
from casemgr.usecases.events import EventInput
from casemgr.usecases.letter_kinds import APPEALS, KINDS
from casemgr.usecases.papers import METHODS
from casemgr.usecases.records import Checks
from casemgr.usecases.tracks import AppealInput
from casemgr.usecases.work import Work

# What arrives on the day it is sent. Of what goes by mail, nobody knows the day but the agency.
AT_ONCE = frozenset({SendMethod.EMAIL, SendMethod.PORTAL, SendMethod.FAX, SendMethod.HAND})
THEY_HAVE_IT = {
    EventKind.APPEAL_SENT: EventKind.APPEAL_RECEIVED,
    EventKind.INFORMATION_REPLY_SENT: EventKind.INFORMATION_REPLY_RECEIVED,
    EventKind.FEE_REPLY_SENT: EventKind.FEE_REPLY_RECEIVED,
    EventKind.SENT: EventKind.RECEIVED,
}
REPLIES = frozenset[EventKind]().union(*ANSWERS.values())  # which letter they answer is kept


class SendingInput(Input):
    """How and when a letter left, to what address, and what proves it.

    `received_on` is the day they had it, where that is known. An answer to a question that goes by
    e-mail, fax, portal or hand is taken as received on the day it was sent; nothing else is.
    """

    sent_on: Day
    method: SendMethod
    addressed_to: ShortText = ""
    proof: ShortText = ""
    document_id: Code | None = None
    received_on: Day | None = None


class SendingProof(Input):
    """What proves a sending, where it came later: a number, or a paper on file."""

    proof: ShortText = ""
    document_id: Code | None = None


@dataclass(frozen=True)
class _Sent:
    """A letter that left: everything the rows that follow from it are made of."""

    draft: LetterDraft
    facts: dict[str, Any]
    given: SendingInput

    @property
    def logs(self) -> EventKind:
        """Return the kind of event its sending is."""
        kind = KINDS[self.draft.kind].logs
        if kind is EventKind.INFORMATION_REPLY_SENT and self.facts.get("about") == "fees":
            return EventKind.FEE_REPLY_SENT
        return kind or EventKind.LETTER

    @property
    def source(self) -> str:
        """Return how it went and what proves it, as the source of the events."""
        how = METHODS.get(self.given.method, "Sent")
        return f"{how}; {self.given.proof}"[:500] if self.given.proof else how

    def input(self, kind: EventKind, on: date, **more: Any) -> EventInput:
        """Return an event that follows from the sending."""
        return EventInput(
            kind=kind,
            happened_on=on,
            document_id=self.given.document_id,
            source=self.source,
            **more,
        )


def record_sending(
    work: Work, release_id: str, given: SendingInput, *, version: int | None = None
) -> LetterRelease:
    """Record that a released letter was sent, with its proof; the events follow at once."""
    release = doors.open_door(
        work.session, work.actor, LetterRelease, release_id, Right.LOG, work.today
    )
    records.not_overtaken(release, version)
    draft = work.session.get_one(LetterDraft, release.draft_id)
    _check(work, release, draft, given)
    letter = work.session.get_one(Letter, release.letter_id)
    sent = _Sent(draft, letter.facts, _whole(given, letter))
    event = _log(work, sent)
    row = Sending(
        matter_id=release.matter_id,
        release_id=release.id,
        event_id=event.id,
        recorded_by=work.actor.id,
        recorded_at=work.now,
        known_on=work.today,
        **sent.given.model_dump(exclude={"received_on"}),
    )
    records.keep(work, row)
    draft.state = DraftState.SENT
    records.keep(work, draft)
    work.record("letter.sent", draft, title=draft.title, on=given.sent_on, how=sent.source)
    return release


def change_sending(
    work: Work, sending_id: str, given: SendingProof, *, version: int | None = None
) -> Sending:
    """Add or correct what proves a sending."""
    row = doors.open_door(work.session, work.actor, Sending, sending_id, Right.LOG, work.today)
    records.not_overtaken(row, version)
    checks = Checks(work)
    checks.of_matter("document_id", Document, given.document_id, row.matter_id)
    checks.done()
    records.change(work, row, given)
    return row


def _whole(given: SendingInput, letter: Letter) -> SendingInput:
    lines = "\n".join(letter.facts.get("addressee", ()))
    address = given.addressed_to or lines[:500]
    return given.model_copy(update={"addressed_to": address})


def _check(work: Work, release: LetterRelease, draft: LetterDraft, given: SendingInput) -> None:
    if KINDS[draft.kind].logs is None:
        raise WrongMoment("This paper stays in the file and is not sent to an agency.")
    if release.void_on is not None:
        raise WrongMoment(
            "The letter was changed after this release. Have the new version released first."
        )
    if draft.state is DraftState.SENT:
        raise WrongMoment("This letter is recorded as sent already. Look at how and when.")
    checks = Checks(work)
    checks.past(sent_on=given.sent_on, received_on=given.received_on)
    checks.in_order(given.sent_on, given.received_on, "received_on")
    checks.of_matter("document_id", Document, given.document_id, draft.matter_id)
    released_on = release.released_at.astimezone(work.zone).date()
    if given.sent_on < released_on:
        checks.wrong(
            "sent_on",
            f"The letter was released on {long_day(released_on)}; it cannot have left before.",
        )
    checks.done()


# --- what follows


def _log(work: Work, sent: _Sent) -> Event:
    on = sent.given.sent_on
    more: dict[str, Any] = {"says": f"{KINDS[sent.draft.kind].name}."}
    if sent.draft.kind is LetterKind.FOIA_REQUEST:
        _request_went_out(work, sent)
    if sent.draft.kind in APPEALS:
        more |= _appeal(work, sent)
    answers = {"answers_id": sent.draft.event_id} if sent.logs in REPLIES else {}
    more |= answers
    event = events.log_event(work, sent.draft.track_id, sent.input(sent.logs, on, **more))
    for kind, day, further in _after(sent):
        if sent.draft.kind in APPEALS:
            further["appeal_id"] = more["appeal_id"]
        further |= answers if kind in REPLIES else {}
        events.log_event(work, sent.draft.track_id, sent.input(kind, day, **further))
    return event


def _after(sent: _Sent) -> Iterator[tuple[EventKind, date, dict[str, Any]]]:
    """Yield the events beside the sending itself: what the request asked for, and its receipt."""
    if sent.draft.kind is LetterKind.FOIA_REQUEST:
        if sent.facts.get("expedition"):
            yield EventKind.EXPEDITION_REQUESTED, sent.given.sent_on, {}
        if sent.facts.get("fees", {}).get("waiver"):
            yield EventKind.FEE_WAIVER_REQUESTED, sent.given.sent_on, {}
    kind = THEY_HAVE_IT.get(sent.logs)
    if kind is not None and (got := _received_on(sent)) is not None:
        sure = Certainty.EXACT if sent.given.received_on else Certainty.ABOUT
        yield kind, got, {"certainty": sure}


def _received_on(sent: _Sent) -> date | None:
    answer = sent.logs in {EventKind.INFORMATION_REPLY_SENT, EventKind.FEE_REPLY_SENT}
    at_once = answer and sent.given.method in AT_ONCE
    return sent.given.received_on or (sent.given.sent_on if at_once else None)


def _appeal(work: Work, sent: _Sent) -> dict[str, Any]:
    headings = [each["heading"] for each in sent.facts.get("grounds", ())]
    grounds = ". ".join([KINDS[sent.draft.kind].name, *headings])
    appeal = tracks.log_appeal(
        work, sent.draft.track_id, AppealInput(grounds=grounds[:4000], source=sent.source)
    )
    return {"appeal_id": appeal.id, "late_because": sent.facts.get("late_because") or ""}


def _request_went_out(work: Work, sent: _Sent) -> None:
    """Note the copy of the request that left, and its day where the request has none yet."""
    track = doors.track(work.session, work.actor, sent.draft.track_id, Right.LOG, work.today)
    foia = work.session.get_one(FoiaRequest, track.request_id)
    if foia.requested_on is None:
        day = date.fromisoformat(sent.facts["on"])
        records.assign(work, foia, {"requested_on": day}, "request.changed")
    copy = _copy(work, track)
    copy.addressed_to = sent.given.addressed_to
    copy.method, copy.sent_on = sent.given.method, sent.given.sent_on
    copy.proof = sent.given.proof
    records.keep(work, copy)


def _copy(work: Work, track: Track) -> Recipient:
    """Return the copy of the request meant for this component, or a new one."""
    waiting = work.session.exec(
        select(Recipient)
        .where(
            Recipient.track_id == track.id,
            col(Recipient.sent_on).is_(None),
            col(Recipient.known_on) <= work.today,
        )
        .order_by(col(Recipient.position), col(Recipient.id))
        .limit(1)
    ).first()
    return waiting or Recipient(
        request_id=track.request_id,
        track_id=track.id,
        agency_id=track.agency_id,
        known_on=work.today,
    )
