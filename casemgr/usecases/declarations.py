"""Declarations: begin one, write its paragraphs, attach its exhibits, keep every version."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Declaration,
    DeclarationVersion,
    DocketEntry,
    Document,
    Exhibit,
    Lawsuit,
    Paragraph,
)
from casemgr.domain.access import Right
from casemgr.domain.words import DeclarationKind
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Code, Day, Input, Name, Note, Printable, ShortText
from casemgr.usecases import records
from casemgr.usecases.litigation import Short, Title
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Number = Annotated[int, Field(ge=1, le=9999)]


class DeclarationInput(Input):
    """Who declares, what for, and in which lawsuit."""

    title: Name
    declarant: Name
    kind: DeclarationKind = DeclarationKind.FACT
    lawsuit_id: Code | None = None
    docket_entry_id: Code | None = None
    document_id: Code | None = None
    note: Note = ""
    source: ShortText = ""


class VersionInput(Input):
    """One text of a declaration: how it opens, and when and where it was executed."""

    opening: Note = ""
    executed_on: Day | None = None
    executed_at: Short = ""
    abroad: bool = False
    signed: bool = False


class ParagraphInput(Input):
    """One paragraph; `number` is left out where the paper itself has none."""

    says: Annotated[str, Field(min_length=1, max_length=20_000), Printable]
    number: Number | None = None
    position: Number | None = None


class ExhibitInput(Input):
    """A document a declaration attaches, by its letter."""

    label: Annotated[str, Field(min_length=1, max_length=12, pattern=r"^[A-Z0-9-]+$")]
    title: Title
    document_id: Code | None = None


def begin_declaration(work: Work, matter_id: str, given: DeclarationInput) -> Declaration:
    """Begin a declaration with an empty first version."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check(work, matter.id, given)
    row = Declaration(matter_id=matter.id, known_on=work.today, **given.model_dump())
    records.keep(work, row)
    work.record("declaration.made", row, title=row.title)
    records.keep(work, DeclarationVersion(declaration_id=row.id, number=1, known_on=work.today))
    return row


def change_declaration(
    work: Work, declaration_id: str, given: DeclarationInput, *, version: int | None = None
) -> Declaration:
    """Correct who declares, what for, or in which lawsuit."""
    row = _declaration(work, declaration_id)
    records.not_overtaken(row, version)
    _check(work, row.matter_id, given)
    records.change(work, row, given, "declaration.changed", title=given.title)
    return row


def begin_version(work: Work, declaration_id: str, given: VersionInput) -> DeclarationVersion:
    """Begin a new version with the paragraphs of the last one; the last one stays as it was."""
    row = _declaration(work, declaration_id)
    _check_version(work, given)
    last = work.session.exec(
        select(DeclarationVersion)
        .where(DeclarationVersion.declaration_id == row.id)
        .order_by(col(DeclarationVersion.number).desc())
        .limit(1)
    ).first()
    new = DeclarationVersion(
        declaration_id=row.id,
        number=last.number + 1 if last else 1,
        known_on=work.today,
        **given.model_dump(),
    )
    records.keep(work, new)
    if last is not None:
        _copy(work, last, new)
    work.record("declaration.changed", row, title=f"{row.title}, version {new.number} begun")
    return new


def change_version(
    work: Work, version_id: str, given: VersionInput, *, version: int | None = None
) -> DeclarationVersion:
    """Change how a version opens, or when and where it was executed."""
    row, declaration = _draft(work, version_id)
    records.not_overtaken(row, version)
    _check_version(work, given)
    records.change(
        work, row, given, "declaration.changed", about=declaration, title=declaration.title
    )
    return row


def add_paragraph(work: Work, version_id: str, given: ParagraphInput) -> Paragraph:
    """Add a paragraph to a draft, at its end unless a position is given."""
    version, declaration = _draft(work, version_id)
    last = work.session.execute(
        sa.select(sa.func.max(col(Paragraph.position))).where(
            col(Paragraph.declaration_version_id) == version.id
        )
    ).scalar_one()
    position = given.position or int(last or 0) + 1
    _position_free(work, version.id, position, None)
    paragraph = Paragraph(
        declaration_version_id=version.id, position=position, number=given.number, says=given.says
    )
    records.keep(work, paragraph)
    work.record("declaration.changed", declaration, title=f"{declaration.title}, ¶ {position}")
    return paragraph


