"""Documents somebody gave us, and letters we made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casemgr.db import lists
from casemgr.domain.words import Certainty, Confidence, LetterKind
from casemgr.usecases.views.history import Said, of_subjects
from casemgr.usecases.views.lens import Flag, flags, lens
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document as a list shows it."""

    id: str
    matter_id: str
    matter: str
    title: str
    kind: str
    author: str
    addressee: str
    dated_on: date | None
    posted_on: date | None
    certainty: Certainty
    language: str
    summary: str
    sha256: str | None
    file_name: str
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One paper we made."""

    id: str
    matter_id: str
    matter: str
    track_id: str | None
    declaration_version_id: str | None
    kind: LetterKind
    title: str
    pages: int
    sha256: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """Everything on paper that the actor may see."""

    documents: list[DocumentLine]
    letters: list[LetterLine]
    flags: dict[str, list[Flag]]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document with who did what to it."""

    line: DocumentLine
    flags: dict[str, list[Flag]]
    history: list[Said]


def look_at_all(work: Work) -> DocumentsPage:
    """Show the documents and letters of the actor's matters."""
    seen = lens(work)
    return DocumentsPage(
        documents=seen.rows(lists.DOCUMENTS, DocumentLine),
        letters=seen.rows(lists.LETTERS, LetterLine),
        flags=flags(seen),
    )


def look(work: Work, document_id: str) -> DocumentPage:
    """Show what we know of a document."""
    seen = lens(work)
    return DocumentPage(
        line=seen.one(lists.DOCUMENT, DocumentLine, id=document_id),
        flags=flags(seen),
        history=of_subjects(seen, [document_id]),
    )
