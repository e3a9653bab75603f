"""Requests: log the letter, what it asks for, who asks, and where copies went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Agency,
    Document,
    Event,
    FoiaRequest,
    Organisation,
    Recipient,
    Requester,
    RequestItem,
    Track,
)
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import Certainty, EventKind, FeeCategory, SendMethod
from casemgr.errors import Malformed
from casemgr.fields import Cents, Code, Day, Input, Name, Printable, ShortText
from casemgr.usecases import clock, events, owners, people, records
from casemgr.usecases.events import RECEIPTS
from casemgr.usecases.litigation import DirectoryId
from casemgr.usecases.matters import Reference
from casemgr.usecases.owners import OwnerInput
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Says = Annotated[str, Field(min_length=1, max_length=8000), Printable]
Because = Annotated[str, Field(max_length=8000), Printable]


class RequestInput(Input):
    """One letter asking for records: its date, its range, how fees and speed were argued.

    `owner_id` is who is responsible for it; left out, it stays whose it is.
    """

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
    owner_id: Code | None = None
    source: ShortText = ""


class Sending(Input):
    """A component the letter was sent to: when, how, and what proves it."""

    agency_id: DirectoryId
    sent_on: Day | None = None
    certainty: Certainty = Certainty.EXACT
    method: SendMethod = SendMethod.UNKNOWN
    addressed_to: ShortText = ""
    proof: ShortText = ""
    note: Annotated[str, Field(max_length=1000), Printable] = ""


MOST_OFFICES = 100


class NewRequest(RequestInput):
    """A new request, with its items, requesters and the components it goes to.

    `sendings` are the components the letter is out to, `agency_ids` those it is still to go to.
    `asks_fee_waiver` and `asks_expedition` say that the letter that was sent asks for these;
    `document_id` is that letter, where it is on file.
    """

    items: Annotated[list[Says], Field(max_length=100)] = []
    requester_ids: Annotated[list[Code], Field(max_length=50)] = []
    agency_ids: Annotated[list[DirectoryId], Field(max_length=MOST_OFFICES)] = []
    sendings: Annotated[list[Sending], Field(max_length=MOST_OFFICES)] = []
    asks_fee_waiver: bool = False
    asks_expedition: bool = False
    document_id: Code | None = None


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


def is_sent(work: Work, request_id: str) -> bool:
    """Say whether the letter of a request is out to one of its components at least."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.READ, work.today)
    asked = (
        sa.select(col(Event.id))
        .join(Track, col(Track.id) == col(Event.track_id))
        .where(
            col(Track.request_id) == foia.id,
            col(Event.kind) == EventKind.SENT,
            col(Event.known_on) <= work.today,
            col(Event.withdrawn_on).is_(None),
        )
        .limit(1)
    )
    return work.session.scalar(asked) is not None


# What a new request says beyond the columns of its own row.
_BESIDES = {
    "items", "requester_ids", "agency_ids", "sendings", "asks_fee_waiver", "asks_expedition",
    "document_id", "owner_id",
}  # fmt: skip
AS_SENT = "Asked in the letter that was sent."  # where its reasons were not typed again


