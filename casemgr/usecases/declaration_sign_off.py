"""Sign a version off: an attorney's word for exactly this text, then the signed pages, the filing.

A sign-off is not a signature: the witness signs the printed page under 28 U.S.C. § 1746.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from casemgr.db.tables import Declaration, DeclarationVersion, Document, SignOff
from casemgr.domain.access import Right
from casemgr.domain.prose import long_day
from casemgr.domain.words import EntryKind, Frozen, Side
from casemgr.errors import Malformed, NotFound, Overtaken, WrongMoment
from casemgr.fields import Code, Day, Input
from casemgr.usecases import (
    declaration_checks,
    declaration_content,
    declaration_versions,
    declarations,
    exhibit_words,
    litigation,
    records,
)
from casemgr.usecases.declaration_checks import Found
from casemgr.usecases.declaration_content import Content
from casemgr.usecases.litigation import DocketEntryInput, EntryNumber, Short
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

NO_LONGER = (
    "The declaration, or a fact it rests on, is not what you read any more. Nothing was signed "
    "off: read it again, then sign it off."
)
DIFFERS = (
    "The text is not the one that was signed off any more, so the sign-off does not count. Begin a "
    "new version and have it signed off."
)


class SignOffInput(Input):
    """The fingerprint of the version as it was read."""

    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class SignedInput(Input):
    """The scan of the signed pages, and the day and the place that are written on them."""

    document_id: Code
    executed_on: Day
    executed_at: Short = ""


class FiledInput(Input):
    """When the declaration was filed, and its number on the docket where it has one already."""

    filed_on: Day
    number: EntryNumber | None = None


@dataclass(frozen=True)
class Line:
    """One line of the page before a sign-off: whether it holds, and what to do where it does not.

    One that does not stop the sign-off is only told.
    """

    says: str
    holds: bool
    todo: str = ""
    stops: bool = True


@dataclass(frozen=True)
class Standing:
    """How a version stands for its sign-off: its lines, what it prints, and who signed it off."""

    content: Content
    found: Sequence[Found]
    lines: Sequence[Line]
    sign_off: SignOff | None
    counts: bool  # the sign-off is for the very bytes that stand
    not_compared: Sequence[str] = ()  # exhibits whose words nobody could read

    @property
    def ready(self) -> bool:
        """Say whether an attorney may sign it off now."""
        return all(each.holds or not each.stops for each in self.lines)


def standing(work: Work, declaration: Declaration, version: DeclarationVersion) -> Standing:
    """Say how a version that was opened stands for its sign-off.

    Raises WrongMoment where there is no paper yet: no lawsuit, or no parties.
    """
    content = declaration_content.of(work, declaration, version)
    found = declaration_checks.look(work, declaration, version, content)
    sign_off = declaration_content.standing_sign_off(work, version.id)
    counts = sign_off is not None and _counts(work, declaration, version, sign_off)
    unread = exhibit_words.not_compared(work, content.exhibits)
    return Standing(content, found, _lines(version, content, found), sign_off, counts, unread)


def sign_off(
    work: Work, version_id: str, given: SignOffInput, *, version: int | None = None
) -> SignOff:
    """Sign the newest version off, exactly as it was read; its words stand from then on."""
    row, declaration = declaration_versions.opened(work, version_id, Right.SIGN_OFF)
    if version is not None and row.version != version:
        raise Overtaken
    last = declarations.newest(work, declaration.id)
    if last is None or last.id != row.id:
        raise WrongMoment("There is a newer version. Read that one, and sign it off.")
    now = standing(work, declaration, row)
    if now.sign_off is not None:
        raise WrongMoment("This version is signed off already.")
    if row.frozen and not declaration_content.unchanged(work, declaration, row):
        raise WrongMoment(
            "The record changed since this version was frozen: its caption or its exhibits are "
            "not what it prints. Begin a new version."
        )
    if missing := [each for each in now.lines if each.stops and not each.holds]:
        raise Malformed({f"line-{n}": each.todo for n, each in enumerate(missing, 1)})
    if now.content.fingerprint != given.fingerprint:
        raise WrongMoment(NO_LONGER)
    return _signed_off(work, declaration, row, now.content)


def _signed_off(
    work: Work, declaration: Declaration, row: DeclarationVersion, content: Content
) -> SignOff:
    declaration_versions.freeze(work, declaration, row, Frozen.SIGNED_OFF)
    signed = SignOff(
        matter_id=declaration.matter_id,
        declaration_version_id=row.id,
        fingerprint=content.fingerprint,
        signed_off_by=work.actor.id,
        signed_off_at=work.now,
        known_on=work.today,
    )
    records.keep(work, signed)
    work.record("declaration.signed_off", declaration, title=_title(declaration, row))
    return signed


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
    title = f"{_title(declaration, row)} signed on {long_day(given.executed_on)}"
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
    title = f"{_title(declaration, row)} filed on {long_day(given.filed_on)}"
    work.record("declaration.changed", declaration, title=title)
    return declaration


def _filed_after_signing(work: Work, row: DeclarationVersion, filed_on: date) -> None:
    checks = Checks(work)
    checks.past(filed_on=filed_on)
    checks.in_order(row.executed_on, filed_on, "filed_on")
    checks.done()


def signed_off(work: Work, declaration: Declaration, version: DeclarationVersion) -> bool:
    """Say whether a version that was opened is signed off, for the very bytes that stand."""
    signed = declaration_content.standing_sign_off(work, version.id)
    return signed is not None and _counts(work, declaration, version, signed)


def _signed_off_as_it_stands(work: Work, declaration: Declaration, row: DeclarationVersion) -> None:
    signed = declaration_content.standing_sign_off(work, row.id)
    if signed is None:
        raise WrongMoment("This version is not signed off. An attorney signs it off first.")
    if not _counts(work, declaration, row, signed):
        raise WrongMoment(DIFFERS)


def _counts(work: Work, declaration: Declaration, row: DeclarationVersion, signed: SignOff) -> bool:
    return signed.fingerprint == row.fingerprint and declaration_content.unchanged(
        work, declaration, row
    )


def _title(declaration: Declaration, row: DeclarationVersion) -> str:
    return f"{declaration.title}, version {row.number}"


# --- the lines of the page


EXHIBITS = frozenset({"exhibit-missing", "exhibit-uncited"})
PERSONAL = frozenset({"personal-identifier"})


def _lines(
    version: DeclarationVersion, content: Content, found: Sequence[Found]
) -> tuple[Line, ...]:
    problems = [each for each in found if each.is_problem and each.open]
    notes = [each for each in found if not each.is_problem and each.open]
    let_stand = sum(not each.open for each in found)
    empty = [each for each in content.facts.paragraphs if not each.text.strip()]
    bare = [each.label for each in content.exhibits if each.sha256 is None]
    return (
        Line(
            f"No problems left{_stood(let_stand)}",
            not problems,
            f"{_many(len(problems), 'problem')} left. Mend the text, or an attorney says why it "
            "is right.",
        ),
        Line(
            "Every note has its reason",
            not notes,
            f"{_many(len(notes), 'note')} without a reason. Mend the text, or say why it stands.",
        ),
        Line(
            "Every paragraph says something",
            bool(content.facts.paragraphs) and not empty,
            "A paragraph is empty. Write it, or take it out."
            if empty
            else "There are no paragraphs yet. Write them first.",
        ),
        Line(
            "Every exhibit cited is attached, every exhibit attached is cited",
            not any(each.finding.code in EXHIBITS for each in problems) and not bare,
            f"We hold no file for Exhibit {', '.join(bare)}. Add its document."
            if bare
            else "Look at the checks of the exhibits.",
        ),
        Line(
            "Personal data: no full Social Security number, birth date, A-number or child’s name",
            not any(each.finding.code in PERSONAL for each in problems),
            "Leave only what Fed. R. Civ. P. 5.2 allows.",
        ),
        Line(
            f"The witness read version {version.number}"
            + (f" on {long_day(version.read_on)}" if version.read_on else ""),
            version.read_on is not None,
            "Nobody recorded that the witness read it.",
            stops=False,
        ),
    )


def _stood(count: int) -> str:
    return f" ({_many(count, 'finding')} let stand, with reasons)" if count else ""


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def version_of(work: Work, declaration_id: str, version_id: str | None) -> DeclarationVersion:
    """Return one version of a declaration that was opened, or its newest."""
    if version_id is None:
        found = declarations.newest(work, declaration_id)
        if found is None:
            raise NotFound
        return found
    version, declaration = declaration_versions.opened(work, version_id, Right.READ)
    if declaration.id != declaration_id:
        raise NotFound
    return version
