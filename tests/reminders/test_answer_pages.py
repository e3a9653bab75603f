"""A reminder is answered on the page of its date, or by the signed link of its mail."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db.tables import Deadline, HistoryEntry, Person
from casemgr.usecases import reminder_links
from casemgr.usecases.reminder_links import Link
from tests import makes
from tests.reminders.office import Office

HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def client(office: Office) -> TestClient:
    """Give a browser that nobody is signed in with."""
    return TestClient(build(office.desk), base_url="http://127.0.0.1", headers=HERE)


def link_in_mail(office: Office) -> str:
    office.sweep(makes.TODAY)
    [mail] = [each for each in office.post.mails if "Due in" in str(each["Subject"])]
    plain = mail.get_body(("plain",))
    assert plain is not None
    found = re.search(r"/answer/\S+", plain.get_content())
    assert found is not None
    return found[0]


def sign_in(office: Office, client: TestClient, person: Person) -> None:
    client.cookies.set(office.desk.cookie, makes.make_session(office.desk, person))


def test_looking_at_the_link_changes_nothing_and_its_button_does(
    office: Office, client: TestClient
) -> None:
    address = link_in_mail(office)

    looked = client.get(address)
    assert looked.status_code == 200
    assert "You are answering as Ada Marlowe" in looked.text
    assert {each.acknowledged_at for each in office.reminders()} == {None}

    pressed = client.post(f"{address}/known")
    assert "Noted: you know of it" in pressed.text
    [answered] = [each for each in office.reminders() if each.acknowledged_at]
    assert answered.acknowledged_by == office.cast.ada.id
    with office.desk.work(reads_only=True) as work:
        said = work.session.exec(
            select(HistoryEntry).where(HistoryEntry.what == "reminder.acknowledged")
        ).one()
    assert said.person_name == "Ada Marlowe"


def test_the_link_puts_off_hands_on_and_marks_done(office: Office, client: TestClient) -> None:
    address = link_in_mail(office)

    assert "Choose a day" in client.post(f"{address}/later", data={"until": "11/12/2010"}).text
    assert "reminded again" in client.post(f"{address}/later", data={"until": "11/4/2010"}).text
    handed = client.post(f"{address}/hand-on", data={"person_id": office.cast.mira.id})
    assert "theirs from now on" in handed.text
    done = client.post(f"{address}/done-today", data={"how": "Filed as ECF 12"})
    assert "it is done" in done.text
    with office.desk.work(reads_only=True) as work:
        row = work.session.get_one(Deadline, office.deadline.id)
    assert (row.owner_id, row.second_id) == (office.cast.mira.id, None)
    assert (row.done_by, row.done_how) == (office.cast.ada.id, "Filed as ECF 12")


def test_a_link_that_was_changed_or_has_run_out_is_nothing(
    office: Office, client: TestClient
) -> None:
    never = client.get("/answer/nothing-like-it").content
    now = office.desk.now()
    good = Link(office.cast.ada.id, office.deadline.id, now + timedelta(hours=1))
    old = reminder_links.write(office.desk.key, Link(good.person_id, good.deadline_id, now))
    foreign = reminder_links.write(b"another key", good)
    said, _, seal = reminder_links.write(office.desk.key, good).partition(".")

    for token in (old, foreign, f"{said}.{seal[:-1]}x", f"{said[:-2]}.{seal}", said):
        answer = client.get(f"/answer/{token}")
        assert (answer.status_code, answer.content) == (404, never), token
        assert client.post(f"/answer/{token}/known").status_code == 404


def test_a_link_opens_nothing_for_who_left_or_is_walled_off(
    office: Office, client: TestClient
) -> None:
    address = link_in_mail(office)
    with office.desk.work() as work:
        makes.make_wall(
            work.session, office.cast.ada, work.session.merge(office.matter),
            office.cast.mira, office.cast.noor,
        )  # fmt: skip
    walled = client.get(address)
    assert walled.status_code == 404
    assert office.deadline.title not in walled.text

    until = office.desk.now() + timedelta(hours=1)
    sams = reminder_links.write(
        office.desk.key, Link(office.cast.sam.id, office.deadline.id, until)
    )
    assert client.get(f"/answer/{sams}").status_code == 200
    with office.desk.work() as work:
        work.session.get_one(Person, office.cast.sam.id).active = False
    assert client.get(f"/answer/{sams}").status_code == 404
    assert client.post(f"/answer/{sams}/known").status_code == 404


def test_the_page_of_a_date_says_what_was_sent_and_takes_the_answer(
    office: Office, client: TestClient
) -> None:
    office.sweep(makes.TODAY)
    sign_in(office, client, office.cast.ada)
    address = f"/deadlines/{office.deadline.id}"

    page = client.get(address).text
    assert "14, 7, 3, 1 days before, on the day and when it is late" in page
    assert "A court date should have two people" in page
    assert "What was sent to whom and when" in page
    client.post(f"{address}/known", data={"version": "1"})
    assert "You said that you know of it" in client.get(address).text


def test_what_was_told_stands_on_due_until_it_is_read(office: Office, client: TestClient) -> None:
    office.sweep(makes.TODAY)
    sign_in(office, client, office.cast.ada)

    page = client.get("/due").text
    assert "Told since you last looked (1)" in page
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until is not None
    client.post("/due/seen", data={"until": until[1].replace("&#43;", "+")})
    assert "Told since you last looked" not in client.get("/due").text
