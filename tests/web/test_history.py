"""History: sentences, newest first, of one's own matters, and nothing from after the moment."""

from __future__ import annotations

from datetime import date

import pytest
from starlette.testclient import TestClient

from casemgr.usecases.views import history
from tests import makes
from tests.web.conftest import Office, text_of


def tell(office: Office, number: int, *, on: date = makes.TODAY) -> None:
    with office.desk.work(makes.actor_of(office.cast.sam)) as work:
        there = work.on(on)
        for each in range(number):
            there.record("task.made", office.task, title=f"step {each:03}")


def test_what_was_done_is_told_in_sentences_with_days_in_full(
    office: Office, ada: TestClient
) -> None:
    page = text_of(ada.get("/history").text)

    assert "Ada Marlowe noted the deadline “ICE: decide the request”, due Thursday, March" in page


def test_what_happens_later_is_not_told(office: Office, ada: TestClient) -> None:
    tell(office, 1, on=date(2010, 11, 5))

    assert "step 000" not in ada.get("/history").text


def test_a_stranger_reads_nothing_of_it(office: Office, eve: TestClient) -> None:
    assert "decide the request" not in eve.get("/history").text
    assert eve.get(f"/matters/{office.matter.id}/history").status_code == 404


def test_older_entries_follow_without_a_gap(office: Office, ada: TestClient) -> None:
    tell(office, history.PAGE + 10, on=date(2010, 10, 20))
    read, place = "", f"/matters/{office.matter.id}/history"

    for _ in range(3):
        page = ada.get(place).text
        read += page
        if "Older entries" not in page:
            break
        link = page[: page.index(">Older entries")]
        place = link[link.rindex('href="') + 6 : -1]

    assert [read.count(f"step {each:03}") for each in range(history.PAGE + 10)] == (
        [1] * (history.PAGE + 10)
    )


@pytest.mark.parametrize("broken", ["x", "2010-10-29~5", "2010-10-29T10:00:00+00:00~-1", "~"])
def test_a_broken_link_to_older_entries_is_answered_in_words(ada: TestClient, broken: str) -> None:
    answer = ada.get("/history", params={"after": broken})

    assert answer.status_code == 422
    assert "Start from the newest." in answer.text
