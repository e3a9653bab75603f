"""Single sign-on: it says who somebody is, and nothing it says is believed without its proof."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from httpx2 import Response
from joserfc.jwk import RSAKey
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db import tables
from casemgr.identity import fence, oidc
from casemgr.settings import settings
from tests import makes
from tests.web.conftest import Office, text_of
from tests.web.sign_on_service import CLIENT, SECRET, Service, rsa_key, say
from tests.web.test_coming_in import set_up_app
from tests.web.test_passkeys import ORIGIN, switched

DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def database_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Stay with SQLite: what the two databases do differently is in test_challenges."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'casemgr.sqlite3')}"


@pytest.fixture
def service() -> Iterator[Service]:
    started = Service()
    yield started
    started.stop()


def on(service: Service, **more: str) -> dict[str, str]:
    return {
        "CASEMGR_OIDC_ISSUER": service.issuer,
        "CASEMGR_OIDC_CLIENT_ID": CLIENT,
        "CASEMGR_OIDC_CLIENT_SECRET": SECRET,
        "CASEMGR_ADDRESS": ORIGIN,
        "CASEMGR_INSECURE_COOKIES": "1",
        **more,
    }


@pytest.fixture
def signed_on(office: Office, service: Service) -> Office:
    """Make it an office where the service's second factor counts."""
    return switched(office, **on(service, CASEMGR_OIDC_SECOND_FACTOR="mfa https://x.example/2fa"))


def sent_to(browser: TestClient, next: str = "/matters", act: str = "/sign-in/sso") -> str:
    """Press the button, and return the address the page leads to."""
    page = browser.post(act, data={"next": next})
    assert page.status_code == 200, text_of(page.text)
    found = re.search(r'href="([^"]+)" rel="noreferrer"', page.text)
    assert found
    address = unescape(found[1])
    assert page.headers["refresh"] == f"0; url={address}"
    return address


def came(browser: TestClient, service: Service, **wrong: str) -> Response:
    """Sign in there and come back."""
    return browser.get(service.sign_in(sent_to(browser), **wrong))


def whys(office: Office) -> list[str]:
    entry = tables.HistoryEntry
    with office.rows() as session:
        found = session.exec(select(entry.facts).where(entry.what == "person.refused")).all()
    return [str(each["why"]) for each in found]


def test_whoever_was_invited_comes_in_by_it(signed_on: Office, service: Service) -> None:
    service.claims = {"amr": ["pwd", "mfa"], "email": "Ada@Example.org"}
    browser = signed_on.client()

    back = came(browser, service)

    assert back.headers["location"] == "/matters"
    assert "Ada Marlowe, staff" in text_of(browser.get("/due").text)
    assert {"sso.linked", "person.signed_in_by_sso"} <= set(signed_on.history())
    assert service.asked == [DISCOVERY, "/token", "/keys"]
    assert came(signed_on.client(), service).headers["location"] == "/matters"
    assert service.asked.count(DISCOVERY) == service.asked.count("/keys") == 1
    assert signed_on.history().count("sso.linked") == 1


def test_the_offices_own_second_factor_is_asked_for_unless_theirs_counts(
    office: Office, service: Service
) -> None:
    plain = switched(office, **on(service))
    service.claims = {"amr": ["mfa"], "acr": "mfa"}
    browser = plain.client()

    assert came(browser, service).headers["location"] == "/sign-in/code?next=%2Fmatters"
    assert browser.get("/due").status_code == 303
    assert browser.get("/sign-in/code").headers["location"].startswith("/sign-in/app")
    set_up_app(browser)
    assert browser.get("/due").status_code == 200
    again = plain.client()
    assert came(again, service).headers["location"] == "/sign-in/code?next=%2Fmatters"
    assert "authenticator app shows" in again.get("/sign-in/code").text
    counts = switched(plain, **on(service, CASEMGR_OIDC_SECOND_FACTOR="mfa"))
    assert came(counts.client(), service).headers["location"] == "/matters"
    service.claims = {"amr": ["pwd"]}
    assert came(counts.client(), service).headers["location"].startswith("/sign-in/code")


