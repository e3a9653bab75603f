"""Lawsuits: their statuses, parties, counsel, service, docket, filings, order dates, hearings."""

from __future__ import annotations

from casemgr.api.nouns import Act, Change, Create, Noun
from casemgr.api.shapes import Shape
from casemgr.db import tables
from casemgr.usecases import hearings, litigation, orders, parties, waiting

LAWSUIT = "LS-7F3KQ2X8MP"
OF_LAWSUIT = {"matter": "matter_id", "lawsuit": "lawsuit_id"}

LAWSUITS = Noun(
    path="lawsuits",
    one="lawsuit",
    about="One action in one court; an appeal is a lawsuit of its own that names the one below.",
    shape=Shape("Lawsuit", tables.Lawsuit),
    order="filed_on",
    filters={"matter": "matter_id", "court": "court_id", "docket_number": "docket_number"},
    create=Create(
        litigation.LawsuitInput,
        litigation.record_lawsuit,
        {
            "matter_id": "M-7F3KQ2X8MP",
            "court_id": "nysd",
            "docket_number": "10 Civ. 9001",
            "title": "Alvarez v. ICE",
            "filed_on": "2010-04-27",
        },
        parent="matter_id",
    ),
    change=Change(litigation.LawsuitInput, litigation.change_lawsuit, {"judge": "Hon. A. Judge"}),
)

STATUSES = Noun(
    path="lawsuit-statuses",
    one="lawsuit status",
    about="What a source says the status of a lawsuit is; there may be several, and they differ.",
    shape=Shape("LawsuitStatus", tables.LawsuitStatus),
    order="since_on",
    filters={"lawsuit": "lawsuit_id"},
    create=Create(
        litigation.StatusInput,
        litigation.record_status,
        {"lawsuit_id": LAWSUIT, "says": "stayed", "since_on": "2010-10-01", "source": "Dkt. 12"},
        parent="lawsuit_id",
    ),
    change=Change(litigation.StatusInput, litigation.change_status, {"since_on": "2010-10-02"}),
)

RELATED = Noun(
    path="related-lawsuits",
    one="related lawsuit",
    about="Another action that a person should know of, or not confuse with this one.",
    shape=Shape("RelatedLawsuit", tables.RelatedLawsuit),
    filters={"lawsuit": "lawsuit_id"},
    create=Create(
        litigation.RelatedInput,
        litigation.record_related,
        {"lawsuit_id": LAWSUIT, "number": "11-4804", "how": "the appeal"},
        parent="lawsuit_id",
    ),
    change=Change(litigation.RelatedInput, litigation.change_related, {"how": "another action"}),
)

PARTIES = Noun(
    path="parties",
    one="party",
    about="A party, by the name filed, with the other names papers use.",
    shape=Shape("Party", tables.Party),
    order="position",
    filters={**OF_LAWSUIT, "role": "role"},
    create=Create(
        parties.PartyInput,
        parties.record_party,
        {"lawsuit_id": LAWSUIT, "role": "plaintiff", "name": "Rosa Alvarez"},
        parent="lawsuit_id",
    ),
    change=Change(parties.PartyInput, parties.change_party, {"aliases": ["R. Alvarez"]}),
)

APPEARANCES = Noun(
    path="appearances",
    one="appearance",
    about="Somebody who appears for a side.",
    shape=Shape("Appearance", tables.Appearance),
    filters={**OF_LAWSUIT, "contact": "contact_id", "side": "side"},
    create=Create(
        parties.AppearanceInput,
        parties.record_appearance,
        {
            "lawsuit_id": LAWSUIT,
            "contact_id": "C-7F3KQ2X8MP",
            "side": "theirs",
            "capacity": "Assistant United States Attorney",
        },
        parent="lawsuit_id",
    ),
    change=Change(parties.AppearanceInput, parties.change_appearance, {"since_on": "2010-05-03"}),
)

SERVICES = Noun(
    path="services",
    one="service",
    about="Service of process on one person; the U.S. Attorney's starts the time to answer.",
    shape=Shape("Service", tables.Service),
    order="delivered_on",
    filters={**OF_LAWSUIT, "party": "party_id", "us_attorney": "us_attorney"},
    create=Create(
        parties.ServiceInput,
        parties.record_service,
        {
            "lawsuit_id": LAWSUIT,
            "served_on_whom": "United States Attorney, S.D.N.Y.",
            "us_attorney": True,
            "method": "by hand",
            "delivered_on": "2010-05-03",
        },
        parent="lawsuit_id",
    ),
    change=Change(parties.ServiceInput, parties.change_service, {"delivered_on": "2010-05-04"}),
)

