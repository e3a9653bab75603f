"""The exhaustion ledger: every track and claim, with the way to its proof, also as CSV."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from starlette.testclient import TestClient

from casemgr.domain.words import EventKind, Outcome
from casemgr.usecases import clock
from tests import makes
from tests.web.conftest import Office, counted, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def address(office: Office, ending: str = "") -> str:
    return f"/matters/{office.matter.id}/exhaustion{ending}"


def add_track(office: Office, agency: str) -> str:
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        session = work.session
        request = session.get_one(type(office.request), office.request.id)
        track = makes.make_track(session, request, agency)
        makes.make_event(session, track, EventKind.RECEIVED, date(2010, 2, 3))
        makes.make_event(
            session,
            track,
            EventKind.DETERMINATION,
            date(2010, 10, 4),
            outcome=Outcome.DENIED,
            adverse=True,
        )
        clock.project_track(work, track.id, because="the test began")
        return str(track.id)


def test_each_track_has_a_line_for_each_claim_with_its_proof(
    office: Office, sam: TestClient
) -> None:
    add_track(office, "fbi")

    page = sam.get(address(office))

    said = text_of(page.text)
    for claim in ("The time ran out", "Faster processing", "Fee waiver", "Search"):
        assert said.count(claim) >= 2
    assert "Can be pleaded" in said
    assert "5 U.S.C. § 552(a)(6)(C)(i)" in said
    proof = office.deadline(f"{office.track.id}:determination")
    assert f'href="/deadlines/{proof.id}"' in page.text


def test_the_same_stands_in_the_csv_and_no_cell_is_a_formula(
    office: Office, sam: TestClient
) -> None:
    with office.rows() as session:
        request = session.get_one(type(office.request), office.request.id)
        request.title = "=HYPERLINK(1)"

    answer = sam.get(address(office, ".csv"))

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *lines = list(csv.reader(StringIO(answer.text)))
    assert head[:4] == ["Request", "Reference", "Component", "Claim"]
    assert len(lines) == 5
    assert {line[0] for line in lines} == {"'=HYPERLINK(1)"}
    assert lines[0][3:5] == ["The time ran out", "Can be pleaded"]


def test_ten_tracks_take_as_many_statements_as_one(office: Office, sam: TestClient) -> None:
    with counted(office.desk.engine) as few:
        sam.get(address(office))
    for agency in ("fbi", "dhs", "eoir", "olc", "cbp"):
        add_track(office, agency)
    with counted(office.desk.engine) as many:
        sam.get(address(office))

    assert len(many) == len(few)


def test_a_matter_without_requests_says_what_belongs_here(office: Office) -> None:
    with office.rows() as session:
        empty = makes.make_matter(session, office.cast.ada, title="Nothing yet")
    page = office.client(office.cast.ada).get(f"/matters/{empty.id}/exhaustion")

    assert "No request of this matter has a track yet" in page.text


def test_a_stranger_learns_nothing(office: Office, eve: TestClient) -> None:
    for ending in ("", ".csv"):
        real = eve.get(address(office, ending))
        made_up = eve.get(f"/matters/M-0000000000/exhaustion{ending}")
        assert real.status_code == made_up.status_code == 404
        assert real.content == made_up.content


def test_a_waiver_argued_in_the_letter_counts_as_asked_for(office: Office, sam: TestClient) -> None:
    before = text_of(sam.get(address(office)).text)
    with office.rows() as session:
        request = session.get_one(type(office.request), office.request.id)
        request.fee_waiver_because = "The public has a right to know."

    after = text_of(sam.get(address(office)).text)

    assert "Nothing on file says that a fee waiver was asked for." in before
    assert "nothing was said about the waiver" in after
