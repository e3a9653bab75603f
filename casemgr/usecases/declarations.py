"""Declarations: begin one, say what it is for, begin a version of it, add and change paragraphs."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from pydantic import AfterValidator, Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Declaration,
    DeclarationVersion,
    DocketEntry,
    Document,
    Lawsuit,
    Paragraph,
)
from casemgr.domain.access import Right
from casemgr.domain.declaration_text import LONGEST_NAME, name_of
from casemgr.domain.words import DeclarationKind, Lettering
from casemgr.errors import Malformed, WrongMoment
from casemgr.fields import Code, Day, Input, Name, Note, Printable, ShortText
from casemgr.usecases import owners, people, records
from casemgr.usecases.litigation import Short
from casemgr.usecases.owners import OwnerInput
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Number = Annotated[int, Field(ge=1, le=9999)]
Purpose = Annotated[str, Field(max_length=300), Printable]
Heading = Annotated[str, Field(max_length=200), Printable]
Says = Annotated[str, Field(min_length=1, max_length=20_000), Printable]
Spoken = Annotated[str, Field(max_length=LONGEST_NAME), AfterValidator(name_of)]
VersionName = Annotated[str, Field(max_length=100), Printable]
TAKEN_OUT = 1_000_000  # the position from which paragraphs stand that were taken out
MOST_PARAGRAPHS = 1000
STANDS = (
    "This version was sent, signed off or filed, so its words stand. "
    "Begin a new version and change that one."
)


class DeclarationInput(Input):
    """Who declares, what for, in which lawsuit, and how its exhibits are lettered.

    `owner_id` is who is responsible for it in the office; left out, it stays whose it is.
    """

    title: Name
    declarant: Name
    kind: DeclarationKind = DeclarationKind.FACT
    purpose: Purpose = ""
    lettering: Lettering = Lettering.FIXED
    exhibits_numbered: bool = False
    lawsuit_id: Code | None = None
    docket_entry_id: Code | None = None
    document_id: Code | None = None
    owner_id: Code | None = None
    note: Note = ""
    source: ShortText = ""


class VersionInput(Input):
    """One text of a declaration: how it opens, and when and where it was executed."""

    name: VersionName = ""
    opening: Note = ""
    executed_on: Day | None = None
    executed_at: Short = ""
    abroad: bool = False
    signed: bool = False


class ParagraphInput(Input):
    """One paragraph; `number` is left out where the paper itself has none.

    `name` is what references call it: `notice` in `{para:notice}`.
    """

    says: Says
    number: Number | None = None
    position: Number | None = None
    name: Spoken = ""
    heading: Heading = ""


def begin_declaration(work: Work, matter_id: str, given: DeclarationInput) -> Declaration:
    """Begin a declaration with an empty first version."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check(work, matter.id, given)
    row = Declaration(matter_id=matter.id, known_on=work.today, **given.model_dump())
    row.owner_id = given.owner_id or owners.who_begins(work, matter.id)
    records.keep(work, row)
    work.record("declaration.made", row, title=row.title)
    records.keep(work, DeclarationVersion(declaration_id=row.id, number=1, known_on=work.today))
    return row


def change_declaration(
    work: Work, declaration_id: str, given: DeclarationInput, *, version: int | None = None
) -> Declaration:
    """Correct who declares, what for, or in which lawsuit."""
    row = opened(work, declaration_id)
    records.not_overtaken(row, version)
    _check(work, row.matter_id, given)
    if given.owner_id not in {None, row.owner_id}:
        owners.give(work, row, OwnerInput(owner_id=given.owner_id))
    facts = given.model_dump(exclude={"owner_id"})
    records.assign(work, row, facts, "declaration.changed", title=given.title)
    return row


def give_declaration(
    work: Work, declaration_id: str, given: OwnerInput, *, version: int | None = None
) -> Declaration:
    """Make somebody on the matter responsible for a declaration."""
    row = opened(work, declaration_id)
    records.not_overtaken(row, version)
    return owners.give(work, row, given)


def copied(
    work: Work, row: Declaration, last: DeclarationVersion | None, given: VersionInput
) -> DeclarationVersion:
    """Return a new version of a declaration that was opened, with the paragraphs of the last."""
    _check_version(work, given)
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
    row, declaration = unfrozen(work, version_id)
    records.not_overtaken(row, version)
    _check_version(work, given)
    records.change(
        work, row, given, "declaration.changed", about=declaration, title=declaration.title
    )
    return row


