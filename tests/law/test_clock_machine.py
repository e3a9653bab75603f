"""The clock against a second one that lives through every day, over events in any order."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from casemgr.domain.clock import Clock
from casemgr.domain.clock_events import ClockEvent
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.law.reader import the_law
from tests.law.clock_model import ORDER, Model, Told

# agency, day of the request, and the model's window: length, working days?, must be sent?
WORLDS = (
    ("doj", date(2019, 11, 18), (90, False, True)),
    ("dhs", date(2018, 12, 3), (90, True, True)),
    ("ice", date(2010, 2, 1), (60, False, False)),
    ("fbi", date(2005, 6, 1), (60, False, False)),
)
ONCE = {
    "received_by_designated", "received", "determination", "appeal_sent", "appeal_received",
    "appeal_determination", "suit_filed", "extension_notice", "withdrawn", "closed",
}  # fmt: skip
RECEIPTS = ("received", "received_by_designated")
APPEALS = ("appeal_sent", "appeal_received")
SHOWN = (
    "state", "due", "may_sue", "may_sue_since", "sue_basis", "lost_on", "agency_appeal_due",
)  # fmt: skip


class Track(RuleBasedStateMachine):
    """Somebody types events of one component in any order, takes some back, and looks."""

    @initialize(world=st.sampled_from(WORLDS))
    def begin(self, world: tuple[str, date, tuple[int, bool, bool]]) -> None:
        self.agency, self.requested_on, self.window = world
        self.as_of = self.requested_on + timedelta(days=40)
        self.events: list[Told] = []

    @rule(
        kind=st.sampled_from(ORDER),
        early=st.integers(0, 30),
        spread=st.integers(0, 8),
        adverse=st.sampled_from((True, True, True, False)),
    )
    def type_event(self, kind: str, early: int, spread: int, adverse: bool) -> None:
        # Mostly in a likely order, so that long stories come about; any order is possible.
        after = early + spread * ORDER.index(kind)
        if kind in ONCE and any(one.kind == kind for one in self.events):
            return
        self.events.append(Told(kind, self.requested_on + timedelta(days=after), adverse))

    @precondition(lambda self: getattr(self, "events", None))
    @rule(place=st.integers(0, 20))
    def take_back(self, place: int) -> None:
        self.events.pop(place % len(self.events))

    @rule(after=st.integers(0, 300))
    def look_on_another_day(self, after: int) -> None:
        self.as_of = self.requested_on + timedelta(days=after)

    @invariant()
    def both_clocks_agree(self) -> None:
        if not hasattr(self, "events"):
            return
        found = self.clock(self.events)
        if isinstance(found, str):
            assert self.impossible(), found
            return
        model = Model(
            self.requested_on, self.as_of, self.window,
            modern=self.requested_on >= date(2008, 12, 31),
        ).live(self.events)  # fmt: skip
        assert {key: getattr(found, key) for key in SHOWN} == model.told(), found.steps

    @invariant()
    def order_of_typing_does_not_matter(self) -> None:
        if hasattr(self, "events"):
            shuffled = random.Random(len(self.events)).sample(self.events, len(self.events))
            assert self.clock(shuffled) == self.clock(self.events)

    def clock(self, events: list[Told]) -> Clock | str:
        """The real clock, or the sentence with which it refuses."""
        told = [ClockEvent(one.kind, one.on, adverse=one.adverse) for one in events]
        try:
            return engine.clock(
                the_law(), agency=self.agency, requested_on=self.requested_on,
                as_of=self.as_of, events=told,
            )  # fmt: skip
        except LawError as error:
            return str(error)

    def impossible(self) -> bool:
        """Whether what is known lies in an order that cannot be."""
        first = {
            one.kind: one.on for one in sorted(self._known(), key=lambda one: -one.on.toordinal())
        }
        receipt = min((first[kind] for kind in RECEIPTS if kind in first), default=None)
        appeal = min((first[kind] for kind in APPEALS if kind in first), default=None)
        pairs = [
            (receipt, first.get("determination")),
            (first.get("appeal_sent"), first.get("appeal_received")),
            (appeal, first.get("appeal_determination")),
        ]
        return any(before and after and after < before for before, after in pairs)

    def _known(self) -> list[Told]:
        return [one for one in self.events if one.on <= self.as_of]


def test_the_clock_agrees_with_a_calendar_on_the_wall() -> None:
    run_state_machine_as_test(
        Track, settings=settings(max_examples=60, stateful_step_count=25, deadline=None)
    )


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_the_clock_agrees_with_a_calendar_on_the_wall_for_long() -> None:
    run_state_machine_as_test(
        Track, settings=settings(max_examples=2000, stateful_step_count=50, deadline=None)
    )
