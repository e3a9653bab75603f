"""Matters: the list, the overview, and every page beneath."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Matter, Task
from casemgr.domain.words import TaskState
from tests import makes
from tests.web.conftest import Office, counted, text_of

BENEATH = [
    "requests", "docket", "deadlines", "declarations", "documents",
    "people", "productions", "flags", "history",
]  # fmt: skip


def test_the_list_shows_only_ones_own_matters(office: Office, eve: TestClient) -> None:
    assert "Alvarez v. ICE" in office.client(office.cast.ada).get("/matters").text
    assert "Alvarez v. ICE" not in eve.get("/matters").text
    assert "You are on no matter yet" in eve.get("/matters").text


def test_the_overview_says_who_is_who_and_what_happened(office: Office, ada: TestClient) -> None:
    page = text_of(ada.get(f"/matters/{office.matter.id}").text)

    assert "Plaintiffs Rosa Alvarez" in page
    assert "Mira Castellan, attorney" in page
    assert "Sent by certified mail." in page
    assert "Motion to compel." in page


def test_the_next_dates_stand_by_day_and_what_has_no_day_is_last(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        other = makes.make_matter(session, office.cast.ada)
        makes.make_deadline(session, other, None, title="Wait for it", certain=False)
        makes.make_deadline(session, other, date(2010, 11, 12), title="Still to do")
        makes.make_deadline(session, other, date(2010, 10, 5), title="Ought to be done")

    page = text_of(ada.get(f"/matters/{other.id}").text)
    dates = page[page.index("Next dates") : page.index("All deadlines")]

    told = [dates.index(each) for each in ("Ought to be done", "Still to do", "Wait for it")]
    assert told == sorted(told)
    assert "Ought to be done (ours) Late: 24 days" in dates


def test_a_flag_stands_beside_the_fact_it_concerns(office: Office, ada: TestClient) -> None:
    page = text_of(ada.get(f"/matters/{office.matter.id}").text)

    fact = page.index("Sent by certified mail.")
    assert "Does not fit (1). The receipt says two days." in page[fact : fact + 200]


@pytest.mark.parametrize("part", BENEATH)
def test_every_page_beneath_opens_and_is_named(office: Office, ada: TestClient, part: str) -> None:
    with counted(office.desk.engine) as sent:
        answer = ada.get(f"/matters/{office.matter.id}/{part}")

    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert 'aria-current="page"' in answer.text
    assert len(sent) <= 18


def test_a_page_that_is_none_is_not_found(office: Office, ada: TestClient) -> None:
    assert ada.get(f"/matters/{office.matter.id}/secrets").status_code == 404


def test_what_does_not_fit_is_listed_with_its_numbers(office: Office, ada: TestClient) -> None:
    page = ada.get(f"/matters/{office.matter.id}/flags").text

    assert '<li value="1">The receipt says two days.' in page
    assert '<li value="2">Two dates for one letter.' in page


def test_the_title_can_be_changed(office: Office, ada: TestClient) -> None:
    form = {"title": "Alvarez v. DHS", "summary": "Two agencies.", "version": "1"}

    answer = ada.post(f"/matters/{office.matter.id}/edit", data=form)

    assert answer.status_code == 303
    with office.rows() as session:
        assert session.exec(select(Matter)).one().title == "Alvarez v. DHS"
    assert "matter.changed" in office.history() or "record.changed" in office.history()


def test_a_title_left_empty_is_refused_and_the_rest_is_kept(
    office: Office, ada: TestClient
) -> None:
    form = {"title": "", "summary": "Written for an hour.", "version": "1"}

    answer = ada.post(f"/matters/{office.matter.id}/edit", data=form)

    assert answer.status_code == 422
    assert "Written for an hour." in answer.text
    assert 'href="#f-title"' in answer.text


def test_a_stale_edit_is_told_so_and_changes_nothing(office: Office, ada: TestClient) -> None:
    form = {"title": "First", "version": "1"}
    ada.post(f"/matters/{office.matter.id}/edit", data=form)

    answer = ada.post(f"/matters/{office.matter.id}/edit", data={**form, "title": "Second"})

    assert answer.status_code == 409
    assert "Somebody else changed this" in answer.text
    assert 'value="Second"' in answer.text
    with office.rows() as session:
        assert session.exec(select(Matter)).one().title == "First"


def test_something_is_planned_for_a_day_as_people_type_it(office: Office, ada: TestClient) -> None:
    answer = ada.post(
        f"/matters/{office.matter.id}/tasks", data={"title": "Ask OGIS", "due_on": "Nov 8 2010"}
    )

    assert answer.status_code == 303
    with office.rows() as session:
        found = session.exec(select(Task).where(Task.title == "Ask OGIS")).one()
    assert found.due_on == date(2010, 11, 8)


def test_a_plan_without_a_date_we_can_read_keeps_its_words(office: Office, ada: TestClient) -> None:
    answer = ada.post(
        f"/matters/{office.matter.id}/tasks", data={"title": "Ask OGIS", "due_on": "next week"}
    )

    assert answer.status_code == 422
    assert 'value="Ask OGIS"' in answer.text
    assert "is not a date we can read" in answer.text


def test_a_plan_is_ticked_off(office: Office, sam: TestClient) -> None:
    answer = sam.post(f"/tasks/{office.task.id}/done", data={"version": "1"})

    assert answer.status_code == 303
    with office.rows() as session:
        assert session.exec(select(Task)).one().state is TaskState.DONE


def test_only_the_practice_matter_can_be_put_back(office: Office, ada: TestClient) -> None:
    answer = ada.post(f"/matters/{office.matter.id}/reset")

    assert answer.status_code == 409
    assert "Only the practice matter" in answer.text


def test_a_matter_opened_tomorrow_is_not_there_today(office: Office, ada: TestClient) -> None:
    with office.rows() as session:
        later = makes.make_matter(
            session, office.cast.ada, title="Later", known_on=date(2010, 10, 30)
        )

    assert "Later" not in ada.get("/matters").text
    assert ada.get(f"/matters/{later.id}").status_code == 404
