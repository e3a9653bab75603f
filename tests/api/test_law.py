"""The law through the API: previews change nothing, a law call is answered as in a batch."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from casemgr.law.calls import answer
from casemgr.law.reader import the_law
from tests.api.conftest import API, OfficeBehindApi

SHUT = {
    "kind": "clerk_inaccessible",
    "court_id": "nysd",
    "first_on": "2010-11-08",
    "because": "A burst pipe.",
    "source": "Notice of the clerk",
}
CALL = {"do": "due", "id": 7, "rule": "foia.answer", "trigger": "2026-09-17", "court": "nysd"}


def dump(office: OfficeBehindApi) -> dict[str, Any]:
    with office.desk.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(sa.select(table))))
            for table in SQLModel.metadata.sorted_tables
        }


def motion(office: OfficeBehindApi, **more: Any) -> dict[str, Any]:
    return {
        "lawsuit_id": office.ids["lawsuit_id"],
        "kind": "motion",
        "filed_by": "theirs",
        "filed_on": "2010-10-25",
        "number": 77,
        "says": "Motion to compel.",
        **more,
    }


def test_a_preview_of_a_new_row_is_what_the_row_then_does(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    given = motion(full_office)
    before = dump(full_office)
    shown = ada.post(f"{API}/docket-entries?preview=true", json=given)

    assert shown.status_code == 200
    assert dump(full_office) == before
    [made] = shown.json()["moved"]
    assert (made["what"], made["due"], made["whose"]) == ("made", "2010-11-08", "ours")
    assert made["steps"]

    assert ada.post(f"{API}/docket-entries", json=given).status_code == 201
    dues = [row["due"] for row in ada.get(f"{API}/deadlines?due=2010-11-08").json()["items"]]
    assert dues == ["2010-11-08"]


def test_a_preview_of_a_change_changes_nothing(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    made = ada.post(f"{API}/docket-entries", json=motion(full_office))
    address, held = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    before = dump(full_office)
    later = {"filed_on": "2010-10-26"}
    shown = ada.patch(f"{address}?preview=true", json=later, headers=held)

    assert shown.status_code == 200, shown.text
    [moved] = shown.json()["moved"]
    assert (moved["was"], moved["due"]) == ("2010-11-08", "2010-11-09")
    assert dump(full_office) == before
    assert ada.patch(f"{address}?preview=true", json=later).status_code == 428


def test_a_preview_refuses_what_the_act_refuses(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    gil = full_office.client(full_office.gil)
    late = motion(full_office, filed_on="2010-10-30")
    answer = ada.post(f"{API}/docket-entries?preview=true", json=late)

    assert answer.status_code == 422
    assert "in the future" in answer.json()["errors"]["filed_on"]
    refused = gil.post(f"{API}/docket-entries?preview=true", json=motion(full_office))
    assert refused.status_code == 403


def test_a_closure_is_entered_previewed_and_taken_back(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    ada.post(f"{API}/docket-entries", json=motion(full_office))
    shown = ada.post(f"{API}/closures?preview=true", json=SHUT).json()["moved"]
    made = ada.post(f"{API}/closures", json=SHUT)
    address, held = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    because = {"because": "It was another courthouse."}
    back = ada.post(f"{address}/withdrawal?preview=true", json=because, headers=held)
    gone = ada.post(f"{address}/withdrawal", json=because, headers=held)

    assert [(each["was"], each["due"]) for each in shown] == [("2010-11-08", "2010-11-09")]
    assert made.status_code == 201
    assert [(each["was"], each["due"]) for each in back.json()["moved"]] == [
        ("2010-11-09", "2010-11-08")
    ]
    assert gone.json()["withdrawn_on"] == "2010-10-29"
    assert gone.json()["withdrawn_because"] == because["because"]


def test_only_who_confirms_dates_enters_closures(full_office: OfficeBehindApi) -> None:
    for person in (full_office.cast.sam, full_office.gil, full_office.cast.noor):
        client = full_office.client(person)
        assert client.post(f"{API}/closures", json=SHUT).status_code == 403
    ada = full_office.client(full_office.cast.ada)
    made = ada.post(f"{API}/closures", json=SHUT)
    sam = full_office.client(full_office.cast.sam)
    address, held = made.headers["Location"], {"If-Match": made.headers["ETag"]}
    taken = sam.post(f"{address}/withdrawal", json={"because": "No."}, headers=held)
    assert taken.status_code == 403
    assert full_office.client(full_office.gil).get(address).status_code == 404


def test_every_rule_is_read_with_its_examples(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    said = ada.get(f"{API}/rules").json()

    assert [each["id"] for each in said["items"]] == list(the_law().rules)
    assert all(example["right"] for each in said["items"] for example in each["examples"])
    one = ada.get(f"{API}/rules/foia.determination").json()
    assert one == next(each for each in said["items"] if each["id"] == "foia.determination")
    assert [text["n"] for text in one["texts"]] == [10, 20]
    assert ada.get(f"{API}/rules/foia.wishful").status_code == 404


def test_a_law_call_is_answered_as_on_the_command_line(full_office: OfficeBehindApi) -> None:
    sam = full_office.client(full_office.cast.sam)
    wrong = {**CALL, "rule": "foia.wishful"}

    assert sam.post(f"{API}/law", json=CALL).json() == answer(CALL)
    assert sam.post(f"{API}/law", json=wrong).json() == answer(wrong)
    assert sam.post(f"{API}/law", json=[CALL]).status_code == 422
    nobody = TestClient(full_office.app, headers={"sec-fetch-site": "same-origin"})
    assert nobody.post(f"{API}/law", json=CALL).status_code == 401


def test_a_law_call_counts_with_the_offices_closures(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    ada.post(f"{API}/closures", json={**SHUT, "first_on": "2026-10-19"})

    assert answer(CALL)["due"] == "2026-10-19"
    assert ada.post(f"{API}/law", json=CALL).json()["due"] == "2026-10-20"


def test_an_overridden_date_says_what_the_rule_would_give(full_office: OfficeBehindApi) -> None:
    mira, eve = (full_office.client(each) for each in (full_office.cast.mira, full_office.cast.eve))
    mira.post(f"{API}/docket-entries", json=motion(full_office))
    [row] = mira.get(f"{API}/deadlines?due=2010-11-08").json()["items"]
    address = f"{API}/deadlines/{row['id']}"
    assert mira.get(f"{address}/by-rule").json() == {"by_rule": None, "differs": False}
    given = {
        "override": {
            "due": "2010-12-01",
            "because": "So ordered.",
            "document_id": full_office.ids["document_id"],
        }
    }
    new = mira.patch(address, json=given, headers={"If-Match": f'"{row["version"]}"'})
    assert new.status_code == 200, new.text
    [set_by_hand] = mira.get(f"{API}/deadlines?due=2010-12-01").json()["items"]
    by_rule = f"{API}/deadlines/{set_by_hand['id']}/by-rule"

    assert mira.get(by_rule).json() == {"by_rule": "2010-11-08", "differs": True}
    assert eve.get(by_rule).status_code == 404
