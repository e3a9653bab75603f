"""What is only read is opened, done and closed on one thread; strangers learn nothing else."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from threading import get_ident
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from starlette.responses import PlainTextResponse, Response

from casemgr.api.routers import API
from casemgr.errors import NotSignedIn
from casemgr.threads import WorkRoute, _Reading
from casemgr.web.routers import PAGES


class Narrowed(BaseModel):
    """What the second of the routes below may be asked for."""

    model_config = ConfigDict(extra="forbid")
    limit: int = 5


def open_work(http: Request) -> Iterator[str]:
    if "stranger" in http.headers:
        raise NotSignedIn
    http.app.state.threads.append(get_ident())
    try:
        yield "work"
    finally:
        http.app.state.threads.append(get_ident())


Work = Annotated[str, Depends(open_work, scope="function")]
router = APIRouter(route_class=WorkRoute)


@router.get("/one/{name}")
def read(http: Request, work: Work, name: str) -> Response:
    http.app.state.threads.append(get_ident())
    return PlainTextResponse(f"{work} {name} {http.url.path}")


@router.get("/many")
def narrowed(work: Work, asked: Annotated[Narrowed, Query()]) -> Response:
    return PlainTextResponse(f"{work} {asked.limit}")


@pytest.fixture
def browser() -> TestClient:
    """Return somebody who asks a small application of two such routes."""
    app = FastAPI()
    app.state.threads = []
    app.router.routes.extend(router.routes)
    return TestClient(app, raise_server_exceptions=False)


def test_a_read_is_opened_done_and_closed_on_one_thread(browser: TestClient) -> None:
    assert browser.get("/one/ice").text == "work ice /one/ice"
    threads = browser.app.state.threads  # type: ignore[attr-defined]
    assert len(threads) == 3
    assert len(set(threads)) == 1


def test_what_the_address_says_is_checked_as_ever(browser: TestClient) -> None:
    assert browser.get("/many?limit=7").text == "work 7"
    wrong = browser.get("/many?limit=seven&page=2").json()["detail"]
    assert {tuple(each["loc"]) for each in wrong} == {("query", "limit"), ("query", "page")}


def test_a_stranger_is_not_told_what_is_wrong_with_the_address(browser: TestClient) -> None:
    answer = browser.get("/many?limit=seven", headers={"stranger": "yes"})
    assert answer.status_code == 500  # NotSignedIn, which this small application does not know
    assert "limit" not in answer.text


def test_every_page_and_answer_that_reads_its_work_does_so_on_one_thread() -> None:
    routes: list[Any] = [each for router in (*API, *PAGES) for each in router.routes]
    reads = [
        each
        for each in routes
        if isinstance(each, WorkRoute)
        and each.methods == {"GET"}
        and "work" in inspect.signature(each.asked_for).parameters
    ]
    assert len(reads) > 100
    others = [each.path for each in reads if not isinstance(each.reading, _Reading)]
    assert others == ["/api/v1/history/seal"]  # answered with a shape