@pytest.mark.parametrize("words", [{"acr": "https://x.example/2fa"}, {"amr": ["otp", "mfa"]}])
def test_its_word_for_a_second_factor_is_taken_from_either_claim(
    signed_on: Office, service: Service, words: dict[str, Any]
) -> None:
    service.claims = words

    assert came(signed_on.client(), service).headers["location"] == "/matters"


NOW = int(time.time())
NOT_BELIEVED: dict[str, dict[str, Any]] = {
    "another nonce": {"claims": {"nonce": "x"}},
    "no nonce": {"claims": {"nonce": None}},
    "for somebody else": {"claims": {"aud": "another client"}},
    "for two, by the other": {"claims": {"aud": [CLIENT, "other"], "azp": "other"}},
    "for two, by nobody": {"claims": {"aud": [CLIENT, "other"]}},
    "from another issuer": {"claims": {"iss": "https://login.example.com"}},
    "expired": {"claims": {"exp": NOW - 3600, "iat": NOW - 7200}},
    "never ends": {"claims": {"exp": None}},
    "from next week": {"claims": {"nbf": NOW + 7 * 86400}},
    "of nobody": {"claims": {"sub": None}},
    "of somebody without end": {"claims": {"sub": "x" * 256}},
    "of somebody odd": {"claims": {"sub": "é"}},
    "proved after the end of time": {"claims": {"auth_time": 10**30}},
    "with odd methods": {"claims": {"amr": "mfa"}},
    "with another access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "not signed": {"algorithm": "none"},
    "signed with the public key": {"algorithm": "HS256"},
    "signed by another key": {"listed": [RSAKey.generate_key(2048, {"kid": "one"})]},
    "signed by a key it does not list": {"listed": [rsa_key("two")]},
}  # fmt: skip


@pytest.mark.parametrize("story", NOT_BELIEVED)
def test_what_it_says_is_not_believed_without_its_proof(
    signed_on: Office, service: Service, story: str
) -> None:
    for name, value in NOT_BELIEVED[story].items():
        setattr(service, name, value)
    service.claims.setdefault("acr", "mfa")
    browser = signed_on.client()

    back = came(browser, service)

    assert back.status_code == 403
    assert "named nobody who was invited" in text_of(back.text)
    assert browser.get("/due").status_code == 303
    assert whys(signed_on)[-1].startswith("the ID token does not hold")
    with signed_on.rows() as session:
        assert session.exec(select(tables.LinkedAccount)).all() == []


NOT_OURS: dict[str, dict[str, Any]] = {
    "an address that is not verified": {"email_verified": False},
    "an address nobody speaks of": {"email_verified": None},
    "a word where yes or no belongs": {"email_verified": "true"},
    "nobody of the office": {"email": "mallory@example.org"},
    "no address": {"email": None},
    "no address that can be typed": {"email": "ada@example.org\x00"},
    "somebody who left": {"email": "sam@example.org"},
    "somebody whose term is over": {"email": "mira@example.org"},
}


def test_nobody_becomes_one_of_the_office_by_it(signed_on: Office, service: Service) -> None:
    with signed_on.rows() as session:
        session.get_one(tables.Person, signed_on.cast.sam.id).active = False
        mira = session.get_one(tables.Person, signed_on.cast.mira.id)
        mira.term_ends_on = makes.TODAY - timedelta(days=1)
        before = len(session.exec(select(tables.Person)).all())
    pages = set()
    for story, claims in NOT_OURS.items():
        service.claims = {"acr": "mfa", **claims}
        back = came(signed_on.client(), service)
        assert back.status_code == 403, story
        pages.add(re.sub(r"nonce-[\w-]+", "", back.text))

    assert len(pages) == 1  # whoever is refused learns nothing of why
    with signed_on.rows() as session:
        assert len(session.exec(select(tables.Person)).all()) == before
        assert session.exec(select(tables.SignIn)).all() == []


def test_an_address_that_went_to_somebody_else_there_opens_nothing(
    signed_on: Office, service: Service
) -> None:
    service.claims = {"acr": "mfa", "amr": ["mfa"]}
    assert came(signed_on.client(), service).status_code == 303
    service.claims["sub"] = "another person of the same name"

    assert came(signed_on.client(), service).status_code == 403
    assert "another account of the sign-on service has this address" in whys(signed_on)[-1]
    noor = signed_on.client(signed_on.cast.noor)
    assert noor.post(f"/people/{signed_on.cast.ada.id}/remove-app").status_code == 303
    assert came(signed_on.client(), service).status_code == 303


