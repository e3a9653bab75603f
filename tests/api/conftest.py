"""An office behind the API: the cast, one row of every noun, and a client for each person."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from casemgr.api.nouns import Noun
from casemgr.api.routers import NOUNS
from casemgr.app import build
from casemgr.db.session import transaction
from casemgr.db.tables import Person
from casemgr.desk import Desk
from casemgr.domain.words import Role
from casemgr.usecases import signin
from tests import makes

API = "/api/v1"
BY_PATH = {noun.path: noun for noun in NOUNS}


@dataclass
class OfficeBehindApi:
    """A desk with its people, and the API as each of them reaches it."""

    desk: Desk
    app: FastAPI
    cast: makes.Cast
    gil: Person  # a guest: co-counsel on the one matter
    secrets: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)  # what an example's placeholder stands for

    def client(self, person: Person) -> TestClient:
        """Return the API as a program of this person's reaches it."""
        if person.id not in self.secrets:
            with self.desk.work(makes.actor_of(person)) as work:
                self.secrets[person.id] = signin.make_token(work, person, "a program")
        return TestClient(self.app, headers={"Authorization": f"Bearer {self.secrets[person.id]}"})

    def example(self, noun: Noun) -> dict[str, Any]:
        """Return the documented example for a new row, with ids that are here."""
        assert noun.create is not None
        return {name: self._here(name, value) for name, value in noun.create.example.items()}

    def _here(self, name: str, value: Any) -> Any:
        if name.endswith("_ids"):
            return [self._here(name.removesuffix("s"), each) for each in value]
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return [
                {inner: self._here(inner, of_it) for inner, of_it in each.items()} for each in value
            ]
        known = {"requester_id": "organisation_id", "subject_id": "docket_entry_id"}
        return self.ids.get(known.get(name, name), value)

    def add(self, client: TestClient, path: str) -> dict[str, Any]:
        """Make a row from its documented example, and remember its id for what follows."""
        answer = client.post(f"{API}/{path}", json=self.example(BY_PATH[path]))
        assert answer.status_code == 201, answer.text
        row: dict[str, Any] = answer.json()
        self.remember(path, row)
        return row

    def remember(self, path: str, row: dict[str, Any]) -> None:
        """Let the id of a row stand for its noun's placeholder in the examples."""
        self.ids[PLACEHOLDERS.get(path, f"{BY_PATH[path].one_name}_id")] = row["id"]


PLACEHOLDERS = {"declaration-versions": "declaration_version_id"}

# In this order each finds what it belongs to.
MADE = (
    "organisations", "contacts", "tasks", "requests", "request-items", "recipients",
    "tracking-numbers", "events", "appeals", "productions", "lawsuits", "lawsuit-statuses",
    "related-lawsuits", "parties", "appearances", "services", "docket-entries", "filings",
    "order-dates", "waiting-deadlines", "hearings", "search-statements", "production-paces",
    "flags", "declarations", "declaration-versions", "paragraphs",
    "translations", "exhibits", "documents", "letter-drafts",
)  # fmt: skip


@pytest.fixture(scope="session")
def app() -> list[FastAPI]:
    """Hold the application, built once: a desk is set for each test."""
    return []


@pytest.fixture
def office(engine: Engine, tmp_path: Path, app: list[FastAPI]) -> OfficeBehindApi:
    """Open an office with the cast and one empty matter."""
    return open_office(makes.make_desk(engine, tmp_path), app)


def open_office(desk: Desk, app: list[FastAPI]) -> OfficeBehindApi:
    """Return an office with the cast and one empty matter, behind the one application."""
    if not app:
        app.append(build(desk))
    app[0].state.desk = desk
    with transaction(desk.engine) as session:
        cast = makes.make_cast(session)
        gil = makes.make_person(session, "Gil Berger", Role.GUEST)
        matter = makes.make_matter(session, cast.ada, cast.sam, cast.mira, gil)
        makes.make_court(session)
        makes.make_agency(session, "ice")
        makes.make_agency(session, "dhs")
    return OfficeBehindApi(desk, app[0], cast, gil, ids={"matter_id": matter.id})


@pytest.fixture
def full_office(office: OfficeBehindApi) -> OfficeBehindApi:
    """Fill the office with one row of every noun that a person makes, all from the examples."""
    return filled(office)


def filled(office: OfficeBehindApi) -> OfficeBehindApi:
    """Return the office with one row of every noun on its matter, each made by Ada."""
    ada = office.client(office.cast.ada)
    for path in MADE:
        office.add(ada, path)
        if path == "requests":
            tracks = ada.get(f"{API}/tracks").json()["items"]
            office.ids["track_id"] = tracks[0]["id"]
    return office


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent to the database meanwhile."""
    said: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)
