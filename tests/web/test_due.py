"""What is due: two lists, what nobody confirmed always in sight, nothing from after the day."""

from __future__ import annotations

from datetime import date

from starlette.testclient import TestClient

from casemgr.domain.words import Side
from tests import makes
from tests.web.conftest import Office, counted, text_of


def lists_of(page: str) -> tuple[str, str]:
    """Return the words under `We must do` and under `They must do`."""
    ours, _, theirs = text_of(page).partition("They must do (")
    return ours.partition("We must do (")[2], theirs


def test_home_is_what_is_due(ada: TestClient) -> None:
    assert ada.get("/").headers["location"] == "/due"


def test_our_acts_and_theirs_never_share_a_list(ada: TestClient) -> None:
    ours, theirs = lists_of(ada.get("/due").text)

    assert "ICE: decide the request" in theirs
    assert "ICE: decide the request" not in ours
    assert "Serve the summons and complaint" in ours


def test_the_agencys_lateness_is_a_right_and_not_a_danger(ada: TestClient) -> None:
    page = ada.get("/due").text

    row = page[page.rindex("ICE: decide the request") :]
    tag = row[row.index('class="tag') :][:400]
    assert "tag right" in tag
    assert "working days past. Check before suing" in text_of(tag)


def test_a_date_nobody_confirmed_is_shown_whatever_the_period(office: Office) -> None:
    with office.rows() as session:
        makes.make_deadline(
            session, office.matter, date(2011, 9, 1), title="Far and unsure", certain=False
        )
        makes.make_deadline(session, office.matter, date(2011, 9, 1), title="Far and sure")
    ada = office.client(office.cast.ada)

    week = ada.get("/due?period=7").text

    assert "Far and unsure" in week
    assert "Far and sure" not in week
    assert "Far and sure" in ada.get("/due?period=all").text


def test_an_empty_list_names_the_next_date_beyond_it(office: Office) -> None:
    with office.rows() as session:
        quiet = makes.make_matter(session, office.cast.ada, title="A quiet matter")
        makes.make_deadline(session, quiet, date(2011, 3, 1), title="File the report")

    page = text_of(office.client(office.cast.ada).get(f"/due?matter={quiet.id}&period=7").text)

    assert "The next date is Tuesday, March 1, 2011: File the report." in page


def test_our_lateness_is_said_in_words(office: Office) -> None:
    with office.rows() as session:
        for day, title in ((25, "Past"), (29, "Now"), (30, "Next"), (31, "Soon")):
            makes.make_deadline(session, office.matter, date(2010, 10, day), title=title)

    page = text_of(office.client(office.cast.ada).get("/due").text)

    for said in ("Late: 4 days", "Due today", "Due tomorrow", "Due in 2 days"):
        assert said in page


def test_what_is_done_or_not_yet_known_is_not_due(office: Office) -> None:
    with office.rows() as session:
        makes.make_deadline(session, office.matter, title="Done before", done_on=date(2010, 10, 5))
        makes.make_deadline(session, office.matter, title="Done after", done_on=date(2010, 11, 5))
        makes.make_deadline(
            session, office.matter, title="Learnt after", known_on=date(2010, 11, 1)
        )
        makes.make_deadline(
            session, office.matter, title="Replaced after", superseded_on=date(2010, 11, 1)
        )

    page = office.client(office.cast.ada).get("/due").text

    assert "Done before" not in page
    assert "Learnt after" not in page
    assert "Done after" in page
    assert "Replaced after" in page


def test_another_matter_is_not_there_to_choose(office: Office, eve: TestClient) -> None:
    page = eve.get("/due").text

    assert "Alvarez" not in page
    assert eve.get(f"/due?matter={office.matter.id}").status_code == 404


def test_plans_stand_apart_from_deadlines(ada: TestClient) -> None:
    page = text_of(ada.get("/due").text)

    assert "Never a legal deadline. Call the FOIA officer" in page


def test_a_hundred_deadlines_ask_no_more_of_the_database(office: Office) -> None:
    ada = office.client(office.cast.ada)
    with counted(office.desk.engine) as few:
        ada.get("/due")
    with office.rows() as session:
        for number in range(100):
            makes.make_deadline(session, office.matter, title=f"Act {number}", whose=Side.THEIRS)

    with counted(office.desk.engine) as many:
        page = ada.get("/due")

    assert page.text.count("Act ") > 40  # of a long list a page is shown
    assert len(many) == len(few) <= 15
