"""The pages of policies, hours and health, and the banner while something is in trouble."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from casemgr.alarm import watch_over
from casemgr.app import build
from casemgr.db.tables import Person, ReminderHours
from casemgr.usecases import health, reminders
from casemgr.web.banner import THE_BANNER
from tests import makes
from tests.reminders.office import Office, Post

HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def quiet() -> Iterator[None]:
    """Leave no banner to the tests after this one."""
    yield
    THE_BANNER.stop()


def browser(office: Office, person: Person) -> TestClient:
    client = TestClient(build(office.desk), base_url="http://127.0.0.1", headers=HERE)
    client.cookies.set(office.desk.cookie, makes.make_session(office.desk, person))
    return client


def test_hours_are_set_and_stand_on_the_page(office: Office) -> None:
    ada = browser(office, office.cast.ada)
    sent = {
        "morning": "07:30", "evening": "18:00", "quiet_days": "none", "zone": "",
        "digest": "false", "notices": "true",
    }  # fmt: skip

    assert "When you are told" in ada.get("/reminders").text
    assert ada.post("/reminders/hours", data=sent, follow_redirects=False).status_code == 303
    with office.desk.work(reads_only=True) as work:
        kept = work.session.get_one(ReminderHours, office.cast.ada.id)
    assert (kept.morning, kept.quiet_days, kept.digest) == ("07:30", [], False)
    wrong = ada.post("/reminders/hours", data={**sent, "morning": "half six"})
    assert wrong.status_code == 422
    assert "Write it like 06:00" in wrong.text


def test_days_of_ones_own_are_set_and_stand_on_the_page(office: Office) -> None:
    sam = browser(office, office.cast.sam)
    sent = {"own_kind": "our_court_date", "own_days_before": "30, 10"}

    assert "Our dates in court: also 30, 10 days before" in (
        sam.post("/reminders/own-days", data=sent).text
    )
    wrong = sam.post("/reminders/own-days", data={**sent, "own_days_before": "soon"})
    assert wrong.status_code == 422
    assert 'id="p-own_days_before"' in wrong.text
    assert "also 30" not in browser(office, office.cast.ada).get("/reminders").text
    gone = sam.post("/reminders/own-days", data={**sent, "own_days_before": "none"})
    assert "also 30" not in gone.text


def test_a_policy_is_set_by_who_may(office: Office) -> None:
    sent = {"kind": "our_court_date", "days_before": "21, 14, 7, 3, 1, 0", "overdue_every": "1"}
    mira, sam = browser(office, office.cast.mira), browser(office, office.cast.sam)

    mira.post("/reminders/policy", data={**sent, "answer_hours": "24"})
    assert "21, 14, 7, 3, 1 days before" in sam.get("/reminders").text
    assert "Change it" not in sam.get("/reminders").text
    assert sam.post("/reminders/policy", data=sent).status_code == 403


def test_health_is_for_administrators_and_takes_their_word_for_the_clock(office: Office) -> None:
    with office.desk.work() as work:
        reminders.beat(work, datetime.now(UTC), "The clock jumped.", health.CLOCK)
    noor = browser(office, office.cast.noor)

    assert browser(office, office.cast.ada).get("/reminders/health").status_code == 403
    assert "The clock jumped." in noor.get("/reminders/health").text
    noor.post("/reminders/health/clock")
    assert "Everything is as it should be" in noor.get("/reminders/health").text


@pytest.mark.usefixtures("quiet")
def test_a_dead_sweeper_is_on_every_page_and_in_the_administrators_mail(office: Office) -> None:
    now, post = datetime.now(UTC), Post()
    with office.desk.work() as work:
        reminders.beat(work, now - timedelta(minutes=14), "0 sent")
    early = watch_over(office.desk, post, now)
    assert early
    assert not post.mails
    THE_BANNER.say(watch_over(office.desk, post, now + timedelta(minutes=2)))
    watch_over(office.desk, post, now + timedelta(minutes=30))

    assert [str(each["Subject"]) for each in post.mails] == ["Reminders do not go out"]
    assert "noor@example.org" in str(post.mails[0]["To"])
    page = browser(office, office.cast.ada).get("/matters").text
    assert "Reminders were last sent out at" in page
    THE_BANNER.stop()
    assert "Reminders were last sent" not in browser(office, office.cast.ada).get("/matters").text
