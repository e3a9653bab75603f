"""From the record to the court on pages: facts, checks, two versions, sign-off, ink, filing."""

from __future__ import annotations

import re

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from casemgr.db.tables import DeclarationVersion, DocketEntry, Document, Paragraph, Party
from tests.web.conftest import Office, text_of
from tests.web.test_declaration_editor import form_of, rows

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def at(office: Office) -> str:
    return f"/declarations/{office.declaration.id}"


@pytest.fixture
def mira(office: Office) -> TestClient:
    """Return the browser of Mira, an attorney on the matter."""
    return office.client(office.cast.mira)


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]


def shown(browser: TestClient, at: str) -> dict[str, str]:
    """Return the hidden fields of the page before a sign-off."""
    html = browser.get(f"{at}/sign-off").text
    names = ("version_id", "version", "fingerprint")
    return {name: hidden(html, name) for name in names if f'name="{name}"' in html}


def let_stand(mira: TestClient, at: str) -> None:
    while found := re.search(
        r'name="sha256" value="([0-9a-f]{64})">\s*<div', mira.get(f"{at}/checks").text
    ):
        given = {"sha256": found[1], "because": "Looked at it.", "do": "accept"}
        assert mira.post(f"{at}/checks", data=given).status_code == 303


def test_facts_are_ticked_and_become_paragraphs_with_their_sources(
    office: Office, sam: TestClient, at: str
) -> None:
    form = form_of(sam.get(f"{at}/write").text)
    last = rows(office)[-1].id
    asked = sam.post(f"{at}/write", data={**form, "do": f"insert:{last}"})
    page = sam.get(asked.headers["location"])
    assert "On February 3, 2010, the request was sent to The ICE." in text_of(page.text)

    sam.post(f"{at}/insert", data={"after": last, f"fact-event:{office.sent.id}": "on"})

    assert rows(office)[-1].says == "On February 3, 2010, the request was sent to The ICE."
    page_text = text_of(sam.get(f"{at}/write").text)
    assert "From the record: sent, February 3, 2010" in page_text
    one = rows(office)[0]
    where = f"{at}/paragraphs/{one.id}/sources"
    assert "Sources of paragraph 1" in text_of(sam.get(where).text)
    sam.post(where, data={f"fact-document:{office.document.id}": "on"})
    assert rows(office)[0].sources[0]["id"] == office.document.id


def test_checks_stand_beside_their_paragraph_and_a_reason_lets_a_note_stand(
    office: Office, sam: TestClient, mira: TestClient, at: str
) -> None:
    one = rows(office)[0]
    form = form_of(sam.get(f"{at}/write").text)
    sam.post(f"{at}/write", data={**form, f"says-{one.id}": "See {Ex:lost}.", "do": "save:"})
    page = text_of(sam.get(f"{at}/checks").text)
    assert "Problem" in page
    assert "{Ex:lost} points to nothing" in page
    assert "an attorney says so here" in page

    let_stand(mira, at)

    page = mira.get(f"{at}/checks").text
    assert "0 problems, 0 notes without a reason" in text_of(page)
    assert "It stands, because: Looked at it." in text_of(page)
    mira.post(f"{at}/checks", data={"do": "back", "note_id": hidden(page, "note_id")})
    assert "0 problems, 0 notes" not in text_of(mira.get(f"{at}/checks").text)


def test_two_versions_show_what_was_added_and_removed_with_signs_and_not_colour_alone(
    office: Office, sam: TestClient, at: str
) -> None:
    sam.post(f"{at}/versions", data={})
    first = rows_of_newest(office)[0]
    form = form_of(sam.get(f"{at}/write").text)
    changed = {f"says-{first.id}": "I teach for the Night Schools Network.", "do": "save:"}
    sam.post(f"{at}/write", data={**form, **changed})

    page = sam.get(f"{at}/compare").text

    assert "<del>–work –</del><ins>+teach +</ins>" in page
    assert "1 paragraph differs." in text_of(page)
    assert sam.get(f"{at}/compare?before=DV-0000000000").status_code == 422


def rows_of_newest(office: Office) -> list[Paragraph]:
    with office.rows() as session:
        asked = (
            select(Paragraph)
            .join(DeclarationVersion)
            .where(DeclarationVersion.number == 2)
            .order_by(col(Paragraph.position))
        )
        return list(session.exec(asked))


