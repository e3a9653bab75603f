"""Writing a declaration on its page, without any script: every button keeps what was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from casemgr.db.tables import Declaration, DeclarationVersion, Exhibit, Paragraph
from casemgr.usecases.declaration_typing import fingerprint
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def at(office: Office) -> str:
    return f"/declarations/{office.declaration.id}"


def form_of(html: str) -> dict[str, str]:
    """Return the fields of the text's form as a browser would send them."""
    form = html[html.index('id="text"') :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', form))
    areas = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(value) for name, value in {**fields, **dict(areas)}.items()}


def rows(office: Office) -> list[Paragraph]:
    with office.rows() as session:
        asked = (
            select(Paragraph).where(col(Paragraph.removed).is_(False)).order_by(Paragraph.position)  # type: ignore[arg-type]
        )
        return list(session.exec(asked))


def test_a_declaration_is_begun_written_and_read_without_a_script(
    office: Office, sam: TestClient
) -> None:
    new = f"/matters/{office.matter.id}/declarations/new"
    assert new in sam.get(f"/matters/{office.matter.id}/declarations").text
    assert "Fill this in" in sam.post(new, data={"title": "X"}).text
    begun = sam.post(new, data={"declarant": "Ana Lima", "lawsuit_id": office.lawsuit.id})
    assert begun.status_code == 303, text_of(begun.text)
    write = begun.headers["location"]
    page = sam.get(write).text
    assert "Write: Declaration of Ana Lima" in text_of(page)

    form = {**form_of(page), "do": "add:", "says-opening": "I, Ana Lima, declare:"}
    there = sam.post(write, data=form)
    assert there.status_code == 303
    page = sam.get(write).text
    [paragraph] = set(re.findall(r'data-paragraph="(PG-[^"]+)"', page))
    assert there.headers["location"].endswith(f"#says-{paragraph}")
    form = {
        **form_of(page),
        f"says-{paragraph}": "I teach.\r\n\r\nI asked.",
        "do": f"split:{paragraph}",
    }
    assert sam.post(write, data=form).status_code == 303

    page = text_of(sam.get(write.removesuffix("/write")).text)
    assert "I, Ana Lima, declare: 1. I teach. 2. I asked." in page


def test_every_button_keeps_first_what_was_typed_anywhere(
    office: Office, sam: TestClient, at: str
) -> None:
    one, two, three = rows(office)
    form = form_of(sam.get(f"{at}/write").text)
    assert form[f"was-{one.id}"] == fingerprint(one.says)

    form |= {f"says-{one.id}": "Typed in the first.", f"says-{three.id}": "And here."}
    done = sam.post(f"{at}/write", data={**form, "do": f"up:{three.id}"})

    assert done.status_code == 303
    assert [(each.number, each.says) for each in rows(office)] == [
        (1, "Typed in the first."),
        (None, "And here."),
        (2, two.says),
    ]


def test_two_people_at_once_lose_nothing_and_see_both_texts(
    office: Office, sam: TestClient, ada: TestClient, at: str
) -> None:
    one, two, _ = rows(office)
    form = form_of(sam.get(f"{at}/write").text)
    ada.post(f"{at}/write", data={**form, f"says-{one.id}": "From Ada.", "do": "save:"})

    mine = {f"says-{one.id}": "From Sam.", f"says-{two.id}": "Sam's too.", "do": f"out:{two.id}"}
    late = sam.post(f"{at}/write", data={**form, **mine})

    assert late.status_code == 409
    said = text_of(late.text)
    assert "Theirs, which is saved: From Ada. Yours, not saved yet: From Sam." in said
    assert [each.says for each in rows(office)][:2] == ["From Ada.", "Sam's too."]
    again = {**form_of(late.text), f"says-{one.id}": "From both.", "do": "save:"}
    assert sam.post(f"{at}/write", data=again).status_code == 303
    assert rows(office)[0].says == "From both."


def test_a_version_frozen_meanwhile_gives_back_what_was_typed(
    office: Office, sam: TestClient, ada: TestClient, at: str
) -> None:
    one = rows(office)[0]
    form = form_of(sam.get(f"{at}/write").text)
    ada.post(f"{at}/versions", data={})

    late = sam.post(f"{at}/write", data={**form, f"says-{one.id}": "Typed late.", "do": "save:"})

    assert late.status_code == 409
    assert "Typed late." in late.text
    assert "its words stand" in late.text
    assert "Begin a new version" in late.text


def test_typing_keeps_itself_and_tells_of_somebody_elses_change(
    office: Office, sam: TestClient, ada: TestClient, at: str
) -> None:
    one = rows(office)[0]
    typed = f"{at}/paragraphs/{one.id}/typed"
    sent = {f"says-{one.id}": "More.", f"was-{one.id}": fingerprint(one.says)}

    kept = sam.post(typed, data=sent)
    late = ada.post(typed, data={**sent, f"says-{one.id}": "Other."})
    opening = sam.post(
        f"{at}/paragraphs/opening/typed",
        data={"says-opening": "I declare:", "was-opening": fingerprint("")},
    )

    assert kept.json()["says"].startswith("Saved ")
    assert kept.json()["was"] == fingerprint("More.")
    assert late.status_code == 409
    assert "Press Save to see both texts" in late.json()["says"]
    assert opening.status_code == 200
    assert rows(office)[0].says == "More."