def test_an_answer_counts_once_and_only_in_the_browser_that_was_sent(
    signed_on: Office, service: Service
) -> None:
    service.claims = {"amr": ["mfa"]}
    browser, other = signed_on.client(), signed_on.client()
    sent_to(other)
    back = service.sign_in(sent_to(browser))

    late = "in another browser, or more than ten minutes ago"
    assert late in text_of(other.get(back).text)
    assert late in text_of(browser.get(re.sub(r"state=[^&]+", "state=guess", back)).text)
    assert browser.get(back).headers["location"] == "/matters"
    assert late in text_of(browser.get(back).text)
    assert service.asked.count("/token") == 1
    with time_machine.travel(datetime.now(UTC)) as clock:
        back = service.sign_in(sent_to(browser))
        clock.shift(timedelta(minutes=10, seconds=1))
        assert late in text_of(browser.get(back).text)


def test_a_code_that_was_used_or_is_anothers_opens_nothing(
    signed_on: Office, service: Service
) -> None:
    service.claims = {"amr": ["mfa"]}
    browser, thief = signed_on.client(), signed_on.client()
    back = service.sign_in(sent_to(browser))
    (code,) = parse_qs(urlsplit(back).query)["code"]

    stolen = came(thief, service, code=code)  # its PKCE belongs to the browser it was for
    assert "gives no answer that can be used" in text_of(stolen.text)
    assert thief.get("/due").status_code == 303
    assert "it answered 400 invalid_grant" in whys(signed_on)[-1]
    assert came(thief, service, code=code).status_code == 403
    assert came(browser, service, code="").status_code == 403
    refused = came(browser, service, code="", error="access_denied")
    assert "did not sign you in" in text_of(refused.text)


def test_an_answer_of_another_service_is_refused(signed_on: Office, service: Service) -> None:
    service.claims = {"amr": ["mfa"]}

    mixed_up = came(signed_on.client(), service, iss="https://login.example.com")
    assert mixed_up.status_code == 403
    assert "came from another sign-on service" in whys(signed_on)[-1]
    assert service.asked.count("/token") == 0  # the code was given to nobody
    assert came(signed_on.client(), service, iss="").status_code == 303  # it never promised


def test_a_service_that_names_itself_always_does(signed_on: Office, service: Service) -> None:
    service.claims = {"amr": ["mfa"]}
    service.about = {"authorization_response_iss_parameter_supported": True}

    assert came(signed_on.client(), service, iss="").status_code == 403
    assert came(signed_on.client(), service).status_code == 303


