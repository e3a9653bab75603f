"""Letters on pages: what may be written, what is missing, who releases, and what sending does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Agency, LetterDraft, LetterRelease, Requester, Sending
from casemgr.domain.words import DraftState, EventKind
from tests import makes
from tests.web.conftest import Office, text_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def asked(office: Office) -> Office:
    """The office with a requester, an address, and a receipt that is certain."""
    with office.rows() as session:
        asker = makes.make_organisation(session)
        session.add(Requester(request_id=office.request.id, organisation_id=asker.id))
        agency = session.get_one(Agency, "ice")
        agency.address = "500 12th Street SW\nWashington, DC"
        session.add(agency)
        makes.make_event(session, office.track, EventKind.RECEIVED, date(2010, 2, 9))
    return office


@pytest.fixture
def mira(office: Office) -> TestClient:
    """Return the browser of Mira, an attorney on the matter."""
    return office.client(office.cast.mira)


def begin(office: Office, browser: TestClient, kind: str = "status_inquiry") -> str:
    where = f"/requests/{office.request.id}/{office.track.id}/letters"
    made = browser.post(where, data={"kind": kind})
    assert made.status_code == 303, made.text
    return made.headers["location"]


def hidden(html: str, name: str, within: str = "") -> str:
    part = html[html.index(within) :] if within else html
    found = re.search(rf'name="{name}" value="([^"]*)"', part)
    assert found is not None
    return found[1]


def state(office: Office) -> DraftState:
    with office.rows() as session:
        return session.exec(select(LetterDraft)).one().state


@on_sqlite
def test_what_may_be_written_now_says_why(asked: Office, sam: TestClient) -> None:
    page = sam.get(f"/requests/{asked.request.id}/{asked.track.id}/letters")

    now, later = text_of(page.text).split("Not now")
    assert "Notice that their time is up" in now
    assert "Their time ran out 163 working days ago." in now
    assert "Answer to their question" in later
    assert "They have asked nothing." in later
    assert f"/requests/{asked.request.id}/{asked.track.id}/letters" in (
        sam.get(f"/requests/{asked.request.id}/{asked.track.id}").text
    )


def test_a_student_writes_an_attorney_releases_and_the_sending_is_logged(
    asked: Office, sam: TestClient, mira: TestClient
) -> None:
    letter = begin(asked, sam)
    page = sam.get(letter).text
    assert "Send to Mira Castellan for release" in page
    assert "Release it" not in page
    saved = sam.post(
        letter, data={"version": hidden(page, "version"), "tone": "last", "remarks": "We called."}
    )
    assert saved.status_code == 303
    sam.post(f"{letter}/hand-in", data={"version": "2"})
    waits = text_of(mira.get("/due").text)
    assert "Waiting for you (1)" in waits
    assert "Read and release it. Written by Sam Okonjo." in waits
    assert "Waiting for you" not in sam.get("/due").text

    read = mira.get(letter).text
    released = mira.post(
        f"{letter}/release",
        data={
            "version": hidden(read, "version"),
            "fingerprint": hidden(read, "fingerprint"),
        },
    )

    assert released.status_code == 303, text_of(released.text)
    shown = sam.get(letter).text
    [pdf] = set(re.findall(r'"(/letters/LT-\w+\.pdf)"', shown))
    assert sam.get(pdf).content == mira.get(pdf).content
    assert sam.get(pdf.replace(".pdf", ".docx")).content.startswith(b"PK")
    assert "Released. Send it, then record how." in text_of(sam.get("/due").text)
    [address] = re.findall(r'action="(/letter-releases/[^"]+)"', shown)
    sent = sam.post(
        address,
        data={"version": "1", "sent_on": "yesterday", "method": "email", "proof": "message 12"},
    )
    assert sent.status_code == 422
    assert "cannot have left before" in text_of(sent.text)
    assert 'value="message 12"' in sent.text
    sent = sam.post(
        address,
        data={"version": "1", "sent_on": "today", "method": "email", "proof": "message 12"},
    )
    assert sent.status_code == 303, text_of(sent.text)
    assert state(asked) is DraftState.SENT
    page = text_of(sam.get(letter).text)
    assert "Friday, October 29, 2010, email" in page
    assert "Sam Okonjo recorded that the letter Status inquiry: ICE was sent" in page
    timeline = text_of(sam.get(f"/requests/{asked.request.id}/{asked.track.id}").text)
    assert "Status inquiry." in timeline


@on_sqlite
def test_a_letter_with_a_part_missing_says_what_to_do_and_is_not_released(
    asked: Office, mira: TestClient
) -> None:
    letter = begin(asked, mira, "ogis")
    page = mira.get(letter).text

    assert "2 parts are missing" in text_of(page)
    assert "Missing Where it is stuck. Say below where it is stuck." in text_of(page)
    assert "It cannot be released yet" in text_of(page)
    data = {"version": hidden(page, "version"), "fingerprint": hidden(page, "fingerprint")}
    refused = mira.post(f"{letter}/release", data=data)
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    with asked.rows() as session:
        assert session.exec(select(LetterRelease)).all() == []


@on_sqlite
def test_a_student_who_tries_to_release_is_told_whom_to_ask(
    asked: Office, sam: TestClient, eve: TestClient
) -> None:
    letter = begin(asked, sam)

    refused = sam.post(f"{letter}/release", data={"fingerprint": "0" * 64, "version": "1"})

    assert refused.status_code == 403
    assert "Ask Mira Castellan" in text_of(refused.text)
    assert eve.get(letter).status_code == 404
    assert eve.post(f"{letter}/release", data={"fingerprint": "0" * 64}).status_code == 404


@on_sqlite
def test_arguments_are_ticked_and_nothing_is_added_unasked(asked: Office, sam: TestClient) -> None:
    with asked.rows() as session:
        makes.make_event(
            session, asked.track, EventKind.DETERMINATION, date(2010, 10, 20), exemptions=["(b)(5)"]
        )
    letter = begin(asked, sam, "appeal_denial")
    page = sam.get(letter).text

    assert "Exemption 5: the agency&#39;s working law" in page
    assert "Exemption 6" not in page
    assert "not read here: look it up first" in page
    assert "No harm is shown" not in page
    sam.post(letter, data={"version": "1", "argument-segregable": "on", "reasons": "It is wrong."})
    again = sam.get(letter).text
    assert re.search(r'name="argument-segregable" value="on" checked', again)
    with asked.rows() as session:
        assert session.exec(select(LetterDraft)).one().typed["arguments"] == ["segregable"]


@on_sqlite
def test_what_two_people_change_at_once_is_told_and_not_lost(
    asked: Office, sam: TestClient, ada: TestClient
) -> None:
    letter = begin(asked, sam)
    ada.post(letter, data={"version": "1", "remarks": "From Ada."})

    late = sam.post(letter, data={"version": "1", "remarks": "From Sam."})

    assert late.status_code == 409
    assert "From Sam." in late.text
    assert "Somebody else changed this" in late.text


@on_sqlite
def test_a_draft_is_looked_at_as_a_draft_in_both_forms(asked: Office, sam: TestClient) -> None:
    letter = begin(asked, sam)

    pdf = sam.post(f"{letter}/preview", data={})
    word = sam.post(f"{letter}/preview", data={"form": "word"})

    assert pdf.headers["location"].endswith(".pdf")
    opened = sam.get(word.headers["location"])
    assert opened.content.startswith(b"PK")
    assert opened.headers["content-disposition"].startswith("attachment")
    assert opened.headers["content-disposition"].endswith(".docx")
    assert word.headers["location"] in sam.get("/documents").text


@on_sqlite
def test_sent_back_goes_to_its_writer_with_the_note(
    asked: Office, sam: TestClient, mira: TestClient
) -> None:
    letter = begin(asked, sam)
    sam.post(f"{letter}/hand-in", data={"version": "1"})

    empty = mira.post(f"{letter}/send-back", data={"version": "2", "because": ""})
    mira.post(f"{letter}/send-back", data={"version": "2", "because": "Name the call."})

    assert empty.status_code == 422
    assert "Sent back to you: Name the call." in text_of(sam.get("/due").text)
    assert "Sent back: Name the call." in text_of(sam.get(letter).text)


@on_sqlite
def test_a_released_letter_is_changed_only_on_purpose(asked: Office, mira: TestClient) -> None:
    letter = begin(asked, mira)
    page = mira.get(letter).text
    data = {"version": hidden(page, "version"), "fingerprint": hidden(page, "fingerprint")}
    mira.post(f"{letter}/release", data=data)
    assert 'name="remarks"' not in mira.get(letter).text

    edit = mira.get(f"{letter}?edit=yes").text
    mira.post(letter, data={"version": hidden(edit, "version"), "remarks": "One thing more."})

    shown = text_of(mira.get(letter).text)
    assert "Void since Friday, October 29, 2010." in shown
    assert "Mira Castellan changed the letter after it was released." in shown
    with asked.rows() as session:
        assert session.exec(select(Sending)).all() == []


@on_sqlite
def test_a_letter_begun_is_still_open_when_its_matter_is_closed(
    asked: Office, ada: TestClient
) -> None:
    begin(asked, ada)

    assert "Status inquiry: ICE" in text_of(ada.get(f"/matters/{asked.matter.id}/close").text)


@on_sqlite
def test_a_letter_is_given_up_with_a_reason(asked: Office, sam: TestClient) -> None:
    letter = begin(asked, sam)

    sam.post(f"{letter}/give-up", data={"version": "1", "because": "They decided."})

    assert state(asked) is DraftState.WITHDRAWN
    assert "Given up." in text_of(sam.get(letter).text)
    assert 'name="remarks"' not in sam.get(letter).text


@on_sqlite
def test_an_attorney_lets_staff_release_such_letters_and_takes_it_back(
    asked: Office, sam: TestClient, ada: TestClient, mira: TestClient, eve: TestClient
) -> None:
    page, letter = f"/matters/{asked.matter.id}/releases", begin(asked, sam)
    assert "Release it" not in ada.get(letter).text
    assert "Nobody. Every letter is read and released by an attorney." in ada.get(page).text
    assert "<form" not in ada.get(page).text.split("</header>")[1]
    assert eve.get(page).status_code == 404
    give = f"/matters/{asked.matter.id}/standing-permissions"

    nothing = mira.post(give, data={"until_on": "the other day"})
    assert nothing.status_code == 422
    assert "Choose" in nothing.text
    assert 'id="p-kinds"' in nothing.text
    told = ada.post(
        give, data={"person_id": asked.cast.ada.id, "kind-ogis": "on", "until_on": "12/31/2010"}
    )
    assert told.status_code == 403
    given = mira.post(
        give,
        data={
            "person_id": asked.cast.ada.id,
            "kind-status_inquiry": "on",
            "until_on": "12/31/2010",
            "because": "While I am in trial.",
        },
    )
    assert given.status_code == 303, text_of(given.text)

    read = ada.get(letter).text
    assert "Mira Castellan lets you release letters of this kind until" in text_of(read)
    data = {"version": hidden(read, "version"), "fingerprint": hidden(read, "fingerprint")}
    assert ada.post(f"{letter}/release", data=data).status_code == 303
    assert "as Mira Castellan lets them" in text_of(sam.get(letter).text)
    shown = text_of(mira.get(page).text)
    assert "Status inquiry: ICE" in shown
    assert "While I am in trial." in shown
    [back] = re.findall(r'action="(/standing-permissions/[^"]+)"', mira.get(page).text)
    assert mira.post(back, data={"version": "1", "because": "It is over"}).status_code == 303
    over = text_of(ada.get(page).text)
    assert "Mira Castellan took this permission back: It is over." in over
    moved = ada.get(back.removesuffix("/taking-back"))
    assert moved.headers["location"].startswith(page)
    assert eve.get(back.removesuffix("/taking-back")).status_code == 404


@on_sqlite
def test_which_letter_of_theirs_it_answers_is_chosen_where_there_are_two(
    asked: Office, sam: TestClient
) -> None:
    with asked.rows() as session:
        kind = EventKind.FEE_QUESTION
        first = makes.make_event(session, asked.track, kind, date(2010, 5, 3)).id
    letter = begin(asked, sam, "question_reply")
    assert 'name="event_id"' not in sam.get(letter).text
    with asked.rows() as session:
        second = makes.make_event(session, asked.track, kind, date(2010, 6, 1)).id

    page = sam.get(letter).text
    assert f'<option value="{first}" selected>' in page
    data = {"version": "1", "event_id": second, "answer": "We pay."}
    assert sam.post(letter, data=data).status_code == 303

    assert "It is about the fee question of June 1, 2010." in text_of(sam.get(letter).text)
    wrong = sam.post(letter, data={"version": "2", "event_id": asked.sent.id, "answer": "We pay."})
    assert wrong.status_code == 422
    assert "does not answer that" in wrong.text