def log_request(work: Work, matter_id: str, given: NewRequest) -> FoiaRequest:
    """Log a request with its items, requesters, one track for each component, and its sending."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check_new(work, matter.id, given)
    foia = FoiaRequest(matter_id=matter.id, known_on=work.today, **_facts(given))
    foia.owner_id = given.owner_id or owners.who_begins(work, matter.id)
    records.keep(work, foia)
    work.record("request.logged", foia, title=foia.title)
    for position, says in enumerate(given.items, start=1):
        records.keep(work, RequestItem(request_id=foia.id, position=position, says=says))
    for position, each in enumerate(given.requester_ids, start=1):
        asks = Requester(request_id=foia.id, organisation_id=each, position=position)
        records.keep(work, asks)
    made = [_begin_track(work, foia, each) for each in given.agency_ids]
    made += [_sent_to(work, foia, each, given) for each in given.sendings]
    if made:
        clock.project_tracks(work, made, because="the request was logged")
    return foia


def _facts(given: NewRequest) -> dict[str, Any]:
    facts = given.model_dump(exclude=_BESIDES)
    if given.asks_fee_waiver:
        facts["fee_waiver_because"] = given.fee_waiver_because or AS_SENT
    if given.asks_expedition:
        facts["expedition_because"] = given.expedition_because or AS_SENT
    return facts


def _begin_track(work: Work, foia: FoiaRequest, agency_id: str) -> str:
    track = Track(
        matter_id=foia.matter_id,
        request_id=foia.id,
        agency_id=agency_id,
        known_on=work.today,
        source=foia.source,
    )
    records.keep(work, track)
    work.record("track.added", track, title=work.session.get_one(Agency, agency_id).name)
    return track.id


def _sent_to(work: Work, foia: FoiaRequest, sending: Sending, given: NewRequest) -> str:
    """Note to whom the letter went, and on that component's track what happened by it."""
    track_id = _begin_track(work, foia, sending.agency_id)
    facts = sending.model_dump()
    copy = Recipient(request_id=foia.id, track_id=track_id, known_on=work.today, **facts)
    copy.source = foia.source
    records.keep(work, copy)
    if sending.sent_on is None:
        return track_id
    for kind in _happened_by(given):
        event = Event(
            matter_id=foia.matter_id,
            track_id=track_id,
            kind=kind,
            happened_on=sending.sent_on,
            certainty=sending.certainty,
            document_id=given.document_id,
            source=foia.source,
            known_on=work.today,
            recorded_by=work.actor.id,
        )
        records.keep(work, event)
        work.record("event.logged", event, title=events.title(event))
    return track_id


def _happened_by(given: NewRequest) -> list[EventKind]:
    kinds = [EventKind.SENT]
    kinds += [EventKind.FEE_WAIVER_REQUESTED] if given.asks_fee_waiver else []
    return kinds + ([EventKind.EXPEDITION_REQUESTED] if given.asks_expedition else [])


def change_request(
    work: Work, request_id: str, given: RequestInput, *, version: int | None = None
) -> FoiaRequest:
    """Correct a request; its date chooses the law, so every track is counted again."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    records.not_overtaken(foia, version)
    checks = Checks(work)
    _before_receipt(checks, foia.id, given)
    _check(checks, given)
    if given.owner_id not in {None, foia.owner_id}:
        owners.give(work, foia, OwnerInput(owner_id=given.owner_id))
    facts = {name: getattr(given, name) for name in RequestInput.model_fields if name != "owner_id"}
    if records.assign(work, foia, facts, "request.changed"):
        for track_id in _tracks(work, foia.id):
            clock.project_track(work, track_id, because="the request was corrected")
    return foia


def give_request(
    work: Work, request_id: str, given: OwnerInput, *, version: int | None = None
) -> FoiaRequest:
    """Make somebody on the matter responsible for a request."""
    foia = doors.foia_request(work.session, work.actor, request_id, Right.LOG, work.today)
    records.not_overtaken(foia, version)
    return owners.give(work, foia, given)


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
            f"A component had this request by {long_day(received)}; its letter cannot be dated "
            "later. Check both days.",
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


def _check_new(work: Work, matter_id: str, given: NewRequest) -> None:
    checks = Checks(work)
    checks.in_directory("requester_ids", Organisation, given.requester_ids)
    checks.in_directory("agency_ids", Agency, given.agency_ids)
    checks.of_matter("document_id", Document, given.document_id, matter_id)
    people.check_on_matter(checks, "owner_id", given.owner_id, matter_id)
    for name, ids in (("requester_ids", given.requester_ids), ("agency_ids", given.agency_ids)):
        if len(set(ids)) < len(ids):
            checks.wrong(name, "The same one is named twice. Name each once.")
    _check_sendings(checks, given)
    _check(checks, given)


def _check_sendings(checks: Checks, given: NewRequest) -> None:
    named = set(given.agency_ids)
    for number, each in enumerate(given.sendings):
        place = f"sendings.{number}"
        checks.in_directory(f"{place}.agency_id", Agency, each.agency_id)
        if each.agency_id in named:
            checks.wrong(f"{place}.agency_id", "The same office is named twice. Name each once.")
        named.add(each.agency_id)
        checks.past(**{f"{place}.sent_on": each.sent_on})
        if each.sent_on and given.requested_on and each.sent_on < given.requested_on:
            checks.wrong(
                f"{place}.sent_on",
                f"It cannot have been sent before the day of the letter, "
                f"{long_day(given.requested_on)}. Check both days.",
            )


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
