"""Rules and holidays as people see them: texts, examples run live, closures seen before saved."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Closure
from casemgr.law.reader import the_law
from tests.web.conftest import Office, text_of

SHUT = {
    "kind": "clerk_inaccessible",
    "court_id": "nysd",
    "first_on": "11/12/2010",
    "because": "A burst pipe.",
    "source": "Notice of the clerk",
}


def entered(office: Office) -> list[Closure]:
    with office.rows() as session:
        return list(session.exec(select(Closure)))


def test_every_rule_is_shown_with_its_examples_run(ada: TestClient) -> None:
    page = ada.get("/rules").text

    for rule in the_law().rules.values():
        assert f'href="/rules/{rule.id}"' in page
    assert "wrong" not in text_of(page)
    assert "10 working days after receipt" in text_of(page)
    assert "Not verified" in page


def test_each_rule_has_a_page_with_texts_and_source(ada: TestClient) -> None:
    for rule in the_law().rules.values():
        answer = ada.get(f"/rules/{rule.id}")
        page = text_of(answer.text)
        assert answer.status_code == 200
        assert page.count("Right") >= len(rule.examples)
        assert rule.cites in page


def test_a_rule_lists_the_open_dates_of_the_readers_matters_only(
    office: Office, ada: TestClient, eve: TestClient
) -> None:
    used = office.deadline("opposition")
    page = ada.get(f"/rules/{used.rule}").text

    assert f'href="/deadlines/{used.id}"' in page
    assert office.matter.title in page
    hers = eve.get(f"/rules/{used.rule}").text
    assert used.id not in hers
    assert office.matter.title not in hers


def test_a_rule_that_is_not_there_is_not_found(ada: TestClient) -> None:
    assert ada.get("/rules/foia.wishful").status_code == 404


def test_rules_ask_who_it_is(office: Office) -> None:
    for address in ("/rules", "/rules/foia.answer", "/holidays"):
        assert office.client().get(address).status_code == 303


def test_calendars_name_their_days_and_sources(ada: TestClient) -> None:
    page = text_of(ada.get("/holidays").text)

    assert "Friday, December 31, 2010: New Year's Day (observed)" in page
    assert "5 U.S.C. § 6103" in page
    assert "Election Day (New York)" in page
    assert "closed by snow" in page


def test_a_closure_is_shown_before_it_is_saved(office: Office, ada: TestClient) -> None:
    used = office.deadline("opposition")
    shown = ada.post("/holidays", data=SHUT)

    assert shown.status_code == 200
    assert "This would move" in shown.text
    assert f'href="/deadlines/{used.id}"' in shown.text
    assert "Mon, Nov 15" in shown.text
    assert 'value="A burst pipe."' in shown.text
    assert entered(office) == []
    assert office.deadline("opposition").id == used.id

    saved = ada.post("/holidays", data={**SHUT, "save": "yes"}, follow_redirects=True)
    page = text_of(saved.text)
    assert "Saved" in page
    assert "Monday, November 15, 2010" in page
    assert "A burst pipe." in page
    assert "Ada Marlowe" in page
    assert office.deadline("opposition").due.isoformat() == "2010-11-15"  # type: ignore[union-attr]


def test_a_closure_taken_back_puts_the_dates_back(office: Office, ada: TestClient) -> None:
    before = office.deadline("opposition").due
    ada.post("/holidays", data={**SHUT, "save": "yes"})
    [row] = entered(office)

    empty = ada.post(f"/holidays/{row.id}/withdraw", data={"because": " "})
    stale = ada.post(f"/holidays/{row.id}/withdraw", data={"because": "No.", "version": "9"})
    gone = ada.post(
        f"/holidays/{row.id}/withdraw",
        data={"because": "Another courthouse.", "version": "1"},
        follow_redirects=True,
    )

    assert (empty.status_code, stale.status_code) == (422, 409)
    assert "Taken back" in text_of(gone.text)
    assert office.deadline("opposition").due == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_on": "Feb 30 2010"}, "first_on"),
        ({"first_on": ""}, "first_on"),
        ({"court_id": ""}, "court_id"),
        ({"source": ""}, "source"),
        ({"kind": ""}, "kind"),
        ({"until_on": "11/1/2010"}, "until_on"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    office: Office, ada: TestClient, changes: dict[str, str], field: str
) -> None:
    answer = ada.post("/holidays", data={**SHUT, **changes})

    assert answer.status_code == 422
    assert re.search(rf'class="problem" id="p-{field}"', answer.text)
    assert entered(office) == []


def test_a_student_is_told_who_can_enter_a_closure(office: Office, sam: TestClient) -> None:
    said = "A student cannot confirm a date. Staff and attorneys on the matter can."

    assert said in sam.get("/holidays").text
    assert sam.post("/holidays", data={**SHUT, "save": "yes"}).status_code == 403
    assert entered(office) == []


def test_a_stranger_sees_none_of_the_dates_a_closure_would_move(
    office: Office, eve: TestClient
) -> None:
    shown = eve.post("/holidays", data=SHUT).text

    assert "No date moves." in shown
    assert office.deadline("opposition").id not in shown