def test_taking_out_says_first_what_breaks_and_can_be_undone(
    office: Office, sam: TestClient, at: str
) -> None:
    one, two, _ = rows(office)
    form = form_of(sam.get(f"{at}/write").text)
    typed = {
        f"name-{one.id}": "Who I am",
        f"says-{two.id}": "As {para:who i am} says.",
        "do": f"out:{one.id}",
    }
    asked = sam.post(f"{at}/write", data={**form, **typed})
    assert asked.headers["location"] == f"{at}/paragraphs/{one.id}/out"
    page = text_of(sam.get(asked.headers["location"]).text)
    assert "Take out paragraph 1: Declaration of Rosa Alvarez" in page
    assert "Paragraph 2 refers to it: As {para:who i am} says." in page

    sam.post(asked.headers["location"], data={})
    page = text_of(sam.get(f"{at}/write").text)
    assert "{para:who i am} points to nothing. Give that name to a numbered paragraph" in page
    assert "Taken out I work for the Night Schools Network." in page
    sam.post(f"{at}/paragraphs/{one.id}/back", data={})
    assert [each.says for each in rows(office)][-1] == one.says


def test_a_button_that_cannot_do_it_says_why_and_the_text_is_kept(
    office: Office, sam: TestClient, at: str
) -> None:
    one = rows(office)[0]
    form = form_of(sam.get(f"{at}/write").text)

    done = sam.post(
        f"{at}/write", data={**form, f"says-{one.id}": "One line.", "do": f"split:{one.id}"}
    )

    assert done.status_code == 409
    assert "has no empty line" in text_of(done.text)
    assert rows(office)[0].says == "One line."


def test_an_exhibit_is_attached_under_the_name_the_text_cites(
    office: Office, sam: TestClient, at: str
) -> None:
    one = rows(office)[0]
    form = form_of(sam.get(f"{at}/write").text)
    sam.post(f"{at}/write", data={**form, f"says-{one.id}": "See {Ex:letter}.", "do": "save:"})
    page = sam.get(f"{at}/write").text
    assert "{Ex:letter} points to nothing. Give that name to an exhibit" in text_of(page)
    attach = page[page.index("Attach an exhibit") :]
    assert 'name="name"' in attach[: attach.index("</form>")]

    sam.post(f"{at}/exhibits", data={"document_id": office.document.id, "name": "letter"})

    assert "points to nothing" not in sam.get(f"{at}/write").text


def test_exhibits_are_attached_lettered_taken_out_and_put_back(
    office: Office, sam: TestClient, at: str
) -> None:
    about = sam.get(f"{at}/about").text
    version = re.search(r'name="version" value="(\d+)"', about)
    assert version
    data = {
        "version": version[1],
        "declarant": "Rosa Alvarez",
        "title": "Declaration of Rosa Alvarez",
        "kind": "attorney",
        "lettering": "first_mention",
        "lawsuit_id": office.lawsuit.id,
    }
    assert sam.post(f"{at}/about", data=data).status_code == 303
    sam.post(f"{at}/exhibits", data={"document_id": office.document.id})
    sam.post(f"{at}/exhibits", data={"title": "Memo"})
    form = form_of(sam.get(f"{at}/write").text)
    one = rows(office)[0]
    sam.post(f"{at}/write", data={**form, f"says-{one.id}": "See {Ex:memo}.", "do": "save:"})

    said = text_of(sam.get(f"{at}/write").text)
    assert "Ex. A: Memo cite it as {Ex:memo}" in said
    assert "Ex. B: Letter of the state's secretary" in said
    with office.rows() as session:
        memo = session.exec(select(Exhibit).where(Exhibit.title == "Memo")).one()
    sam.post(f"{at}/exhibits/{memo.id}", data={"do": "out"})
    assert "Memo, taken out" in text_of(sam.get(f"{at}/write").text)
    sam.post(f"{at}/exhibits/{memo.id}", data={"do": "back"})
    assert "Ex. A: Memo" in text_of(sam.get(f"{at}/write").text)
    with office.rows() as session:
        assert session.exec(select(Declaration)).one().kind.value == "attorney"


def test_a_witness_abroad_swears_the_other_oath(office: Office, sam: TestClient, at: str) -> None:
    version = re.search(r'id="signing".*?name="version" value="(\d+)"', _flat(sam, at))
    assert version
    given = {"version": version[1], "abroad": "true", "executed_at": "Tijuana, Mexico"}
    wrong = sam.post(f"{at}/version", data={**given, "executed_on": "tomorrow"})
    assert wrong.status_code == 422
    assert "is in the future" in text_of(wrong.text)

    assert sam.post(f"{at}/version", data=given).status_code == 303

    with office.rows() as session:
        kept = session.exec(select(DeclarationVersion)).one()
        assert (kept.abroad, kept.executed_at, kept.executed_on) == (True, "Tijuana, Mexico", None)
    assert 'value="true" checked> Signed outside' in _flat(sam, at)


def _flat(browser: TestClient, at: str) -> str:
    return browser.get(f"{at}/about").text.replace("\n", " ")


def test_who_may_not_write_reads_and_a_stranger_finds_nothing(
    office: Office, sam: TestClient, eve: TestClient, at: str
) -> None:
    with office.rows() as session:
        version = session.exec(select(DeclarationVersion)).one()
        version.frozen = True
        session.add(version)
    one = rows(office)[0]

    assert sam.get(f"{at}/write").headers["location"] == at
    assert "Begin a new version" in sam.get(at).text
    for address in (f"{at}/write", f"{at}/about", f"{at}/paragraphs/{one.id}/out"):
        assert eve.get(address).status_code == 404
    for address in (f"{at}/write", f"{at}/versions", f"{at}/paragraphs/{one.id}/typed"):
        assert eve.post(address, data={"says-x": "X"}).status_code == 404
