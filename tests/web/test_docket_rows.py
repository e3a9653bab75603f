"""The docket: each exhibit under its paper, orders without numbers, and links that last."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from casemgr.domain.words import EntryKind, Side
from tests import makes
from tests.web.conftest import Office, text_of

# What SQL asks is tried on both kinds of database once; the rest is the same code.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

DAY = date(2010, 10, 28)


def row_of(page: str, words: str) -> str:
    return text_of(page[page.rindex("<tr", 0, page.index(words)) :].partition("</tr>")[0])


def enter(office: Office, says: str, **more: Any) -> str:
    with office.rows() as session:
        lawsuit = session.merge(office.lawsuit)
        given: dict[str, Any] = {"kind": EntryKind.LETTER, "filed_on": DAY, "says": says, **more}
        return makes.make_docket_entry(session, lawsuit, **given).id


def test_each_exhibit_stands_by_its_title_under_its_paper(office: Office, ada: TestClient) -> None:
    enter(office, "LETTER. (Attachments: # 1 Exhibit A, # 2 Exhibit B)", number=41)
    with office.rows() as session:
        document = makes.make_document(session, session.merge(office.matter), title="Minutes")
    enter(office, "Exhibit A: minutes", number=41, part=1, document_id=document.id)

    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text

    row = row_of(page, "LETTER. (Attachments")
    assert "1. Exhibit A: minutes" in row
    assert "2. Exhibit B Not on file" in row
    assert f'<a href="/documents/{document.id}">Exhibit A: minutes</a>' in page


@on_sqlite
def test_an_attachment_whose_paper_is_not_here_stands_alone(
    office: Office, ada: TestClient
) -> None:
    enter(office, "Declaration of a records officer", number=29, part=1)

    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text

    assert "29-1: the link to this entry" in row_of(page, "Declaration of a records officer")


@on_sqlite
def test_a_minute_order_has_no_number_and_still_a_link(office: Office, ada: TestClient) -> None:
    entry = enter(office, "Conference held.", number=None, kind=EntryKind.MINUTE)

    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text
    link = ada.get(f"/docket-entries/{entry}")

    assert "No number: the link to this entry" in row_of(page, "Conference held.")
    assert link.headers["location"] == f"/lawsuits/{office.lawsuit.id}?entry={entry}#{entry}"
    assert f'id="{entry}"' in page


@on_sqlite
def test_a_paper_of_nobody_told_is_not_said_to_be_the_court_s(
    office: Office, ada: TestClient
) -> None:
    enter(office, "Letter about the index.", filed_by=Side.COURT)
    enter(office, "Order on the index.", kind=EntryKind.ORDER, filed_by=Side.COURT)

    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text

    assert "of the court" not in row_of(page, "Letter about the index.")
    assert "of the court" in row_of(page, "Order on the index.")


@on_sqlite
def test_an_exhibit_is_recorded_with_its_document(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        document = makes.make_document(session, session.merge(office.matter), title="Minutes")
    given = {
        "number": "12",
        "part": "3",
        "kind": "declaration",
        "filed_by": "ours",
        "filed_on": "10/28/2010",
        "says": "Exhibit C",
        "document_id": document.id,
    }

    answer = ada.post(f"/lawsuits/{office.lawsuit.id}/docket", data=given)

    assert answer.status_code == 303
    page = ada.get(f"/lawsuits/{office.lawsuit.id}").text
    assert f'href="/documents/{document.id}"' in page
    assert "Exhibit C" in page
