"""Parties, who appears for them, and service of process on them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlmodel import select

from casemgr.db.tables import (
    Agency,
    Appearance,
    Contact,
    DocketEntry,
    Lawsuit,
    Organisation,
    Party,
    Service,
)
from casemgr.domain.prose import long_day
from casemgr.domain.words import Certainty, PartyRole, Side
from casemgr.fields import (
    Aliases,
    Code,
    Day,
    Input,
    Name,
    Printable,
    ShortText,
)
from casemgr.usecases import people, records
from casemgr.usecases.litigation import (
    DirectoryId,
    Position,
    Short,
    Title,
    change_fact,
    lawsuit_to_change,
    of_lawsuit,
    open_row,
    record,
    record_fact,
)
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


class PartyInput(Input):
    """A party, by the name filed, with the other names papers use."""

    role: PartyRole
    name: Title
    aliases: Aliases = []
    position: Position = 1
    organisation_id: Code | None = None
    agency_id: DirectoryId | None = None
    source: ShortText = ""


class AppearanceInput(Input):
    """Somebody who appears for a side; of ours, who of the office that is."""

    contact_id: Code
    person_id: Code | None = None
    side: Side
    capacity: Short = ""
    since_on: Day | None = None
    since_certainty: Certainty = Certainty.UNKNOWN
    source: ShortText = ""


class ServiceInput(Input):
    """Service of process on one person whom Rule 4(i) names."""

    served_on_whom: Name
    party_id: Code | None = None
    us_attorney: bool = False
    attorney_general: bool = False
    method: Annotated[str, Field(max_length=60), Printable] = ""
    sent_on: Day | None = None
    delivered_on: Day | None = None
    proof: ShortText = ""
    docket_entry_id: Code | None = None
    source: ShortText = ""


def record_party(work: Work, lawsuit_id: str, given: PartyInput) -> Party:
    """Record a party by the name filed."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    _check_party(work, lawsuit.id, given, None)
    return record(work, lawsuit, Party, given, "party.recorded", given.name)


def change_party(
    work: Work, party_id: str, given: PartyInput, *, version: int | None = None
) -> Party:
    """Correct a party's name, role or other names."""
    party = open_row(work, Party, party_id, version)
    _check_party(work, party.lawsuit_id, given, party)
    records.change(work, party, given)
    return party


def _check_party(work: Work, lawsuit_id: str, given: PartyInput, party: Party | None) -> None:
    checks = Checks(work)
    checks.in_directory("organisation_id", Organisation, given.organisation_id)
    checks.in_directory("agency_id", Agency, given.agency_id)
    taken = work.session.exec(
        select(Party.id).where(Party.lawsuit_id == lawsuit_id, Party.name == given.name)
    ).first()
    if taken is not None and (party is None or taken != party.id):
        checks.wrong("name", f"{given.name} is a party here already. Change that one.")
    checks.done()


def record_appearance(work: Work, lawsuit_id: str, given: AppearanceInput) -> Appearance:
    """Record who appears for a side."""
    lawsuit = lawsuit_to_change(work, lawsuit_id)
    contact = _check_appearance(work, given, lawsuit.matter_id)
    return record(work, lawsuit, Appearance, given, "appearance.recorded", contact.name)


def change_appearance(
    work: Work, appearance_id: str, given: AppearanceInput, *, version: int | None = None
) -> Appearance:
    """Correct who appears for a side, in what capacity and since when."""
    appearance = open_row(work, Appearance, appearance_id, version)
    _check_appearance(work, given, appearance.matter_id, appearance.person_id)
    records.change(work, appearance, given)
    return appearance


def _check_appearance(
    work: Work, given: AppearanceInput, matter_id: str, was: str | None = None
) -> Contact:
    checks = Checks(work)
    checks.in_directory("contact_id", Contact, given.contact_id)
    if given.person_id is not None and given.side is not Side.OURS:
        checks.wrong("person_id", "People of this office appear for our side only. Leave it out.")
    if given.person_id != was:  # who appeared once may have left the matter since
        people.check_on_matter(checks, "person_id", given.person_id, matter_id)
    checks.past(since_on=given.since_on)
    checks.done()
    return work.session.get_one(Contact, given.contact_id)


def record_service(work: Work, lawsuit_id: str, given: ServiceInput) -> Service:
    """Record service of process; the U.S. Attorney's starts the time to answer."""
    return record_fact(
        work,
        lawsuit_id,
        Service,
        given,
        _check_service,
        tag="service.recorded",
        title=given.served_on_whom,
        because=f"service on {given.served_on_whom} was recorded",
    )


def change_service(
    work: Work, service_id: str, given: ServiceInput, *, version: int | None = None
) -> Service:
    """Correct service of process, and bring the dates into step."""
    because = f"service on {given.served_on_whom} was corrected"
    return change_fact(
        work, Service, service_id, given, _check_service, version=version, because=because
    )


def _check_service(work: Work, lawsuit: Lawsuit, given: ServiceInput) -> ServiceInput:
    checks = Checks(work)
    checks.past(sent_on=given.sent_on, delivered_on=given.delivered_on)
    if given.sent_on and given.delivered_on and given.delivered_on < given.sent_on:
        checks.wrong(
            "delivered_on",
            f"It cannot be delivered before it was sent on {long_day(given.sent_on)}. "
            "Check both days.",
        )
    if given.delivered_on and lawsuit.filed_on and given.delivered_on < lawsuit.filed_on:
        checks.wrong(
            "delivered_on",
            f"The complaint was filed on {long_day(lawsuit.filed_on)}; it cannot be served before.",
        )
    of_lawsuit(checks, "party_id", Party, given.party_id, lawsuit.id)
    of_lawsuit(checks, "docket_entry_id", DocketEntry, given.docket_entry_id, lawsuit.id)
    if given.us_attorney and given.attorney_general:
        checks.wrong(
            "attorney_general",
            "The United States Attorney and the Attorney General are served apart. Record each.",
        )
    checks.done()
    return given
