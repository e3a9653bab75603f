"""Passkeys: both factors at once for their owner, and nothing at all for anybody else."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from fastapi import FastAPI
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db import tables
from casemgr.domain.words import Role
from casemgr.settings import settings
from casemgr.usecases import throttle
from tests import makes
from tests.web.conftest import Office, text_of
from tests.web.soft_key import ORIGIN, SoftKey
from tests.web.test_coming_in import password_of, set_up_app

ON = {"CASEMGR_PASSKEYS": "1", "CASEMGR_ADDRESS": ORIGIN, "CASEMGR_INSECURE_COOKIES": "1"}


def switched(office: Office, **environ: str) -> Office:
    """Make it a real office under these settings."""
    chosen = settings({"CASEMGR_DATA": str(office.desk.settings.data), **environ})
    office.desk = replace(office.desk, settings=chosen, demonstration=False)
    office.app = build(office.desk)
    return office


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Stay with SQLite: what the two databases do differently is in test_challenges."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"


@pytest.fixture
def keyed(office: Office) -> Office:
    return switched(office, **ON)


def options(browser: TestClient, address: str = "/sign-in/passkey/ask") -> dict[str, Any]:
    """Return what the page's script is told."""
    answer = browser.post(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def add(browser: TestClient, key: SoftKey, name: str = "My telephone", **wrong: Any) -> str:
    """Add a passkey on the account page; return where that led, or what was said."""
    answer = key.made(options(browser, "/account/passkeys/ask"), **wrong)
    sent = browser.post("/account/passkeys", data={"name": name, "answer": answer})
    return sent.headers.get("location") or text_of(sent.text)


def come_in(browser: TestClient, key: SoftKey, **wrong: Any) -> str:
    """Sign in with a passkey; return where that led, or what was said."""
    answer = key.signs(options(browser), **wrong)
    sent = browser.post("/sign-in/passkey", data={"answer": answer, "next": "/matters"})
    return sent.headers.get("location") or text_of(sent.text)


def with_key(office: Office, person: tables.Person) -> SoftKey:
    key = SoftKey()
    assert add(office.client(person), key) == "/account#passkeys"
    return key


def whys(office: Office) -> list[str]:
    """Return why somebody was refused, as the history has it."""
    entry = tables.HistoryEntry
    with office.rows() as session:
        found = session.exec(select(entry.facts).where(entry.what == "person.refused")).all()
    return [str(each["why"]) for each in found]


def test_a_passkey_is_added_used_listed_and_removed(keyed: Office) -> None:
    ada, key, browser = keyed.client(keyed.cast.ada), SoftKey(), keyed.client()

    assert add(ada, key, "Blue key") == "/account#passkeys"
    assert "Blue key" in text_of(ada.get("/account").text)
    assert come_in(browser, key) == "/matters"  # no password, and no code is owed
    assert "Ada Marlowe, staff" in text_of(browser.get("/due").text)
    assert come_in(keyed.client(), key) == "/matters"
    listed = ada.get("/account").text
    assert "never" not in text_of(listed).split("Blue key")[1].split("Remove")[0]
    (place,) = re.findall(r"/account/passkeys/PK-\w+/remove", listed)
    with keyed.rows() as session:  # somebody with a password keeps a second factor
        session.add(tables.SecondFactor(person_id=keyed.cast.ada.id, salt="0" * 32,
                                        since_at=makes.NOON))  # fmt: skip
    assert ada.post(place).headers["location"] == "/account#passkeys"
    assert browser.get("/due").status_code == 303  # what it opened is closed
    assert ada.get("/due").status_code == 200
    assert "opens nothing here" in come_in(keyed.client(), key)
    assert {"passkey.added", "passkey.removed", "person.signed_in_by_passkey"} <= set(
        keyed.history()
    )


WRONG_SIGNATURES: dict[str, dict[str, Any]] = {
    "another address": {"origin": "https://casemgr.example.org.evil.example"},
    "another port": {"origin": "https://casemgr.example.org:8443"},
    "an address of no signs": {"origin": "\ud800\x00"},
    "without encryption": {"origin": "http://casemgr.example.org"},
    "another host": {"host": "example.org"},
    "nobody touched and proved": {"verified": False},
    "within another page": {"framed": True},
    "a new passkey's answer": {"kind": "webauthn.create"},
    "a signature that is none": {"signature": b"0" * 70},
    "somebody else's name": {"person": "P-7F3KQ2X8MP"},
}


def test_what_is_not_signed_as_it_was_asked_opens_nothing(keyed: Office) -> None:
    key = with_key(keyed, keyed.cast.ada)

    for story, wrong in WRONG_SIGNATURES.items():
        browser = keyed.client()
        assert "opens nothing here" in come_in(browser, key, **wrong), story
        assert browser.get("/due").status_code == 303, story
        with keyed.rows() as session:  # tries are counted, which is another test
            for each in session.exec(select(tables.Attempt)):
                session.delete(each)
    assert come_in(keyed.client(), key) == "/matters"


def test_what_was_asked_counts_once_and_only_where_it_was_asked(
    keyed: Office,
) -> None:
    key, browser, other = with_key(keyed, keyed.cast.ada), keyed.client(), keyed.client()
    asked = options(browser)
    signed = {"answer": key.signs(asked), "next": "/matters"}

    options(other)
    assert "in another browser" in text_of(other.post("/sign-in/passkey", data=signed).text)
    assert browser.post("/sign-in/passkey", data=signed).headers["location"] == "/matters"
    assert "was used already" in text_of(browser.post("/sign-in/passkey", data=signed).text)
    anew = {"answer": key.signs(asked), "next": "/matters"}
    assert "was used already" in text_of(browser.post("/sign-in/passkey", data=anew).text)
    with time_machine.travel(datetime.now(UTC)) as clock:
        late = key.signs(options(browser))
        clock.shift(timedelta(minutes=10, seconds=1))
        answer = browser.post("/sign-in/passkey", data={"answer": late})
        assert "more than ten minutes ago" in text_of(answer.text)


def test_a_passkey_of_which_there_are_two_is_refused(keyed: Office) -> None:
    key = with_key(keyed, keyed.cast.ada)
    assert come_in(keyed.client(), key, count=7) == "/matters"

    assert "opens nothing here" in come_in(keyed.client(), key, count=7)
    assert "opens nothing here" in come_in(keyed.client(), key, count=3)

    assert "sign count of 3 was not greater than current count of 7" in whys(keyed)[-1]
    assert come_in(keyed.client(), key, count=8) == "/matters"


def test_a_passkey_that_never_counts_is_one(keyed: Office) -> None:
    """Those that a cloud keeps in step on several devices always say nought."""
    key = with_key(keyed, keyed.cast.ada)

    assert [come_in(keyed.client(), key, count=0) for _ in range(2)] == ["/matters"] * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"},
        {"host": "evil.example"},
        {"verified": False},
        {"framed": True},
        {"challenge": "bm90IGFza2Vk"},
    ],
)
def test_a_passkey_made_otherwise_than_asked_is_not_taken(
    keyed: Office, wrong: dict[str, Any]
) -> None:
    ada = keyed.client(keyed.cast.ada)

    assert "There is a problem" in add(ada, SoftKey(), **wrong)
    with keyed.rows() as session:
        assert session.exec(select(tables.Passkey)).all() == []


