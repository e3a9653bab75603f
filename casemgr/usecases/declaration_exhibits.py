"""Exhibits of a declaration: attach a document, take it out, and keep the letters in order."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import Declaration, Document, Exhibit
from casemgr.domain.access import Right
from casemgr.domain.declaration_text import LONGEST_NAME, by_first_mention, letter, name_of
from casemgr.domain.words import Lettering
from casemgr.errors import WrongMoment
from casemgr.fields import Code, Input
from casemgr.usecases import declarations, records
from casemgr.usecases.declarations import STANDS, DeclarationInput, Spoken
from casemgr.usecases.litigation import Title
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work

Label = Annotated[str, Field(min_length=1, max_length=12, pattern=r"^[A-Z0-9-]+$")]
MOST_EXHIBITS = 300


class ExhibitInput(Input):
    """A document a declaration attaches. Without a letter it gets the next one that is free.

    `name` is what references call it: `heffernan` in `{Ex:heffernan}`; left out, it is made from
    the title.
    """

    label: Label | None = None
    title: Title
    name: Spoken = ""
    document_id: Code | None = None


def change_declaration(
    work: Work, declaration_id: str, given: DeclarationInput, *, version: int | None = None
) -> Declaration:
    """Correct who declares, what for, or how exhibits are lettered; they are lettered again."""
    declarations.opened(work, declaration_id)
    row = declarations.change_declaration(work, declaration_id, given, version=version)
    letter_again(work, row)
    return row


def attach_exhibit(work: Work, declaration_id: str, given: ExhibitInput) -> Exhibit:
    """Attach an exhibit."""
    declaration = changeable(work, declaration_id)
    others = exhibits_of(work, declaration.id)
    _check(work, declaration, given, others, None)
    exhibit = Exhibit(
        declaration_id=declaration.id,
        label=given.label or _free(declaration, others),
        name=given.name or _unused(name_of(given.title), others),
        title=given.title,
        document_id=given.document_id,
        position=1 + max((each.position for each in others), default=0),
    )
    records.keep(work, exhibit)
    letter_again(work, declaration)
    _told(work, declaration, exhibit)
    return exhibit


def change_exhibit(
    work: Work, exhibit_id: str, given: ExhibitInput, *, version: int | None = None
) -> Exhibit:
    """Correct an exhibit's letter, title, name or document."""
    exhibit, declaration = _opened(work, exhibit_id)
    records.not_overtaken(exhibit, version)
    others = [each for each in exhibits_of(work, declaration.id) if each.id != exhibit.id]
    _check(work, declaration, given, others, exhibit)
    values = given.model_dump()
    values["label"] = given.label or exhibit.label
    values["name"] = given.name or exhibit.name or _unused(name_of(given.title), others)
    title = f"{declaration.title}, Exhibit {exhibit.label}"
    records.assign(work, exhibit, values, "declaration.changed", about=declaration, title=title)
    letter_again(work, declaration)
    return exhibit


def remove_exhibit(work: Work, exhibit_id: str) -> Exhibit:
    """Take an exhibit out. References to it stay in the text, and the checks find them."""
    exhibit, declaration = _opened(work, exhibit_id)
    if exhibit.removed:
        return exhibit
    _told(work, declaration, exhibit, " taken out")
    exhibit.label, exhibit.removed = _gone(work, declaration.id), True
    records.keep(work, exhibit)
    letter_again(work, declaration)
    return exhibit


def put_exhibit_back(work: Work, exhibit_id: str) -> Exhibit:
    """Attach an exhibit again that was taken out."""
    exhibit, declaration = _opened(work, exhibit_id)
    if exhibit.removed:
        others = exhibits_of(work, declaration.id)
        exhibit.label, exhibit.removed = _free(declaration, others), False
        records.keep(work, exhibit)
        letter_again(work, declaration)
        _told(work, declaration, exhibit, " put back")
    return exhibit


