"""API tokens: shown once, one's own, ended at will. And a signed-in browser may use the API too."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests import makes
from tests.api.conftest import API, OfficeBehindApi


def _browser(office: OfficeBehindApi) -> TestClient:
    client = TestClient(office.app, headers={"Sec-Fetch-Site": "same-origin"})
    client.cookies.set(office.desk.cookie, makes.make_session(office.desk, office.cast.ada))
    return client


def test_a_token_works_until_it_is_ended(office: OfficeBehindApi) -> None:
    browser = _browser(office)

    made = browser.post(f"{API}/tokens", json={"name": "docket import", "days": 30})
    program = TestClient(office.app, headers={"Authorization": f"Bearer {made.json()['secret']}"})
    before = program.get(f"{API}/me")
    listed = browser.get(f"{API}/tokens").json()["items"]
    address = made.headers["Location"]
    blind = browser.delete(address)
    etag = browser.get(address).headers["ETag"]
    ended = browser.delete(address, headers={"If-Match": etag})

    assert made.status_code == 201, made.text
    assert before.json()["name"] == "Ada Marlowe"
    assert [each["name"] for each in listed] == ["docket import"]
    assert "secret" not in listed[0]
    assert "token_hash" not in listed[0]
    assert (blind.status_code, ended.status_code) == (428, 204)
    assert program.get(f"{API}/me").status_code == 401


def test_nobody_sees_or_ends_anothers_token(office: OfficeBehindApi) -> None:
    browser, noor = _browser(office), office.client(office.cast.noor)
    address = browser.post(f"{API}/tokens", json={"name": "mine"}).headers["Location"]
    etag = browser.get(address).headers["ETag"]

    tries = [noor.get(address), noor.delete(address, headers={"If-Match": etag})]

    assert {answer.status_code for answer in tries} == {404}
    assert browser.get(address).json()["revoked_at"] is None


def test_a_token_has_a_name_and_an_end(office: OfficeBehindApi) -> None:
    browser = _browser(office)

    for given, field in (({"name": ""}, "name"), ({"name": "a", "days": 999}, "days")):
        answer = browser.post(f"{API}/tokens", json=given)
        assert answer.status_code == 422
        assert field in answer.json()["errors"]


def test_a_secret_that_is_none_is_refused(office: OfficeBehindApi) -> None:
    for secret in ("", "cmg_wrong", "x" * 10_000, "\x7f"):
        client = TestClient(office.app, headers={"Authorization": f"Bearer {secret}"})
        assert client.get(f"{API}/matters").status_code == 401
