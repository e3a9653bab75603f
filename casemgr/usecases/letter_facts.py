"""What each letter says: the record of its track and what its writer typed, as facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Event, LetterDraft, LetterRelease, Office, Person, Sending
from casemgr.domain import arguments
from casemgr.domain.access import Right, may
from casemgr.domain.prose import listed
from casemgr.domain.words import Certainty, EventKind, LetterKind, Outcome, SendMethod, Tone
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.letters import agency_letters as of
from casemgr.letters import facts as paper
from casemgr.usecases import papers, standing_permissions, track_record
from casemgr.usecases.counted import known_agency
from casemgr.usecases.letter_kinds import KINDS, Parts
from casemgr.usecases.track_record import TrackRecord
from casemgr.usecases.work import Work

OGIS_ADDRESS = (
    "Office of Government Information Services",
    "National Archives and Records Administration",
    "8601 Adelphi Road",
    "College Park, MD 20740-6001",
)  # https://www.usgs.gov/faqs/what-office-government-information-services-ogis, read 2026-11-22
WEEKEND = re.compile(r"(?:Saturday|Sunday): not counted")
TOLLS = date(2008, 12, 31)  # Pub. L. 110-175, § 6: pauses and the fee bar
RECEIVED = (EventKind.RECEIVED, EventKind.RECEIVED_BY_DESIGNATED)
QUESTIONS = (EventKind.INFORMATION_REQUEST, EventKind.FEE_QUESTION)
# What a letter of a kind answers, or appeals from: the newest event of these.
ANSWERS: Mapping[LetterKind, tuple[EventKind, ...]] = {
    LetterKind.QUESTION_REPLY: QUESTIONS,
    LetterKind.STILL_INTERESTED: (EventKind.STILL_INTERESTED,),
    LetterKind.APPEAL_DENIAL: (EventKind.DETERMINATION,),
    LetterKind.APPEAL_SEARCH: (EventKind.DETERMINATION,),
    LetterKind.APPEAL_FEE_WAIVER: (EventKind.FEE_WAIVER_DECIDED,),
    LetterKind.APPEAL_EXPEDITION: (EventKind.EXPEDITION_DECIDED,),
}
DECIDED = {
    Outcome.GRANTED: "granted the request",
    Outcome.PARTIAL: "refused the request in part",
    Outcome.DENIED: "refused the request",
    Outcome.NO_RECORDS: "answered that it found no records",
    Outcome.GLOMAR: "declined to say whether it has such records",
    Outcome.IMPROPER: "turned the request away as improper",
}
RELIEF: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.APPEAL_DENIAL: (
        "Release the records that were withheld.",
        "Release at least every part of them that is not exempt, marked as the Act asks.",
        "For whatever is still withheld, name each record, the exemption and the reason.",
    ),
    LetterKind.APPEAL_SEARCH: (
        "Have the search done again, in every place that is likely to hold such records.",
        "Tell us which places were searched, by whom, for which words and for which dates.",
        "Send what is found as it becomes ready.",
    ),
    LetterKind.APPEAL_FEE_WAIVER: (
        "Grant the waiver of all fees.",
        "Go on with the request meanwhile.",
    ),
    LetterKind.APPEAL_EXPEDITION: (
        "Take the request out of turn, and tell us when it will be decided.",
    ),
}


@dataclass(frozen=True)
class Written:
    """A letter as it stands: the draft, the record it draws on, its parts and its facts."""

    draft: LetterDraft
    record: TrackRecord
    parts: Parts
    on: date
    answered: Event | None
    facts: paper.Paper


def of_draft(work: Work, draft: LetterDraft) -> Written:
    """Return a draft with the facts it would be made from today, by whoever looks at it."""
    parts = Parts.model_validate(draft.typed)
    on = parts.dated_on or work.today
    record = track_record.read(work, draft.track_id, on=on)
    answered = record.named(draft.event_id)
    about = _About(work, draft, record, parts, on, answered)
    return Written(draft, record, parts, on, answered, BUILDERS[draft.kind](about))


def answers(kind: LetterKind, record: TrackRecord) -> Event | None:
    """Return the newest event that a letter of this kind answers; None where there is none."""
    return record.last(*ANSWERS[kind]) if kind in ANSWERS else None


def certifies(facts: paper.Paper) -> str:
    """Return who certifies in a letter that something is true; nobody signs that for another."""
    faster = getattr(facts, "expedition", None)
    return getattr(facts, "certified_by", None) or getattr(faster, "certified_by", None) or ""


@dataclass(frozen=True)
class _About:
    """What every builder is given."""

    work: Work
    draft: LetterDraft
    record: TrackRecord
    parts: Parts
    on: date
    answered: Event | None

    @property
    def asked_on(self) -> date | None:
        return self.answered.happened_on if self.answered else None


# --- what every letter has


def _letter(about: _About) -> dict[str, Any]:
    signer = signer_of(about.work, about.record, about.draft)
    return {
        "letterhead": _letterhead(about.record),
        "on": about.on,
        "sent_by": papers.METHODS.get(about.parts.method) if about.parts.method else None,
        "addressee": _addressee(about),
        "request": _request(about.record),
        "salutation": about.parts.salutation or _salutation(about.draft.kind),
        "contact": _contact(about),
        "signers": (signer,),
        "enclosures": papers.lines(about.parts.enclosures),
        "copies": papers.lines(about.parts.copies),
    }


def _letterhead(record: TrackRecord) -> paper.Letterhead:
    asker = record.requesters[0] if record.requesters else None
    name = asker.name if asker else "The requesters"
    return paper.Letterhead(name=name, lines=papers.lines(asker.address) if asker else ())


def signer_of(work: Work, record: TrackRecord, draft: LetterDraft) -> paper.Signer:
    """Return who signs: whoever looks at it if they may release it, else who on the matter may.

    What staff release under a standing permission is signed by the attorney who gave it.
    """
    person = _releaser(work, draft)
    askers = listed([each.name for each in record.requesters])
    lines = (person.title if person else "", _office(work), f"For {askers}" if askers else "")
    name = person.name if person else work.actor.name
    return paper.Signer(name=name, lines=tuple(line for line in lines if line))


def _contact(about: _About) -> paper.Signer:
    """Return whom to write to: who signs, with the office and their e-mail."""
    work = about.work
    person = _releaser(work, about.draft)
    lines = (_office(work), person.email if person else "")
    name = person.name if person else work.actor.name
    return paper.Signer(name=name, lines=tuple(line for line in lines if line))


def _releaser(work: Work, draft: LetterDraft) -> Person | None:
    if may(work.actor.role, Right.RELEASE):
        return work.session.get(Person, work.actor.id) if work.actor.id else None
    if held := standing_permissions.for_letter(work, draft):
        return work.session.get(Person, held.row.given_by)
    can = doors.who_can(work.session, draft.matter_id, Right.RELEASE, work.today)
    return work.session.get(Person, can[0][0]) if can else None


def _office(work: Work) -> str:
    return work.session.exec(select(Office.name)).first() or ""


def _salutation(kind: LetterKind) -> str:
    if kind is LetterKind.OGIS:
        return "Dear OGIS staff:"
    return "Dear Appeals Officer:" if kind in RELIEF else "Dear FOIA Officer:"


def _addressee(about: _About) -> tuple[str, ...]:
    if typed := papers.lines(about.parts.addressed_to):
        return typed
    if about.draft.kind is LetterKind.OGIS:
        return OGIS_ADDRESS
    agency = about.record.agency
    if about.draft.kind in RELIEF and agency.appeals_to:
        return ("FOIA Appeal", *papers.lines(agency.appeals_to))
    return papers.addressee(agency, about.record.recipients[0] if about.record.recipients else None)


def _request(record: TrackRecord) -> of.AboutRequest:
    return of.AboutRequest(
        component=record.agency.name,
        agency=record.parent.name if record.parent else None,
        subject=record.request.title,
        dated=record.request.requested_on,
        numbers=tuple(each.number for each in record.numbers),
        requesters=tuple(each.name for each in record.requesters) or ("not on file",),
        reference=record.request.reference or record.request.id,
    )


def _clock(about: _About) -> of.ClockProof:
    clock = about.record.clock
    received = about.record.first(*RECEIVED)
    certain = received is not None and received.certainty is Certainty.EXACT
    single = clock.due_range is None or clock.due_range[0] == clock.due_range[1]
    extended = about.record.first(EventKind.EXTENSION_NOTICE) is not None
    left = clock.days_left or 0
    return of.ClockProof(
        received_on=received.happened_on if received is not None and certain else None,
        days=30 if extended and _effective(about.record) else 20,
        due=clock.due if single else None,
        late=max(0, -left),
        left=max(0, left),
        extended=extended and _effective(about.record),
        steps=tuple(
            paper.Step(on=each.on, says=papers.written_out(each.says), cites=each.cites)
            for each in clock.steps
            if not WEEKEND.match(each.says)
        ),
    )


def _effective(record: TrackRecord) -> bool:
    """Say whether the notice of more time did lengthen it: one that came too late did not."""
    return not any(each.event.kind == "extension_notice" for each in record.clock.ignored)


# --- one builder a kind


def _foia_request(about: _About) -> paper.Paper:
    _, facts = papers.request_letter(about.work, about.draft.track_id)
    signer = signer_of(about.work, about.record, about.draft)
    faster = facts.expedition
    return replace(
        facts,
        on=about.parts.dated_on or facts.on,
        sent_by=papers.METHODS.get(about.parts.method) if about.parts.method else None,
        signers=(signer,),
        contact=_contact(about),
        expedition=replace(faster, certified_by=signer.name) if faster else None,
    )


def _proof_of_sending(about: _About) -> paper.Paper:
    return of.ProofOfSendingFacts(
        letterhead=_letterhead(about.record),
        on=about.on,
        request=_request(about.record),
        deliveries=tuple(_deliveries(about)),
        signers=(signer_of(about.work, about.record, about.draft),),
        remarks=papers.paragraphs(about.parts.remarks),
    )


def _deliveries(about: _About) -> list[of.Delivery]:
    copies = [
        of.Delivery(
            what="The request",
            to=", ".join(papers.lines(each.addressed_to)) or about.record.agency.name,
            how=_how(each.method),
            on=each.sent_on,
            proof=each.proof or None,
        )
        for each in about.record.recipients
        if each.sent_on is not None or each.proof
    ]
    return copies + [_delivered(kind, sending) for kind, sending in _sendings(about)]


def _sendings(about: _About) -> Sequence[tuple[LetterKind, Sending]]:
    # The request's own sending is told by where its copies went.
    rows = about.work.session.exec(
        select(LetterDraft, Sending)
        .join(LetterRelease, col(LetterRelease.id) == col(Sending.release_id))
        .join(LetterDraft, col(LetterDraft.id) == col(LetterRelease.draft_id))
        .where(
            LetterDraft.track_id == about.record.track.id,
            LetterDraft.kind != LetterKind.FOIA_REQUEST,
            col(Sending.known_on) <= about.work.today,
        )
        .order_by(col(Sending.sent_on), col(Sending.id))
    ).all()
    return [(draft.kind, sending) for draft, sending in rows]


def _delivered(kind: LetterKind, sending: Sending) -> of.Delivery:
    return of.Delivery(
        what=KINDS[kind].name,
        to=", ".join(papers.lines(sending.addressed_to)),
        how=_how(sending.method),
        on=sending.sent_on,
        proof=sending.proof or None,
    )


def _how(method: SendMethod) -> str:
    return papers.METHODS.get(method, "The method is not on file")


def _question_reply(about: _About) -> paper.Paper:
    fees = about.answered is not None and about.answered.kind is EventKind.FEE_QUESTION
    return of.QuestionReplyFacts(
        **_letter(about),
        about="fees" if fees else "information",
        asked_on=about.asked_on,
        question=about.parts.question or None,
        answer=papers.paragraphs(about.parts.answer),
        pays=about.parts.pays if fees else None,
        pauses=about.record.requested_on >= TOLLS,
    )


def _still_interested(about: _About) -> paper.Paper:
    return of.StillInterestedFacts(
        **_letter(about),
        asked_on=about.asked_on,
        remarks=papers.paragraphs(about.parts.remarks),
    )


def _status_inquiry(about: _About) -> paper.Paper:
    return of.StatusInquiryFacts(
        **_letter(about),
        tone=(about.parts.tone or Tone.FIRST).value,
        clock=_clock(about),
        earlier=tuple(
            sending.sent_on
            for kind, sending in _sendings(about)
            if kind is LetterKind.STATUS_INQUIRY and sending.sent_on <= about.on
        ),
        answer_by=about.parts.answer_by,
        remarks=papers.paragraphs(about.parts.remarks),
    )


def _constructive_denial(about: _About) -> paper.Paper:
    clock = about.record.clock
    barred = clock.fee_barred_from
    return of.ConstructiveDenialFacts(
        **_letter(about),
        clock=_clock(about),
        may_sue_since=clock.may_sue_since if clock.may_sue else None,
        fee_bar=barred is not None and barred <= about.on,
        answer_by=about.parts.answer_by,
        remarks=papers.paragraphs(about.parts.remarks),
    )


def _ogis(about: _About) -> paper.Paper:
    told = [
        paper.Step(on=each.happened_on, says=TOLD[each.kind])
        for each in about.record.events
        if each.certainty is not Certainty.UNKNOWN and each.kind in TOLD
    ]
    return of.OgisFacts(
        **_letter(about),
        history=tuple(told),
        stuck=papers.paragraphs(about.parts.stuck),
        settles=papers.paragraphs(about.parts.settles),
        consents=about.parts.consents,
    )


# What outsiders read of an event; our own notes on it stay in the office.
TOLD: Mapping[EventKind, str] = {
    EventKind.SENT: "The request was sent.",
    EventKind.RECEIVED: "The agency received the request.",
    EventKind.RECEIVED_BY_DESIGNATED: "An office of the agency received the request.",
    EventKind.ACKNOWLEDGED: "The agency confirmed that it has the request.",
    EventKind.EXTENSION_NOTICE: "The agency wrote that it needs more time.",
    EventKind.DETERMINATION: "The agency decided.",
    EventKind.APPEAL_SENT: "The requesters appealed.",
    EventKind.APPEAL_RECEIVED: "The agency received the appeal.",
    EventKind.APPEAL_DETERMINATION: "The agency decided the appeal.",
    EventKind.RECORDS_PRODUCED: "The agency sent records.",
    EventKind.INFORMATION_REQUEST: "The agency asked a question about the request.",
    EventKind.FEE_QUESTION: "The agency asked a question about fees.",
    EventKind.FEE_ESTIMATE: "The agency estimated the fees.",
    EventKind.INFORMATION_REPLY_SENT: "The requesters answered the question.",
    EventKind.INFORMATION_REPLY_RECEIVED: "The agency received the answer.",
    EventKind.FEE_REPLY_SENT: "The requesters answered the question about fees.",
    EventKind.FEE_REPLY_RECEIVED: "The agency received the answer about fees.",
    EventKind.STILL_INTERESTED: "The agency asked whether the requesters were still interested.",
    EventKind.INTEREST_REPLY_SENT: "The requesters answered that they were.",
    EventKind.EXPEDITION_REQUESTED: "The requesters asked for expedited processing.",
    EventKind.EXPEDITION_DECIDED: "The agency decided on expedited processing.",
    EventKind.FEE_WAIVER_REQUESTED: "The requesters asked for a fee waiver.",
    EventKind.FEE_WAIVER_DECIDED: "The agency decided on the fee waiver.",
    EventKind.ROUTED: "The request was passed to another office of the agency.",
    EventKind.REFERRED: "The agency referred records to another agency.",
    EventKind.CONSULTED: "The agency consulted another agency.",
    EventKind.SUIT_FILED: "The requesters brought an action.",
    EventKind.CALL: "The requesters and the agency spoke by telephone.",
    EventKind.LETTER: "A letter was sent.",
}


def _appeal(about: _About) -> dict[str, Any]:
    last_day, cites = _window(about)
    in_time = last_day is not None and about.on <= last_day
    return {
        **_letter(about),
        "decided_on": about.asked_on,
        "decided": _decided(about),
        "last_day": last_day,
        "window_cites": cites,
        "late_because": None if in_time else about.parts.late_because or None,
        "grounds": _grounds(about),
        "reasons": papers.paragraphs(about.parts.reasons),
        "relief": papers.lines(about.parts.relief) or RELIEF[about.draft.kind],
    }


def _window(about: _About) -> tuple[date | None, str | None]:
    """Return the last day to appeal from the decision the letter names, and the rule it follows."""
    window, answered = about.record.clock.appeal, about.answered
    if answered is None:
        return None, None
    if window is not None and window.determination.id == answered.id:
        return window.last_day, window.cites
    try:
        answer = engine.due(
            about.work.law,
            "foia.appeal_window",
            answered.happened_on,
            agency=known_agency(about.work, about.record.facts),
            requested_on=about.record.requested_on,
        )
    except LawError:
        return None, None
    due = answer.due.date() if isinstance(answer.due, datetime) else answer.due
    return due, next((each.cites for each in reversed(answer.steps) if each.cites), answer.cites)


def _decided(about: _About) -> str:
    if about.draft.kind is LetterKind.APPEAL_FEE_WAIVER:
        return "refused to waive all fees"
    if about.draft.kind is LetterKind.APPEAL_EXPEDITION:
        return "refused to take the request out of turn"
    outcome = about.answered.outcome if about.answered else None
    return DECIDED.get(outcome, "decided the request") if outcome else "decided the request"


def _grounds(about: _About) -> tuple[of.Ground, ...]:
    chosen = [arguments.BY_KEY[key] for key in about.parts.arguments if key in arguments.BY_KEY]
    return tuple(
        of.Ground(heading=each.heading, paragraphs=(each.says,), cites=each.cites)
        for each in chosen
        if each.kind is about.draft.kind
    )


def _appeal_denial(about: _About) -> paper.Paper:
    return of.AppealDenialFacts(
        **_appeal(about),
        withheld=tuple(
            of.Withheld(exemption=form, cites=_place(form))
            for form in dict.fromkeys(map(arguments.exemption, about.record.exemptions))
            if form
        ),
        pages=_pages(about),
    )


def _place(form: str) -> str:
    return f"5 U.S.C. § 552(b)({form[0]}){form[1:]}"


def _pages(about: _About) -> of.Pages | None:
    """Count pages from the decision; where it gives none, from what was produced."""
    names = ("released", "in_part", "withheld", "referred")
    rows = [about.answered] if about.answered is not None else []
    told = _summed(rows, names) or _summed(about.record.productions, names)
    return of.Pages(**told) if told else None


def _summed(rows: Sequence[Any], names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        counts = [n for each in rows if (n := getattr(each, f"pages_{name}")) is not None]
        if counts:
            found[name] = sum(counts)
    return found


def _appeal_search(about: _About) -> paper.Paper:
    return of.AppealSearchFacts(
        **_appeal(about),
        known=papers.lines(about.parts.known),
        look_in=papers.lines(about.parts.look_in),
        terms=papers.lines(about.parts.terms),
    )


def _appeal_fee_waiver(about: _About) -> paper.Paper:
    asked = papers.paragraphs(about.record.request.fee_waiver_because)
    return of.AppealFeeWaiverFacts(**_appeal(about), asked=asked)


def _appeal_expedition(about: _About) -> paper.Paper:
    signer = signer_of(about.work, about.record, about.draft)
    return of.AppealExpeditionFacts(
        **_appeal(about),
        asked=papers.paragraphs(about.record.request.expedition_because),
        certified_by=signer.name if about.parts.certify else None,
    )


BUILDERS: Mapping[LetterKind, Callable[[_About], paper.Paper]] = {
    LetterKind.FOIA_REQUEST: _foia_request,
    LetterKind.PROOF_OF_SENDING: _proof_of_sending,
    LetterKind.QUESTION_REPLY: _question_reply,
    LetterKind.STILL_INTERESTED: _still_interested,
    LetterKind.STATUS_INQUIRY: _status_inquiry,
    LetterKind.CONSTRUCTIVE_DENIAL: _constructive_denial,
    LetterKind.OGIS: _ogis,
    LetterKind.APPEAL_DENIAL: _appeal_denial,
    LetterKind.APPEAL_SEARCH: _appeal_search,
    LetterKind.APPEAL_FEE_WAIVER: _appeal_fee_waiver,
    LetterKind.APPEAL_EXPEDITION: _appeal_expedition,
}
