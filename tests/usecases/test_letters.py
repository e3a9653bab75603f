"""A letter on its way: drafted from the record, checked, released as read, sent, counted."""

from __future__ import annotations

import hashlib
import io
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import (
    Appeal,
    Event,
    FoiaRequest,
    HistoryEntry,
    Letter,
    LetterDraft,
    LetterRelease,
    Person,
    Recipient,
    Requester,
    Sending,
    Track,
    TrackingNumber,
)
from casemgr.domain.words import DraftState, EventKind, LetterKind, Outcome, SendMethod
from casemgr.errors import Malformed, NotFound, Overtaken, Refused, WrongMoment
from casemgr.usecases import checklists, letter_drafts, letter_facts, letters, releases, sendings
from casemgr.usecases.letter_drafts import DraftChange, DraftInput
from casemgr.usecases.letter_kinds import GivenUp, Parts, SentBack
from casemgr.usecases.releases import ReleaseInput
from casemgr.usecases.sendings import SendingInput, SendingProof
from casemgr.usecases.work import Work
from tests import makes

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OCTOBER = date(2010, 10, 29)


class Desk:
    """A request of February 3, 2010: ICE got it and is silent, the FBI refused in part."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            cast = self.cast
            matter = makes.make_matter(session, cast.ada, cast.sam, cast.mira)
            asker = makes.make_organisation(session, address="1 Main Street\nNew York, NY")
            request = makes.make_request(session, matter, expedition_because="Towns decide now.")
            makes.make_item(session, request)
            session.add(Requester(request_id=request.id, organisation_id=asker.id))
            address = "800 North Capitol Street NW\nWashington, DC"
            makes.make_agency(session, "ice", address=address)
            makes.make_agency(session, "fbi", address="Winchester, Virginia", appeals_to="OIP")
            self.ice = makes.make_track(session, request)
            self.fbi = makes.make_track(session, request, "fbi")
            self.new = makes.make_track(session, request, "dhs")
            for track in (self.ice, self.fbi):
                makes.make_event(session, track)
                makes.make_event(session, track, EventKind.RECEIVED, date(2010, 2, 9))
            session.add(
                TrackingNumber(track_id=self.ice.id, number="2010FOIA2674", known_on=OCTOBER)
            )
            refusal = {"outcome": Outcome.PARTIAL, "exemptions": ["(b)(5)", "7C"]}
            decided = date(2010, 10, 1)
            self.decision = makes.make_event(
                session, self.fbi, EventKind.DETERMINATION, decided, pages_withheld=310, **refusal
            )
            self.request, self.matter = request, matter

    def work(self, person: Person) -> AbstractContextManager[Work]:
        return self.desk.work(makes.actor_of(person))

    def opens(self, person: Person) -> letters.Opens:
        actor = makes.actor_of(person)

        def opened(*, reads_only: bool = False) -> AbstractContextManager[Work]:
            return self.desk.work(actor, reads_only=reads_only)

        return opened

    def draft(self, kind: LetterKind, track: Track | None = None, **typed: Any) -> LetterDraft:
        given = DraftInput(kind=kind, typed=Parts.model_validate(typed))
        with self.work(self.cast.sam) as work:
            return letter_drafts.begin_draft(work, (track or self.ice).id, given)

    def facts(self, draft: LetterDraft, person: Person | None = None) -> Any:
        with self.work(person or self.cast.mira) as work:
            opened = work.session.get_one(LetterDraft, draft.id)
            return letter_facts.of_draft(work, opened).facts

    def missing(self, draft: LetterDraft) -> dict[str, bool]:
        """What is missing by its key, and whether it blocks."""
        with self.work(self.cast.mira) as work:
            written = letter_facts.of_draft(work, work.session.get_one(LetterDraft, draft.id))
            return {each.key: each.blocks for each in checklists.check(written) if not each.met}

    def fingerprint(self, draft: LetterDraft, person: Person | None = None) -> str:
        with self.work(person or self.cast.mira) as work:
            opened = work.session.get_one(LetterDraft, draft.id)
            return letter_drafts.paper_of(work, opened).facts_hash

    def release(self, draft: LetterDraft, **more: Any) -> LetterRelease:
        given = ReleaseInput(fingerprint=self.fingerprint(draft))
        return releases.release(
            self.opens(self.cast.mira), self.desk.store, draft.id, given, **more
        )

    def send(self, release: LetterRelease, **given: Any) -> None:
        how = {"sent_on": OCTOBER, "method": SendMethod.CERTIFIED_MAIL, **given}
        with self.work(self.cast.sam) as work:
            sendings.record_sending(work, release.id, SendingInput(**how))

    def rows(self, table: type[Any], **named: Any) -> list[Any]:
        with transaction(self.desk.engine) as session:
            found = session.exec(select(table).filter_by(**named)).all()
            session.expunge_all()
            return list(found)

    def change(self, draft: LetterDraft, **typed: Any) -> LetterDraft:
        with self.work(self.cast.sam) as work:
            return letter_drafts.change_draft(
                work, draft.id, DraftChange(typed=Parts.model_validate(typed))
            )


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    """Open the office."""
    return Desk(engine, tmp_path)


STATUS = LetterKind.STATUS_INQUIRY


# --- what letters say


@on_sqlite
def test_a_status_inquiry_says_what_the_clock_says(desk: Desk) -> None:
    facts = desk.facts(desk.draft(STATUS, tone="last"))

    assert facts.request.numbers == ("2010FOIA2674",)
    assert (facts.clock.received_on, facts.clock.days) == (date(2010, 2, 9), 20)
    assert facts.clock.due == date(2010, 3, 10)
    assert facts.clock.late == 163
    assert facts.signers[0].name == "Mira Castellan"
    assert not any("Saturday: not counted" in step.says for step in facts.clock.steps)
    assert not any("2010-" in step.says for step in facts.clock.steps)


@on_sqlite
def test_an_appeal_names_the_decision_its_exemptions_and_the_last_day(desk: Desk) -> None:
    facts = desk.facts(desk.draft(LetterKind.APPEAL_DENIAL, desk.fbi, arguments="b5_deliberative"))

    assert facts.decided_on == date(2010, 10, 1)
    assert [(each.exemption, each.cites) for each in facts.withheld] == [
        ("5", "5 U.S.C. § 552(b)(5)"),
        ("7(C)", "5 U.S.C. § 552(b)(7)(C)"),
    ]
    assert (facts.last_day, facts.window_cites) == (date(2010, 11, 30), "28 C.F.R. § 16.9")
    assert [each.heading[:11] for each in facts.grounds] == ["Exemption 5"]
    assert facts.pages.withheld == 310
    assert facts.addressee == ("FOIA Appeal", "OIP")


@on_sqlite
def test_the_time_to_appeal_a_refused_fee_waiver_runs_from_that_refusal(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        refused = {"outcome": Outcome.DENIED}
        makes.make_event(
            session, desk.fbi, EventKind.FEE_WAIVER_DECIDED, date(2010, 2, 19), **refused
        )

    draft = desk.draft(
        LetterKind.APPEAL_FEE_WAIVER, desk.fbi, reasons="It is in the public interest."
    )

    assert desk.facts(draft).last_day == date(2010, 4, 20)
    assert desk.missing(draft)["window"] is True
    late = desk.change(draft, reasons="It is.", late_because="Their letter came in May.")
    assert "window" not in desk.missing(late)
    assert desk.facts(late).late_because == "Their letter came in May."


@on_sqlite
def test_a_request_without_items_has_no_letter_yet(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        empty = makes.make_track(session, makes.make_request(session, desk.matter, title="Empty"))

    with pytest.raises(WrongMoment, match="at least one thing that is asked for"):
        desk.draft(LetterKind.FOIA_REQUEST, empty)
    assert desk.rows(LetterDraft) == []


@on_sqlite
def test_what_a_letter_has_no_place_for_is_refused_in_words(desk: Desk) -> None:
    with pytest.raises(Malformed, match="no part “answer”"):
        desk.draft(STATUS, answer="Yes.")
    with pytest.raises(Malformed, match="no argument “glomar”"):
        desk.draft(LetterKind.APPEAL_SEARCH, desk.fbi, arguments=["glomar"])
    with pytest.raises(ValueError, match="has no draft"):
        DraftInput(kind=LetterKind.DECLARATION)


@on_sqlite
def test_a_reply_says_which_of_their_letters_it_answers(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        first = makes.make_event(session, desk.ice, EventKind.FEE_QUESTION, date(2010, 5, 3))
        second = makes.make_event(
            session, desk.ice, EventKind.INFORMATION_REQUEST, date(2010, 6, 1)
        )
    typed = {"question": "Which offices?", "answer": "All of them."}
    draft = desk.draft(LetterKind.QUESTION_REPLY, **typed)
    assert (draft.event_id, desk.facts(draft).about) == (second.id, "information")

    [sent] = desk.rows(Event, track_id=desk.ice.id, kind=EventKind.SENT)
    with desk.work(desk.cast.sam) as work:
        with pytest.raises(Malformed, match="does not answer that"):
            letter_drafts.change_draft(work, draft.id, DraftChange(event_id=sent.id))
        given = DraftChange(event_id=first.id, typed=Parts.model_validate(typed))
        letter_drafts.change_draft(work, draft.id, given)
    assert (desk.facts(draft).about, desk.facts(draft).asked_on) == ("fees", date(2010, 5, 3))

    desk.send(desk.release(draft), method=SendMethod.EMAIL)

    [reply] = desk.rows(Event, kind=EventKind.FEE_REPLY_SENT)
    [received] = desk.rows(Event, kind=EventKind.FEE_REPLY_RECEIVED)
    assert reply.answers_id == received.answers_id == first.id


# --- the check list


@on_sqlite
@pytest.mark.parametrize(
    ("kind", "track", "typed", "blocked"),
    [
        (STATUS, "ice", {}, set()),
        (STATUS, "fbi", {}, {"undecided"}),
        (STATUS, "new", {}, {"sent", "address"}),
        (LetterKind.CONSTRUCTIVE_DENIAL, "ice", {}, set()),
        (LetterKind.CONSTRUCTIVE_DENIAL, "fbi", {}, {"undecided", "late"}),
        (LetterKind.QUESTION_REPLY, "ice", {"answer": "Yes."}, {"question"}),
        (LetterKind.APPEAL_DENIAL, "fbi", {}, {"address", "reasons"}),
        (LetterKind.APPEAL_DENIAL, "ice", {"reasons": "No."}, {"decision", "appeal_office"}),
        (LetterKind.APPEAL_SEARCH, "fbi", {"reasons": "No."}, {"address", "where"}),
        (
            LetterKind.APPEAL_EXPEDITION,
            "fbi",
            {"reasons": "No."},
            {"address", "certified", "decision"},
        ),
        (LetterKind.OGIS, "ice", {"stuck": "They are silent."}, {"consent"}),
        (LetterKind.OGIS, "ice", {"stuck": "They are silent.", "consents": True}, set()),
        (LetterKind.PROOF_OF_SENDING, "ice", {}, {"sent"}),
        (LetterKind.STILL_INTERESTED, "ice", {}, set()),
        (LetterKind.FOIA_REQUEST, "ice", {}, set()),
    ],
)
def test_what_blocks_a_letter_is_what_is_missing(
    desk: Desk, kind: LetterKind, track: str, typed: dict[str, Any], blocked: set[str]
) -> None:
    draft = desk.draft(kind, getattr(desk, track), **typed)

    found = {key for key, blocks in desk.missing(draft).items() if blocks}

    assert found == blocked


@on_sqlite
def test_a_letter_with_a_missing_part_is_not_released_and_says_what_to_do(desk: Desk) -> None:
    draft = desk.draft(LetterKind.APPEAL_SEARCH, desk.fbi, reasons="They looked in one place.")

    with pytest.raises(Malformed) as refused:
        desk.release(draft)

    assert "Name at least one office" in refused.value.problems["where"]
    assert desk.rows(LetterRelease) == []
    assert desk.rows(Letter) == []


# --- release


def test_what_was_read_is_released_and_comes_out_the_same_every_time(desk: Desk) -> None:
    draft = desk.draft(STATUS, tone="second")
    with desk.work(desk.cast.sam) as work:
        letter_drafts.hand_in(work, draft.id)
    shown, marked = letters.make(
        desk.opens(desk.cast.mira), desk.desk.store, letter_drafts.preview(draft.id)
    )

    release = desk.release(draft)

    [letter] = desk.rows(Letter, id=release.letter_id)
    pdf = desk.desk.store.read(letter.sha256)
    with desk.work(desk.cast.sam) as work:
        again = letters.opened(work, desk.desk.store, letter.id)[1]
    assert again == pdf
    assert letter.word_sha256 is None
    word = letters.opened_in_word(desk.opens(desk.cast.sam), desk.desk.store, letter.id)[1]
    assert word.startswith(b"PK")
    [kept] = desk.rows(Letter, id=release.letter_id)
    assert kept.word_sha256 == hashlib.sha256(word).hexdigest()
    desk.desk.store.path(str(kept.page_sha256)).unlink()  # what is kept is not made again
    assert letters.opened_in_word(desk.opens(desk.cast.sam), desk.desk.store, letter.id)[1] == word
    assert "DRAFT" in _text(marked)
    assert "DRAFT" not in _text(pdf)
    assert "Mira Castellan" in _text(pdf)
    assert shown.id != letter.id
    assert desk.rows(LetterDraft)[0].state is DraftState.RELEASED
    history = sorted(desk.rows(HistoryEntry), key=lambda each: each.seq)
    said = [each.what for each in history if each.what.startswith("letter.")]
    assert said == [
        "letter.begun", "letter.handed_in", "letter.made", "letter.made", "letter.released",
        "letter.opened", "letter.opened", "letter.opened",
    ]  # fmt: skip


def _text(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return "\n".join(page.extract_text() for page in paper.pages)


@on_sqlite
def test_a_student_does_not_release_and_is_told_who_can(desk: Desk) -> None:
    draft = desk.draft(STATUS)
    given = ReleaseInput(fingerprint="0" * 64)

    with pytest.raises(Refused) as refused:
        releases.release(desk.opens(desk.cast.sam), desk.desk.store, draft.id, given)
    with pytest.raises(NotFound):
        releases.release(desk.opens(desk.cast.eve), desk.desk.store, draft.id, given)

    assert refused.value.ask is not None
    assert refused.value.ask.people == ((desk.cast.mira.id, "Mira Castellan"),)


@on_sqlite
def test_nothing_else_than_what_was_read_is_released(desk: Desk) -> None:
    draft = desk.draft(STATUS)
    read = ReleaseInput(fingerprint=desk.fingerprint(draft))
    with transaction(desk.desk.engine) as session:
        makes.make_event(session, desk.ice, EventKind.EXTENSION_NOTICE, date(2010, 3, 2))

    def release(**more: Any) -> None:
        releases.release(desk.opens(desk.cast.mira), desk.desk.store, draft.id, read, **more)

    with pytest.raises(WrongMoment, match="not what you read"):
        release()
    desk.change(draft, tone="second")
    with pytest.raises(Overtaken):
        release(version=1)
    assert desk.rows(LetterRelease) == []


@on_sqlite
def test_a_change_after_the_release_voids_it_for_all_to_see(desk: Desk) -> None:
    draft = desk.draft(STATUS)
    release = desk.release(draft)

    desk.change(draft, remarks="We called on Monday.")

    [void] = desk.rows(LetterRelease)
    assert (void.void_on, void.void_because[:9]) == (OCTOBER, "Sam Okonj")
    assert desk.rows(LetterDraft)[0].state is DraftState.DRAFT
    with pytest.raises(WrongMoment, match="released first"):
        desk.send(release)
    desk.send(desk.release(draft))
    assert desk.rows(LetterDraft)[0].state is DraftState.SENT


@on_sqlite
def test_what_is_sent_back_says_why_and_can_be_handed_in_again(desk: Desk) -> None:
    draft = desk.draft(STATUS)
    with desk.work(desk.cast.sam) as work:
        letter_drafts.hand_in(work, draft.id)
        with pytest.raises(WrongMoment, match="waiting already"):
            letter_drafts.hand_in(work, draft.id)
        with pytest.raises(Refused):
            letter_drafts.send_back(work, draft.id, SentBack(because="No."))
    with desk.work(desk.cast.mira) as work:
        back = letter_drafts.send_back(work, draft.id, SentBack(because="Add the call."))
        assert (back.state, back.sent_back_because) == (DraftState.DRAFT, "Add the call.")
    with desk.work(desk.cast.sam) as work:
        assert letter_drafts.hand_in(work, draft.id).sent_back_because == ""


@on_sqlite
def test_a_letter_given_up_stays_readable_and_is_not_changed(desk: Desk) -> None:
    draft = desk.draft(STATUS)
    with desk.work(desk.cast.sam) as work:
        letter_drafts.give_up(work, draft.id, GivenUp(because="They called."))

    with pytest.raises(WrongMoment, match="given up"):
        desk.change(draft, tone="last")
    assert desk.facts(draft).tone == "first"


# --- sending


def _kinds(desk: Desk, track: Track) -> list[tuple[EventKind, date]]:
    return sorted((e.kind, e.happened_on) for e in desk.rows(Event, track_id=track.id))


def test_an_appeal_is_on_the_clock_only_once_it_was_sent(desk: Desk) -> None:
    typed = {"arguments": ["segregable"], "addressed_to": "OIP\nWashington, DC\n20530"}
    draft = desk.draft(LetterKind.APPEAL_DENIAL, desk.fbi, **typed)
    release = desk.release(draft)
    before = _kinds(desk, desk.fbi)

    desk.send(release, proof="7010 0290")

    assert (EventKind.APPEAL_SENT, OCTOBER) not in before
    assert (EventKind.APPEAL_SENT, OCTOBER) in _kinds(desk, desk.fbi)
    [appeal], [sending] = desk.rows(Appeal), desk.rows(Sending)
    [event] = desk.rows(Event, kind=EventKind.APPEAL_SENT)
    assert event.appeal_id == appeal.id
    assert sending.event_id == event.id
    assert sending.addressed_to == "OIP\nWashington, DC\n20530"
    assert event.source == "By certified mail; 7010 0290"
    with pytest.raises(WrongMoment, match="sent already"):
        desk.send(release)


@on_sqlite
def test_a_late_appeal_goes_out_with_its_reason_and_is_logged_with_it(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        decision = session.get_one(Event, desk.decision.id)
        decision.happened_on = date(2010, 7, 1)
    typed = {"reasons": "It is public.", "addressed_to": "OIP\nWashington, DC\n20530"}
    draft = desk.draft(LetterKind.APPEAL_DENIAL, desk.fbi, **typed)
    with pytest.raises(Malformed, match="Say why it is late"):
        desk.release(draft)
    desk.change(draft, **typed, late_because="Their letter went to an old address.")

    desk.send(desk.release(draft))

    [event] = desk.rows(Event, kind=EventKind.APPEAL_SENT)
    assert event.late_because == "Their letter went to an old address."


@on_sqlite
@pytest.mark.parametrize(
    ("given", "received"),
    [
        ({"method": SendMethod.EMAIL}, OCTOBER),
        ({"method": SendMethod.MAIL}, None),
    ],
)
def test_an_answer_starts_their_clock_again_when_they_have_it(
    desk: Desk, given: dict[str, Any], received: date | None
) -> None:
    with transaction(desk.desk.engine) as session:
        makes.make_event(session, desk.ice, EventKind.INFORMATION_REQUEST, date(2010, 3, 1))
    draft = desk.draft(LetterKind.QUESTION_REPLY, question="Which towns?", answer="All of them.")

    desk.send(desk.release(draft), **given)

    kinds = dict(_kinds(desk, desk.ice))
    assert kinds[EventKind.INFORMATION_REPLY_SENT] == OCTOBER
    assert kinds.get(EventKind.INFORMATION_REPLY_RECEIVED) == received


@on_sqlite
def test_a_request_that_was_sent_has_its_copy_and_its_questions_on_file(desk: Desk) -> None:
    draft = desk.draft(LetterKind.FOIA_REQUEST, desk.ice, dated_on="2010-10-29")
    draft = desk.draft(LetterKind.FOIA_REQUEST, desk.new)
    with transaction(desk.desk.engine) as session:
        session.get_one(FoiaRequest, desk.request.id).requested_on = None
        from_agency = makes.make_agency(session, "dhs")
        from_agency.address = "245 Murray Lane SW\nWashington, DC"
        session.add(from_agency)

    desk.send(desk.release(draft), proof="7010 0290", received_on=None)

    [copy] = desk.rows(Recipient, track_id=desk.new.id)
    assert (copy.sent_on, copy.method, copy.proof) == (
        OCTOBER, SendMethod.CERTIFIED_MAIL, "7010 0290",
    )  # fmt: skip
    assert _kinds(desk, desk.new) == [
        (EventKind.EXPEDITION_REQUESTED, OCTOBER),
        (EventKind.SENT, OCTOBER),
    ]
    assert desk.rows(FoiaRequest)[0].requested_on == OCTOBER


@on_sqlite
def test_what_cannot_be_is_told_beside_the_field(desk: Desk) -> None:
    release = desk.release(desk.draft(STATUS))

    def refused(**given: Any) -> dict[str, str]:
        with pytest.raises(Malformed) as wrong:
            desk.send(release, **given)
        return wrong.value.problems

    assert "in the future" in refused(sent_on=date(2010, 11, 1))["sent_on"]
    assert "cannot have left before" in refused(sent_on=date(2010, 10, 1))["sent_on"]
    assert "before" in refused(received_on=date(2010, 10, 1))["received_on"]
    assert "no such document" in refused(document_id="DOC-0000000000")["document_id"]
    assert desk.rows(Sending) == []


@on_sqlite
def test_a_proof_that_comes_later_is_added_to_the_sending(desk: Desk) -> None:
    desk.send(desk.release(desk.draft(STATUS)))
    [sending] = desk.rows(Sending)

    with desk.work(desk.cast.sam) as work:
        sendings.change_sending(work, sending.id, SendingProof(proof="green card of November 2"))

    assert desk.rows(Sending)[0].proof == "green card of November 2"
    told = desk.facts(desk.draft(LetterKind.PROOF_OF_SENDING))
    assert [(each.what, each.proof) for each in told.deliveries] == [
        ("Status inquiry", "green card of November 2")
    ]
    later = desk.facts(desk.draft(STATUS, tone="second"))
    assert later.earlier == (OCTOBER,)


@on_sqlite
def test_a_paper_for_the_file_is_not_sent(desk: Desk) -> None:
    with transaction(desk.desk.engine) as session:
        session.add(
            Recipient(
                request_id=desk.request.id,
                track_id=desk.ice.id,
                agency_id="ice",
                sent_on=date(2010, 2, 3),
                known_on=date(2010, 2, 3),
            )
        )
    release = desk.release(desk.draft(LetterKind.PROOF_OF_SENDING))

    with pytest.raises(WrongMoment, match="stays in the file"):
        desk.send(release)
