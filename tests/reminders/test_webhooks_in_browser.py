"""Webhooks and reminders on a telephone: sound by axe-core, and nothing scrolls sideways."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route
from sqlmodel import select

from casemgr.carrying import carry
from casemgr.db.tables import Webhook
from casemgr.mail.outcomes import NotTaken
from tests.reminders.office import Office
from tests.reminders.test_settings_pages import browser as client_of
from tests.reminders.test_webhooks import Outside, move
from tests.reminders.test_webhooks_pages import SENT
from tests.web.test_browser import LOOK, STANDARDS

pytestmark = pytest.mark.browser
SITE = "http://casemgr.test"


def test_webhooks_and_reminders_are_sound_and_fit(browser: Browser, office: Office) -> None:
    mira = client_of(office, office.cast.mira)
    made = mira.post("/webhooks", data=SENT).text
    with office.desk.work(reads_only=True) as work:
        hook = work.session.exec(select(Webhook)).one()
    outside = Outside()
    move(office)
    carry(replace(office.desk, demonstration=False), outside.send)
    outside.fails = {hook.address: NotTaken("chat.example.org answered 500.")}
    move(office)
    carry(replace(office.desk, demonstration=False), outside.send)
    mira.post("/reminders/own-days", data={"own_kind": "our_date", "own_days_before": "30"})

    def answer(route: Route) -> None:
        where = urlsplit(route.request.url).path
        if where == "/made":
            route.fulfill(body=made, content_type="text/html")
            return
        found = mira.get(where)
        kind = found.headers.get("content-type", "")
        route.fulfill(status=found.status_code, body=found.content, content_type=kind)

    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.route("**/*", answer)
    for place in ("/made", f"/webhooks/{hook.id}", "/reminders"):
        page.goto(f"{SITE}{place}")
        page.evaluate(Axe().axe_script)
        passes, faults = page.evaluate(LOOK, STANDARDS)
        assert passes > 0
        assert faults == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, place
    context.close()
