"""A beginner at both doors of intake in a real Chromium: how much they do, by mouse, by keyboard
alone, without scripts and on a telephone; nothing is cut off and axe-core finds no fault."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request as UrlRequest
from urllib.request import urlopen

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request
from sqlmodel import select

from casemgr.app import build
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Document, FoiaRequest, Recipient, RequestDraft, Track
from casemgr.desk import Desk
from casemgr.usecases import signin
from tests import makes

pytestmark = pytest.mark.browser

AXE = Axe()
FAULTS = """axe.run({resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(
  found => [found.passes.length, found.violations.map(e => e.id + ': ' + e.nodes[0].html)])"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
HERE = "document.activeElement === document.body ? 'nowhere' : document.activeElement.id"
BETWEEN = "Letters between the agency and the counties that asked to leave the program."


@dataclass(frozen=True)
class Served:
    """A running office, and the cookie of Sam, who has never logged a request."""

    address: str
    cookie: str
    desk: Desk

    def rows(self, table: type) -> list[object]:
        with transaction(self.desk.engine) as session:
            return list(session.exec(select(table)).all())


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{shutil.copy(sqlite_template, data / 'casemgr.sqlite3')}"
    desk = makes.make_desk(open_engine(url), data)
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada, cast.sam)
        makes.make_membership(session, cast.mira, matter, responsible=True)
        for name, holds in (("ice", "Detention; removal."), ("fbi", "Fingerprints."), ("cbp", "")):
            makes.make_agency(session, name, holds=holds)
        makes.make_organisation(session)
        earlier = makes.make_request(session, matter, owner_id=cast.ada.id)
        makes.make_item(session, earlier)
        makes.make_track(session, earlier)
    with desk.work() as work:
        cookie = signin.begin(work, work.session.merge(cast.sam))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(build(desk), log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        # What a server does once after its start is not a beginner's share.
        with urlopen(UrlRequest(f"{address}/requests", headers={"cookie": f"casemgr={cookie}"})):
            yield Served(address, cookie, desk)
        server.should_exit = True
        thread.join(timeout=20)
    desk.engine.dispose()


@dataclass
class Beginner:
    """Somebody at a page: each click, each field filled and each choice is counted."""

    page: Page
    address: str
    done: int = 0
    waited: float = 0.0  # seconds of the server, in all
    heard: list[str] = field(default_factory=list)

    def click(self, role: str, name: str) -> None:
        self.done += 1
        self._it(role, name).click()  # type: ignore[arg-type]

    def _it(self, role: str, name: str) -> Locator:
        return self.page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]

    def fill(self, label: str, text: str) -> None:
        self.done += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, value: str) -> None:
        self.done += 1
        self.page.get_by_label(label, exact=True).select_option(value)

    def tick(self, label: str) -> None:
        self.done += 1
        self.page.get_by_label(label, exact=True).check()

    def hand_in(self, file: Path) -> None:
        self.done += 1
        self.page.get_by_label("The letter", exact=True).set_input_files(file)

    def heading(self, begins: str) -> str:
        shown = self.page.get_by_role("heading", level=1, name=begins)
        shown.wait_for()
        return shown.inner_text()

    def faults(self) -> list[str]:
        """Return what is wrong with the page that is open."""
        self.page.evaluate(AXE.axe_script)
        passes, found = self.page.evaluate(FAULTS)
        assert passes > 10
        wide = ["it scrolls sideways"] if self.page.evaluate(SIDEWAYS) else []
        title = self.page.title().removesuffix(" – casemgr").removeprefix("Error: ")
        named = self.page.locator("h1").all_inner_texts()
        headed = [] if named == [title] else [f"its heading is {named}, its title {title}"]
        return [f"{self.page.url}: {each}" for each in [*found, *wide, *headed]]


