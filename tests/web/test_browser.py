"""The planted demonstration in a real Chromium: every kind of page, wide and narrow.

axe-core finds no fault, nothing scrolls sideways, nothing is asked of another host, the keyboard
reaches everything, and all of it works with scripts switched off.
"""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from casemgr.app import build
from casemgr.db.tables import Person
from casemgr.desk import Desk, open_desk
from casemgr.settings import settings
from casemgr.usecases import signin
from casemgr.usecases.seeds import seeded_code

pytestmark = pytest.mark.browser

AXE = Axe()
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The rules that look at the picture and not only at the marks, which no width changes.
BY_SIGHT = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# What passes is only counted: hauling every node of it out of the browser takes minutes.
LOOK = """only => axe.run({runOnly: only, resultTypes: ['violations']}).then(found => [
  found.passes.length, found.violations.map(each => each.id + ': ' + each.nodes[0].html)])"""
REQUEST = seeded_code("R", "request-2010")
CODE = re.compile(r"/(M|R|T|LS|D|DC|DOC)-[0-9A-Z]+")
LOGGED = re.compile(r"/log/[a-z-]+$")  # one form with other fields in it


@dataclass(frozen=True)
class Served:
    """The running server: where it listens, and the cookie of somebody signed in."""

    address: str
    cookies: dict[str, str]


@pytest.fixture(scope="module")
def served(planted_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the planted office of October 29, 2010 on a free port of this machine."""
    data = tmp_path_factory.mktemp("demonstration")
    for name in (planted_file.name, "history.key"):
        shutil.copy(planted_file.with_name(name), data)
    desk = open_desk(settings({"CASEMGR_DATA": str(data), "CASEMGR_INSECURE_COOKIES": "1"}))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(build(desk), log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        _wait_for(server)
        port = listening.getsockname()[1]
        yield Served(f"http://127.0.0.1:{port}", {name: _sign_in(desk, name) for name in PEOPLE})
        server.should_exit = True
        thread.join(timeout=20)


A_FEW = 3
NO_PAGES = ("/static/", "/letters/", "/tracks/", "/events/", "/docket-entries/", "/parties/")
PEOPLE = ["ada", "sam", "eve"]
CONTROLS = "main a, main button, main select, main input:not([type=hidden])"
FOCUSED = f"""(() => {{
  const it = document.activeElement, line = getComputedStyle(it);
  const place = [...document.querySelectorAll('{CONTROLS}')].indexOf(it);
  return [place, line.outlineStyle, parseFloat(line.outlineWidth)];
}})()"""


def _sign_in(desk: Desk, name: str) -> str:
    with desk.work() as work:
        person = work.session.get_one(Person, seeded_code("P", name))
        return signin.begin(work, person)


def _wait_for(server: uvicorn.Server) -> None:
    for _ in range(600):
        if server.started:
            return
        time.sleep(0.05)
    raise AssertionError("the server did not start within 30 seconds")


@dataclass
class Tab:
    """A page of the browser, with everything it complained about or asked elsewhere."""

    page: Page
    address: str
    heard: list[str] = field(default_factory=list)

    def go(self, place: str) -> None:
        """Open a page of ours."""
        answer = self.page.goto(self.address + place)
        assert answer is not None
        assert answer.status == 200, place

    def faults(self, rules: list[str] | None = None) -> list[str]:
        """Return what axe-core finds wrong with the page that is open, by all rules or by some."""
        self.page.evaluate(AXE.axe_script)
        passes, found = self.page.evaluate(LOOK, rules or STANDARDS)
        assert passes > (0 if rules else 10)  # it did look
        return list(found)


@contextmanager
def tab(
    browser: Browser, served: Served, *, who: str = "ada", width: int = 1280, scripts: bool = True
) -> Iterator[Tab]:
    """Open a tab in which somebody is signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    if who:
        context.add_cookies(
            [{"name": "casemgr", "value": served.cookies[who], "url": served.address}]
        )
    made = Tab(context.new_page(), served.address)
    made.page.on("console", lambda said: made.heard.append(f"console: {said.text}"))
    made.page.on("pageerror", lambda wrong: made.heard.append(f"script: {wrong}"))
    made.page.on("request", lambda asked: _note_foreign(made, asked.url))
    yield made
    context.close()


def _note_foreign(made: Tab, url: str) -> None:
    if not url.startswith((made.address, "data:")):
        made.heard.append(f"foreign: {url}")


@pytest.fixture(scope="module")
def kinds(browser: Browser, served: Served) -> list[str]:
    """Follow links from the first page, and return the fullest of a few pages of each kind."""
    found: dict[str, list[tuple[int, str]]] = {}
    ahead = ["/due"]
    with tab(browser, served) as made:
        while ahead:
            place = ahead.pop(0)
            kind = LOGGED.sub("/log/*", CODE.sub(r"/\1", place).split("?")[0])
            tried = found.setdefault(kind, [])
            if len(tried) >= A_FEW or any(place == each for _, each in tried):
                continue
            answer = made.page.request.get(made.address + place)
            assert answer.status == 200, place
            html = answer.text()
            tried.append((len(html), place))
            links = [unescape(each) for each in re.findall(r'href="(/[^"#]*)', html)]
            ahead += [each for each in links if not (each.startswith(NO_PAGES) or _is_file(each))]
    return sorted(max(tried)[1] for tried in found.values())


def _is_file(address: str) -> bool:
    return address.split("?")[0].endswith((".csv", ".xlsx", ".ics"))


@pytest.mark.timeout(900)  # some thirty pages, each read by axe-core, on machines that are busy
@pytest.mark.parametrize("width", [1280, 320])
def test_every_kind_of_page_is_sound(
    browser: Browser, served: Served, kinds: list[str], width: int, full_size: bool
) -> None:
    assert len(kinds) >= 22
    with tab(browser, served, width=width) as made:
        for at, place in enumerate(kinds):
            made.go(place)

            # By all rules on a telephone, and what wide windows add to that: every page in the
            # large size, and pages in turn in the small one.
            if width == 320:
                assert not (full_size or at % 2 == 0) or made.faults() == [], place
            elif full_size or at % 6 == 1:
                assert made.faults(BY_SIGHT) == [], place
            wide = made.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, f"{place} scrolls sideways at {width}"
            title = made.page.title().removesuffix(" – casemgr")
            assert made.page.locator("h1").all_inner_texts() == [title], place
        assert made.heard == []


@pytest.mark.parametrize("place", ["/sign-in", "/matters/M-0000000000"])
def test_the_pages_before_and_beside_the_office_are_sound(
    browser: Browser, served: Served, place: str
) -> None:
    with tab(browser, served, who="" if place == "/sign-in" else "eve", width=320) as made:
        made.page.goto(served.address + place)

        assert made.faults() == []


def test_what_opens_in_place_is_sound_too(browser: Browser, served: Served) -> None:
    with tab(browser, served, width=320) as made:
        made.go(f"/requests/{REQUEST}")
        for summary in made.page.locator("summary").all():
            summary.click()

        assert made.faults() == []
        assert made.page.get_by_text("Saturdays and Sundays are not counted").first.is_visible()


def test_a_form_with_problems_is_sound_and_leads_to_each_field(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served, width=320) as made:
        made.go(f"/requests/{REQUEST}")
        made.page.get_by_role("link", name="Log what came").click()
        made.page.get_by_role("link", name="They got it").click()
        made.page.get_by_label("Date of the letter").fill("the other day")
        made.page.get_by_role("button", name="Save").click()

        assert made.page.title().startswith("Error: ")
        assert made.faults() == []
        made.page.get_by_role("alert").get_by_role("link").filter(has_text="the other day").click()
        assert made.page.evaluate("document.activeElement.id") == "f-happened_on"
        assert made.page.get_by_label("Date of the letter").input_value() == "the other day"


def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served) as made:
        made.go("/due")
        made.page.keyboard.press("Tab")
        assert made.page.evaluate("document.activeElement.textContent") == "Skip to the content"
        made.page.keyboard.press("Enter")
        assert made.page.evaluate("document.activeElement.id") == "main"

        wanted = made.page.locator(CONTROLS).count()
        reached = set()
        for _ in range(wanted):
            made.page.keyboard.press("Tab")
            now = made.page.evaluate(FOCUSED)
            assert now[1] == "solid"
            assert now[2] >= 3
            reached.add(now[0])
        assert reached == set(range(wanted))