def test_a_new_passkey_belongs_to_the_session_it_was_asked_in(keyed: Office) -> None:
    ada, sam, key = keyed.client(keyed.cast.ada), keyed.client(keyed.cast.sam), SoftKey()
    answer = key.made(options(ada, "/account/passkeys/ask"))
    sent = {"name": "x", "answer": answer}

    assert sam.post("/account/passkeys", data=sent).status_code == 422
    assert keyed.client(keyed.cast.ada).post("/account/passkeys", data=sent).status_code == 422
    assert ada.post("/account/passkeys", data=sent).status_code == 303
    assert ada.post("/account/passkeys", data=sent).status_code == 422  # asked for once
    assert "is here already" in add(sam, key)  # nor does one key open two accounts


def test_adding_and_removing_ask_for_a_sign_in_under_ten_minutes_old(keyed: Office) -> None:
    ada, key = keyed.client(keyed.cast.ada), with_key(keyed, keyed.cast.ada)
    (place,) = re.findall(r"/account/passkeys/PK-\w+/remove", ada.get("/account").text)
    made = SoftKey().made(options(ada, "/account/passkeys/ask"))

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=10, seconds=1)):
        for address in ("/account/passkeys/ask", place):
            again = ada.post(address).headers["location"]
            assert again == "/sign-in/again?next=%2Faccount"
        late = ada.post("/account/passkeys", data={"name": "x", "answer": made})
        assert late.status_code in {303, 422}
        assert ada.get("/account/passkeys/new").headers["location"].startswith("/sign-in/again")
        assert come_in(keyed.client(), key) == "/matters"
    with keyed.rows() as session:
        assert len(session.exec(select(tables.Passkey)).all()) == 1


