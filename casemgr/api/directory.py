"""Who is outside the office, shared by all matters: organisations, contacts, agencies, courts."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from casemgr.api.nouns import Asker, Change, Create, Noun
from casemgr.api.shapes import TODAY, Shape
from casemgr.db import tables
from casemgr.domain.words import Role
from casemgr.usecases import agencies, organisations


def everybody(_table: type[SQLModel], _asker: Asker) -> Any:
    """Return the condition that everybody signed in may read a row."""
    return sa.true()


def address_book(table: type[SQLModel], asker: Asker) -> Any:
    """Return the condition for the office's address book: not for a guest of one matter."""
    shape: Any = table
    return sa.false() if asker.role is Role.GUEST else shape.known_on <= TODAY


ORGANISATIONS = Noun(
    path="organisations",
    one="organisation",
    about="A requester, a client, a firm or a clinic, with the other names it goes by.",
    shape=Shape("Organisation", tables.Organisation),
    order="name",
    filters={"name": "name"},
    scope=address_book,
    create=Create(
        organisations.OrganisationInput,
        organisations.record_organisation,
        {"name": "Night Schools Network", "short_name": "NSN", "aliases": ["Night Schools"]},
    ),
    change=Change(
        organisations.OrganisationInput,
        organisations.change_organisation,
        {"address": "1 Main Street, New York, NY"},
    ),
)

CONTACTS = Noun(
    path="contacts",
    one="contact",
    about="A person outside the office.",
    shape=Shape("Contact", tables.Contact),
    order="name",
    filters={"name": "name", "organisation": "organisation_id", "agency": "agency_id"},
    scope=address_book,
    create=Create(
        organisations.ContactInput,
        organisations.record_contact,
        {"name": "Rosa Alvarez", "title": "Organiser", "email": "rosa@example.org"},
    ),
    change=Change(
        organisations.ContactInput, organisations.change_contact, {"phone": "+1 212 555 0100"}
    ),
)

AGENCIES = Noun(
    path="agencies",
    one="agency",
    about="An agency or one of its components, by the short name the law engine knows it by.",
    shape=Shape("Agency", tables.Agency),
    filters={"parent": "parent_id"},
    scope=everybody,
    create=Create(
        agencies.NewAgency,
        agencies.record_agency,
        {"id": "opla", "name": "Office of Example Counsel", "short_name": "OEC"},
    ),
    change=Change(agencies.AgencyInput, agencies.change_agency, {"phone": "+1 202 555 0100"}),
)

COURTS = Noun(
    path="courts",
    one="court",
    about="A court, with the caption its papers bear.",
    shape=Shape("Court", tables.Court),
    filters={"appeals_to": "appeals_to"},
    scope=everybody,
)

NOUNS = (ORGANISATIONS, CONTACTS, AGENCIES, COURTS)
