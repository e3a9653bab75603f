"""An import in a real Chromium, wide, on a telephone and without scripts; and the keys of the list.

In each state of each page axe-core finds no fault and nothing scrolls sideways.
"""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from casemgr.app import build
from casemgr.db.session import open_engine, transaction
from casemgr.usecases import signin
from tests import makes
from tests.usecases.sheets import csv_of

pytestmark = pytest.mark.browser

AXE = Axe()
FAULTS = """axe.run({resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
  found => [found.passes.length, found.violations.map(e => e.id + ': ' + e.nodes[0].html)])"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
ROWS = [
    [f"A-{i}", f"Letters to county {i:02d}", "ICE", f"2010ICE{i}", "2/3/2010", "2/9/2010", "", ""]
    for i in range(60)
]
WRONG = [
    ["B-1", "", "ICE", "", "", "", "", ""],
    ["B-2", "Backwards", "ICE", "", "3/2/2010", "1/2/2010", "", ""],
]


@dataclass(frozen=True)
class Served:
    """A running office, and the cookie of Sam."""

    address: str
    cookie: str


@pytest.fixture
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an office in which nothing was imported yet, whichever test comes first."""
    data = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{shutil.copy(sqlite_template, data / 'casemgr.sqlite3')}"
    desk = makes.make_desk(open_engine(url), data)
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        makes.make_matter(session, cast.ada, cast.sam)
        makes.make_agency(session)
    with desk.work() as work:
        cookie = signin.begin(work, work.session.merge(cast.sam))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(build(desk), log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", cookie)
        server.should_exit = True
        thread.join(timeout=20)
    desk.engine.dispose()


@contextmanager
def opened(
    browser: Browser, served: Served, *, width: int = 1280, scripts: bool = True
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    context.add_cookies([{"name": "casemgr", "value": served.cookie, "url": served.address}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    yield page
    context.close()


def faults(page: Page, name: str) -> list[str]:
    """Return what is wrong with the page that is open; keep a picture of it where one is wanted."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    page.evaluate(AXE.axe_script)
    passes, found = page.evaluate(FAULTS)
    assert passes > 10
    wide = ["it scrolls sideways"] if page.evaluate(SIDEWAYS) else []
    return [f"{name}: {each}" for each in [*found, *wide]]


def wait_for(page: Page, words: str) -> None:
    """Wait until the page, which looks again by itself, says these words."""
    page.get_by_text(words).first.wait_for()


def bring(page: Page, served: Served, file: Path) -> None:
    page.goto(f"{served.address}/imports")
    page.get_by_label("Matter these requests belong to").select_option(index=1)
    page.get_by_label("Spreadsheet", exact=True).set_input_files(file)
    page.get_by_role("button", name="Read the spreadsheet").click()
    wait_for(page, "Waits for its columns to be matched.")


def test_an_old_spreadsheet_is_imported_listed_and_taken_back(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_bytes(csv_of(*ROWS, *WRONG))
    wrong: list[str] = []
    with opened(browser, served) as page:
        page.goto(f"{served.address}/requests")
        wrong += faults(page, "requests-none")
        page.goto(f"{served.address}/imports")
        wrong += faults(page, "imports-none")
        bring(page, served, file)
        wrong += faults(page, "import-matching")
        page.get_by_label("The month: February 3").check()
        page.get_by_role("button", name="Check every row").click()
        wait_for(page, "2 cannot as they are")
        wrong += faults(page, "import-checked")
        page.get_by_role("button", name="Import 60 requests").click()
        wait_for(page, "There is a problem")
        wrong += faults(page, "import-refused")
        page.get_by_label("Leave out the 2 rows that are wrong").check()
        page.get_by_role("button", name="Import 60 requests").click()
        wait_for(page, "60 requests are in")
        wrong += faults(page, "import-done")

        page.goto(f"{served.address}/requests?sort=title")
        wrong += faults(page, "requests-full")
        page.set_viewport_size({"width": 320, "height": 700})
        wrong += faults(page, "requests-narrow")
        page.goto(f"{served.address}/requests?text=nothing+like+it")
        wrong += faults(page, "requests-filtered-empty")
        page.goto(f"{served.address}/requests?due_after=soon")
        wrong += faults(page, "requests-problem")
        page.goto(f"{served.address}/saved-views?late=yes")
        page.get_by_label("Name", exact=True).fill("Late")
        page.get_by_role("button", name="Save the view").click()
        page.goto(f"{served.address}/saved-views")
        wrong += faults(page, "saved-views")
        page.goto(f"{served.address}/imports")
        wrong += faults(page, "imports-narrow")
        page.get_by_role("link", name="old.csv").click()
        wrong += faults(page, "import-done-narrow")
        page.get_by_text("Undo the whole import").click()
        page.get_by_label("Why it is taken back").fill("The wrong matter.")
        page.get_by_role("button", name="Take back all of it").click()
        wait_for(page, "Everything it made is out of sight")
        wrong += faults(page, "import-undone")
    assert wrong == []


def test_the_list_is_walked_by_keys_and_its_letters_can_be_switched_off(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    file = tmp_path / "keys.csv"
    file.write_bytes(csv_of(*ROWS[:5]))
    with opened(browser, served, scripts=False) as page:  # all of an import works without scripts
        bring(page, served, file)
        page.get_by_label("The month: February 3").check()
        page.get_by_role("button", name="Check every row").click()
        wait_for(page, "Check the rows, then start")
        page.get_by_role("button", name="Import 5 requests").click()
        wait_for(page, "5 requests are in")
    with opened(browser, served) as page:
        page.goto(f"{served.address}/requests?sort=title")
        here = "document.activeElement.textContent"
        page.locator("table.requests tbody th a").first.focus()
        page.keyboard.press("j")
        page.keyboard.press("ArrowDown")
        assert page.evaluate(here) == "Letters to county 02"
        page.keyboard.press("k")
        page.keyboard.press("End")
        assert page.evaluate(here) == "Letters to county 04"
        page.keyboard.press("?")
        page.get_by_role("button", name="Switch letters off").click()
        page.locator("table.requests tbody th a").first.focus()
        page.keyboard.press("j")
        assert page.evaluate(here) == "Letters to county 00"
        page.keyboard.press("Enter")
        page.wait_for_url("**/requests/R-*")