def test_a_password_adds_no_app_where_a_passkey_is_the_second_factor(keyed: Office) -> None:
    key, thief = with_key(keyed, keyed.cast.ada), keyed.client()

    assert password_of(thief) == "/sign-in/code?next=%2F"
    assert thief.get("/sign-in/app").headers["location"] == "/sign-in/code?next=%2F"
    page = thief.get("/sign-in/code")
    assert "Use your passkey" in page.text
    sent = {"code": "123456", "salt": "0" * 32}
    assert thief.post("/sign-in/app", data=sent).headers["location"].startswith("/sign-in")
    assert thief.get("/due").status_code == 303
    assert come_in(thief, key) == "/matters"
    ada = keyed.client(keyed.cast.ada)
    (place,) = re.findall(r"/account/passkeys/PK-\w+/remove", ada.get("/account").text)
    only = ada.post(place)
    assert (only.status_code, "only second factor" in only.text) == (409, True)


def test_beside_an_app_either_opens(keyed: Office) -> None:
    browser = keyed.client()
    password_of(browser)
    set_up_app(browser)
    key = SoftKey()
    assert add(browser, key) == "/account#passkeys"
    half = keyed.client()
    password_of(half)

    page = half.get("/sign-in/code?next=%2Fmatters").text

    assert "with a passkey" in page
    assert "The six digits your authenticator app shows" in page
    assert "Type the code" in come_in(half, key, verified=False)  # and not the password again
    assert come_in(half, key) == "/matters"


def test_proving_it_anew_takes_a_passkey_of_ones_own(keyed: Office) -> None:
    key, eves = with_key(keyed, keyed.cast.ada), with_key(keyed, keyed.cast.eve)
    ada = keyed.client()
    assert come_in(ada, key) == "/matters"
    old = ada.cookies[keyed.desk.cookie]

    def again(signed_by: SoftKey) -> Any:
        answer = signed_by.signs(options(ada))
        sent = {"answer": answer, "next": "/account/app"}
        return ada.post("/sign-in/again/passkey", data=sent)

    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=15)):
        assert ada.get("/account/app").status_code == 303
        assert "with a passkey" in ada.get("/sign-in/again").text
        assert "not a passkey of whoever is signed in" in text_of(again(eves).text)
        assert ada.get("/account/app").status_code == 303
        assert again(key).headers["location"] == "/account/app"
        assert ada.get("/account/app").status_code == 200
        assert ada.cookies[keyed.desk.cookie] != old
    replayed = keyed.client()
    replayed.cookies.set(keyed.desk.cookie, old)
    assert replayed.get("/due").status_code == 303


