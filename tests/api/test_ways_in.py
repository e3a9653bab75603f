"""Ways in and out through the API: the same use cases, the same refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from starlette.testclient import TestClient

from casemgr.usecases import signin
from casemgr.usecases.signin import TokenScope
from tests import makes
from tests.api.conftest import API, BY_PATH, OfficeBehindApi

PRIYA = {"name": "Priya Shah", "email": "priya@example.org", "role": "student"}


def test_an_administrator_invites_resets_and_off_boards(office: OfficeBehindApi) -> None:
    noor, sam = office.client(office.cast.noor), office.client(office.cast.sam)

    one = noor.post(f"{API}/invitations", json=PRIYA)
    assert one.status_code == 201
    assert "/invitation/" in one.json()["address"]
    again = noor.post(f"{API}/staff-list/{one.json()['person_id']}/invitation")
    assert again.json()["address"] != one.json()["address"]
    many = noor.post(f"{API}/invitations/class", json={"lines": "Ben, ben@example.org\nMax, max"})
    assert many.status_code == 422
    assert "Line 2" in many.json()["errors"]["lines"]
    assert noor.post(f"{API}/staff-list/{office.cast.sam.id}/reset").status_code == 201
    gone = noor.post(f"{API}/staff-list/{office.cast.sam.id}/off-boarding")
    assert gone.status_code == 200
    assert gone.json()["tokens"] == 1
    assert gone.json()["memberships"] == 1
    assert sam.get(f"{API}/me").status_code == 401


@pytest.mark.parametrize(
    "path", ["invitations", "invitations/class", "staff-list/{id}/reset",
             "staff-list/{id}/invitation", "staff-list/{id}/off-boarding"]
)  # fmt: skip
def test_nobody_else_looks_after_people(office: OfficeBehindApi, path: str) -> None:
    sent = {"lines": "Ben, ben@example.org"} if path.endswith("class") else PRIYA
    address = f"{API}/{path.format(id=office.cast.eve.id)}"

    for person in (office.cast.ada, office.cast.sam, office.cast.mira, office.gil):
        assert office.client(person).post(address, json=sent).status_code == 403


def test_a_token_made_over_ten_minutes_ago_invites_nobody(office: OfficeBehindApi) -> None:
    noor = office.client(office.cast.noor)

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        answer = noor.post(f"{API}/invitations", json=PRIYA)
        still_reads = noor.get(f"{API}/people")

    assert answer.status_code == 403
    assert "ten minutes" in answer.json()["detail"]
    assert still_reads.status_code == 200


def test_a_token_that_may_only_read_changes_nothing(office: OfficeBehindApi) -> None:
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        secret = signin.make_token(work, office.cast.ada, "reads", scope=TokenScope.READ)
    reads = TestClient(office.app, headers={"Authorization": f"Bearer {secret}"})

    assert reads.get(f"{API}/matters").status_code == 200
    answer = reads.post(f"{API}/tasks", json=office.example(BY_PATH["tasks"]))
    assert answer.status_code == 403
    assert "may only read" in answer.json()["detail"]
    used = reads.get(f"{API}/tokens").json()["items"]
    assert [(each["scope"], each["used_at"] is None) for each in used] == [("read", False)]


def test_sessions_are_ones_own_and_end_at_once(office: OfficeBehindApi) -> None:
    cookie = makes.make_session(office.desk, office.cast.ada)
    ada, sam = office.client(office.cast.ada), office.client(office.cast.sam)

    (session,) = ada.get(f"{API}/sessions").json()["items"]
    assert set(session) == {"id", "device", "started_at", "seen_at"}
    assert sam.get(f"{API}/sessions").json()["items"] == []
    assert sam.delete(f"{API}/sessions/{session['id']}").status_code == 404
    browser = TestClient(office.app, headers={"sec-fetch-site": "same-origin"})
    browser.cookies.set(office.desk.cookie, cookie)
    assert browser.get(f"{API}/me").status_code == 200
    address = f"{API}/sessions/{session['id']}"
    assert sam.get(address).status_code == 404
    held = {"If-Match": ada.get(address).headers["ETag"]}
    assert ada.delete(address).status_code == 428
    assert ada.delete(address, headers={"If-Match": '"0"'}).status_code == 412
    assert ada.delete(address, headers=held).status_code == 204
    assert ada.delete(address, headers=held).status_code == 404
    assert browser.get(f"{API}/me").status_code == 401


def test_a_student_asks_an_attorney(full_office: OfficeBehindApi) -> None:
    sent = {
        "matter_id": full_office.ids["matter_id"],
        "person_id": full_office.cast.mira.id,
        "right": "release",
        "subject_kind": "foia_request",
        "subject_id": full_office.ids["request_id"],
    }

    made = full_office.client(full_office.cast.sam).post(f"{API}/asks", json=sent)

    assert made.status_code == 201, made.text
    assert made.json()["person_id"] == full_office.cast.mira.id
    assert "asks you to release a letter" in made.json()["title"]
    stranger = full_office.client(full_office.cast.eve).post(f"{API}/asks", json=sent)
    assert stranger.status_code == 404
