"""The facts of each paper of a lawsuit, from its record and what is typed for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casemgr.domain.prose import listed, long_day
from casemgr.domain.words import PartyRole, Side
from casemgr.letters import facts as paper
from casemgr.letters.court_papers import CourtPaperFacts
from casemgr.letters.filing_facts import CertificateFacts
from casemgr.usecases import complaint as complaint_words
from casemgr.usecases import court_record, court_sheets, papers, status_report
from casemgr.usecases.certificates import served_in
from casemgr.usecases.court_paper_checks import (
    CertificateInput,
    ComplaintInput,
    CoverSheetInput,
    MotionInput,
    ProofInput,
    ReportInput,
    SummonsInput,
    signer_of,
)
from casemgr.usecases.court_record import CourtRecord
from casemgr.usecases.views import productions
from casemgr.usecases.work import Work

# --- what is common


def _signers(record: CourtRecord, given: Any) -> tuple[paper.Signer, ...]:
    signer = signer_of(record, given.signer)
    return (signer,) if signer else ()


def _many(record: CourtRecord) -> bool:
    return len(record.side(PartyRole.PLAINTIFF)) > 1


def _we(record: CourtRecord) -> str:
    return "plaintiffs" if _many(record) else "plaintiff"


def _verb(record: CourtRecord) -> str:
    return "say" if _many(record) else "says"


def complaint(work: Work, record: CourtRecord, given: ComplaintInput) -> paper.Paper:
    """Return the complaint: parties, dates and claims of the record, and the story."""
    return CourtPaperFacts(
        caption=court_record.caption(work, record, full=True),
        title="Complaint",
        purpose="under the Freedom of Information Act",
        opening=f"{_we(record).capitalize()}, by counsel, {_verb(record)} for the complaint:",
        paragraphs=complaint_words.paragraphs(
            record, given.venue, papers.paragraphs(given.narrative)
        ),
        signers=_signers(record, given),
    )


# --- cover sheet and summons


def cover(work: Work, record: CourtRecord, given: CoverSheetInput) -> paper.Paper:
    """Return what belongs in the civil cover sheet."""
    return court_sheets.cover_sheet(work, record, given.county, given.related_because)


def summons(work: Work, record: CourtRecord, _: SummonsInput) -> paper.Paper:
    """Return what belongs in each summons."""
    return court_sheets.summons(work, record)


# --- proof of service


def proof(work: Work, record: CourtRecord, given: ProofInput) -> paper.Paper:
    """Return the declaration of whoever served the summons and the complaint."""
    opening = papers.ON_ITS_FACE.format(name=given.server)
    texts = ["I am over eighteen years old and not a party to this action.", *_served(record)]
    return paper.DeclarationFacts(
        caption=court_record.caption(work, record),
        title=f"Declaration of {given.server}",
        purpose="as proof of service",
        declarant=paper.Signer(
            name=given.server, lines=(given.server_title,) if given.server_title else ()
        ),
        opening=opening,
        paragraphs=tuple(
            paper.Paragraph(text=text, number=place) for place, text in enumerate(texts, start=1)
        ),
    )


def _served(record: CourtRecord) -> Iterator[str]:
    for each in record.services:
        if (day := each.sent_on or each.delivered_on) is None:
            continue
        how = f", by {each.method}" if each.method else ""
        verb = "sent" if each.sent_on else "delivered"
        later = each.delivered_on if each.sent_on else None
        done = f" It was delivered on {long_day(later)}." if later else ""
        proof = f" Proof of it: {each.proof.rstrip('.')}." if each.proof else ""
        yield (
            f"On {long_day(day)}, I {verb} the summons and the complaint to "
            f"{each.served_on_whom}{how}.{done}{proof}"
        )


# --- notice of motion


def motion(work: Work, record: CourtRecord, given: MotionInput) -> paper.Paper:
    """Return the notice of motion."""
    upon = listed(list(papers.lines(given.upon)))
    before = _judge(record.lawsuit.judge)
    first = (
        f"PLEASE TAKE NOTICE that, upon {upon}, and all earlier papers in this action, "
        f"{_we(record)} will move before {before}, on a day and at a time the Court sets, "
        f"{given.what}, under {given.rules}, and will ask the Court {given.relief}"
    )
    texts = [first, *_motion_days(record, given)]
    return CourtPaperFacts(
        caption=court_record.caption(work, record),
        title="Notice of motion",
        purpose=given.what,
        opening=texts[0],
        paragraphs=tuple(paper.Paragraph(text=text) for text in texts[1:]),
        signers=_signers(record, given),
    )


def _judge(name: str) -> str:
    if not name:
        return "the Court"
    return name if name.casefold().startswith(("hon", "the ")) else f"the Honorable {name}"


def _motion_days(record: CourtRecord, given: MotionInput) -> Iterator[str]:
    if given.answer_by:
        reply = f", and replies by {long_day(given.reply_by)}" if given.reply_by else ""
        yield f"Answering papers are to be served by {long_day(given.answer_by)}{reply}."
    elif record.court.id in {"nysd", "nyed"}:
        yield (
            "Under Local Civil Rule 6.1(b), answering papers are to be served within fourteen days "
            "after service of the moving papers, and replies within seven days after service of "
            "the answering papers, unless the Court orders otherwise."
        )


# --- joint status report


def report(work: Work, record: CourtRecord, given: ReportInput) -> paper.Paper:
    """Return the joint status report as of today."""
    page = productions.look(work, record.lawsuit.matter_id)
    positions = (
        (
            "Position of the plaintiffs" if _many(record) else "Position of the plaintiff",
            given.ours,
        ),
        ("Position of the government", given.theirs),
        ("What is proposed", given.proposed),
    )
    theirs = [each.signer for each in record.of(Side.THEIRS)[:1]]
    return CourtPaperFacts(
        caption=court_record.caption(work, record),
        title="Joint status report",
        purpose=f"as of {long_day(work.today)}",
        opening=f"The parties report as of {long_day(work.today)}:",
        paragraphs=status_report.paragraphs(record, page, positions, given.next_on),
        signers=(*_signers(record, given), *theirs),
    )


# --- certificate of service


def certificate(work: Work, record: CourtRecord, given: CertificateInput) -> paper.Paper:
    """Return the certificate for whoever is served otherwise than by the court's system."""
    return CertificateFacts(
        caption=court_record.caption(work, record),
        papers=tuple(papers.lines(given.papers)),
        served=served_in(given.served),
        by_court=tuple(papers.lines(given.by_court)),
        signer=paper.Signer(name=given.server),
        on=given.served_on,
    )
