"""Coming into a real office: invitation, password, app, code, and what each of them never does."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db import tables
from casemgr.db.session import transaction
from casemgr.domain import totp
from tests import makes
from tests.web.conftest import Office, text_of

START = datetime(2026, 9, 8, 14, 0, 0, tzinfo=UTC)
NEW = "seven purple otters balance ledgers"


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    """Stop the clock, so that a test moves it."""
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def real(office: Office) -> Office:
    """Make it an office where a password alone opens nothing."""
    office.desk = replace(office.desk, demonstration=False)
    office.app = build(office.desk)
    return office


def secret_on(html: str) -> bytes:
    """Return the key that a page shows for the app."""
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', html)
    assert found
    return base64.b32decode(found[1].replace(" ", ""))


def salt_on(html: str) -> str:
    found = re.search(r'name="salt" value="([0-9a-f]{32})"', html)
    assert found
    return found[1]


def shown_now(secret: bytes) -> str:
    """Return what the telephone shows."""
    return totp.code(secret, totp.step_at(datetime.now(UTC)))


def set_up_app(browser: TestClient) -> tuple[bytes, list[str]]:
    """Set up an app halfway in; return its secret and the recovery codes."""
    asked = browser.get("/sign-in/app")
    secret = secret_on(asked.text)
    sent = {"code": shown_now(secret), "salt": salt_on(asked.text), "next": "/due"}
    answer = browser.post("/sign-in/app", data=sent)
    assert answer.status_code == 200, text_of(answer.text)
    return secret, re.findall(r"<code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>", answer.text)


def link_on(html: str) -> str:
    found = re.search(r"(/invitation/[\w-]{43})<", html)
    assert found
    return found[1]


def password_of(browser: TestClient, password: str = makes.PASSWORD) -> str:
    answer = browser.post("/sign-in", data={"email": "ada@example.org", "password": password})
    return str(answer.headers.get("location"))


def test_from_an_invitation_to_the_first_page(
    real: Office, clock: time_machine.Coordinates
) -> None:
    noor, priya = real.client(real.cast.noor), real.client()
    invited = noor.post(
        "/people/invite",
        data={"name": "Priya Shah", "email": "Priya@example.org", "role": "student"},
    )
    link = link_on(invited.text)

    assert "Priya Shah" in priya.get(link).text
    assert priya.post(link, data={"password": "too short"}).status_code == 422
    easy = priya.post(link, data={"password": "Priya Shah Priya Shah 2026"})
    assert "guessing programs" in text_of(easy.text)
    went_on = priya.post(link, data={"password": NEW})
    assert went_on.headers["location"] == "/sign-in/code?next=%2Fdue"
    assert priya.get("/due").status_code == 303  # a password alone opens nothing
    assert priya.get("/sign-in/code").headers["location"].startswith("/sign-in/app")
    _, codes = set_up_app(priya)
    assert len(codes) == 10
    assert "Priya Shah" in priya.get("/due").text
    assert priya.post(link, data={"password": NEW}).status_code == 403  # it opens once
    assert real.client().get(link).status_code == 403


def test_every_sign_in_asks_for_a_code_and_gets_a_new_cookie(
    real: Office, clock: time_machine.Coordinates
) -> None:
    browser = real.client()
    assert password_of(browser) == "/sign-in/code?next=%2F"
    half = browser.cookies[real.desk.cookie]
    secret, codes = set_up_app(browser)
    assert browser.cookies[real.desk.cookie] != half

    clock.shift(60)
    again = real.client()
    assert password_of(again) == "/sign-in/code?next=%2F"
    half = again.cookies[real.desk.cookie]
    assert again.get("/matters").status_code == 303
    assert again.get("/api/v1/me").status_code == 401
    assert again.get("/sign-in/app").status_code == 303  # the app cannot be set up anew from here
    assert again.post("/sign-in/code", data={"code": "12345x"}).status_code == 403
    code = shown_now(secret)
    spaced = {"code": f" {code[:3]} {code[3:]}", "next": "/matters"}
    assert again.post("/sign-in/code", data=spaced).headers["location"] == "/matters"
    assert again.cookies[real.desk.cookie] != half
    assert again.get("/matters").status_code == 200

    third = real.client()
    password_of(third)
    assert third.post("/sign-in/code", data={"code": code}).status_code == 403  # once is once
    assert third.post("/sign-in/code", data={"code": codes[3]}).status_code == 303
    assert third.get("/matters").status_code == 200


def test_a_session_that_owes_its_code_ends_after_ten_minutes(
    real: Office, clock: time_machine.Coordinates
) -> None:
    browser = real.client()
    password_of(browser)

    clock.shift(timedelta(minutes=10, seconds=1))

    # The password is asked for again, and this step of signing in is no page to come back to.
    for step in ("/sign-in/app", "/sign-in/code?next=%2Fmatters"):
        assert browser.get(step).headers["location"] == "/sign-in?next=%2F"


def test_a_reset_link_never_goes_around_the_code(
    real: Office, clock: time_machine.Coordinates
) -> None:
    ada, noor = real.client(), real.client(real.cast.noor)
    password_of(ada)
    set_up_app(ada)
    link = link_on(noor.post(f"/people/{real.cast.ada.id}/reset").text)
    thief = real.client()

    assert thief.post(link, data={"password": NEW}).headers["location"].startswith("/sign-in/code")
    assert thief.get("/due").status_code == 303
    assert "sign-in/app" not in thief.get("/sign-in/code").headers.get("location", "")
    assert thief.get("/sign-in/app").status_code == 303
    assert ada.get("/due").status_code == 303  # a new password ends what was signed in
    assert password_of(real.client()) == "None"
    assert password_of(real.client(), NEW).startswith("/sign-in/code")


@pytest.mark.parametrize(("minutes", "opens"), [(29, True), (31, False)])
def test_a_reset_link_lives_half_an_hour(
    real: Office, clock: time_machine.Coordinates, minutes: int, opens: bool
) -> None:
    link = link_on(real.client(real.cast.noor).post(f"/people/{real.cast.ada.id}/reset").text)

    clock.shift(timedelta(minutes=minutes))

    assert (real.client().get(link).status_code == 200) is opens


def test_of_two_reset_links_the_first_is_void(real: Office) -> None:
    noor, address = real.client(real.cast.noor), f"/people/{real.cast.ada.id}/reset"
    first, second = link_on(noor.post(address).text), link_on(noor.post(address).text)

    assert real.client().get(first).status_code == 403
    assert real.client().get(second).status_code == 200


def test_nobody_learns_who_has_an_account(real: Office) -> None:
    known = {"email": "ada@example.org", "password": "not the right sentence"}
    unknown = {"email": "who@example.org", "password": "not the right sentence"}
    answers = [
        real.client().post("/sign-in", data=each, headers={"x-forwarded-for": "x"})
        for each in (known, unknown)
    ]

    assert answers[0].status_code == answers[1].status_code == 403
    pages = [
        re.sub(r'(nonce-|nonce=")[\w-]+|(ada|who)@example\.org', "", each.text) for each in answers
    ]
    assert pages[0] == pages[1]


def test_no_page_and_no_call_makes_the_first_administrator(engine: Engine, real: Office) -> None:
    browser, tried = real.client(), 0
    with transaction(engine) as session:
        before = session.exec(select(tables.Person.id)).all()
    for path, methods in paths(real):
        for method in methods:
            address = re.sub(r"\{[^}]+\}", "X-7F3KQ2X8MP", path)
            sent = {"name": "Mallory", "email": "m@example.org", "role": "administrator"}
            answer = (
                browser.request(method.upper(), address, json=sent)
                if path.startswith("/api/")
                else browser.request(method.upper(), address, data=sent)
            )
            assert answer.status_code != 500, (method, path)
            tried += 1
    with transaction(engine) as session:
        assert session.exec(select(tables.Person.id)).all() == before
    assert tried > 60


def paths(office: Office) -> list[tuple[str, list[str]]]:
    """Return every address of the API and every page that takes a form."""
    described = office.app.openapi()["paths"]
    pages = ["/sign-in", "/sign-in/code", "/sign-in/app", "/sign-in/again", "/people/invite"]
    pages += ["/people/invite-class", "/people/{id}", "/invitation/{secret}", "/account/app"]
    pages += ["/people/{id}/reset", "/people/{id}/invitation", "/people/{id}/off-board", "/ask"]
    return [(path, list(each)) for path, each in described.items()] + [
        (path, ["post"]) for path in pages
    ]


# Twelve things that end a session or do not: what happens, when, and whether it still opens.
MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("story", "opens"),
    [
        ("used at once", True),
        ("idle 29 minutes", True),
        ("idle 31 minutes", False),
        ("busy for 11 hours", True),
        ("busy for 13 hours", False),
        ("signed out", False),
        ("signed out elsewhere", False),
        ("password changed elsewhere", False),
        ("role changed", False),
        ("deactivated", False),
        ("term over", False),
        ("cookie changed by one sign", False),
    ],
)
def test_twelve_sessions(
    office: Office, clock: time_machine.Coordinates, story: str, opens: bool
) -> None:
    browser, other = office.client(office.cast.ada), office.client(office.cast.ada)
    noor = office.client(office.cast.noor)
    account = {"name": "Ada Marlowe", "email": "ada@example.org", "role": "staff"}
    page = f"/people/{office.cast.ada.id}"

    def busy(hours: int) -> None:
        for _ in range(3 * hours):
            clock.shift(20 * MINUTES)
            browser.get("/due")

    def sign_out_elsewhere() -> None:
        ended = re.findall(r"/account/sessions/SI-\w+/end", other.get("/account").text)
        assert [other.post(each).status_code for each in ended] == [303]

    def change_password() -> None:
        changed = {"old": makes.PASSWORD, "password": NEW}
        assert other.post("/account/password", data=changed).status_code == 200
        assert other.get("/due").status_code == 200

    def one_sign_off() -> None:
        cookie = browser.cookies[office.desk.cookie]
        browser.cookies.set(office.desk.cookie, cookie[:-1] + ("A" if cookie[-1] != "A" else "B"))

    def term_over() -> None:
        with office.rows() as session:
            ada = session.get_one(tables.Person, office.cast.ada.id)
            ada.term_ends_on = makes.TODAY - timedelta(days=1)

    happens = {
        "used at once": lambda: None,
        "idle 29 minutes": lambda: clock.shift(29 * MINUTES),
        "idle 31 minutes": lambda: clock.shift(31 * MINUTES),
        "busy for 11 hours": lambda: busy(11),
        "busy for 13 hours": lambda: busy(13),
        "signed out": lambda: browser.post("/sign-out"),
        "signed out elsewhere": sign_out_elsewhere,
        "password changed elsewhere": change_password,
        "role changed": lambda: noor.post(page, data={**account, "role": "student"}),
        "deactivated": lambda: noor.post(page, data={**account, "active": "false"}),
        "term over": term_over,
        "cookie changed by one sign": one_sign_off,
    }
    assert browser.get("/due").status_code == 200
    held = browser.cookies[office.desk.cookie]
    happens[story]()
    if story == "signed out":
        browser.cookies.set(office.desk.cookie, held)

    assert (browser.get("/due").status_code == 200) is opens


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 303)])
def test_looking_after_people_asks_for_a_sign_in_under_ten_minutes_old(
    office: Office, clock: time_machine.Coordinates, minutes: int, status: int
) -> None:
    noor = office.client(office.cast.noor)

    clock.shift(minutes * MINUTES)
    answer = noor.get("/people/invite")

    assert answer.status_code == status
    if status == 303:
        assert answer.headers["location"] == "/sign-in/again?next=%2Fpeople%2Finvite"
        wrong = noor.post("/sign-in/again", data={"password": NEW, "next": "/people/invite"})
        assert wrong.status_code == 403
        right = {"password": makes.PASSWORD, "next": "/people/invite"}
        assert noor.post("/sign-in/again", data=right).headers["location"] == "/people/invite"
        assert noor.get("/people/invite").status_code == 200
