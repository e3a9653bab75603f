"""The calendar's pages: every date one may see, on its day, with the way to why."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from casemgr.db.session import transaction
from casemgr.domain.words import Side
from tests import makes
from tests.calendar.conftest import Office
from tests.calendar.entries import read
from tests.web.conftest import text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def cell(html: str, day: date) -> str:
    """Return the words in the cell of one day of a month."""
    found = re.search(
        rf"<td[^>]*>\s*<p class=\"on\"><time datetime=\"{day.isoformat()}\">.*?</td>",
        html,
        re.DOTALL,
    )
    assert found is not None, f"{day} is on no page"
    return text_of(found[0])


def test_a_month_shows_each_date_on_its_day_with_the_way_to_why(office: Office) -> None:
    page = office.browser(office.cast.ada).get("/calendar?month=2010-11").text

    assert "<h1>Calendar, November 2010</h1>" in page
    assert "Oppose the motion of October 29, 2010" in cell(page, date(2010, 11, 12))
    assert "2:00 pm EST Hearing on the motion" in cell(page, date(2010, 11, 9))
    assert "Veterans Day, not counted" in cell(page, date(2010, 11, 11))
    assert f'href="/deadlines/{office.deadline.id}"' in page
    assert f'href="/hearings/{office.hearing.id}"' in page
    assert "month=2010-10" in page
    assert "month=2010-12" in page


def test_a_span_stands_at_both_its_ends_and_a_weekend_below_its_week(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        span = {"earliest": date(2010, 11, 1), "latest": date(2010, 11, 30), "certain": False}
        makes.make_deadline(
            session, office.matter, None, title="Decide", whose=Side.THEIRS, safe=None, **span
        )
        makes.make_task(session, office.matter, due_on=date(2010, 11, 20))

    page = office.browser(office.cast.ada).get("/calendar?month=2010-11").text

    assert "They: Decide: why this date? (earliest) Not confirmed" in cell(page, date(2010, 11, 1))
    assert "(latest)" in cell(page, date(2010, 11, 30))
    weekend = page.split('<tr class="weekend">')[1].split("</tr>")[0]
    assert "Saturday, November 20 Plan: Call the FOIA officer" in text_of(weekend)


def test_the_agenda_lists_days_in_order_and_the_year_counts_them(office: Office) -> None:
    browser = office.browser(office.cast.ada)

    agenda = text_of(browser.get("/calendar?view=agenda&month=2010-11").text)
    year = browser.get("/calendar?view=year&month=2010-01").text

    days = [agenda.index(each) for each in ("Tuesday, November 9", "Friday, November 12, 2010")]
    assert days == sorted(days)
    assert "Ada Marlowe" in agenda
    assert "Courtroom 15C" in agenda
    assert "1 date on Friday, November 12, 2010" in text_of(year)
    assert "#d-2010-11-12" in year
    assert "Thu: Veterans Day" in text_of(year)


def test_filters_narrow_and_stay_while_one_goes_on(office: Office) -> None:
    browser = office.browser(office.cast.ada)
    with transaction(office.desk.engine) as session:
        other = makes.make_matter(session, office.cast.ada, title="Another matter")
        makes.make_deadline(session, other, title="Elsewhere", owner_id=office.cast.ada.id)

    def shown(query: str) -> str:
        return text_of(browser.get(f"/calendar?month=2010-11&{query}").text)

    assert "3 dates in November 2010" in shown("")
    assert "1 date in" in shown(f"matter={other.id}")
    assert "1 date in" in shown("kind=hearing")
    assert "0 dates in" in shown(f"person={office.cast.sam.id}&kind=ours")
    page = browser.get(f"/calendar?month=2010-11&matter={other.id}&kind=ours").text
    assert f"month=2010-12&amp;matter={other.id}&amp;kind=ours" in page


def test_an_empty_month_names_the_next_date_and_nonsense_shows_today(office: Office) -> None:
    browser = office.browser(office.cast.ada)

    empty = text_of(browser.get("/calendar?month=2010-06").text)
    odd = text_of(browser.get("/calendar?month=soon&view=x&kind=y").text)
    far = text_of(browser.get("/calendar?month=2199-12").text)

    assert "0 dates in June 2010. The next is Tuesday, November 9, 2010" in empty
    assert "Calendar, October 2010" in odd
    assert "Holidays of 2199 are not on file here" in far
    assert "Nothing follows either." in far


def test_late_and_done_are_said_in_words(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        makes.make_deadline(session, office.matter, date(2010, 10, 25), title="Late one")
        done = {"done_on": date(2010, 10, 20), "title": "Done one"}
        makes.make_deadline(session, office.matter, date(2010, 10, 26), **done)
        theirs = {"whose": Side.THEIRS, "title": "Their one"}
        makes.make_deadline(session, office.matter, date(2010, 10, 27), **theirs)

    page = office.browser(office.cast.ada).get("/calendar").text

    assert "Late: 4 days" in cell(page, date(2010, 10, 25))
    assert "Done" in cell(page, date(2010, 10, 26)).replace("Done one", "")
    assert "Their time is up" in cell(page, date(2010, 10, 27))


def test_nobody_sees_a_date_of_a_matter_they_are_not_on(office: Office) -> None:
    eve = office.browser(office.cast.eve)
    for query in ("", "&view=agenda", "&view=year"):
        page = eve.get(f"/calendar?month=2010-11{query}").text
        assert "0 dates in" in text_of(page)
        assert "motion" not in page
        assert "Alvarez" not in page
    assert read(eve.get("/calendar.ics").content) == []
    assert eve.get(f"/calendar?matter={office.matter.id}").status_code == 404
    assert eve.get(f"/calendar?person={office.cast.ada.id}").status_code == 404


def test_the_dates_can_be_taken_away_as_a_file(office: Office) -> None:
    answer = office.browser(office.cast.ada).get("/calendar.ics?kind=hearing")

    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''dates.ics"
    [event] = read(answer.content)
    assert event["DTSTART"].dt == datetime(2010, 11, 9, 19, tzinfo=UTC)
