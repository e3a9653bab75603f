"""The page that proves a date; confirm it, check it, mark it done."""

from __future__ import annotations

from datetime import date

from starlette.testclient import TestClient

from casemgr.db.tables import Deadline
from casemgr.domain.words import EventKind
from casemgr.usecases import clock
from casemgr.usecases.deadlines import OverrideInput, override
from tests import makes
from tests.web.conftest import Office, text_of


def opposition(office: Office) -> Deadline:
    return office.deadline("opposition")


def test_the_proof_shows_steps_readings_rule_and_text(office: Office, ada: TestClient) -> None:
    page = text_of(ada.get(f"/deadlines/{opposition(office).id}").text)

    assert "Veterans Day" in page
    assert "Other ways to read it" in page
    assert "Rule lcr.nysd.6_1b.opposition, text in force since" in page
    assert "The day and manner of service of Dkt. 12 are not on file" in page


def test_a_rule_nobody_has_read_says_so(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        found = makes.make_deadline(session, office.matter, status="unverified")

    assert "Read it before relying on this date." in ada.get(f"/deadlines/{found.id}").text


def test_a_date_nobody_confirmed_says_too_that_its_day_is_past(
    office: Office, ada: TestClient
) -> None:
    doubted = {"certain": False, "earliest": date(2010, 10, 19), "latest": date(2010, 12, 1)}
    with office.rows() as session:
        found = makes.make_deadline(session, office.matter, date(2010, 10, 19), **doubted)

    page = text_of(ada.get(f"/deadlines/{found.id}").text)

    assert "Not confirmed. Perhaps late: 10 days" in page


def test_a_student_is_told_who_can_confirm(office: Office, sam: TestClient) -> None:
    found = opposition(office)

    page = sam.get(f"/deadlines/{found.id}").text
    answer = sam.post(f"/deadlines/{found.id}/confirm", data={"version": "1"})

    said = "A student cannot confirm a date. Staff and attorneys on the matter can."
    assert said in page
    assert answer.status_code == 403
    assert said in answer.text
    assert opposition(office).confirmed_at is None


def test_staff_confirm_and_somebody_else_checks(office: Office, ada: TestClient) -> None:
    found = opposition(office)

    confirmed = ada.post(f"/deadlines/{found.id}/confirm", data={"version": str(found.version)})
    again = ada.post(f"/deadlines/{found.id}/check")
    mira = office.client(office.cast.mira).post(f"/deadlines/{found.id}/check")

    assert confirmed.status_code == 303
    assert again.status_code == 403
    assert "somebody else must double-check it" in again.text
    assert mira.status_code == 303
    page = text_of(ada.get(f"/deadlines/{found.id}").text)
    assert "Confirmed Double-checked" in page
    assert "Mira Castellan double-checked" in page


def test_a_page_left_open_over_lunch_confirms_nothing(office: Office, ada: TestClient) -> None:
    found = opposition(office)
    done = {"done_on": "today", "how": "Filed.", "version": str(found.version)}
    ada.post(f"/deadlines/{found.id}/done", data=done)

    answer = ada.post(f"/deadlines/{found.id}/confirm", data={"version": str(found.version)})

    assert answer.status_code == 409
    assert "Somebody else changed this" in answer.text


def test_done_needs_the_day_and_how(office: Office, sam: TestClient) -> None:
    found = opposition(office)

    empty = sam.post(f"/deadlines/{found.id}/done", data={"done_on": "11/30/2010", "how": ""})
    done = sam.post(f"/deadlines/{found.id}/done", data={"done_on": "10/28/2010", "how": "ECF 14"})

    assert empty.status_code == 422
    assert 'value="11/30/2010"' in empty.text
    assert "Fill this in." in empty.text
    assert done.status_code == 303
    page = text_of(sam.get(f"/deadlines/{found.id}").text)
    assert "Done Thursday, October 28, 2010: ECF 14." in page


def test_a_date_that_was_replaced_stays_readable_and_leads_on(
    office: Office, ada: TestClient
) -> None:
    old = office.deadline(":determination")
    with office.rows() as session:
        makes.make_event(session, office.track, EventKind.RECEIVED, date(2010, 2, 16))
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        clock.project_track(work, office.track.id, because="the receipt was found")
    new = office.deadline(":determination")

    page = ada.get(f"/deadlines/{old.id}").text

    assert old.id != new.id
    assert "because: the receipt was found." in text_of(page)
    assert f"/deadlines/{new.id}" in page
    assert "All dates this had" in page


def test_a_date_that_is_replaced_later_is_not_replaced_today(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        found = makes.make_deadline(
            session,
            office.matter,
            superseded_on=date(2010, 11, 8),
            superseded_because="of what nobody knows yet",
        )

    page = ada.get(f"/deadlines/{found.id}").text

    assert "of what nobody knows yet" not in page
    assert "14 days left" in text_of(page)


def test_an_override_says_what_the_rule_would_now_give(office: Office, ada: TestClient) -> None:
    found = opposition(office)
    with office.desk.work(makes.actor_of(office.cast.mira)) as work:
        given = OverrideInput(
            due=date(2010, 12, 1), because="So ordered.", document_id=office.document.id
        )
        overridden = override(work, found.id, given)

    page = text_of(ada.get(f"/deadlines/{overridden.id}").text)

    assert "By rule it would now be Friday, November 12, 2010" in page
    assert "By rule" not in text_of(ada.get(f"/deadlines/{found.id}").text)


def another_date(office: Office, **changed: str) -> dict[str, str]:
    given = {"due": "Nov 19 2010", "because": "So stipulated.", "document_id": office.document.id}
    return {**given, "version": str(opposition(office).version), **changed}


def test_an_attorney_sets_another_date_on_a_paper(office: Office) -> None:
    mira, found = office.client(office.cast.mira), opposition(office)
    form = mira.get(f"/deadlines/{found.id}").text
    done = mira.post(f"/deadlines/{found.id}/override", data=another_date(office))

    assert f'<option value="{office.document.id}">' in form
    assert done.status_code == 303
    page = mira.get(done.headers["location"]).text
    assert "Due Friday, November 19, 2010" in text_of(page)
    assert "By rule it would now be Friday, November 12, 2010. The paper it rests on" in text_of(
        page
    )
    assert f'href="/documents/{office.document.id}"' in page
    assert "So stipulated." in page
    assert opposition(office).superseded_on is None
    assert office.history()[-1] == "deadline.overridden"


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(office: Office) -> None:
    mira, found = office.client(office.cast.mira), opposition(office)
    wrong = another_date(office, due="11/31/2010", document_id="")
    answer = mira.post(f"/deadlines/{found.id}/override", data=wrong)

    assert answer.status_code == 422
    assert 'value="11/31/2010"' in answer.text
    assert ">So stipulated.</textarea>" in answer.text
    assert 'id="p-due"' in answer.text
    assert 'id="p-document_id"' in answer.text
    assert opposition(office).id == found.id


def test_a_paper_of_another_matter_is_no_paper_to_rest_a_date_on(office: Office) -> None:
    with office.rows() as session:
        elsewhere = makes.make_document(session, makes.make_matter(session, office.cast.eve))
    wrong = another_date(office, document_id=elsewhere.id)
    mira, found = office.client(office.cast.mira), opposition(office)
    answer = mira.post(f"/deadlines/{found.id}/override", data=wrong)

    assert answer.status_code == 422
    assert "There is no such document on this matter." in answer.text
    assert opposition(office).id == found.id


def test_who_may_not_set_a_date_is_told_who_can(office: Office, ada: TestClient) -> None:
    found = opposition(office)
    page = ada.get(f"/deadlines/{found.id}").text
    for sent in (another_date(office), {}):
        answer = ada.post(f"/deadlines/{found.id}/override", data=sent)
        assert answer.status_code == 403
        assert "Attorneys on the matter can." in answer.text

    assert "Staff cannot override a date. Attorneys on the matter can." in page
    assert "/override" not in page
    assert opposition(office).id == found.id


def test_a_date_of_the_court_is_changed_by_the_court_alone(office: Office) -> None:
    mira, found = office.client(office.cast.mira), office.deadline(":order")
    page = mira.get(f"/deadlines/{found.id}").text
    answer = mira.post(f"/deadlines/{found.id}/override", data=another_date(office, version="1"))

    assert "only an order of the court changes it" in page
    assert "/override" not in page
    assert answer.status_code == 409


def test_without_a_paper_the_form_leads_to_the_documents(office: Office) -> None:
    with office.rows() as session:
        matter = makes.make_matter(session, office.cast.mira)
        found = makes.make_deadline(session, matter)
    page = office.client(office.cast.mira).get(f"/deadlines/{found.id}").text

    assert "A date is set against the rule on a paper only." in text_of(page)
    assert f'href="/matters/{matter.id}/documents"' in page
