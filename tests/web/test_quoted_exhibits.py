"""What is quoted from an exhibit is compared with the exhibit, on the page where one writes."""

from __future__ import annotations

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Blob, DeclarationVersion, Exhibit
from casemgr.usecases.letters import PDF
from tests import makes
from tests.letters import small_pdfs as small
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LINES = ("The state will not sign the agree-", "ment at all.")  # as a printer parts them
SAYS = "BT /F1 12 Tf 72 700 Td ({}) Tj 0 -14 Td ({}) Tj ET".format(*LINES)
SCANNED = SAYS.replace("Td (The", "Td 3 Tr (The")
WRITTEN = (
    "The letter says “the state will not sign the agreement at all.” See Ex. Y.",
    "The letter says “the state will not keep the agreement at all.” See Ex. Y.",
    "The copy says “the state will not sign the agreement at all.” See Ex. Z.",
)


def attach(office: Office, label: str, content: str) -> str:
    """Attach a PDF with these words to the declaration, and return where its bytes are."""
    data = small.a_pdf(content)
    with office.rows() as session:
        sha256 = office.desk.store.keep(data)
        session.add(Blob(sha256=sha256, size=len(data), media_type=PDF))
        session.flush()
        document = makes.make_document(session, office.matter, title=label, sha256=sha256)
        given = {"label": label, "title": f"Letter {label}", "document_id": document.id}
        session.add(Exhibit(declaration_id=office.declaration.id, **given))
    return sha256


def test_a_wrong_quotation_is_found_and_a_right_one_is_not(office: Office, sam: TestClient) -> None:
    letter = attach(office, "Y", SAYS)
    attach(office, "Z", SCANNED)
    attach(office, "X", "")
    with office.rows() as session:
        version = session.exec(
            select(DeclarationVersion).where(
                DeclarationVersion.declaration_id == office.declaration.id
            )
        ).one()
        for place, says in enumerate(WRITTEN, 50):
            makes.make_paragraph(session, version, place, says)
    at = f"/declarations/{office.declaration.id}"

    sam.get(f"{at}/write")  # two files are read before the text is shown, the third with the next
    told = text_of(sam.get(f"{at}/write").text)
    assert told.count("Problem Exhibit Y does not say") == 1
    assert "Exhibit Y does not say “the state will not keep" in told
    assert "it says “state will not sign the agree- ment at all.”" in told
    assert "comes from a scanner, and nobody compared it." in told
    office.desk.store.path(letter).unlink()  # what was read is not read again
    checks = text_of(sam.get(f"{at}/checks").text)
    assert checks.count("quote-differs-from-exhibit") == 1
    assert "except with Exhibit X: no words could be read there" in checks
    assert 'href="/help/checks#quote-differs-from-exhibit"' in sam.get(f"{at}/checks").text
    assert 'id="quote-differs-from-exhibit"' in sam.get("/help/checks").text

    eve = office.client(office.cast.eve)
    assert eve.get(f"{at}/checks").status_code == eve.get(f"{at}/write").status_code == 404
