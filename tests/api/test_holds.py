"""Legal holds and the seal through the API: placed by one, lifted by two."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.api.conftest import API, OfficeBehindApi

HOLDS = f"{API}/legal-holds"


def place(office: OfficeBehindApi, client: TestClient) -> str:
    said = {"matter_id": office.ids["matter_id"], "because": "A suit is expected."}
    answer = client.post(HOLDS, json=said)
    assert answer.status_code == 201, answer.text
    return f"{HOLDS}/{answer.json()['id']}"


def send(client: TestClient, address: str, what: str, **body: str) -> int:
    etag = client.get(address).headers.get("ETag", '"1"')
    answer = client.post(f"{address}/{what}", json=body or None, headers={"If-Match": etag})
    return answer.status_code


def test_a_hold_is_placed_by_one_and_lifted_by_two(office: OfficeBehindApi) -> None:
    ada, mira = office.client(office.cast.ada), office.client(office.cast.mira)
    hold = place(office, ada)

    assert send(mira, hold, "release") == 409, "nobody asked yet"
    assert send(mira, hold, "ask-release", because="The suit was dismissed.") == 200
    assert send(mira, hold, "release") == 403, "the one who asked"
    assert send(ada, hold, "ask-release", because="The suit was dismissed.") == 200
    assert send(mira, hold, "release") == 200
    assert send(mira, hold, "release") == 409, "lifted already"
    assert mira.get(hold).json()["released_by"] == office.cast.mira.id


def test_students_guests_and_strangers_lift_nothing(office: OfficeBehindApi) -> None:
    hold = place(office, office.client(office.cast.ada))

    for person, status in (
        (office.cast.sam, 403),
        (office.gil, 403),
        (office.cast.eve, 404),
        (office.cast.noor, 404),
    ):
        client = office.client(person)
        assert send(client, hold, "ask-release", because="I say so.") == status
        assert send(client, hold, "release") == status


def test_a_hold_is_lifted_only_by_somebody_who_read_it(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    hold = place(office, ada)

    said = {"because": "The suit was dismissed."}
    assert ada.post(f"{hold}/ask-release", json=said).status_code == 428
    assert (
        ada.post(f"{hold}/ask-release", json=said, headers={"If-Match": '"9"'}).status_code == 412
    )


def test_the_seal_is_checked_by_staff_attorneys_and_administrators(
    office: OfficeBehindApi,
) -> None:
    cast = office.cast

    for person in (cast.ada, cast.mira, cast.noor):
        found = office.client(person).get(f"{API}/history/seal").json()
        assert (found["holds"], found["first_bad"]) == (True, None)
        assert found["records"] > 0
    for person in (cast.sam, office.gil):
        assert office.client(person).get(f"{API}/history/seal").status_code == 403
