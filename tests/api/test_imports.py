"""An import by the API: brought, matched, looked at row by row, started and taken back."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient

from casemgr.importing import work_off
from tests.api.conftest import API, OfficeBehindApi
from tests.usecases.sheets import csv_of

ROWS = (
    ["A-1", "Opt-out letters", "ICE", "2010ICE1", "2010-02-03", "2010-02-09", "", ""],
    ["A-2", "Raids", "Moonbase", "", "2010-02-03", "", "", ""],
)


def act(office: OfficeBehindApi, client: TestClient, address: str, what: str, given: Any) -> Any:
    """Do something to an import as it stands, have the step done, and return how it stands then."""
    held = {"If-Match": client.get(address).headers["ETag"]}
    said = client.post(f"{address}/{what}", json=given, headers=held)
    assert said.status_code == 200, said.text
    work_off(office.desk)
    return client.get(address).json()


def test_a_program_imports_a_spreadsheet_and_takes_it_back(office: OfficeBehindApi) -> None:
    ada, eve = office.client(office.cast.ada), office.client(office.cast.eve)
    upload = {"file": ("old.csv", csv_of(*ROWS), "text/csv")}
    matter = {"matter_id": office.ids["matter_id"]}

    refused = eve.post(f"{API}/imports", data=matter, files=upload)
    made = ada.post(f"{API}/imports", data=matter, files=upload)

    assert (refused.status_code, made.status_code) == (404, 201)
    address = made.headers["Location"]
    work_off(office.desk)
    read = ada.get(address).json()
    assert (read["state"], read["rows"], len(read["headers"])) == ("matching", 2, 8)
    assert read["matching"]["columns"]["1"] == "title"
    checked = act(office, ada, address, "matching", read["matching"])
    assert (checked["state"], checked["wrong"]) == ("checked", 1)
    [wrong] = ada.get(f"{address}/rows?wrong=true").json()["items"]
    assert (wrong["number"], wrong["says"][0]["column"]) == (3, 2)
    first = ada.get(f"{address}/rows?limit=1").json()
    assert (first["items"][0]["cells"][1], first["next"]) == ("Opt-out letters", 2)
    assert eve.get(f"{address}/rows").status_code == 404

    done = act(office, ada, address, "start", {"leave_out_wrong": True})
    assert (done["state"], done["done"]) == ("imported", 1)
    [line] = ada.get(f"{API}/requests/list?text=opt-out").json()["items"]
    assert line["components"] == ["ICE"]
    assert eve.get(f"{API}/requests/list").json()["items"] == []
    undone = act(office, ada, address, "undoing", {"because": "The wrong matter."})
    assert undone["state"] == "undone"
    assert ada.get(f"{API}/requests/list").json()["items"] == []
    assert ada.get(f"{API}/requests/{line['id']}").status_code == 404
