"""A program files what came as a page does: one call, everything that follows, nothing by half."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from casemgr.api.incoming import EXAMPLES
from tests import makes
from tests.api.conftest import API, OfficeBehindApi

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def track(office: OfficeBehindApi) -> str:
    ada = office.client(office.cast.ada)
    office.add(ada, "organisations")
    office.add(ada, "requests")
    with office.desk.work() as work:
        makes.make_agency(work.session, "fbi")
    track_id: str = ada.get(f"{API}/tracks").json()["items"][0]["id"]
    return track_id


def send(client: TestClient, track_id: str, query: str = "", **came: Any) -> Any:
    return client.post(f"{API}/tracks/{track_id}/incoming{query}", json={"came": came})


def events(client: TestClient, track_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{API}/events?track={track_id}").json()["items"]
    return found


def test_every_documented_example_is_filed(office: OfficeBehindApi, track: str) -> None:
    sam = office.client(office.cast.sam)
    for example in EXAMPLES:
        answer = send(sam, track, **example["came"])
        assert answer.status_code == 201, answer.text
        assert answer.json()["event_ids"]

    assert len(sam.get(f"{API}/tracks").json()["items"]) == 2


def test_an_acknowledgment_answers_with_what_it_made_and_moved(
    office: OfficeBehindApi, track: str
) -> None:
    ada = office.client(office.cast.ada)

    made = send(ada, track, **EXAMPLES[0]["came"]).json()

    assert [each["kind"] for each in events(ada, track)] == ["received", "acknowledged"]
    assert len(made["tracking_number_ids"]) == 1
    assert "ICE: decide the request" in {each["title"] for each in made["moved"]}


def test_a_preview_files_nothing(office: OfficeBehindApi, track: str) -> None:
    ada = office.client(office.cast.ada)

    answer = send(ada, track, "?preview=true", **EXAMPLES[0]["came"])

    assert answer.status_code == 200
    assert answer.json()["moved"][0]["due"] == "2010-03-10"
    assert events(ada, track) == []


def test_what_cannot_be_right_leaves_nothing_and_names_its_field(
    office: OfficeBehindApi, track: str
) -> None:
    ada = office.client(office.cast.ada)

    early = send(
        ada, track, what="acknowledged", happened_on="2010-02-16", received_on="2010-02-01"
    )
    strange = send(ada, track, what="miracle", happened_on="2010-02-16")
    no_claim = send(
        ada,
        track,
        what="decided",
        decides="request",
        outcome="denied",
        happened_on="2010-02-16",
        exemptions=["12"],
    )

    assert early.status_code == strange.status_code == no_claim.status_code == 422
    assert "cannot have had it earlier" in early.json()["errors"]["received_on"]
    assert "is no exemption" in no_claim.text
    assert events(ada, track) == []


def test_a_late_appeal_says_so(office: OfficeBehindApi, track: str) -> None:
    ada = office.client(office.cast.ada)
    decided = {"what": "decided", "decides": "request", "outcome": "denied"}
    send(ada, track, **decided, happened_on="2010-03-01")

    refused = send(ada, track, what="appealed", happened_on="2010-10-01")
    kept = send(
        ada, track, what="appealed", happened_on="2010-10-01", late_because="It lay elsewhere."
    )

    assert "late_because" in refused.json()["errors"]
    assert kept.status_code == 201
    late = {each["kind"]: each["late"] for each in events(ada, track)}
    assert late == {"determination": False, "appeal_sent": True}


def test_the_same_call_sent_twice_is_filed_once(office: OfficeBehindApi, track: str) -> None:
    ada = office.client(office.cast.ada)
    body, key = {"came": EXAMPLES[1]["came"]}, {"Idempotency-Key": "a-letter"}
    address = f"{API}/tracks/{track}/incoming"

    first = ada.post(address, json=body, headers=key)
    second = ada.post(address, json=body, headers=key)

    assert first.json() == second.json()
    assert len(events(ada, track)) == 1


def test_who_only_reads_files_nothing_and_a_stranger_learns_nothing(
    office: OfficeBehindApi, track: str
) -> None:
    came = EXAMPLES[1]["came"]

    guest = send(office.client(office.gil), track, **came)
    eve = office.client(office.cast.eve)
    real, made_up = send(eve, track, **came), send(eve, "T-0000000000", **came)

    assert guest.status_code == 403
    assert real.status_code == made_up.status_code == 404
    assert real.content == made_up.content
    assert events(office.client(office.cast.ada), track) == []


def test_a_receipt_is_chosen_with_the_version_that_was_read(
    office: OfficeBehindApi, track: str
) -> None:
    ada, sam = office.client(office.cast.ada), office.client(office.cast.sam)
    for day in ("2010-02-09", "2010-02-11"):
        send(ada, track, what="acknowledged", happened_on="2010-02-16", received_on=day)
    [*_, receipt] = [each for each in events(ada, track) if each["kind"] == "received"]
    address = f"{API}/events/{receipt['id']}/choice"
    held, because = {"If-Match": '"1"'}, {"because": "Their stamp."}

    assert ada.post(address, json=because).status_code == 428
    assert sam.post(address, json=because, headers=held).status_code == 403
    chosen = ada.post(address, json=because, headers=held)

    assert chosen.json()["chosen_on"] == "2010-10-29"
    assert chosen.json()["chosen_because"] == "Their stamp."
    assert ada.post(address, json=because, headers=held).status_code == 412


def test_the_ledger_says_what_can_be_pleaded_and_where_it_is_proved(
    office: OfficeBehindApi, track: str
) -> None:
    ada = office.client(office.cast.ada)
    send(ada, track, **EXAMPLES[0]["came"])
    address = f"{API}/matters/{office.ids['matter_id']}/exhaustion"

    ledger = ada.get(address).json()

    assert [each["claim"] for each in ledger["lines"]] == [
        "timeliness", "expedition", "fee_waiver", "search", "withholding",
    ]  # fmt: skip
    first = ledger["lines"][0]
    assert (first["footing"], first["since"]) == ("open", "2010-03-11")
    proof = ada.get(f"{API}/deadlines/{first['deadline_id']}").json()
    assert proof["due"] == "2010-03-10"
    eve = office.client(office.cast.eve)
    made_up = eve.get(f"{API}/matters/M-0000000000/exhaustion")
    assert eve.get(address).content == made_up.content
    assert made_up.status_code == 404
