"""A declaration while it is written: its paragraphs to type in, its exhibits, what can be cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from casemgr.db import doors, lists
from casemgr.db.tables import Declaration, DeclarationVersion, Document, Lawsuit, Paragraph
from casemgr.domain.access import Right
from casemgr.domain.declaration_text import Names, broken
from casemgr.errors import WrongMoment
from casemgr.usecases import (
    declaration_checks,
    declaration_content,
    declaration_editing,
    declarations,
)
from casemgr.usecases.declaration_checks import Found
from casemgr.usecases.declaration_exhibits import exhibits_of
from casemgr.usecases.declaration_typing import Clash, fingerprint
from casemgr.usecases.views import declarations as pages
from casemgr.usecases.views.declarations import DeclarationPage, Exhibit
from casemgr.usecases.views.documents import DocumentLine
from casemgr.usecases.views.lens import Lens, lens
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Written:
    """One paragraph as it is typed, and what its references miss."""

    id: str
    number: int | None
    says: str
    was: str
    name: str
    heading: str
    sources: Sequence[Mapping[str, str]]
    broken: Sequence[str]
    found: Sequence[Found] = ()
    clash: Clash | None = None

    @property
    def rows(self) -> int:
        """Return how many lines its text area shows."""
        lines = self.says.split("\n")
        return min(20, max(2, sum(1 + len(line) // 72 for line in lines)))

    @property
    def called(self) -> str:
        """Return what buttons call it."""
        return f"paragraph {self.number}" if self.number is not None else "this paragraph"


@dataclass(frozen=True, slots=True)
class EditorPage:
    """A draft to write in."""

    page: DeclarationPage
    version_id: str
    opening: str
    opening_was: str
    paragraphs: Sequence[Written]
    lost: Sequence[Clash]  # what was typed into paragraphs that are gone
    taken_out: Sequence[Paragraph]
    exhibits: Sequence[Exhibit]
    exhibits_out: Sequence[tuple[str, str]]
    found: Sequence[Found]  # about the paper as a whole
    no_paper: str  # why the checks do not run yet
    documents: Sequence[tuple[str, str]]  # of the matter, to attach


def look(
    work: Work, declaration_id: str, clashes: Sequence[Clash] = (), typed: str = ""
) -> EditorPage:
    """Show the newest version of a declaration to write in; WrongMoment where its words stand.

    `typed` is an opening that clashed with somebody else's.
    """
    seen = pages.look(work, declaration_id)
    if seen.open is None or not seen.may_log:
        raise WrongMoment("This declaration has no text that you can write in.")
    version, declaration = declarations.unfrozen(work, seen.open.id)
    rows = declarations.paragraphs_of(work, version)
    names = declaration_content.names_of(rows, exhibits_of(work, declaration.id))
    out = exhibits_of(work, declaration.id, removed=True)
    of = {each.paragraph_id: each for each in clashes}
    ids = {each.id for each in rows}
    found, no_paper = _checked(work, declaration, version)
    return EditorPage(
        page=seen,
        version_id=version.id,
        opening=typed or version.opening,
        opening_was=fingerprint(version.opening),
        paragraphs=[_written(each, names, found, of.get(each.id)) for each in rows],
        lost=[each for each in clashes if each.paragraph_id not in {*ids, "opening"}],
        taken_out=declaration_editing.taken_out(work, version),
        exhibits=seen.exhibits,
        exhibits_out=[(each.id, each.title) for each in out],
        found=[each for each in found if each.paragraph_id is None],
        no_paper=no_paper,
        documents=documents(lens(work), seen.line.matter_id),
    )


def documents(seen: Lens, matter_id: str) -> list[tuple[str, str]]:
    """Return the documents of a matter as the options of a form."""
    found = seen.narrowed(matter_id).rows(lists.DOCUMENTS, DocumentLine)
    return [(each.id, each.title) for each in found]


def _checked(
    work: Work, declaration: Declaration, version: DeclarationVersion
) -> tuple[list[Found], str]:
    try:
        found = declaration_checks.look(work, declaration, version)
    except WrongMoment as not_yet:
        return [], str(not_yet)
    return [each for each in found if each.open], ""


def _written(row: Paragraph, names: Names, found: Sequence[Found], clash: Clash | None) -> Written:
    return Written(
        id=row.id,
        number=row.number,
        says=clash.yours if clash else row.says,
        was=fingerprint(row.says),
        name=row.name,
        heading=row.heading,
        sources=row.sources,
        broken=[each.written for each in broken(row.says, names)],
        found=[each for each in found if each.paragraph_id == row.id],
        clash=clash,
    )


def lawsuits(work: Work, matter_id: str) -> list[tuple[str, str]]:
    """Return the lawsuits of a matter as the options of a form."""
    doors.matter(work.session, work.actor, matter_id, Right.READ, work.today)
    found = work.session.exec(
        select(Lawsuit)
        .where(Lawsuit.matter_id == matter_id, col(Lawsuit.known_on) <= work.today)
        .order_by(col(Lawsuit.filed_on), col(Lawsuit.id))
    )
    return [(each.id, f"{each.cited_as}, {each.title}") for each in found]


def title_of_document(work: Work, declaration_id: str, document_id: str) -> str:
    """Return the title of a document of the declaration's matter; empty where there is none."""
    declaration = declarations.opened(work, declaration_id)
    found = work.session.exec(
        select(Document.title).where(
            Document.id == document_id,
            Document.matter_id == declaration.matter_id,
            col(Document.known_on) <= work.today,
        )
    ).first()
    return found or ""
