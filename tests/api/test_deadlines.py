"""Deadlines through the API: dates follow from facts; people confirm, hand over and finish them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

from starlette.testclient import TestClient

from casemgr.db.session import transaction
from casemgr.db.tables import Matter
from casemgr.domain.deadlines import state_on
from casemgr.domain.words import DeadlineState
from tests import makes
from tests.api.conftest import API, OfficeBehindApi


def _motion(office: OfficeBehindApi) -> tuple[TestClient, dict[str, Any]]:
    """Record a motion of ours and return the deadline to oppose it."""
    mira = office.client(office.cast.mira)
    for path in ("lawsuits", "docket-entries"):
        office.add(mira, path)
    found = mira.get(f"{API}/deadlines?docket_entry={office.ids['docket_entry_id']}").json()
    return mira, found["items"][0]


def _do(client: TestClient, row: dict[str, Any], **act: Any) -> Any:
    address = f"{API}/deadlines/{row['id']}"
    etag = client.get(address).headers["ETag"]
    return client.patch(address, json=act, headers={"If-Match": etag})


def test_an_event_makes_the_date_and_its_correction_moves_it(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    office.add(ada, "organisations")
    office.add(ada, "requests")
    office.ids["track_id"] = ada.get(f"{API}/tracks").json()["items"][0]["id"]
    event = office.add(ada, "events")
    address = f"{API}/events/{event['id']}"
    counted = f"{API}/deadlines?track={office.ids['track_id']}&rule=foia.determination"

    first = ada.get(counted).json()["items"]
    moved = ada.patch(address, json={"happened_on": "2010-02-16"}, headers={"If-Match": '"1"'})
    second = ada.get(counted).json()["items"]
    ada.post(
        f"{address}/withdrawal",
        json={"because": "It was another request."},
        headers={"If-Match": moved.headers["ETag"]},
    )
    third = ada.get(f"{counted}&state=superseded").json()["items"]

    # Twenty working days, Washington's Birthday left out; the day of receipt is not counted.
    assert [each["due"] for each in first] == ["2010-03-10"]
    assert first[0]["steps"]
    current = [each for each in second if each["state"] != "superseded"]
    assert [each["due"] for each in current] == ["2010-03-16"]
    assert {each["due"] for each in third} >= {"2010-03-10", "2010-03-16"}


def test_a_withdrawn_event_stays_readable(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    address = f"{API}/events/{full_office.ids['event_id']}"
    because = {"because": "It was another request."}

    blind = ada.post(f"{address}/withdrawal", json=because)
    taken = ada.post(f"{address}/withdrawal", json=because, headers={"If-Match": '"1"'})
    again = ada.post(
        f"{address}/withdrawal", json=because, headers={"If-Match": taken.headers["ETag"]}
    )
    changed = ada.patch(address, json={"says": "x"}, headers={"If-Match": taken.headers["ETag"]})

    assert blind.status_code == 428
    assert taken.json()["withdrawn_because"] == "It was another request."
    assert ada.get(address).json()["withdrawn_on"] == "2010-10-29"
    assert (again.status_code, changed.status_code) == (409, 409)


def test_no_due_date_is_typed_in(office: OfficeBehindApi) -> None:
    mira, row = _motion(office)

    created = mira.post(f"{API}/deadlines", json={"title": "Mine", "due": "2010-11-01"})
    changed = _do(mira, row, due="2010-11-01")

    assert created.status_code == 405
    assert created.headers["Content-Type"] == "application/problem+json"
    assert "due" in changed.json()["errors"]


def test_confirming_needs_the_right_and_checking_a_second_person(office: OfficeBehindApi) -> None:
    mira, row = _motion(office)
    sam, ada = office.client(office.cast.sam), office.client(office.cast.ada)
    assert row["state"] == "not_confirmed"

    refused = _do(sam, row, confirmed=True)
    early = _do(ada, row, checked=True)
    confirmed = _do(mira, row, confirmed=True)
    own = _do(mira, row, checked=True)
    checked = _do(ada, row, checked=True)

    assert refused.status_code == 403
    assert refused.json()["detail"] == (
        "A student cannot confirm a date. Staff and attorneys on the matter can."
    )
    assert early.status_code == 409
    assert confirmed.json()["state"] == "due"
    assert own.status_code == 403
    assert checked.json()["checked_by"] == office.cast.ada.id


def test_what_a_person_marked_done_stays_done_when_facts_move(office: OfficeBehindApi) -> None:
    mira, row = _motion(office)

    done = _do(mira, row, done={"done_on": "2010-10-29", "how": "Withdrawn by agreement."})
    again = _do(mira, row, done={"done_on": "2010-10-29", "how": "Twice."})
    entry = f"{API}/docket-entries/{office.ids['docket_entry_id']}"
    mira.patch(entry, json={"filed_on": "2010-10-27"}, headers={"If-Match": '"1"'})
    rows = mira.get(f"{API}/deadlines?docket_entry={office.ids['docket_entry_id']}").json()["items"]

    assert done.json()["state"] == "done"
    assert again.status_code == 409
    assert {each["state"] for each in rows} == {"superseded", "done"}


def test_reminders_follow_the_owner(office: OfficeBehindApi) -> None:
    mira, row = _motion(office)

    given = _do(mira, row, owner_id=office.cast.sam.id)
    stranger = _do(mira, row, owner_id=office.cast.eve.id)
    same = _do(mira, row, second_id=office.cast.sam.id)
    owed = mira.get(f"{API}/reminders?deadline={row['id']}&state=pending").json()["items"]

    assert given.status_code == 200, given.text
    assert stranger.status_code == 422
    assert "owner_id" in stranger.json()["errors"]
    assert "second_id" in same.json()["errors"]
    assert owed
    assert {each["person_id"] for each in owed} == {office.cast.sam.id}


def test_an_override_needs_an_attorney_a_reason_and_a_paper(office: OfficeBehindApi) -> None:
    mira, row = _motion(office)
    ada = office.client(office.cast.ada)
    paper = office.add(mira, "documents")
    given = {"due": "2010-11-19", "because": "Stipulated.", "document_id": paper["id"]}

    refused = _do(ada, row, override=given)
    nameless = _do(mira, row, override={**given, "document_id": "DOC-0000000000"})
    _do(mira, row, override=given)
    current = [
        each
        for each in mira.get(f"{API}/deadlines").json()["items"]
        if each["title"] == row["title"] and each["state"] != "superseded"
    ]

    assert refused.status_code == 403
    assert nameless.status_code == 422
    assert [(each["due"], each["kind"]) for each in current] == [("2010-11-19", "override")]


def test_one_act_at_a_time(office: OfficeBehindApi) -> None:
    mira, row = _motion(office)

    two = _do(mira, row, confirmed=True, checked=True)
    none = _do(mira, row)
    null = _do(mira, row, done=None)

    assert {two.status_code, none.status_code, null.status_code} == {422}


TODAY = makes.TODAY
DAYS = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
FACTS = [
    {"superseded_on": superseded, "done_on": done, "due": due, "latest": latest, "certain": certain}
    for superseded, done, due, latest, certain in product(
        DAYS[:1] + DAYS[2:], DAYS, DAYS, DAYS, (True, False)
    )
]


def test_a_list_names_the_state_the_domain_names(office: OfficeBehindApi) -> None:
    with transaction(office.desk.engine) as session:
        matter = session.get_one(Matter, office.ids["matter_id"])
        for number, facts in enumerate(FACTS):
            makes.make_deadline(session, matter, title=f"{number}", **facts)  # type: ignore[arg-type]

    for state in DeadlineState:
        assert _titles(office, state) == {
            f"{number}"
            for number, facts in enumerate(FACTS)
            if state_on(TODAY, known_on=date(2010, 10, 1), **facts) is state  # type: ignore[arg-type]
        }, state


def _titles(office: OfficeBehindApi, state: DeadlineState) -> set[str]:
    ada, shown = office.client(office.cast.ada), set()
    following = f"{API}/deadlines?state={state.value}&limit=200"
    while following:
        answer = ada.get(following).json()
        shown |= {each["title"] for each in answer["items"]}
        following = answer["next"]
    return shown