def exhibits_of(work: Work, declaration_id: str, *, removed: bool = False) -> list[Exhibit]:
    """Return the exhibits of a declaration that was opened, by their letters."""
    found = work.session.exec(
        select(Exhibit).where(
            Exhibit.declaration_id == declaration_id, col(Exhibit.removed).is_(removed)
        )
    )
    return sorted(found, key=lambda each: (len(each.label), each.label))


def changeable(work: Work, declaration_id: str) -> Declaration:
    """Return a declaration whose exhibits can be changed: its newest version is not frozen."""
    declaration = declarations.opened(work, declaration_id)
    last = declarations.newest(work, declaration.id)
    if last is not None and last.frozen:
        raise WrongMoment(STANDS)
    return declaration


def letter_again(work: Work, declaration: Declaration) -> None:
    """Letter the exhibits as the newest version first mentions them, where that is wished."""
    if declaration.lettering is not Lettering.FIRST_MENTION:
        return
    version = declarations.newest(work, declaration.id)
    if version is None or version.frozen:
        return
    texts = [each.says for each in declarations.paragraphs_of(work, version)]
    exhibits = sorted(exhibits_of(work, declaration.id), key=lambda each: (each.position, each.id))
    by_name = {each.name or each.label.casefold(): each for each in exhibits}
    order = by_first_mention(texts, list(by_name))
    sign = str if declaration.exhibits_numbered else letter
    _label(work, [(by_name[name], sign(place)) for place, name in enumerate(order, start=1)])


def _label(work: Work, meant: list[tuple[Exhibit, str]]) -> None:
    """Give letters anew; none may stand twice meanwhile, so each first gets one nobody has."""
    moved = [(row, label) for row, label in meant if row.label != label]
    table: Any = Exhibit.__table__  # type: ignore[attr-defined]
    for temporary in (True, False):
        for place, (row, label) in enumerate(moved):
            work.session.execute(
                sa.update(table)
                .where(table.c.id == row.id)
                .values(label=f"~{place}" if temporary else label, version=table.c.version + 1)
            )
    for row, _ in moved:
        work.session.refresh(row)


def _opened(work: Work, exhibit_id: str) -> tuple[Exhibit, Declaration]:
    exhibit = doors.open_door(work.session, work.actor, Exhibit, exhibit_id, Right.LOG, work.today)
    return exhibit, changeable(work, exhibit.declaration_id)


def _free(declaration: Declaration, others: list[Exhibit]) -> str:
    taken = {each.label for each in others}
    sign = str if declaration.exhibits_numbered else letter
    return next(label for place in range(1, 10_000) if (label := sign(place)) not in taken)


def _unused(name: str, others: list[Exhibit]) -> str:
    taken = {each.name for each in others}
    tries = (f"{name[: LONGEST_NAME - 4]}-{n}" for n in range(2, 1000))
    return name if name not in taken else next(each for each in tries if each not in taken)


def _gone(work: Work, declaration_id: str) -> str:
    taken = {each.label for each in exhibits_of(work, declaration_id, removed=True)}
    return next(label for n in range(1, 10_000) if (label := f"GONE-{n}") not in taken)


def _told(work: Work, declaration: Declaration, exhibit: Exhibit, what: str = "") -> None:
    title = f"{declaration.title}, Exhibit {exhibit.label}{what}"
    work.record("declaration.changed", declaration, title=title)


def _check(
    work: Work,
    declaration: Declaration,
    given: ExhibitInput,
    others: list[Exhibit],
    exhibit: Exhibit | None,
) -> None:
    checks = Checks(work)
    checks.of_matter("document_id", Document, given.document_id, declaration.matter_id)
    if given.label and given.label in {each.label for each in others}:
        checks.wrong("label", f"There is an Exhibit {given.label} already. Choose another letter.")
    if given.name and given.name in {each.name for each in others}:
        checks.wrong("name", f"Another exhibit is called “{given.name}” already.")
    if exhibit is None and len(others) >= MOST_EXHIBITS:
        checks.wrong("title", f"A declaration has {MOST_EXHIBITS} exhibits at most.")
    checks.done()
