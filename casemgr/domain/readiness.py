"""What to look at before suing on a request whose time is up.

The time an agency has runs over a proper request only: one that "reasonably describes such records"
and follows the agency's published rules on where to send it and what it costs, 5 U.S.C.
§ 552(a)(3)(A). So three things are told apart: that it went to the right office, that it says
which records are meant, and that no question about fees or wording is open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from casemgr.domain.prose import long_day, with_capital
from casemgr.domain.words import Certainty, EventKind, Outcome

CITES = "5 U.S.C. § 552(a)(3)(A)"


class Happened(Protocol):
    """An event of a track, as far as it tells whether the request is a proper one."""

    @property
    def id(self) -> str: ...
    @property
    def answers_id(self) -> str | None: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def happened_on(self) -> date: ...
    @property
    def certainty(self) -> Certainty: ...
    @property
    def outcome(self) -> Outcome | None: ...


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to look at: whether the events on file show it, and by what."""

    says: str
    done: bool
    why: str


_HAVE_IT = {
    EventKind.RECEIVED_BY_DESIGNATED: "they got it",
    EventKind.RECEIVED: "the right office got it",
    EventKind.ACKNOWLEDGED: "they wrote that they have it",
    EventKind.DETERMINATION: "they decided it",
    EventKind.CHECKED: "somebody of the office checked it",
}
# What of theirs wants an answer, and what answers it.
ANSWERS: Mapping[EventKind, frozenset[EventKind]] = {
    EventKind.INFORMATION_REQUEST: frozenset(
        {EventKind.INFORMATION_REPLY_SENT, EventKind.INFORMATION_REPLY_RECEIVED}
    ),
    EventKind.FEE_QUESTION: frozenset({EventKind.FEE_REPLY_SENT, EventKind.FEE_REPLY_RECEIVED}),
    EventKind.STILL_INTERESTED: frozenset({EventKind.INTEREST_REPLY_SENT}),
}
_OPEN = {
    EventKind.INFORMATION_REQUEST: "what they asked us",
    EventKind.FEE_QUESTION: "what they asked about fees",
    EventKind.STILL_INTERESTED: "whether we still want it",
}


def ticks(events: Sequence[Happened]) -> tuple[Tick, Tick, Tick]:
    """Return the three things to look at, from what is on file of a track.

    What is not shown by an event is not done: a person looks, and says so with an event of theirs.
    """
    return _right_office(events), _described(events), _nothing_open(events)


def _right_office(events: Sequence[Happened]) -> Tick:
    says = "It went to the right office."
    shown = next((each for each in events if each.kind in _HAVE_IT), None)
    if shown is None:
        return Tick(says, False, "Nothing on file shows that they have it.")
    surely = shown.certainty is Certainty.EXACT
    when = f"on {long_day(shown.happened_on)}" if surely else "on a day we do not know exactly"
    return Tick(says, True, f"{with_capital(_HAVE_IT[shown.kind])} {when}.")


def _described(events: Sequence[Happened]) -> Tick:
    says = "It says clearly which records are meant."
    asked = _last(events, EventKind.INFORMATION_REQUEST)
    turned_away = [each for each in events if each.outcome is Outcome.IMPROPER]
    doubts = [each.happened_on for each in (*([asked] if asked else ()), *turned_away)]
    checked = _last(events, EventKind.CHECKED)
    if checked is not None and all(checked.happened_on >= each for each in doubts):
        return Tick(says, True, f"Checked on {long_day(checked.happened_on)}.")
    if turned_away:
        return Tick(says, False, "They turned it away as improper. Read it again with that letter.")
    if asked is not None:
        day = long_day(asked.happened_on)
        return Tick(says, False, f"They asked about it on {day}. Read it again with our answer.")
    decided = _last(events, EventKind.DETERMINATION)
    if decided is not None:
        return Tick(says, True, f"They decided it on {long_day(decided.happened_on)} as it stands.")
    return Tick(says, False, "Nobody has checked. Read it as a stranger would.")


def _nothing_open(events: Sequence[Happened]) -> Tick:
    says = "No question about fees or wording is open."
    for kind, answers in ANSWERS.items():
        replies = [each for each in events if each.kind in answers]
        asked = [each for each in events if each.kind is kind]
        left = [each for each in asked if not any(_answers(one, each) for one in replies)]
        if left:
            day = long_day(max(each.happened_on for each in left))
            return Tick(says, False, f"Not answered: {_OPEN[kind]} on {day}.")
    return Tick(says, True, "None is on file that we have not answered.")


def _answers(reply: Happened, asked: Happened) -> bool:
    """Say whether a reply answers a letter: the one it names, else every one before it."""
    if reply.answers_id is not None:
        return reply.answers_id == asked.id
    return reply.happened_on >= asked.happened_on


def _last(events: Sequence[Happened], kind: EventKind) -> Happened | None:
    found = [each for each in events if each.kind is kind]
    return max(found, key=lambda each: each.happened_on) if found else None
