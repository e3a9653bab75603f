"""A request: its tracks, each with a clock that can be asked why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from casemgr.domain.words import EventKind
from casemgr.usecases import clock
from casemgr.usecases.views import request_list
from tests import makes
from tests.web.conftest import Office, counted, text_of


def test_the_clock_shows_a_range_where_the_receipt_is_not_known(
    office: Office, ada: TestClient
) -> None:
    page = text_of(ada.get(f"/requests/{office.request.id}").text)

    assert "Thu, Mar 4 to Thu, Mar 18" in page
    assert "The day on which ICE received the request is not confirmed." in page


def test_every_date_says_why_in_place(office: Office, ada: TestClient) -> None:
    page = ada.get(f"/requests/{office.request.id}").text

    why = page[page.index("Why this date?") :]
    assert "552(a)(6)(A)" in why
    assert "Saturdays and Sundays are not counted" in why
    assert "Other ways to read it" in why
    assert f"/deadlines/{office.deadline(':determination').id}" in why


def test_each_track_has_its_own_address(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        other = makes.make_track(session, office.request, "fbi")

    page = ada.get(f"/requests/{office.request.id}/{other.id}").text

    assert '<h2 id="track">FBI</h2>' in page
    assert "FBI has not written yet" in page


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_letter_made_after_the_request_went_out_says_so(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        fbi = makes.make_track(session, office.request, "fbi")

    offered = "Make the letter to"
    assert f"{offered} FBI (PDF)" in ada.get(f"/requests/{office.request.id}/{fbi.id}").text
    sent = ada.get(f"/requests/{office.request.id}/{office.track.id}").text
    assert '<h2 id="track">ICE</h2>' in sent
    assert offered not in sent
    assert "Make the request letter anew, for ICE (PDF)" in sent
    assert "it is no copy of what was sent" in sent


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_component_chosen_from_the_list_leads_to_its_own_address(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        fbi = makes.make_track(session, office.request, "fbi").id
    at = f"/requests/{office.request.id}"

    page = ada.get(f"{at}/{fbi}").text
    chosen = ada.get(at, params={"track": fbi})

    assert f'<option value="{fbi}" selected>FBI (' in page
    assert " of 2)</option>" in page
    assert (chosen.status_code, chosen.headers["location"]) == (303, f"{at}/{fbi}")
    assert ada.get(at, params={"track": "T-0000000000"}).headers["location"].startswith(at)


def test_a_track_of_another_request_is_not_found_under_this_one(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        second = makes.make_request(session, office.matter, title="Another letter")
        stray = makes.make_track(session, second)

    assert ada.get(f"/requests/{office.request.id}/{stray.id}").status_code == 404


def test_after_the_time_ran_out_the_page_says_what_you_may_do(
    office: Office, ada: TestClient
) -> None:
    page = text_of(ada.get(f"/requests/{office.request.id}").text)

    assert "ICE is 157 working days past its deadline." in page
    assert "Sue since Mar 19" in page
    assert "No question about fees or wording is open" in page


def test_a_paused_clock_says_that_we_must_answer(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        second = makes.make_request(
            session, office.matter, requested_on=date(2010, 10, 12), known_on=date(2010, 10, 12)
        )
        track = makes.make_track(session, second)
        makes.make_event(session, track, EventKind.SENT, date(2010, 10, 12))
        makes.make_event(session, track, EventKind.RECEIVED, date(2010, 10, 14))
        makes.make_event(session, track, EventKind.INFORMATION_REQUEST, date(2010, 10, 20))
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        clock.project_track(work, track.id, because="the tests asked")

    page = text_of(ada.get(f"/requests/{second.id}").text)

    assert "Paused since Oct 20" in page
    assert "Answer the agency's question." in page


def test_the_picture_says_nothing_that_the_table_does_not(office: Office, ada: TestClient) -> None:
    page = ada.get(f"/requests/{office.request.id}").text

    assert 'role="img"' in page
    assert "The same as a table" in page
    assert "style=" not in page


def test_the_list_goes_on_where_a_page_ends(office: Office, ada: TestClient) -> None:
    first = date(2010, 3, 1)
    with office.rows() as session:
        for number in range(request_list.PAGE + 5):
            makes.make_request(
                session,
                office.matter,
                title=f"Letter {number:03}",
                requested_on=first + timedelta(days=number // 2),
                known_on=first,
            )

    newest = ada.get("/requests").text
    rest = ada.get(newest[newest.index("/requests?after=") :].split('"')[0]).text

    found = [name for name in range(request_list.PAGE + 5) if f"Letter {name:03}" in newest + rest]
    assert len(found) == request_list.PAGE + 5
    assert not [
        name for name in found if f"Letter {name:03}" in newest and f"Letter {name:03}" in rest
    ]
    assert 'rel="next"' not in rest


def test_a_broken_link_to_older_requests_is_answered_in_words(ada: TestClient) -> None:
    answer = ada.get("/requests?after=yesterday")

    assert answer.status_code == 422
    assert "Start from the first page." in answer.text


def test_a_component_without_a_regulation_on_file_is_counted_by_the_statute(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        stray = makes.make_track(session, office.request, "moonbase")

    answer = ada.get(f"/requests/{office.request.id}/{stray.id}")

    assert answer.status_code == 200
    assert "No date can be counted here." not in text_of(answer.text)


def test_twelve_tracks_ask_no_more_of_the_database_than_one(
    office: Office, ada: TestClient
) -> None:
    with counted(office.desk.engine) as few:
        ada.get(f"/requests/{office.request.id}")
    with office.rows() as session:
        for number in range(11):
            track = makes.make_track(session, office.request, f"office{number}")
            makes.make_event(session, track)

    with counted(office.desk.engine) as many:
        page = ada.get(f"/requests/{office.request.id}")

    assert page.text.count('id="to-T-') == 12
    assert len(many) == len(few) <= 18
