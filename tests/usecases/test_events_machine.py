"""Events typed in any order, corrected and taken back: the dates are those of a fresh start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine
from sqlmodel import col, select

from casemgr.db.tables import Deadline, Event, Matter, Track
from casemgr.desk import Desk
from casemgr.domain.words import CLOCK_EVENTS, EventKind, Outcome
from casemgr.errors import CasemgrError
from casemgr.usecases import clock, events
from casemgr.usecases.work import Work
from tests.makes import TODAY, actor_of, make_desk, make_request, make_track
from tests.usecases.moves import Office, event, make_office

KINDS = st.sampled_from([*sorted(CLOCK_EVENTS), EventKind.SENT, EventKind.CALL])
DAYS = st.dates(date(2010, 8, 2), TODAY)
TAKEN_BACK = events.Withdrawal(because="Logged by mistake.")
SHOWN = ("title", "due", "safe", "earliest", "latest", "certain", "done_on", "done_how")
Stands = dict[str, tuple[object, ...]]


@st.composite
def inputs(draw: st.DrawFn) -> events.EventInput:
    """Draw an event as somebody may type it."""
    kind, on = draw(KINDS), draw(DAYS)
    until = draw(st.none() | st.dates(on, TODAY))
    outcome = draw(st.sampled_from(Outcome)) if kind is EventKind.DETERMINATION else None
    return event(
        kind,
        on,
        until_on=until,
        certainty="about" if until else draw(st.sampled_from(["exact", "about"])),
        outcome=outcome,
        adverse=outcome is not None and outcome is not Outcome.GRANTED,
    )


def in_force(work: Work, track: Track) -> Stands:
    """Return a track's dates in force, by what they are for."""
    found = select(Deadline).where(
        Deadline.track_id == track.id, col(Deadline.superseded_on).is_(None)
    )
    return {
        row.key.removeprefix(track.id): (*(getattr(row, name) for name in SHOWN), row.proof_hash)
        for row in work.session.exec(found)
    }


def from_scratch(work: Work, track: Track, order: Random) -> Stands:
    """Return the dates of a new track with the same events, typed in another order."""
    found = select(Event).where(Event.track_id == track.id, col(Event.withdrawn_on).is_(None))
    same = list(work.session.exec(found))
    order.shuffle(same)
    matter = work.session.get_one(Matter, track.matter_id)
    fresh = make_track(work.session, make_request(work.session, matter))
    for each in same:
        copied = each.model_dump(exclude={"id", "track_id"})
        work.session.add(Event(track_id=fresh.id, **copied))
    clock.project_track(work, fresh.id, because="a fresh start")
    return in_force(work, fresh)


class EventsOfATrack(RuleBasedStateMachine):
    """What people do to the events of one track."""

    desk: Desk
    office: Office

    @initialize()
    def begin(self) -> None:
        with self.desk.work() as work:
            request = make_request(work.session, self.office.matter(work))
            self.track = make_track(work.session, request)
        self.logged: list[str] = []

    def _try(self, act: Callable[[Work], Event]) -> None:
        """Do what somebody asks; what is refused leaves nothing behind."""
        try:
            with self.desk.work(actor_of(self.office.cast.ada)) as work:
                done = act(work)
        except CasemgrError:
            return
        if done.id not in self.logged:
            self.logged.append(done.id)

    @rule(given=inputs())
    def log(self, given: events.EventInput) -> None:
        self._try(lambda work: events.log_event(work, self.track.id, given))

    @rule(given=inputs(), which=st.randoms(use_true_random=False))
    def change(self, given: events.EventInput, which: Random) -> None:
        if self.logged:
            event_id = which.choice(self.logged)
            self._try(lambda work: events.change_event(work, event_id, given))

    @rule(which=st.randoms(use_true_random=False))
    def withdraw(self, which: Random) -> None:
        if self.logged:
            event_id = which.choice(self.logged)
            self._try(lambda work: events.withdraw_event(work, event_id, TAKEN_BACK))

    @invariant()
    def dates_are_those_of_a_fresh_start(self) -> None:
        with self.desk.work() as work:
            found = in_force(work, self.track)
            savepoint = work.session.begin_nested()
            fresh = from_scratch(work.aside(), self.track, Random(len(self.logged)))
            savepoint.rollback()
        assert found == fresh


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return make_desk(engine, tmp_path)


def test_dates_follow_events_as_if_they_had_been_typed_in_at_once(
    desk: Desk, full_size: bool
) -> None:
    given: dict[str, Any] = {"desk": desk, "office": make_office(desk)}
    machine = type("EventsOfATrackHere", (EventsOfATrack,), given)
    runs, steps = (200, 50) if full_size else (6, 15)

    run_state_machine_as_test(
        machine, settings=settings(max_examples=runs, stateful_step_count=steps, deadline=None)
    )
