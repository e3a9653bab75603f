"""What a list counted is told again only while nothing has happened since."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Matter, Person
from casemgr.desk import Desk
from casemgr.usecases import requests
from casemgr.usecases.requests import NewRequest
from casemgr.usecases.views import request_list
from casemgr.usecases.views.remembered import remembered
from casemgr.usecases.views.request_list import Asked, Filters
from tests import makes
from tests.makes import Cast


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return makes.make_desk(engine, tmp_path)


@pytest.fixture
def cast(desk: Desk) -> Cast:
    """Make a matter of Ada's, and Mira who reads every matter."""
    with transaction(desk.engine) as session:
        made = makes.make_cast(session)
        made.mira.office_wide = True
        session.add(made.mira)
        matter = makes.make_matter(session, made.ada)
        makes.make_request(session, matter)
    return made


def counted(desk: Desk, cast: Cast, asked: Filters | None = None) -> int:
    with desk.work(makes.actor_of(cast.mira)) as work:
        return request_list.count(work, asked or Asked())


def log_another(desk: Desk, cast: Cast) -> None:
    with desk.work(makes.actor_of(cast.ada)) as work:
        [matter_id] = work.session.exec(select(Matter.id)).all()
        requests.log_request(work, matter_id, NewRequest(title="Another"))


def test_a_request_logged_since_is_counted(desk: Desk, cast: Cast) -> None:
    assert (counted(desk, cast), counted(desk, cast)) == (1, 1)
    assert counted(desk, cast, Asked(text="no such words")) == 0

    log_another(desk, cast)

    assert counted(desk, cast) == 2


def test_nothing_is_asked_twice_while_nothing_happened(desk: Desk, cast: Cast) -> None:
    asked: list[str] = []

    def ask(name: str, who: Person) -> None:
        with desk.work(makes.actor_of(who), reads_only=True) as work:
            remembered(work, "how many", lambda: asked.append(name))

    ask("Mira", cast.mira)
    ask("Mira again", cast.mira)
    ask("Ada", cast.ada)
    ask("Ada again", cast.ada)  # who does not read every matter is never answered from memory
    assert asked == ["Mira", "Ada", "Ada again"]

    log_another(desk, cast)
    ask("Mira later", cast.mira)

    assert asked[-1] == "Mira later"
