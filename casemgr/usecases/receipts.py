"""Two letters, two days of receipt: both stay, and a person says which one counts, and why."""

from __future__ import annotations

from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Event
from casemgr.domain.access import Right
from casemgr.domain.words import EventKind
from casemgr.errors import WrongMoment
from casemgr.fields import Input, Reason
from casemgr.usecases import clock, records
from casemgr.usecases.events import title
from casemgr.usecases.work import Work


class ReceiptChoice(Input):
    """Why this receipt counts and the others do not."""

    because: Reason


def choose_receipt(
    work: Work, event_id: str, given: ReceiptChoice, *, version: int | None = None
) -> Event:
    """Say which of several receipts counts; the others stay in the timeline, set aside."""
    event = doors.event(work.session, work.actor, event_id, Right.CONFIRM, work.today)
    records.not_overtaken(event, version)
    others = _others(work, event)
    for other in others:
        if other.chosen_on is not None:
            other.chosen_on, other.chosen_because, other.chosen_by = None, "", None
            records.keep(work, other)
    event.chosen_on, event.chosen_because = work.today, given.because
    event.chosen_by = work.actor.id
    records.keep(work, event)
    work.record("event.chosen", event, title=title(event), because=given.because)
    assert event.track_id is not None
    clock.project_track(work, event.track_id, because=f"{title(event)} was chosen")
    return event


def _others(work: Work, event: Event) -> list[Event]:
    """Return the other receipts on file; without one there is nothing to choose."""
    found = work.session.exec(
        select(Event).where(
            Event.track_id == event.track_id,
            Event.id != event.id,
            Event.kind == EventKind.RECEIVED,
            col(Event.known_on) <= work.today,
            col(Event.withdrawn_on).is_(None),
        )
    ).all()
    if event.kind is not EventKind.RECEIVED or event.withdrawn_on is not None or not found:
        raise WrongMoment(
            "Only one receipt by the right office is on file, so it counts. Log the other first."
        )
    return list(found)