def _is_a_fault(said: ConsoleMessage) -> bool:
    """Say whether the browser complains of something that is wrong.

    Leaving a field for a button keeps the draft twice at once. Where the button is quicker, the
    other is answered 409, which the script expects and Chromium notes all the same.
    """
    quicker = said.location["url"].endswith("/typed") and "409 (Conflict)" in said.text
    return said.type in {"error", "warning"} and not quicker


@contextmanager
def beginner(
    browser: Browser, served: Served, *, width: int = 1280, scripts: bool = True
) -> Iterator[Beginner]:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=scripts
    )
    context.add_cookies([{"name": "casemgr", "value": served.cookie, "url": served.address}])
    sam = Beginner(context.new_page(), served.address)

    def add_up(asked: Request) -> None:
        timing = asked.timing
        sam.waited += max(0.0, timing["responseStart"] - timing["requestStart"]) / 1000

    sam.page.on("requestfinished", add_up)
    sam.page.on(
        "console",
        lambda said: sam.heard.append(said.text) if _is_a_fault(said) else None,
    )
    sam.page.on("pageerror", lambda wrong: sam.heard.append(str(wrong)))
    yield sam
    context.close()


def test_a_beginner_logs_a_request_that_was_sent(
    browser: Browser,
    served: Served,
    tmp_path: Path,
    figure: Callable[[str, float, float | None, str], None],
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"%PDF-1.7 of Sept 8\r\n")
    with beginner(browser, served) as sam:
        sam.page.goto(f"{served.address}/requests")

        sam.click("link", "New request")
        sam.click("button", "Log a request that was sent")
        sam.hand_in(letter)
        sam.fill("Short title", "Counties that asked to leave")
        sam.choose("Office", "ice")
        sam.fill("Sent on", "9/8/2010")
        sam.choose("How", "portal")
        sam.click("button", "Add another office")
        sam.page.get_by_label("Office 2", exact=True).wait_for()
        assert sam.page.evaluate(HERE) == "f-office_2"
        sam.choose("Office 2", "fbi")
        sam.fill("Proof, office 2", "Receipt 7010")
        sam.fill("Item 1", BETWEEN)
        sam.tick("A fee waiver")
        sam.click("button", "Check and save")
        sam.heading("Check before saving")
        assert sam.page.get_by_text(
            "ICE: decide the request: due Wednesday, October 6"
        ).is_visible()
        sam.click("button", "Save the request")

        assert sam.heading("Saved:") == "Saved: Counties that asked to leave"
        assert sam.done <= 25
        assert sam.heard == []
        figure("door 1: what a beginner does until it is saved", sam.done, 25, "acts")
        figure("door 1: the server's share", sam.waited, 2, "s")
    [kept] = [each for each in served.rows(Document) if isinstance(each, Document)]
    assert served.desk.store.read(str(kept.sha256)) == letter.read_bytes()
    proofs = {each.proof for each in served.rows(Recipient) if isinstance(each, Recipient)}
    assert "Receipt 7010" in proofs


