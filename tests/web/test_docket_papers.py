"""Docket papers on pages: kept, seen beside the docket, taken in; and the dates compared."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Deadline, DocketEntry, Document, Lawsuit, OrderDate
from casemgr.domain.words import DeadlineKind
from casemgr.importing import work_off
from casemgr.usecases import docket_takings
from casemgr.web import docket_papers as docket_web
from tests.dockets.papers import ENTRIES, notice, sheet
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NUMBER = "1:10-cv-09001"  # the lawsuit every test office has
PAST = (
    ("10/12/2010", "7", "ORDER: Motions due by 11/14/2010. (Entered: 10/12/2010)"),
    ("10/28/2010", "12", "MOTION to Compel. Document filed by Rosa Alvarez."),
)


def rows(office: Office, table: type[Any]) -> list[Any]:
    with office.rows() as session:
        return list(session.exec(select(table)))


def upload(
    browser: TestClient, office: Office, data: bytes, name: str = "d.html", **more: str
) -> str:
    """Choose a paper, and return where that led."""
    sent = browser.post(
        f"/matters/{office.matter.id}/docket/import", files={"file": (name, data)}, data=more
    )
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def seen_in(page: str) -> str:
    return str(re.findall(r'name="seen" value="([0-9a-f]{64})"', page)[0])


def test_a_paper_is_seen_before_it_is_taken_in(office: Office, sam: TestClient) -> None:
    at = upload(sam, office, sheet(PAST, number=NUMBER))
    page = sam.get(at)

    assert "1 new, 0 on file already, 1 that read otherwise than ours" in text_of(page.text)
    assert len(rows(office, DocketEntry)) == 2

    done = sam.post(at, data={"seen": seen_in(page.text)})

    assert done.headers["location"] == f"/lawsuits/{office.lawsuit.id}"
    assert {each.number for each in rows(office, DocketEntry)} == {1, 7, 12}
    assert "0 new, 2 on file already" in text_of(sam.get(at).text)


def test_a_new_lawsuit_is_told_and_recorded(office: Office, ada: TestClient) -> None:
    at = upload(ada, office, sheet(ENTRIES[:1], number="1:10-cv-00077"))
    page = ada.get(at).text

    assert "It is recorded as a new lawsuit of this matter" in text_of(page)
    assert "Serve the summons and complaint" in page
    assert len(rows(office, Lawsuit)) == 1
    ada.post(at, data={"seen": seen_in(page)})
    assert len(rows(office, Lawsuit)) == 2


def test_what_cannot_be_read_is_kept_and_told(office: Office, sam: TestClient) -> None:
    at = upload(sam, office, sheet(entries=()))
    page = sam.get(at)

    assert page.status_code == 422
    assert "This page is cut short" in page.text
    assert any(each.kind == "docket paper" for each in rows(office, Document))


def test_a_docket_that_changed_meanwhile_is_looked_at_again(
    office: Office, sam: TestClient
) -> None:
    at = upload(sam, office, sheet(PAST, number=NUMBER))
    seen = seen_in(sam.get(at).text)
    other = upload(sam, office, sheet(PAST[:1], number=NUMBER))
    sam.post(other, data={"seen": seen_in(sam.get(other).text)})

    late = sam.post(at, data={"seen": seen})

    assert late.status_code == 409
    assert "There is a problem" in late.text


def test_a_notice_of_somebody_who_is_no_court_is_doubted(office: Office, sam: TestClient) -> None:
    at = upload(sam, office, notice(sender="friend@example.org"), "n.eml", court_id="nysd")
    assert "not from a court&#39;s address" in sam.get(at).text


def test_no_file_is_asked_for_again(office: Office, sam: TestClient) -> None:
    page = sam.post(f"/matters/{office.matter.id}/docket/import", data={"court_id": "nysd"})
    assert page.status_code == 422
    assert "Choose the docket paper." in page.text
    assert 'value="nysd"' in page.text


def test_a_day_the_court_fixed_is_recorded_from_the_comparison(
    office: Office, sam: TestClient
) -> None:
    at = upload(sam, office, sheet(PAST, number=NUMBER))
    sam.post(at, data={"seen": seen_in(sam.get(at).text)})
    address = f"/lawsuits/{office.lawsuit.id}/dates"
    page = sam.get(address).text
    entry = next(each for each in rows(office, DocketEntry) if each.number == 7)

    assert "Only on the docket" in page
    done = sam.post(
        address,
        data={"title": "Motions", "whose": "ours", "fixed_for": "2010-11-14",
              "docket_entry_id": entry.id, "words": "Motions due by 11/14/2010"},
    )  # fmt: skip

    assert done.status_code == 303
    assert any(each.title == "Motions" for each in rows(office, OrderDate))
    assert "The court fixed it, and it is on file as such." in text_of(sam.get(address).text)


def test_a_conference_is_recorded_at_its_hour_in_the_zone_of_the_court(
    office: Office, sam: TestClient
) -> None:
    said = "ORDER. Status Conference set for 12/9/2010 at 10:00 AM before Judge Ruth B. Hale."
    at = upload(sam, office, sheet((("10/12/2010", "7", said),), number=NUMBER))
    sam.post(at, data={"seen": seen_in(sam.get(at).text)})
    address = f"/lawsuits/{office.lawsuit.id}/dates"
    assert "/dates/hearing" in sam.get(address).text

    done = sam.post(
        f"{address}/hearing", data={"title": "Status Conference", "on": "2010-12-09", "at": "10:00"}
    )

    assert done.status_code == 303
    assert "The day and hour are on file." in text_of(sam.get(address).text)
    bad = sam.post(f"{address}/hearing", data={"title": "Status Conference", "on": "2010-12-09"})
    assert bad.status_code == 422


def forms_in(page: str) -> list[tuple[str, dict[str, str]]]:
    """Return each form that records a day: where it goes, and what stands in it."""
    form = r'<form method="post" action="([^"]*/dates[^"]*)"[^>]*>(.*?)</form>'
    return [
        (where, {"whose": "ours", **dict(re.findall(r'name="(\w+)" value="([^"]*)"', inside))})
        for where, inside in re.findall(form, page, re.DOTALL)
    ]


def test_what_returns_and_what_a_hearing_sets_is_recorded_from_the_words(
    office: Office, sam: TestClient
) -> None:
    said = (
        "ORDER: The parties shall file a joint status report by December 1, 2010, and every 60 "
        "days thereafter. Plaintiffs shall file a reply no later than seven days before the "
        "hearing."
    )
    at = upload(sam, office, sheet((("10/12/2010", "7", said),), number=NUMBER))
    sam.post(at, data={"seen": seen_in(sam.get(at).text)})
    address = f"/lawsuits/{office.lawsuit.id}/dates"
    page = sam.get(address).text
    assert "and every 60 days after it" in page
    assert "seven days before the hearing" in text_of(page).lower()

    for where, fields in forms_in(page):
        assert sam.post(where, data=fields).status_code == 303

    page = text_of(sam.get(address).text)
    assert "The court fixed it, and it is on file as such." in page
    days = {each.due for each in rows(office, Deadline) if each.kind is DeadlineKind.ORDER}
    assert {date(2010, 11, 2), date(2010, 12, 1), date(2011, 1, 31), date(2011, 3, 31)} <= days
    assert forms_in(sam.get(address).text) == []


def test_a_stranger_sees_none_of_it(office: Office, sam: TestClient) -> None:
    at = upload(sam, office, sheet(PAST, number=NUMBER))
    eve = office.client(office.cast.eve)
    places = [
        at,
        f"/matters/{office.matter.id}/docket/import",
        f"/lawsuits/{office.lawsuit.id}/dates",
    ]
    for each in places:
        assert eve.get(each).status_code == 404
    assert eve.post(at, data={}).status_code == 404


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every paper be a large one."""
    monkeypatch.setattr(docket_takings, "LARGE", 1)


