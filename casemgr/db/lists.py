"""The lists that pages show: column selects, built once at import, with bound parameters.

Each takes `matters` (what `doors.mine` gave for the person who asks) and `today`, and returns only
what was known on that day. A shape of `usecases/views` has its fields in the order of the columns.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from casemgr.db.doors import walled
from casemgr.db.tables import (
    Agency,
    Appearance,
    Contact,
    Court,
    Deadline,
    Declaration,
    DeclarationVersion,
    DocketEntry,
    DocketLine,
    DocketPaper,
    Document,
    Emergency,
    Event,
    Exhibit,
    Flag,
    FoiaRequest,
    Hearing,
    HistoryEntry,
    Lawsuit,
    LawsuitStatus,
    LawsuitTrack,
    Letter,
    Matter,
    Membership,
    OrderDate,
    Organisation,
    Origin,
    Paragraph,
    Party,
    Person,
    Production,
    Recipient,
    RelatedLawsuit,
    Requester,
    RequestItem,
    Service,
    SignOff,
    Task,
    Track,
    TrackingNumber,
    Wall,
)
from casemgr.domain.words import LetterKind, TaskState

TODAY = sa.bindparam("today", type_=sa.Date())
NOW = sa.bindparam("now", type_=HistoryEntry.__table__.c.at.type)  # type: ignore[attr-defined]
MATTERS = sa.bindparam("matters", expanding=True, type_=sa.String())
LIMIT = sa.bindparam("limit", type_=sa.Integer())


def _day(name: str) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=sa.Date())


def _of(table: Any) -> ColumnElement[bool]:
    """The row is of one of the matters and known on the day."""
    return sa.and_(col(table.matter_id).in_(MATTERS), col(table.known_on) <= TODAY)


def _is(column: Any, name: str) -> ColumnElement[bool]:
    return col(column) == sa.bindparam(name, type_=sa.String())


# The day a matter was closed, where it is closed on the day it is looked at.
_closed_on = sa.case((col(Matter.closed_on) <= TODAY, col(Matter.closed_on)))

# --- deadlines

_owner, _second = sa.alias(Person.__table__, "owner"), sa.alias(Person.__table__, "second")  # type: ignore[attr-defined]
_in_suit = (
    sa.select(sa.func.min(col(Lawsuit.filed_on)))
    .join(LawsuitTrack, col(LawsuitTrack.lawsuit_id) == col(Lawsuit.id))
    .where(col(LawsuitTrack.track_id) == col(Deadline.track_id), col(Lawsuit.known_on) <= TODAY)
    .correlate(Deadline)
    .scalar_subquery()
)

DEADLINES = (
    sa.select(
        col(Deadline.id),
        col(Deadline.matter_id),
        col(Matter.title),
        _closed_on,
        col(Deadline.request_id),
        col(Deadline.track_id),
        col(Deadline.lawsuit_id),
        col(Deadline.docket_entry_id),
        col(Deadline.order_date_id),
        col(Deadline.key),
        col(Deadline.title),
        col(Deadline.kind),
        col(Deadline.whose),
        col(Deadline.rule),
        col(Deadline.text_since),
        col(Deadline.status),
        col(Deadline.due),
        col(Deadline.safe),
        col(Deadline.earliest),
        col(Deadline.latest),
        col(Deadline.certain),
        col(Deadline.uncertain_because),
        col(Deadline.known_on),
        col(Deadline.done_on),
        col(Deadline.done_how),
        col(Deadline.superseded_on),
        col(Deadline.superseded_because),
        col(Deadline.superseded_by_id),
        col(Deadline.confirmed_at),
        col(Deadline.checked_at),
        col(Agency.short_name),
        col(Lawsuit.cited_as),
        _owner.c.name,
        _second.c.name,
        _in_suit,
    )
    .join(Matter, col(Matter.id) == col(Deadline.matter_id))
    .outerjoin(Track, col(Track.id) == col(Deadline.track_id))
    .outerjoin(Agency, col(Agency.id) == col(Track.agency_id))
    .outerjoin(Lawsuit, col(Lawsuit.id) == col(Deadline.lawsuit_id))
    .outerjoin(_owner, _owner.c.id == col(Deadline.owner_id))
    .outerjoin(_second, _second.c.id == col(Deadline.second_id))
    .where(_of(Deadline))
    # A date nobody knows comes first: it is the one to look into.
    .order_by(sa.func.coalesce(col(Deadline.due), col(Deadline.earliest), TODAY), col(Deadline.id))
)
_current = sa.or_(col(Deadline.superseded_on).is_(None), col(Deadline.superseded_on) > TODAY)
_undone = sa.or_(col(Deadline.done_on).is_(None), col(Deadline.done_on) > TODAY)
CURRENT_DEADLINES = DEADLINES.where(_current)
OPEN_DEADLINES = CURRENT_DEADLINES.where(_undone)
DEADLINES_OF_REQUEST = CURRENT_DEADLINES.where(_is(Deadline.request_id, "request_id"))
DEADLINES_OF_LAWSUIT = CURRENT_DEADLINES.where(_is(Deadline.lawsuit_id, "lawsuit_id"))
DEADLINE = DEADLINES.where(_is(Deadline.id, "id"))
DEADLINES_OF_KEY = DEADLINES.where(_is(Deadline.key, "key"))
DEADLINE_VERSION = sa.select(col(Deadline.version)).where(_is(Deadline.id, "id"))
PROOF = sa.select(col(Deadline.steps), col(Deadline.readings), col(Deadline.proof)).where(
    _is(Deadline.id, "id")
)
PROOFS_OF_REQUEST = sa.select(
    col(Deadline.id), col(Deadline.steps), col(Deadline.readings), col(Deadline.proof)
).where(_of(Deadline), _current, _is(Deadline.request_id, "request_id"))

# --- matters

MATTERS_OF_MINE = (
    sa.select(
        col(Matter.id),
        col(Matter.reference),
        col(Matter.title),
        col(Matter.summary),
        col(Matter.names),
        col(Matter.practice),
        col(Matter.opened_on),
        col(Matter.closed_on),
        col(Matter.source),
        col(Matter.confidence),
        col(Matter.version),
        sa.select(sa.func.count())
        .where(col(FoiaRequest.matter_id) == col(Matter.id), col(FoiaRequest.known_on) <= TODAY)
        .correlate(Matter)
        .scalar_subquery(),
        sa.select(sa.func.count())
        .where(col(Lawsuit.matter_id) == col(Matter.id), col(Lawsuit.known_on) <= TODAY)
        .correlate(Matter)
        .scalar_subquery(),
        sa.select(sa.func.min(col(Deadline.due)))
        .where(
            col(Deadline.matter_id) == col(Matter.id),
            col(Deadline.known_on) <= TODAY,
            _current,
            _undone,
            col(Deadline.due) >= TODAY,
        )
        .correlate(Matter)
        .scalar_subquery(),
    )
    .where(col(Matter.id).in_(MATTERS), col(Matter.known_on) <= TODAY)
    .order_by(col(Matter.opened_on), col(Matter.id))
)
MATTER = MATTERS_OF_MINE.where(_is(Matter.id, "id"))
MEMBERS = (
    sa.select(col(Person.name), col(Person.role), col(Person.title), col(Membership.responsible))
    .join(Membership, col(Membership.person_id) == col(Person.id))
    .where(
        _is(Membership.matter_id, "matter_id"),
        col(Membership.since_on) <= TODAY,
        sa.or_(col(Membership.until_on).is_(None), col(Membership.until_on) >= TODAY),
        sa.not_(walled(col(Person.id), col(Membership.matter_id))),
    )
    .order_by(col(Membership.responsible).desc(), col(Person.name))
)
TASKS = (
    sa.select(
        col(Task.id),
        col(Task.matter_id),
        col(Task.title),
        col(Task.note),
        col(Task.due_on),
        col(Task.version),
        col(Person.name),
    )
    .outerjoin(Person, col(Person.id) == col(Task.person_id))
    .where(
        _of(Task),
        sa.or_(
            col(Task.state) == TaskState.OPEN,
            sa.and_(col(Task.state) == TaskState.DONE, col(Task.done_on) > TODAY),
        ),
    )
    .order_by(col(Task.due_on).nulls_last(), col(Task.id))
)
FLAGS = (
    sa.select(
        col(Flag.number),
        col(Flag.matter_id),
        col(Flag.subject_kind),
        col(Flag.subject_id),
        col(Flag.says),
        col(Flag.source),
    )
    .where(_of(Flag))
    .order_by(col(Flag.number))
)

# --- walls and emergencies: `matters` are those of `doors.looked_after`, `actor` is who asks

_person = [sa.alias(Person.__table__, name) for name in ("whom", "first", "second_one", "third")]  # type: ignore[attr-defined]
_whom, _first, _up, _lift = _person
WALLS = (
    sa.select(
        col(Wall.id),
        col(Wall.version),
        col(Wall.matter_id),
        _whom.c.name,
        col(Wall.because),
        col(Wall.asked_by),
        _first.c.name,
        col(Wall.asked_at),
        _up.c.name,
        col(Wall.up_at),
        col(Wall.lift_asked_by),
        _lift.c.name,
        col(Wall.lift_because),
    )
    .join(_whom, _whom.c.id == col(Wall.person_id))
    .join(_first, _first.c.id == col(Wall.asked_by))
    .outerjoin(_up, _up.c.id == col(Wall.up_by))
    .outerjoin(_lift, _lift.c.id == col(Wall.lift_asked_by))
    .where(
        col(Wall.matter_id).in_(MATTERS),
        col(Wall.down_at).is_(None),
        # Never one that is for whoever looks, unless they asked for it themselves.
        sa.or_(~_is(Wall.person_id, "actor"), _is(Wall.asked_by, "actor")),
    )
    .order_by(col(Wall.asked_at).desc(), col(Wall.id))
)
_emergencies = (
    sa.select(
        col(Emergency.id),
        col(Emergency.version),
        col(Emergency.asked_for),
        col(Emergency.person_id),
        _whom.c.name,
        col(Emergency.because),
        col(Emergency.asked_at),
        _up.c.name,
        col(Emergency.until_at),
        # Open, or still waiting for somebody to open it.
        sa.case(
            (col(Emergency.until_at).is_(None), col(Emergency.asked_on) >= _day("waits_from")),
            else_=col(Emergency.until_at) > NOW,
        ),
    )
    .join(_whom, _whom.c.id == col(Emergency.person_id))
    .outerjoin(_up, _up.c.id == col(Emergency.opened_by))
    .where(col(Emergency.ended_at).is_(None))
    .order_by(col(Emergency.asked_at).desc(), col(Emergency.id))
    .limit(LIMIT)
)
EMERGENCIES = _emergencies.where(
    col(Emergency.matter_id).in_(MATTERS),
    ~_is(Emergency.person_id, "actor"),
    col(Emergency.asked_on) >= _day("since"),
)
EMERGENCIES_OF_MINE = _emergencies.where(_is(Emergency.person_id, "actor"))

# --- requests and their tracks

REQUESTS = (
    sa.select(
        col(FoiaRequest.id),
        col(FoiaRequest.matter_id),
        col(Matter.title),
        _closed_on,
        col(FoiaRequest.reference),
        col(FoiaRequest.title),
        col(FoiaRequest.summary),
        col(FoiaRequest.requested_on),
        col(FoiaRequest.requested_until),
        col(FoiaRequest.certainty),
        col(FoiaRequest.records_from),
        col(FoiaRequest.records_until),
        col(FoiaRequest.fee_category),
        col(FoiaRequest.fee_waiver_because),
        col(FoiaRequest.expedition_because),
        col(FoiaRequest.source),
        col(FoiaRequest.confidence),
        col(FoiaRequest.known_on),
        sa.select(sa.func.count())
        .where(col(Track.request_id) == col(FoiaRequest.id), col(Track.known_on) <= TODAY)
        .correlate(FoiaRequest)
        .scalar_subquery(),
        sa.select(col(Person.name))
        .where(col(Person.id) == col(FoiaRequest.owner_id))
        .correlate(FoiaRequest)
        .scalar_subquery(),
    )
    .join(Matter, col(Matter.id) == col(FoiaRequest.matter_id))
    .where(_of(FoiaRequest))
)
REQUEST = REQUESTS.where(_is(FoiaRequest.id, "id"))
ITEMS = (
    sa.select(col(RequestItem.id), col(RequestItem.position), col(RequestItem.says))
    .where(_is(RequestItem.request_id, "request_id"))
    .order_by(col(RequestItem.position))
)
REQUESTERS = (
    sa.select(col(Organisation.id), col(Organisation.name), col(Organisation.short_name))
    .join(Requester, col(Requester.organisation_id) == col(Organisation.id))
    .where(_is(Requester.request_id, "request_id"), col(Organisation.known_on) <= TODAY)
    .order_by(col(Requester.position), col(Organisation.name))
)
RECIPIENTS = (
    sa.select(
        col(Recipient.id),
        col(Recipient.track_id),
        col(Agency.short_name),
        col(Recipient.addressed_to),
        col(Recipient.method),
        col(Recipient.sent_on),
        col(Recipient.certainty),
        col(Recipient.proof),
        col(Recipient.note),
        col(Recipient.source),
        col(Recipient.confidence),
    )
    .join(Agency, col(Agency.id) == col(Recipient.agency_id))
    .where(_is(Recipient.request_id, "request_id"), col(Recipient.known_on) <= TODAY)
    .order_by(col(Recipient.sent_on), col(Recipient.id))
)
TRACKS = (
    sa.select(
        col(Track.id),
        col(Track.request_id),
        col(Track.parent_id),
        col(Agency.id),
        col(Agency.name),
        col(Agency.short_name),
        col(Agency.foia_office),
        col(Agency.address),
        col(Agency.regulation),
        col(Agency.appeals_to),
        sa.select(sa.func.min(col(Lawsuit.filed_on)))
        .join(LawsuitTrack, col(LawsuitTrack.lawsuit_id) == col(Lawsuit.id))
        .where(col(LawsuitTrack.track_id) == col(Track.id), col(Lawsuit.known_on) <= TODAY)
        .correlate(Track)
        .scalar_subquery(),
    )
    .join(Agency, col(Agency.id) == col(Track.agency_id))
    .where(_of(Track), _is(Track.request_id, "request_id"))
    .order_by(col(Track.known_on), col(Agency.id))
)
TRACKING_NUMBERS = (
    sa.select(
        col(TrackingNumber.track_id), col(TrackingNumber.number), col(TrackingNumber.given_for)
    )
    .join(Track, col(Track.id) == col(TrackingNumber.track_id))
    .where(_is(Track.request_id, "request_id"), col(TrackingNumber.known_on) <= TODAY)
    .order_by(col(TrackingNumber.known_on), col(TrackingNumber.number))
)
_standing = sa.or_(col(Event.withdrawn_on).is_(None), col(Event.withdrawn_on) > TODAY)
EVENTS = (
    sa.select(
        col(Event.id),
        col(Event.track_id),
        col(Event.lawsuit_id),
        col(Event.kind),
        col(Event.happened_on),
        col(Event.until_on),
        col(Event.certainty),
        col(Event.says),
        col(Event.outcome),
        col(Event.document_id),
        col(Event.source),
        col(Event.confidence),
        col(Agency.short_name),
        col(Track.request_id),
        col(Event.agency_says_due),
        col(Event.answer_by),
        col(Event.amount_cents),
        col(Event.with_whom),
        col(Event.phone),
        col(Event.appeal_says),
        col(Event.exemptions),
        col(Event.pages_released),
        col(Event.pages_in_part),
        col(Event.pages_withheld),
        col(Event.pages_referred),
        col(Event.late_because),
        sa.case((col(Event.chosen_on) <= TODAY, col(Event.chosen_on))),
        sa.case((col(Event.chosen_on) <= TODAY, col(Event.chosen_because)), else_=""),
        col(Event.answers_id),
    )
    .outerjoin(Track, col(Track.id) == col(Event.track_id))
    .outerjoin(Agency, col(Agency.id) == col(Track.agency_id))
    .where(_of(Event), _standing)
    .order_by(col(Event.happened_on).desc(), col(Event.id))
)
EVENTS_OF_REQUEST = EVENTS.where(_is(Track.request_id, "request_id"))
FEE_LIMIT = sa.select(col(FoiaRequest.fee_limit_cents)).where(
    _of(FoiaRequest), _is(FoiaRequest.id, "request_id")
)
RELEASES_OF_REQUEST = (
    sa.select(
        col(Production.id),
        col(Production.track_id),
        col(Production.event_id),
        col(Production.title),
        col(Production.produced_on),
        col(Production.certainty),
        col(Production.bates_first),
        col(Production.bates_last),
        col(Production.pages_released),
        col(Production.pages_in_part),
        col(Production.pages_withheld),
        col(Production.pages_referred),
        col(Production.exemptions),
        col(Production.source),
        col(Production.confidence),
    )
    .join(Track, col(Track.id) == col(Production.track_id))
    .where(_of(Production), _is(Track.request_id, "request_id"))
    .order_by(col(Production.produced_on), col(Production.id))
)
TRACKS_OF_MATTER = (
    sa.select(
        col(Track.id),
        col(FoiaRequest.id),
        col(FoiaRequest.reference),
        col(FoiaRequest.title),
        col(Agency.short_name),
        col(Agency.name),
        sa.select(sa.func.min(col(Lawsuit.filed_on)))
        .join(LawsuitTrack, col(LawsuitTrack.lawsuit_id) == col(Lawsuit.id))
        .where(col(LawsuitTrack.track_id) == col(Track.id), col(Lawsuit.known_on) <= TODAY)
        .correlate(Track)
        .scalar_subquery(),
        sa.select(sa.func.count())
        .where(
            col(Production.track_id) == col(Track.id),
            col(Production.known_on) <= TODAY,
            sa.or_(col(Production.pages_withheld) > 0, col(Production.pages_in_part) > 0),
        )
        .correlate(Track)
        .scalar_subquery(),
    )
    .join(FoiaRequest, col(FoiaRequest.id) == col(Track.request_id))
    .join(Agency, col(Agency.id) == col(Track.agency_id))
    .where(_of(Track), _is(Track.matter_id, "matter_id"))
    .order_by(
        col(FoiaRequest.requested_on), col(FoiaRequest.id), col(Track.known_on), col(Agency.id)
    )
)
KEYS_OF_MATTER = sa.select(col(Deadline.key), col(Deadline.id)).where(
    _of(Deadline),
    _current,
    _is(Deadline.matter_id, "matter_id"),
    col(Deadline.track_id).is_not(None),
)
EVENTS_OF_LAWSUIT = EVENTS.where(_is(Event.lawsuit_id, "lawsuit_id"))
LATEST_EVENTS = EVENTS.where(_is(Event.matter_id, "matter_id")).limit(LIMIT)

# --- lawsuits

LAWSUITS = (
    sa.select(
        col(Lawsuit.id),
        col(Lawsuit.matter_id),
        col(Matter.title),
        _closed_on,
        col(Lawsuit.court_id),
        col(Court.name),
        col(Court.cites_as),
        col(Lawsuit.docket_number),
        col(Lawsuit.cited_as),
        col(Lawsuit.title),
        col(Lawsuit.judge),
        col(Lawsuit.magistrate),
        col(Lawsuit.filed_on),
        col(Lawsuit.below_id),
        col(Lawsuit.note),
        col(Lawsuit.source),
        col(Lawsuit.confidence),
    )
    .join(Court, col(Court.id) == col(Lawsuit.court_id))
    .join(Matter, col(Matter.id) == col(Lawsuit.matter_id))
    .where(_of(Lawsuit))
    .order_by(col(Lawsuit.known_on), col(Lawsuit.id))
)
STATUSES = (
    sa.select(
        col(LawsuitStatus.id),
        col(LawsuitStatus.lawsuit_id),
        col(LawsuitStatus.says),
        col(LawsuitStatus.since_on),
        col(LawsuitStatus.ends_it),
        col(LawsuitStatus.source),
        col(LawsuitStatus.confidence),
    )
    .join(Lawsuit, col(Lawsuit.id) == col(LawsuitStatus.lawsuit_id))
    .where(col(Lawsuit.matter_id).in_(MATTERS), col(LawsuitStatus.known_on) <= TODAY)
    .order_by(col(LawsuitStatus.since_on), col(LawsuitStatus.id))
)
RELATED = (
    sa.select(
        col(RelatedLawsuit.id),
        col(RelatedLawsuit.lawsuit_id),
        col(RelatedLawsuit.number),
        col(RelatedLawsuit.title),
        col(RelatedLawsuit.how),
        col(RelatedLawsuit.source),
    )
    .join(Lawsuit, col(Lawsuit.id) == col(RelatedLawsuit.lawsuit_id))
    .where(col(Lawsuit.matter_id).in_(MATTERS), col(RelatedLawsuit.known_on) <= TODAY)
    .order_by(col(RelatedLawsuit.known_on), col(RelatedLawsuit.id))
)
DOCKET = (
    sa.select(
        col(DocketEntry.id),
        col(DocketEntry.lawsuit_id),
        col(DocketEntry.number),
        col(DocketEntry.part),
        col(DocketEntry.kind),
        col(DocketEntry.filed_by),
        col(DocketEntry.filed_on),
        col(DocketEntry.until_on),
        col(DocketEntry.certainty),
        col(DocketEntry.says),
        col(DocketEntry.answers_id),
        col(DocketEntry.document_id),
        col(DocketEntry.source),
        col(DocketEntry.confidence),
    )
    .where(_of(DocketEntry))
    .order_by(col(DocketEntry.filed_on).desc(), col(DocketEntry.number).desc(), col(DocketEntry.id))
)
DOCKET_OF_LAWSUIT = DOCKET.where(_is(DocketEntry.lawsuit_id, "lawsuit_id"))
LATEST_DOCKET = DOCKET.where(_is(DocketEntry.matter_id, "matter_id")).limit(LIMIT)
PARTIES = (
    sa.select(
        col(Party.id),
        col(Party.lawsuit_id),
        col(Party.role),
        col(Party.name),
        col(Party.aliases),
        col(Party.source),
        col(Party.confidence),
    )
    .where(_of(Party))
    .order_by(col(Party.lawsuit_id), col(Party.role).desc(), col(Party.position))
)
APPEARANCES = (
    sa.select(
        col(Appearance.id),
        col(Appearance.lawsuit_id),
        col(Contact.name),
        col(Appearance.side),
        col(Appearance.capacity),
        col(Organisation.name),
        col(Appearance.since_on),
        col(Appearance.source),
        col(Appearance.confidence),
    )
    .join(Contact, col(Contact.id) == col(Appearance.contact_id))
    .outerjoin(Organisation, col(Organisation.id) == col(Contact.organisation_id))
    .where(_of(Appearance))
    .order_by(col(Appearance.lawsuit_id), col(Appearance.side), col(Contact.name))
)
SERVICES = (
    sa.select(
        col(Service.id),
        col(Service.lawsuit_id),
        col(Service.served_on_whom),
        col(Service.us_attorney),
        col(Service.method),
        col(Service.sent_on),
        col(Service.delivered_on),
        col(Service.proof),
        col(Service.source),
        col(Service.confidence),
    )
    .where(_of(Service))
    .order_by(col(Service.lawsuit_id), col(Service.id))
)
ORDER_DATES = (
    sa.select(
        col(OrderDate.id),
        col(OrderDate.lawsuit_id),
        col(OrderDate.docket_entry_id),
        col(OrderDate.hearing_id),
        col(OrderDate.title),
        col(OrderDate.whose),
        col(OrderDate.fixed_for),
        col(OrderDate.words),
        col(OrderDate.met_on),
        col(OrderDate.met_by),
        col(OrderDate.source),
        col(OrderDate.confidence),
    )
    .where(_of(OrderDate))
    .order_by(col(OrderDate.fixed_for), col(OrderDate.id))
)
HEARINGS = (
    sa.select(
        col(Hearing.id),
        col(Hearing.lawsuit_id),
        col(Hearing.title),
        col(Hearing.starts_at),
        col(Hearing.zone),
        col(Hearing.place),
        col(Hearing.outcome),
        col(Hearing.outcome_known_on),
        col(Hearing.source),
        col(Hearing.confidence),
        sa.func.coalesce(col(Hearing.first_id), col(Hearing.id)),
        sa.case((col(Hearing.superseded_on) <= TODAY, col(Hearing.superseded_on))),
        col(Hearing.superseded_because),
        col(Hearing.superseded_by_id),
        col(Hearing.changed_by_entry_id),
    )
    .where(_of(Hearing))
    .order_by(col(Hearing.starts_at), col(Hearing.id))
)
TRACKS_IN_SUIT = (
    sa.select(col(Track.id), col(Track.request_id), col(Agency.short_name), col(FoiaRequest.title))
    .join(LawsuitTrack, col(LawsuitTrack.track_id) == col(Track.id))
    .join(Agency, col(Agency.id) == col(Track.agency_id))
    .join(FoiaRequest, col(FoiaRequest.id) == col(Track.request_id))
    .where(_of(Track), _is(LawsuitTrack.lawsuit_id, "lawsuit_id"))
    .order_by(col(FoiaRequest.id), col(Agency.id))
)
DOCKET_PAPERS = (
    sa.select(
        col(DocketPaper.id),
        col(DocketPaper.lawsuit_id),
        col(DocketPaper.document_id),
        col(DocketPaper.kind),
        col(DocketPaper.sender),
        col(DocketPaper.known_on),
        col(DocketPaper.source),
    )
    .where(_of(DocketPaper), _is(DocketPaper.lawsuit_id, "lawsuit_id"))
    .order_by(col(DocketPaper.known_on), col(DocketPaper.id))
)
DOCKET_LINES = (
    sa.select(
        col(DocketLine.docket_entry_id), col(DocketLine.docket_paper_id), col(DocketLine.says)
    )
    .join(DocketPaper, col(DocketPaper.id) == col(DocketLine.docket_paper_id))
    .where(_of(DocketPaper), _is(DocketPaper.lawsuit_id, "lawsuit_id"))
    .order_by(col(DocketPaper.known_on), col(DocketLine.id))
)

# --- papers

DECLARATIONS = (
    sa.select(
        col(Declaration.id),
        col(Declaration.matter_id),
        col(Matter.title),
        _closed_on,
        col(Declaration.lawsuit_id),
        col(Declaration.docket_entry_id),
        col(Declaration.document_id),
        col(Declaration.title),
        col(Declaration.declarant),
        col(Declaration.kind),
        col(Declaration.note),
        col(Lawsuit.cited_as),
        col(Declaration.source),
        col(Declaration.confidence),
        col(Declaration.purpose),
        col(Declaration.lettering),
        col(Declaration.exhibits_numbered),
        col(Declaration.version),
        _owner.c.name,
    )
    .join(Matter, col(Matter.id) == col(Declaration.matter_id))
    .outerjoin(
        Lawsuit,
        sa.and_(col(Lawsuit.id) == col(Declaration.lawsuit_id), col(Lawsuit.known_on) <= TODAY),
    )
    .outerjoin(_owner, _owner.c.id == col(Declaration.owner_id))
    .where(_of(Declaration))
    .order_by(col(Declaration.known_on), col(Declaration.id))
)
DECLARATION = DECLARATIONS.where(_is(Declaration.id, "id"))
VERSIONS = (
    sa.select(
        col(DeclarationVersion.id),
        col(DeclarationVersion.number),
        col(DeclarationVersion.opening),
        col(DeclarationVersion.executed_on),
        col(DeclarationVersion.executed_at),
        col(DeclarationVersion.abroad),
        col(DeclarationVersion.signed),
        col(DeclarationVersion.frozen),
        col(DeclarationVersion.known_on),
        col(DeclarationVersion.name),
        col(DeclarationVersion.frozen_because),
        col(DeclarationVersion.frozen_on),
        col(DeclarationVersion.fingerprint),
        col(DeclarationVersion.read_on),
        col(DeclarationVersion.signed_document_id),
        col(DeclarationVersion.version),
    )
    .where(
        _is(DeclarationVersion.declaration_id, "declaration_id"),
        col(DeclarationVersion.known_on) <= TODAY,
    )
    .order_by(col(DeclarationVersion.number).desc())
)
PARAGRAPHS = (
    sa.select(
        col(Paragraph.id),
        col(Paragraph.declaration_version_id),
        col(Paragraph.position),
        col(Paragraph.number),
        col(Paragraph.says),
        col(Paragraph.sources),
        col(Paragraph.name),
        col(Paragraph.heading),
    )
    .where(_is(Paragraph.declaration_version_id, "version_id"), col(Paragraph.removed).is_(False))
    .order_by(col(Paragraph.position))
)
SIGN_OFFS = (
    sa.select(
        col(DeclarationVersion.number),
        col(SignOff.fingerprint),
        col(Person.name),
        col(SignOff.signed_off_at),
        col(SignOff.void_on),
        col(SignOff.void_because),
    )
    .join(DeclarationVersion, col(DeclarationVersion.id) == col(SignOff.declaration_version_id))
    .outerjoin(Person, col(Person.id) == col(SignOff.signed_off_by))
    .where(_is(DeclarationVersion.declaration_id, "declaration_id"), _of(SignOff))
    .order_by(col(SignOff.signed_off_at).desc())
)
EXHIBITS = (
    sa.select(
        col(Exhibit.id),
        col(Exhibit.label),
        col(Exhibit.title),
        col(Document.id),
        col(Exhibit.name),
        col(Exhibit.version),
    )
    .outerjoin(
        Document,
        sa.and_(col(Document.id) == col(Exhibit.document_id), col(Document.known_on) <= TODAY),
    )
    .where(_is(Exhibit.declaration_id, "declaration_id"), col(Exhibit.removed).is_(False))
    .order_by(sa.func.length(Exhibit.label), col(Exhibit.label))
)
DOCUMENTS = (
    sa.select(
        col(Document.id),
        col(Document.matter_id),
        col(Matter.title),
        col(Document.title),
        col(Document.kind),
        col(Document.author),
        col(Document.addressee),
        col(Document.dated_on),
        col(Document.posted_on),
        col(Document.certainty),
        col(Document.language),
        col(Document.summary),
        col(Document.sha256),
        col(Document.file_name),
        col(Document.source),
        col(Document.confidence),
    )
    .join(Matter, col(Matter.id) == col(Document.matter_id))
    .where(_of(Document))
    .order_by(col(Document.dated_on), col(Document.id))
)
DOCUMENT = DOCUMENTS.where(_is(Document.id, "id"))
LETTERS = (
    sa.select(
        col(Letter.id),
        col(Letter.matter_id),
        col(Matter.title),
        col(Letter.track_id),
        col(Letter.declaration_version_id),
        col(Letter.kind),
        col(Letter.title),
        col(Letter.pages),
        col(Letter.sha256),
        col(Letter.made_at),
    )
    .join(Matter, col(Matter.id) == col(Letter.matter_id))
    .where(_of(Letter))
    .order_by(col(Letter.made_at).desc(), col(Letter.id))
)
# A declaration's papers carry its title; not every one names the version it was made from.
LETTERS_OF_DECLARATION = LETTERS.where(
    col(Letter.kind) == LetterKind.DECLARATION,
    sa.or_(_is(Letter.declaration_version_id, "version_id"), _is(Letter.title, "title")),
)
# --- history

HISTORY = (
    sa.select(
        col(HistoryEntry.seq),
        col(HistoryEntry.at),
        col(HistoryEntry.person_name),
        col(HistoryEntry.what),
        col(HistoryEntry.matter_id),
        col(HistoryEntry.subject_kind),
        col(HistoryEntry.subject_id),
        col(HistoryEntry.facts),
    )
    .where(col(HistoryEntry.matter_id).in_(MATTERS), col(HistoryEntry.at) <= NOW)
    .order_by(col(HistoryEntry.at).desc(), col(HistoryEntry.seq).desc())
    .limit(LIMIT)
)
_after_at = sa.bindparam("after_at", type_=NOW.type)
_after_seq = sa.bindparam("after_seq", type_=sa.BigInteger())
HISTORY_AFTER = HISTORY.where(
    sa.or_(
        col(HistoryEntry.at) < _after_at,
        sa.and_(col(HistoryEntry.at) == _after_at, col(HistoryEntry.seq) < _after_seq),
    )
)
HISTORY_OF = HISTORY.where(
    col(HistoryEntry.subject_id).in_(sa.bindparam("subjects", expanding=True, type_=sa.String()))
)
MOVES = HISTORY.where(
    col(HistoryEntry.what).in_(("deadline.made", "deadline.moved", "deadline.withdrawn")),
    col(HistoryEntry.at) >= sa.bindparam("since", type_=NOW.type),
)


# --- where matters came from

ORIGINS = (
    sa.select(
        col(Origin.id),
        col(Origin.office),
        col(Origin.exported_by),
        col(Origin.exported_at),
        col(Origin.imported_at),
        col(Origin.manifest_sha256),
    )
    .where(_of(Origin))
    .order_by(col(Origin.exported_at), col(Origin.id))
)