def test_a_beginner_writes_a_new_request(
    browser: Browser,
    served: Served,
    figure: Callable[[str, float, float | None, str], None],
) -> None:
    with beginner(browser, served) as sam:
        sam.page.goto(f"{served.address}/requests")

        sam.click("link", "New request")
        sam.click("button", "Write a new request")
        sam.click("link", "What records do you want?")
        sam.fill("Short title", "Opt-out letters")
        sam.fill("Item 1", "Letters that ask to opt out, and the replies.")
        sam.click("button", "Add another item")
        sam.fill("Item 2", "The list of everybody who asked.")
        sam.fill("Records from", "1/1/2009")
        sam.click("button", "Save and go on")
        sam.click("link", "Which offices may have them?")
        sam.done += 1
        sam.page.get_by_label("Find an office").press_sequentially("finger")
        sam.page.get_by_text("0 chosen. 1 more with these words.").wait_for()
        sam.tick("FBI: The FBI")
        sam.fill("Find an office", "removal")
        sam.page.get_by_text("1 chosen. 1 more with these words.").wait_for()
        sam.tick("ICE: The ICE")
        sam.click("button", "Save and go on")
        sam.click("link", "Who is asking, and what may it cost?")
        sam.choose("Organisation 1", "Night Schools Network")
        sam.choose("Fee category", "educational")
        sam.fill("Pay at most, in dollars", "25")
        sam.click("button", "Save and go on")
        sam.click("link", "Check and save")
        sam.heading("Check before saving")
        near = sam.page.get_by_text("Ada Marlowe asked ICE for nearly the same")
        assert near.is_visible()
        sam.click("button", "Mine is different from Opt-out letters and replies")
        near.wait_for(state="detached")
        sam.click("button", "Save the request")
        sam.heading("Saved:")
        sam.click("link", "Ask for a fee waiver")
        sam.fill("Why fees should be waived", "Nobody knows yet how the program works.")
        sam.click("button", "Save")

        assert sam.heading("Saved:") == "Saved: Opt-out letters"
        assert sam.done <= 40
        assert sam.heard == []
        figure("door 2: what a beginner does until it is saved", sam.done, 40, "acts")
        figure("door 2: the server's share", sam.waited, 2, "s")
    made = [each for each in served.rows(FoiaRequest) if isinstance(each, FoiaRequest)]
    foia = next(each for each in made if each.title == "Opt-out letters")
    tracks = [each for each in served.rows(Track) if isinstance(each, Track)]
    assert {each.agency_id for each in tracks if each.request_id == foia.id} == {"ice", "fbi"}
    assert foia.fee_waiver_because == "Nobody knows yet how the program works."


def test_what_is_typed_is_kept_two_seconds_later_and_its_day_is_said(
    browser: Browser, served: Served
) -> None:
    with beginner(browser, served) as sam:
        sam.page.goto(f"{served.address}/requests/new")
        sam.click("button", "Log a request that was sent")
        sam.page.get_by_label("Short title").press_sequentially("Half a title")
        sam.page.get_by_label("Sent on", exact=True).press_sequentially("9/8/2010")
        sam.page.get_by_text("Wednesday, September 8, 2010").wait_for(timeout=8000)
        sam.page.get_by_text("Saved ").wait_for()
        place = sam.page.url
        sam.page.goto(f"{served.address}/due")
        sam.page.goto(place)

        assert sam.page.get_by_label("Short title").input_value() == "Half a title"
        sam.page.context.clear_cookies()
        sam.page.get_by_label("Short title").fill("Half a title, and more")
        sam.page.get_by_text("You are signed out. Do not close this page.").wait_for(timeout=8000)
        sam.page.get_by_role("button", name="Save draft").click()
        assert sam.heading("You are signed out")
        assert sam.faults() == []
        again = [{"name": "casemgr", "value": served.cookie, "url": served.address}]
        sam.page.context.add_cookies(again)  # type: ignore[arg-type]
        sam.click("button", "Send it again")
        assert sam.page.get_by_role("link", name="Half a title, and more").is_visible()
    for draft in served.rows(RequestDraft):
        with transaction(served.desk.engine) as session:
            session.delete(session.merge(draft))


