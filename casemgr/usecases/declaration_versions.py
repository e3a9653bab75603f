"""Versions of a declaration: begin the next one, name one, send one to the witness, freeze it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casemgr.db import doors
from casemgr.db.tables import Declaration, DeclarationVersion, SignOff
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import Frozen
from casemgr.errors import NotFound, WrongMoment
from casemgr.fields import Day, Input, Printable
from casemgr.usecases import declaration_content, declarations, records, translations
from casemgr.usecases.declarations import VersionInput
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

BEGUN = "{name} began version {number}."


class NameInput(Input):
    """What the office calls a version."""

    name: Annotated[str, Field(min_length=1, max_length=100), Printable]


class WitnessRead(Input):
    """The day on which the witness had read the version."""

    read_on: Day


def begin_version(work: Work, declaration_id: str, given: VersionInput) -> DeclarationVersion:
    """Begin a new version with the paragraphs of the last one; the last one stays as it was.

    A sign-off of the last one is void from then on.
    """
    row = declarations.opened(work, declaration_id)
    last = declarations.newest(work, row.id)
    new = declarations.copied(work, row, last, given)
    if last is not None:
        translations.copy(work, last, new)
        _freeze(work, row, last, Frozen.SUPERSEDED)
        void(work, row, last, BEGUN.format(name=work.actor.name, number=new.number))
    return new


def begin_again(work: Work, declaration_id: str) -> DeclarationVersion:
    """Begin a new version that opens as the last one does, not yet executed by anybody."""
    row = declarations.opened(work, declaration_id)
    last = declarations.newest(work, row.id)
    given = VersionInput(opening=last.opening, abroad=last.abroad) if last else VersionInput()
    return begin_version(work, row.id, given)


def version_of(work: Work, declaration_id: str, version_id: str | None) -> DeclarationVersion:
    """Return one version of a declaration that was opened, or its newest."""
    if version_id is None:
        found = declarations.newest(work, declaration_id)
        if found is None:
            raise NotFound
        return found
    version, declaration = opened(work, version_id, Right.READ)
    if declaration.id != declaration_id:
        raise NotFound
    return version


def name_version(
    work: Work, version_id: str, given: NameInput, *, version: int | None = None
) -> DeclarationVersion:
    """Give a version a name by which the office knows it again; its words stand from then on."""
    row, declaration = opened(work, version_id)
    records.not_overtaken(row, version)
    row.name = given.name
    _freeze(work, declaration, row, Frozen.NAMED)
    records.keep(work, row)
    _told(work, declaration, row, f"named “{given.name}”")
    return row


def send_for_reading(
    work: Work, version_id: str, *, version: int | None = None
) -> DeclarationVersion:
    """Freeze a version because it goes to the witness to be read."""
    row, declaration = declarations.unfrozen(work, version_id)
    records.not_overtaken(row, version)
    declaration_content.live(work, declaration, row)  # what cannot be printed cannot be read
    _freeze(work, declaration, row, Frozen.SENT)
    _told(work, declaration, row, "sent to the witness to be read")
    return row


def record_reading(
    work: Work, version_id: str, given: WitnessRead, *, version: int | None = None
) -> DeclarationVersion:
    """Record that the witness has read a version, and when."""
    row, declaration = opened(work, version_id)
    records.not_overtaken(row, version)
    checks = Checks(work)
    checks.past(read_on=given.read_on)
    checks.done()
    if not row.frozen:
        raise WrongMoment("This version can still change. Send it to the witness first.")
    row.read_on = given.read_on
    records.keep(work, row)
    _told(work, declaration, row, f"read by the witness on {long_day(given.read_on)}")
    return row


def freeze(
    work: Work, declaration: Declaration, version: DeclarationVersion, because: Frozen
) -> None:
    """Let the words of a version stand for good, with everything it prints kept beside it."""
    _freeze(work, declaration, version, because)


def void(
    work: Work, declaration: Declaration, version: DeclarationVersion, because: str
) -> SignOff | None:
    """Take back the sign-off of a version where it has one; the attorney's word was for another."""
    standing = declaration_content.standing_sign_off(work, version.id)
    if standing is not None:
        standing.void_on, standing.void_because = work.today, because
        records.keep(work, standing)
        work.record(
            "declaration.sign_off_void",
            declaration,
            title=f"{declaration.title}, version {version.number}",
            because=because,
        )
    return standing


def opened(
    work: Work, version_id: str, right: Right = Right.LOG
) -> tuple[DeclarationVersion, Declaration]:
    """Return a version, frozen or not, with its declaration."""
    version = doors.open_door(
        work.session, work.actor, DeclarationVersion, version_id, right, work.today
    )
    return version, declarations.opened(work, version.declaration_id, right)


def _freeze(
    work: Work, declaration: Declaration, version: DeclarationVersion, because: Frozen
) -> None:
    if version.frozen:
        return
    try:
        content = declaration_content.live(work, declaration, version)
    except WrongMoment:  # for no lawsuit yet: its words stand, and there is no paper to keep
        content = None
    if content is not None:
        version.content, version.fingerprint = content.plain(), content.fingerprint
    version.frozen, version.frozen_because, version.frozen_on = True, because, work.today
    records.keep(work, version)


def _told(work: Work, declaration: Declaration, version: DeclarationVersion, what: str) -> None:
    title = f"{declaration.title}, version {version.number} {what}"
    work.record("declaration.changed", declaration, title=title)
