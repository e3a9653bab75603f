"""Drafts by the API: one's own alone; and what was asked before, through no wall."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from casemgr.db.tables import Matter
from tests import makes
from tests.api.conftest import API, BY_PATH, OfficeBehindApi

DRAFTS = f"{API}/request-drafts"
ASKING = {
    "title": "Letters on the opt-out",
    "items": ["Every letter asking to opt out, and every reply."],
    "agency_ids": ["ice"],
}


@pytest.fixture
def sam(office: OfficeBehindApi) -> TestClient:
    return office.client(office.cast.sam)


def test_a_draft_is_kept_changed_and_taken_away(office: OfficeBehindApi, sam: TestClient) -> None:
    example = BY_PATH["request-drafts"].create.example  # type: ignore[union-attr]
    matter = office.ids["matter_id"]

    made = sam.post(DRAFTS, json={**example, "for_matter_id": matter})
    address, held = f"{DRAFTS}/{made.json()['id']}", {"If-Match": made.headers["ETag"]}
    changed = sam.patch(address, json={"typed": {"title": "Another"}}, headers=held)
    late = sam.patch(address, json={"typed": {"title": "Late"}}, headers=held)
    file = {"file": ("letter.txt", b"Dear Officer:", "text/plain")}
    filed = sam.put(f"{address}/file", files=file, headers={"If-Match": changed.headers["ETag"]})

    assert (made.status_code, changed.status_code, late.status_code) == (201, 200, 412)
    assert (changed.json()["title"], changed.json()["for_matter_id"]) == ("Another", matter)
    assert filed.json()["file_name"] == "letter.txt"
    assert [each["id"] for each in sam.get(DRAFTS).json()["items"]] == [made.json()["id"]]
    gone = sam.delete(address, headers={"If-Match": filed.headers["ETag"]})
    assert (gone.status_code, sam.get(address).status_code) == (204, 404)


def test_nobody_else_learns_of_a_draft_and_a_wall_hides_it_from_its_owner(
    office: OfficeBehindApi, sam: TestClient
) -> None:
    given = {"intake": "new", "typed": {}, "for_matter_id": office.ids["matter_id"]}
    address = f"{DRAFTS}/{sam.post(DRAFTS, json=given).json()['id']}"

    for person in (office.cast.ada, office.cast.eve, office.cast.noor, office.gil):
        other = office.client(person)
        assert other.get(DRAFTS).json()["items"] == []
        assert other.get(address).content == other.get(f"{DRAFTS}/RD-0000000000").content
        assert other.delete(address, headers={"If-Match": '"1"'}).status_code == 404
    with office.desk.work() as work:
        matter = work.session.get_one(Matter, office.ids["matter_id"])
        cast = office.cast
        makes.make_wall(work.session, cast.sam, matter, cast.ada, cast.noor)

    assert sam.get(address).status_code == 404
    assert sam.get(DRAFTS).json()["items"] == []


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"intake": "fax"}, 422),
        ({"intake": "sent", "typed": {"no spaces": "x"}}, 422),
        ({"intake": "sent", "typed": {"title": "x" * 1_000_001}}, 422),
        ({"intake": "sent", "for_matter_id": "M-0000000000"}, 422),
        ({"intake": "sent", "typed": {"title": "a\u0000b"}}, 201),
    ],
)
def test_what_a_draft_cannot_hold_is_told(
    office: OfficeBehindApi, sam: TestClient, given: dict[str, object], status: int
) -> None:
    assert sam.post(DRAFTS, json=given).status_code == status
    assert sam.post(f"{API}/requests/near", json={**ASKING, "items": 7}).status_code == 422


def test_a_guest_begins_no_draft(office: OfficeBehindApi) -> None:
    assert office.client(office.gil).post(DRAFTS, json={"intake": "new"}).status_code == 403


def test_a_request_is_added_with_its_sending_in_one_piece(
    office: OfficeBehindApi, sam: TestClient
) -> None:
    given = {
        "matter_id": office.ids["matter_id"],
        "title": "Opt-outs",
        "requested_on": "2010-09-08",
        "sendings": [{"agency_id": "ice", "sent_on": "2010-09-08", "method": "portal"}],
        "asks_expedition": True,
    }

    made = sam.post(f"{API}/requests", json=given)
    wrong = sam.post(f"{API}/requests", json={**given, "sendings": [{"agency_id": "nsa"}]})

    assert made.status_code == 201, made.text
    assert made.json()["owner_id"] == office.cast.sam.id
    events = sam.get(f"{API}/events").json()["items"]
    assert {each["kind"] for each in events} == {"sent", "expedition_requested"}
    assert set(wrong.json()["errors"]) == {"sendings.0.agency_id"}


def test_what_was_asked_before_is_found_and_never_through_a_wall(
    office: OfficeBehindApi, sam: TestClient
) -> None:
    row = office.add(sam, "organisations") and office.add(sam, "requests")

    [near] = sam.post(f"{API}/requests/near", json=ASKING).json()["items"]
    eve = office.client(office.cast.eve).post(f"{API}/requests/near", json=ASKING)
    elsewhere = sam.post(f"{API}/requests/near", json={**ASKING, "agency_ids": ["dhs"]})

    assert (near["id"], near["who"], near["agencies"]) == (row["id"], "Sam Okonjo", ["ICE"])
    assert set(near["words"]) >= {"letter", "reply"}
    assert eve.json() == elsewhere.json() == {"items": []}