def _press_to(page: Page, wanted: str, most: int = 60) -> None:
    """Press Tab until a field, a link or a button has the focus, which must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "[document.activeElement.id, document.activeElement.innerText || '', "
            "getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert here[2] == "solid", here
        if wanted in (here[0], here[1].strip()):
            return
    raise AssertionError(f"{wanted} is not reached by the keyboard")


def test_the_first_door_is_gone_through_by_the_keyboard_alone(
    browser: Browser, served: Served
) -> None:
    with beginner(browser, served, width=320) as sam:
        page = sam.page
        page.goto(f"{served.address}/requests/new")
        _press_to(page, "Log a request that was sent")
        page.keyboard.press("Enter")
        sam.heading("Log a request")
        for place, text in (
            ("f-title", "By keyboard"),
            ("f-office_1", "ICE"),
            ("f-sent_1", "10/31/2027"),
            ("f-item_1", "Logs of calls."),
        ):
            _press_to(page, place)
            page.keyboard.type(text)
        _press_to(page, "Check and save")
        page.keyboard.press("Enter")
        sam.page.get_by_role("alert").wait_for()
        _press_to(page, "Sent 1: October 31, 2027 is in the future. Give the day on which it "
                  "happened, October 29, 2010 at the latest.")  # fmt: skip
        page.keyboard.press("Enter")
        assert page.evaluate(HERE) == "f-sent_1"
        page.keyboard.press("Control+A")
        page.keyboard.type("9/8/2010")
        page.keyboard.press("Enter")
        sam.heading("Check before saving")
        _press_to(page, "Save the request")
        page.keyboard.press("Enter")

        assert sam.heading("Saved:") == "Saved: By keyboard"


def test_both_doors_open_with_scripts_switched_off(browser: Browser, served: Served) -> None:
    with beginner(browser, served, scripts=False) as sam:
        sam.page.goto(f"{served.address}/requests/new")
        sam.click("button", "Log a request that was sent")
        sam.fill("Short title", "Without scripts")
        sam.choose("Office", "ice")
        sam.fill("Sent on", "9/8/2010")
        sam.click("button", "Add another office")
        sam.choose("Office 2", "cbp")
        sam.click("button", "Add another item")
        sam.fill("Item 1", "Manuals.")
        sam.click("button", "Check and save")
        sam.click("button", "Save the request")
        assert sam.heading("Saved:") == "Saved: Without scripts"

        sam.page.goto(f"{served.address}/requests/new")
        sam.click("button", "Write a new request")
        sam.click("link", "Which offices may have them?")
        sam.fill("Find an office", "fingerprints")
        sam.click("button", "Find")
        sam.tick("FBI: The FBI")
        sam.click("button", "Save and go on")
        assert "Done" in sam.page.locator("#task-offices").inner_text()
        sam.click("button", "Remove this draft")


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.full), 320])
def test_every_page_of_intake_is_sound_empty_full_and_wrong(
    browser: Browser, served: Served, width: int
) -> None:
    wrong: list[str] = []
    with beginner(browser, served, width=width) as sam:
        sam.page.goto(f"{served.address}/requests/new")
        wrong += sam.faults()
        sam.click("button", "Log a request that was sent")
        wrong += sam.faults()
        sam.fill("Sent on", "13/2/2015")
        sam.click("button", "Check and save")
        sam.page.get_by_role("alert").wait_for()
        for summary in sam.page.locator("summary").all():
            summary.click()
        wrong += sam.faults()
        sam.fill("Short title", "Opt-out letters and replies")
        sam.choose("Office", "ice")
        sam.fill("Sent on", "9/8/2010")
        sam.fill("Item 1", "Letters and replies. " * 40)
        sam.click("button", "Add another office")
        sam.page.get_by_label("Office 2", exact=True).wait_for()
        sam.choose("Office 2", "fbi")
        wrong += sam.faults()
        sam.click("button", "Check and save")
        sam.heading("Check before saving")
        wrong += sam.faults()
        sam.page.goto(f"{served.address}/requests/new")
        wrong += sam.faults()
        sam.click("button", "Write a new request")
        wrong += sam.faults()
        for question in ("What records do you want?", "Which offices may have them?"):
            sam.click("link", question)
            wrong += sam.faults()
            sam.click("button", "Save and go on")
            sam.page.get_by_role("alert").wait_for()
            wrong += sam.faults()
            sam.click("link", "All questions")
        sam.click("link", "Who is asking, and what may it cost?")
        wrong += sam.faults()
        saved = sam.page.request.get(f"{served.address}/api/v1/requests").json()["items"][0]
        for place in ("saved", "ask/fee-waiver", "ask/faster", "responsible"):
            sam.page.goto(f"{served.address}/requests/{saved['id']}/{place}")
            wrong += sam.faults()

    assert wrong == []
