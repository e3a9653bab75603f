"""The papers of a lawsuit: what each needs, what is typed for it, and its facts from the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from casemgr.domain.prose import listed, long_day
from casemgr.domain.words import LetterKind, PartyRole, Side
from casemgr.errors import Malformed, NotFound
from casemgr.fields import Input
from casemgr.letters import facts as paper
from casemgr.letters.court_papers import CourtPaperFacts
from casemgr.usecases import complaint, court_record, court_sheets, papers, status_report
from casemgr.usecases import court_paper_checks as checks
from casemgr.usecases.checklists import Check, Checks
from casemgr.usecases.court_record import CourtRecord
from casemgr.usecases.letters import Gather, Paper
from casemgr.usecases.views import productions
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
        facts = it.facts(work, record, given)
        return Paper(it.kind, title[:300], facts, record.lawsuit.matter_id, draft=it.draft)

    return gathered


def of_kind(kind: LetterKind) -> CourtPaper:
    """Return a paper of a lawsuit by its kind; NotFound where it is none."""
    if kind not in PAPERS:
        raise NotFound
    return PAPERS[kind]


# --- what is common


def _signers(record: CourtRecord, given: Any) -> tuple[paper.Signer, ...]:
    signer = checks.signer_of(record, given.signer)
    return (signer,) if signer else ()


def _many(record: CourtRecord) -> bool:
    return len(record.side(PartyRole.PLAINTIFF)) > 1


def _we(record: CourtRecord) -> str:
    return "plaintiffs" if _many(record) else "plaintiff"


def _verb(record: CourtRecord) -> str:
    return "say" if _many(record) else "says"


def _complaint(work: Work, record: CourtRecord, given: checks.ComplaintInput) -> paper.Paper:
    return CourtPaperFacts(
        caption=court_record.caption(work, record, full=True),
        title="Complaint",
        purpose="under the Freedom of Information Act",
        opening=f"{_we(record).capitalize()}, by counsel, {_verb(record)} for the complaint:",
        paragraphs=complaint.paragraphs(record, given.venue, papers.paragraphs(given.narrative)),
        signers=_signers(record, given),
    )


# --- cover sheet and summons


def _cover(work: Work, record: CourtRecord, given: checks.CoverSheetInput) -> paper.Paper:
    return court_sheets.cover_sheet(work, record, given.county, given.related_because)


def _summons(work: Work, record: CourtRecord, _: checks.SummonsInput) -> paper.Paper:
    return court_sheets.summons(work, record)


# --- proof of service


def _proof(work: Work, record: CourtRecord, given: checks.ProofInput) -> paper.Paper:
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


def _motion(work: Work, record: CourtRecord, given: checks.MotionInput) -> paper.Paper:
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


def _motion_days(record: CourtRecord, given: checks.MotionInput) -> Iterator[str]:
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


def _report(work: Work, record: CourtRecord, given: checks.ReportInput) -> paper.Paper:
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
            _complaint,
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
            _cover,
            draft="",
        ),
        CourtPaper(
            LetterKind.SUMMONS,
            "Summons",
            "What belongs in each summons. The printed form gives 60 days; FOIA gives 30.",
            checks.SummonsInput,
            (),
            checks.summons_needs,
            _summons,
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
            _proof,
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
            _motion,
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
            _report,
        ),
    )
}
