"""Record what belongs to a lawsuit from one page: statuses, parties, counsel, related lawsuits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel

from casemgr.db import doors
from casemgr.db.tables import Appearance, Lawsuit, LawsuitStatus, Party, Person, RelatedLawsuit
from casemgr.domain.access import Right
from casemgr.errors import Malformed, NotFound
from casemgr.fields import Code, Input
from casemgr.usecases import litigation, organisations, parties
from casemgr.usecases.litigation import RelatedInput, Short, StatusInput
from casemgr.usecases.matters import Names
from casemgr.usecases.organisations import ContactInput
from casemgr.usecases.parties import AppearanceInput, PartyInput
from casemgr.usecases.work import Work


class Kind(StrEnum):
    """What can be recorded of a lawsuit beside its docket."""

    STATUS = "status"
    PARTY = "party"
    APPEARANCE = "appearance"
    RELATED = "related"
    TRACK = "track"


class PartyForm(PartyInput):
    """A party, its other names one a line."""

    aliases: Names = []


class AppearanceForm(AppearanceInput):
    """Somebody who appears: one of the address book, or a name that is put into it.

    Of somebody of this office the name need not be typed.
    """

    contact_id: Code | None = None  # type: ignore[assignment]
    name: Short = ""
    title: Short = ""


class TrackForm(Input):
    """A component whose handling of a request is before the court."""

    track_id: Code


SHAPES: Mapping[Kind, type[Input]] = {
    Kind.STATUS: StatusInput,
    Kind.PARTY: PartyForm,
    Kind.APPEARANCE: AppearanceForm,
    Kind.RELATED: RelatedInput,
    Kind.TRACK: TrackForm,
}
_TABLES: Mapping[Kind, type[SQLModel]] = {
    Kind.STATUS: LawsuitStatus,
    Kind.PARTY: Party,
    Kind.APPEARANCE: Appearance,
    Kind.RELATED: RelatedLawsuit,
}


@dataclass(frozen=True, slots=True)
class Found:
    """A row of a lawsuit to be corrected."""

    lawsuit_id: str
    values: Mapping[str, Any]


def record(work: Work, lawsuit_id: str, kind: Kind, given: Any) -> object:
    """Record a status, a party, counsel, a related lawsuit, or a track in suit."""
    if kind is Kind.TRACK:
        return litigation.sue_on_track(work, lawsuit_id, given.track_id)
    if kind is Kind.APPEARANCE:
        # The lawsuit's door comes first: the address book is shared by all matters.
        litigation.lawsuit_to_change(work, lawsuit_id)
        return parties.record_appearance(work, lawsuit_id, _appearance(work, given))
    acts: Mapping[Kind, Any] = {
        Kind.STATUS: litigation.record_status,
        Kind.PARTY: parties.record_party,
        Kind.RELATED: litigation.record_related,
    }
    return acts[kind](work, lawsuit_id, given)


def change(
    work: Work, kind: Kind, row_id: str, given: Any, *, version: int | None = None
) -> object:
    """Correct what was recorded."""
    if kind is Kind.PARTY:
        return parties.change_party(work, row_id, given, version=version)
    if kind is Kind.APPEARANCE:
        find(work, kind, row_id)
        corrected = _appearance(work, given)
        return parties.change_appearance(work, row_id, corrected, version=version)
    if kind is Kind.STATUS:
        return litigation.change_status(work, row_id, given)
    return litigation.change_related(work, row_id, given)


def find(work: Work, kind: Kind, row_id: str) -> Found:
    """Return what stands, to be corrected; NotFound for whoever may not know of it."""
    if kind not in _TABLES:
        raise NotFound
    row: Any = doors.open_door(
        work.session, work.actor, _TABLES[kind], row_id, Right.LOG, work.today
    )
    names = (*SHAPES[kind].model_fields, "version")
    return Found(row.lawsuit_id, {name: getattr(row, name, None) for name in names})


def open_lawsuit(work: Work, lawsuit_id: str) -> Lawsuit:
    """Return a lawsuit to somebody who may correct it."""
    return litigation.lawsuit_to_change(work, lawsuit_id)


def _appearance(work: Work, given: AppearanceForm) -> AppearanceInput:
    kept = given.model_dump(exclude={"name", "title"})
    if given.contact_id is None:
        name = given.name or _colleague(work, given.person_id)
        if not name:
            raise Malformed({"contact_id": "Choose who appears, or type the name below."})
        # Without its source: that is of the matter, and everybody reads the address book.
        person = ContactInput(name=name, title=given.title)
        kept["contact_id"] = organisations.record_contact(work, person).id
    return AppearanceInput(**kept)


def _colleague(work: Work, person_id: str | None) -> str:
    person = work.session.get(Person, person_id) if person_id else None
    return person.name if person is not None else ""
