"""Productions: releases by page number, what is missing, and the pace against what was ordered."""

from __future__ import annotations

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Production
from tests import makes
from tests.web.conftest import Office, text_of

# What SQL asks is tried on both kinds of database once; the rest is the same code.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FIRST = {
    "title": "First release",
    "produced_on": "8/3/2010",
    "bates_first": "ICE 000001",
    "bates_last": "ICE 000200",
    "source": "Disc",
}
THIRD = {**FIRST, "title": "Third", "bates_first": "ICE 000241", "bates_last": "ICE 000260"}
PACE = {
    "pages": "100",
    "every": "month",
    "counted": "processed",
    "since_on": "7/1/2010",
    "in_all": "1000",
    "fixed_by": "order",
    "source": "Order",
}


def address(office: Office) -> str:
    return f"/matters/{office.matter.id}/productions"


def kept(office: Office) -> list[Production]:
    with office.rows() as session:
        return list(session.exec(select(Production).order_by(Production.title)))


def refused(office: Office, ada: TestClient, **wrong: str) -> str:
    answer = ada.post(address(office), data={**THIRD, **wrong})
    assert answer.status_code == 422
    return text_of(answer.text)


@on_sqlite
def test_missing_page_numbers_are_named_with_the_releases_around_them(
    office: Office, ada: TestClient
) -> None:
    for given in (FIRST, THIRD):
        assert ada.post(address(office), data=given).status_code == 303

    page = text_of(ada.get(address(office)).text)

    assert "Missing: 40 pages ICE 000201 to ICE 000240 First release and Third" in page


@on_sqlite
def test_numbers_that_cannot_be_are_told_and_nothing_is_kept(
    office: Office, ada: TestClient
) -> None:
    assert "two different prefixes" in refused(office, ada, bates_last="FBI 000300")
    assert "comes before" in refused(office, ada, bates_last="ICE 000100")
    assert "is not a Bates number" in refused(office, ada, bates_first="none")
    assert kept(office) == []


@on_sqlite
def test_the_same_numbers_twice_are_told_unless_they_are_said_to_come_again(
    office: Office, ada: TestClient
) -> None:
    ada.post(address(office), data=FIRST)

    says = refused(office, ada, bates_first="ICE 000150")
    assert "ICE 000150 to ICE 000200 came with First release already." in says

    again = {**THIRD, "bates_first": "ICE 000150", "again": "true"}
    assert ada.post(address(office), data=again).status_code == 303
    page = text_of(ada.get(address(office)).text)
    assert "Its pages came before" in page
    assert "In two releases" not in page


@on_sqlite
def test_an_overlap_that_is_on_file_already_is_shown(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        matter = session.merge(office.matter)
        makes.make_production(session, matter, bates_first="ICE 1", bates_last="ICE 9")
        makes.make_production(
            session, matter, title="Second", bates_first="ICE 8", bates_last="ICE 12"
        )

    page = text_of(ada.get(address(office)).text)

    assert "In two releases ICE 8 to ICE 9 First release and Second" in page


def test_the_pace_is_told_in_words_in_a_picture_and_in_a_table(
    office: Office, ada: TestClient
) -> None:
    ada.post(address(office), data=FIRST)
    assert ada.post(f"/matters/{office.matter.id}/paces", data=PACE).status_code == 303

    html = ada.get(address(office)).text
    page = text_of(html)

    # Three months have passed by October 29: 300 pages owed, 200 came.
    assert "By Friday, October 1, 2010: 300 pages owed; by today 200 came, 100 behind." in page
    assert "The next is due Monday, November 1, 2010." in page
    assert "800 of 1,000 pages are still to come." in page
    assert "By 2010-10-01: 200 of 300 pages." in page
    assert '<path class="came" d="M64' in html
    ledger = ada.get(f"/api/v1/matters/{office.matter.id}/production-ledger").json()
    (pace,) = ledger["pace"]
    assert (pace["owed"], pace["came"], pace["behind"], pace["left"]) == (300, 200, 100, 800)


@on_sqlite
def test_a_release_without_a_day_is_not_counted_and_that_is_said(
    office: Office, ada: TestClient
) -> None:
    ada.post(address(office), data={**FIRST, "produced_on": ""})
    ada.post(f"/matters/{office.matter.id}/paces", data=PACE)

    page = text_of(ada.get(address(office)).text)

    assert "Not counted, for want of a day or of a number of pages: First release." in page


@on_sqlite
def test_a_release_and_a_pace_are_corrected_on_pages_of_their_own(
    office: Office, ada: TestClient
) -> None:
    ada.post(address(office), data=FIRST)
    (row,) = kept(office)
    changed = {**FIRST, "pages_released": "180", "version": "1"}
    first = ada.post(f"/productions/{row.id}", data=changed)
    late = ada.post(f"/productions/{row.id}", data=changed)
    ada.post(f"/matters/{office.matter.id}/paces", data=PACE)
    pace = ada.get("/api/v1/production-paces").json()["items"][0]
    shown = text_of(ada.get(f"/production-paces/{pace['id']}").text)

    assert (first.status_code, late.status_code) == (303, 409)
    assert [each.pages_released for each in kept(office)] == [180]
    assert "100 pages a month" in shown
    unfounded = {**PACE, "source": "", "version": "1"}
    answer = ada.post(f"/production-paces/{pace['id']}", data=unfounded)
    assert "Say which order or letter fixed it" in text_of(answer.text)
