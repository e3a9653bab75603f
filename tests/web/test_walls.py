"""Walls and emergencies on pages: two people each, and nothing for whom it is about."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests import makes
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def press(browser: TestClient, page: str, button: str, **typed: str) -> str:
    """Press the first button of a page that says this, and return where it leads."""
    html = browser.get(page).text
    forms = re.findall(r"<form[^>]*>.*?</form>", html, re.DOTALL)
    form = next(each for each in forms if button in text_of(each))
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    action = re.search(r'action="([^"]+)"', form)
    assert action is not None
    answer = browser.post(action[1], data={**sent, **typed})
    assert answer.status_code == 303, text_of(answer.text)
    return str(answer.headers["location"])


def test_two_people_put_up_a_wall_and_two_take_it_down(office: Office, sam: TestClient) -> None:
    cast, matter = office.cast, f"/matters/{office.matter.id}"
    mira, noor = office.client(cast.mira), office.client(cast.noor)
    wanted = {"matter_id": office.matter.id, "person_id": cast.sam.id, "because": "Kin."}
    press(mira, "/walls", "Ask for the wall", **wanted)
    assert "Put up the wall" not in mira.get("/walls").text
    assert "Kin." not in sam.get(f"{matter}/people").text
    press(noor, "/walls", "Put up the wall")

    assert sam.get(matter).status_code == 404
    people = text_of(mira.get(f"{matter}/people").text)
    assert "Kept out by a wall" in people
    assert "Sam Okonjo, student" not in people  # no longer of those who work on it

    press(mira, f"{matter}/people", "Ask to take it down", because="An error.")
    assert "Another person must take it down" in text_of(mira.get("/walls").text)
    press(noor, "/walls", "Take it down")
    assert sam.get(matter).status_code == 200


def test_somebody_is_let_in_for_an_emergency_and_out_again(office: Office, eve: TestClient) -> None:
    matter = f"/matters/{office.matter.id}"
    noor, mira = office.client(office.cast.noor), office.client(office.cast.mira)
    asked = {"asked_for": office.matter.id, "because": "Nobody answers."}
    assert press(eve, "/walls", "Ask to be let in", **asked) == "/walls#mine"
    assert "Waits for a second person" in text_of(eve.get("/walls").text)
    assert "Alvarez" not in noor.get("/walls").text

    for too_long in ("", "0", "25", "two"):
        with pytest.raises(AssertionError, match="hours"):
            press(noor, "/walls", "Let Eve Lindqvist in", hours=too_long)
    press(noor, "/walls", "Let Eve Lindqvist in", hours="4")
    assert re.search(
        r"until Oct 29, 2010, \d+:\d\d [ap]m|until Oct 30", text_of(eve.get("/walls").text)
    )

    assert eve.get(matter).status_code == 200
    assert "Eve Lindqvist was let into this matter" in mira.get("/due").text
    press(mira, f"{matter}/people", "End it")
    assert eve.get(matter).status_code == 404


def test_what_is_wrong_is_said_beside_what_was_typed(office: Office) -> None:
    mira = office.client(office.cast.mira)
    sent = {"matter_id": office.matter.id, "person_id": "", "because": "Kin."}

    answer = mira.post("/walls", data=sent)

    assert answer.status_code == 422
    assert "Kin." in answer.text
    assert "Fill this in" in text_of(answer.text)


def test_a_student_has_no_page_of_walls_and_is_told_who_decides(
    office: Office, sam: TestClient
) -> None:
    answer = sam.get("/walls")

    assert answer.status_code == 403
    assert "Attorneys on the matter can" in text_of(answer.text)


def test_the_walls_of_one_matter_are_not_on_the_page_of_another(office: Office) -> None:
    with office.rows() as session:
        other = makes.make_matter(session, office.cast.mira, title="Another")
        makes.make_wall(session, office.cast.eve, office.matter, office.cast.mira, office.cast.noor)
    mira = office.client(office.cast.mira)

    assert "Eve Lindqvist" not in mira.get(f"/matters/{other.id}/people").text
    assert "Eve Lindqvist" in mira.get(f"/matters/{office.matter.id}/people").text
