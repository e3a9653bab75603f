"""Every noun goes in as its documented example, comes back, and changes as its example says."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.api.routers import NOUNS
from casemgr.api.shapes import Shape
from casemgr.db.tables import HistoryEntry
from tests.api.conftest import API, BY_PATH, MADE, OfficeBehindApi

CREATED = [noun.path for noun in NOUNS if noun.create]
CHANGED = [noun.path for noun in NOUNS if noun.change and noun.path in set(MADE) - {"tasks"}]


def _history(office: OfficeBehindApi) -> int:
    with office.desk.work(reads_only=True) as work:
        return len(work.session.exec(select(HistoryEntry.seq)).all())


def test_what_is_added_is_read_back_where_it_says_it_is(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)

    for path in MADE:
        row_id = full_office.ids[f"{BY_PATH[path].one_name}_id"]
        one = ada.get(f"{API}/{path}/{row_id}")
        listed = ada.get(f"{API}/{path}").json()["items"]
        assert one.status_code == 200
        assert one.headers["ETag"].startswith('"')
        assert one.json()["id"] == row_id
        assert one.json() in listed


def test_a_change_shows_and_is_in_the_history(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    assert CHANGED

    for path in CHANGED:
        _changes(full_office, ada, path)


def _changes(office: OfficeBehindApi, client: TestClient, path: str) -> None:
    change = BY_PATH[path].change
    assert change is not None
    address = f"{API}/{path}/{office.ids[f'{BY_PATH[path].one_name}_id']}"
    read, before = client.get(address), _history(office)

    held = {"If-Match": read.headers["ETag"]}
    changed = client.patch(address, json=change.example, headers=held)

    assert changed.status_code == 200, (path, changed.text)
    expected = {**read.json(), **change.example}
    assert _kept(changed.json()) == _kept(expected), path
    assert changed.headers["ETag"] != read.headers["ETag"]
    assert client.get(address).json() == changed.json()
    assert _history(office) > before, path


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in TOUCHED}


TOUCHED = {"version", "next_due_on", "their_due_on", "asked_on", "stage"}  # by the change itself


def test_a_task_is_done_once(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    address = f"{API}/tasks/{full_office.ids['task_id']}"

    done = ada.patch(address, json={"state": "done"}, headers={"If-Match": '"1"'})
    again = ada.patch(
        address, json={"title": "Call again"}, headers={"If-Match": done.headers["ETag"]}
    )

    assert done.json()["done_on"] == "2010-10-29"
    assert again.json()["title"] == "Call again"
    assert again.json()["state"] == "done"


def test_every_noun_that_can_be_made_is_made_here() -> None:
    by_hand = {"people", "matters", "memberships", "agencies", "requesters", "tracks"}
    # In the tests of the law, of holds, walls, letters, saved views, drafts, reminders, templates.
    by_hand |= {"office-templates", "closures", "legal-holds", "walls", "emergencies"}
    by_hand |= {"standing-permissions"}
    by_hand |= {"saved-views", "request-drafts"}
    by_hand |= {"reminder-policies", "reminder-hours", "own-reminder-days"}

    assert set(CREATED) - by_hand == set(MADE)


@pytest.mark.parametrize("path", sorted(BY_PATH))
def test_the_documented_answer_is_one_that_can_be(path: str) -> None:
    shape: Shape = BY_PATH[path].shape
    example: dict[str, Any] = BY_PATH[path].example

    shape.model.model_validate_json(shape.model.model_validate(example).model_dump_json())

    assert set(example) == set(shape.types)


def test_a_matter_is_opened_staffed_closed_and_reopened(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    opened = ada.post(f"{API}/matters", json=dict(BY_PATH["matters"].create.example))  # type: ignore[union-attr]
    joined = ada.post(
        f"{API}/memberships",
        json={"matter_id": opened.json()["id"], "person_id": office.cast.sam.id},
    )
    closed = ada.post(
        f"{opened.headers['Location']}/closing",
        json={"because": "The records came."},
        headers={"If-Match": opened.headers["ETag"]},
    )
    refused = ada.post(f"{API}/tasks", json={"matter_id": opened.json()["id"], "title": "Call"})
    reopened = ada.post(
        f"{opened.headers['Location']}/reopening",
        json={"because": "An appeal was granted."},
        headers={"If-Match": closed.headers["ETag"]},
    )

    assert opened.status_code == 201
    assert joined.status_code == 201, joined.text
    assert (closed.json()["status"], closed.json()["closed_on"]) == ("closed", "2010-10-29")
    assert refused.status_code == 409, refused.text
    assert (reopened.json()["status"], reopened.json()["closed_on"]) == ("open", None)
    sam = office.client(office.cast.sam)
    assert sam.get(opened.headers["Location"]).status_code == 200


def test_who_left_a_matter_reads_it_no_more(office: OfficeBehindApi) -> None:
    ada, sam = office.client(office.cast.ada), office.client(office.cast.sam)
    address = f"{API}/matters/{office.ids['matter_id']}"
    members = ada.get(f"{API}/memberships?person={office.cast.sam.id}").json()["items"]
    assert sam.get(address).status_code == 200

    ended = ada.patch(
        f"{API}/memberships/{members[0]['id']}",
        json={"until_on": "2010-10-28"},
        headers={"If-Match": '"1"'},
    )

    assert ended.status_code == 200, ended.text
    assert sam.get(address).status_code == 404


def test_a_request_brings_its_items_requesters_and_tracks(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    of_request = f"?request={full_office.ids['request_id']}"

    items = ada.get(f"{API}/request-items{of_request}").json()["items"]
    asking = ada.get(f"{API}/requesters{of_request}").json()["items"]
    tracks = ada.get(f"{API}/tracks{of_request}").json()["items"]

    assert [each["position"] for each in items] == [1, 2]
    assert [each["organisation_id"] for each in asking] == [full_office.ids["organisation_id"]]
    assert [each["agency_id"] for each in tracks] == ["ice"]


def test_a_track_is_put_in_suit_once(full_office: OfficeBehindApi) -> None:
    ada, eve = full_office.client(full_office.cast.ada), full_office.client(full_office.cast.eve)
    address = f"{API}/lawsuits/{full_office.ids['lawsuit_id']}/tracks"
    track = full_office.ids["track_id"]

    def put(track_id: str) -> Response:
        held = {"If-Match": ada.get(address).headers["ETag"]}
        return ada.put(f"{address}/{track_id}", headers=held)

    said = [put(track).status_code for _ in range(2)]
    nowhere = put("T-0000000000")

    assert said == [204, 204]
    assert ada.get(address).json() == {"track_ids": [track]}
    assert "track_id" in nowhere.json()["errors"]
    assert eve.put(f"{address}/{track}").status_code == 404
    assert eve.get(address).status_code == 404
