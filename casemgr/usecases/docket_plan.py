"""Put a docket paper beside the docket on file, and say what it would add; nothing is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import DocketEntry, DocketLine, DocketPaper, Lawsuit, Matter
from casemgr.dockets.shapes import CaseRead, EntryRead, PaperRead
from casemgr.domain.access import Right
from casemgr.domain.docket_merge import Fit, Placed, place
from casemgr.domain.words import EntryKind
from casemgr.errors import Malformed
from casemgr.fields import Code, Input, docket_number
from casemgr.usecases import courts, litigation, records
from casemgr.usecases.litigation import DirectoryId
from casemgr.usecases.work import Work

Place = Annotated[int, Field(ge=1, le=100_000)]


class DocketImport(Input):
    """Where a docket paper goes, and what was decided about entries that may be on file already.

    - `lawsuit_id`: for a paper that names no case; of a paper that names one, the case decides.
    - `court_id`: for a page that does not say which court it is from.
    - `same`, `apart`: the places in the paper of entries that may be on file without a number: the
      same as that, or another. One that is in neither is left out and told.
    - `seen`: the fingerprint of the preview, so that what was seen is what is done.
    """

    lawsuit_id: Code | None = None
    court_id: DirectoryId | None = None
    same: Annotated[list[Place], Field(max_length=2000)] = []
    apart: Annotated[list[Place], Field(max_length=2000)] = []
    seen: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")] = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry on file with every other reading of it."""

    id: str
    number: int | None
    part: int | None
    filed_on: date
    kind: EntryKind
    court_document: str
    says: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class CasePlan:
    """One case of a paper beside what is on file of it.

    `lawsuit` is None where none of this matter has its number: it would be recorded. `refused`
    says why nothing of the case would be taken in, or is "".
    """

    case: CaseRead
    lawsuit: Lawsuit | None
    placed: tuple[Placed, ...]
    refused: str = ""

    def lines(self, *fits: Fit) -> list[tuple[int, EntryRead, Placed]]:
        """Return the lines that fit so: their place in the paper from 1, and what they say."""
        return [
            (each.at + 1, self.case.entries[each.at], each)
            for each in self.placed
            if each.fit in fits
        ]

    @property
    def counts(self) -> Counter[Fit]:
        """Return how many lines there are of each fit."""
        return Counter(each.fit for each in self.placed)


@dataclass(frozen=True)
class Plan:
    """What taking in a paper would do."""

    paper: PaperRead
    cases: tuple[CasePlan, ...]

    @property
    def fingerprint(self) -> str:
        """Return what the plan is known by: another docket, or another paper, has another."""
        said = [
            (each.case.docket_number, each.lawsuit.id if each.lawsuit else "", each.placed)
            for each in self.cases
        ]
        return sha256(repr(said).encode()).hexdigest()


def plan(work: Work, matter_id: str, paper: PaperRead, given: DocketImport) -> Plan:
    """Put a paper beside the dockets of a matter; nothing is written."""
    matter = doors.matter(work.session, work.actor, matter_id, Right.LOG, work.today)
    cases = tuple(_case_plan(work, matter, each, given) for each in paper.cases)
    return Plan(paper, cases)


def _case_plan(work: Work, matter: Matter, case: CaseRead, given: DocketImport) -> CasePlan:
    court_id = case.court_id or given.court_id or ""
    lawsuit, refused = _lawsuit(work, matter, case, court_id, given.lawsuit_id)
    if refused:
        return CasePlan(case, None, (), refused)
    on_file = _entries(work, lawsuit.id) if lawsuit else []
    return CasePlan(case, lawsuit, place(case.entries, on_file, work.today))


