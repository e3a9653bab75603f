"""A declaration in a real Chromium: typed, kept by itself, moved by keys, the PDF beside it."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, expect

from tests.web.conftest import Office
from tests.web.test_declaration_editor import rows
from tests.web.test_letters_in_browser import Served, faults, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """Serve the office on a port of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(office.app, log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=20)


def test_writing_keeps_itself_and_the_pdf_stands_beside_it(
    browser: Browser, office: Office, address: str
) -> None:
    served = Served(office, address)
    at = f"{address}/declarations/{office.declaration.id}"
    with opened(browser, served, office.cast.sam, width=1280, scripts=True) as page:
        page.goto(f"{at}/write")
        expect(page.locator("[data-preview] img").first).to_be_visible(timeout=30_000)
        area = page.get_by_label("Paragraph 1", exact=True)
        area.fill("I teach at the Night Schools Network.")
        expect(page.locator("[data-kept]")).to_have_text(re.compile("Saved"), timeout=15_000)
        expect(page.locator("[data-preview]")).to_contain_text("1. I teach", timeout=30_000)
        assert rows(office)[0].says == "I teach at the Night Schools Network."

        area.fill("I teach there still.")  # not kept yet: the key keeps it first
        area.press("Alt+ArrowDown")
        expect(page.get_by_label("Paragraph 2", exact=True)).to_be_focused(timeout=15_000)
        assert [each.says for each in rows(office)][1] == "I teach there still."
        page.keyboard.press("Control+Enter")
        expect(page.get_by_label("Paragraph 3", exact=True)).to_be_focused(timeout=15_000)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.localName") == "button"
        for place in ("write", "checks", "sign-off", "insert"):
            page.goto(f"{at}/{place}")
            assert faults(page) == [], place
    with opened(browser, served, office.cast.sam, width=320, scripts=True) as page:
        for place in ("write", "sign-off", "preview"):
            page.goto(f"{at}/{place}")
            assert faults(page) == [], place
