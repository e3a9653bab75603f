"""What is due across the matters of an office: whose it is, in the address, a page at a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casemgr.db.session import transaction
from casemgr.web.paging import AT_ONCE, part_of
from tests import makes
from tests.calendar.conftest import Office
from tests.web.conftest import text_of

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
def test_due_is_narrowed_to_a_person_or_to_what_nobody_owns(office: Office) -> None:
    cast = office.cast
    with transaction(office.desk.engine) as session:
        checks = {"owner_id": cast.sam.id, "second_id": cast.ada.id}
        makes.make_deadline(session, office.matter, title="Sam's, checked by Ada", **checks)
        makes.make_deadline(session, office.matter, title="Nobody's")
        makes.make_task(session, office.matter, title="Sam's plan", person_id=cast.sam.id)
    browser = office.browser(cast.mira)

    def shown(person: str) -> str:
        return text_of(browser.get(f"/due?person={person}").text)

    assert "We must do (3)" in shown("")
    assert "We must do (2)" in shown(cast.ada.id)
    sams = shown(cast.sam.id)
    assert "We must do (1)" in sams
    assert "Sam's plan" in sams
    assert "Nobody's" in shown("nobody")
    assert "We must do (1)" in shown("nobody")
    assert "We must do (3)" in shown(cast.eve.id)  # nobody of these matters: as if not asked


@on_sqlite
def test_court_dates_are_on_due_for_who_is_on_the_matter(office: Office) -> None:
    ahead = text_of(office.browser(office.cast.ada).get("/due").text)
    week = text_of(office.browser(office.cast.ada).get("/due?period=7").text)
    strangers = text_of(office.browser(office.cast.eve).get("/due").text)

    assert "Court dates (1) Tue, Nov 9 2:00 pm EST Hearing on the motion" in ahead
    assert "Court dates" not in week
    assert "Hearing" not in strangers


@on_sqlite
def test_a_long_list_comes_in_parts_that_keep_the_filters(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        for number in range(AT_ONCE + 4):
            day = date(2010, 11, 1) + timedelta(days=number % 20)
            makes.make_deadline(session, office.matter, day, title=f"Paper {number}.")
    browser = office.browser(office.cast.mira)

    first = browser.get("/due?person=nobody").text
    second = browser.get("/due?person=nobody&ours=2").text

    assert f"We must do ({AT_ONCE + 4})" in text_of(first)
    assert 'href="/due?person=nobody&amp;ours=2#ours"' in first
    assert [page.count("Paper ") for page in (first, second)] == [AT_ONCE, 4]
    assert "Page 2 of 2" in text_of(second)


@pytest.mark.parametrize(
    ("asked", "page"), [("", 1), ("2", 2), ("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("٢", 1)]
)
def test_a_part_that_is_none_is_the_nearest_there_is(asked: str, page: int) -> None:
    rows = list(range(2 * AT_ONCE + 1))

    part = part_of(rows, "ours", "/due", {"ours": asked, "matter": "M-1"})

    assert (part.page, part.pages) == (page, 3)
    assert list(part.rows) == rows[(page - 1) * AT_ONCE : page * AT_ONCE]
    assert part.before == ("" if page == 1 else f"/due?matter=M-1&ours={page - 1}#ours")
