"""Log what happened on a track: the dates follow, and nothing typed is ever lost."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Event
from casemgr.domain.words import Certainty, EventKind
from tests.web.conftest import Office, text_of

DECIDED = {
    "kind": "determination",
    "happened_on": "Oct 28 2010",
    "certainty": "exact",
    "outcome": "denied",
    "source": "Letter, p. 1",
    "says": "All withheld.",
}


def address(office: Office) -> str:
    return f"/requests/{office.request.id}/{office.track.id}"


def logged(office: Office) -> list[Event]:
    with office.rows() as session:
        return list(session.exec(select(Event).where(Event.recorded_by != None)))  # noqa: E711


def test_a_student_logs_a_decision_and_sees_what_moved(office: Office, sam: TestClient) -> None:
    answer = sam.post(f"{address(office)}/events", data={**DECIDED, "adverse": "true"})

    assert answer.status_code == 303
    [event] = logged(office)
    assert (event.kind, event.happened_on) == (EventKind.DETERMINATION, date(2010, 10, 28))
    assert event.certainty is Certainty.EXACT
    assert "event.logged" in office.history()
    page = text_of(sam.get(answer.headers["location"]).text)
    assert "Saved The dates this changed" in page
    assert "Appeal the decision of ICE" in page[page.index("Saved") : page.index("Timeline")]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("10/8/2010", date(2010, 10, 8)),
        ("10/8/10", date(2010, 10, 8)),
        ("Oct 8 2010", date(2010, 10, 8)),
        ("8 October 2010", date(2010, 10, 8)),
        ("Friday, October 8, 2010", date(2010, 10, 8)),
        ("2010-10-08", date(2010, 10, 8)),
        ("yesterday", date(2010, 10, 28)),
    ],
)
def test_a_day_may_be_typed_as_people_write_it(
    office: Office, ada: TestClient, typed: str, day: date
) -> None:
    ada.post(f"{address(office)}/events", data={"kind": "call", "happened_on": typed})

    assert [event.happened_on for event in logged(office)] == [day]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("soon", "is not a date we can read"),
        ("2/30/2010", "is not in the calendar"),
        ("8 Octember 2010", "names no month we know"),
        ("October 31, 2027", "in the future"),
        ("1/1/2010", "cannot have had it earlier"),
        ("", "Fill this in."),
    ],
)
def test_a_day_that_cannot_be_is_answered_beside_the_field(
    office: Office, ada: TestClient, typed: str, said: str
) -> None:
    form = {**DECIDED, "kind": "acknowledged", "outcome": "", "happened_on": typed}

    answer = ada.post(f"{address(office)}/events", data=form)

    assert answer.status_code == 422
    problem = answer.text[answer.text.index('id="p-happened_on"') :][:400]
    assert said in problem
    assert 'href="#f-happened_on"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert "All withheld." in answer.text
    assert "<title>Error: " in answer.text
    assert '<option value="acknowledged" selected>' in answer.text
    assert logged(office) == []


def test_a_kind_that_is_none_is_refused(office: Office, ada: TestClient) -> None:
    answer = ada.post(f"{address(office)}/events", data={**DECIDED, "kind": "miracle"})

    assert answer.status_code == 422
    assert "Choose one of the list." in answer.text
    assert logged(office) == []


def test_words_are_shown_as_they_were_typed_and_never_run(office: Office, ada: TestClient) -> None:
    words = "<script>alert(1)</script>"

    ada.post(f"{address(office)}/events", data={**DECIDED, "says": words})

    page = ada.get(address(office)).text
    assert words not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_stranger_logs_nothing_and_learns_nothing(office: Office, eve: TestClient) -> None:
    real = eve.post(f"{address(office)}/events", data=DECIDED)
    made_up = eve.post("/requests/R-0000000000/T-0000000000/events", data=DECIDED)

    assert real.status_code == made_up.status_code == 404
    assert real.content == made_up.content
    assert logged(office) == []
