"""What follows a sign-off: the pages the witness signed, and the filing with the dates it opens."""

from __future__ import annotations

from datetime import date

from casemgr.db.tables import Declaration, DeclarationVersion, Document
from casemgr.domain.prose import long_day
from casemgr.domain.words import EntryKind, Side
from casemgr.errors import WrongMoment
from casemgr.fields import Code, Day, Input
from casemgr.usecases import (
    declaration_content,
    declaration_sign_off,
    declaration_versions,
    litigation,
    records,
)
from casemgr.usecases.declaration_sign_off import title_of
from casemgr.usecases.litigation import DocketEntryInput, EntryNumber, Short
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

DIFFERS = (
    "The text is not the one that was signed off any more, so the sign-off does not count. Begin a "
    "new version and have it signed off."
)


class SignedInput(Input):
    """The scan of the signed pages, and the day and the place that are written on them."""

    document_id: Code
    executed_on: Day
    executed_at: Short = ""


class FiledInput(Input):
    """When the declaration was filed, and its number on the docket where it has one already."""

    filed_on: Day
    number: EntryNumber | None = None


def keep_signed(
    work: Work, version_id: str, given: SignedInput, *, version: int | None = None
) -> DeclarationVersion:
    """Keep the scan of the signed pages beside the version that was signed off."""
    row, declaration = declaration_versions.opened(work, version_id)
    records.not_overtaken(row, version)
    _signed_off_as_it_stands(work, declaration, row)
    checks = Checks(work)
    checks.past(executed_on=given.executed_on)
    checks.of_matter("document_id", Document, given.document_id, declaration.matter_id)
    if row.executed_on is not None and row.executed_on != given.executed_on:
        checks.wrong("executed_on", f"The paper itself says {long_day(row.executed_on)}.")
    checks.done()
    row.signed, row.signed_document_id = True, given.document_id
    row.executed_on = given.executed_on
    row.executed_at = row.executed_at or given.executed_at
    records.keep(work, row)
    title = f"{title_of(declaration, row)} signed on {long_day(given.executed_on)}"
    work.record("declaration.changed", declaration, title=title)
    return row


def record_filing(
    work: Work, version_id: str, given: FiledInput, *, version: int | None = None
) -> Declaration:
    """Record that the signed declaration was filed: a docket entry, and every date it opens."""
    row, declaration = declaration_versions.opened(work, version_id)
    records.not_overtaken(row, version)
    _signed_off_as_it_stands(work, declaration, row)
    if not row.signed or row.signed_document_id is None:
        raise WrongMoment("It is not signed yet. Add the signed pages first.")
    if declaration.docket_entry_id is not None or declaration.lawsuit_id is None:
        raise WrongMoment("Its filing is on the docket already. Correct the docket entry there.")
    _filed_after_signing(work, row, given.filed_on)
    entry = litigation.record_docket_entry(
        work,
        declaration.lawsuit_id,
        DocketEntryInput(
            number=given.number,
            kind=EntryKind.DECLARATION,
            filed_by=Side.OURS,
            filed_on=given.filed_on,
            says=" ".join(each for each in (declaration.title, declaration.purpose) if each) + ".",
            document_id=row.signed_document_id,
        ),
    )
    declaration.docket_entry_id = entry.id
    records.keep(work, declaration)
    title = f"{title_of(declaration, row)} filed on {long_day(given.filed_on)}"
    work.record("declaration.changed", declaration, title=title)
    return declaration


def _filed_after_signing(work: Work, row: DeclarationVersion, filed_on: date) -> None:
    checks = Checks(work)
    checks.past(filed_on=filed_on)
    checks.in_order(row.executed_on, filed_on, "filed_on")
    checks.done()


def _signed_off_as_it_stands(work: Work, declaration: Declaration, row: DeclarationVersion) -> None:
    signed = declaration_content.standing_sign_off(work, row.id)
    if signed is None:
        raise WrongMoment("This version is not signed off. An attorney signs it off first.")
    if not declaration_sign_off.counts(work, declaration, row, signed):
        raise WrongMoment(DIFFERS)
