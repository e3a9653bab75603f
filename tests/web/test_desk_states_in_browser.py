"""The request desk in each of its states in a real Chromium: empty, full, wrong, without the right.

In none of them axe-core finds a fault or anything scrolls sideways on a telephone.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page

from casemgr.domain.words import EventKind, ImportState, LetterKind, Role
from tests import makes
from tests.makes import tables
from tests.web.conftest import Office
from tests.web.test_letters_in_browser import Served, faults, opened, served

__all__ = ["served"]  # a fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
FIRST = date(2010, 2, 10)


def look(page: Page, served: Served, *places: str, status: int = 200) -> list[str]:
    """Open pages; return what is wrong with any of them."""
    wrong = []
    for place in places:
        answer = page.goto(served.address + place)
        assert answer is not None
        assert answer.status == status, place
        wrong += [f"{place}: {each}" for each in faults(page)]
    return wrong


def test_where_there_is_nothing_yet(browser: Browser, served: Served) -> None:
    office = served.office
    with office.rows() as session:
        matter = makes.make_matter(session, office.cast.mira, title="Nothing yet").id
        request = makes.make_request(session, session.get_one(tables.Matter, matter)).id
    with opened(browser, served, office.cast.mira, width=320, scripts=True) as page:
        empty = (f"/requests/{request}", f"/matters/{matter}/exhaustion", "/imports")
        assert look(page, served, *empty, f"/matters/{matter}/releases") == []
        assert page.get_by_text("No member of staff is on this matter.").is_visible()


def test_where_something_is_wrong(browser: Browser, served: Served) -> None:
    office = served.office
    with office.rows() as session:
        state = {"state": ImportState.FAILED, "problem": "Row 8 is not what it was."}
        failed = makes.make_import(session, office.matter, office.cast.mira, **state).id
    with opened(browser, served, office.cast.mira, width=320, scripts=True) as page:
        assert look(page, served, f"/imports/{failed}") == []
        page.goto(f"{served.address}/matters/{office.matter.id}/releases")
        page.get_by_label("Last day").fill("the other day")
        page.get_by_role("button", name="Allow it").click()
        page.get_by_role("alert").wait_for()
        assert faults(page) == []
        page.get_by_label("Who", exact=True).select_option(label="Ada Marlowe")
        page.get_by_label("Status inquiry").check()
        page.get_by_label("Last day").fill("12/31/2010")
        page.get_by_role("button", name="Allow it").click()
        page.get_by_role("button", name="Take it back").wait_for()
        assert faults(page) == []


def test_for_somebody_who_may_only_read(browser: Browser, served: Served) -> None:
    office = served.office
    with office.rows() as session:
        gil = makes.make_person(session, "Gil Berger", Role.GUEST)
        makes.make_membership(session, gil, office.matter)
        draft = _draft(session, office).id
    request, matter = f"/requests/{office.request.id}", f"/matters/{office.matter.id}"
    track = f"{request}/{office.track.id}"
    with opened(browser, served, gil, width=320, scripts=True) as page:
        seen = (track, f"{track}/letters", f"/letters/{draft}", f"{matter}/exhaustion")
        assert look(page, served, *seen, f"{matter}/releases", "/imports") == []
        assert look(page, served, f"{track}/log", status=403) == []


def _draft(session: makes.Session, office: Office, number: int = 1) -> tables.LetterDraft:
    row = tables.LetterDraft(
        matter_id=office.matter.id,
        track_id=office.track.id,
        kind=LetterKind.STATUS_INQUIRY,
        title=f"Status inquiry {number}: ICE",
        begun_at=makes.NOON,
        known_on=makes.TODAY,
    )
    session.add(row)
    session.flush()
    return row


def test_with_many_rows(browser: Browser, served: Served, full_size: bool) -> None:
    office, many = served.office, 200 if full_size else 60
    with office.rows() as session:
        for number in range(many):
            on = FIRST + timedelta(days=number)
            makes.make_event(session, office.track, EventKind.CALL, on, says="In search.")
            _draft(session, office, number)
            if number % 4 == 0:
                request = makes.make_request(session, office.matter, title=f"Letters {number}")
                makes.make_track(session, request)
    track = f"/requests/{office.request.id}/{office.track.id}"
    with opened(browser, served, office.cast.sam, width=320, scripts=True) as page:
        places = (track, f"{track}/letters", f"/matters/{office.matter.id}/exhaustion")
        assert look(page, served, *places) == []
        assert page.locator("tbody tr").count() > many
