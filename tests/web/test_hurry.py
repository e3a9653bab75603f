"""A start in a hurry: people can sign in at once, and nothing is ever missing."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.later import Later


@pytest.fixture
def hurried(office) -> FastAPI:
    """Make the office's application as the demonstration starts it."""
    return build(office.desk, in_a_hurry=True)


def later_of(app: FastAPI) -> Later:
    """Return what stands for the routes to come."""
    return next(route for route in app.router.routes if isinstance(route, Later))


def test_who_asks_to_sign_in_waits_for_nothing_else(hurried):
    page = TestClient(hurried).get("/sign-in")

    assert page.status_code == 200
    assert "Password" in page.text
    assert not later_of(hurried).here


def test_a_page_asked_for_early_comes_like_any_other(office, hurried):
    asked, usual = TestClient(hurried).get("/healthz"), TestClient(office.app).get("/healthz")

    assert asked.json() == usual.json() == {"status": "running"}
    assert later_of(hurried).here


def test_the_style_of_the_pages_is_there_before_and_after_the_rest_has_come(office, hurried):
    for app in (hurried, office.app):
        style = TestClient(app).get("/static/house.css")

        assert (style.status_code, style.headers["content-type"][:8]) == (200, "text/css")


def test_what_nobody_made_is_not_found_early_either(hurried):
    assert TestClient(hurried).get("/no-such-page").status_code == 404


def test_the_description_of_the_api_asked_for_early_is_whole(office, hurried):
    early, usual = (
        TestClient(app).get("/api/v1/openapi.json").json() for app in (hurried, office.app)
    )

    assert early == usual


def test_unasked_the_rest_comes_a_moment_later(hurried):
    with TestClient(hurried):
        until = time.monotonic() + 60
        while not later_of(hurried).here and time.monotonic() < until:
            time.sleep(0.05)

    assert later_of(hurried).here


def test_asked_by_many_at_once_the_rest_is_brought_once():
    app, brought = FastAPI(openapi_url=None), []

    def load() -> list[object]:
        time.sleep(0.1)
        brought.append(1)
        return []

    later = Later(app, ("/sign-in",), load)  # type: ignore[arg-type]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: later.bring(), range(8)))

    assert brought == [1]
