"""Documents: add a file somebody gave us, or describe a paper we know of; open it again."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from casemgr.db import doors
from casemgr.db.tables import Blob, Document
from casemgr.domain.access import Right
from casemgr.domain.words import Certainty
from casemgr.errors import NotFound, WrongMoment
from casemgr.fields import Day, Input, Printable, ShortText
from casemgr.files.kinds import Upload, media_type, safe_name
from casemgr.files.store import Store
from casemgr.usecases import records
from casemgr.usecases.litigation import Short, ShortTitle, Title
from casemgr.usecases.records import Checks
from casemgr.usecases.work import Work


class DocumentInput(Input):
    """What a document is, who wrote it to whom and when, summed up in our own words."""

    title: Title
    kind: Annotated[str, Field(max_length=60), Printable] = ""
    author: Short = ""
    addressee: ShortTitle = ""
    dated_on: Day | None = None
    posted_on: Day | None = None
    certainty: Certainty = Certainty.EXACT
    language: Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z-]+$")] = "en"
    summary: Annotated[str, Field(max_length=4000), Printable] = ""
    source: ShortText = ""


def describe_document(work: Work, matter_id: str, given: DocumentInput) -> Document:
    """Describe a paper we know of and do not hold; its file may follow."""
    document = _new(work, matter_id, given)
    records.keep(work, document)
    work.record("document.added", document, title=document.title)
    return document


def add_document(
    work: Work, matter_id: str, given: DocumentInput, store: Store, upload: Upload
) -> Document:
    """Add a file somebody gave us to a matter; one that is not what it claims is refused."""
    document = _new(work, matter_id, given)
    _fill(work, document, store, upload)
    records.keep(work, document)
    work.record("document.added", document, title=document.title)
    return document


def change_document(
    work: Work, document_id: str, given: DocumentInput, *, version: int | None = None
) -> Document:
    """Correct what is on file about a document; its bytes never change."""
    document = doors.document(work.session, work.actor, document_id, Right.LOG, work.today)
    records.not_overtaken(document, version)
    _check(work, given)
    records.change(work, document, given)
    return document


def attach_file(work: Work, document_id: str, store: Store, upload: Upload) -> Document:
    """Add the file of a document that was only described until now."""
    document = doors.document(work.session, work.actor, document_id, Right.LOG, work.today)
    if document.sha256 is not None:
        raise WrongMoment(
            "This document has its file already. Add the other file as a document of its own."
        )
    _fill(work, document, store, upload)
    records.keep(work, document)
    work.record("document.added", document, title=document.title)
    return document


def open_file(work: Work, document_id: str, store: Store) -> tuple[Document, Blob, bytes]:
    """Return a document with its bytes, checked against their SHA-256; who opened it is noted."""
    document = doors.document(work.session, work.actor, document_id, Right.READ, work.today)
    blob = work.session.get(Blob, document.sha256) if document.sha256 else None
    if blob is None:
        raise NotFound
    data = store.read(blob.sha256)
    work.record("document.opened", document, title=document.title)
    return document, blob, data


def _new(work: Work, matter_id: str, given: DocumentInput) -> Document:
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    _check(work, given)
    return Document(matter_id=matter.id, known_on=work.today, **given.model_dump())


def _fill(work: Work, document: Document, store: Store, upload: Upload) -> None:
    kind = media_type(upload)
    # The bytes come first, then their row: nothing ever names a file that is not there.
    sha256 = store.keep(upload.data)
    if work.session.get(Blob, sha256) is None:
        records.keep(work, Blob(sha256=sha256, size=len(upload.data), media_type=kind))
    document.sha256, document.file_name = sha256, safe_name(upload.name)


def _check(work: Work, given: DocumentInput) -> None:
    checks = Checks(work)
    checks.past(dated_on=given.dated_on, posted_on=given.posted_on)
    checks.done()
