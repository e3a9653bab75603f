"""Docket papers: kept as they came, read in the cage, and taken in.

Nothing on file is written over. New entries are recorded and make their dates; where the court's
docket reads otherwise than ours, its words are kept beside ours. The same paper taken in again
adds nothing. Links in a paper are never followed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import select

from casemgr.db import doors
from casemgr.db.tables import Blob, DocketPaper, Document, Lawsuit
from casemgr.dockets.reading import kind_of
from casemgr.dockets.shapes import PaperRead
from casemgr.domain.access import Right
from casemgr.domain.docket_merge import Fit
from casemgr.domain.words import PaperKind
from casemgr.errors import Malformed, Overtaken
from casemgr.files.kinds import Upload, safe_name, sniff
from casemgr.files.store import Store
from casemgr.usecases import docket_reading, litigation, records
from casemgr.usecases.docket_case import new_lawsuit, sides_of
from casemgr.usecases.docket_entries import Taking
from casemgr.usecases.docket_plan import CasePlan, DocketImport, plan
from casemgr.usecases.letters import Opens
from casemgr.usecases.work import Work

MEDIA = {
    PaperKind.SHEET: "text/html",
    PaperKind.NOTICE: "message/rfc822",
    PaperKind.SERVICE: "application/json",
    PaperKind.TABLE: "text/csv",
}
CALLED = {
    PaperKind.SHEET: "Docket sheet",
    PaperKind.NOTICE: "Notice of electronic filing",
    PaperKind.SERVICE: "Docket from a docket service",
    PaperKind.TABLE: "Docket table",
}


@dataclass(frozen=True)
class TakenIn:
    """What one case of a paper became."""

    lawsuit: Lawsuit
    added: int
    joined: int
    kept_beside: int
    left_out: int


def keep_paper(work: Work, store: Store, matter_id: str, upload: Upload) -> Document:
    """Keep a docket paper on a matter byte for byte, before anybody knows what it says.

    The same bytes are kept once. They are only ever given to be saved, never shown in our pages.
    """
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    if not upload.data:
        raise Malformed({"file": "The file is empty. Choose the docket paper again."})
    digest = store.keep(upload.data)
    there = work.session.exec(
        select(Document).where(
            Document.matter_id == matter.id,
            Document.sha256 == digest,
            Document.known_on <= work.today,
        )
    ).first()
    if there is not None:
        return there
    kind = kind_of(upload.data)
    if work.session.get(Blob, digest) is None:
        # Bytes are shared by all matters: on another they may be the PDF that they are.
        media_type = sniff(upload.data)
        if media_type is None or media_type == "text/plain":
            media_type = MEDIA[kind]
        records.keep(work, Blob(sha256=digest, size=len(upload.data), media_type=media_type))
    name = safe_name(upload.name)
    document = Document(
        matter_id=matter.id,
        title=f"{CALLED[kind]}: {name}"[:300],
        kind="docket paper",
        sha256=digest,
        file_name=name,
        known_on=work.today,
    )
    records.keep(work, document)
    work.record("document.added", document, title=document.title)
    return document


def kept(work: Work, document_id: str) -> Document:
    """Return a kept paper to somebody who may take it in."""
    return doors.document(work.session, work.actor, document_id, Right.LOG, work.today)


def read_kept(opens: Opens, store: Store, document_id: str, court_id: str = "") -> PaperRead:
    """Return what a kept paper says to somebody who may take it in; no work is open meanwhile."""
    with opens(reads_only=True) as work:
        document = kept(work, document_id)
        if document.sha256 is None:
            raise Malformed({"document_id": "There is no file of this document. Add it first."})
        data = store.read(document.sha256)
    return docket_reading.read_caged(data, court_id)


def take_in(
    work: Work, document_id: str, paper: PaperRead, given: DocketImport
) -> tuple[TakenIn, ...]:
    """Take a kept paper in, whole or not at all, and bring every date into step."""
    document = doors.document(work.session, work.actor, document_id, Right.LOG, work.today)
    planned = plan(work, document.matter_id, paper, given)
    if given.seen and given.seen != planned.fingerprint:
        raise Overtaken
    if all(each.refused for each in planned.cases):
        raise Malformed({"file": " ".join(each.refused for each in planned.cases)})
    return tuple(
        _take_case(work, document, paper, each, given) for each in planned.cases if not each.refused
    )


def _paper(work: Work, document: Document, read: PaperRead, lawsuit: Lawsuit) -> DocketPaper:
    """Return the paper as one of a lawsuit: the one that was read before, or a new one."""
    assert document.sha256 is not None
    there = work.session.exec(
        select(DocketPaper).where(
            DocketPaper.lawsuit_id == lawsuit.id, DocketPaper.sha256 == document.sha256
        )
    ).one_or_none()
    return there or DocketPaper(
        matter_id=lawsuit.matter_id,
        lawsuit_id=lawsuit.id,
        document_id=document.id,
        sha256=document.sha256,
        kind=read.kind,
        sender=read.sender[:320],
        doubts=list(read.doubts),
        known_on=work.today,
    )


def _take_case(
    work: Work, document: Document, read: PaperRead, planned: CasePlan, given: DocketImport
) -> TakenIn:
    lawsuit = planned.lawsuit or new_lawsuit(
        work, document.matter_id, planned.case, given.court_id or ""
    )
    paper = records.keep(work, _paper(work, document, read, lawsuit))
    taking = Taking(work, lawsuit, paper, CALLED[paper.kind], sides_of(work, lawsuit, planned.case))
    for at, line, placed in planned.lines(Fit.NEW, Fit.MAYBE, Fit.OTHERWISE):
        if placed.fit is Fit.NEW or (placed.fit is Fit.MAYBE and at in given.apart):
            taking.add(at, line)
        elif placed.fit is Fit.OTHERWISE:
            taking.keep_beside(at, line, placed)
        elif at in given.same:
            taking.join(at, line, placed)
    done = taking.finish()
    says = ", ".join(f"{count} {what}" for what, count in done.items() if count)
    work.record("docket.taken_in", paper, title=CALLED[paper.kind], says=says or "nothing new")
    litigation.project(work, lawsuit.id, f"the {CALLED[paper.kind].lower()} was taken in")
    undecided = sum(
        at not in given.apart and at not in given.same for at, *_ in planned.lines(Fit.MAYBE)
    )
    return TakenIn(
        lawsuit,
        added=done["new"],
        joined=done["joined"],
        kept_beside=done["read otherwise"],
        left_out=undecided + planned.counts[Fit.FUTURE],
    )
