"""Docket papers through the API: kept, planned, taken in; and the dates of a docket."""

from __future__ import annotations

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from casemgr.db.session import transaction
from casemgr.db.tables import Person
from casemgr.importing import work_off
from tests.api.conftest import API, OfficeBehindApi
from tests.dockets.papers import sheet

NUMBER = "1:10-cv-09001"
PAST = (
    ("10/12/2010", "7", "ORDER: Motions due by 11/14/2010. (Entered: 10/12/2010)"),
    ("10/28/2010", "12", "MOTION to Compel. Document filed by Rosa Alvarez."),
)


def upload(browser: TestClient, office: OfficeBehindApi, data: bytes) -> Response:
    return browser.post(
        f"{API}/docket-papers/upload",
        files={"file": ("docket.html", data)},
        data={"matter_id": office.ids["matter_id"]},
    )


pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ada(full_office: OfficeBehindApi) -> TestClient:
    return full_office.client(full_office.cast.ada)


@pytest.fixture
def eve(full_office: OfficeBehindApi) -> TestClient:
    return full_office.client(full_office.cast.eve)


@pytest.fixture
def kept(full_office: OfficeBehindApi, ada: TestClient) -> str:
    sent = upload(ada, full_office, sheet(PAST, number=NUMBER))
    assert sent.status_code == 201, sent.text
    return str(sent.json()["id"])


def test_a_kept_paper_is_planned_and_taken_in_as_it_was_seen(kept: str, ada: TestClient) -> None:
    planned = ada.post(f"{API}/documents/{kept}/docket-plan", json={}).json()
    [case] = planned["cases"]
    assert (planned["kind"], case["refused"]) == ("sheet", "")
    assert sum(case["counts"].values()) == 2

    taken = ada.post(f"{API}/documents/{kept}/docket-import", json={"seen": planned["seen"]})
    assert taken.status_code == 201, taken.text
    late = ada.post(f"{API}/documents/{kept}/docket-import", json={"seen": planned["seen"]})
    assert late.status_code == 409

    [done] = taken.json()
    [paper] = ada.get(f"{API}/docket-papers?document={kept}").json()["items"]
    lines = ada.get(f"{API}/docket-lines?paper={paper['id']}").json()["items"]
    assert len(lines) == done["added"] + done["kept_beside"] == 2


def test_nothing_more_is_taken_in_for_somebody_who_has_left(
    full_office: OfficeBehindApi, kept: str, ada: TestClient
) -> None:
    begun = ada.post(f"{API}/documents/{kept}/docket-takings", json={}).json()["id"]
    before = len(ada.get(f"{API}/docket-entries").json()["items"])
    with transaction(full_office.desk.engine) as session:
        session.get_one(Person, full_office.cast.ada.id).active = False

    work_off(full_office.desk)

    sam = full_office.client(full_office.cast.sam)
    assert sam.get(f"{API}/docket-takings/{begun}").json()["state"] == "failed"
    assert len(sam.get(f"{API}/docket-entries").json()["items"]) == before


def test_the_dates_of_a_docket_stand_beside_ours(
    kept: str, full_office: OfficeBehindApi, ada: TestClient
) -> None:
    [done] = ada.post(f"{API}/documents/{kept}/docket-import", json={}).json()
    found = ada.get(f"{API}/lawsuits/{done['lawsuit_id']}/docket-dates").json()
    motions = next(each for each in found if each["what"] == "Motions")
    assert (motions["stated"], motions["verdict"]) == ("2010-11-14", "only theirs")


def test_who_is_not_on_the_matter_finds_nothing(
    kept: str, full_office: OfficeBehindApi, eve: TestClient
) -> None:
    assert upload(eve, full_office, sheet()).status_code == 404
    for path in ("docket-plan", "docket-import"):
        assert eve.post(f"{API}/documents/{kept}/{path}", json={}).status_code == 404
    lawsuit = full_office.ids["lawsuit_id"]
    assert eve.get(f"{API}/lawsuits/{lawsuit}/docket-dates").status_code == 404


def test_a_document_that_is_no_docket_paper_says_so(
    full_office: OfficeBehindApi, ada: TestClient
) -> None:
    kept = upload(ada, full_office, b"Dear Officer, please find enclosed").json()["id"]
    refused = ada.post(f"{API}/documents/{kept}/docket-plan", json={})
    assert refused.status_code == 422
    assert "must name the columns" in refused.text
