"""The filtered list of requests for programs: the same as the page's, with links both ways."""

from __future__ import annotations

import pytest

from casemgr.db.tables import Matter
from tests import makes
from tests.api.conftest import API, OfficeBehindApi

LIST = f"{API}/requests/list"


@pytest.fixture
def listed(office: OfficeBehindApi) -> OfficeBehindApi:
    ada = office.client(office.cast.ada)
    office.ids["matter_id"] = ada.post(f"{API}/matters", json={"title": "Listed"}).json()["id"]
    with office.desk.work() as work:
        matter = work.session.get_one(Matter, office.ids["matter_id"])
        for i in range(12):
            makes.make_request(work.session, matter, title=f"Letter {i:02d}")
    return office


def test_the_list_is_filtered_sorted_and_walked_by_its_links(listed: OfficeBehindApi) -> None:
    ada = listed.client(listed.cast.ada)

    first = ada.get(f"{LIST}?sort=title&limit=5").json()
    second = ada.get(first["next"]).json()
    back = ada.get(second["previous"]).json()

    assert [each["title"] for each in first["items"]] == [f"Letter {i:02d}" for i in range(5)]
    assert second["items"][0]["title"] == "Letter 05"
    assert back["items"] == first["items"]
    assert (first["previous"], back["previous"]) == (None, None)
    assert first["items"][0]["late"] is False
    assert first["items"][0]["components"] == []


def test_a_filter_that_is_none_is_refused(listed: OfficeBehindApi) -> None:
    ada = listed.client(listed.cast.ada)

    for wrong in ("colour=red", "state=lost", "sort=id", "limit=0", "late=perhaps", "after=x"):
        assert ada.get(f"{LIST}?{wrong}").status_code == 422, wrong


def test_a_stranger_lists_and_takes_nothing(listed: OfficeBehindApi) -> None:
    eve = listed.client(listed.cast.eve)

    assert eve.get(f"{LIST}?matter={listed.ids['matter_id']}").json()["items"] == []
    assert "Letter" not in eve.get(f"{API}/requests/file").text


def test_the_file_is_the_list_and_is_saved_not_shown(listed: OfficeBehindApi) -> None:
    ada = listed.client(listed.cast.ada)

    answer = ada.get(f"{API}/requests/file?text=letter+01&format=csv")

    assert answer.text.count("Letter") == 1
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert ada.get(f"{API}/requests/file?format=pdf").status_code == 422
    history = ada.get(f"{API}/history").json()["items"]
    assert any(each["what"] == "requests.exported" for each in history)
