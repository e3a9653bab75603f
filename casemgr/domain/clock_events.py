"""What may happen to a request at one component, in the order in which it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.errors import LawError

# On one day: receipt, question, reply, extension, determination, appeal, suit.
KINDS: tuple[str, ...] = (
    "received_by_designated",
    "received",
    "expedition_requested",
    "information_request",
    "fee_question",
    "information_reply_received",
    "fee_reply_received",
    "extension_notice",
    "expedition_decided",
    "determination",
    "appeal_sent",
    "appeal_received",
    "appeal_determination",
    "suit_filed",
    "withdrawn",
    "closed",
)
OUTCOMES: tuple[str, ...] = ("granted", "partial", "denied", "no_records", "glomar", "improper")
_PLACE = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Something that happened on a day, or between `on` and `until_on`.

    `outcome` and `adverse` belong to determinations; `until` is the day an extension notice
    names; `id` is whatever the caller wants to see again.
    """

    kind: str
    on: date
    until_on: date | None = None
    outcome: str | None = None
    adverse: bool | None = None
    until: date | None = None
    id: str | int | None = None

    @property
    def latest(self) -> date:
        """The last day on which it can have happened."""
        return self.until_on or self.on

    @property
    def is_adverse(self) -> bool:
        """Whether the requester has something to appeal: said so, or anything but a full grant."""
        return self.adverse if self.adverse is not None else self.outcome != "granted"


def known_events(events: Sequence[ClockEvent], requested_on: date, as_of: date) -> list[ClockEvent]:
    """Return the events known on `as_of`, in order of time whatever the order of typing.

    Refuses an unknown kind or outcome, a range upside down, an event before the request, and a
    determination before receipt.
    """
    for event in events:
        _check(event, requested_on)
    known = sorted((event for event in events if event.on <= as_of), key=_order)
    _check_sequence(known, ("received_by_designated", "received"), "determination")
    _check_sequence(known, ("appeal_sent",), "appeal_received")
    _check_sequence(known, ("appeal_sent", "appeal_received"), "appeal_determination")
    return known


def _order(event: ClockEvent) -> tuple[date, int, date, str]:
    rest = (event.outcome, event.adverse, event.until, event.id)
    return event.on, _PLACE[event.kind], event.latest, repr(rest)


def _check(event: ClockEvent, requested_on: date) -> None:
    if event.kind not in _PLACE:
        raise LawError(f"There is no event {event.kind!r}: it is one of {', '.join(KINDS)}.")
    if event.outcome is not None and event.outcome not in OUTCOMES:
        raise LawError(
            f"There is no outcome {event.outcome!r}: it is one of {', '.join(OUTCOMES)}."
        )
    if event.until_on is not None and event.until_on < event.on:
        raise LawError(
            f"{_named(event)} lies between {event.on.isoformat()} and "
            f"{event.until_on.isoformat()}, which is upside down: write the earlier day first."
        )
    if event.latest < requested_on:
        raise LawError(
            f"{_named(event)} is of {event.on.isoformat()}, before the request of "
            f"{requested_on.isoformat()}. Correct one of the two days."
        )


def _check_sequence(known: Sequence[ClockEvent], before: tuple[str, ...], after: str) -> None:
    """Refuse an event that cannot come before the first of those it follows from."""
    firsts = [event for event in known if event.kind in before]
    later = [event for event in known if event.kind == after]
    if not firsts or not later:
        return
    first = min(firsts, key=lambda event: event.on)
    for event in later:
        if event.latest < first.on:
            raise LawError(
                f"{_named(event)} is of {event.on.isoformat()}, before {_named(first)[4:]} of "
                f"{first.on.isoformat()}. Correct one of the two days."
            )


def _named(event: ClockEvent) -> str:
    return f"The event '{event.kind.replace('_', ' ')}'"
