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
