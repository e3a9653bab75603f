"""Walls and emergencies through the API, each step by another person."""

from __future__ import annotations

import pytest

from tests.api.conftest import API, BY_PATH, OfficeBehindApi

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def ask(office: OfficeBehindApi, person: object) -> dict[str, str]:
    given = {
        "matter_id": office.ids["matter_id"],
        "person_id": person.id,  # type: ignore[attr-defined]
        "because": "Worked on this for the agency.",
    }
    answer = office.client(office.cast.mira).post(f"{API}/walls", json=given)
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


def test_two_people_put_up_a_wall_and_two_take_it_down(office: OfficeBehindApi) -> None:
    cast = office.cast
    ada, mira, noor = (office.client(each) for each in (cast.ada, cast.mira, cast.noor))
    matter = f"{API}/matters/{office.ids['matter_id']}"
    wall = f"{API}/walls/{ask(office, cast.ada)['id']}"

    assert noor.post(f"{wall}/up").status_code == 428
    assert noor.post(f"{wall}/up", headers={"If-Match": '"9"'}).status_code == 412
    assert mira.post(f"{wall}/up", headers={"If-Match": '"1"'}).status_code == 403
    up = noor.post(f"{wall}/up", headers={"If-Match": '"1"'})
    assert up.status_code == 200, up.text
    assert ada.get(matter).status_code == 404
    assert ada.get(wall).status_code == 404
    assert ada.get(f"{API}/walls").json()["items"] == []
    assert mira.get(wall).json()["up_by"] == cast.noor.id
    assert noor.get(matter).status_code == 404

    lift = noor.post(f"{wall}/ask-lift", json={"because": "An error."}, headers={"If-Match": '"2"'})
    assert lift.status_code == 200, lift.text
    down = mira.post(f"{wall}/down", headers={"If-Match": lift.headers["ETag"]})
    assert down.status_code == 200, down.text
    assert ada.get(matter).status_code == 200


@one_database
def test_whom_a_wall_is_for_finds_nothing_of_it(office: OfficeBehindApi) -> None:
    wall = ask(office, office.cast.ada)["id"]
    ada, sam = office.client(office.cast.ada), office.client(office.cast.sam)

    assert [each["id"] for each in sam.get(f"{API}/walls").json()["items"]] == [wall]
    assert ada.get(f"{API}/walls").json()["items"] == []
    assert ada.get(f"{API}/walls/{wall}").content == ada.get(f"{API}/walls/W-0000000000").content
    assert "wall.asked" not in ada.get(f"{API}/history").text


@one_database
def test_who_asks_to_be_let_in_learns_nothing_of_the_matter(office: OfficeBehindApi) -> None:
    eve, mira = office.client(office.cast.eve), office.client(office.cast.mira)
    given = {**office.example(BY_PATH["emergencies"]), "because": "Nobody answers."}
    there = eve.post(f"{API}/emergencies", json={**given, "asked_for": office.ids["matter_id"]})
    nowhere = eve.post(f"{API}/emergencies", json={**given, "asked_for": "M-0000000000"})

    alike = {"id", "asked_for", "asked_at"}
    told = [
        {name: value for name, value in answer.json().items() if name not in alike}
        for answer in (there, nowhere)
    ]
    assert (there.status_code, nowhere.status_code) == (201, 201)
    assert told[0] == told[1]
    assert "matter_id" not in there.json()
    own = [each for each in eve.get(f"{API}/history").json()["items"] if "emerg" in each["what"]]
    assert [each["matter_id"] for each in own] == [None, None]
    assert len(eve.get(f"{API}/emergencies").json()["items"]) == 2
    seen = mira.get(f"{API}/emergencies").json()["items"]
    assert [each["id"] for each in seen] == [there.json()["id"]]

    address = f"{API}/emergencies/{there.json()['id']}"
    hours = {"hours": 4}
    assert mira.post(f"{address}/opening", json=hours).status_code == 428
    assert mira.post(f"{address}/opening", json={"hours": 25}).status_code == 422
    opened = mira.post(f"{address}/opening", json=hours, headers={"If-Match": '"1"'})
    assert opened.status_code == 200, opened.text
    assert eve.get(f"{API}/matters/{office.ids['matter_id']}").status_code == 200
    ended = eve.post(f"{address}/end", headers={"If-Match": opened.headers["ETag"]})
    assert ended.status_code == 200, ended.text
    assert eve.get(f"{API}/matters/{office.ids['matter_id']}").status_code == 404
