"""A change says which version it was made on; the second of two is told and loses nothing."""

from __future__ import annotations

from tests.api.conftest import API, OfficeBehindApi


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
