"""A hearing that moves or is off: nothing of it is lost, and every calendar learns of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from starlette.testclient import TestClient

from casemgr.db.tables import Hearing
from casemgr.errors import Malformed, WrongMoment
from casemgr.usecases import hearings, orders
from casemgr.usecases.hearings import MoveInput, OffInput
from casemgr.usecases.orders import HearingInput
from casemgr.web import typed
from tests import makes
from tests.calendar.conftest import Office
from tests.calendar.entries import read
from tests.web.conftest import text_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LATER = datetime(2010, 12, 9, 19, tzinfo=UTC)


def move(office: Office, hearing_id: str, to: datetime = LATER) -> str:
    given = MoveInput(
        starts_at=to, because="the court is in trial", docket_entry_id=office.entry.id
    )
    with office.desk.work(makes.actor_of(office.cast.sam)) as work:
        return hearings.move_hearing(work, hearing_id, given).id


def call_off(office: Office, hearing_id: str) -> None:
    with office.desk.work(makes.actor_of(office.cast.sam)) as work:
        hearings.cancel_hearing(work, hearing_id, OffInput(because="the motion was withdrawn"))


@on_sqlite
def test_a_moved_hearing_keeps_its_old_time_with_the_entry_that_changed_it(
    office: Office,
) -> None:
    new = move(office, move(office, office.hearing.id), datetime(2010, 12, 16, 15, tzinfo=UTC))

    page = office.browser(office.cast.ada).get(f"/lawsuits/{office.lawsuit.id}").text

    said = text_of(page)
    assert "Thursday, December 16, 2010, 10:00 am EST: Hearing on the motion" in said
    assert "Moved and called off (2)" in said
    first = "Moved Hearing on the motion, set for Tuesday, November 9, 2010, 2:00 pm EST"
    assert first in said
    assert "the court is in trial Dkt. 12 The time it was moved to" in said
    assert f'id="{office.hearing.id}"' in page
    assert f'id="{new}"' in page


@on_sqlite
def test_calendars_move_the_entry_and_do_not_add_one(office: Office) -> None:
    path = office.feed(office.cast.mira)
    [was] = read(office.fetch(path).content)
    etag = office.fetch(path).headers["ETag"]

    move(office, office.hearing.id)

    answer = office.fetch(path, etag=etag)
    [now] = read(answer.content)
    assert now["UID"] == was["UID"]
    assert now["DTSTART"].dt == LATER
    assert now["SEQUENCE"] > was["SEQUENCE"]


@on_sqlite
def test_a_hearing_that_is_off_is_cancelled_in_calendars_and_stays_on_file(
    office: Office,
) -> None:
    path = office.feed(office.cast.mira)
    call_off(office, office.hearing.id)

    [event] = read(office.fetch(path).content)

    assert event["STATUS"] == "CANCELLED"
    said = text_of(office.browser(office.cast.ada).get(f"/lawsuits/{office.lawsuit.id}").text)
    assert "None is set." in said
    assert "Called off Hearing on the motion, set for Tuesday, November 9, 2010" in said


@on_sqlite
def test_what_was_moved_off_or_held_is_not_moved_again(office: Office) -> None:
    new = move(office, office.hearing.id)
    with pytest.raises(WrongMoment, match="was moved on October 29, 2010"):
        move(office, office.hearing.id)
    call_off(office, new)
    with pytest.raises(WrongMoment, match="was called off"):
        move(office, new)
    with office.desk.work(makes.actor_of(office.cast.sam)) as work:
        held = makes.make_hearing(
            work.session,
            office.lawsuit,
            starts_at=datetime(2010, 10, 1, 15, tzinfo=UTC),
            outcome="Adjourned.",
            outcome_known_on=date(2010, 10, 1),
        )
    with pytest.raises(WrongMoment, match="was held"):
        call_off(office, held.id)


@on_sqlite
def test_correcting_a_hearing_does_not_overwrite_its_time(office: Office) -> None:
    given = {"title": "Hearing", "starts_at": LATER, "zone": "America/New_York"}
    with (
        office.desk.work(makes.actor_of(office.cast.sam)) as work,
        pytest.raises(Malformed, match="Move it instead"),
    ):
        orders.change_hearing(work, office.hearing.id, HearingInput.model_validate(given))


@on_sqlite
def test_the_same_time_is_no_move(office: Office) -> None:
    with pytest.raises(Malformed, match="the time it is set for"):
        move(office, office.hearing.id, datetime(2010, 11, 9, 14, tzinfo=makes.ZONE))


def _moved_on_page(browser: TestClient, office: Office, at: str) -> str:
    sent = {
        "on": "12/9/2010",
        "at": at,
        "because": "the court is in trial",
        "docket_entry_id": office.entry.id,
        "version": "1",
    }
    answer = browser.post(f"/hearings/{office.hearing.id}/move", data=sent)
    return answer.headers.get("Location", "") or text_of(answer.text)


@on_sqlite
def test_a_student_moves_one_by_the_clock_on_the_courtrooms_wall(office: Office) -> None:
    browser = office.browser(office.cast.sam)
    shown = browser.get(f"/hearings/{office.hearing.id}/change")
    assert "Tuesday, November 9, 2010, 2:00 pm EST" in text_of(shown.text)

    assert "could be morning or afternoon" in _moved_on_page(browser, office, "2:30")
    to = _moved_on_page(browser, office, "2:30 pm")

    with office.desk.work(reads_only=True) as work:
        new = work.session.get_one(Hearing, to.rsplit("#", 1)[1])
        assert new.starts_at == datetime(2010, 12, 9, 19, 30, tzinfo=UTC)
        assert (new.first_id, new.place) == (office.hearing.id, "Courtroom 15C")


@on_sqlite
def test_a_conference_is_recorded_on_the_page_of_its_lawsuit(office: Office) -> None:
    browser = office.browser(office.cast.sam)
    address = f"/lawsuits/{office.lawsuit.id}/hearings/new"
    assert "Record a hearing or conference" in browser.get(address).text

    sent = {"title": "Status conference", "on": "Dec 1 2010", "at": "10 am", "place": "By phone"}
    browser.post(address, data=sent)

    said = text_of(browser.get(f"/lawsuits/{office.lawsuit.id}").text)
    assert "Wednesday, December 1, 2010, 10:00 am EST: Status conference, By phone." in said


@on_sqlite
def test_a_stranger_finds_no_hearing_to_move(office: Office) -> None:
    eve = office.browser(office.cast.eve)
    for path in ("change", "move", "off"):
        ask = eve.get if path == "change" else eve.post
        there, nowhere = (
            ask(f"/hearings/{each}/{path}") for each in (office.hearing.id, "H-0000000000")
        )
        assert (there.status_code, there.content) == (404, nowhere.content)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("2 pm", time(14)), ("12 am", time(0)), ("12:05 p.m.", time(12, 5)), ("09:30", time(9, 30))],
)
def test_an_hour_is_read_as_people_type_it(said: str, meant: time) -> None:
    assert typed.hour(said) == meant


@pytest.mark.parametrize("said", ["", "noonish", "2:00", "25:00", "0 am", "13 pm", "9:75"])
def test_an_hour_that_could_be_wrong_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="2:00 pm or 14:00"):
        typed.hour(said)
