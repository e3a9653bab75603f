"""What a program outside can be told of: kinds of happenings, and where each is read.

A happening is a line of the history. Its tag says what it was; nothing else of the line leaves the
office but the codes of what it is about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from casemgr.domain.words import Outcome


class Happening(StrEnum):
    """What can happen, as a program is told of it."""

    DATE_MADE = "date.made"
    DATE_MOVED = "date.moved"
    DATE_CANCELLED = "date.cancelled"
    DATE_DONE = "date.done"
    REFUSED = "agency.refused"
    EVENT_LOGGED = "event.logged"
    REMINDER_SENT = "reminder.sent"
    REMINDER_UNANSWERED = "reminder.unanswered"
    REMINDER_FAILED = "reminder.failed"
    TEST = "test"  # asked for by a person, of no matter


CHOICES: Mapping[Happening, str] = {
    Happening.DATE_MADE: "A new date or hearing",
    Happening.DATE_MOVED: "A date or hearing that moved",
    Happening.DATE_CANCELLED: "A date or hearing that fell away",
    Happening.DATE_DONE: "A date that was done",
    Happening.REFUSED: "An agency refused, in whole or in part",
    Happening.EVENT_LOGGED: "Anything else that was logged on a request",
    Happening.REMINDER_SENT: "A reminder that went out",
    Happening.REMINDER_UNANSWERED: "A reminder nobody answered, so that the next person was told",
    Happening.REMINDER_FAILED: "A reminder that reached nobody",
}
OF_TAG: Mapping[str, Happening] = {
    "deadline.made": Happening.DATE_MADE,
    "hearing.recorded": Happening.DATE_MADE,
    "deadline.moved": Happening.DATE_MOVED,
    "deadline.overridden": Happening.DATE_MOVED,
    "hearing.moved": Happening.DATE_MOVED,
    "deadline.withdrawn": Happening.DATE_CANCELLED,
    "hearing.cancelled": Happening.DATE_CANCELLED,
    "deadline.done": Happening.DATE_DONE,
    "event.logged": Happening.EVENT_LOGGED,
    "reminder.sent": Happening.REMINDER_SENT,
    "reminder.escalated": Happening.REMINDER_UNANSWERED,
    "reminder.failed": Happening.REMINDER_FAILED,
}
REFUSALS = frozenset(Outcome) - {Outcome.GRANTED}
# Where a thing is seen by people and by programs, by the name of its table.
PAGES: Mapping[str, str] = {"deadline": "deadlines", "event": "events", "hearing": "hearings"}
NOUNS: Mapping[str, str] = {**PAGES, "reminder": "reminders"}


def tags_of(chosen: Collection[str]) -> tuple[str, ...]:
    """Return the tags of the history that mean one of these happenings.

    >>> tags_of([Happening.REFUSED])
    ('event.logged',)
    """
    wanted = set(chosen)
    if Happening.REFUSED in wanted:
        wanted.add(Happening.EVENT_LOGGED)
    return tuple(tag for tag, happening in OF_TAG.items() if happening in wanted)


def happening_of(tag: str, *, refused: bool = False) -> Happening:
    """Return what a line of the history was; `refused` where its event is an agency's no."""
    return Happening.REFUSED if refused and tag == "event.logged" else OF_TAG[tag]


def told(
    happening: Happening,
    at: str,
    site: str,
    *,
    matter_id: str | None = None,
    kind: str = "",
    subject_id: str = "",
) -> dict[str, object]:
    """Return the body a program is given: codes and addresses, and no word of the matter.

    `type`, `timestamp` and `data` are those of Standard Webhooks 1.0.0, "Payload structure".

    >>> told(Happening.DATE_MADE, "2010-10-29T16:00:00Z", "https://office", matter_id="M-1",
    ...      kind="deadline", subject_id="D-1")["data"]["page"]
    'https://office/deadlines/D-1'
    """
    data: dict[str, object] = {"office": site}
    if matter_id:
        page = f"{PAGES[kind]}/{subject_id}" if kind in PAGES else f"matters/{matter_id}"
        data |= {"matter_id": matter_id, "page": f"{site}/{page}"}
    if subject_id:
        data |= {"kind": kind, "id": subject_id}
    if kind in NOUNS:
        data["api"] = f"{site}/api/v1/{NOUNS[kind]}/{subject_id}"
    return {"type": happening.value, "timestamp": at, "data": data}
