"""Letters by program: drafted, checked, released by an attorney as read, sent, downloaded."""

from __future__ import annotations

from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from casemgr.db.session import transaction
from casemgr.db.tables import Requester
from casemgr.domain.words import EventKind
from tests import makes
from tests.api.conftest import API, OfficeBehindApi

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Desk:
    """An office with a request that ICE has had since February 9, 2010."""

    def __init__(self, office: OfficeBehindApi) -> None:
        self.office = office
        with transaction(office.desk.engine) as session:
            matter = session.get_one(makes.tables.Matter, office.ids["matter_id"])
            request = makes.make_request(session, matter)
            asker = makes.make_organisation(session)
            session.add(Requester(request_id=request.id, organisation_id=asker.id))
            agency = makes.make_agency(session, "ice")
            agency.address = "500 12th Street SW\nWashington, DC"
            self.track = makes.make_track(session, request)
            makes.make_event(session, self.track)
            makes.make_event(session, self.track, EventKind.RECEIVED, makes.date(2010, 2, 9))
        self.sam = office.client(office.cast.sam)
        self.mira = office.client(office.cast.mira)

    def draft(self, **typed: Any) -> dict[str, Any]:
        given = {"track_id": self.track.id, "kind": "status_inquiry", "typed": typed}
        answer = self.sam.post(f"{API}/letter-drafts", json=given)
        assert answer.status_code == 201, answer.text
        return {**answer.json(), "etag": answer.headers["ETag"]}

    def act(
        self, client: TestClient, draft: dict[str, Any], what: str, given: Any = None
    ) -> Response:
        address = f"{API}/letter-drafts/{draft['id']}"
        held = {"If-Match": client.get(address).headers["ETag"]}
        return client.post(f"{address}/{what}", json=given, headers=held)

    def release(self, client: TestClient, draft: dict[str, Any]) -> Response:
        checks = client.get(f"{API}/letter-drafts/{draft['id']}/checks").json()
        return self.act(client, draft, "release", {"fingerprint": checks["fingerprint"]})


@pytest.fixture
def desk(office: OfficeBehindApi) -> Desk:
    """Open the office."""
    return Desk(office)


@on_sqlite
def test_from_the_draft_to_the_sending(desk: Desk) -> None:
    draft = desk.draft(tone="first")
    assert desk.act(desk.sam, draft, "handing-in").json()["state"] == "waiting"
    assert desk.release(desk.sam, draft).status_code == 403
    back = desk.act(desk.mira, draft, "sending-back", {"because": "Firmer."})
    assert back.json()["sent_back_because"] == "Firmer."

    released = desk.release(desk.mira, draft)

    assert released.status_code == 201, released.text
    letter = f"{API}/letters/{released.json()['letter_id']}"
    pdf, word = desk.sam.get(f"{letter}/file"), desk.sam.get(f"{letter}/word")
    assert pdf.content == desk.sam.get(f"{letter}/file").content
    assert pdf.content.startswith(b"%PDF")
    assert (word.content[:2], word.headers["content-type"]) == (b"PK", WORD)
    sent = desk.sam.post(
        f"{released.headers['Location']}/sending",
        json={"sent_on": "2010-10-29", "method": "email", "proof": "message 12"},
        headers={"If-Match": released.headers["ETag"]},
    )
    assert sent.status_code == 200, sent.text
    [sending] = desk.sam.get(f"{API}/sendings").json()["items"]
    assert (sending["proof"], sending["release_id"]) == ("message 12", released.json()["id"])
    last = desk.sam.get(f"{API}/events", params={"track": desk.track.id}).json()["items"][-1]
    assert (last["id"], last["kind"], last["source"]) == (
        sending["event_id"],
        "letter",
        "By e-mail; message 12",
    )
    changed = desk.sam.patch(
        f"{API}/sendings/{sending['id']}",
        json={"proof": "read receipt"},
        headers={"If-Match": '"1"'},
    )
    assert changed.json()["proof"] == "read receipt"
    late = desk.act(desk.sam, draft, "giving-up", {"because": "No."})
    assert late.status_code == 409


