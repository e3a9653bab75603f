"""The lists of the search log; see `casemgr.db.lists` for what they take and give."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.lists import MATTERS, TODAY
from casemgr.db.tables import (
    Agency,
    DocketEntry,
    Document,
    FoiaRequest,
    Lawsuit,
    SearchStatement,
    Track,
)

STATEMENTS = (
    sa.select(
        col(SearchStatement.id),
        col(SearchStatement.matter_id),
        col(SearchStatement.track_id),
        col(Agency.short_name),
        col(SearchStatement.said_in),
        col(SearchStatement.custodian),
        col(SearchStatement.system),
        col(SearchStatement.terms),
        col(SearchStatement.records_from),
        col(SearchStatement.records_until),
        col(SearchStatement.method),
        col(SearchStatement.searched_by),
        col(SearchStatement.docket_entry_id),
        col(DocketEntry.number),
        col(DocketEntry.part),
        col(DocketEntry.filed_on),
        col(SearchStatement.document_id),
        col(Document.title),
        col(SearchStatement.place),
        col(SearchStatement.source),
        col(SearchStatement.confidence),
        col(SearchStatement.version),
        col(SearchStatement.withdrawn_on),
        col(SearchStatement.withdrawn_because),
    )
    .outerjoin(Track, col(Track.id) == col(SearchStatement.track_id))
    .outerjoin(Agency, col(Agency.id) == col(Track.agency_id))
    .outerjoin(DocketEntry, col(DocketEntry.id) == col(SearchStatement.docket_entry_id))
    .outerjoin(Document, col(Document.id) == col(SearchStatement.document_id))
    .where(
        col(SearchStatement.matter_id).in_(MATTERS),
        col(SearchStatement.known_on) <= TODAY,
    )
    .order_by(col(SearchStatement.known_on), col(SearchStatement.id))
)

STATEMENT = STATEMENTS.where(col(SearchStatement.id) == sa.bindparam("id", type_=sa.String()))

# What a form offers to choose from, as id and what people call it.
COMPONENTS = (
    sa.select(col(Track.id), col(Agency.short_name), col(FoiaRequest.title))
    .join(Agency, col(Agency.id) == col(Track.agency_id))
    .join(FoiaRequest, col(FoiaRequest.id) == col(Track.request_id))
    .where(
        col(Track.matter_id).in_(MATTERS),
        col(Track.known_on) <= TODAY,
        col(FoiaRequest.known_on) <= TODAY,
    )
    .order_by(col(Agency.short_name), col(Track.id))
)
ENTRIES = (
    sa.select(
        col(DocketEntry.id),
        col(Lawsuit.cited_as),
        col(DocketEntry.number),
        col(DocketEntry.part),
        col(DocketEntry.filed_on),
        col(DocketEntry.says),
    )
    .join(Lawsuit, col(Lawsuit.id) == col(DocketEntry.lawsuit_id))
    .where(col(DocketEntry.matter_id).in_(MATTERS), col(DocketEntry.known_on) <= TODAY)
    .order_by(col(DocketEntry.filed_on), col(DocketEntry.id))
)
