"""Calendars as programs reach them."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from casemgr.db import tables
from casemgr.usecases import signin
from tests import makes
from tests.calendar.conftest import Office
from tests.calendar.entries import read

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WITHIN = "since=2010-11-01&until=2010-11-30"


def program(office: Office, person: tables.Person) -> TestClient:
    with office.desk.work(makes.actor_of(person)) as work:
        secret = signin.make_token(work, person, "a program")
    return TestClient(office.app, headers={"Authorization": f"Bearer {secret}"})


def test_a_program_reads_the_dates_within_days(office: Office) -> None:
    ada, eve = (program(office, each) for each in (office.cast.ada, office.cast.eve))

    found = ada.get(f"/api/v1/calendar?{WITHIN}").json()["items"]

    assert [each["id"] for each in found] == [office.hearing.id, office.deadline.id]
    assert found[0]["at"] == "2010-11-09T19:00:00Z"
    assert found[1]["owner"] == "Ada Marlowe"
    hearings = ada.get(f"/api/v1/calendar?{WITHIN}&kind=hearing").json()["items"]
    assert [each["id"] for each in hearings] == [office.hearing.id]
    assert eve.get(f"/api/v1/calendar?{WITHIN}").json() == {"items": []}
    events = read(ada.get(f"/api/v1/calendar.ics?{WITHIN}").content)
    assert [str(each["UID"]) for each in events] == [each["uid"] for each in found]


@pytest.mark.parametrize("days", ["since=2010-11-30&until=2010-11-01", "since=2010-11-01", ""])
def test_days_that_are_none_are_told(office: Office, days: str) -> None:
    answer = program(office, office.cast.ada).get(f"/api/v1/calendar?{days}")

    assert answer.status_code == 422


def test_a_program_makes_reads_and_ends_an_address(office: Office) -> None:
    ada, mira = (program(office, each) for each in (office.cast.ada, office.cast.mira))

    made = ada.post("/api/v1/calendar-feeds", json={"name": "Outlook", "shows": "all"})

    assert made.status_code == 201, made.text
    path = made.json()["address"].removeprefix(office.desk.settings.address)
    assert office.fetch(path).status_code == 200
    feed = made.headers["Location"]
    assert "address" not in ada.get(feed).json()
    assert "secret_hash" not in made.json()
    [told] = ada.get(f"{feed}/subscribers").json()["items"]
    assert (told["program"], told["behind"]) == ("Outlook", False)
    assert mira.get(feed).status_code == 404
    assert mira.get(f"{feed}/subscribers").status_code == 404
    etag = ada.get(feed).headers["ETag"]
    assert ada.delete(feed, headers={"If-Match": etag}).status_code == 204
    assert ada.get(feed).json()["revoked_at"] is not None
    assert office.fetch(path).status_code == 404