ENTRIES = Noun(
    path="docket-entries",
    one="docket entry",
    about="A row of the court's docket, from which dates follow.",
    shape=Shape("DocketEntry", tables.DocketEntry),
    order="filed_on",
    filters={**OF_LAWSUIT, "kind": "kind", "number": "number", "answers": "answers_id"},
    create=Create(
        litigation.DocketEntryInput,
        litigation.record_docket_entry,
        {
            "lawsuit_id": LAWSUIT,
            "number": 12,
            "kind": "motion",
            "filed_by": "ours",
            "filed_on": "2010-10-28",
            "says": "Motion for a preliminary injunction.",
        },
        parent="lawsuit_id",
    ),
    change=Change(
        litigation.DocketEntryInput, litigation.change_docket_entry, {"filed_on": "2010-10-27"}
    ),
)

FILINGS = Noun(
    path="filings",
    one="filing",
    about="A paper we or they filed or served, with how and when it was served.",
    shape=Shape("Filing", tables.Filing),
    order="filed_on",
    filters={**OF_LAWSUIT, "docket_entry": "docket_entry_id", "filed_by": "filed_by"},
    create=Create(
        litigation.FilingInput,
        litigation.record_filing,
        {
            "lawsuit_id": LAWSUIT,
            "title": "Memorandum of law",
            "filed_by": "ours",
            "filed_on": "2010-10-28",
            "served_on": "2010-10-28",
            "service": "electronic",
        },
        parent="lawsuit_id",
    ),
    change=Change(litigation.FilingInput, litigation.change_filing, {"service": "mail"}),
)

ORDER_DATES = Noun(
    path="order-dates",
    one="order date",
    about="A date a court fixed: it outranks every rule and never moves to the next open day.",
    shape=Shape("OrderDate", tables.OrderDate, gates={"met_on": ("met_by",)}),
    order="fixed_for",
    filters={**OF_LAWSUIT, "whose": "whose"},
    create=Create(
        orders.OrderDateInput,
        orders.record_order_date,
        {
            "lawsuit_id": LAWSUIT,
            "title": "Produce the letters",
            "whose": "theirs",
            "fixed_for": "2011-01-17",
            "words": "by January 17, 2011",
        },
        parent="lawsuit_id",
    ),
    change=Change(orders.OrderDateInput, orders.change_order_date, {"met_on": "2010-10-29"}),
)

WAITING = Noun(
    path="waiting-deadlines",
    one="waiting deadline",
    about="A period a court set running from a paper, or to a hearing, still to come.",
    shape=Shape("WaitingDeadline", tables.WaitingDeadline),
    filters={**OF_LAWSUIT, "whose": "whose", "awaits": "awaits"},
    create=Create(
        waiting.WaitingInput,
        waiting.record_waiting,
        {
            "lawsuit_id": LAWSUIT,
            "title": "Replies",
            "whose": "ours",
            "asks": "reply",
            "length": 7,
            "unit": "days",
            "act": "service",
            "awaits": "opposition",
            "awaits_by": "theirs",
            "words": "Replies are due seven days after service of the oppositions.",
        },
        parent="lawsuit_id",
    ),
    change=Change(waiting.WaitingInput, waiting.change_waiting, {"length": 10}),
)

HEARINGS = Noun(
    path="hearings",
    one="hearing",
    about="An appointment with a time, a place and a zone.",
    shape=Shape(
        "Hearing",
        tables.Hearing,
        gates={
            "outcome_known_on": ("outcome", "decides_ids"),
            "superseded_on": ("superseded_because", "superseded_by_id", "changed_by_entry_id"),
        },
    ),
    order="starts_at",
    filters=OF_LAWSUIT,
    create=Create(
        orders.HearingInput,
        orders.record_hearing,
        {
            "lawsuit_id": LAWSUIT,
            "title": "Hearing on the motion",
            "starts_at": "2010-11-09T14:00:00-05:00",
            "zone": "America/New_York",
            "place": "Courtroom 15C",
        },
        parent="lawsuit_id",
    ),
    change=Change(orders.HearingInput, orders.change_hearing, {"place": "Courtroom 14A"}),
    acts=(
        Act(
            "moving",
            "move_hearing",
            "Set a hearing for another time",
            hearings.move_hearing,
            hearings.MoveInput,
            {"starts_at": "2010-12-09T14:00:00-05:00", "because": "The court is in trial."},
        ),
        Act(
            "calling-off",
            "cancel_hearing",
            "Note that a hearing is off",
            hearings.cancel_hearing,
            hearings.OffInput,
            {"because": "The parties settled the motion."},
        ),
    ),
)

NOUNS = (
    LAWSUITS, STATUSES, RELATED, PARTIES, APPEARANCES, SERVICES, ENTRIES, FILINGS,
    ORDER_DATES, WAITING, HEARINGS,
)  # fmt: skip
