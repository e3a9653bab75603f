"""Ways in and people in a real Chromium: axe-core finds no fault, nothing is cut off, and a
passkey and a single sign-on open the office under its strict headers."""

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
from playwright.sync_api import Browser, BrowserContext, Page

from casemgr.app import build
from casemgr.db.session import open_engine, transaction
from casemgr.db.tables import Passkey, Person, SecondFactor
from casemgr.usecases import invitations, second_factor, signin
from tests import makes
from tests.web.sign_on_service import CLIENT, SECRET, Service

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
    service: Service
    ada: str  # the cookie of a session of hers that no page above needs


@pytest.fixture(scope="module")
def served(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve an office where everybody needs a second factor, with every way in switched on."""
    service = Service(claims={"amr": ["mfa"]})
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    address = f"http://localhost:{listening.getsockname()[1]}"
    data = tmp_path_factory.mktemp("office")
    url = f"sqlite:///{shutil.copy(sqlite_template, data / 'casemgr.sqlite3')}"
    ways = {
        "CASEMGR_PASSKEYS": "1",
        "CASEMGR_ADDRESS": address,
        "CASEMGR_OIDC_ISSUER": service.issuer,
        "CASEMGR_OIDC_CLIENT_ID": CLIENT,
        "CASEMGR_OIDC_CLIENT_SECRET": SECRET,
        "CASEMGR_OIDC_SECOND_FACTOR": "mfa",
    }
    desk = makes.make_desk(open_engine(url), data, demonstration=False, **ways)
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada, cast.sam)
        makes.make_task(session, matter, person_id=cast.ada.id)
        with_app = SecondFactor(person_id=cast.ada.id, salt="0" * 32, since_at=signin.moment())
        session.add(with_app)
        for person in (cast.ada, cast.eve):
            key = Passkey(
                person_id=person.id,
                name="Blue key",
                credential_id=person.id,
                public_key="",
                made_at=signin.moment(),
            )
            session.add(key)
    with desk.work() as work:
        everybody = (cast.ada, cast.noor, cast.eve)
        ada, noor, eve = (work.session.get_one(Person, each.id) for each in everybody)
        second_factor.renew_recovery_codes(work, ada)
        signin.begin(work, ada, device="Firefox on Linux")
        signin.make_token(work, ada, "docket import")
        whole = {each.id: signin.begin(work, each) for each in (ada, noor)}
        another = signin.begin(work, ada)  # which a test signs out
        half = {each.id: signin.begin(work, each, half=True) for each in (ada, noor, eve)}
        link = invitations.reset(work, cast.sam.id).secret
    pages = [
        ("/account", whole[ada.id]),
        ("/account/app", whole[ada.id]),
        ("/account/passkeys/new", whole[ada.id]),
        ("/sign-in", ""),
        ("/sign-in/left", ""),
        ("/sign-in/again", whole[ada.id]),
        ("/sign-in/code", half[ada.id]),
        ("/sign-in/code", half[eve.id]),
        ("/sign-in/app", half[noor.id]),
        ("/people", whole[noor.id]),
        ("/people/invite", whole[noor.id]),
        (f"/people/{ada.id}", whole[noor.id]),
        (f"/invitation/{link}", ""),
    ]
    with listening:
        server = uvicorn.Server(uvicorn.Config(build(desk), log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield Served(address, pages, service, another)
        server.should_exit = True
        thread.join(timeout=20)
    service.stop()


@pytest.mark.parametrize("width", [pytest.param(1280, marks=pytest.mark.full), 320])
def test_every_way_in_can_be_used_by_everybody(
    browser: Browser, served: Served, width: int, full_size: bool
) -> None:
    wrong: list[str] = []
    for place, cookie in served.pages:
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = _signed_in(context, served, cookie)
        answer = page.goto(served.address + place)
        assert answer is not None
        assert (answer.status, page.url) == (200, served.address + place)
        if width == 1280 or full_size:
            page.evaluate(AXE.axe_script)
            passes, faults = page.evaluate(FAULTS)
            assert passes > 10
            wrong += [f"{place}: {fault}" for fault in faults]
        wrong += [f"{place}: scrolls sideways"] if page.evaluate(SIDEWAYS) else []
        context.close()

    assert wrong == []


def _signed_in(context: BrowserContext, served: Served, cookie: str) -> Page:
    if cookie:
        kept = {"name": "casemgr", "value": cookie, "url": served.address}
        context.add_cookies([kept])  # type: ignore[list-item]
    return context.new_page()


def test_a_passkey_is_added_and_opens_the_office(browser: Browser, served: Served) -> None:
    context = browser.new_context()
    page = _signed_in(context, served, served.ada)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    proves = {"hasUserVerification": True, "isUserVerified": True}
    made = device.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**kind, **proves, "automaticPresenceSimulation": True}},
    )

    page.goto(f"{served.address}/account/passkeys/new")
    page.get_by_label("What you will know it by").fill("My telephone")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/account#passkeys")
    assert page.get_by_role("row", name="My telephone").is_visible()
    page.goto(f"{served.address}/account/passkeys/new")
    page.get_by_label("What you will know it by").fill("Once more")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_text("This device holds a passkey for you already").wait_for()

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    unproved = {"authenticatorId": made["authenticatorId"], "isUserVerified": False}
    device.send("WebAuthn.setUserVerified", unproved)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey was used").wait_for()
    device.send("WebAuthn.setUserVerified", {**unproved, "isUserVerified": True})
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{served.address}/due")
    assert page.get_by_text("Ada Marlowe, staff").is_visible()
    assert wrong == []  # the policy of the pages forbids none of it
    context.close()


def test_a_single_sign_on_opens_the_office(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{served.address}/matters")
    page.get_by_role("button", name="Sign in with 127.0.0.1").click()
    page.wait_for_url(f"{served.address}/matters")
    assert page.get_by_text("Ada Marlowe, staff").is_visible()
    assert page.get_by_role("button", name="passkey").count() == 0
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/left")
    leave = page.get_by_role("link", name="Sign out of 127.0.0.1 too").get_attribute("href")
    assert leave is not None
    assert leave.startswith(f"{served.service.issuer}/leave?")
    context.close()
