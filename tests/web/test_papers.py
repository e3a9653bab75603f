"""Declarations, documents and letters: shown as they are, opened safely."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Blob, Document, Letter, Requester
from tests import makes
from tests.web.conftest import Office, text_of


def test_a_paragraph_without_a_number_is_shown_without_one(office: Office, ada: TestClient) -> None:
    page = text_of(ada.get(f"/declarations/{office.declaration.id}").text)

    assert "1. I work for the Night Schools Network." in page
    assert "No number However, nobody answered." in page


def test_a_declaration_we_only_know_of_says_so(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        from_elsewhere, version = makes.make_declaration(session, office.matter, says=())
        version.known_on = date(2011, 1, 1)
        session.add(version)

    page = ada.get(f"/declarations/{from_elsewhere.id}").text

    assert "hold no text of it" in page
    assert "Make the PDF" not in page


def test_the_pdf_is_made_once_kept_and_listed(
    office: Office, ada: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ada.post(f"/declarations/{office.declaration.id}/pdf")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("an unchanged paper was rendered a second time")

    monkeypatch.setattr("casemgr.usecases.letters.render", never)
    again = ada.post(f"/declarations/{office.declaration.id}/pdf")

    assert made.status_code == 303
    assert made.headers["location"] == again.headers["location"]
    pdf = ada.get(made.headers["location"])
    assert pdf.content.startswith(b"%PDF-")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"].startswith("inline")
    assert pdf.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in pdf.headers["content-security-policy"]
    assert made.headers["location"] in ada.get("/documents").text
    page = ada.get(f"/declarations/{office.declaration.id}").text
    assert made.headers["location"] in page
    assert made.headers["location"].replace(".pdf", ".docx") in page
    with office.rows() as session:
        assert len(session.exec(select(Letter)).all()) == 1


def test_a_stranger_opens_no_letter(office: Office, ada: TestClient, eve: TestClient) -> None:
    letter = ada.post(f"/declarations/{office.declaration.id}/pdf").headers["location"]

    assert eve.get(letter).status_code == 404
    assert eve.post(f"/declarations/{office.declaration.id}/pdf").status_code == 404


def test_a_document_says_what_does_not_fit(office: Office, ada: TestClient) -> None:
    page = text_of(ada.get(f"/documents/{office.document.id}").text)

    assert "In our words Says no." in page
    assert "Does not fit (2). Two dates for one letter." in page
    assert "We know of it and do not hold the file." in page


def test_a_file_somebody_gave_us_is_saved_and_never_run(office: Office, ada: TestClient) -> None:
    page = b"<script>alert(1)</script>"
    sha256 = office.desk.store.keep(page)
    with office.rows() as session:
        session.add(Blob(sha256=sha256, size=len(page), media_type="text/html"))
        row = session.exec(select(Document)).one()
        row.sha256, row.file_name = sha256, 'réply "one".html'
        session.add(row)

    answer = ada.get(f"/documents/{office.document.id}/file")

    assert answer.content == page
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''r%C3%A9")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_document_without_a_file_has_none_to_open(office: Office, ada: TestClient) -> None:
    assert ada.get(f"/documents/{office.document.id}/file").status_code == 404


@pytest.mark.parametrize("paper", ["report", "letter", "proof"])
def test_the_other_papers_are_made_from_their_pages(
    office: Office, ada: TestClient, paper: str
) -> None:
    with office.rows() as session:
        asker = makes.make_organisation(session)
        session.add(Requester(request_id=office.request.id, organisation_id=asker.id))
    where = {
        "report": f"/matters/{office.matter.id}/report",
        "letter": f"/tracks/{office.track.id}/letter",
        "proof": f"/deadlines/{office.deadline('opposition').id}/proof",
    }[paper]

    made = ada.post(where)

    assert made.status_code == 303
    assert ada.get(made.headers["location"]).content.startswith(b"%PDF-")
