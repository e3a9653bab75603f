"""A letter in a real Chromium: a student by telephone without scripts, an attorney by keys."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from casemgr.db.tables import Agency, Requester
from casemgr.domain.words import EventKind
from tests import makes
from tests.web.conftest import Office
from tests.web.test_intake_in_browser import FAULTS, SIDEWAYS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]
AXE = Axe()


@dataclass(frozen=True)
class Served:
    """The office on a port of this machine."""

    office: Office
    address: str

    @property
    def letters(self) -> str:
        return f"{self.address}/requests/{self.office.request.id}/{self.office.track.id}/letters"


@pytest.fixture
def served(office: Office) -> Iterator[Served]:
    """Serve the office, its request with a requester, an address and a certain receipt."""
    with office.rows() as session:
        asker = makes.make_organisation(session)
        session.add(Requester(request_id=office.request.id, organisation_id=asker.id))
        session.get_one(Agency, "ice").address = "500 12th Street SW\nWashington, DC"
        makes.make_event(session, office.track, EventKind.RECEIVED, date(2010, 2, 9))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(office.app, log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Served(office, f"http://127.0.0.1:{listening.getsockname()[1]}")
        server.should_exit = True
        thread.join(timeout=20)


@contextmanager
def opened(
    browser: Browser, served: Served, person: makes.tables.Person, *, width: int, scripts: bool
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    cookie = makes.make_session(served.office.desk, person)
    context.add_cookies([{"name": "casemgr", "value": cookie, "url": served.address}])
    yield context.new_page()
    context.close()


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.axe_script)
    passes, found = page.evaluate(FAULTS)
    assert passes > 10
    return [*found, *(["it scrolls sideways"] if page.evaluate(SIDEWAYS) else [])]


def by_keyboard(page: Page, name: str) -> None:
    """Go to a control with the Tab key and press it."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"no way to {name} by keyboard")


def test_from_a_telephone_to_the_release_and_the_sending(browser: Browser, served: Served) -> None:
    cast = served.office.cast
    with opened(browser, served, cast.sam, width=320, scripts=False) as page:
        page.goto(served.letters)
        page.get_by_role("button", name=re.compile("^Begin ?: Status inquiry")).click()
        page.get_by_label("Last: a suit may follow").check()
        page.get_by_label("Anything to add").fill("We telephoned on May 3.")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("button", name="Send to Mira Castellan for release").click()
        assert page.get_by_text("Waits for release.").is_visible()
        letter = page.url
        page.goto(served.letters)
        page.locator("details summary").click()
        page.get_by_role("button", name=re.compile("same ?: Appeal: records refused")).click()
        appeal = page.url
    with opened(browser, served, cast.mira, width=320, scripts=True) as page:
        for place in (f"{served.address}/due", served.letters, appeal, letter):
            page.goto(place)
            assert faults(page) == [], place
        by_keyboard(page, "Release it")
        page.get_by_text("Released, not sent yet.").wait_for()
        assert faults(page) == []
        page.get_by_label("When", exact=True).fill("the other day")
        page.get_by_label("How", exact=True).select_option("email")
        by_keyboard(page, "Record as sent")
        page.get_by_role("alert").wait_for()
        assert faults(page) == []
        page.get_by_label("When", exact=True).fill("today")
        page.get_by_role("button", name="Record as sent").click()
        page.get_by_role("heading", name="Add what proves it").wait_for()
        assert faults(page) == []
