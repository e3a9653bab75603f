"""The directory of agencies and their components, kept by staff and attorneys."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from casemgr.db import doors
from casemgr.db.tables import Agency
from casemgr.domain.access import Right
from casemgr.errors import Malformed, NotFound
from casemgr.fields import Aliases, Email, Input, Name, Printable, ShortText
from casemgr.usecases import records
from casemgr.usecases.litigation import DirectoryId, Short
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


class AgencyInput(Input):
    """An agency or component: its FOIA office, address, regulation and where appeals go."""

    name: Name
    short_name: Annotated[str, Field(min_length=1, max_length=60), Printable]
    parent_id: DirectoryId | None = None
    aliases: Aliases = []
    foia_office: Short = ""
    address: ShortText = ""
    email: Email | None = None
    portal: Annotated[str, Field(max_length=300), Printable] = ""
    phone: Annotated[str, Field(max_length=60), Printable] = ""
    regulation: Short = ""
    appeals_to: ShortText = ""
    holds: Annotated[str, Field(max_length=1000), Printable] = ""
    source: ShortText = ""


class NewAgency(AgencyInput):
    """A new agency or component, by the short name the law engine knows it by."""

    id: Annotated[str, Field(min_length=1, max_length=24, pattern=r"^[a-z][a-z0-9_-]*$")]


def record_agency(work: Work, given: NewAgency) -> Agency:
    """Add an agency or component to the directory."""
    doors.allow(work.actor, Right.CONFIRM)
    if work.session.get(Agency, given.id) is not None:
        raise Malformed({"id": f"{given.id} is in the directory already. Change that entry."})
    _check(work, given, given.id)
    agency = Agency(**_values(given))
    records.keep(work, agency)
    work.record("agency.recorded", agency, title=agency.name)
    return agency


def change_agency(
    work: Work, agency_id: str, given: AgencyInput, *, version: int | None = None
) -> Agency:
    """Correct an entry of the directory."""
    agency = work.session.get(Agency, agency_id)
    if agency is None:
        raise NotFound
    doors.allow(work.actor, Right.CONFIRM)
    records.not_overtaken(agency, version)
    _check(work, given, agency.id)
    records.assign(work, agency, _values(given))
    return agency


def _values(given: AgencyInput) -> dict[str, Any]:
    return {**given.model_dump(), "email": given.email or ""}


def _check(work: Work, given: AgencyInput, agency_id: str) -> None:
    checks = Checks(work)
    if given.parent_id == agency_id:
        checks.wrong("parent_id", "A component is not its own parent. Choose another.")
    else:
        checks.in_directory("parent_id", Agency, given.parent_id)
    checks.done()
