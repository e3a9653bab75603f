"""Declarations through the API: what a page can do a program can do, under the same conditions."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.api.conftest import API, OfficeBehindApi

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def act(client: TestClient, address: str, name: str, given: Any = None) -> dict[str, Any]:
    etag = client.get(address).headers["ETag"]
    held = {"If-Match": etag}
    kwargs = {} if given is None else {"json": given}
    answer = client.post(f"{address}/{name}", headers=held, **kwargs)
    assert answer.status_code == 200, answer.text
    row: dict[str, Any] = answer.json()
    return row


def test_a_declaration_goes_from_the_record_to_the_docket(full_office: OfficeBehindApi) -> None:
    office = full_office
    ada, mira = office.client(office.cast.ada), office.client(office.cast.mira)
    lawsuit = office.ids["lawsuit_id"]
    names = {each["role"] for each in ada.get(f"{API}/parties").json()["items"]}
    for role in {"plaintiff", "defendant"} - names:
        given = {"lawsuit_id": lawsuit, "name": f"The {role}", "role": role}
        assert ada.post(f"{API}/parties", json=given).status_code == 201
    given = {
        "matter_id": office.ids["matter_id"],
        "title": "Declaration of Ana Lima",
        "declarant": "Ana Lima",
        "lawsuit_id": lawsuit,
        "lettering": "first_mention",
    }
    declaration = ada.post(f"{API}/declarations", json=given).json()["id"]
    asked = {"declaration": declaration}
    version = ada.get(f"{API}/declaration-versions", params=asked).json()["items"][0]["id"]
    at = f"{API}/declaration-versions/{version}"

    facts = ada.get(f"{API}/declarations/{declaration}/facts").json()["items"]
    event = next(each["key"] for each in facts if each["kind"] == "event")
    act(ada, at, "inserting", {"facts": [event]})
    [paragraph] = ada.get(f"{API}/paragraphs", params={"version": version}).json()["items"]
    assert paragraph["sources"][0]["kind"] == "event"
    first = {
        "declaration_version_id": version,
        "says": "I keep the file.\n\nIn or around May 3, 2010, I read it.",
        "number": 2,
    }
    second = ada.post(f"{API}/paragraphs", json=first).json()["id"]
    act(ada, f"{API}/paragraphs/{second}", "dividing")
    act(ada, f"{API}/paragraphs/{second}", "moving", {"up": True})
    act(ada, f"{API}/paragraphs/{second}", "taking-out")
    assert act(ada, f"{API}/paragraphs/{second}", "putting-back")["number"] == 3

    for each in mira.get(f"{at}/checks").json()["findings"]:
        if each["accepted_because"] is None:
            act(mira, at, "accepting", {"sha256": each["sha256"], "because": "Looked at."})
    now = mira.get(f"{at}/checks").json()
    assert (now["missing"], now["signed_off"]) == ([], False)
    stale = mira.post(
        f"{at}/sign-off", json={"fingerprint": "0" * 64}, headers={"If-Match": '"99"'}
    )
    assert stale.status_code == 412
    etag = ada.get(at).headers["ETag"]
    refused = ada.post(
        f"{at}/sign-off", json={"fingerprint": now["fingerprint"]}, headers={"If-Match": etag}
    )
    assert refused.status_code == 403
    signed = act(mira, at, "sign-off", {"fingerprint": now["fingerprint"]})
    assert (signed["frozen"], signed["frozen_because"]) == (True, "signed_off")
    act(ada, at, "reading", {"read_on": "2010-10-29"})
    document = office.ids["document_id"]
    act(ada, at, "signing", {"document_id": document, "executed_on": "2010-10-29"})
    act(ada, at, "filing", {"filed_on": "2010-10-29", "number": 77})
    entries = ada.get(f"{API}/docket-entries", params={"lawsuit": lawsuit}).json()["items"]
    assert 77 in {each["number"] for each in entries}

    next_one = ada.post(f"{API}/declaration-versions", json={"declaration_id": declaration})
    assert next_one.status_code == 201, next_one.text
    after = next_one.json()["id"]
    address = f"{API}/declaration-versions/{after}/comparison"
    rows = ada.get(address, params={"before": version}).json()["items"]
    assert {each["how"] for each in rows} == {"same"}
    sign_offs = ada.get(f"{API}/sign-offs").json()["items"]
    assert [each["void_on"] for each in sign_offs] == ["2010-10-29"]
    assert len(ada.get(f"{API}/accepted-notes").json()["items"]) > 0


def test_a_stranger_asks_for_none_of_it(full_office: OfficeBehindApi) -> None:
    eve = full_office.client(full_office.cast.eve)
    version = full_office.ids["declaration_version_id"]

    for address in (
        f"{API}/declaration-versions/{version}/checks",
        f"{API}/declaration-versions/{version}/comparison?before={version}",
        f"{API}/declarations/{full_office.ids['declaration_id']}/facts",
    ):
        assert eve.get(address).status_code == 404
