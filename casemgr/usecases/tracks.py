"""Tracks: a component a request goes to, the numbers it gave, and appeals to it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlmodel import select

from casemgr.db import doors
from casemgr.db.tables import Agency, Appeal, FoiaRequest, Track, TrackingNumber
from casemgr.domain.access import Right
from casemgr.domain.words import Outcome
from casemgr.errors import Malformed
from casemgr.fields import Code, Input, Printable, ShortText, TrackingNumberText
from casemgr.usecases import clock, records
from casemgr.usecases.litigation import DirectoryId
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


class TrackInput(Input):
    """A component that handles a request; `parent_id` is the track it was referred from."""

    agency_id: DirectoryId
    parent_id: Code | None = None
    source: ShortText = ""


class TrackingNumberInput(Input):
    """A number an agency gave, and for what."""

    number: TrackingNumberText
    given_for: Annotated[str, Field(min_length=1, max_length=60), Printable] = "request"
    source: ShortText = ""


class AppealInput(Input):
    """An administrative appeal: on what grounds, and how it ended."""

    grounds: Annotated[str, Field(max_length=4000), Printable] = ""
    outcome: Outcome | None = None
    source: ShortText = ""


def add_track(work: Work, request_id: str, given: TrackInput) -> Track:
    """Add a component to a request: it has a clock of its own."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    agency = _check(work, foia, given, None)
    track = Track(
        matter_id=foia.matter_id, request_id=foia.id, known_on=work.today, **given.model_dump()
    )
    records.keep(work, track)
    work.record("track.added", track, title=agency.name)
    clock.project_track(work, track.id, because=f"{agency.name} was added")
    return track


def change_track(
    work: Work, track_id: str, given: TrackInput, *, version: int | None = None
) -> Track:
    """Correct which component a track is of, or where it was referred from; it is counted again."""
    track = doors.track(work.session, work.actor, track_id, Right.LOG, work.today)
    records.not_overtaken(track, version)
    foia = doors.foia_request(work.session, work.actor, track.request_id, Right.LOG, work.today)
    _check(work, foia, given, track)
    if records.change(work, track, given):
        clock.project_track(work, track.id, because="the component was corrected")
    return track


def _check(work: Work, foia: FoiaRequest, given: TrackInput, track: Track | None) -> Agency:
    checks = Checks(work)
    checks.in_directory("agency_id", Agency, given.agency_id)
    checks.of_matter("parent_id", Track, given.parent_id, foia.matter_id)
    checks.done()
    agency = work.session.get_one(Agency, given.agency_id)
    same = work.session.exec(
        select(Track.id).where(
            Track.request_id == foia.id,
            Track.agency_id == given.agency_id,
            Track.parent_id == given.parent_id,
        )
    ).first()
    if same is not None and (track is None or same != track.id):
        checks.wrong("agency_id", f"{agency.name} has a track of this request already. Use that.")
    if track is not None and given.parent_id is not None and _below(work, track, given.parent_id):
        checks.wrong("parent_id", "A track cannot be referred from itself or from one of its own.")
    checks.done()
    return agency


def _below(work: Work, track: Track, parent_id: str) -> bool:
    seen: set[str] = set()
    each: str | None = parent_id
    while each is not None and each not in seen:
        if each == track.id:
            return True
        seen.add(each)
        each = work.session.get_one(Track, each).parent_id
    return False


def add_tracking_number(work: Work, track_id: str, given: TrackingNumberInput) -> TrackingNumber:
    """Add a number an agency gave, for its request or for its appeal."""
    track = doors.track(work.session, work.actor, track_id, Right.LOG, work.today)
    _check_number(work, track.id, given.number, None)
    row = TrackingNumber(track_id=track.id, known_on=work.today, **given.model_dump())
    records.keep(work, row)
    work.record("tracking_number.added", track, title=row.number)
    return row


def change_tracking_number(
    work: Work, number_id: str, given: TrackingNumberInput
) -> TrackingNumber:
    """Correct a number an agency gave."""
    row = doors.open_door(
        work.session, work.actor, TrackingNumber, number_id, Right.LOG, work.today
    )
    track = doors.track(work.session, work.actor, row.track_id, Right.LOG, work.today)
    _check_number(work, track.id, given.number, row)
    records.change(work, row, given, about=track)
    return row


def _check_number(work: Work, track_id: str, number: str, row: TrackingNumber | None) -> None:
    taken = work.session.exec(
        select(TrackingNumber.id).where(
            TrackingNumber.track_id == track_id, TrackingNumber.number == number
        )
    ).first()
    if taken is not None and (row is None or taken != row.id):
        raise Malformed({"number": f"{number} is on this track already."})


def log_appeal(work: Work, track_id: str, given: AppealInput) -> Appeal:
    """Log an administrative appeal; its days are events that name it."""
    track = doors.track(work.session, work.actor, track_id, Right.LOG, work.today)
    appeal = Appeal(
        matter_id=track.matter_id, track_id=track.id, known_on=work.today, **given.model_dump()
    )
    records.keep(work, appeal)
    agency = work.session.get_one(Agency, track.agency_id)
    work.record("appeal.logged", appeal, title=f"to {agency.name}")
    return appeal


def change_appeal(
    work: Work, appeal_id: str, given: AppealInput, *, version: int | None = None
) -> Appeal:
    """Correct an appeal's grounds, or note how it ended."""
    appeal = doors.open_door(work.session, work.actor, Appeal, appeal_id, Right.LOG, work.today)
    records.not_overtaken(appeal, version)
    records.change(work, appeal, given)
    return appeal
