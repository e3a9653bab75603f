"""What somebody may not know looks like what is not there: its words, and its time (R8, R12).

At smoke size only the words are held; the times want a machine with nothing else to do.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db.session import transaction
from casemgr.db.tables import Attempt
from casemgr.desk import Desk
from casemgr.fields import new_code
from tests import makes
from tests.conftest import Figure

pytestmark = pytest.mark.chaos

APART = 10.0  # percent by which the two medians may differ


@dataclass
class Office:
    """An office with one matter, and Eve, who is not on it."""

    desk: Desk
    app: FastAPI
    known: str  # somebody's address
    hidden: dict[str, str]  # kind of page or record -> the code of one that Eve may not see
    eve: TestClient


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    with transaction(engine) as session:
        cast = makes.make_cast(session)
        matter = makes.make_matter(session, cast.ada)
        request = makes.make_request(session, matter)
        lawsuit = makes.make_lawsuit(session, matter)
        declaration, _ = makes.make_declaration(session, matter)
        document = makes.make_document(session, matter)
        hidden = {
            "/matters/{}": matter.id,
            "/requests/{}": request.id,
            "/lawsuits/{}": lawsuit.id,
            "/declarations/{}": declaration.id,
            "/documents/{}": document.id,
            "/api/v1/matters/{}": matter.id,
            "/api/v1/requests/{}": request.id,
            "/api/v1/documents/{}": document.id,
        }
    desk = makes.make_desk(engine, tmp_path)
    app = build(desk)
    eve = TestClient(app, base_url="http://127.0.0.1")
    eve.cookies.set(desk.cookie, makes.make_session(desk, cast.eve))
    return Office(desk, app, cast.ada.email, hidden, eve)


def timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = ask()
    return time.perf_counter() - began, answer


def apart(one: list[float], other: list[float]) -> float:
    """Return by how many percent the medians differ."""
    return abs(median(one) / median(other) - 1) * 100


def said(answer: Any, *but: str) -> tuple[int, list[tuple[str, str]], str]:
    """Return an answer without what was asked for, and without what is drawn anew each time."""
    text = answer.text
    for each in but:
        text = text.replace(each, "#")
    text = re.sub(r'(nonce="|form_key" value=")[^"]+', r"\1#", text)
    kept = {"content-security-policy", "date", "content-length"}
    return (
        answer.status_code,
        [each for each in answer.headers.items() if each[0] not in kept],
        text,
    )


def test_who_has_no_account_is_refused_like_who_has(
    office: Office, full_size: bool, figure: Figure
) -> None:
    took: dict[str, list[float]] = {office.known: [], "nobody@example.org": []}
    browser = TestClient(office.app, base_url="http://127.0.0.1")
    for _ in range(500 if full_size else 5):
        answers = []
        for email, spent in took.items():
            with transaction(office.desk.engine) as session:
                session.execute(sa.delete(Attempt))  # neither is held up for trying often
            form = {"email": email, "password": "not the password of anybody"}
            headers = {"sec-fetch-site": "same-origin"}
            seconds, answer = timed(partial(browser.post, "/sign-in", data=form, headers=headers))
            spent.append(seconds)
            answers.append(said(answer, email))
        assert answers[0] == answers[1]

    difference = apart(*took.values())
    what = f"R8 sign-in, known or not ({office.desk.engine.dialect.name})"
    figure(what, difference, APART if full_size else None, "%")
    assert not full_size or difference <= APART


@pytest.mark.timeout(1800)
def test_what_is_hidden_answers_like_what_is_not_there(
    office: Office, full_size: bool, figure: Figure
) -> None:
    worst = 0.0
    for path, hidden in office.hidden.items():
        denied, absent = list[float](), list[float]()
        for _ in range(1000 if full_size else 3):
            nothing = new_code(hidden.partition("-")[0])
            seconds, refused = timed(partial(office.eve.get, path.format(hidden)))
            denied.append(seconds)
            seconds, missing = timed(partial(office.eve.get, path.format(nothing)))
            absent.append(seconds)
            assert refused.status_code == 404
            assert said(refused, hidden) == said(missing, nothing)
        worst = max(worst, apart(denied, absent))

    what = f"R12 hidden or not there ({office.desk.engine.dialect.name})"
    figure(what, worst, APART if full_size else None, "%")
    assert not full_size or worst <= APART
