"""A lawsuit: the docket with the dates it made, and the form that records an entry."""

from __future__ import annotations

from datetime import date

from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import DocketEntry
from casemgr.domain.words import EntryKind
from tests import makes
from tests.web.conftest import Office, text_of

ORDER = {
    "number": "13",
    "kind": "order",
    "filed_by": "court",
    "filed_on": "10/29/2010",
    "says": "Granted in part.",
}


def entries(office: Office) -> list[DocketEntry]:
    with office.rows() as session:
        return list(session.exec(select(DocketEntry).where(DocketEntry.kind == EntryKind.ORDER)))


def test_beside_each_entry_stand_the_dates_it_made(office: Office, ada: TestClient) -> None:
    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text

    row = text_of(page[page.index("Motion to compel.") :].partition("</tr>")[0])
    assert "Fri, Nov 12" in row
    assert "Oppose the motion of October 28, 2010" in row
    assert "Not confirmed" in row


def test_a_hearing_is_shown_by_the_clock_on_the_courtrooms_wall(
    office: Office, ada: TestClient
) -> None:
    page = text_of(ada.get(f"/lawsuits/{office.lawsuit.id}").text)

    assert "Tuesday, November 9, 2010, 2:00 pm EST: Hearing on the motion, Courtroom 15C." in page


def test_a_date_the_court_fixed_stands_and_can_be_asked_why(
    office: Office, ada: TestClient
) -> None:
    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text

    fixed = text_of(page[page.index('id="orders"') :])
    assert "Monday, November 15, 2010: Produce the letters (theirs)." in fixed
    assert f"/deadlines/{office.deadline(office.order.id).id}" in page


def test_how_a_hearing_ended_is_not_told_before_it_was_held(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        makes.make_hearing(
            session,
            office.lawsuit,
            title="Argument",
            outcome="The motion was granted.",
            outcome_known_on=date(2010, 11, 9),
        )
        makes.make_order_date(
            session, office.lawsuit, title="Index", met_on=date(2010, 11, 2), met_by="By courier"
        )

    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text

    assert "The motion was granted." not in page
    assert "By courier" not in page


def test_an_entry_is_recorded_and_the_page_says_what_moved(office: Office, sam: TestClient) -> None:
    motion = {**ORDER, "kind": "motion", "filed_by": "theirs", "says": "Motion for a stay."}

    answer = sam.post(f"/lawsuits/{office.lawsuit.id}/docket", data=motion)

    assert answer.status_code == 303
    page = text_of(sam.get(answer.headers["location"]).text)
    assert "The dates this changed" in page
    assert "Oppose the motion of October 29, 2010 (Dkt. 13)" in page


def test_an_entry_without_its_words_is_not_recorded(office: Office, ada: TestClient) -> None:
    form = {**ORDER, "says": "", "number": "thirteen"}

    answer = ada.post(f"/lawsuits/{office.lawsuit.id}/docket", data=form)

    assert answer.status_code == 422
    assert "Type a whole number." in answer.text
    assert 'value="thirteen"' in answer.text
    assert '<option value="order" selected>' in answer.text
    assert entries(office) == []


def test_the_same_number_twice_is_answered_beside_the_field(
    office: Office, ada: TestClient
) -> None:
    answer = ada.post(f"/lawsuits/{office.lawsuit.id}/docket", data={**ORDER, "number": "12"})

    assert answer.status_code == 422
    assert 'id="p-number"' in answer.text
    assert entries(office) == []
