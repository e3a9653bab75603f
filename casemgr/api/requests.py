"""Requests with their items, requesters and recipients; tracks, numbers, events, appeals."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from casemgr.api.bodies import again
from casemgr.api.nouns import Act, Change, Create, Noun
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.errors import Malformed
from casemgr.fields import Code
from casemgr.usecases import events, productions, receipts, requests, tracks
from casemgr.usecases.work import Work

REQUESTS = Noun(
    path="requests",
    one="request",
    about="One letter asking agencies for records.",
    shape=Shape("FoiaRequest", tables.FoiaRequest),
    order="requested_on",
    filters={"matter": "matter_id", "reference": "reference", "next_due_on": "next_due_on"},
    create=Create(
        requests.NewRequest,
        requests.log_request,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "title": "Opt-out letters and replies",
            "requested_on": "2010-02-03",
            "fee_category": "educational",
            "items": ["Every letter asking to opt out, and every reply."],
            "requester_ids": ["O-7F3KQ2X8MP"],
            "agency_ids": ["ice"],
        },
        parent="matter_id",
    ),
    change=Change(
        requests.RequestInput, requests.change_request, {"title": "Opt-out letters, 2007 to 2010"}
    ),
)

ITEMS = Noun(
    path="request-items",
    one="request item",
    about="One numbered item of a request.",
    shape=Shape("RequestItem", tables.RequestItem),
    order="position",
    filters={"request": "request_id"},
    create=Create(
        requests.ItemInput,
        requests.add_item,
        {"request_id": "R-7F3KQ2X8MP", "says": "Every reply of the agency."},
        parent="request_id",
    ),
    change=Change(requests.ItemInput, requests.change_item, {"says": "Every reply."}),
)

REQUESTERS = Noun(
    path="requesters",
    one="requester",
    about="An organisation that asks; one request may have several.",
    shape=Shape("Requester", tables.Requester),
    order="position",
    filters={"request": "request_id", "organisation": "organisation_id"},
    create=Create(
        requests.RequesterInput,
        requests.add_requester,
        {"request_id": "R-7F3KQ2X8MP", "organisation_id": "O-7F3KQ2X8MP"},
        parent="request_id",
    ),
)

RECIPIENTS = Noun(
    path="recipients",
    one="recipient",
    about="Where a copy of the letter was delivered; a delivery need not start a clock.",
    shape=Shape("Recipient", tables.Recipient),
    order="sent_on",
    filters={"request": "request_id", "track": "track_id", "agency": "agency_id"},
    create=Create(
        requests.RecipientInput,
        requests.add_recipient,
        {
            "request_id": "R-7F3KQ2X8MP",
            "agency_id": "ice",
            "addressed_to": "FOIA Office, 500 12th Street SW, Washington, DC",
            "method": "certified_mail",
            "sent_on": "2010-02-03",
        },
        parent="request_id",
    ),
    change=Change(requests.RecipientInput, requests.change_recipient, {"proof": "receipt 7010"}),
)

TRACKS = Noun(
    path="tracks",
    one="track",
    about="One component's handling of one request: the thing that has a clock.",
    shape=Shape("Track", tables.Track),
    filters={"matter": "matter_id", "request": "request_id", "agency": "agency_id"},
    create=Create(
        tracks.TrackInput,
        tracks.add_track,
        {"request_id": "R-7F3KQ2X8MP", "agency_id": "ice"},
        parent="request_id",
    ),
    change=Change(tracks.TrackInput, tracks.change_track, {"agency_id": "dhs"}),
)

NUMBERS = Noun(
    path="tracking-numbers",
    one="tracking number",
    about="A number an agency gave; a track may have several, for the request and for its appeal.",
    shape=Shape("TrackingNumber", tables.TrackingNumber),
    order="number",
    filters={"track": "track_id", "number": "number"},
    create=Create(
        tracks.TrackingNumberInput,
        tracks.add_tracking_number,
        {"track_id": "T-7F3KQ2X8MP", "number": "2010FOIA2674", "given_for": "request"},
        parent="track_id",
    ),
    change=Change(
        tracks.TrackingNumberInput, tracks.change_tracking_number, {"number": "2010FOIA2675"}
    ),
)


class NewEvent(events.EventInput):
    """An event of a track or of a lawsuit: name exactly one of the two."""

    track_id: Code | None = None
    lawsuit_id: Code | None = None


def log_event(work: Work, given: NewEvent) -> SQLModel:
    """Log what happened to a track or a lawsuit, and bring its deadlines into step."""
    facts = again(events.EventInput, given.model_dump(exclude={"track_id", "lawsuit_id"}))
    if given.track_id is not None and given.lawsuit_id is None:
        return events.log_event(work, given.track_id, facts)
    if given.lawsuit_id is not None and given.track_id is None:
        return events.log_lawsuit_event(work, given.lawsuit_id, facts)
    raise Malformed({"track_id": "Name either the track or the lawsuit to which it happened."})


EVENTS = Noun(
    path="events",
    one="event",
    about="Something that happened, on a day, to a track or a lawsuit. Dates follow from events.",
    shape=Shape(
        "Event",
        tables.Event,
        gates={
            "withdrawn_on": ("withdrawn_because",),
            "chosen_on": ("chosen_because", "chosen_by"),
        },
        computed={"late": (bool, sa.cast(col(tables.Event.late_because) != "", sa.Boolean))},
    ),
    order="happened_on",
    filters={
        "matter": "matter_id",
        "track": "track_id",
        "lawsuit": "lawsuit_id",
        "kind": "kind",
        "appeal": "appeal_id",
    },
    create=Create(
        NewEvent,
        log_event,
        {
            "track_id": "T-7F3KQ2X8MP",
            "kind": "received",
            "happened_on": "2010-02-09",
            "certainty": "exact",
            "says": "The agency received the request.",
            "source": "letter of February 16, 2010, p. 1",
        },
    ),
    change=Change(events.EventInput, events.change_event, {"happened_on": "2010-02-10"}),
    acts=(
        Act(
            "withdrawal",
            "withdraw_event",
            "Take back an event logged by mistake",
            events.withdraw_event,
            events.Withdrawal,
            {"because": "It was another request."},
            previews=True,
        ),
        Act(
            "choice",
            "choose_receipt",
            "Say which of several receipts counts",
            receipts.choose_receipt,
            receipts.ReceiptChoice,
            {"because": "The envelope bears the stamp of that day."},
            previews=True,
        ),
    ),
)

APPEALS = Noun(
    path="appeals",
    one="appeal",
    about="An administrative appeal on a track; its days are events that name it.",
    shape=Shape("Appeal", tables.Appeal),
    filters={"matter": "matter_id", "track": "track_id"},
    create=Create(
        tracks.AppealInput,
        tracks.log_appeal,
        {"track_id": "T-7F3KQ2X8MP", "grounds": "The search was not adequate."},
        parent="track_id",
    ),
    change=Change(tracks.AppealInput, tracks.change_appeal, {"outcome": "granted"}),
)

PRODUCTIONS = Noun(
    path="productions",
    one="production",
    about="One release of records: Bates range, pages released, in part, withheld, referred.",
    shape=Shape("Production", tables.Production),
    order="produced_on",
    filters={"matter": "matter_id", "track": "track_id", "lawsuit": "lawsuit_id"},
    create=Create(
        productions.ProductionInput,
        productions.log_production,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "title": "First release",
            "track_id": "T-7F3KQ2X8MP",
            "produced_on": "2010-08-03",
            "bates_first": "ICE 000001",
            "bates_last": "ICE 000200",
            "pages_released": 180,
            "pages_withheld": 20,
            "exemptions": ["5", "7(C): 12 whole, 8 in part", "3 (8 U.S.C. § 1367)"],
        },
        parent="matter_id",
    ),
    change=Change(
        productions.ProductionInput, productions.change_production, {"pages_withheld": 21}
    ),
)

NOUNS = (
    REQUESTS, ITEMS, REQUESTERS, RECIPIENTS, TRACKS, NUMBERS, EVENTS, APPEALS, PRODUCTIONS,
)  # fmt: skip