def test_choosing_a_track_swaps_only_its_panel_and_keeps_the_focus(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served) as made:
        made.go(f"/requests/{REQUEST}")
        made.page.evaluate("window.stayed = true")
        made.page.get_by_role("link", name="OLC", exact=True).first.focus()
        made.page.keyboard.press("Enter")
        made.page.locator("h2#track", has_text="OLC").wait_for()

        assert made.page.evaluate("window.stayed") is True
        assert made.page.evaluate("document.activeElement.textContent") == "OLC"
        assert "/T-" in made.page.url
        made.page.reload()
        assert made.page.locator("h2#track").inner_text() == "OLC"
        assert made.heard == []


def test_on_a_telephone_a_component_is_chosen_from_a_list_by_keys_alone(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served, width=320, scripts=False) as made:
        made.go(f"/requests/{REQUEST}")
        assert not made.page.get_by_role("navigation", name="Tracks").is_visible()
        made.page.get_by_label("Component", exact=True).focus()
        made.page.keyboard.type("FBI")
        made.page.keyboard.press("Tab")
        made.page.keyboard.press("Enter")
        made.page.locator("h2#track", has_text="FBI").wait_for()

        assert re.search(rf"/requests/{REQUEST}/T-\w+$", made.page.url)
        assert made.page.get_by_label("Component", exact=True).input_value() in made.page.url
        made.page.get_by_role("link", name="›").click()
        assert made.page.locator("h2#track").inner_text() != "FBI"


