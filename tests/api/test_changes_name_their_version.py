"""A change says which version it was made on; the second of two is told and loses nothing."""

from __future__ import annotations

import pytest

from tests.api.conftest import API, BY_PATH, OfficeBehindApi
from tests.api.test_who_may import ON_MATTER


def test_without_the_version_nothing_changes(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    address = f"{API}/matters/{office.ids['matter_id']}"

    for headers in ({}, {"If-Match": "*"}):
        answer = ada.patch(address, json={"title": "Another"}, headers=headers)
        assert answer.status_code == 428
        assert "If-Match" in answer.json()["detail"]

    assert ada.get(address).json()["title"] == "Alvarez v. ICE"


def test_the_second_of_two_edits_is_told_what_stands(office: OfficeBehindApi) -> None:
    ada, mira = office.client(office.cast.ada), office.client(office.cast.mira)
    address = f"{API}/matters/{office.ids['matter_id']}"
    held = {"If-Match": ada.get(address).headers["ETag"]}

    first = mira.patch(address, json={"title": "Mira's"}, headers=held)
    second = ada.patch(address, json={"title": "Ada's"}, headers=held)

    assert first.status_code == 200
    assert second.status_code == 412
    assert second.json()["current"] == first.json()
    assert second.json()["difference"] == {"title": {"yours": "Ada's", "theirs": "Mira's"}}
    third = ada.patch(address, json={"title": "Ada's"}, headers={"If-Match": first.headers["ETag"]})
    assert third.json()["title"] == "Ada's"


def test_two_editors_of_two_fields_both_keep_their_words(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    address = f"{API}/matters/{office.ids['matter_id']}"

    titled = ada.patch(address, json={"title": "New"}, headers={"If-Match": '"1"'})
    ada.patch(address, json={"summary": "Why."}, headers={"If-Match": titled.headers["ETag"]})

    assert ada.get(address).json().items() >= {"title": "New", "summary": "Why."}.items()


def test_a_row_without_a_version_is_known_by_its_words(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    address = f"{API}/paragraphs/{full_office.ids['paragraph_id']}"
    held = {"If-Match": ada.get(address).headers["ETag"]}

    first = ada.patch(address, json={"says": "I saw it."}, headers=held)
    second = ada.patch(address, json={"says": "I heard it."}, headers=held)

    assert first.status_code == 200
    assert second.status_code == 412
    assert ada.get(address).json()["says"] == "I saw it."


def test_a_change_that_changes_nothing_leaves_the_version(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    address = f"{API}/matters/{office.ids['matter_id']}"

    same = ada.patch(address, json={"title": "Alvarez v. ICE"}, headers={"If-Match": '"1"'})

    assert same.headers["ETag"] == '"1"'


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_change_of_a_noun_asks_for_its_version(full_office: OfficeBehindApi) -> None:
    ada, tried = full_office.client(full_office.cast.ada), 0
    for path in ON_MATTER:
        change = BY_PATH[path].change
        if change is None:
            continue
        address = f"{API}/{path}/{full_office.ids[f'{BY_PATH[path].one_name}_id']}"
        before = ada.get(address)

        without = ada.patch(address, json=change.example)
        stale = ada.patch(address, json=change.example, headers={"If-Match": '"0"'})

        assert (without.status_code, stale.status_code) == (428, 412), path
        assert stale.json()["current"] == before.json(), path
        assert stale.json()["difference"].keys() <= change.example.keys(), path
        assert ada.get(address).content == before.content, path
        tried += 1

    assert tried > 15


def test_every_route_that_changes_takes_a_version(office: OfficeBehindApi) -> None:
    without = {
        (method, path)
        for path, operations in office.app.openapi()["paths"].items()
        for method, said in operations.items()
        if method in {"put", "patch", "delete"}
        and "If-Match" not in {each["name"] for each in said.get("parameters", ())}
    }

    assert without == set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_list_of_tracks_in_suit_is_its_own_version(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    address = f"{API}/lawsuits/{full_office.ids['lawsuit_id']}/tracks"
    one, *_ = ada.get(f"{API}/tracks").json()["items"]
    empty = ada.get(address)
    held = {"If-Match": empty.headers["ETag"]}

    assert ada.put(f"{address}/{one['id']}").status_code == 428
    assert ada.put(f"{address}/{one['id']}", headers=held).status_code == 204
    late = ada.put(f"{address}/{one['id']}", headers=held)

    assert late.status_code == 412
    assert late.json()["current"] == ada.get(address).json() == {"track_ids": [one["id"]]}
    again = {"If-Match": ada.get(address).headers["ETag"]}
    assert ada.put(f"{address}/{one['id']}", headers=again).status_code == 204
    assert ada.get(address).headers["ETag"] != held["If-Match"]