def _lawsuit(
    work: Work, matter: Matter, case: CaseRead, court_id: str, lawsuit_id: str | None
) -> tuple[Lawsuit | None, str]:
    """Return the lawsuit a case is, or None and why nothing can be taken in, or None and ""."""
    if lawsuit_id is not None:
        return _named(work, matter, case, court_id, lawsuit_id)
    number, why = _number(case, court_id)
    if why:
        return None, why
    found = work.session.exec(
        select(Lawsuit).where(
            Lawsuit.matter_id == matter.id,
            Lawsuit.court_id == court_id,
            Lawsuit.docket_number == number,
            Lawsuit.known_on <= work.today,
        )
    ).one_or_none()
    if found is not None:
        return found, ""
    if not courts.is_known(work, court_id):
        return None, (
            f"{court_id} is neither a court on file nor a federal court of the list. Name the "
            "court by its id, such as nysd."
        )
    return None, _elsewhere(work, matter, court_id, number)


def _named(
    work: Work, matter: Matter, case: CaseRead, court_id: str, lawsuit_id: str
) -> tuple[Lawsuit | None, str]:
    lawsuit = litigation.lawsuit_to_change(work, lawsuit_id)
    if lawsuit.matter_id != matter.id:
        raise Malformed({"lawsuit_id": records.NOT_HERE.format(what="lawsuit")})
    if not case.docket_number:
        return lawsuit, ""
    number, why = _number(case, court_id or lawsuit.court_id)
    if why:
        return None, why
    if (number, court_id or lawsuit.court_id) != (lawsuit.docket_number, lawsuit.court_id):
        return None, (
            f"This paper is of {case.docket_number} in {court_id or 'another court'}, and "
            f"{lawsuit.cited_as} is {lawsuit.docket_number} in {lawsuit.court_id}. Nothing of it "
            "belongs here: take it in on the matter, and its own number decides where it goes."
        )
    return lawsuit, ""


def _number(case: CaseRead, court_id: str) -> tuple[str, str]:
    if not case.docket_number:
        return "", "This paper names no case. Take it in on the page of its lawsuit."
    if not court_id:
        return "", "This paper does not say which court it is from. Name the court."
    try:
        return docket_number(case.docket_number), ""
    except ValueError as wrong:
        return "", f"{wrong}"


def _elsewhere(work: Work, matter: Matter, court_id: str, number: str) -> str:
    """Say on which other matter of the actor's the number is; of others nothing is said."""
    other = work.session.exec(
        select(Lawsuit.matter_id, Matter.title)
        .join(Matter, col(Matter.id) == col(Lawsuit.matter_id))
        .where(
            Lawsuit.court_id == court_id,
            Lawsuit.docket_number == number,
            Lawsuit.known_on <= work.today,
            Lawsuit.matter_id != matter.id,
            col(Lawsuit.matter_id).in_(doors.mine(work.actor, work.today)),
        )
    ).first()
    if other is None:
        return ""
    return f"{number} is on the matter {other[1]} ({other[0]}). Take the paper in there."


_COLUMNS = (
    col(DocketEntry.id),
    col(DocketEntry.number),
    col(DocketEntry.part),
    col(DocketEntry.filed_on),
    col(DocketEntry.kind),
    col(DocketEntry.court_document),
    col(DocketEntry.says),
)


def _entries(work: Work, lawsuit_id: str) -> list[Entry]:
    rows = work.session.execute(
        sa.select(*_COLUMNS)
        .where(col(DocketEntry.lawsuit_id) == lawsuit_id, col(DocketEntry.known_on) <= work.today)
        .order_by(col(DocketEntry.filed_on), col(DocketEntry.id))
    )
    texts: dict[str, list[str]] = {}
    for entry_id, says in work.session.exec(
        select(DocketLine.docket_entry_id, DocketLine.says)
        .join(DocketPaper, col(DocketPaper.id) == col(DocketLine.docket_paper_id))
        .where(DocketPaper.lawsuit_id == lawsuit_id, DocketPaper.known_on <= work.today)
    ):
        texts.setdefault(entry_id, []).append(says)
    return [_entry(row, tuple(texts.get(row.id, ()))) for row in rows]


def _entry(row: Any, texts: tuple[str, ...]) -> Entry:
    return Entry(
        row.id,
        row.number,
        row.part,
        row.filed_on,
        row.kind,
        row.court_document,
        row.says,
        texts,
    )