def test_the_filters_swap_the_lists_as_soon_as_one_is_chosen(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served) as made:
        made.go("/due")
        made.page.evaluate("window.stayed = true")
        made.page.get_by_label("Matter").select_option(label="NDLON v. ICE (Secure Communities)")
        made.page.wait_for_url("**matter=M-*")
        made.page.locator("#lists:not(:has-text('USCIS'))").wait_for()

        assert made.page.evaluate("window.stayed") is True
        assert made.heard == []


def test_all_of_it_works_with_scripts_switched_off(browser: Browser, served: Served) -> None:
    with tab(browser, served, who="sam", scripts=False) as made:
        made.go("/due")
        made.page.get_by_label("Show").select_option("all")
        made.page.get_by_role("button", name="Show").click()
        assert "period=all" in made.page.url
        made.page.get_by_role("link", name="Requests").click()
        made.page.get_by_role("link", name="Records on Secure Communities").click()
        made.page.get_by_role("link", name="FBI", exact=True).first.click()
        made.page.locator("summary", has_text="Why this date?").first.click()
        assert made.page.get_by_text("Other ways to read it").first.is_visible()
        made.page.get_by_role("link", name="Log what came").click()
        made.page.get_by_role("link", name="Other", exact=True).click()
        made.page.get_by_role("link", name="A telephone call").click()
        made.page.get_by_label("The day of the call").fill("yesterday")
        made.page.get_by_label("What it says, in your words").fill("Asked how it goes.")
        made.page.get_by_role("button", name="Save").click()
        assert made.page.get_by_role("heading", name="Saved").is_visible()
        assert made.page.get_by_text("Asked how it goes.").is_visible()
        made.page.get_by_role("button", name="Sign out").click()
        assert made.page.title() == "Sign in – casemgr"


def test_a_letter_is_logged_by_keyboard_alone_in_a_few_steps(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served, width=320, scripts=False) as made:
        made.go(f"/requests/{REQUEST}")
        keys = 0
        for name in ("Log what came", "They got it"):
            made.page.get_by_role("link", name=name).focus()
            made.page.keyboard.press("Enter")
            made.page.wait_for_load_state()
            keys += 1
        made.page.get_by_label("Date of the letter").focus()
        for typed in ("Feb 16 2010", "Feb 9 2010", None, "2010FOIA2674"):
            if typed:
                made.page.keyboard.type(typed)
            made.page.keyboard.press("Tab")
            keys += 1
        made.page.keyboard.press("Enter")  # in a field of one line: as the button does
        made.page.get_by_role("heading", name="Saved").wait_for()

        assert keys < 10
        assert made.page.get_by_text("2010FOIA2674 (request)").is_visible()


def test_receipts_that_contradict_each_other_are_shown_soundly_until_one_is_chosen(
    browser: Browser, served: Served
) -> None:
    with tab(browser, served, width=320) as made:
        made.go(f"/requests/{REQUEST}")
        chosen = made.page.get_by_label("Component", exact=True)
        chosen.select_option(chosen.locator("option", has_text="EOIR").get_attribute("value"))
        made.page.get_by_role("button", name="Show", exact=True).click()
        made.page.locator("h2#track", has_text="EOIR").wait_for()
        track = made.page.url
        for day in ("Feb 9 2010", "Feb 11 2010"):
            made.page.goto(f"{track}/log/got-it")
            made.page.get_by_label("Date of the letter").fill("Feb 16 2010")
            made.page.get_by_label("The day they say they received it").fill(day)
            made.page.get_by_role("button", name="Save").click()
        note = made.page.get_by_role("note", name="Receipts that contradict each other")
        assert note.is_visible()
        assert made.faults() == []

        note.get_by_label("Thu, Feb 11").check()
        note.get_by_label("Why?").fill("Their stamp.")
        note.get_by_role("button", name="This one counts").click()

        assert made.page.get_by_text("Chosen as the one that counts").is_visible()
        assert not note.is_visible()


def test_the_summary_can_be_copied(browser: Browser, served: Served) -> None:
    with tab(browser, served) as made:
        made.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        made.go(f"/requests/{REQUEST}")
        made.page.get_by_role("button", name="Copy summary").click()
        made.page.get_by_text("Copied.").wait_for()

        copied = made.page.evaluate("navigator.clipboard.readText()")
        assert copied == made.page.locator("#summary").inner_text()


def test_on_paper_the_proof_stands_alone(browser: Browser, served: Served) -> None:
    with tab(browser, served) as made:
        made.go("/due")
        made.page.locator("td a").first.click()
        made.page.emulate_media(media="print")

        assert made.page.get_by_role("heading", name="Why this date?").is_visible()
        assert not made.page.get_by_role("navigation").first.is_visible()
        assert not made.page.get_by_role("button").first.is_visible()
