"""Opening a matter on its page: names first, then the matter."""

from __future__ import annotations

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Matter
from tests import makes
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NEW = {"title": "Maric v. DHS", "names": "Ivo Maric\n\n Dept. of Homeland Security ", "summary": ""}


def matters_called(office: Office, title: str) -> list[Matter]:
    with office.rows() as session:
        return list(session.exec(select(Matter).where(Matter.title == title)))


def test_names_are_looked_for_and_then_the_matter_is_opened(
    office: Office, ada: TestClient
) -> None:
    checked = ada.post("/matters/new", data={**NEW, "act": "check"})

    assert checked.status_code == 200
    assert "No match that you can see. For the full check ask Noor Haddad." in checked.text
    assert matters_called(office, "Maric v. DHS") == []
    opened = ada.post("/matters/new", data={**NEW, "act": "open"})
    assert opened.status_code == 303
    (matter,) = matters_called(office, "Maric v. DHS")
    assert matter.names == ["Ivo Maric", "Dept. of Homeland Security"]
    assert "Ada Marlowe" in ada.get(opened.headers["location"]).text


def test_a_possible_conflict_stops_until_a_line_says_who_cleared_it(
    office: Office, eve: TestClient
) -> None:
    form = {**NEW, "names": "Alvarez, R.", "act": "open"}

    stopped = eve.post("/matters/new", data=form)

    assert stopped.status_code == 422
    said = text_of(stopped.text)
    assert "There may be a conflict. Ask Noor Haddad" in said
    assert "Say who looked at the possible conflict" in said
    for betrayed in (office.matter.id, "Rosa", "Immigration", "Mira"):
        assert betrayed not in stopped.text
    assert office.history()[-1] == "conflict.checked"  # also what was stopped is on record
    assert matters_called(office, "Maric v. DHS") == []

    assert eve.post("/matters/new", data={**form, "cleared": "Noor did."}).status_code == 303


def test_without_names_nothing_is_opened(office: Office, ada: TestClient) -> None:
    answer = ada.post("/matters/new", data={**NEW, "names": "  \n", "act": "open"})

    assert answer.status_code == 422
    assert 'href="#f-names"' in answer.text
    assert 'value="Maric v. DHS"' in answer.text


def test_a_matter_not_opened_yet_when_the_day_is_wrong(office: Office, ada: TestClient) -> None:
    answer = ada.post("/matters/new", data={**NEW, "opened_on": "11/5/2010", "act": "open"})

    assert answer.status_code == 422
    assert "is in the future" in answer.text


def test_a_student_opens_no_matter_and_is_told_who_can(sam: TestClient) -> None:
    for answer in (sam.get("/matters/new"), sam.post("/matters/new", data=NEW)):
        assert answer.status_code == 403
        assert "Staff and attorneys" in answer.text


def test_an_administrator_looks_by_code(office: Office) -> None:
    noor = office.client(office.cast.noor)

    page = noor.post("/conflicts", data={"names": "Alvarez"})

    assert page.status_code == 200
    assert office.matter.id in page.text
    assert "Rosa" not in page.text
    assert "/conflicts" in noor.get("/people").text


def test_the_answer_to_a_stranger_is_the_same_for_one_match_and_for_many(
    office: Office, eve: TestClient
) -> None:
    with office.rows() as session:
        makes.make_matter(session, office.cast.ada, names=["Rosa Alvarez"], title="Second")

    def said(names: str) -> str:
        return text_of(eve.post("/conflicts", data={"names": names}).text).replace(names, "")

    assert said("Rosa Alvarez") == said("Customs Enforcement")
    assert said("Rosa Alvarez") != said("Unheard Of")


def test_an_edit_keeps_what_the_page_does_not_show(office: Office, ada: TestClient) -> None:
    form = {"title": "Alvarez v. DHS", "names": "Rosa Alvarez\nDHS", "version": "1"}

    assert ada.post(f"/matters/{office.matter.id}/edit", data=form).status_code == 303

    (matter,) = matters_called(office, "Alvarez v. DHS")
    assert (matter.names, matter.source) == (["Rosa Alvarez", "DHS"], makes.SOURCE)
    assert "Rosa Alvarez\nDHS" in ada.get(f"/matters/{office.matter.id}/edit").text
