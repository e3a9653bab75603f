"""Sign in: by password, by link in a demonstration, and out again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casemgr.app import build
from casemgr.db.tables import SignInLink
from casemgr.usecases.signin import token_hash
from tests import makes
from tests.web.conftest import Office

ADA = {"email": "ada@example.org", "password": makes.PASSWORD}


def test_a_password_opens_the_page_that_was_wanted(office: Office) -> None:
    browser = office.client()

    wanted = browser.get("/matters?x=1")
    assert wanted.status_code == 303
    assert wanted.headers["location"] == "/sign-in?next=%2Fmatters%3Fx%3D1"
    asked = browser.get(wanted.headers["location"])
    assert 'name="next" value="/matters?x=1"' in asked.text
    assert 'autocomplete="current-password"' in asked.text
    went_on = browser.post("/sign-in", data={**ADA, "next": "/matters?x=1"})

    assert went_on.status_code == 303
    assert went_on.headers["location"] == "/matters?x=1"
    assert browser.get("/matters").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(office: Office) -> None:
    answer = office.client().post("/sign-in", data=ADA)

    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


def test_over_tls_the_cookie_is_bound_to_this_host(office: Office) -> None:
    settings = replace(office.desk.settings, secure_cookies=True)
    office.app = build(replace(office.desk, settings=settings))

    answer = office.client().post("/sign-in", data=ADA)

    assert answer.headers["set-cookie"].startswith("__Host-casemgr=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" in answer.headers


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.com/",
        "//example.com",
        "/\\example.com",
        "javascript:alert(1)",
        "/a\r\nX: y",
    ],
)
def test_signing_in_never_leads_to_another_site(office: Office, elsewhere: str) -> None:
    answer = office.client().post("/sign-in", data={**ADA, "next": elsewhere})

    assert answer.headers["location"] == "/"


def test_a_wrong_password_keeps_the_address_and_never_the_password(office: Office) -> None:
    answer = office.client().post("/sign-in", data={**ADA, "password": "not the right sentence"})

    assert answer.status_code == 403
    assert 'value="ada@example.org"' in answer.text
    assert "not the right sentence" not in answer.text
    assert "do not belong together" in answer.text
    assert "set-cookie" not in answer.headers


def test_an_empty_form_says_so_beside_each_field(office: Office) -> None:
    answer = office.client().post("/sign-in", data={"email": " ", "password": ""})

    assert answer.status_code == 422
    assert "<title>Error: Sign in" in answer.text
    assert 'id="p-email"' in answer.text
    assert 'id="p-password"' in answer.text


def test_a_link_of_the_demonstration_signs_in_with_one_click(office: Office) -> None:
    with office.rows() as session:
        session.add(SignInLink(token_hash=token_hash("one click"), person_id=office.cast.sam.id))
    browser = office.client()

    assert browser.get("/sign-in/link/one click").headers["location"] == "/due"
    assert "Sam Okonjo, student" in browser.get("/due").text


def test_a_link_that_opens_nothing_is_refused(office: Office) -> None:
    assert office.client().get("/sign-in/link/guess").status_code == 403


def test_an_office_that_is_no_demonstration_has_no_links(office: Office) -> None:
    with office.rows() as session:
        session.add(SignInLink(token_hash=token_hash("one click"), person_id=office.cast.sam.id))
    office.app = build(replace(office.desk, demonstration=False))

    answer = office.client().get("/sign-in/link/one click")

    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_session_also_for_a_copied_cookie(office: Office) -> None:
    browser = office.client(office.cast.ada)
    copied = office.client()
    copied.cookies = browser.cookies

    answer = browser.post("/sign-out")

    assert answer.headers["location"] == "/sign-in"
    assert "cookies" in answer.headers["clear-site-data"]
    assert copied.get("/due").status_code == 303


def test_a_form_on_another_site_changes_nothing(office: Office) -> None:
    browser = office.client(office.cast.ada)

    answer = browser.post("/sign-out", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert browser.get("/due").status_code == 200
