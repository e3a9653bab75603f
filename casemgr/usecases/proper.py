"""A proper request: somebody of the office reads it before a suit is thought of, and says so."""

from __future__ import annotations

from casemgr.db.tables import Event
from casemgr.domain.words import EventKind
from casemgr.fields import Input, Note
from casemgr.usecases import events
from casemgr.usecases.events import EventInput
from casemgr.usecases.work import Work

CHECKED = "It went to the right office and says clearly which records are meant."


class ProperInput(Input):
    """What was looked at, where there is more to say than that it is in order."""

    says: Note = ""


def check_request(work: Work, track_id: str, given: ProperInput) -> Event:
    """Say that one has read a request and where it went, and that both are in order.

    Staff and attorneys on the matter; the check is an event of the track, and a question of the
    agency about the wording that comes later asks for another.
    """
    says = f"{CHECKED} {given.says}".strip()
    found = EventInput(kind=EventKind.CHECKED, happened_on=work.today, says=says)
    return events.log_event(work, track_id, found)
