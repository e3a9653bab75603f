"""The papers of a lawsuit as pages show them: what each lacks, and those that were made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casemgr.db import lists
from casemgr.domain.words import LetterKind, Side
from casemgr.fields import Input
from casemgr.usecases import court_papers, court_record
from casemgr.usecases.checklists import Check
from casemgr.usecases.court_paper_law import Source, law_of
from casemgr.usecases.court_papers import CourtPaper
from casemgr.usecases.court_record import CourtRecord
from casemgr.usecases.views import lawsuits
from casemgr.usecases.views.documents import LetterLine
from casemgr.usecases.views.lawsuits import LawsuitPage
from casemgr.usecases.views.lens import lens
from casemgr.usecases.work import Work


@dataclass(frozen=True, slots=True)
class Ready:
    """A kind of paper, and what stands in its way today."""

    it: CourtPaper
    checks: list[Check]
    law: list[Source]

    @property
    def missing(self) -> list[Check]:
        """Return what keeps it from being made."""
        return [each for each in self.checks if each.blocks and not each.met]


@dataclass(frozen=True, slots=True)
class PapersPage:
    """A lawsuit with the papers that can be made in it and those that were."""

    seen: LawsuitPage
    record: CourtRecord
    papers: list[Ready]
    made: list[LetterLine]

    @property
    def counsel(self) -> list[tuple[str, str]]:
        """Return who of our counsel may sign, as the options of a form."""
        return [(each.name, each.name) for each in self.record.of(Side.OURS)]

    def made_of(self, kind: LetterKind) -> list[LetterLine]:
        """Return the papers of one kind that were made on this matter, newest first."""
        return [each for each in self.made if each.kind is kind]


def look(
    work: Work, lawsuit_id: str, typed: Mapping[LetterKind, Input] | None = None
) -> PapersPage:
    """Show what can be made in a lawsuit, with what was typed for one of them so far."""
    seen = lawsuits.look(work, lawsuit_id)
    record = court_record.read(work, lawsuit_id)
    letters = lens(work).narrowed(seen.line.matter_id).rows(lists.LETTERS, LetterLine)
    return PapersPage(
        seen=seen,
        record=record,
        papers=[_ready(record, each, typed or {}) for each in court_papers.PAPERS.values()],
        made=[each for each in letters if each.kind in court_papers.PAPERS],
    )


def _ready(record: CourtRecord, it: CourtPaper, typed: Mapping[LetterKind, Input]) -> Ready:
    checks = court_papers.check(record, it, typed.get(it.kind) or it.shape())
    return Ready(it, checks, law_of(it.kind, record.court.id))
