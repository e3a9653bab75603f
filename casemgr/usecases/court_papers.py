"""The papers of a lawsuit: what each needs, what is typed for it, and its facts from the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from casemgr.domain.words import LetterKind
from casemgr.errors import Malformed, NotFound
from casemgr.fields import Input
from casemgr.letters import facts as paper
from casemgr.usecases import court_paper_checks as checks
from casemgr.usecases import court_paper_facts as facts
from casemgr.usecases import court_record
from casemgr.usecases.checklists import Check, Checks
from casemgr.usecases.court_record import CourtRecord
from casemgr.usecases.letters import Gather, Paper
from casemgr.usecases.work import Work

NOT_FILED = "DRAFT – not filed"
Control = Literal["text", "area", "counsel"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of a paper's form."""

    name: str
    label: str
    hint: str = ""
    control: Control = "text"


@dataclass(frozen=True, slots=True)
class CourtPaper:
    """A kind of paper: when it is wanted, what is typed, what it needs, how its facts are made."""

    kind: LetterKind
    name: str
    purpose: str
    shape: type[Input]
    asks: tuple[Ask, ...]
    needs: Callable[[CourtRecord, Any], Checks]
    facts: Callable[[Work, CourtRecord, Any], paper.Paper]
    draft: str = NOT_FILED


SIGNER = Ask("signer", "Who signs", control="counsel")


def check(record: CourtRecord, it: CourtPaper, given: Input) -> list[Check]:
    """Return the check list of a paper as it would be made now."""
    return list(it.needs(record, given))


def read(kind: LetterKind, typed: Mapping[str, Any]) -> Input:
    """Return what was typed for a paper; Malformed names what cannot be read."""
    try:
        return of_kind(kind).shape.model_validate(dict(typed))
    except ValidationError as wrong:
        raise Malformed(
            {str(each["loc"][0]): f"{each['msg']}." for each in wrong.errors()}
        ) from wrong


def gather(lawsuit_id: str, kind: LetterKind, given: Input) -> Gather:
    """Return what gathers a paper of a lawsuit; what it lacks is told, and nothing is made."""
    it = of_kind(kind)

    def gathered(work: Work) -> Paper:
        record = court_record.read(work, lawsuit_id)
        missing = [one for one in check(record, it, given) if one.blocks and not one.met]
        if missing:
            raise Malformed({one.key: f"{one.part} is missing. {one.todo}" for one in missing})
        title = f"{it.name}, {record.lawsuit.cited_as}, as of {work.today.isoformat()}"
        made = it.facts(work, record, given)
        return Paper(it.kind, title[:300], made, record.lawsuit.matter_id, draft=it.draft)

    return gathered


def of_kind(kind: LetterKind) -> CourtPaper:
    """Return a paper of a lawsuit by its kind; NotFound where it is none."""
    if kind not in PAPERS:
        raise NotFound
    return PAPERS[kind]


PAPERS: Mapping[LetterKind, CourtPaper] = {
    each.kind: each
    for each in (
        CourtPaper(
            LetterKind.COMPLAINT,
            "Complaint",
            "Begins the lawsuit. Parties, dates and claims are from the record; you add the story.",
            checks.ComplaintInput,
            (
                Ask(
                    "venue",
                    "Why this court",
                    "Where a plaintiff lives or works, or the records are, as a sentence.",
                    "area",
                ),
                Ask(
                    "narrative",
                    "The story",
                    "What the records are about, and why they matter. A paragraph a block.",
                    "area",
                ),
                SIGNER,
            ),
            checks.complaint_needs,
            facts.complaint,
        ),
        CourtPaper(
            LetterKind.COVER_SHEET,
            "Civil cover sheet",
            "What belongs in the boxes of the clerk's form.",
            checks.CoverSheetInput,
            (
                Ask("county", "County of the first plaintiff"),
                Ask("related_because", "Why a case is related", control="area"),
            ),
            checks.cover_needs,
            facts.cover,
            draft="",
        ),
        CourtPaper(
            LetterKind.SUMMONS,
            "Summons",
            "What belongs in each summons. The printed form gives 60 days; FOIA gives 30.",
            checks.SummonsInput,
            (),
            checks.summons_needs,
            facts.summons,
            draft="",
        ),
        CourtPaper(
            LetterKind.PROOF_OF_SERVICE,
            "Proof of service",
            "Swears to how the summons and complaint were served, line by line as recorded.",
            checks.ProofInput,
            (
                Ask("server", "Who served", "The person who sent or handed them, and signs."),
                Ask("server_title", "What they are", "For example paralegal."),
            ),
            checks.proof_needs,
            facts.proof,
        ),
        CourtPaper(
            LetterKind.CERTIFICATE_OF_SERVICE,
            "Certificate of service",
            "Says who was served otherwise than by the court’s system, how, and when.",
            checks.CertificateInput,
            (
                Ask("papers", "The papers served", "One a line, as they are titled.", "area"),
                Ask(
                    "served",
                    "Served otherwise than by the court’s system",
                    "One a line: Name; by certified mail; address.",
                    "area",
                ),
                Ask("by_court", "Served by the court’s system", "One name a line.", "area"),
                Ask("server", "Who served", "The person who sent or handed them, and signs."),
                Ask("served_on", "The day of service", "For example 11/30/2010."),
            ),
            checks.certificate_needs,
            facts.certificate,
        ),
        CourtPaper(
            LetterKind.NOTICE_OF_MOTION,
            "Notice of motion",
            "What you move for, under which rules, upon which papers, and when answers are due.",
            checks.MotionInput,
            (
                Ask("what", "What it is for", "For example for summary judgment."),
                Ask("rules", "Rules and statutes", "For example Fed. R. Civ. P. 56."),
                Ask(
                    "relief",
                    "What the Court is asked to do",
                    "The end of “will ask the Court …”, with a full stop.",
                    "area",
                ),
                Ask(
                    "upon",
                    "The papers it rests on",
                    "One a line, in the order in which they are filed.",
                    "area",
                ),
                Ask("answer_by", "Answers are due", "Only if the Court or the parties set a day."),
                Ask("reply_by", "Replies are due"),
                SIGNER,
            ),
            checks.motion_needs,
            facts.motion,
        ),
        CourtPaper(
            LetterKind.STATUS_REPORT,
            "Joint status report",
            "Where each track stands as of today: what came, how the pace is kept, both positions.",
            checks.ReportInput,
            (
                Ask("ours", "Our position", "A blank line begins a new paragraph.", "area"),
                Ask("theirs", "Their position", control="area"),
                Ask("proposed", "What is proposed", control="area"),
                Ask("next_on", "The next report", "For example 11/30/2010."),
                SIGNER,
            ),
            checks.report_needs,
            facts.report,
        ),
    )
}
