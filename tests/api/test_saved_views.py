"""Saved views for programs: made, shared, changed and forgotten by who may."""

from __future__ import annotations

from tests.api.conftest import API, BY_PATH, OfficeBehindApi

VIEWS = f"{API}/saved-views"


def test_a_view_is_made_shared_and_forgotten(office: OfficeBehindApi) -> None:
    ada, eve = office.client(office.cast.ada), office.client(office.cast.eve)
    noun = BY_PATH["saved-views"]
    assert noun.create is not None
    assert noun.change is not None

    made = ada.post(VIEWS, json=noun.create.example)
    assert made.status_code == 201, made.text
    assert made.json()["filters"] == {"component": "ice", "state": "waiting"}
    address = made.headers["Location"]
    assert eve.get(address).status_code == 404
    held = {"If-Match": made.headers["ETag"]}
    changed = ada.patch(address, json=noun.change.example, headers=held)
    assert changed.json()["shared"] == "office"
    assert eve.get(address).json()["name"] == "All at ICE"
    assert ada.patch(address, json=noun.change.example, headers=held).status_code == 412

    again = {"If-Match": changed.headers["ETag"]}
    assert ada.delete(address, headers=again).status_code == 204
    assert ada.get(VIEWS).json()["items"] == []


def test_a_view_of_a_matter_is_seen_by_its_people_only(office: OfficeBehindApi) -> None:
    ada, sam = office.client(office.cast.ada), office.client(office.cast.sam)
    eve = office.client(office.cast.eve)
    filters = {"matter": office.ids["matter_id"], "late": True}
    given = {"name": "Late here", "filters": filters, "shared": "matter"}

    assert ada.post(VIEWS, json=given).status_code == 201
    [seen] = sam.get(VIEWS).json()["items"]
    assert seen["filters"] == {"matter": office.ids["matter_id"], "late": "yes"}
    assert eve.get(VIEWS).json()["items"] == []
    there, nowhere = (
        eve.post(VIEWS, json={**given, "filters": {"matter": each}})
        for each in (office.ids["matter_id"], "M-0000000000")
    )
    assert (there.status_code, there.json()["errors"]) == (422, nowhere.json()["errors"])
    assert ada.post(VIEWS, json={**given, "filters": {"colour": "red"}}).status_code == 422
