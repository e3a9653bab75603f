"""When a day is set aside: the dates whose counting looked at it move, found by their spans."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from casemgr.db.session import open_engine
from casemgr.db.tables import FoiaRequest, Person, Service
from casemgr.desk import Desk
from casemgr.domain.holidays import Holiday
from casemgr.domain.words import Certainty, EntryKind, EventKind, Outcome, Role, Side
from casemgr.law.reader import Law
from casemgr.usecases import clock, closures, deadlines, relaw
from casemgr.usecases.deadlines import OverrideInput
from casemgr.usecases.preview import preview
from casemgr.usecases.work import Work
from tests.makes import (
    actor_of,
    make_agency,
    make_cast,
    make_desk,
    make_docket_entry,
    make_document,
    make_event,
    make_lawsuit,
    make_matter,
    make_membership,
    make_request,
    make_track,
)
from tests.usecases.moves import current, said
from tests.usecases.test_closures import shut_agency

SENT = {
    "served_on_whom": "The Attorney General",
    "sent_on": date(2010, 5, 3),
    "known_on": date(2010, 5, 3),
    "source": "invented for tests",
}
# What happened at five components, each in its own way open-ended or uncertain.
STORIES: dict[str, list[tuple[EventKind, date, dict[str, object]]]] = {
    "ice": [  # waits for an answer of ours: no last day at all
        (EventKind.RECEIVED, date(2010, 9, 1), {}),
        (EventKind.INFORMATION_REQUEST, date(2010, 9, 15), {}),
    ],
    "fbi": [  # a longer time, a pause that ended
        (EventKind.RECEIVED, date(2010, 9, 1), {}),
        (EventKind.FEE_QUESTION, date(2010, 9, 8), {}),
        (EventKind.FEE_REPLY_RECEIVED, date(2010, 9, 16), {}),
        (EventKind.EXTENSION_NOTICE, date(2010, 9, 20), {"agency_says_due": date(2010, 10, 4)}),
    ],
    "dhs": [  # nobody knows when the right component had it
        (EventKind.RECEIVED_BY_DESIGNATED, date(2010, 2, 3), {"certainty": Certainty.UNKNOWN}),
    ],
    "uscis": [  # decided twice though nobody knows of a receipt, appealed in between and too late
        (EventKind.DETERMINATION, date(2010, 3, 1), {"outcome": Outcome.DENIED}),
        (EventKind.APPEAL_SENT, date(2010, 5, 3), {}),
        (EventKind.APPEAL_RECEIVED, date(2010, 5, 4), {}),
        (EventKind.DETERMINATION, date(2010, 9, 20), {"outcome": Outcome.PARTIAL}),
    ],
    "cbp": [  # its date was set by an attorney; the appeal follows from the rule's
        (EventKind.RECEIVED, date(2010, 8, 2), {}),
        (EventKind.APPEAL_SENT, date(2010, 9, 7), {}),
        (EventKind.APPEAL_RECEIVED, date(2010, 9, 8), {}),
    ],
}


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    file = shutil.copy(sqlite_template, tmp_path / "casemgr.sqlite3")
    engine = open_engine(f"sqlite:///{file}")
    made = make_desk(engine, tmp_path)
    _fill(made)
    yield made
    engine.dispose()


def _fill(desk: Desk) -> None:
    with desk.work() as work:
        session = work.session
        cast = make_cast(session)
        matter = make_matter(session, cast.mira)
        make_membership(session, cast.ada, matter, responsible=True)
        _tracks(work, make_request(session, matter))
        lawsuit = make_lawsuit(session, matter)
        make_docket_entry(session, lawsuit)
        # Sent, and nobody knows when it arrived.
        session.add(Service(matter_id=matter.id, lawsuit_id=lawsuit.id, **SENT))
        motion = {"filed_by": Side.THEIRS, "number": 12}
        make_docket_entry(session, lawsuit, EntryKind.MOTION, date(2010, 10, 15), **motion)
        clock.project_lawsuit(work, lawsuit.id, because="the test began")
        paper = make_document(session, matter)
    with desk.work(actor_of(cast.mira)) as work:
        [row] = [each for each in current(work).values() if each.title == "CBP: decide the request"]
        sooner = OverrideInput(due=date(2010, 8, 5), because="So agreed.", document_id=paper.id)
        deadlines.override(work, row.id, sooner)


def _tracks(work: Work, request: FoiaRequest) -> None:
    for agency, story in STORIES.items():
        track = make_track(work.session, request, agency)
        for kind, on, more in story:
            make_event(work.session, track, kind, on, **more)
        clock.project_track(work, track.id, because="the test began")


def set_aside(law: Law, day: date) -> Law:
    """Return the law with one more holiday."""
    new = Holiday("A new one", since=day.year, until=day.year, month=day.month, day=day.day)
    federal = law.almanac.federal
    federal = replace(federal, holidays=(*federal.holidays, new))
    return replace(law, almanac=replace(law.almanac, federal=federal), version=f"and {day}")


def moved(work: Work, act: Callable[[Work], None]) -> list[tuple[object, ...]]:
    found = preview(work, act)
    return sorted(
        (each.title, each.what, str(each.was), str(each.due), str(each.deadline_id))
        for each in found
    )


# A day within each story; the third is the last on which a summons can be served, which a doubt
# hides, the fourth falls while a clock stands, the fifth moves only another reading.
DAYS = [(2, 16), (4, 30), (8, 25), (9, 14), (10, 28), (11, 18), (12, 1)]


def test_by_its_span_a_holiday_finds_every_date_that_it_moves(desk: Desk) -> None:
    moves = 0
    for day in (date(2010, *each) for each in DAYS):
        span = relaw.Span(day, day)
        with replace(desk, law=set_aside(desk.law, day)).work() as work:
            everything = moved(work, relaw.recount_all)
            found = moved(
                work, lambda aside, at=span: relaw.recount(aside, at, because="it is new")
            )  # type: ignore[misc]
        assert found == everything, day
        moves += len(found)
    assert moves == 6


def test_a_few_at_a_time_come_to_the_same_dates_as_all_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with replace(desk, law=set_aside(desk.law, date(2010, 9, 14))).work() as work:
        at_once = moved(work, relaw.recount_all)
        monkeypatch.setattr(relaw, "AT_ONCE", 2)
        assert moved(work, relaw.recount_all) == at_once
        relaw.recount_all(work)
        assert relaw.would_move(work) == ()
    told = [each for each in said(desk) if each.facts.get("because") == "the law files changed"]
    assert sorted(each.facts["title"] for each in told) == [title for title, *_ in at_once]


def test_a_component_whose_parent_the_law_knows_shares_its_closures(desk: Desk) -> None:
    """The office's directory may name a component that no law file names."""
    with desk.work() as work:
        make_agency(work.session, "ogis-of-ice", parent_id="ice")
        request = work.session.exec(select(FoiaRequest)).one()
        track = make_track(work.session, request, "ogis-of-ice")
        make_event(work.session, track, EventKind.RECEIVED, date(2010, 9, 27))
        clock.project_track(work, track.id, because="the test began")
        ada = actor_of(work.session.exec(select(Person).where(Person.role == Role.STAFF)).one())
    with desk.work(ada) as work:
        closures.enter_closure(work, shut_agency("ice"))
        readings = current(work)[f"{track.id}:determination"].readings
    assert "2010-10-28" in [
        each["due"] for each in readings if "entered by this office" in each["name"]
    ]
