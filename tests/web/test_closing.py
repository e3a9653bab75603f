"""Closing a matter and reopening it: told what is open, read-only, and back as it was."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import HistoryEntry, LegalHold, Matter, Reminder
from casemgr.domain.words import ReminderState
from casemgr.usecases import reminders
from casemgr.usecases.views import due
from tests import makes
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

WHY = {"because": "The records came.", "version": "1"}


def close(office: Office, browser: TestClient, **sent: str) -> int:
    address = f"/matters/{office.matter.id}/close"
    return browser.post(address, data={**WHY, **sent}).status_code


def reopen(office: Office, browser: TestClient) -> int:
    version = str(the_matter(office).version)
    sent = {"because": "An appeal.", "version": version}
    return browser.post(f"/matters/{office.matter.id}/reopen", data=sent).status_code


def the_matter(office: Office) -> Matter:
    with office.rows() as session:
        return session.get_one(Matter, office.matter.id)


def test_closing_tells_what_is_open_and_wants_a_reason(office: Office, ada: TestClient) -> None:
    page = text_of(ada.get(f"/matters/{office.matter.id}/close").text)

    assert office.task.title in page
    assert office.declaration.title in page
    assert office.deadline("opposition").title in page
    assert close(office, ada, because="") == 422
    assert the_matter(office).closed_on is None


def test_a_closed_matter_is_read_and_not_changed(
    office: Office, ada: TestClient, sam: TestClient
) -> None:
    assert close(office, ada) == 303

    overview = f"/matters/{office.matter.id}"
    for browser in (ada, sam):
        page = browser.get(overview)
        assert page.status_code == 200
        assert "This matter was closed on Friday, October 29, 2010" in text_of(page.text)
        assert "Plan something" not in page.text
    tries = {
        f"{overview}/tasks": {"title": "One more"},
        f"{overview}/edit": {"title": "Another title", "version": "2"},
        f"/tasks/{office.task.id}/done": {"version": "1"},
        f"/requests/{office.request.id}/{office.track.id}/events": {
            "kind": "call",
            "happened_on": "today",
        },
        f"/deadlines/{office.deadline('opposition').id}/done": {"done_on": "today", "how": "x"},
        f"/lawsuits/{office.lawsuit.id}/docket": {
            "kind": "motion",
            "filed_on": "today",
            "filed_by": "ours",
            "says": "x",
        },
    }
    for address, sent in tries.items():
        answer = ada.post(address, data=sent)
        assert answer.status_code == 409, (address, text_of(answer.text))
        assert "Reopen it first" in answer.text, address


PARTS = ("requests", "docket", "deadlines", "declarations", "documents", "people", "productions")
# What may be pressed on a page of a closed matter: reading it on paper, and opening it again.
STILL = re.compile(
    r"/sign-out|/matters/[^/]+/(reopen|report)|/deadlines/[^/]+/proof"
    r"|/tracks/[^/]+/letter|/declarations/[^/]+/pdf"
)


def pages_of(office: Office) -> list[str]:
    matter = f"/matters/{office.matter.id}"
    return [
        matter,
        *(f"{matter}/{part}" for part in (*PARTS, "flags", "history")),
        f"/requests/{office.request.id}/{office.track.id}",
        f"/lawsuits/{office.lawsuit.id}",
        f"/declarations/{office.declaration.id}",
        f"/documents/{office.document.id}",
        *(f"/deadlines/{office.deadline(key).id}" for key in ("opposition", "determination")),
    ]


def pressed(office: Office, browser: TestClient) -> set[str]:
    """Return where the forms on every page of the matter lead."""
    html = [browser.get(each).text for each in pages_of(office)]
    return {to for each in html for to in re.findall(r'method="post" action="([^"]+)"', each)}


def test_no_page_of_a_closed_matter_offers_what_would_be_refused(
    office: Office, ada: TestClient, sam: TestClient
) -> None:
    before = {to for to in pressed(office, ada) if not STILL.fullmatch(to)}
    assert len(before) > 4  # the control: they are found while it is open

    close(office, ada)

    for browser in (ada, sam, office.client(office.cast.mira)):
        assert [to for to in pressed(office, browser) if not STILL.fullmatch(to)] == []
    about = [each for each in pages_of(office) if not each.startswith("/documents/")]
    for address in about:
        assert "This matter was closed on Friday, October 29" in text_of(ada.get(address).text)


def test_a_closed_matter_leaves_the_list_of_what_is_due(office: Office, ada: TestClient) -> None:
    before = what_is_due(office)
    assert before.ours
    assert before.tasks

    close(office, ada)

    after = what_is_due(office)
    assert (after.ours, after.theirs, after.tasks, after.beyond) == ([], [], [], None)
    assert "Closed" in text_of(ada.get("/matters").text)


def what_is_due(office: Office) -> due.DuePage:
    with office.desk.work(makes.actor_of(office.cast.ada), reads_only=True) as work:
        return due.look(work, period="all")


def test_what_was_closed_comes_back_as_it_was(office: Office, ada: TestClient) -> None:
    before = text_of(ada.get(f"/matters/{office.matter.id}/deadlines").text)
    close(office, ada)
    assert "Reopen" in ada.get(f"/matters/{office.matter.id}").text

    assert reopen(office, ada) == 303

    assert text_of(ada.get(f"/matters/{office.matter.id}/deadlines").text) == before
    planned = {"title": "Go on"}
    assert ada.post(f"/matters/{office.matter.id}/tasks", data=planned).status_code == 303
    with office.rows() as session:
        asked = select(HistoryEntry).where(HistoryEntry.matter_id == office.matter.id)
        said = {each.what: each.facts for each in session.exec(asked)}
    assert said["matter.closed"]["because"] == "The records came."
    assert "1 task, 1 draft" in str(said["matter.closed"]["left"])
    assert said["matter.reopened"]["because"] == "An appeal."


def test_nobody_is_reminded_of_a_closed_matter_until_it_is_reopened(
    office: Office, ada: TestClient
) -> None:
    of = office.deadline("opposition").id
    with office.rows() as session:
        session.add(
            Reminder(
                matter_id=office.matter.id,
                deadline_id=of,
                person_id=office.cast.ada.id,
                dedupe_key="one",
                days_before=7,
                send_at=makes.NOON - timedelta(days=1),
                state=ReminderState.PENDING,
            )
        )
    close(office, ada)
    assert claimed(office) == []

    reopen(office, ada)

    assert "one" in claimed(office)


def claimed(office: Office) -> list[str]:
    with office.desk.work() as work:
        return [each.dedupe_key for each in reminders.claim(work, "the test")]


def test_a_hold_stays_on_a_closed_matter_and_can_be_lifted_there(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        hold = LegalHold(
            matter_id=office.matter.id,
            because="Suit expected.",
            placed_by=office.cast.ada.id,
            placed_at=makes.NOON,
        )
        session.add(hold)
        session.flush()

    close(office, ada)

    with office.rows() as session:
        assert session.exec(select(LegalHold)).one().released_at is None
    mira = office.client(office.cast.mira)
    assert mira.get(f"/matters/{office.matter.id}").status_code == 200


def test_a_student_closes_nothing_and_a_stranger_finds_nothing(
    office: Office, sam: TestClient, eve: TestClient
) -> None:
    assert sam.get(f"/matters/{office.matter.id}/close").status_code == 403
    assert close(office, sam) == 403
    assert reopen(office, sam) == 403
    assert close(office, eve) == 404


def test_closing_twice_or_on_an_old_page_is_told(office: Office, ada: TestClient) -> None:
    assert reopen(office, ada) == 409
    assert close(office, ada, version="7") == 409
    assert close(office, ada) == 303
    assert close(office, ada, version="2") == 409
