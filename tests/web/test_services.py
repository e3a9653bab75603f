"""The page of service: who must be served, who was, and the answer that follows."""

from __future__ import annotations

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Service
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

RETURN = (
    "AFFIDAVIT OF SERVICE. United States Attorney served on 10/4/2010, answer due 12/3/2010. "
    "Service was accepted by Jo Reyes, Clerk."
)


def services(office: Office) -> list[Service]:
    with office.rows() as session:
        return list(session.exec(select(Service)))


def test_before_anybody_is_served_the_page_says_whom_the_rule_asks_for(
    office: Office, sam: TestClient
) -> None:
    page = text_of(sam.get(f"/lawsuits/{office.lawsuit.id}/service").text)

    assert "3 of 3 not reached yet." in page
    assert "Attorney General of the United States Fed. R. Civ. P. 4(i)(1)(B)" in page
    assert "write 30 on the summons" in page


def test_a_return_on_the_docket_is_offered_and_starts_the_answer(
    office: Office, sam: TestClient
) -> None:
    entry = {"kind": "other", "filed_by": "ours", "filed_on": "10/6/2010", "says": RETURN}
    sam.post(f"/lawsuits/{office.lawsuit.id}/docket", data=entry)
    address = f"/lawsuits/{office.lawsuit.id}/service"
    assert "United States Attorney, served Monday, October 4, 2010" in text_of(
        sam.get(address).text
    )

    sent = {
        "served_on_whom": "United States Attorney",
        "us_attorney": "true",
        "delivered_on": "2010-10-04",
        "proof": "Accepted by Jo Reyes, Clerk.",
        "source": "the docket",
    }
    assert sam.post(address, data=sent).status_code == 303

    page = text_of(sam.get(address).text)
    assert "The answer is due Wednesday, November 3, 2010 by the Act." in page
    assert "They would end on December 3, 2010." in page
    assert "puts December 3, 2010 beside it: those are the 60 days of the printed form" in page
    assert "served Monday, October 4, 2010, " not in page
    assert "The court must allow a reasonable time to serve the others" in page


def test_a_service_is_corrected_by_whoever_saw_its_newest_version(
    office: Office, sam: TestClient
) -> None:
    address = f"/lawsuits/{office.lawsuit.id}/service"
    sam.post(address, data={"served_on_whom": "Attorney General", "attorney_general": "true"})
    [row] = services(office)
    one = f"{address}/{row.id}"
    assert 'value="Attorney General"' in sam.get(one).text

    clock = {"served_on_whom": "U.S. Attorney", "us_attorney": "true", "version": "1",
             "delivered_on": "10/7/2010"}  # fmt: skip
    seen = text_of(sam.post(f"{one}/what-if", data=clock).text)
    assert "Nothing is saved yet." in seen
    assert "Answer the complaint" in seen
    assert services(office)[0].delivered_on is None
    wrong = sam.post(one, data={"served_on_whom": "", "version": "1"})
    assert wrong.status_code == 422
    sent = {"served_on_whom": "Attorney General", "attorney_general": "true",
            "delivered_on": "10/7/2010", "version": "1"}  # fmt: skip
    assert sam.post(one, data=sent).status_code == 303
    assert sam.post(one, data={**sent, "method": "by hand"}).status_code == 409
    assert [str(each.delivered_on) for each in services(office)] == ["2010-10-07"]


def test_a_waiver_is_told_to_be_of_no_use_with_the_government(
    office: Office, sam: TestClient
) -> None:
    says = (
        "WAIVER OF SERVICE RETURNED EXECUTED. ICE waiver sent on 10/4/2010, answer due 12/3/2010."
    )
    entry = {"kind": "other", "filed_by": "ours", "filed_on": "10/6/2010", "says": says}
    sam.post(f"/lawsuits/{office.lawsuit.id}/docket", data=entry)

    page = text_of(sam.get(f"/lawsuits/{office.lawsuit.id}/service").text)

    assert "cannot waive service, Fed. R. Civ. P. 4(d)(1): serve them." in page


def test_a_period_that_waits_is_proposed_recorded_and_shown_as_waiting(
    office: Office, sam: TestClient
) -> None:
    says = "ORDER. Replies are due seven days after service of Defendants' oppositions."
    entry = {"kind": "order", "filed_by": "court", "filed_on": "10/20/2010", "says": says}
    sam.post(f"/lawsuits/{office.lawsuit.id}/docket", data=entry)
    address = f"/lawsuits/{office.lawsuit.id}/dates"
    assert "Seven days after their opposition is served" in text_of(sam.get(address).text)

    sent = {"title": "Replies", "whose": "ours", "length": "7", "unit": "days", "act": "service",
            "awaits": "opposition", "awaits_by": "theirs", "asks": "reply"}  # fmt: skip
    assert sam.post(f"{address}/waiting", data=sent).status_code == 303

    page = text_of(sam.get(address).text)
    assert "Waits for a paper" in page
    deadline = office.deadline(":waiting")
    shown = text_of(sam.get(f"/deadlines/{deadline.id}").text)
    assert "It fires when the opposition of theirs is served: seven days from then." in shown