def test_who_may_not_come_in_does_not_by_passkey(keyed: Office) -> None:
    key = with_key(keyed, keyed.cast.sam)
    asked = keyed.client()
    signed = {"answer": key.signs(options(asked))}
    with keyed.rows() as session:
        sam = session.get_one(tables.Person, keyed.cast.sam.id)
        sam.active = False

    answer = asked.post("/sign-in/passkey", data=signed)

    assert answer.status_code == 403
    assert "opens nothing here" in text_of(answer.text)


def test_a_lost_telephone_loses_its_passkeys_too(keyed: Office) -> None:
    key, noor = with_key(keyed, keyed.cast.ada), keyed.client(keyed.cast.noor)
    page = f"/people/{keyed.cast.ada.id}"

    assert "authenticator app and passkeys" in noor.get(page).text
    assert noor.post(f"{page}/remove-app").status_code == 303

    assert "opens nothing here" in come_in(keyed.client(), key)


def test_what_is_asked_tells_nobody_who_is_here(keyed: Office) -> None:
    before = options(keyed.client())
    with_key(keyed, keyed.cast.ada)
    after = options(keyed.client())

    assert {**before, "challenge": ""} == {**after, "challenge": ""}
    assert before["allowCredentials"] == []
    assert before["userVerification"] == "required"
    strangers = come_in(keyed.client(), SoftKey())
    removed = come_in(keyed.client(), with_key(keyed, keyed.cast.sam), verified=False)
    assert strangers == removed