def test_new_keys_are_learned_and_old_ones_forgotten(
    signed_on: Office, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.claims = {"amr": ["mfa"]}
    assert came(signed_on.client(), service).status_code == 303
    service.key = rsa_key("two")
    assert came(signed_on.client(), service).status_code == 403  # asked for them a moment ago

    monkeypatch.setattr(oidc, "KEYS_AGAIN", -1.0)
    assert came(signed_on.client(), service).status_code == 303
    service.key, service.listed = rsa_key("one"), [rsa_key("two")]
    assert came(signed_on.client(), service).status_code == 403


def test_what_it_proved_long_ago_is_no_fresh_sign_in(signed_on: Office, service: Service) -> None:
    hour_ago = int(time.time()) - 3600
    service.claims = {"amr": ["mfa"], "auth_time": hour_ago}
    browser = signed_on.client()
    came(browser, service)

    assert browser.get("/due").status_code == 200
    assert browser.get("/account/app").headers["location"].startswith("/sign-in/again")
    asked = sent_to(browser, "/account/app", "/sign-in/again/sso")
    sent = parse_qs(urlsplit(asked).query)
    assert (sent["prompt"], sent["max_age"]) == (["login"], ["0"])
    lazy = browser.get(service.sign_in(asked))
    assert "were not asked anew" in text_of(lazy.text)
    service.claims["auth_time"] = int(time.time())
    service.claims["email"] = "sam@example.org"
    service.claims["sub"] = "sam"
    asked = sent_to(browser, "/account/app", "/sign-in/again/sso")
    assert browser.get(service.sign_in(asked)).status_code == 403
    service.claims |= {"email": "ada@example.org", "sub": "248289761001"}
    asked = sent_to(browser, "/account/app", "/sign-in/again/sso")
    assert browser.get(service.sign_in(asked)).headers["location"] == "/account/app"
    assert browser.get("/account/app").status_code == 200


def test_a_code_of_ours_makes_it_fresh_where_the_service_does_not_say_when(
    office: Office, service: Service
) -> None:
    plain = switched(office, **on(service))
    browser = plain.client()
    came(browser, service)
    _, codes = set_up_app(browser)
    with plain.rows() as session:
        for each in session.exec(select(tables.SignIn)):
            each.proved_at -= timedelta(minutes=11)

    assert browser.get("/account/app").headers["location"].startswith("/sign-in/again")
    asked = sent_to(browser, "/account/app", "/sign-in/again/sso")
    code = browser.get(service.sign_in(asked)).headers["location"]
    assert code == "/sign-in/code?next=%2Faccount%2Fapp"
    assert browser.get("/account/app").status_code == 303
    sent = {"code": codes[0], "next": "/account/app"}
    assert browser.post("/sign-in/code", data=sent).headers["location"] == "/account/app"
    assert browser.get("/account/app").status_code == 200


def test_signing_out_says_that_the_service_may_still_know_you(
    signed_on: Office, service: Service
) -> None:
    service.claims = {"amr": ["mfa"]}
    browser = signed_on.client()
    came(browser, service)

    left = browser.post("/sign-out").headers["location"]

    assert left == "/sign-in/left"
    page = browser.get(left).text
    assert "may still be signed in at 127.0.0.1" in text_of(page)
    assert f'href="{service.issuer}/leave?client_id=casemgr&amp;' in page
    assert browser.get("/due").status_code == 303
    assert signed_on.client(signed_on.cast.ada).post("/sign-out").headers["location"] == "/sign-in"


def test_guessing_is_slow(signed_on: Office, service: Service) -> None:
    browser = signed_on.client()
    answers = [browser.get("/sign-in/sso/back?state=x&code=y") for _ in range(11)]

    assert {answer.status_code for answer in answers} == {403}
    assert "Too many tries" in text_of(answers[-1].text)
    assert "Too many tries" not in text_of(answers[-2].text)
    assert service.asked == []


def test_where_nobody_named_a_service_there_is_none(office: Office, service: Service) -> None:
    off = switched(office, CASEMGR_ADDRESS=ORIGIN, CASEMGR_INSECURE_COOKIES="1")
    browser = off.client()

    assert "sso" not in browser.get("/sign-in").text
    assert browser.post("/sign-in/sso", data={"next": "/"}).status_code == 404
    assert browser.get("/sign-in/sso/back?state=x&code=y").status_code == 404
    assert browser.get("/sign-in/left").status_code == 404
    assert service.asked == []


# --- what the service says of itself, and how it says it


def tried(office: Office) -> str:
    page = office.client().post("/sign-in/sso", data={"next": "/"})
    assert page.status_code == 403
    assert "gives no answer that can be used" in text_of(page.text)
    return whys(office)[-1]


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"issuer": "https://login.example.com"}, "calls itself by another name"),
        ({"token_endpoint": "http://login.example.com/token"}, "without encryption"),
        ({"jwks_uri": "file:///etc/passwd"}, "cannot be used"),
        ({"jwks_uri": ""}, "cannot be used"),
        ({"authorization_endpoint": "https://a:b@login.example.com/"}, "cannot be used"),
        ({"end_session_endpoint": "javascript:alert(1)"}, "cannot be used"),
    ],
)
def test_a_service_that_leads_elsewhere_is_not_followed(
    signed_on: Office, service: Service, about: dict[str, str], why: str
) -> None:
    service.about = about

    assert why in tried(signed_on)
    assert service.asked == [DISCOVERY]


