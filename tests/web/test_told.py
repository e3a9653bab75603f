"""What leaves a record: every refusal and every paper opened, once, and nothing else."""

from __future__ import annotations

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from casemgr.db.tables import Blob, Document, HistoryEntry, Letter
from casemgr.domain.words import Role
from casemgr.keeping import check_office
from tests import makes
from tests.web.conftest import Office

MINE = {"sec-fetch-site": "same-origin"}


def told(office: Office) -> list[HistoryEntry]:
    with office.rows() as session:
        return list(session.exec(select(HistoryEntry).order_by(col(HistoryEntry.seq))))


@pytest.fixture
def paper(office: Office) -> Document:
    """Give the office a document whose file it holds."""
    sha256 = office.desk.store.keep(b"%PDF-1.7 a letter")
    with office.rows() as session:
        session.add(Blob(sha256=sha256, size=17, media_type="application/pdf"))
        session.flush()
        return makes.make_document(session, office.matter, sha256=sha256, file_name="a.pdf")


@pytest.fixture
def letter(office: Office, paper: Document) -> Letter:
    """Give the office a letter it made."""
    with office.rows() as session:
        return makes.make_letter(session, office.matter, sha256=str(paper.sha256))


@pytest.mark.parametrize("address", ["/documents/{}/file", "/api/v1/documents/{}/file"])
def test_who_opened_a_document_is_told_once(
    office: Office, sam: TestClient, paper: Document, address: str
) -> None:
    before = len(told(office))

    assert sam.get(address.format(paper.id)).status_code == 200

    (entry,) = told(office)[before:]
    assert (entry.what, entry.person_name) == ("document.opened", "Sam Okonjo")
    assert (entry.subject_id, entry.matter_id) == (paper.id, office.matter.id)


@pytest.mark.parametrize("address", ["/letters/{}.pdf", "/api/v1/letters/{}/file"])
def test_who_opened_a_letter_is_told_once(
    office: Office, sam: TestClient, letter: Letter, address: str
) -> None:
    before = len(told(office))

    assert sam.get(address.format(letter.id)).status_code == 200

    (entry,) = told(office)[before:]
    assert (entry.what, entry.subject_id) == ("letter.opened", letter.id)


def test_what_could_not_be_opened_is_told_as_refused_and_not_as_opened(
    office: Office, sam: TestClient, paper: Document
) -> None:
    assert paper.sha256 is not None
    office.desk.store.path(paper.sha256).unlink()
    before = len(told(office))

    assert sam.get(f"/documents/{paper.id}/file").status_code == 404

    assert [entry.what for entry in told(office)[before:]] == ["denied"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/matters/{matter}"),
        ("GET", "/api/v1/matters/{matter}"),
        ("GET", "/documents/{document}/file"),
        ("GET", "/matters/M-NEVERWAS00"),
        ("POST", "/api/v1/events"),
    ],
)
def test_a_stranger_who_is_refused_leaves_one_record_that_tells_nothing_of_the_matter(
    office: Office, eve: TestClient, paper: Document, method: str, path: str
) -> None:
    before = len(told(office))
    address = path.format(matter=office.matter.id, document=paper.id)
    said = {"track_id": office.track.id, "kind": "call", "happened_on": "2010-10-28"}

    answer = eve.request(method, address, json=said if method == "POST" else None)

    assert answer.status_code == 404
    (entry,) = told(office)[before:]
    assert (entry.what, entry.person_name) == ("denied", "Eve Lindqvist")
    assert entry.facts["title"] == f"{method} {address}"
    assert (entry.matter_id, entry.subject_id) == (None, "")
    assert office.matter.title not in str(entry.facts)


def test_somebody_without_the_right_leaves_a_record_and_changes_nothing(
    office: Office, sam: TestClient
) -> None:
    deadline = office.deadline("opposition")
    before = len(told(office))

    answer = sam.post(f"/deadlines/{deadline.id}/confirm", headers=MINE)

    assert answer.status_code == 403
    (entry,) = told(office)[before:]
    assert entry.what == "denied"
    assert "cannot confirm a date" in entry.facts["why"]


def test_a_record_stays_one_line_whatever_is_typed(office: Office, eve: TestClient) -> None:
    before = len(told(office))

    eve.get("/matters/x%0d%0aMira%20Castellan%20signed%20in%1b[2J")

    (entry,) = told(office)[before:]
    assert all(sign.isprintable() for sign in entry.facts["title"])


def test_looking_at_pages_and_not_being_signed_in_leave_no_record(
    office: Office, ada: TestClient
) -> None:
    before = len(told(office))

    assert ada.get(f"/matters/{office.matter.id}").status_code == 200
    assert ada.get("/due").status_code == 200
    assert office.client().get(f"/matters/{office.matter.id}").status_code == 303
    assert office.client().get("/api/v1/matters").status_code == 401

    assert told(office)[before:] == []


def test_after_all_of_it_the_seal_holds(office: Office, eve: TestClient, sam: TestClient) -> None:
    with office.rows() as session:  # somebody must answer for its dates
        gus = makes.make_person(session, "Gus Adeyemi", Role.ATTORNEY)
        makes.make_membership(session, gus, office.matter, responsible=True)
    for _ in range(5):
        eve.get(f"/matters/{office.matter.id}")
        sam.get("/matters/M-NEVERWAS00")

    found, _ = check_office(office.desk)

    assert [each for each in found if each.wrong] == []
