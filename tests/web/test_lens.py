"""Pages show what was known on their day: not one word of what came after it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape

import pytest

from casemgr.domain.words import EntryKind, EventKind, Side
from casemgr.usecases import clock
from tests import makes
from tests.web.conftest import Office

LATER = date(2010, 10, 30)
WORD = "zebra"

# The calendar goes on for two centuries either way; in these months there is something to tell.
CALENDAR = re.compile(r"/calendar.*[?&]month=(?!2010-(?:09|10|11))")


def tell_the_future(office: Office) -> None:
    """Enter one fact of every kind that becomes known only tomorrow, each with the word."""
    later = {"known_on": LATER, "source": WORD}
    with office.rows() as session:
        makes.make_event(session, office.track, EventKind.CALL, LATER, says=WORD, **later)
        makes.make_event(session, office.track, withdrawn_on=date(2010, 3, 1), says=WORD)
        makes.make_track(session, office.request, "fbi", **later)
        makes.make_agency(session, "fbi")
        makes.make_request(session, office.matter, title=WORD, **later)
        makes.make_lawsuit(session, office.matter, docket_number="10-cv-1", cited_as=WORD, **later)
        makes.make_docket_entry(
            session, office.lawsuit, EntryKind.ORDER, LATER, filed_by=Side.COURT, says=WORD, **later
        )
        makes.make_party(session, office.lawsuit, WORD, **later)
        makes.make_order_date(session, office.lawsuit, title=WORD, **later)
        makes.make_hearing(session, office.lawsuit, title=WORD, **later)
        makes.make_deadline(session, office.matter, title=WORD, known_on=LATER)
        makes.make_task(session, office.matter, title=WORD, known_on=LATER)
        makes.make_document(session, office.matter, title=WORD, **later)
        makes.make_declaration(session, office.matter, title=WORD, **later)
        makes.make_letter(session, office.matter, title=WORD, known_on=LATER)
        makes.make_production(session, office.matter, title=WORD, **later)
        flag = makes.make_flag(session, office.matter, office.complaint, WORD, number=9)
        flag.known_on = LATER
        session.add(flag)
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        tomorrow = work.on(LATER)
        clock.project_lawsuit(tomorrow, office.lawsuit.id, because=WORD)


@pytest.mark.both_databases
def test_no_page_shows_a_word_of_what_came_after(office: Office) -> None:
    tell_the_future(office)
    ada = office.client(office.cast.ada)
    seen, ahead = set(), ["/due", "/due?period=all"]

    while ahead:
        place = ahead.pop()
        if place in seen:
            continue
        seen.add(place)
        answer = ada.get(place)
        assert answer.status_code in {200, 303}, place
        assert WORD not in answer.text, place
        found = map(unescape, re.findall(r'href="(/[^"#]*)', answer.text))
        ahead += [
            each
            for each in found
            if not each.startswith(("/static", "/letters")) and not CALENDAR.match(each)
        ]

    assert len(seen) > 25


def test_the_day_after_everything_is_there(office: Office) -> None:
    tell_the_future(office)
    # A day on: what was done that day was done at noon, and it may be morning where the tests run.
    after = LATER + timedelta(days=1)
    office.desk = makes.make_desk(office.desk.engine, office.desk.settings.data, as_of=after)
    office.app.state.desk = office.desk
    ada = office.client(office.cast.ada)

    for place in (
        "/due?period=all",
        f"/matters/{office.matter.id}",
        f"/matters/{office.matter.id}/productions",
        f"/requests/{office.request.id}/{office.track.id}",
        f"/lawsuits/{office.lawsuit.id}",
        "/requests",
        "/documents",
        "/history",
    ):
        assert WORD in ada.get(place).text, place
