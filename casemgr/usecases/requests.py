"""Requests: log the letter, what it asks for, who asks, and where copies went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Agency,
    Event,
    FoiaRequest,
    Organisation,
    Recipient,
    Requester,
    RequestItem,
    Track,
)
from casemgr.domain.access import Right
from casemgr.domain.words import Certainty, FeeCategory, SendMethod
from casemgr.errors import Malformed
from casemgr.fields import Cents, Code, Day, Input, Name, Printable, ShortText
from casemgr.usecases import clock, records, tracks
from casemgr.usecases.events import RECEIPTS
from casemgr.usecases.litigation import DirectoryId
from casemgr.usecases.matters import Reference
from casemgr.usecases.records import Checks, said
from casemgr.usecases.work import Work

Says = Annotated[str, Field(min_length=1, max_length=8000), Printable]
Because = Annotated[str, Field(max_length=8000), Printable]


class RequestInput(Input):
    """One letter asking for records: its date, its range, how fees and speed were argued."""

    title: Name
    reference: Reference = ""
    summary: Annotated[str, Field(max_length=4000), Printable] = ""
    requested_on: Day | None = None
    requested_until: Day | None = None
    certainty: Certainty = Certainty.EXACT
    records_from: Day | None = None
    records_until: Day | None = None
    fee_category: FeeCategory = FeeCategory.OTHER
    fee_limit_cents: Cents | None = None
    fee_waiver_because: Because = ""
    expedition_because: Because = ""
    source: ShortText = ""


class NewRequest(RequestInput):
    """A new request, with its items, requesters and the components it goes to."""

    items: Annotated[list[Says], Field(max_length=100)] = []
    requester_ids: Annotated[list[Code], Field(max_length=50)] = []
    agency_ids: Annotated[list[DirectoryId], Field(max_length=50)] = []


class ItemInput(Input):
    """One numbered item of a request."""

    says: Says


class RequesterInput(Input):
    """An organisation that asks."""

    organisation_id: Code


class RecipientInput(Input):
    """Where a copy of the letter was delivered."""

    agency_id: DirectoryId
    track_id: Code | None = None
    addressed_to: ShortText = ""
    method: SendMethod = SendMethod.UNKNOWN
    sent_on: Day | None = None
    certainty: Certainty = Certainty.EXACT
    proof: ShortText = ""
    note: Annotated[str, Field(max_length=1000), Printable] = ""
    source: ShortText = ""


def log_request(work: Work, matter_id: str, given: NewRequest) -> FoiaRequest:
    """Log a request with its items, requesters and one track for each component."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check_new(work, given)
    facts = given.model_dump(exclude={"items", "requester_ids", "agency_ids"})
    foia = FoiaRequest(matter_id=matter.id, known_on=work.today, **facts)
    records.keep(work, foia)
    work.record("request.logged", foia, title=foia.title)
    for position, says in enumerate(given.items, start=1):
        records.keep(work, RequestItem(request_id=foia.id, position=position, says=says))
    for position, each in enumerate(given.requester_ids, start=1):
        asks = Requester(request_id=foia.id, organisation_id=each, position=position)
        records.keep(work, asks)
    for agency_id in given.agency_ids:
        tracks.add_track(work, foia.id, tracks.TrackInput(agency_id=agency_id))
    return foia


def change_request(
    work: Work, request_id: str, given: RequestInput, *, version: int | None = None
) -> FoiaRequest:
    """Correct a request; its date chooses the law, so every track is counted again."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    records.not_overtaken(foia, version)
    checks = Checks(work)
    _before_receipt(checks, foia.id, given)
    _check(checks, given)
    if records.change(work, foia, given, "request.changed"):
        for track_id in _tracks(work, foia.id):
            clock.project_track(work, track_id, because="the request was corrected")
    return foia


def _before_receipt(checks: Checks, request_id: str, given: RequestInput) -> None:
    received = checks.work.session.execute(
        sa.select(sa.func.min(sa.func.coalesce(col(Event.until_on), col(Event.happened_on))))
        .join(Track, col(Track.id) == col(Event.track_id))
        .where(
            col(Track.request_id) == request_id,
            col(Event.kind).in_(RECEIPTS),
            col(Event.known_on) <= checks.work.today,
            col(Event.withdrawn_on).is_(None),
        )
    ).scalar_one()
    if received is not None and given.requested_on is not None and given.requested_on > received:
        checks.wrong(
            "requested_on",
            f"A component had this request by {said(received)}; its letter cannot be dated later. "
            "Check both days.",
        )


def add_item(work: Work, request_id: str, given: ItemInput) -> RequestItem:
    """Add an item to a request, after those it has."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    last = work.session.execute(
        sa.select(sa.func.max(col(RequestItem.position))).where(
            col(RequestItem.request_id) == foia.id
        )
    ).scalar_one()
    item = RequestItem(request_id=foia.id, position=int(last or 0) + 1, says=given.says)
    records.keep(work, item)
    work.record("request.changed", foia, changes=f"items to include number {item.position}")
    return item


