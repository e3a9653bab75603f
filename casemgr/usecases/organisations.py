"""The address book: organisations and persons outside the office, shared by all matters."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import Field
from sqlmodel import select

from casemgr.db import doors
from casemgr.db.tables import Agency, Contact, Organisation
from casemgr.domain.access import Right
from casemgr.domain.words import Role
from casemgr.errors import NotFound
from casemgr.fields import Aliases, Code, Email, Input, Name, Note, Printable, ShortText
from casemgr.usecases import records
from casemgr.usecases.litigation import DirectoryId, Short
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Row = TypeVar("Row", Organisation, Contact)
Short60 = Annotated[str, Field(max_length=60), Printable]


class OrganisationInput(Input):
    """A requester, a client, a firm or a clinic, with the other names it goes by."""

    name: Name
    short_name: Short60 = ""
    aliases: Aliases = []
    address: ShortText = ""
    note: Note = ""
    source: ShortText = ""


class ContactInput(Input):
    """A person outside the office."""

    name: Name
    aliases: Aliases = []
    title: Short = ""
    organisation_id: Code | None = None
    agency_id: DirectoryId | None = None
    email: Email | None = None
    phone: Short60 = ""
    address: ShortText = ""
    source: ShortText = ""


def record_organisation(work: Work, given: OrganisationInput) -> Organisation:
    """Record an organisation once, with every name it goes by."""
    doors.allow(work.actor, Right.LOG)
    _check_organisation(work, given, None)
    row = Organisation(known_on=work.today, **given.model_dump())
    records.keep(work, row)
    work.record("organisation.recorded", row, title=row.name)
    return row


def change_organisation(
    work: Work, organisation_id: str, given: OrganisationInput, *, version: int | None = None
) -> Organisation:
    """Correct an organisation's names or address."""
    row = open_entry(work, Organisation, organisation_id, Right.LOG)
    records.not_overtaken(row, version)
    _check_organisation(work, given, row)
    records.change(work, row, given)
    return row


def record_contact(work: Work, given: ContactInput) -> Contact:
    """Record a person outside the office."""
    doors.allow(work.actor, Right.LOG)
    _check_contact(work, given)
    row = Contact(known_on=work.today, **_contact(given))
    records.keep(work, row)
    work.record("contact.recorded", row, title=row.name)
    return row


def change_contact(
    work: Work, contact_id: str, given: ContactInput, *, version: int | None = None
) -> Contact:
    """Correct a person's name, post or address."""
    row = open_entry(work, Contact, contact_id, Right.LOG)
    records.not_overtaken(row, version)
    _check_contact(work, given)
    records.assign(work, row, _contact(given))
    return row


def open_entry(work: Work, table: type[Row], row_id: str, right: Right) -> Row:
    """Return an entry of the address book; a guest of one matter does not see the book."""
    row = work.session.get(table, row_id)
    if row is None or row.known_on > work.today or work.actor.role is Role.GUEST:
        raise NotFound
    doors.allow(work.actor, right)
    return row


def _contact(given: ContactInput) -> dict[str, Any]:
    return {**given.model_dump(), "email": given.email or ""}


def _check_organisation(work: Work, given: OrganisationInput, row: Organisation | None) -> None:
    checks = Checks(work)
    taken = work.session.exec(
        select(Organisation.id).where(Organisation.name == given.name)
    ).one_or_none()
    if taken is not None and (row is None or taken != row.id):
        checks.wrong("name", f"{given.name} is in the address book already. Change that entry.")
    checks.done()


def _check_contact(work: Work, given: ContactInput) -> None:
    checks = Checks(work)
    checks.in_directory("organisation_id", Organisation, given.organisation_id)
    checks.in_directory("agency_id", Agency, given.agency_id)
    checks.done()
