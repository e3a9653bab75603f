"""The lists of productions and their pace; see `casemgr.db.lists` for what they take and give."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from casemgr.db.lists import MATTERS, TODAY
from casemgr.db.tables import Agency, DocketEntry, Lawsuit, Production, ProductionPace, Track


def _of(table: Any) -> ColumnElement[bool]:
    return sa.and_(col(table.matter_id).in_(MATTERS), col(table.known_on) <= TODAY)


RELEASES = (
    sa.select(
        col(Production.id),
        col(Production.matter_id),
        col(Production.track_id),
        col(Production.lawsuit_id),
        col(Production.event_id),
        col(Production.title),
        col(Production.produced_on),
        col(Production.certainty),
        col(Production.bates_first),
        col(Production.bates_last),
        col(Production.again),
        col(Production.pages_released),
        col(Production.pages_in_part),
        col(Production.pages_withheld),
        col(Production.pages_referred),
        col(Production.exemptions),
        col(Production.note),
        col(Agency.short_name),
        col(Lawsuit.cited_as),
        col(Production.source),
        col(Production.confidence),
        col(Production.version),
    )
    .outerjoin(Track, col(Track.id) == col(Production.track_id))
    .outerjoin(Agency, col(Agency.id) == col(Track.agency_id))
    .outerjoin(Lawsuit, col(Lawsuit.id) == col(Production.lawsuit_id))
    .where(_of(Production))
    .order_by(col(Production.produced_on), col(Production.id))
)
RELEASE = RELEASES.where(col(Production.id) == sa.bindparam("id", type_=sa.String()))

PACES = (
    sa.select(
        col(ProductionPace.id),
        col(ProductionPace.matter_id),
        col(ProductionPace.track_id),
        col(Agency.short_name),
        col(ProductionPace.pages),
        col(ProductionPace.every),
        col(ProductionPace.counted),
        col(ProductionPace.since_on),
        col(ProductionPace.until_on),
        col(ProductionPace.in_all),
        col(ProductionPace.fixed_by),
        col(ProductionPace.docket_entry_id),
        col(DocketEntry.number),
        col(DocketEntry.part),
        col(DocketEntry.filed_on),
        col(ProductionPace.words),
        col(ProductionPace.source),
        col(ProductionPace.confidence),
        col(ProductionPace.version),
    )
    .outerjoin(Track, col(Track.id) == col(ProductionPace.track_id))
    .outerjoin(Agency, col(Agency.id) == col(Track.agency_id))
    .outerjoin(DocketEntry, col(DocketEntry.id) == col(ProductionPace.docket_entry_id))
    .where(_of(ProductionPace))
    .order_by(col(ProductionPace.since_on), col(ProductionPace.id))
)
PACE = PACES.where(col(ProductionPace.id) == sa.bindparam("id", type_=sa.String()))

LAWSUITS = (
    sa.select(col(Lawsuit.id), col(Lawsuit.cited_as))
    .where(_of(Lawsuit))
    .order_by(col(Lawsuit.filed_on), col(Lawsuit.id))
)
