"""The search log: noting what a paper says, and the empty cells on the page, as CSV and as JSON."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import HistoryEntry, SearchStatement
from tests.web.conftest import Office, text_of

# What SQL asks is tried on both kinds of database once; the rest is the same code.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SAID = {
    "said_in": "declaration",
    "custodian": "Office of the Director",
    "system": "E-mail",
    "terms": "opt out\n=voluntary",
    "place": "para. 12",
    "source": "Law declaration",
}


def log(office: Office) -> str:
    return f"/matters/{office.matter.id}/searches"


def noted(office: Office) -> list[SearchStatement]:
    with office.rows() as session:
        return list(session.exec(select(SearchStatement)))


@on_sqlite
def test_before_anything_is_noted_the_page_says_how_to_begin(
    office: Office, ada: TestClient
) -> None:
    page = text_of(ada.get(log(office)).text)

    assert "Begin with the request" in page
    assert "877 F. Supp. 2d 87" in page


def test_what_the_paper_leaves_out_is_shown_as_not_said(office: Office, ada: TestClient) -> None:
    assert ada.post(log(office), data=SAID).status_code == 303
    asked = {**SAID, "said_in": "order", "custodian": "Field offices", "source": "Order"}
    ada.post(log(office), data=asked)

    page = text_of(ada.get(log(office)).text)

    assert "2 places to search. 1 was asked for, and no paper says it was searched." in page
    assert "7 cells of which the agency says nothing." in page
    assert "Law declaration, para. 12" in page
    with office.rows() as session:
        tags = session.exec(select(HistoryEntry.what)).all()
    assert tags.count("search.noted") == 2


@on_sqlite
def test_the_csv_has_each_cell_with_its_source_and_no_formula(
    office: Office, ada: TestClient
) -> None:
    ada.post(log(office), data={**SAID, "custodian": "=HYPERLINK(1)"})

    answer = ada.get(f"{log(office)}.csv")

    (row,) = csv.DictReader(StringIO(answer.text))
    assert row["Custodian"] == "'=HYPERLINK(1)"
    assert row["Search terms, told"] == "opt out | =voluntary [Law declaration, para. 12]"
    assert (row["Who searched, told"], row["Who searched, asked for"]) == ("Not said", "")
    assert row["Empty cells"] == "3"


@on_sqlite
def test_programs_get_the_same_table(office: Office, ada: TestClient) -> None:
    ada.post(log(office), data=SAID)

    found = ada.get(f"/api/v1/matters/{office.matter.id}/search-log").json()

    (place,) = found["places"]
    assert place["cells"]["terms"]["told"][0]["paper"] == "Law declaration, para. 12"
    assert place["cells"]["who"] == {"asked": [], "told": [], "empty": True}


@on_sqlite
def test_a_statement_that_says_nothing_or_stands_nowhere_is_told(
    office: Office, ada: TestClient
) -> None:
    answer = ada.post(log(office), data={"said_in": "order"})

    page = text_of(answer.text)
    assert answer.status_code == 422
    assert "Nothing is said here." in page
    assert "Say which paper this stands in" in page
    assert noted(office) == []


@on_sqlite
def test_a_statement_is_corrected_on_its_own_page_and_not_over_another_correction(
    office: Office, ada: TestClient
) -> None:
    ada.post(log(office), data=SAID)
    (row,) = noted(office)
    address = f"/search-statements/{row.id}"
    page = ada.get(address).text
    assert "Law declaration, para. 12" in page

    first = ada.post(address, data={**SAID, "searched_by": "A clerk", "version": "1"})
    late = ada.post(address, data={**SAID, "searched_by": "Somebody", "version": "1"})

    assert (first.status_code, late.status_code) == (303, 409)
    assert [each.searched_by for each in noted(office)] == ["A clerk"]


@on_sqlite
def test_a_statement_that_was_taken_back_counts_no_more_and_stays_readable(
    office: Office, ada: TestClient
) -> None:
    ada.post(log(office), data=SAID)
    (row,) = noted(office)
    address = f"/search-statements/{row.id}"
    refused = ada.post(f"{address}/withdraw", data={"version": "1"})
    assert refused.status_code == 422

    because = "It speaks of another component."
    done = ada.post(f"{address}/withdraw", data={"version": "1", "because": because})

    assert done.status_code == 303, done.text
    page = text_of(ada.get(log(office)).text)
    assert "Taken back (1)" in page
    assert because in page
    found = ada.get(f"/api/v1/matters/{office.matter.id}/search-log").json()
    assert found["places"] == []
    alone = text_of(ada.get(address).text)
    assert "counts no more" in alone
    assert "Save the correction" not in alone
    again = ada.post(address, data={**SAID, "version": "2"})
    assert again.status_code == 409
    with office.rows() as session:
        assert "search.withdrawn" in session.exec(select(HistoryEntry.what)).all()


@on_sqlite
def test_programs_take_a_statement_back_too(office: Office, ada: TestClient) -> None:
    ada.post(log(office), data=SAID)
    (row,) = noted(office)
    address = f"/api/v1/search-statements/{row.id}"
    held = {"If-Match": ada.get(address).headers["ETag"]}

    done = ada.post(f"{address}/withdrawal", json={"because": "A slip."}, headers=held)

    assert (done.status_code, done.json()["withdrawn_because"]) == (200, "A slip.")
