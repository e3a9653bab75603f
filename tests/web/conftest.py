"""An office behind its pages: a matter with a request, a lawsuit and papers; a browser each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, event
from sqlmodel import Session, SQLModel, select
from starlette.testclient import TestClient

from casemgr.app import build
from casemgr.db import tables
from casemgr.db.session import transaction
from casemgr.desk import Desk
from casemgr.domain.words import Certainty, EntryKind, EventKind, PartyRole
from casemgr.usecases import clock
from tests import makes


@dataclass
class Office:
    """The rows of the office behind the pages, and the application that shows them."""

    desk: Desk
    app: FastAPI
    cast: makes.Cast
    matter: tables.Matter
    request: tables.FoiaRequest
    track: tables.Track
    sent: tables.Event
    lawsuit: tables.Lawsuit
    complaint: tables.DocketEntry
    order: tables.OrderDate
    hearing: tables.Hearing
    declaration: tables.Declaration
    document: tables.Document
    task: tables.Task

    def client(self, person: tables.Person | None = None) -> TestClient:
        """Return a browser in which this person is signed in."""
        browser = TestClient(
            self.app, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False
        )
        if person is not None:
            browser.cookies.set(self.desk.cookie, makes.make_session(self.desk, person))
        return browser

    @contextmanager
    def rows(self) -> Iterator[Session]:
        """Open the database to look at what was left behind, or to add to it."""
        with transaction(self.desk.engine) as session:
            yield session

    def history(self) -> list[str]:
        """Return the tags of everything that was recorded, in order."""
        with self.rows() as session:
            asked = select(tables.HistoryEntry.what).order_by(tables.HistoryEntry.seq)  # type: ignore[arg-type]
            return list(session.exec(asked))

    def deadline(self, rule: str) -> tables.Deadline:
        """Return the current deadline whose key ends in this word or holds this rule."""
        with self.rows() as session:
            found = session.exec(
                select(tables.Deadline).where(tables.Deadline.superseded_on == None)  # noqa: E711
            ).all()
        return next(each for each in found if rule in each.key)


def _people_the_office(session: Session) -> dict[str, SQLModel | makes.Cast]:
    cast = makes.make_cast(session)
    matter = makes.make_matter(session, cast.ada, cast.sam, cast.mira)
    request = makes.make_request(session, matter)
    makes.make_item(session, request)
    track = makes.make_track(session, request)
    sent = makes.make_event(session, track, says="Sent by certified mail.")
    makes.make_event(
        session,
        track,
        EventKind.RECEIVED_BY_DESIGNATED,
        date(2010, 2, 3),
        certainty=Certainty.UNKNOWN,
    )
    lawsuit = makes.make_lawsuit(session, matter)
    makes.make_party(session, lawsuit, aliases=["R. Alvarez"])
    makes.make_party(session, lawsuit, "Immigration and Customs Enforcement", PartyRole.DEFENDANT)
    complaint = makes.make_docket_entry(session, lawsuit, number=1)
    makes.make_docket_entry(
        session, lawsuit, EntryKind.MOTION, date(2010, 10, 28), number=12, says="Motion to compel."
    )
    declaration, version = makes.make_declaration(session, matter, lawsuit_id=lawsuit.id)
    makes.make_paragraph(session, version, 3, "However, nobody answered.", number=None)
    document = makes.make_document(session, matter)
    makes.make_flag(session, matter, sent, "The receipt says two days.")
    makes.make_flag(session, matter, document, "Two dates for one letter.", number=2)
    return {
        "cast": cast,
        "matter": matter,
        "request": request,
        "track": track,
        "sent": sent,
        "lawsuit": lawsuit,
        "complaint": complaint,
        "order": makes.make_order_date(session, lawsuit),
        "hearing": makes.make_hearing(session, lawsuit),
        "declaration": declaration,
        "document": document,
        "task": makes.make_task(session, matter),
    }


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Make the office, with every date derived from its facts as of October 29, 2010."""
    desk = makes.make_desk(engine, tmp_path)
    with transaction(engine) as session:
        rows = _people_the_office(session)
    made = Office(desk=desk, app=build(desk), **rows)  # type: ignore[arg-type]
    with desk.work(makes.actor_of(made.cast.ada)) as work:
        clock.project_track(work, made.track.id, because="the tests began")
        clock.project_lawsuit(work, made.lawsuit.id, because="the tests began")
    return made


@pytest.fixture
def ada(office: Office) -> TestClient:
    """Return the browser of Ada, who is staff on the matter."""
    return office.client(office.cast.ada)


@pytest.fixture
def sam(office: Office) -> TestClient:
    """Return the browser of Sam, who is a student on the matter."""
    return office.client(office.cast.sam)


@pytest.fixture
def eve(office: Office) -> TestClient:
    """Return the browser of Eve, who is on no matter."""
    return office.client(office.cast.eve)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(*about: object) -> None:
        sent.append(str(about[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def text_of(html: str) -> str:
    """Return the words of a page as somebody reads them, without marks and line breaks."""
    plain = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    said = " ".join(plain.replace("&#39;", "'").replace("&amp;", "&").split())
    return re.sub(r" ([.,:;])", r"\1", said)