def test_an_answer_that_is_too_large_slow_or_elsewhere_ends(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fence, "PATIENCE", 0.2)

    def why(answer: Any) -> str:
        service.answers["/x"] = answer
        with pytest.raises(fence.NoAnswer) as wrong:
            fence.ask(f"{service.issuer}/x", service.issuer)
        return str(wrong.value)

    assert "larger than 256 KB" in why(lambda http: say(http, b" " * 300_000))
    assert "could not be reached (ReadTimeout)" in why(lambda _: time.sleep(0.5))
    assert "answered 302" in why(lambda http: say(http, {}, 302, location=f"{service.issuer}/keys"))
    assert "not JSON" in why(lambda http: say(http, b"<html>"))
    assert "not JSON" in why(lambda http: say(http, b"[" * 100_000))
    assert "not an object" in why(lambda http: say(http, []))
    assert why(lambda http: say(http, {"error": "<script>"}, 400)) == "it answered 400"
    monkeypatch.setattr(fence, "IN_ALL", 0.0)
    assert "took longer than" in why(lambda http: say(http, b" " * 100_000))
    assert set(service.asked) == {"/x"}


def test_only_a_service_inside_the_network_leads_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = {"login.example.edu": "10.1.2.3", "db.example.edu": "10.9.9.9"}

    def look_up(host: str, *_more: object, **_words: object) -> list[Any]:
        return [(2, 1, 6, "", (inside.get(host, "93.184.216.34"), 0))]

    monkeypatch.setattr(fence.socket, "getaddrinfo", look_up)
    public, within = "https://accounts.example.com", "https://login.example.edu"

    fence.refuse_elsewhere("https://keys.example.com/certs", public)
    fence.refuse_elsewhere("https://db.example.edu/keys", within)
    with pytest.raises(fence.NoAnswer, match="inside our own network"):
        fence.refuse_elsewhere("https://db.example.edu/keys", public)
    with pytest.raises(fence.NoAnswer, match="on this machine and is not on it"):
        fence.refuse_elsewhere("http://127.0.0.1:8017/keys", public)


def test_a_secret_that_cannot_be_read_is_told_to_the_administrator(
    office: Office, service: Service, tmp_path: Path
) -> None:
    given = on(service, CASEMGR_OIDC_CLIENT_SECRET_FILE=str(tmp_path / "none"))
    lost = switched(office, **given)

    back = came(lost.client(), service)

    assert "gives no answer that can be used" in text_of(back.text)
    assert "none" not in text_of(back.text).split("There is a problem")[1].split("Sign in")[0]
    assert "CASEMGR_OIDC_CLIENT_SECRET_FILE" in whys(lost)[-1]
    assert settings(given).single_sign_on is not None


def test_a_service_that_wants_the_secret_in_the_form_gets_it_there(
    signed_on: Office, service: Service
) -> None:
    service.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    seen: list[dict[str, list[str]]] = []

    def read(http: Any) -> None:
        seen.append(parse_qs(http.rfile.read(int(http.headers["content-length"])).decode()))
        seen[-1]["authorization"] = [str(http.headers["authorization"])]
        say(http, {"error": "invalid_client"}, 401)

    service.answers["/token"] = read
    came(signed_on.client(), service)

    assert seen[0]["client_secret"] == [SECRET]
    assert seen[0]["authorization"] == ["None"]
    assert "it answered 401 invalid_client" in whys(signed_on)[-1]


def test_who_is_off_boarded_comes_in_by_no_account(signed_on: Office, service: Service) -> None:
    service.claims = {"amr": ["mfa"]}
    noor, browser, begun = (
        signed_on.client(signed_on.cast.noor), signed_on.client(), signed_on.client(),
    )  # fmt: skip
    came(browser, service)
    back = service.sign_in(sent_to(begun))

    gone = noor.post(f"/people/{signed_on.cast.ada.id}/off-board")

    assert "Sign-on accounts unlinked 1" in text_of(gone.text)
    assert browser.get("/due").status_code == 303
    assert begun.get(back).status_code == 403
    assert came(signed_on.client(), service).status_code == 403


def test_with_another_address_another_account_may_be_theirs(
    signed_on: Office, service: Service
) -> None:
    service.claims = {"amr": ["mfa"]}
    came(signed_on.client(), service)
    account = {"name": "Ada Marlowe", "email": "ada.m@example.org", "role": "staff"}
    changed = signed_on.client(signed_on.cast.noor).post(
        f"/people/{signed_on.cast.ada.id}", data=account
    )
    assert changed.status_code == 303, text_of(changed.text)

    assert came(signed_on.client(), service).status_code == 403  # the old address is nobody's
    service.claims |= {"email": "ada.m@example.org", "sub": "her new account"}
    assert came(signed_on.client(), service).status_code == 303
