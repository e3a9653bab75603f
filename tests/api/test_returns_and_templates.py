"""For programs: a declaration back from Word, and the office's own text of a template."""

from __future__ import annotations

import pytest

from casemgr.db.session import transaction
from casemgr.db.tables import Matter
from casemgr.domain.words import PartyRole
from casemgr.letters.shelf import our_templates
from casemgr.usecases.letters import WORD
from tests import makes
from tests.api.conftest import API, OfficeBehindApi
from tests.letters.word_files import a_word_file, line

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BACK = a_word_file(
    line("I work for the Night Schools Network."), line("I asked for all of the letters.")
)


@pytest.fixture
def declaration(office: OfficeBehindApi) -> str:
    """Return a declaration of two paragraphs on the office's matter."""
    with transaction(office.desk.engine) as session:
        matter = session.get_one(Matter, office.ids["matter_id"])
        lawsuit = makes.make_lawsuit(session, matter)
        makes.make_party(session, lawsuit)
        makes.make_party(session, lawsuit, "ICE", PartyRole.DEFENDANT)
        return makes.make_declaration(session, matter, lawsuit_id=lawsuit.id)[0].id


def test_a_file_from_word_is_compared_and_taken_over_in_parts(
    office: OfficeBehindApi, declaration: str
) -> None:
    sam, at = office.client(office.cast.sam), f"{API}/declarations/{declaration}/returns"
    files = {"file": ("back.docx", BACK, WORD)}
    for person, status in ((office.cast.eve, 404), (office.gil, 403)):
        assert office.client(person).post(at, files=files).status_code == status
    brought = sam.post(at, files=files)
    assert brought.status_code == 201, brought.text
    one = f"{at}/{brought.json()['id']}"

    seen = sam.get(one).json()
    assert [(each["place"], each["how"]) for each in seen["changes"]] == [
        (1, "same"),
        (2, "changed"),
    ]
    assert {"kind": "added", "says": "all of "} in seen["changes"][1]["words"]
    given = {"fingerprint": seen["fingerprint"], "accepted": [2]}
    assert sam.post(one, json={**given, "accepted": []}).status_code == 422
    assert sam.post(one, json={**given, "fingerprint": "0" * 64}).status_code == 409
    assert office.client(office.gil).post(one, json=given).status_code == 403
    made = sam.post(one, json=given)
    assert (made.status_code, made.json()["number"]) == (201, 2)

    eve = office.client(office.cast.eve)
    never = eve.get(f"{API}/declarations/DC-0000000000/returns/D-0000000000")
    assert eve.get(one).status_code == eve.post(one, json=given).status_code == 404
    assert eve.get(one).content == never.content


def test_a_template_is_written_tried_approved_by_another_and_withdrawn(
    office: OfficeBehindApi, declaration: str
) -> None:
    cast, at = office.cast, f"{API}/office-templates"
    ada, mira, sam = (office.client(each) for each in (cast.ada, cast.mira, cast.sam))
    source = our_templates()["_signature.html"].replace("{{ signer.name }}", "Y {{ signer.name }}")
    given = {"name": "_signature.html", "source": source, "note": "A sign before the name."}
    assert sam.post(at, json=given).status_code == 403
    written = ada.post(at, json=given)
    assert written.status_code == 201, written.text
    one, held = f"{at}/{written.json()['id']}", {"If-Match": '"1"'}
    assert sam.get(one).status_code == 404
    assert sam.get(at).json()["items"] == []

    letter = mira.post(f"{API}/letters", json={"kind": "declaration", "of": declaration}).json()
    tried = {"letter_id": letter["id"]}
    assert sam.get(f"{one}/trial", params=tried).status_code == 403
    assert mira.get(f"{one}/trial", params=tried).content.startswith(b"%PDF")
    assert ada.post(f"{one}/approval", json=tried, headers=held).status_code == 403
    assert mira.post(f"{one}/approval", json=tried).status_code == 428
    approved = mira.post(f"{one}/approval", json=tried, headers=held)
    assert (approved.status_code, approved.json()["approved_by"]) == (200, cast.mira.id)
    etag = {"If-Match": approved.headers["ETag"]}
    assert ada.post(f"{one}/withdrawal", headers=etag).status_code == 403
    assert mira.post(f"{one}/withdrawal", headers=etag).json()["withdrawn_by"] == cast.mira.id
