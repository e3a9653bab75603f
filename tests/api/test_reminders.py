"""Programs set how dates are reminded of, and answer reminders, as pages do."""

from __future__ import annotations

from tests.api.conftest import API, OfficeBehindApi


def test_a_policy_and_hours_are_set_and_read_again(office: OfficeBehindApi) -> None:
    mira, sam = office.client(office.cast.mira), office.client(office.cast.sam)
    policy = {"kind": "our_court_date", "days_before": [21, 14, 7, 3, 1, 0]}

    made = mira.post(f"{API}/reminder-policies", json=policy)
    again = mira.post(f"{API}/reminder-policies", json={**policy, "days_before": [30]})
    refused = sam.post(f"{API}/reminder-policies", json=policy)

    assert (made.status_code, again.status_code, refused.status_code) == (201, 201, 403)
    [seen] = sam.get(f"{API}/reminder-policies").json()["items"]
    assert (seen["id"], seen["days_before"]) == (made.json()["id"], [30])
    hours = sam.post(f"{API}/reminder-hours", json={"morning": "7:30", "zone": "America/Chicago"})
    assert hours.status_code == 422
    hours = sam.post(f"{API}/reminder-hours", json={"morning": "07:30", "zone": "America/Chicago"})
    assert hours.json()["morning"] == "07:30"
    assert mira.get(f"{API}/reminder-hours").json()["items"] == []
    days = {"kind": "our_court_date", "days_before": [30]}
    assert sam.post(f"{API}/own-reminder-days", json=days).status_code == 201
    [own] = sam.get(f"{API}/own-reminder-days").json()["items"]
    assert (own["days_before"], own["person_id"]) == ([30], office.cast.sam.id)
    assert mira.get(f"{API}/own-reminder-days").json()["items"] == []
    assert own["id"] not in sam.get(f"{API}/reminder-policies").text


def test_a_reminder_is_answered_and_put_off(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    row = ada.get(f"{API}/deadlines?whose=ours").json()["items"][0]
    address = f"{API}/deadlines/{row['id']}"
    etag = {"If-Match": ada.get(address).headers["ETag"]}

    known = ada.post(f"{address}/acknowledgement", headers=etag)
    late = ada.post(f"{address}/snooze", json={"until": "2099-01-01"}, headers=etag)
    foreign = full_office.client(full_office.cast.eve).post(f"{address}/acknowledgement")

    assert known.status_code == 200, known.text
    assert late.status_code in {409, 422}
    assert foreign.status_code == 404