def test_guessing_is_slow_and_asking_has_an_end(
    keyed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, browser = with_key(keyed, keyed.cast.ada), keyed.client()

    for _ in range(10):
        come_in(browser, key, verified=False)
    assert "Too many tries" in come_in(browser, key)
    monkeypatch.setattr(throttle, "ASKED", (throttle.Limit(throttle.FIVE_MINUTES, 13),))
    answers = [browser.post("/sign-in/passkey/ask") for _ in range(3)]  # eleven were before
    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert "Too many tries" in answers[-1].json()["says"]


def test_junk_is_refused_and_harms_nothing(keyed: Office) -> None:
    browser = keyed.client()
    options(browser)
    whole = json.loads(SoftKey().signs({"challenge": "bm8"}))
    junk = ["", "{}", "[]", "no", "[" * 9000, "x" * 30_000, json.dumps({**whole, "rawId": 7})]
    junk += [json.dumps({**whole, "response": {**whole["response"], "clientDataJSON": "e30"}})]
    junk += [json.dumps({**whole, "id": "\x00"}), json.dumps({**whole, "rawId": "é"})]

    for each in junk:
        answer = browser.post("/sign-in/passkey", data={"answer": each})
        assert answer.status_code == 403, each[:50]
    assert "person.signed_in_by_passkey" not in keyed.history()


def test_where_nobody_switched_them_on_there_are_none(keyed: Office) -> None:
    key = with_key(keyed, keyed.cast.ada)
    off = switched(keyed, **{**ON, "CASEMGR_PASSKEYS": "0"})
    browser, ada = off.client(), off.client(off.cast.ada)

    assert "passkey" not in browser.get("/sign-in").text
    for address in ("/sign-in/passkey/ask", "/sign-in/passkey"):
        assert (
            browser.post(address, data={"answer": key.signs({"challenge": "x"})}).status_code == 404
        )
    assert ada.get("/account/passkeys/new").status_code == 404
    assert "open nothing" in text_of(ada.get("/account").text)
    thief = off.client()  # nor does the switch make a password enough to set up an app
    password_of(thief)
    assert "passkeys are switched off" in text_of(thief.get("/sign-in/code").text)
    assert thief.get("/sign-in/app").status_code == 303


def test_the_cookie_of_a_browser_that_was_asked_is_out_of_reach(keyed: Office) -> None:
    cookie = keyed.client().post("/sign-in/passkey/ask").headers["set-cookie"].lower()

    assert cookie.startswith("casemgr-asked=")
    assert all(each in cookie for each in ("httponly", "samesite=lax", "path=/", "max-age=600"))
    over_tls = switched(keyed, **{**ON, "CASEMGR_INSECURE_COOKIES": "0"}).client()
    answer = over_tls.post("/sign-in/passkey/ask")
    assert answer.headers["set-cookie"].startswith("__Host-casemgr-asked=")
    assert "secure" in answer.headers["set-cookie"].lower()


def test_without_scripts_the_page_is_as_it_was(keyed: Office) -> None:
    page = keyed.client().get("/sign-in").text

    assert re.search(r'<form[^>]* data-passkey="known"[^>]* hidden>', page)
    assert 'action="/sign-in"' in page
    assert "<script" not in re.sub(r'<script src="/static/[^"]+" defer></script>', "", page)


def test_who_is_off_boarded_keeps_no_passkey(keyed: Office) -> None:
    """Kept, half used and about to be added: none opens anything from the first request on."""
    noor = keyed.client(keyed.cast.noor)
    with keyed.rows() as session:
        students = [makes.make_person(session, f"S{n} Example", Role.STUDENT) for n in range(5)]
    kept = []
    for each in students:
        key, opened, asked = with_key(keyed, each), keyed.client(), keyed.client()
        assert come_in(opened, key) == "/matters"
        signed = {"answer": key.signs(options(asked))}
        more = {"name": "x", "answer": SoftKey().made(options(opened, "/account/passkeys/ask"))}
        kept.append((key, opened, asked, signed, more))
    gone = [text_of(noor.post(f"/people/{each.id}/off-board").text) for each in students]
    assert all("Passkeys removed 1" in each for each in gone)
    with keyed.rows() as session:  # let in again one day, they begin anew
        for each in students:
            session.get_one(tables.Person, each.id).active = True

    for key, opened, asked, signed, more in kept:
        assert opened.get("/due").status_code == 303
        assert asked.post("/sign-in/passkey", data=signed).status_code == 403
        assert opened.post("/account/passkeys", data=more).status_code == 303
        assert opened.get("/due").status_code == 303
        assert "opens nothing here" in come_in(keyed.client(), key)
    with keyed.rows() as session:
        assert session.exec(select(tables.Passkey)).all() == []


def test_a_program_lists_ones_own_and_takes_one_away(keyed: Office) -> None:
    with_key(keyed, keyed.cast.sam)
    key, api = with_key(keyed, keyed.cast.ada), keyed.client(keyed.cast.ada)

    (listed,) = api.get("/api/v1/passkeys").json()["items"]
    assert set(listed) == {"id", "person_id", "name", "made_at", "used_at"}
    one = f"/api/v1/passkeys/{listed['id']}"
    assert keyed.client(keyed.cast.sam).get(one).status_code == 404
    held = {"if-match": api.get(one).headers["etag"]}
    assert api.delete(one).status_code == 428
    assert api.delete(one, headers=held).status_code == 409  # the only second factor stays
    assert add(api, SoftKey()) == "/account#passkeys"
    assert api.delete(one, headers=held).status_code == 204
    assert "opens nothing here" in come_in(keyed.client(), key)


def test_no_way_in_is_missing_while_the_rest_still_comes(keyed: Office) -> None:
    """What begins like signing in is not waited for, so all of it must be there at once."""
    hurried = build(keyed.desk, in_a_hurry=True)

    def ways(app: FastAPI) -> set[str]:
        paths = {getattr(route, "path", "") for route in app.router.routes}
        return {path for path in paths if path.startswith("/sign-in")}

    assert ways(hurried) == ways(keyed.app)
    assert "/sign-in/sso/back" in ways(hurried)
    browser = TestClient(hurried, headers={"sec-fetch-site": "same-origin"})
    assert browser.post("/sign-in/passkey/ask").status_code == 200
