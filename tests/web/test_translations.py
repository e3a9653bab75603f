"""A declaration in Spanish gets its English on a page, beside the words the witness signs."""

from __future__ import annotations

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import DeclarationVersion, Paragraph, Translation
from casemgr.usecases import declaration_typing
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CERTIFIED = {
    "language": "es",
    "opening": "I, Rosa Alvarez, declare:",
    "translator": "Ben Iyer",
    "competence": "I read and write Spanish and English.",
}


def fields(office: Office) -> dict[str, str]:
    """Return what the form carries: the version, and a field for the English of each text."""
    with office.rows() as session:
        version = session.exec(
            select(DeclarationVersion.id).where(
                DeclarationVersion.declaration_id == office.declaration.id
            )
        ).one()
        ids = session.exec(select(Paragraph.id).order_by(Paragraph.position)).all()  # type: ignore[arg-type]
    english = ("I work for the network.", "", "However, nobody answered me.")
    texts = zip(ids, english, strict=True)
    return {"version_id": version, **{f"says-{each}": says for each, says in texts}}


def test_the_english_is_written_beside_the_text_and_changed(
    office: Office, sam: TestClient
) -> None:
    at = f"/declarations/{office.declaration.id}/translation"
    assert "Paragraph 1, in English" in sam.get(at).text
    assert f'href="{at}"' in sam.get(at.replace("translation", "about")).text
    korean = sam.post(at, data={**fields(office), **CERTIFIED, "language": "ko"})
    assert korean.status_code == 422
    assert "in Korean" in text_of(korean.text)
    assert "However, nobody answered me." in korean.text  # nothing that was typed is lost

    assert sam.post(at, data={**fields(office), **CERTIFIED}).status_code == 303
    with office.rows() as session:
        row = session.exec(select(Translation)).one()
    assert [each["says"] for each in row.paragraphs] == [
        "I work for the network.",
        "However, nobody answered me.",
    ]
    again = {**fields(office), **CERTIFIED, "translator": "Bea Iyer", "version": "1"}
    assert sam.post(at, data=again).status_code == 303
    assert 'value="Bea Iyer"' in sam.get(at).text
    assert sam.post(at, data=again).status_code == 409  # somebody else's change is not written over
    gone = sam.post(at, data={**fields(office), **CERTIFIED, "version_id": "DV-0000000000"})
    assert gone.status_code == 409


def test_whoever_reads_only_sees_the_english_and_a_stranger_nothing(
    office: Office, sam: TestClient
) -> None:
    at = f"/declarations/{office.declaration.id}/translation"
    sam.post(at, data={**fields(office), **CERTIFIED})
    eve = office.client(office.cast.eve)
    assert eve.get(at).status_code == eve.post(at, data=CERTIFIED).status_code == 404


def test_english_of_changed_words_says_so_until_it_is_compared(
    office: Office, sam: TestClient
) -> None:
    at = f"/declarations/{office.declaration.id}/translation"
    given = fields(office)
    assert sam.post(at, data={**given, **CERTIFIED}).status_code == 303
    first = next(name.removeprefix("says-") for name in given if name.startswith("says-"))
    with office.rows() as session:
        was = declaration_typing.fingerprint(session.get_one(Paragraph, first).says)
    typed = {f"says-{first}": "I work for the clinic.", f"was-{first}": was, "do": "save:"}
    write = at.replace("translation", "write")
    sam.post(write, data={"version_id": given["version_id"], **typed})

    told = "was made from other words than those that stand now"
    assert told in text_of(sam.get(write).text)
    page = sam.get(at).text
    assert "These words changed after their English was written" in text_of(page)
    assert f'name="still-{first}"' in page
    shown = page.split('name="seen" value="')[1].split('"')[0]
    again = {**given, **CERTIFIED, "seen": shown, "version": "1", f"still-{first}": "true"}
    assert sam.post(at, data={**again, "seen": "nonsense"}).status_code == 422
    assert sam.post(at, data=again).status_code == 303
    assert told not in text_of(sam.get(write).text)
