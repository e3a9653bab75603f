"""Conflict checks for programs: the same answer as on the page, and no more."""

from __future__ import annotations

import pytest

from tests.api.conftest import API, OfficeBehindApi

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NAMES = {"names": ["Rosa Alvarez"]}


def test_a_program_learns_whom_to_ask_and_who_is_on_it_which_matter(
    office: OfficeBehindApi,
) -> None:
    ada, eve = office.client(office.cast.ada), office.client(office.cast.eve)
    matter = f"{API}/matters/{office.ids['matter_id']}"
    held = {"If-Match": ada.get(matter).headers["ETag"]}
    assert ada.patch(matter, json=NAMES, headers=held).status_code == 200

    theirs = eve.post(f"{API}/conflicts", json=NAMES).json()
    ours = ada.post(f"{API}/conflicts", json=NAMES).json()

    assert (theirs["elsewhere"], theirs["found"]) == (True, [])
    assert theirs["ask"] == ["Noor Haddad"]
    assert {each["matter_id"] for each in ours["found"]} == {office.ids["matter_id"]}
    refused = eve.post(f"{API}/matters", json={"title": "Another", **NAMES})
    assert refused.status_code == 403
    assert "There may be a conflict. Ask Noor Haddad" in refused.json()["detail"]
    cleared = {"title": "Another", **NAMES, "cleared": "Noor: no relation."}
    assert eve.post(f"{API}/matters", json=cleared).status_code == 201


def test_students_and_guests_do_not_look(office: OfficeBehindApi) -> None:
    for person in (office.cast.sam, office.gil):
        answer = office.client(person).post(f"{API}/conflicts", json=NAMES)
        assert answer.status_code == 403
