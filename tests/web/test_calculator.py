"""The calculator: everybody may count, the address holds the question, mistakes stay beside it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from casemgr.law.reader import the_law
from tests.web.conftest import Office, counted, text_of


@pytest.fixture
def anybody(office: Office) -> TestClient:
    """Return a browser in which nobody is signed in."""
    return office.client()


def ask(browser: TestClient, **asked: str) -> tuple[int, str]:
    answer = browser.get(f"/calculator?{urlencode(asked)}")
    return answer.status_code, answer.text


def test_anybody_counts_a_date_with_its_steps(office: Office, anybody: TestClient) -> None:
    with counted(office.desk.engine) as sent:
        status, page = ask(
            anybody, do="due", rule="foia.determination", trigger="Feb 3 2010", agency="ice"
        )

    assert status == 200
    said = text_of(page)
    assert "Due Thursday, March 4, 2010" in said
    assert "Washington's Birthday" in said
    assert "Other ways to read it" in said
    assert sent == []


def test_the_form_keeps_what_was_asked(anybody: TestClient) -> None:
    _, page = ask(anybody, do="due", rule="foia.answer", trigger="9/17/2026", court="nysd")

    assert 'value="9/17/2026"' in page
    assert re.search(r'<option value="nysd" selected>', page)
    assert re.search(r'<option value="foia.answer" selected>', page)


def test_every_rule_can_be_asked(anybody: TestClient) -> None:
    for rule in the_law().rules.values():
        example = rule.examples[0]
        given = {key: str(value) for key, value in example.given.items()}
        asked = {"do": "due", "rule": rule.id, "trigger": example.trigger.isoformat(), **given}
        status, page = ask(anybody, **asked)
        assert status == 200, page
        assert f'datetime="{example.due.isoformat()}"' in page


def test_a_closed_clerk_moves_the_day_on(anybody: TestClient) -> None:
    asked = {"do": "due", "rule": "foia.answer", "trigger": "9/17/2026", "court": "nysd"}
    _, page = ask(anybody, **asked, closed="Oct 19, 2026; 10/20/2026")

    assert "Due Wednesday, October 21, 2026" in text_of(page)


def test_the_clock_of_an_agency_runs_from_its_events(anybody: TestClient) -> None:
    status, page = ask(
        anybody,
        do="clock",
        agency="ice",
        requested_on="2/3/2010",
        as_of="10/29/2010",
        kind_1="received",
        on_1="2/3/2010",
        kind_2="extension_notice",
        on_2="5/3/2010",
    )

    said = text_of(page)
    assert status == 200
    assert "The clock is: overdue" in said
    assert "They must decide by Thursday, March 4, 2010" in said
    assert "You may sue Yes, since Friday, March 5, 2010" in said
    assert "Without effect: extension notice" in said
    assert 'name="kind_5"' in page


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"do": "due", "rule": "foia.answer", "trigger": "Feb 30 2010"}, "trigger"),
        ({"do": "due", "rule": "foia.answer", "trigger": ""}, "trigger"),
        ({"do": "due", "rule": "", "trigger": "2/3/2010"}, "rule"),
        ({"do": "due", "rule": "foia.answer", "trigger": "2/3/1950"}, "trigger"),
        ({"do": "due", "rule": "foia.answer", "trigger": "1/1/2199"}, "trigger"),
        ({"do": "due", "rule": "foia.answer", "trigger": "2/3/2010", "closed": "never"}, "closed"),
        ({"do": "clock", "requested_on": "2/3/2010", "kind_1": "received", "on_1": "?"}, "on_1"),
        ({"do": "clock", "requested_on": "2/3/2010"}, "kind_1"),
        ({"do": "clock", "kind_1": "received", "on_1": "2/3/2010"}, "requested_on"),
    ],
)
def test_a_mistake_stands_beside_its_field(
    anybody: TestClient, asked: dict[str, str], field: str
) -> None:
    status, page = ask(anybody, **asked)

    assert status == 422
    assert f'class="problem" id="p-{field}"' in page
    assert "There is a problem" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "due", "rule": "foia.wishful", "trigger": "2/3/2010"},
        {"do": "due", "rule": "<script>alert(1)</script>", "trigger": "2/3/2010"},
        {"do": "clock", "requested_on": "2/3/2010", "kind_1": "wish", "on_1": "2/3/2010"},
        {"do": "clock", "requested_on": "2/3/2010", "kind_1": "received", "on_1": "1/3/2010"},
    ],
)
def test_what_the_law_cannot_answer_is_a_sentence(
    anybody: TestClient, asked: dict[str, str]
) -> None:
    status, page = ask(anybody, **asked)

    assert status == 422
    assert "There is a problem" in page
    assert "<script>alert" not in page


def test_an_empty_calculator_asks_nothing(anybody: TestClient) -> None:
    for asked in ({}, {"do": "clock"}, {"rule": "foia.answer"}, {"do": "dance", "x": "y"}):
        status, page = ask(anybody, **asked)
        assert status == 200
        assert "There is a problem" not in page
