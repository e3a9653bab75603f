"""Docket papers: put one beside the docket on file, see what it would add, take it in.

Nothing on file is written over. New entries are recorded and make their dates; where the court's
docket reads otherwise than ours, its words are kept beside ours. The same paper taken in again
adds nothing. Links in a paper are never followed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from casemgr.db import doors
from casemgr.db.tables import (
    Blob,
    Court,
    DocketEntry,
    DocketLine,
    DocketPaper,
    Document,
    Lawsuit,
    Matter,
    Party,
)
from casemgr.dockets.reading import kind_of
from casemgr.dockets.shapes import CaseRead, EntryRead, PaperRead
from casemgr.domain.access import Right
from casemgr.domain.docket_merge import Fit, Placed, place
from casemgr.domain.docket_text import OF_THE_COURT, read_entry
from casemgr.domain.names import alike as same_name
from casemgr.domain.words import EntryKind, PaperKind, PartyRole, Side
from casemgr.errors import Malformed, Overtaken
from casemgr.fields import Code, Input, docket_number
from casemgr.files.kinds import Upload, safe_name
from casemgr.files.store import Store
from casemgr.usecases import docket_reading, lawsuit_facts, litigation, parties, records
from casemgr.usecases.letters import Opens
from casemgr.usecases.litigation import DirectoryId, LawsuitInput
from casemgr.usecases.parties import PartyInput
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


@dataclass(frozen=True)
class Entry:
    """An entry on file with every other reading of it."""

    row: DocketEntry
    texts: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def number(self) -> int | None:
        return self.row.number

    @property
    def part(self) -> int | None:
        return self.row.part

    @property
    def filed_on(self) -> date:
        return self.row.filed_on

    @property
    def says(self) -> str:
        return self.row.says

    @property
    def court_document(self) -> str:
        return self.row.court_document

    @property
    def kind(self) -> EntryKind:
        return self.row.kind


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


@dataclass(frozen=True)
class TakenIn:
    """What one case of a paper became."""

    lawsuit: Lawsuit
    added: int
    joined: int
    kept_beside: int
    left_out: int


# --- what it would do


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
    if work.session.get(Court, court_id) is None:
        return None, f"The court {court_id} is not in the directory. Add it there first."
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


def _entries(work: Work, lawsuit_id: str) -> list[Entry]:
    rows = work.session.exec(
        select(DocketEntry)
        .where(DocketEntry.lawsuit_id == lawsuit_id, DocketEntry.known_on <= work.today)
        .order_by(col(DocketEntry.filed_on), col(DocketEntry.id))
    ).all()
    texts: dict[str, list[str]] = {}
    for entry_id, says in work.session.exec(
        select(DocketLine.docket_entry_id, DocketLine.says)
        .join(DocketPaper, col(DocketPaper.id) == col(DocketLine.docket_paper_id))
        .where(DocketPaper.lawsuit_id == lawsuit_id, DocketPaper.known_on <= work.today)
    ):
        texts.setdefault(entry_id, []).append(says)
    return [Entry(row, tuple(texts.get(row.id, ()))) for row in rows]


# --- do it


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
        size = len(upload.data)
        records.keep(work, Blob(sha256=digest, size=size, media_type=MEDIA[kind]))
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
    lawsuit = planned.lawsuit or _new_lawsuit(work, document.matter_id, planned.case, given)
    paper = records.keep(work, _paper(work, document, read, lawsuit))
    sides = list(_who(work, lawsuit, planned.case))
    taking = _Taking(work, lawsuit, paper, sides)
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


def _new_lawsuit(work: Work, matter_id: str, case: CaseRead, given: DocketImport) -> Lawsuit:
    lawsuit = litigation.record_lawsuit(
        work,
        matter_id,
        LawsuitInput(
            court_id=case.court_id or given.court_id or "",
            docket_number=case.docket_number,
            title=case.title[:300] or case.docket_number,
            judge=case.judge[:200],
            magistrate=case.magistrate[:200],
            filed_on=case.filed_on if case.filed_on and case.filed_on <= work.today else None,
        ),
    )
    named: set[str] = set()
    for position, (role, name) in enumerate(_parties(case), start=1):
        if name not in named:
            named.add(name)
            party = PartyInput(role=role, name=name[:300], position=position)
            parties.record_party(work, lawsuit.id, party)
    return lawsuit


def _parties(case: CaseRead) -> Iterator[tuple[PartyRole, str]]:
    for each in case.parties:
        role = _ROLES.get(each.role.casefold())
        if role is not None and each.name:
            yield role, each.name


_ROLES: Mapping[str, PartyRole] = {
    "plaintiff": PartyRole.PLAINTIFF,
    "petitioner": PartyRole.PLAINTIFF,
    "consolidated plaintiff": PartyRole.PLAINTIFF,
    "defendant": PartyRole.DEFENDANT,
    "respondent": PartyRole.DEFENDANT,
    "consolidated defendant": PartyRole.DEFENDANT,
    "amicus": PartyRole.AMICUS,
}
_SIDES = {PartyRole.PLAINTIFF: Side.OURS, PartyRole.DEFENDANT: Side.THEIRS}


class _Taking:
    """The entries of one case on their way in: first every row, then what each answers."""

    def __init__(
        self,
        work: Work,
        lawsuit: Lawsuit,
        paper: DocketPaper,
        sides: Sequence[tuple[str, Side]],
    ) -> None:
        self.work, self.lawsuit, self.paper = work, lawsuit, paper
        self.sides = sides
        self.rows: list[DocketEntry] = []
        self.lines: list[DocketLine] = []
        self.done = Counter({"new": 0, "joined": 0, "read otherwise": 0})

    def add(self, at: int, line: EntryRead) -> None:
        """Add a line as an entry of its own."""
        read = read_entry(line.says)
        row = DocketEntry(
            matter_id=self.lawsuit.matter_id,
            lawsuit_id=self.lawsuit.id,
            number=line.number,
            part=line.part,
            kind=EntryKind.OTHER if line.part is not None else read.kind,
            filed_by=self._side(read.kind, read.filers),
            filed_on=line.filed_on,
            entered_on=_entered(line, self.work.today),
            says=line.says[:20_000],
            court_document=line.court_document,
            # A judgment goes against somebody: until a person says whom, both are told the time.
            hurts=[Side.OURS.value, Side.THEIRS.value] if read.kind is EntryKind.JUDGMENT else [],
            source=CALLED[self.paper.kind],
            known_on=self.work.today,
        )
        self.rows.append(row)
        self._read(at, line, row.id)
        self.done["new"] += 1

    def keep_beside(self, at: int, line: EntryRead, placed: Placed) -> None:
        """Keep what the paper says beside the entry on file, which stays as it is."""
        assert placed.entry_id is not None
        self._read(at, line, placed.entry_id)
        self.done["read otherwise"] += 1

    def join(self, at: int, line: EntryRead, placed: Placed) -> None:
        """Give an entry whose number nobody knew the number the paper has for it."""
        assert placed.entry_id is not None
        entry = self.work.session.get_one(DocketEntry, placed.entry_id)
        known = {"number": line.number, "court_document": line.court_document}
        records.assign(self.work, entry, {**known, "entered_on": _entered(line, self.work.today)})
        self._read(at, line, entry.id)
        self.done["joined"] += 1

    def finish(self) -> Counter[str]:
        """Write the rows, tie each to what it answers and decides, and say what was done."""
        self.work.session.add_all(self.rows)
        self.work.session.flush()
        self._tie()
        self.work.session.add_all(self.lines)
        self.work.session.flush()
        for row in self.rows:
            self.work.record("docket_entry.recorded", row, title=lawsuit_facts.name(row))
        return self.done

    def _read(self, at: int, line: EntryRead, entry_id: str) -> None:
        self.lines.append(
            DocketLine(
                docket_paper_id=self.paper.id,
                docket_entry_id=entry_id,
                position=at,
                filed_on=line.filed_on,
                entered_on=line.entered_on,
                says=line.says[:20_000],
            )
        )

    def _side(self, kind: EntryKind, filers: str) -> Side:
        if kind in OF_THE_COURT:
            return Side.COURT
        found = next((side for name, side in self.sides if _named_in(name, filers)), None)
        if found is not None:
            return found
        return {EntryKind.COMPLAINT: Side.OURS, EntryKind.ANSWER: Side.THEIRS}.get(kind, Side.COURT)

    def _tie(self) -> None:
        """Tie new entries to those they answer and decide, on file or new."""
        everything = [*self._on_file(), *self.rows]
        numbered = {
            row.number: row for row in everything if row.number is not None and row.part is None
        }
        opposed: dict[str, list[DocketEntry]] = {}
        for row in everything:
            if row.kind is EntryKind.OPPOSITION and row.answers_id is not None:
                opposed.setdefault(row.answers_id, []).append(row)
        # In order of their days, so that an opposition is known before the reply to it.
        for row in sorted(self.rows, key=lambda each: (each.filed_on, each.number or 0)):
            if row.part is not None:
                continue
            read = read_entry(row.says)
            answered = next((numbered[n] for n in read.answers if n in numbered), None)
            if answered is not None and answered.filed_on <= row.filed_on:
                row.answers_id = _replied_to(row, answered, opposed.get(answered.id, ())).id
                if row.kind is EntryKind.OPPOSITION:
                    opposed.setdefault(answered.id, []).append(row)
            row.decides_ids = [
                numbered[n].id for n in read.decides if n in numbered and n != row.number
            ]
        self.work.session.flush()

    def _on_file(self) -> Sequence[DocketEntry]:
        new = {row.id for row in self.rows}
        found = self.work.session.exec(
            select(DocketEntry).where(DocketEntry.lawsuit_id == self.lawsuit.id)
        ).all()
        return [each for each in found if each.id not in new]


def _replied_to(
    row: DocketEntry, answered: DocketEntry, oppositions: Sequence[DocketEntry]
) -> DocketEntry:
    """Return what a reply answers: the last opposition to the motion that its text names."""
    if row.kind is not EntryKind.REPLY or answered.kind is not EntryKind.MOTION:
        return answered
    before = [each for each in oppositions if each.filed_on <= row.filed_on]
    return max(before, key=lambda each: each.filed_on, default=answered)


def _who(work: Work, lawsuit: Lawsuit, case: CaseRead) -> Iterator[tuple[str, Side]]:
    """Return the names that filers go by, and whose side each is on."""
    for party in work.session.exec(select(Party).where(Party.lawsuit_id == lawsuit.id)):
        side = _SIDES.get(party.role)
        if side is not None:
            for name in (party.name, *party.aliases):
                yield name, side
    for role, name in _parties(case):
        if role in _SIDES:
            yield name, _SIDES[role]


def _named_in(name: str, filers: str) -> bool:
    if not filers:
        return False
    return name.casefold() in filers.casefold() or same_name(name, filers)


def _entered(line: EntryRead, today: date) -> date | None:
    return line.entered_on if line.entered_on and line.entered_on <= today else None