def add_paragraph(work: Work, version_id: str, given: ParagraphInput) -> Paragraph:
    """Add a paragraph to a draft, at its end unless a position is given."""
    version, declaration = unfrozen(work, version_id)
    last = work.session.execute(
        sa.select(sa.func.max(col(Paragraph.position))).where(
            col(Paragraph.declaration_version_id) == version.id,
            col(Paragraph.removed).is_(False),
        )
    ).scalar_one()
    position = given.position or int(last or 0) + 1
    _check_paragraph(work, version.id, position, given.name, None)
    paragraph = Paragraph(
        declaration_version_id=version.id, **{**given.model_dump(), "position": position}
    )
    records.keep(work, paragraph)
    work.record("declaration.changed", declaration, title=f"{declaration.title}, ¶ {position}")
    return paragraph


def change_paragraph(work: Work, paragraph_id: str, given: ParagraphInput) -> Paragraph:
    """Change the words, number, name or place of a paragraph in a draft."""
    paragraph = doors.open_door(
        work.session, work.actor, Paragraph, paragraph_id, Right.LOG, work.today
    )
    version, declaration = unfrozen(work, paragraph.declaration_version_id)
    position = given.position or paragraph.position
    _check_paragraph(work, version.id, position, given.name, paragraph)
    values = {**given.model_dump(), "position": position}
    title = f"{declaration.title}, ¶ {position}"
    records.assign(work, paragraph, values, "declaration.changed", about=declaration, title=title)
    return paragraph


def opened(work: Work, declaration_id: str, right: Right = Right.LOG) -> Declaration:
    """Return a declaration to somebody who may change it."""
    return doors.declaration(work.session, work.actor, declaration_id, right, work.today)


def newest(work: Work, declaration_id: str) -> DeclarationVersion | None:
    """Return the newest version that is known today of a declaration that was opened."""
    return work.session.exec(
        select(DeclarationVersion)
        .where(
            DeclarationVersion.declaration_id == declaration_id,
            col(DeclarationVersion.known_on) <= work.today,
        )
        .order_by(col(DeclarationVersion.number).desc())
        .limit(1)
    ).first()


def unfrozen(work: Work, version_id: str) -> tuple[DeclarationVersion, Declaration]:
    """Return a version whose words can still be changed, with its declaration.

    Raises WrongMoment for a frozen one, and for one that a newer one has followed.
    """
    version = doors.open_door(
        work.session, work.actor, DeclarationVersion, version_id, Right.LOG, work.today
    )
    if version.frozen:
        raise WrongMoment(STANDS)
    return version, opened(work, version.declaration_id)


def paragraphs_of(work: Work, version: DeclarationVersion) -> list[Paragraph]:
    """Return the paragraphs of a version that was opened, in order, without those taken out."""
    return list(
        work.session.exec(
            select(Paragraph)
            .where(
                Paragraph.declaration_version_id == version.id, col(Paragraph.removed).is_(False)
            )
            .order_by(col(Paragraph.position))
        )
    )


def _copy(work: Work, last: DeclarationVersion, new: DeclarationVersion) -> None:
    for each in paragraphs_of(work, last):
        work.session.add(
            Paragraph(
                declaration_version_id=new.id,
                position=each.position,
                number=each.number,
                name=each.name,
                heading=each.heading,
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
    people.check_on_matter(checks, "owner_id", given.owner_id, matter_id)
    checks.done()


def _check_version(work: Work, given: VersionInput) -> None:
    checks = Checks(work)
    checks.past(executed_on=given.executed_on)
    if given.signed and given.executed_on is None:
        checks.wrong("executed_on", "A signed declaration says when. 28 U.S.C. § 1746 asks for it.")
    checks.done()


def _check_paragraph(
    work: Work, version_id: str, position: int, name: str, paragraph: Paragraph | None
) -> None:
    own = None if paragraph is None else paragraph.id
    others = work.session.execute(
        sa.select(col(Paragraph.position), col(Paragraph.name)).where(
            col(Paragraph.declaration_version_id) == version_id, col(Paragraph.id) != (own or "")
        )
    ).all()
    if len(others) >= MOST_PARAGRAPHS:
        raise Malformed(f"A declaration has {MOST_PARAGRAPHS:,} paragraphs at most. Divide it.")
    if position in {each[0] for each in others}:
        raise Malformed({"position": f"There is a paragraph at {position} already."})
    if name and name in {each[1] for each in others}:
        raise Malformed({"name": f"Another paragraph is called “{name}” already."})
