"""What the forms of a lawsuit offer to choose from; `casemgr.db.lists` says how it is asked."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from casemgr.db.lists import MATTERS, TODAY
from casemgr.db.tables import (
    Agency,
    Contact,
    Document,
    Lawsuit,
    LawsuitTrack,
    Organisation,
    Track,
)

CONTACTS = (
    sa.select(col(Contact.id), col(Contact.name), col(Contact.title), col(Organisation.name))
    .outerjoin(Organisation, col(Organisation.id) == col(Contact.organisation_id))
    .where(col(Contact.known_on) <= TODAY)
    .order_by(col(Contact.name), col(Contact.id))
)
ORGANISATIONS = (
    sa.select(col(Organisation.id), col(Organisation.name))
    .where(col(Organisation.known_on) <= TODAY)
    .order_by(col(Organisation.name))
)
AGENCIES = sa.select(col(Agency.id), col(Agency.name)).order_by(col(Agency.name))
LAWSUITS = (
    sa.select(col(Lawsuit.id), col(Lawsuit.cited_as))
    .where(col(Lawsuit.matter_id).in_(MATTERS), col(Lawsuit.known_on) <= TODAY)
    .order_by(col(Lawsuit.filed_on), col(Lawsuit.id))
)
DOCUMENTS = (
    sa.select(col(Document.id), col(Document.title))
    .where(col(Document.matter_id).in_(MATTERS), col(Document.known_on) <= TODAY)
    .order_by(col(Document.dated_on), col(Document.id))
)
NOT_IN_SUIT = (
    sa.select(col(Track.id), col(Agency.short_name))
    .join(Agency, col(Agency.id) == col(Track.agency_id))
    .where(
        col(Track.matter_id).in_(MATTERS),
        col(Track.known_on) <= TODAY,
        ~sa.exists().where(
            col(LawsuitTrack.track_id) == col(Track.id),
            col(LawsuitTrack.lawsuit_id) == sa.bindparam("lawsuit_id", type_=sa.String()),
        ),
    )
    .order_by(col(Agency.short_name), col(Track.id))
)
# The same number elsewhere, on a matter whoever asks may know of.
SAME_NUMBER = (
    sa.select(col(Lawsuit.id), col(Lawsuit.cited_as))
    .where(
        col(Lawsuit.matter_id).in_(MATTERS),
        col(Lawsuit.known_on) <= TODAY,
        col(Lawsuit.court_id) == sa.bindparam("court_id", type_=sa.String()),
        col(Lawsuit.docket_number) == sa.bindparam("number", type_=sa.String()),
        col(Lawsuit.id) != sa.bindparam("but", type_=sa.String()),
    )
    .order_by(col(Lawsuit.id))
)