@pytest.mark.usefixtures("large")
def test_a_large_paper_is_taken_in_while_its_page_tells_how_far_it_is(
    office: Office, sam: TestClient
) -> None:
    at = upload(sam, office, sheet(PAST, number=NUMBER))
    sent = {"seen": seen_in(sam.get(at).text)}
    begun = sam.post(at, data=sent).headers["location"]

    waits = sam.get(begun)
    assert waits.headers["Refresh"] == "2"
    assert "Still working. Nothing is lost if you leave this page" in text_of(waits.text)
    assert sam.post(at, data=sent).headers["location"] == begun  # twice is once
    assert len(rows(office, DocketEntry)) == 2

    assert work_off(office.desk) == 1

    page = sam.get(begun)
    assert "Refresh" not in page.headers
    assert "2 entries in the paper" in text_of(page.text)
    assert "1 entry was added, 1 kept beside ours" in text_of(page.text)
    assert {each.number for each in rows(office, DocketEntry)} == {1, 7, 12}
    assert office.client(office.cast.eve).get(begun).status_code == 404
    assert work_off(office.desk) == 0


@pytest.mark.usefixtures("large")
def test_a_large_paper_that_cannot_be_taken_in_says_why_and_writes_nothing(
    office: Office, sam: TestClient
) -> None:
    at = upload(sam, office, sheet(PAST, number=NUMBER))
    begun = sam.post(at, data={"seen": "0" * 64}).headers["location"]

    work_off(office.desk)

    page = text_of(sam.get(begun).text)
    assert "It was not taken in" in page
    assert "The docket has changed since you looked" in page
    assert len(rows(office, DocketEntry)) == 2
    address = f"/api/v1/docket-takings/{begun.rsplit('/', 1)[1]}"
    assert sam.get(address).json()["state"] == "failed"


def test_of_a_long_paper_the_dates_are_counted_when_asked_for(
    office: Office, sam: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docket_web, "LONG", 0)
    at = upload(sam, office, sheet(ENTRIES[:1], number="1:10-cv-00077"))

    page = sam.get(at).text
    assert "See what it does to dates" in page
    assert 'id="dates"' not in page
    shown = sam.get(f"{at}?dates=show").text
    assert 'id="dates"' in shown
    assert "See what it does to dates" not in shown
