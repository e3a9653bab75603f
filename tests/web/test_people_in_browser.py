"""The account and people pages in a real Chromium: axe-core finds no fault, nothing is cut off."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from casemgr.app import build
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Person, SecondFactor
from casemgr.usecases import invitations, second_factor, signin
from tests import makes

pytestmark = pytest.mark.browser

AXE = Axe()
FAULTS = """axe.run({resultTypes: ['violations']}).then(found => [
  found.passes.length, found.violations.map(each => each.id + ': ' + each.nodes[0].html)])"""
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True)
class Served:
    """A running office, and the pages to look at with the cookie each needs."""

    address: str
    pages: list[tuple[str, str]]


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an office where everybody needs a second factor."""
    data = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{shutil.copy(sqlite_template, data / 'casemgr.sqlite3')}"
    desk = makes.make_desk(open_engine(url), data, demonstration=False)
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada, cast.sam)
        makes.make_task(session, matter, person_id=cast.ada.id)
        with_app = SecondFactor(person_id=cast.ada.id, salt="0" * 32, since_at=signin.moment())
        session.add(with_app)
    with desk.work() as work:
        ada, noor = (work.session.get_one(Person, each.id) for each in (cast.ada, cast.noor))
        second_factor.renew_recovery_codes(work, ada)
        signin.begin(work, ada, device="Firefox on Linux")
        signin.make_token(work, ada, "docket import")
        whole = {each.id: signin.begin(work, each) for each in (ada, noor)}
        half = {each.id: signin.begin(work, each, half=True) for each in (ada, noor)}
        link = invitations.reset(work, cast.sam.id).secret
    pages = [
        ("/account", whole[ada.id]),
        ("/account/app", whole[ada.id]),
        ("/sign-in/again", whole[ada.id]),
        ("/sign-in/code", half[ada.id]),
        ("/sign-in/app", half[noor.id]),
        ("/people", whole[noor.id]),
        ("/people/invite", whole[noor.id]),
        (f"/people/{ada.id}", whole[noor.id]),
        (f"/invitation/{link}", ""),
    ]
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(build(desk), log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", pages)
        server.should_exit = True
        thread.join(timeout=20)


@pytest.mark.parametrize("width", [1280, 320])
def test_every_way_in_can_be_used_by_everybody(
    browser: Browser, served: Served, width: int
) -> None:
    wrong: list[str] = []
    for place, cookie in served.pages:
        context = browser.new_context(viewport={"width": width, "height": 900})
        if cookie:
            kept = {"name": "casemgr", "value": cookie, "url": served.address}
            context.add_cookies([kept])  # type: ignore[list-item]
        page = context.new_page()
        answer = page.goto(served.address + place)
        assert answer is not None
        assert (answer.status, page.url) == (200, served.address + place)
        page.evaluate(AXE.axe_script)
        passes, faults = page.evaluate(FAULTS)
        assert passes > 10
        wrong += [f"{place}: {fault}" for fault in faults]
        wrong += [f"{place}: scrolls sideways"] if page.evaluate(SIDEWAYS) else []
        context.close()

    assert wrong == []