def test_a_sign_off_then_ink_then_the_docket(
    office: Office, sam: TestClient, mira: TestClient, at: str
) -> None:
    page = text_of(mira.get(f"{at}/sign-off").text)
    assert "It cannot be signed off yet" in page
    refused = mira.post(f"{at}/sign-off", data=shown(mira, at))
    assert refused.status_code == 422
    let_stand(mira, at)
    assert sam.post(f"{at}/sign-off", data=shown(mira, at)).status_code == 403
    late = {**shown(mira, at), "fingerprint": "0" * 64}
    assert "not what you read" in mira.post(f"{at}/sign-off", data=late).text

    signed = mira.post(f"{at}/sign-off", data=shown(mira, at))
    assert signed.status_code == 303, text_of(signed.text)
    page = text_of(sam.get(f"{at}/sign-off").text)
    assert "Signed off. Version 1 is what was signed off, to the byte." in page
    sam.post(f"{at}/read", data={**shown(sam, at), "read_on": "yesterday"})
    assert "The witness read version 1 on Thursday, October 28, 2010." in text_of(
        sam.get(f"{at}/sign-off").text
    )
    wrong = sam.post(
        f"{at}/signed",
        data={**shown(sam, at), "executed_on": "tomorrow"},
        files={"file": ("signed.pdf", PDF, "application/pdf")},
    )
    assert wrong.status_code == 422
    with office.rows() as session:
        assert session.exec(select(Document).where(Document.file_name == "signed.pdf")).all() == []
    kept = sam.post(
        f"{at}/signed",
        data={**shown(sam, at), "executed_on": "today", "executed_at": "New York"},
        files={"file": ("signed.pdf", PDF, "application/pdf")},
    )
    assert kept.status_code == 303, text_of(kept.text)
    filed = sam.post(f"{at}/filed", data={**shown(sam, at), "filed_on": "today", "number": "30"})
    assert filed.status_code == 303, text_of(filed.text)
    assert "It is on the docket" in text_of(sam.get(f"{at}/sign-off").text)
    with office.rows() as session:
        entry = session.exec(select(DocketEntry).where(col(DocketEntry.number) == 30)).one()
        assert session.get_one(Document, entry.document_id or "").file_name == "signed.pdf"


def test_a_changed_fact_voids_the_sign_off_where_everybody_sees_it(
    office: Office, sam: TestClient, mira: TestClient, at: str
) -> None:
    let_stand(mira, at)
    mira.post(f"{at}/sign-off", data=shown(mira, at))
    with office.rows() as session:
        party = session.exec(select(Party).where(Party.name == "Rosa Alvarez")).one()
        party.name = "Rosa Alvares"
        session.add(party)

    assert "The sign-off does not count." in text_of(sam.get(f"{at}/sign-off").text)
    sam.post(f"{at}/versions", data={})
    page = text_of(sam.get(f"{at}/sign-off").text)
    assert "Void since Friday, October 29, 2010: Sam Okonjo began version 2." in page


def test_a_version_goes_to_the_witness_or_gets_a_name_and_stands(
    office: Office, sam: TestClient, at: str
) -> None:
    sent = sam.post(f"{at}/sent", data=shown(sam, at))
    assert sent.status_code == 303
    assert "When the witness had read it" in sam.get(f"{at}/sign-off").text
    sam.post(f"{at}/versions", data={})
    sam.post(f"{at}/named", data={**shown(sam, at), "name": "As discussed"})

    page = text_of(sam.get(at).text)
    assert "v2 “As discussed”" in page
    assert sam.get(f"{at}/write").headers["location"] == at


def test_a_stranger_finds_none_of_these_pages(office: Office, eve: TestClient, at: str) -> None:
    one = rows(office)[0]
    for page in ("checks", "insert", "compare", "sign-off", f"paragraphs/{one.id}/sources"):
        assert eve.get(f"{at}/{page}").status_code == 404, page
    for page in ("checks", "insert", "sign-off", "named", "sent", "read", "signed", "filed"):
        assert eve.post(f"{at}/{page}", data={}).status_code == 404, page