@on_sqlite
def test_a_release_names_what_was_read(desk: Desk) -> None:
    draft = desk.draft()
    address = f"{API}/letter-drafts/{draft['id']}/release"

    other = desk.act(desk.mira, draft, "release", {"fingerprint": "0" * 64})
    unsaid = desk.mira.post(address, json={"fingerprint": "0" * 64})
    stale = desk.mira.post(address, json={"fingerprint": "0" * 64}, headers={"If-Match": '"9"'})

    assert (other.status_code, unsaid.status_code, stale.status_code) == (409, 428, 412)
    assert desk.mira.get(f"{API}/letter-releases").json()["items"] == []


@on_sqlite
def test_the_check_list_says_what_is_missing_and_under_which_law(desk: Desk) -> None:
    given = {"track_id": desk.track.id, "kind": "ogis"}
    draft = desk.sam.post(f"{API}/letter-drafts", json=given).json()

    checks = desk.sam.get(f"{API}/letter-drafts/{draft['id']}/checks").json()

    missing = {each["key"]: each for each in checks["parts"] if not each["met"]}
    assert checks["complete"] is False
    assert missing["consent"]["law"] == "5 U.S.C. § 552(h)(3)"
    assert missing["consent"]["verified"] is False
    refused = desk.release(desk.mira, draft)
    assert refused.status_code == 422
    assert "Say below where it is stuck" in refused.text


@on_sqlite
def test_what_may_be_written_about_a_track_comes_first(desk: Desk) -> None:
    found = desk.sam.get(f"{API}/tracks/{desk.track.id}/letters").json()["items"]

    now = {each["kind"] for each in found if each["now"]}
    assert now == {"proof_of_sending", "status_inquiry", "constructive_denial", "ogis"}
    assert [each["now"] for each in found] == sorted((e["now"] for e in found), reverse=True)
    why = next(each["why"] for each in found if each["kind"] == "constructive_denial")
    assert why == "Their time ran out 163 working days ago."


@on_sqlite
def test_a_preview_is_made_of_its_own_kind_only(desk: Desk) -> None:
    draft = desk.draft()

    made = desk.sam.post(f"{API}/letters", json={"kind": "status_inquiry", "of": draft["id"]})
    wrong = desk.sam.post(f"{API}/letters", json={"kind": "ogis", "of": draft["id"]})
    of_nothing = desk.sam.post(f"{API}/letters", json={"kind": "ogis", "of": "LD-0000000000"})

    assert made.status_code == 201
    assert made.json()["kind"] == "status_inquiry"
    assert (wrong.status_code, of_nothing.status_code) == (422, 404)


@on_sqlite
def test_staff_release_under_a_standing_permission_until_it_is_taken_back(desk: Desk) -> None:
    office, address = desk.office, f"{API}/standing-permissions"
    ada, eve = office.client(office.cast.ada), office.client(office.cast.eve)
    given = {
        "matter_id": office.ids["matter_id"],
        "person_id": office.cast.ada.id,
        "kinds": ["status_inquiry"],
        "until_on": "2010-12-31",
    }
    asked = [each.post(address, json=given).status_code for each in (ada, desk.sam, eve)]
    assert asked == [403, 403, 404]
    assert desk.release(ada, desk.draft()).status_code == 403

    made = desk.mira.post(address, json=given)

    assert made.status_code == 201, made.text
    released = desk.release(ada, desk.draft())
    assert released.status_code == 201, released.text
    assert released.json()["permission_id"] == made.json()["id"]
    back, why = f"{made.headers['Location']}/taking-back", {"because": "The trial is over."}
    held = {"If-Match": made.headers["ETag"]}
    assert desk.mira.post(back, json=why).status_code == 428
    refused = [each.post(back, json=why, headers=held).status_code for each in (ada, eve)]
    assert refused == [403, 404]
    assert desk.mira.post(back, json=why, headers=held).status_code == 200
    over = desk.release(ada, desk.draft())
    assert over.status_code == 403
    assert "took this permission back: The trial is over." in over.json()["detail"]