def change_item(work: Work, item_id: str, given: ItemInput) -> RequestItem:
    """Correct the words of an item."""
    item = doors.open_door(work.session, work.actor, RequestItem, item_id, Right.LOG, work.today)
    foia = doors.foia_request(work.session, work.actor, item.request_id, Right.LOG, work.today)
    records.change(work, item, given, "request.changed", about=foia)
    return item


def add_requester(work: Work, request_id: str, given: RequesterInput) -> Requester:
    """Add an organisation that asks."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    checks = Checks(work)
    checks.in_directory("organisation_id", Organisation, given.organisation_id)
    checks.done()
    asking = work.session.exec(select(Requester).where(Requester.request_id == foia.id)).all()
    if given.organisation_id in {each.organisation_id for each in asking}:
        raise Malformed({"organisation_id": "This organisation asks already. Choose another."})
    row = Requester(
        request_id=foia.id, organisation_id=given.organisation_id, position=len(asking) + 1
    )
    records.keep(work, row)
    work.record("request.changed", foia, changes="requesters to include one more")
    return row


def add_recipient(work: Work, request_id: str, given: RecipientInput) -> Recipient:
    """Record where a copy of the letter was delivered; that alone starts no clock."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    _check_recipient(work, foia.id, given)
    row = Recipient(request_id=foia.id, known_on=work.today, **given.model_dump())
    records.keep(work, row)
    work.record("request.changed", foia, changes="recipients to include one more")
    return row


def change_recipient(work: Work, recipient_id: str, given: RecipientInput) -> Recipient:
    """Correct where a copy was delivered, how and when."""
    row = doors.open_door(work.session, work.actor, Recipient, recipient_id, Right.LOG, work.today)
    foia = doors.foia_request(work.session, work.actor, row.request_id, Right.LOG, work.today)
    _check_recipient(work, foia.id, given)
    records.change(work, row, given, about=foia)
    return row


def _check_recipient(work: Work, request_id: str, given: RecipientInput) -> None:
    checks = Checks(work)
    checks.in_directory("agency_id", Agency, given.agency_id)
    checks.past(sent_on=given.sent_on)
    checks.done()
    _of_request(work, given.track_id, request_id)


def _of_request(work: Work, track_id: str | None, request_id: str) -> None:
    if track_id is None:
        return
    track = work.session.get(Track, track_id)
    if track is None or track.request_id != request_id or track.known_on > work.today:
        raise Malformed({"track_id": "There is no such track of this request. Choose one of its."})


def _tracks(work: Work, request_id: str) -> Sequence[str]:
    return work.session.exec(
        select(Track.id).where(Track.request_id == request_id, Track.known_on <= work.today)
    ).all()


def _check_new(work: Work, given: NewRequest) -> None:
    checks = Checks(work)
    checks.in_directory("requester_ids", Organisation, given.requester_ids)
    checks.in_directory("agency_ids", Agency, given.agency_ids)
    for name, ids in (("requester_ids", given.requester_ids), ("agency_ids", given.agency_ids)):
        if len(set(ids)) < len(ids):
            checks.wrong(name, "The same one is named twice. Name each once.")
    _check(checks, given)


def _check(checks: Checks, given: RequestInput) -> None:
    checks.past(requested_on=given.requested_on, requested_until=given.requested_until)
    checks.in_order(given.requested_on, given.requested_until, "requested_until")
    checks.in_order(given.records_from, given.records_until, "records_until")
    if given.requested_until is not None and given.requested_on is None:
        checks.wrong("requested_on", "Give the first day of the span too.")
    if given.requested_until is not None and given.certainty is Certainty.EXACT:
        checks.wrong(
            "certainty",
            "Between two days is not exact. Choose about, or leave the second day out.",
        )
    checks.done()
