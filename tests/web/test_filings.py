"""Filing a declaration on its page: what was found is told, cleared by name, and packed."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Blob, Exhibit, FilingCheck
from casemgr.usecases.letters import PDF
from tests import makes
from tests.letters import small_pdfs as small
from tests.web.conftest import Office, text_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def mira(office: Office) -> TestClient:
    """Return the browser of Mira, an attorney on the matter."""
    return office.client(office.cast.mira)


def attach(office: Office) -> None:
    data = small.DIRTY["a comment"][0]
    with office.rows() as session:
        sha256 = office.desk.store.keep(data)
        session.add(Blob(sha256=sha256, size=len(data), media_type=PDF))
        session.flush()
        document = makes.make_document(session, office.matter, title="The letter", sha256=sha256)
        session.add(
            Exhibit(
                declaration_id=office.declaration.id,
                document_id=document.id,
                label="Z",
                title="The letter",
            )
        )


@on_sqlite
def test_a_filing_is_looked_through_cleared_and_saved(
    office: Office, sam: TestClient, mira: TestClient
) -> None:
    attach(office)
    where = f"/declarations/{office.declaration.id}/filing"
    first = sam.get(where)
    assert first.status_code == 200
    assert "Exhibit Z was not looked through yet." in text_of(first.text)
    held = sam.post(f"{where}/package", data={})
    assert held.status_code == 422
    assert sam.post(f"{where}/check", data={}).status_code == 303
    told = text_of(sam.get(where).text)
    assert "1 comment or drawings laid over it" in told
    assert "An attorney on the matter clears it." in told

    page = mira.get(where).text
    found = re.search(rf'{where}/(FK-\w+)/clear"', page)
    assert found is not None
    clear = f"{where}/{found[1]}/clear"
    short = mira.post(clear, data={"because": "fine", "version": "1"})
    assert short.status_code == 422
    assert 'aria-invalid="true"' in short.text
    done = mira.post(clear, data={"because": "The agency wrote it itself.", "version": "1"})
    assert done.status_code == 303
    assert "Cleared" in text_of(sam.get(where).text)
    saved = sam.post(f"{where}/package", data={"served": "Jo Lee", "draft": "true"})
    assert saved.status_code == 422
    assert "Line 1" in text_of(saved.text)
    early = sam.post(f"{where}/package", data={})
    assert early.status_code == 422
    assert "is not signed off" in text_of(early.text)
    saved = sam.post(f"{where}/package", data={"draft": "true"})
    assert saved.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(saved.content)) as pack:
        assert any(name.startswith("1 Ex. Z – The letter") for name in pack.namelist())
    assert office.history()[-1] == "declaration.packaged"
    with office.rows() as session:
        assert len(session.exec(select(FilingCheck)).all()) == 2


@on_sqlite
def test_a_stranger_learns_nothing_of_a_filing(office: Office) -> None:
    eve = office.client(office.cast.eve)
    where = f"/declarations/{office.declaration.id}/filing"
    assert eve.get(where).status_code == 404
    assert eve.post(f"{where}/check", data={}).status_code == 404
    assert eve.post(f"{where}/package", data={}).status_code == 404
    assert eve.post(f"{where}/FK-7F3KQ2X8MP/clear", data={"because": "x" * 20}).status_code == 404