def change_paragraph(work: Work, paragraph_id: str, given: ParagraphInput) -> Paragraph:
    """Change the words, number or place of a paragraph in a draft."""
    paragraph = doors.open_door(
        work.session, work.actor, Paragraph, paragraph_id, Right.LOG, work.today
    )
    version, declaration = _draft(work, paragraph.declaration_version_id)
    position = given.position or paragraph.position
    _position_free(work, version.id, position, paragraph)
    values = {"says": given.says, "number": given.number, "position": position}
    title = f"{declaration.title}, ¶ {position}"
    records.assign(work, paragraph, values, "declaration.changed", about=declaration, title=title)
    return paragraph


def attach_exhibit(work: Work, declaration_id: str, given: ExhibitInput) -> Exhibit:
    """Attach an exhibit by its letter."""
    declaration = _declaration(work, declaration_id)
    _check_exhibit(work, declaration, given, None)
    exhibit = Exhibit(declaration_id=declaration.id, **given.model_dump())
    records.keep(work, exhibit)
    title = f"{declaration.title}, Exhibit {exhibit.label}"
    work.record("declaration.changed", declaration, title=title)
    return exhibit


def change_exhibit(work: Work, exhibit_id: str, given: ExhibitInput) -> Exhibit:
    """Correct an exhibit's letter, title or document."""
    exhibit = doors.open_door(work.session, work.actor, Exhibit, exhibit_id, Right.LOG, work.today)
    declaration = _declaration(work, exhibit.declaration_id)
    _check_exhibit(work, declaration, given, exhibit)
    title = f"{declaration.title}, Exhibit {exhibit.label}"
    records.change(work, exhibit, given, "declaration.changed", about=declaration, title=title)
    return exhibit


def _declaration(work: Work, declaration_id: str) -> Declaration:
    return doors.declaration(work.session, work.actor, declaration_id, Right.LOG, work.today)


def _draft(work: Work, version_id: str) -> tuple[DeclarationVersion, Declaration]:
    version = doors.open_door(
        work.session, work.actor, DeclarationVersion, version_id, Right.LOG, work.today
    )
    if version.frozen:
        raise WrongMoment(
            "This version was sent, signed off or filed, so its words stand. "
            "Begin a new version and change that one."
        )
    return version, _declaration(work, version.declaration_id)


def _copy(work: Work, last: DeclarationVersion, new: DeclarationVersion) -> None:
    paragraphs = work.session.exec(
        select(Paragraph).where(Paragraph.declaration_version_id == last.id)
    ).all()
    for each in paragraphs:
        work.session.add(
            Paragraph(
                declaration_version_id=new.id,
                position=each.position,
                number=each.number,
                says=each.says,
                sources=each.sources,
            )
        )
    work.session.flush()


def _check(work: Work, matter_id: str, given: DeclarationInput) -> None:
    checks = Checks(work)
    checks.of_matter("lawsuit_id", Lawsuit, given.lawsuit_id, matter_id)
    checks.of_matter("docket_entry_id", DocketEntry, given.docket_entry_id, matter_id)
    checks.of_matter("document_id", Document, given.document_id, matter_id)
    checks.done()


def _check_version(work: Work, given: VersionInput) -> None:
    checks = Checks(work)
    checks.past(executed_on=given.executed_on)
    if given.signed and given.executed_on is None:
        checks.wrong("executed_on", "A signed declaration says when. 28 U.S.C. § 1746 asks for it.")
    checks.done()


def _position_free(work: Work, version_id: str, position: int, paragraph: Paragraph | None) -> None:
    taken = work.session.exec(
        select(Paragraph.id).where(
            Paragraph.declaration_version_id == version_id, Paragraph.position == position
        )
    ).first()
    if taken is not None and (paragraph is None or taken != paragraph.id):
        raise Malformed({"position": f"There is a paragraph at {position} already."})


def _check_exhibit(
    work: Work, declaration: Declaration, given: ExhibitInput, exhibit: Exhibit | None
) -> None:
    checks = Checks(work)
    checks.of_matter("document_id", Document, given.document_id, declaration.matter_id)
    taken = work.session.exec(
        select(Exhibit.id).where(
            Exhibit.declaration_id == declaration.id, Exhibit.label == given.label
        )
    ).first()
    if taken is not None and (exhibit is None or taken != exhibit.id):
        checks.wrong("label", f"There is an Exhibit {given.label} already. Choose another letter.")
    checks.done()
