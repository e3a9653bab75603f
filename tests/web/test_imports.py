"""Importing a spreadsheet in the browser: every step has its page, and no step surprises."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from casemgr.importing import work_off
from tests.usecases.sheets import csv_of, workbook
from tests.web.conftest import Office, text_of

ROWS = (
    ["A-1", "Opt-out letters", "ICE", "2010ICE1", "2010-02-03", "2010-02-09", "", ""],
    ["A-2", "Raids", "Moonbase", "", "2/3/2010", "", "", ""],
    ["A-3", "", "ICE", "", "", "", "", ""],
)


@pytest.fixture
def brought(office: Office, ada: TestClient) -> str:
    answer = ada.post(
        "/imports",
        data={"matter_id": office.matter.id},
        files={"file": ("old.csv", csv_of(*ROWS), "text/csv")},
    )
    assert answer.status_code == 303, answer.text
    waits = ada.get(answer.headers["location"])
    assert waits.headers["Refresh"] == "2"
    assert "Still working. Nothing is lost" in text_of(waits.text)
    work_off(office.desk)
    return str(answer.headers["location"])


def form_of(page: str) -> dict[str, str]:
    """Return what the form of the columns would send as it stands."""
    form = page[page.index("/columns") : page.index("Check every row")]
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_a_spreadsheet_goes_from_the_file_to_the_list_step_by_step(
    office: Office, ada: TestClient, brought: str
) -> None:
    page = ada.get(brought)
    assert "Refresh" not in page.headers
    sent = form_of(page.text)
    assert {sent[f"column_{at}"] for at in range(8)} == {
        "reference", "title", "offices", "numbers", "sent_on", "received_on", "decided_on",
        "outcome",
    }  # fmt: skip

    assert ada.post(f"{brought}/columns", data=sent).status_code == 303
    work_off(office.desk)
    page = ada.get(brought)
    said = text_of(page.text)
    assert "1 rows can be imported. 2 cannot as they are" in said
    assert "Agency: “Moonbase” is no office of the directory." in said
    assert "Subject: A request needs a title" in said
    assert "“2/3/2010” reads two ways" in said
    assert "Raids" in ada.get(f"{brought}?rows=wrong").text
    assert "Opt-out letters" not in ada.get(f"{brought}?rows=wrong").text.split('id="rows"')[1]

    sent = {**form_of(page.text), "is_office_1": "ice", "first": "month"}
    assert ada.post(f"{brought}/columns", data=sent).status_code == 303
    work_off(office.desk)
    page = ada.get(brought)
    assert "2 rows can be imported. 1 cannot" in text_of(page.text)
    version = form_of(page.text)["version"]
    refused = ada.post(f"{brought}/start", data={"version": version})
    assert refused.status_code == 422
    assert "say that they are left out" in text_of(refused.text)
    started = ada.post(f"{brought}/start", data={"version": version, "leave_out_wrong": "true"})
    assert started.status_code == 303
    work_off(office.desk)

    page = ada.get(brought).text
    assert "2 requests are in Alvarez v. ICE." in text_of(page)
    assert "Raids" in ada.get("/requests?text=raids").text
    [version] = set(re.findall(r'name="version" value="(\d+)"', page))
    undone = ada.post(f"{brought}/undo", data={"version": version, "because": "Wrong matter."})
    assert undone.status_code == 303
    work_off(office.desk)
    assert "Everything it made is out of sight: Wrong matter." in text_of(ada.get(brought).text)
    assert "Raids" not in ada.get("/requests").text


def test_what_is_missing_is_asked_for(office: Office, ada: TestClient) -> None:
    empty = ada.post("/imports", data={"matter_id": ""}, files={"other": ("x", b"x")})
    wrong = ada.post(
        "/imports",
        data={"matter_id": office.matter.id},
        files={"file": ("old.pdf", b"%PDF-1.4", "application/pdf")},
    )

    assert (empty.status_code, wrong.status_code) == (422, 422)
    assert "Choose the spreadsheet." in text_of(empty.text)
    assert "Choose the matter" in text_of(empty.text)
    assert "a file that ends in" in text_of(wrong.text)


def test_a_file_that_cannot_be_read_says_why(office: Office, ada: TestClient) -> None:
    data = workbook(["Just one column"], ["A"])
    made = ada.post(
        "/imports", data={"matter_id": office.matter.id}, files={"file": ("a.xlsx", data)}
    )
    work_off(office.desk)

    page = text_of(ada.get(made.headers["location"]).text)

    assert "Could not go on." in page
    assert "The first row names the columns" in page


def test_the_same_form_sent_twice_brings_one_import(office: Office, ada: TestClient) -> None:
    form = {"matter_id": office.matter.id, "form_key": "a-key-of-the-form"}
    answers = [
        ada.post("/imports", data=form, files={"file": ("old.csv", csv_of(*ROWS))})
        for _ in range(2)
    ]

    assert len({answer.headers["location"] for answer in answers}) == 1


def test_a_stranger_finds_no_import(office: Office, eve: TestClient, brought: str) -> None:
    assert eve.get(brought).status_code == 404
    assert "old.csv" not in eve.get("/imports").text
    for act in ("columns", "start", "undo", "drop"):
        assert eve.post(f"{brought}/{act}", data={"version": "1"}).status_code == 404


def test_an_import_can_be_given_up(office: Office, ada: TestClient, brought: str) -> None:
    assert ada.post(f"{brought}/drop", data={"version": ""}).status_code == 303
    assert "Given up" in text_of(ada.get("/imports").text)
    assert ada.post(f"{brought}/start", data={}).status_code == 409
