"""Lists of one lawsuit: its waiting deadlines, the days its court set, who was served."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.lists import MATTERS, TODAY
from casemgr.db.tables import DocketEntry, OrderDate, Service, WaitingDeadline

_LAWSUIT = sa.bindparam("lawsuit_id", type_=sa.String())

WAITING = (
    sa.select(
        col(WaitingDeadline.id),
        col(WaitingDeadline.docket_entry_id),
        col(WaitingDeadline.title),
        col(WaitingDeadline.whose),
        col(WaitingDeadline.length),
        col(WaitingDeadline.unit),
        col(WaitingDeadline.act),
        col(WaitingDeadline.awaits),
        col(WaitingDeadline.awaits_by),
        col(WaitingDeadline.fired_by_id),
        col(WaitingDeadline.hearing_id),
        col(WaitingDeadline.every),
        col(WaitingDeadline.every_unit),
        col(WaitingDeadline.words),
        col(WaitingDeadline.source),
    )
    .where(
        col(WaitingDeadline.matter_id).in_(MATTERS),
        col(WaitingDeadline.lawsuit_id) == _LAWSUIT,
        col(WaitingDeadline.known_on) <= TODAY,
    )
    .order_by(col(WaitingDeadline.known_on), col(WaitingDeadline.id))
)
COURT_DATES = (
    sa.select(
        col(OrderDate.id),
        col(OrderDate.docket_entry_id),
        col(OrderDate.title),
        col(OrderDate.fixed_for),
        col(OrderDate.words),
        col(OrderDate.changes_key),
        col(OrderDate.source),
        sa.func.coalesce(col(DocketEntry.filed_on), col(OrderDate.known_on)),
        col(DocketEntry.number),
        col(DocketEntry.part),
        col(DocketEntry.kind),
    )
    .outerjoin(
        DocketEntry,
        sa.and_(
            col(DocketEntry.id) == col(OrderDate.docket_entry_id),
            col(DocketEntry.known_on) <= TODAY,
        ),
    )
    .where(
        col(OrderDate.matter_id).in_(MATTERS),
        col(OrderDate.lawsuit_id) == _LAWSUIT,
        col(OrderDate.known_on) <= TODAY,
    )
    .order_by(col(OrderDate.id))
)
SERVICES = (
    sa.select(
        col(Service.id),
        col(Service.version),
        col(Service.party_id),
        col(Service.served_on_whom),
        col(Service.us_attorney),
        col(Service.attorney_general),
        col(Service.method),
        col(Service.sent_on),
        col(Service.delivered_on),
        col(Service.proof),
        col(Service.docket_entry_id),
        col(Service.source),
        col(Service.confidence),
    )
    .where(
        col(Service.matter_id).in_(MATTERS),
        col(Service.lawsuit_id) == _LAWSUIT,
        col(Service.known_on) <= TODAY,
    )
    .order_by(col(Service.known_on), col(Service.id))
)
