"""Log what came: six plain choices, few fields, the paper kept, and the dates that follow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Agency, Appeal, Document, Event, Production, Track, TrackingNumber
from casemgr.domain.words import Certainty, EventKind, Outcome, Role
from casemgr.web.incoming_choices import BY_SLUG, FIRST, OTHERS
from tests import makes
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LETTER = b"From: foia@ice.example\r\nSubject: Your request\r\n\r\nWe have it.\r\n"


def address(office: Office, rest: str = "") -> str:
    return f"/requests/{office.request.id}/{office.track.id}{rest}"


def rows(office: Office, table: type[Any]) -> list[Any]:
    with office.rows() as session:
        return list(session.exec(select(table)))


def logged(office: Office) -> dict[EventKind, Event]:
    found = (each for each in rows(office, Event) if each.recorded_by is not None)
    return {each.kind: each for each in found}


def send(browser: TestClient, office: Office, slug: str, **typed: str) -> Any:
    return browser.post(address(office, f"/log/{slug}"), data=typed)


def test_the_first_page_has_six_choices_each_with_its_meaning(
    office: Office, sam: TestClient
) -> None:
    page = sam.get(address(office, "/log"))

    assert len(FIRST) == 6
    for choice in FIRST:
        assert f"{address(office)}/log/{choice.slug}" in page.text
        assert choice.means in text_of(page.text)


@pytest.mark.parametrize("slug", list(BY_SLUG))
def test_every_choice_has_a_page_with_its_fields(
    office: Office, sam: TestClient, slug: str
) -> None:
    page = sam.get(address(office, f"/log/{slug}"))

    assert page.status_code == 200
    for each in BY_SLUG[slug].fields:
        # Which letter of theirs is asked only where there are several.
        assert (f'name="{each.name}"' in page.text) is (each.look != "asked")


def test_what_is_missing_is_called_as_the_form_calls_it(office: Office, sam: TestClient) -> None:
    page = text_of(send(sam, office, "asks").text)

    assert "Date of the letter: Fill this in. What do they want? Fill this in." in page


def test_of_two_questions_the_answer_says_which_one_it_is_for(
    office: Office, sam: TestClient
) -> None:
    asked = EventKind.INFORMATION_REQUEST
    with office.rows() as session:
        first = makes.make_event(session, office.track, asked, date(2010, 3, 1), says="Which?").id
        other = makes.make_event(session, office.track, asked, date(2010, 3, 9)).id

    page = sam.get(address(office, "/log/answered")).text
    answer = {"happened_on": "3/12/2010", "answers": "information", "answers_id": first}
    done = send(sam, office, "answered", **answer)

    assert f'<option value="{first}">Mon, Mar 1: Which?</option>' in page
    assert done.status_code == 303, text_of(done.text)
    assert logged(office)[EventKind.INFORMATION_REPLY_SENT].answers_id == first
    shown = sam.get(address(office)).text
    assert "Answers they asked us something, Mon, Mar 1." in text_of(shown)
    assert f'Answers <a href="#{first}">' in shown
    wrong = send(sam, office, "answered", **{**answer, "answers": "fees", "answers_id": other})
    assert wrong.status_code == 422
    assert "Choose a letter of this track" in wrong.text


def test_a_choice_that_is_none_is_not_there(office: Office, sam: TestClient) -> None:
    assert sam.get(address(office, "/log/miracle")).status_code == 404
    assert send(sam, office, "miracle", happened_on="yesterday").status_code == 404
    assert send(sam, office, "other", happened_on="yesterday").status_code == 404


def test_an_acknowledgment_makes_receipt_number_and_the_dates_that_follow(
    office: Office, sam: TestClient
) -> None:
    answer = send(
        sam,
        office,
        "got-it",
        happened_on="Feb 16 2010",
        received_on="2/9/2010",
        received_where="right",
        number="2010FOIA2674",
        agency_says_due="April 30, 2010",
        source="letter, p. 1",
        certainty="exact",
    )

    assert answer.status_code == 303
    found = logged(office)
    assert found[EventKind.ACKNOWLEDGED].agency_says_due == date(2010, 4, 30)
    assert found[EventKind.RECEIVED].happened_on == date(2010, 2, 9)
    assert found[EventKind.RECEIVED].source == "letter, p. 1"
    assert [each.number for each in rows(office, TrackingNumber)] == ["2010FOIA2674"]
    page = text_of(sam.get(answer.headers["location"]).text)
    assert "Saved The dates this changed" in page
    assert "2010FOIA2674 (request)" in page


def test_a_second_acknowledgment_with_another_day_is_kept_beside_the_first(
    office: Office, ada: TestClient
) -> None:
    for day in ("2/9/2010", "2/11/2010"):
        send(ada, office, "got-it", happened_on="Feb 16 2010", received_on=day)

    page = text_of(ada.get(address(office)).text)
    assert "Letters or calls name different days" in page
    assert "Tue, Mar 9 to" in page or "Mar 10 to" in page
    second = next(
        each
        for each in rows(office, Event)
        if each.kind is EventKind.RECEIVED and each.happened_on == date(2010, 2, 11)
    )

    nothing = ada.post(address(office, "/receipt"), data={"event_id": second.id, "because": ""})
    assert nothing.status_code == 422
    neither = ada.post(address(office, "/receipt"), data={"because": "So."})
    assert "Choose the receipt that counts." in neither.text
    done = ada.post(
        address(office, "/receipt"), data={"event_id": second.id, "because": "Their own stamp."}
    )

    assert done.status_code == 303
    page = text_of(ada.get(address(office)).text)
    assert "Letters or calls name different days" not in page
    assert "Chosen as the one that counts" in page
    assert "Their own stamp." in page


def test_the_letter_itself_is_kept_byte_for_byte_and_given_back(
    office: Office, sam: TestClient
) -> None:
    answer = sam.post(
        address(office, "/log/more-time"),
        data={"happened_on": "Feb 26 2010", "agency_says_due": "3/24/2010"},
        files={"file": ("ice.eml", LETTER)},
    )

    assert answer.status_code == 303
    [paper] = [each for each in rows(office, Document) if each.file_name]
    assert logged(office)[EventKind.EXTENSION_NOTICE].document_id == paper.id
    assert f"/documents/{paper.id}" in sam.get(address(office)).text
    assert sam.get(f"/documents/{paper.id}/file").content == LETTER


def test_a_field_that_must_be_corrected_loses_neither_words_nor_paper(
    office: Office, sam: TestClient
) -> None:
    typed = {
        "happened_on": "soon",
        "asks": "fees",
        "amount_cents": "$1,200.50",
        "says": "They ask.",
    }

    answer = sam.post(address(office, "/log/asks"), data=typed, files={"file": ("ice.eml", LETTER)})

    assert answer.status_code == 422
    assert "is not a date we can read" in answer.text
    assert 'value="$1,200.50"' in answer.text
    assert "They ask." in answer.text
    [paper] = [each for each in rows(office, Document) if each.file_name]
    assert f'name="document_id" value="{paper.id}"' in answer.text

    again = {**typed, "happened_on": "Feb 26 2010", "document_id": paper.id}
    assert send(sam, office, "asks", **again).status_code == 303
    question = logged(office)[EventKind.FEE_QUESTION]
    assert (question.amount_cents, question.document_id) == (120_050, paper.id)


def test_a_paper_that_is_not_what_it_claims_is_told_beside_it(
    office: Office, sam: TestClient
) -> None:
    answer = sam.post(
        address(office, "/log/call"),
        data={"happened_on": "Feb 26 2010"},
        files={"file": ("letter.pdf", b"MZ\x90")},
    )

    assert answer.status_code == 422
    assert 'id="p-file"' in answer.text
    assert logged(office) == {}


def test_an_amount_that_is_none_is_told(office: Office, sam: TestClient) -> None:
    answer = send(sam, office, "estimate", happened_on="Feb 26 2010", amount_cents="a lot")

    assert "Type an amount like 450" in answer.text
    assert logged(office) == {}


def test_a_decision_keeps_outcome_pages_exemptions_and_its_words_on_appeal(
    office: Office, sam: TestClient
) -> None:
    send(
        sam,
        office,
        "decided",
        happened_on="Oct 4 2010",
        decides="request",
        outcome="partial",
        appeal_says="You may appeal within 60 days.",
        exemptions="5\n7(E): 12 whole, 40 in part",
        pages_released="300",
        pages_withheld="12",
    )

    decision = logged(office)[EventKind.DETERMINATION]
    assert decision.outcome is Outcome.PARTIAL
    assert decision.adverse
    assert decision.exemptions == ["5", "7(E): 12 whole, 40 in part"]
    assert (decision.pages_released, decision.pages_withheld) == (300, 12)
    assert "You may appeal within 60 days." in sam.get(address(office)).text


def test_an_exemption_that_is_none_is_told(office: Office, sam: TestClient) -> None:
    answer = send(
        sam,
        office,
        "decided",
        happened_on="Oct 4 2010",
        decides="request",
        outcome="denied",
        exemptions="5, 12",
    )

    assert answer.status_code == 422
    assert "“12” is no exemption" in answer.text
    assert logged(office) == {}


def test_records_make_a_release_that_knows_its_line(office: Office, sam: TestClient) -> None:
    send(
        sam,
        office,
        "records",
        happened_on="Aug 3 2010",
        bates_first="ICE 000001",
        bates_last="ICE 000200",
        pages_released="180",
        pages_withheld="20",
        exemptions="6, 7(C)",
    )

    [release] = rows(office, Production)
    assert release.event_id == logged(office)[EventKind.RECORDS_PRODUCED].id
    assert (release.title, release.pages_released) == ("Records of August 3, 2010", 180)
    assert release.exemptions == ["6", "7(C)"]


def test_a_call_keeps_whom_number_and_the_day_they_gave(office: Office, sam: TestClient) -> None:
    send(
        sam,
        office,
        "call",
        happened_on="yesterday",
        with_whom="A clerk of the FOIA office",
        phone="202-555-0142",
        says="It is in search.",
        agency_says_due="Oct 30 2010",
    )

    page = text_of(sam.get(address(office)).text)
    assert "A clerk of the FOIA office" in page
    assert "202-555-0142" in page
    assert "It is in search." in page


@pytest.mark.parametrize("how", ["routed", "referred", "consulted"])
def test_another_office_gets_a_track_of_its_own_linked_both_ways(
    office: Office, sam: TestClient, how: str
) -> None:
    with office.rows() as session:
        makes.make_agency(session, "fbi")

    answer = send(
        sam, office, "handed-on", happened_on="Mar 1 2010", how=how, agency_id="fbi",
        received_on="Mar 8 2010", number="FBI-1",
    )  # fmt: skip

    assert answer.status_code == 303
    [child] = [each for each in rows(office, Track) if each.parent_id == office.track.id]
    parent = text_of(sam.get(address(office)).text)
    there = text_of(sam.get(f"/requests/{office.request.id}/{child.id}").text)
    assert "Went on to FBI" in parent
    assert "Came from ICE" in there
    on_child = [each for each in rows(office, Event) if each.track_id == child.id]
    assert EventKind.RECEIVED in {each.kind for each in on_child}
    assert (EventKind.RECEIVED_BY_DESIGNATED in {each.kind for each in on_child}) == (
        how == "routed"
    )


def test_passing_on_to_itself_is_refused(office: Office, sam: TestClient) -> None:
    with office.rows() as session:
        assert session.get(Agency, "ice") is not None

    answer = send(
        sam, office, "handed-on", happened_on="Mar 1 2010", how="referred", agency_id="ice"
    )

    assert answer.status_code == 422
    assert "has it already" in answer.text
    assert logged(office) == {}


def test_a_late_appeal_wants_its_reason_and_is_marked(office: Office, sam: TestClient) -> None:
    send(sam, office, "decided", happened_on="Mar 1 2010", decides="request", outcome="denied")

    refused = send(sam, office, "appealed", happened_on="Oct 1 2010", grounds="The search.")
    assert refused.status_code == 422
    assert 'id="p-late_because"' in refused.text
    assert rows(office, Appeal) == []

    kept = send(sam, office, "appealed", happened_on="Oct 1 2010", late_because="It lay elsewhere.")
    assert kept.status_code == 303
    page = text_of(sam.get(address(office)).text)
    assert "Late" in page
    assert "It lay elsewhere." in page


def test_a_receipt_before_the_sending_is_told_beside_its_own_field(
    office: Office, sam: TestClient
) -> None:
    answer = send(sam, office, "got-it", happened_on="Feb 16 2010", received_on="Feb 1 2010")

    assert answer.status_code == 422
    assert 'id="p-received_on"' in answer.text
    assert "cannot have had it earlier" in answer.text
    assert logged(office) == {}


def test_our_answer_ends_what_we_owe(office: Office, sam: TestClient) -> None:
    send(sam, office, "asks", happened_on="Oct 4 2010", asks="information", answer_by="Nov 4 2010")
    assert office.deadline("answer_question").done_on is None

    send(
        sam, office, "answered", happened_on="Oct 8 2010", answers="information",
        reached_on="Oct 12 2010",
    )  # fmt: skip

    assert office.deadline("answer_question").done_on == date(2010, 10, 8)
    found = logged(office)
    assert found[EventKind.INFORMATION_REPLY_RECEIVED].happened_on == date(2010, 10, 12)
    assert found[EventKind.INFORMATION_REPLY_RECEIVED].certainty is Certainty.EXACT


def test_who_only_reads_logs_nothing(office: Office) -> None:
    with office.rows() as session:
        guest = makes.make_person(session, "Gil Ortega", Role.GUEST)
        matter = session.get_one(type(office.matter), office.matter.id)
        makes.make_membership(session, guest, matter)
    gil = office.client(guest)

    assert gil.get(address(office, "/log")).status_code == 403
    assert send(gil, office, "call", happened_on="yesterday").status_code == 403


def test_a_stranger_learns_nothing(office: Office, eve: TestClient) -> None:
    real = eve.get(address(office, "/log/got-it"))
    made_up = eve.get("/requests/R-0000000000/T-0000000000/log/got-it")

    assert real.status_code == made_up.status_code == 404
    assert real.content == made_up.content
    assert len(OTHERS) == len({each.slug for each in OTHERS})
