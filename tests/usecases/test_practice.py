"""The practice matter can be broken and put back; nothing else is touched."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from sqlmodel import col, select

from casemgr.db.session import open_engine
from casemgr.db.tables import (
    Deadline,
    Event,
    HistoryEntry,
    Matter,
    Membership,
    Person,
    RequestItem,
    Track,
)
from casemgr.domain.words import EventKind
from casemgr.errors import NotFound
from casemgr.fields import seeded_code
from casemgr.usecases.closing import ClosingInput, close_matter
from casemgr.usecases.plant import plant
from casemgr.usecases.practice import PRACTICE, reset_practice
from tests.makes import actor_of, make_desk, make_event

AS_OF = date(2010, 10, 29)


@pytest.fixture
def desk(planted_file, tmp_path):
    """Stand in a freshly planted office."""
    engine = open_engine(f"sqlite:///{shutil.copy(planted_file, tmp_path / 'casemgr.sqlite3')}")
    yield make_desk(engine, tmp_path)
    engine.dispose()


def person(desk, key):
    with desk.work(reads_only=True) as work:
        return actor_of(work.session.get(Person, seeded_code("P", key)))


def all_of_it(desk):
    """Return what the practice matter consists of, as anybody would see it."""
    with desk.work(reads_only=True) as work:
        session = work.session
        return {
            "matter": session.get(Matter, PRACTICE).title,
            "events": session.exec(
                select(Event.id, Event.says).where(Event.matter_id == PRACTICE).order_by(Event.id)
            ).all(),
            "items": session.exec(select(RequestItem.says).order_by(RequestItem.id)).all(),
            "members": session.exec(
                select(Membership.id, Membership.until_on).order_by(Membership.id)
            ).all(),
            "deadlines": session.exec(
                select(Deadline.key, Deadline.due, Deadline.done_on, Deadline.known_on)
                .where(Deadline.matter_id == PRACTICE)
                .order_by(Deadline.key, Deadline.known_on)
            ).all(),
        }


def break_it(desk):
    with desk.work() as work:
        track = work.session.get(Track, seeded_code("T", "practice-uscis"))
        make_event(work.session, track, EventKind.CLOSED, date(2010, 10, 20))
        matter = work.session.get(Matter, PRACTICE)
        matter.title = "Broken"
        gone = work.session.get(Membership, seeded_code("MB", "sam-practice"))
        gone.until_on = date(2010, 10, 1)
        item = work.session.get(RequestItem, seeded_code("RI", "practice-item-1"))
        work.session.delete(item)


@pytest.mark.sqlite_first
def test_whatever_was_broken_is_put_back(engine, tmp_path):
    desk = make_desk(engine, tmp_path)
    with desk.work() as work:
        plant(work, as_of=AS_OF)
    planted = all_of_it(desk)
    break_it(desk)
    assert all_of_it(desk) != planted

    with desk.work(person(desk, "ada")) as work:
        reset_practice(work)

    assert all_of_it(desk) == planted


def test_other_matters_and_the_history_stay(desk):
    with desk.work(reads_only=True) as work:
        others = select(Deadline.id).where(Deadline.matter_id != PRACTICE).order_by(Deadline.id)
        before = work.session.exec(others).all()
        lines = len(work.session.exec(select(HistoryEntry.seq)).all())

    with desk.work(person(desk, "ada")) as work:
        reset_practice(work)

    with desk.work(reads_only=True) as work:
        assert work.session.exec(others).all() == before
        newest = work.session.exec(
            select(HistoryEntry).order_by(col(HistoryEntry.seq).desc())
        ).first()
        assert newest.seq > lines
        assert (newest.what, newest.person_name) == ("practice.reset", "Ada Marlowe")


@pytest.mark.parametrize("who", ["eve", "noor"])
def test_whoever_is_not_on_it_learns_nothing(desk, who):
    with pytest.raises(NotFound), desk.work(person(desk, who)) as work:
        reset_practice(work)


def test_a_beginner_sees_a_running_a_paused_a_missed_and_a_kept_date(desk):
    with desk.work(reads_only=True) as work:
        rows = work.session.exec(
            select(Deadline).where(
                Deadline.matter_id == PRACTICE, col(Deadline.superseded_on).is_(None)
            )
        ).all()
    state = {row.title: (row.due, row.certain, row.done_on) for row in rows}

    assert state == {
        "USCIS: decide the request": (date(2010, 10, 29), True, None),
        "USCIS: decide on faster processing": (date(2010, 10, 10), True, None),
        "CBP: decide the request": (None, False, None),
        "CBP: decide on faster processing": (date(2010, 10, 9), True, date(2010, 10, 7)),
        "Answer CBP about fees": (date(2010, 11, 12), True, None),
    }


@pytest.mark.sqlite_first
def test_closing_it_is_one_more_way_to_break_it(desk):
    before, ada, sam = all_of_it(desk), person(desk, "ada"), person(desk, "sam")
    with desk.work(ada) as work:
        close_matter(work, PRACTICE, ClosingInput(because="To see what happens."))

    with desk.work(sam) as work:
        reset_practice(work)

    assert all_of_it(desk) == before
    with desk.work(sam, reads_only=True) as work:
        assert work.session.get(Matter, PRACTICE).closed_on is None
