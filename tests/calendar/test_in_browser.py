"""The calendar in a real Chromium, wide and narrow: sound by axe-core, and reached by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from casemgr.db.session import transaction
from casemgr.domain.words import Side
from tests import makes
from tests.calendar.conftest import Office
from tests.web.test_browser import BY_SIGHT, LOOK, STANDARDS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
SITE = "http://casemgr.test"
PLACES = (
    "/calendar?month=2010-11",
    "/calendar?month=2010-11&view=agenda",
    "/calendar?month=2010-11&view=year",
    "/calendar/addresses",
)


def fill(office: Office) -> None:
    """Put dates of every kind and standing into November."""
    with transaction(office.desk.engine) as session:
        span = {"earliest": date(2010, 11, 2), "latest": date(2010, 11, 17), "certain": False}
        theirs = {"whose": Side.THEIRS, "safe": None}
        makes.make_deadline(session, office.matter, None, title="Decide", **theirs, **span)
        late = {"whose": Side.THEIRS, "title": "Answer the complaint"}
        makes.make_deadline(session, office.matter, date(2010, 10, 25), **late)
        makes.make_task(session, office.matter, due_on=date(2010, 11, 20))
        for number in range(9):
            day = date(2010, 11, 15) + timedelta(days=number % 2)
            makes.make_deadline(session, office.matter, day, title=f"Paper {number}")


@contextmanager
def opened(browser: Browser, office: Office, width: int) -> Iterator[Page]:
    """Open a tab whose every request is answered by the application itself, without scripts."""
    ours = office.browser(office.cast.ada)

    def answer(route: Route) -> None:
        where = urlsplit(route.request.url)
        assert f"{where.scheme}://{where.netloc}" == SITE
        found = ours.get(f"{where.path}?{where.query}")
        route.fulfill(
            status=found.status_code,
            body=found.content,
            content_type=found.headers.get("content-type", ""),
        )

    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.route("**/*", answer)
    yield page
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_calendar_is_sound_and_fits(browser: Browser, office: Office, width: int) -> None:
    fill(office)
    office.fetch(office.feed(office.cast.ada))
    with opened(browser, office, width) as page:
        for place in PLACES:
            page.goto(f"{SITE}{place}")
            page.evaluate(Axe().axe_script)
            passes, faults = page.evaluate(LOOK, STANDARDS if width == 320 else BY_SIGHT)
            assert passes > 0
            assert faults == [], place
            too_wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert too_wide <= 0, f"{place} scrolls sideways at {width}"


def test_the_keyboard_goes_from_month_to_month_and_to_why(browser: Browser, office: Office) -> None:
    with opened(browser, office, 1280) as page:
        page.goto(f"{SITE}/calendar")
        page.get_by_role("link", name="November 2010 ›").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**month=2010-11*")
        page.get_by_role("link", name="Oppose the motion").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/deadlines/{office.deadline.id}")
