"""An office with one matter, its calendar addresses, and a calendar program that fetches them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db import tables
from casemgr.db.session import transaction
from casemgr.desk import Desk
from casemgr.usecases import calendar_feeds
from casemgr.usecases.calendar_feeds import FeedInput
from tests import makes


@dataclass
class Office:
    """The rows behind the calendars, and the application that gives them."""

    desk: Desk
    app: FastAPI
    cast: makes.Cast
    matter: tables.Matter
    lawsuit: tables.Lawsuit
    entry: tables.DocketEntry
    deadline: tables.Deadline
    hearing: tables.Hearing

    def feed(self, person: tables.Person, **given: object) -> str:
        """Make a calendar address for somebody, and return its path."""
        with self.desk.work(makes.actor_of(person)) as work:
            asked = FeedInput.model_validate({"name": "Outlook", **given})
            return f"/feeds/{calendar_feeds.make_feed(work, asked)[1]}.ics"

    def fetch(self, path: str, etag: str = "", program: str = "Outlook") -> Response:
        """Fetch an address as a calendar program does, which nobody has signed in to."""
        headers = {"User-Agent": program} | ({"If-None-Match": etag} if etag else {})
        return TestClient(self.app, headers=headers).get(path)

    def browser(self, person: tables.Person) -> TestClient:
        """Return a browser in which this person is signed in."""
        made = TestClient(
            self.app, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False
        )
        made.cookies.set(self.desk.cookie, makes.make_session(self.desk, person))
        return made


@pytest.fixture(scope="session")
def app() -> list[FastAPI]:
    """Hold the application, built once: a desk is set for each test."""
    return []


@pytest.fixture
def office(engine: Engine, tmp_path: Path, app: list[FastAPI]) -> Office:
    """Make the office: Ada owns a deadline of the one matter, and a hearing is set in it."""
    desk = makes.make_desk(engine, tmp_path)
    if not app:
        app.append(build(desk))
    app[0].state.desk = desk
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada, cast.sam, cast.mira)
        lawsuit = makes.make_lawsuit(session, matter)
        entry = makes.make_docket_entry(session, lawsuit, number=12)
        deadline = makes.make_deadline(session, matter, lawsuit_id=lawsuit.id, owner_id=cast.ada.id)
        hearing = makes.make_hearing(session, lawsuit)
    return Office(desk, app[0], cast, matter, lawsuit, entry, deadline, hearing)
