"""Lists come a page at a time: complete, in order, and steady while rows come and go."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from starlette.testclient import TestClient

from casemgr.api import paging
from casemgr.db.session import transaction
from casemgr.db.tables import FoiaRequest, Matter
from tests import makes
from tests.api.conftest import API, OfficeBehindApi, statements


def _walk(client: TestClient, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        following = answer.json()["next"]
    return found


@pytest.fixture
def many(office: OfficeBehindApi) -> OfficeBehindApi:
    """Make 23 requests, some on the same day and some without one."""
    with transaction(office.desk.engine) as session:
        matter = session.get_one(Matter, office.ids["matter_id"])
        for each in range(23):
            day = None if each % 7 == 0 else date(2010, 2, 1) + timedelta(days=each // 3)
            makes.make_request(session, matter, requested_on=day, title=f"Request {each}")
    return office


def test_a_list_is_whole_and_in_order(many: OfficeBehindApi) -> None:
    for limit in (1, 5, 22, 23, 200):
        rows = _walk(many.client(many.cast.ada), f"{API}/requests?limit={limit}")
        places = [(each["requested_on"] or "9999-12-31", each["id"]) for each in rows]
        assert len(rows) == 23, limit
        assert places == sorted(places)
        assert len(set(places)) == 23


def test_a_row_that_comes_in_between_moves_nothing(many: OfficeBehindApi) -> None:
    ada = many.client(many.cast.ada)
    first = ada.get(f"{API}/requests?limit=10").json()
    with transaction(many.desk.engine) as session:
        matter = session.get_one(Matter, many.ids["matter_id"])
        makes.make_request(session, matter, requested_on=date(2009, 1, 1), known_on=makes.TODAY)

    rest = _walk(ada, first["next"])

    ids = [each["id"] for each in (*first["items"], *rest)]
    assert len(ids) == len(set(ids)) == 23


def test_history_comes_newest_first(full_office: OfficeBehindApi) -> None:
    rows = _walk(full_office.client(full_office.cast.ada), f"{API}/history?limit=7")

    numbers = [each["seq"] for each in rows]
    assert len(numbers) > 20
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(numbers)
    assert all(each["says"] for each in rows)


def test_the_next_page_is_linked_and_the_last_has_none(many: OfficeBehindApi) -> None:
    ada = many.client(many.cast.ada)

    first = ada.get(f"{API}/requests?limit=20&matter={many.ids['matter_id']}")
    last = ada.get(first.json()["next"])

    assert first.headers["Link"] == f'<{first.json()["next"]}>; rel="next"'
    assert len(last.json()["items"]) == 3
    assert last.json()["next"] is None
    assert "Link" not in last.headers


NOT_OURS = [
    "nonsense", "====", "WzFd", "bnVsbA", "\u00e9", "W10",
    paging.cursor(["x", "y"]), paging.cursor([10**40, 10**40]), paging.cursor(["a\x00", "b\x00"]),
    paging.cursor(["0001-01-01T01:00:00", "b"]), paging.cursor(["0001-01-01T01:00:00+14:00", "b"]),
]  # fmt: skip


def test_a_cursor_that_is_not_ours_is_refused(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    for path, cursor in product(("requests", "letters", "history", "hearings"), NOT_OURS):
        answer = ada.get(f"{API}/{path}", params={"after": cursor})
        assert answer.status_code == 422, (path, cursor)
        assert "after" in answer.json()["errors"]


def test_filters_narrow_and_a_misspelt_one_is_refused(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)

    received = ada.get(f"{API}/events?kind=received").json()["items"]
    called = ada.get(f"{API}/events?kind=call").json()["items"]
    wrong = ada.get(f"{API}/events?knd=received")
    unknown = ada.get(f"{API}/events?kind=telephoned")

    assert len(received) == 1
    assert called == []
    assert "knd" in wrong.json()["errors"]
    assert unknown.status_code == 422
    assert "kind" in unknown.json()["errors"]


def test_what_is_not_known_yet_is_not_there(many: OfficeBehindApi) -> None:
    tomorrow = makes.TODAY + timedelta(days=1)
    with transaction(many.desk.engine) as session:
        matter = session.get_one(Matter, many.ids["matter_id"])
        hidden: FoiaRequest = makes.make_request(session, matter, known_on=tomorrow)
        track = makes.make_track(session, hidden)
    ada = many.client(many.cast.ada)

    assert len(_walk(ada, f"{API}/requests")) == 23
    assert ada.get(f"{API}/requests/{hidden.id}").status_code == 404
    assert ada.get(f"{API}/tracks/{track.id}").status_code == 404


def test_a_list_takes_two_statements_however_long(many: OfficeBehindApi) -> None:
    ada = many.client(many.cast.ada)
    ada.get(f"{API}/requests")

    with statements(many.desk.engine) as said:
        ada.get(f"{API}/requests?limit=23")

    assert len(said) == 2, said  # who is asking, and the list
