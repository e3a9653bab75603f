"""Declarations: paragraphs as the paper has them, exhibits, versions, kept PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casemgr.db import lists
from casemgr.domain.access import Right, may
from casemgr.domain.words import Confidence, DeclarationKind, Frozen, Lettering
from casemgr.usecases.views.documents import LetterLine
from casemgr.usecases.views.lens import Flag, flags, lens
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """One declaration as a list shows it."""

    id: str
    matter_id: str
    matter: str
    closed_on: date | None  # the matter's, where it is closed today
    lawsuit_id: str | None
    docket_entry_id: str | None
    document_id: str | None
    title: str
    declarant: str
    kind: DeclarationKind
    note: str
    cited_as: str | None
    source: str
    confidence: Confidence
    purpose: str
    lettering: Lettering
    exhibits_numbered: bool
    row_version: int
    owner: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a declaration."""

    id: str
    number: int
    opening: str
    executed_on: date | None
    executed_at: str
    abroad: bool
    signed: bool
    frozen: bool
    known_on: date
    name: str
    frozen_because: Frozen | None
    frozen_on: date | None
    fingerprint: str
    read_on: date | None
    signed_document_id: str | None
    row_version: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `number` is None where the paper itself has none."""

    id: str
    version_id: str
    position: int
    number: int | None
    says: str
    sources: list[dict[str, str]]
    name: str
    heading: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What the declaration attaches."""

    id: str
    label: str
    title: str
    document_id: str | None
    name: str
    row_version: int


@dataclass(frozen=True, slots=True)
class DeclarationPage:
    """A declaration in one of its versions."""

    line: DeclarationLine
    versions: list[Version]
    open: Version | None
    paragraphs: list[Paragraph]
    exhibits: list[Exhibit]
    letters: list[LetterLine]
    flags: dict[str, list[Flag]]
    may_log: bool


@dataclass(frozen=True, slots=True)
class SignOffLine:
    """One sign-off: of which version, whose, and whether it is void."""

    number: int
    fingerprint: str
    by: str | None
    signed_off_at: datetime
    void_on: date | None
    void_because: str


def sign_offs(work: Work, declaration_id: str) -> list[SignOffLine]:
    """Return every sign-off of a declaration, the newest first; NotFound where it is not theirs."""
    seen = lens(work)
    seen.one(lists.DECLARATION, DeclarationLine, id=declaration_id)
    return seen.rows(lists.SIGN_OFFS, SignOffLine, declaration_id=declaration_id)


def look(work: Work, declaration_id: str) -> DeclarationPage:
    """Show a declaration in its newest version."""
    seen = lens(work)
    line = seen.one(lists.DECLARATION, DeclarationLine, id=declaration_id)
    its = seen.narrowed(line.matter_id)
    versions = seen.rows(lists.VERSIONS, Version, declaration_id=declaration_id)
    newest = versions[0] if versions else None
    given = {"version_id": newest.id if newest else ""}
    return DeclarationPage(
        line=line,
        versions=versions,
        open=newest,
        paragraphs=seen.rows(lists.PARAGRAPHS, Paragraph, **given),
        exhibits=seen.rows(lists.EXHIBITS, Exhibit, declaration_id=declaration_id),
        letters=its.rows(lists.LETTERS_OF_DECLARATION, LetterLine, title=line.title, **given),
        flags=flags(seen),
        may_log=may(work.actor.role, Right.LOG) and line.closed_on is None,
    )
