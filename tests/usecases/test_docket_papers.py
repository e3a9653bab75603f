"""Docket papers taken in: what is new is added, nothing is written over, once is enough."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from casemgr.db.session import transaction
from casemgr.db.tables import Blob, DocketEntry, DocketLine, DocketPaper, Document, Lawsuit, Party
from casemgr.dockets.reading import read_paper
from casemgr.domain.words import EntryKind, Side
from casemgr.errors import Malformed, NotFound, Overtaken
from casemgr.files.kinds import Upload
from casemgr.usecases import docket_papers, docket_plan, litigation
from casemgr.usecases.docket_papers import TakenIn
from casemgr.usecases.docket_plan import DocketImport, Fit, Plan
from casemgr.usecases.litigation import DocketEntryInput
from tests import makes
from tests.dockets.papers import BLOCKS, ENTRIES, notice, sheet

TODAY = date(2011, 1, 31)


class Office:
    """A matter whose lawsuits come in with their dockets."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data, as_of=TODAY)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, self.cast.ada)
            makes.make_court(session)
        self.ada = makes.actor_of(self.cast.ada)

    def plan(self, data: bytes, **given: object) -> Plan:
        with self.desk.work(self.ada) as work:
            asked = DocketImport.model_validate(given)
            return docket_plan.plan(work, self.matter.id, read_paper(data), asked)

    def take(self, data: bytes, **given: object) -> tuple[TakenIn, ...]:
        upload, asked = Upload("docket.html", data), DocketImport.model_validate(given)
        with self.desk.work(self.ada) as work:
            kept = docket_papers.keep_paper(work, self.desk.store, self.matter.id, upload)
        with self.desk.work(self.ada) as work:
            return docket_papers.take_in(work, kept.id, read_paper(data), asked)

    def rows(self, table: type[Any]) -> list[Any]:
        with Session(self.desk.engine) as session:
            return list(session.exec(select(table)).all())

    def docket(self) -> list[tuple[int | None, date, str]]:
        rows = self.rows(DocketEntry)
        return sorted(
            ((each.number, each.filed_on, each.says) for each in rows),
            key=lambda one: (one[1], one[0] or 0, one[2]),
        )


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Open the office."""
    return Office(engine, tmp_path)


def test_a_sheet_becomes_a_lawsuit_with_its_docket_its_parties_and_its_paper(
    office: Office,
) -> None:
    [taken] = office.take(sheet())
    assert (taken.added, taken.kept_beside, taken.left_out) == (3, 0, 0)
    [lawsuit] = office.rows(Lawsuit)
    assert (lawsuit.docket_number, lawsuit.court_id) == ("10-cv-4321", "nysd")
    assert (lawsuit.title, lawsuit.judge) == ("Old Mill Project v. River Agency", "Ruth B. Hale")
    assert [each.name for each in office.rows(Party)] == ["Old Mill Project"]
    first = next(each for each in office.rows(DocketEntry) if each.number == 1)
    assert (first.kind, first.filed_by) == (EntryKind.COMPLAINT, Side.OURS)
    assert first.entered_on == date(2010, 11, 1)
    [paper], [document] = office.rows(DocketPaper), office.rows(Document)
    assert office.desk.store.read(document.sha256) == sheet()
    assert (paper.document_id, paper.sha256) == (document.id, document.sha256)


def test_a_sheet_of_a_federal_court_that_is_not_on_file_puts_it_there(office: Office) -> None:
    [taken] = office.take(sheet().replace(b"ecf.nysd.", b"ecf.ilnd."))
    assert taken.lawsuit.court_id == "ilnd"
    with pytest.raises(Malformed, match="neither a court on file nor a federal court"):
        office.take(sheet().replace(b"ecf.nysd.", b"ecf.moon."))


def test_a_pdf_brought_as_a_docket_is_still_a_pdf_on_other_matters(office: Office) -> None:
    upload = Upload("docket.html", b"%PDF-1.4 a release that everybody has")
    with office.desk.work(office.ada) as work:
        docket_papers.keep_paper(work, office.desk.store, office.matter.id, upload)

    assert [each.media_type for each in office.rows(Blob)] == ["application/pdf"]


def test_the_same_paper_taken_in_three_times_is_one_docket(office: Office) -> None:
    office.take(sheet())
    once = office.docket(), len(office.rows(DocketLine))
    for _ in range(2):
        [again] = office.take(sheet())
        assert (again.added, again.kept_beside) == (0, 0)
    assert (office.docket(), len(office.rows(DocketLine))) == once
    assert len(office.rows(DocketPaper)) == len(office.rows(Document)) == 1


def test_a_preview_writes_nothing_and_says_what_would_come(office: Office) -> None:
    [case] = office.plan(sheet()).cases
    assert case.lawsuit is None
    assert case.counts[Fit.NEW] == 3
    assert office.rows(Lawsuit) == office.rows(DocketEntry) == office.rows(Document) == []


def test_where_the_docket_now_reads_otherwise_both_are_kept(office: Office) -> None:
    office.take(sheet())
    changed = (ENTRIES[0], ENTRIES[1], ("12/03/2010", "2", "ORDER: Motions due by 1/21/2011."))
    [taken] = office.take(sheet(changed))
    assert (taken.added, taken.kept_beside) == (0, 1)
    [entry] = [each for each in office.rows(DocketEntry) if each.number == 2]
    assert "1/14/2011" in entry.says
    readings = [each.says for each in office.rows(DocketLine) if each.docket_entry_id == entry.id]
    assert len(readings) == 2
    [again] = office.take(sheet(changed))
    assert again.kept_beside == 0


def test_an_entry_typed_by_hand_stays_as_it_was_typed(office: Office) -> None:
    [taken] = office.take(sheet(ENTRIES[:1]))
    given = DocketEntryInput(
        number=2,
        kind=EntryKind.ORDER,
        filed_by=Side.COURT,
        filed_on=date(2010, 12, 3),
        says="Ours.",
    )
    with office.desk.work(office.ada) as work:
        litigation.record_docket_entry(work, taken.lawsuit.id, given)
    office.take(sheet())
    [entry] = [each for each in office.rows(DocketEntry) if each.number == 2]
    assert entry.says == "Ours."


def test_papers_in_any_order_make_the_same_docket(office: Office) -> None:
    parts = (ENTRIES[:2], ENTRIES[1:], ENTRIES)
    for at, order in enumerate(permutations(parts)):
        for entries in order:
            office.take(sheet(entries, number=f"1:10-cv-0{4000 + at}"))
    dockets = defaultdict(set)
    for row in office.rows(DocketEntry):
        dockets[row.lawsuit_id].add((row.number, row.filed_on, row.says))
    assert len(dockets) == 6
    assert len(set(map(frozenset, dockets.values()))) == 1


def test_a_notice_for_two_cases_is_an_entry_in_each(office: Office) -> None:
    office.take(sheet())
    first, second = office.take(notice())
    assert (first.added, second.added) == (1, 1)
    assert first.lawsuit.docket_number == "10-cv-4321"
    assert second.lawsuit.title == "Ada Park v. River Agency"
    assert len(office.rows(Lawsuit)) == 2


def test_a_notice_and_the_sheet_after_it_are_one_entry(office: Office) -> None:
    office.take(notice(BLOCKS[0]))
    says = (
        "LETTER MOTION for Extension of Time to answer from Eve Moss. Case Number: is a label too."
    )
    row = ("11/08/2010", "7", f"{says} (Moss, Eve) (Entered: 11/09/2010)")
    [taken] = office.take(sheet((ENTRIES[0], row)))
    assert (taken.added, taken.kept_beside) == (1, 0)


def test_an_entry_whose_number_nobody_knew_is_asked_about(office: Office) -> None:
    [taken] = office.take(sheet(ENTRIES[:1]))
    given = DocketEntryInput(
        kind=EntryKind.ORDER, filed_by=Side.COURT, filed_on=date(2010, 12, 3), says="An order."
    )
    with office.desk.work(office.ada) as work:
        known = litigation.record_docket_entry(work, taken.lawsuit.id, given)
    [case] = office.plan(sheet()).cases
    [(at, _, placed)] = case.lines(Fit.MAYBE)
    assert placed.entry_id == known.id
    assert office.take(sheet())[0].left_out == 1
    [joined] = office.take(sheet(), same=[at])
    assert (joined.joined, joined.left_out) == (1, 0)
    [order] = [each for each in office.rows(DocketEntry) if each.kind is EntryKind.ORDER]
    assert (order.id, order.number, order.says) == (known.id, 2, "An order.")


def test_an_entry_dated_after_today_is_left_out_and_told(office: Office) -> None:
    [taken] = office.take(sheet((*ENTRIES, ("02/05/2011", "3", "ORDER: later."))))
    assert (taken.added, taken.left_out) == (3, 1)


def test_a_docket_of_another_case_is_refused_on_a_lawsuit_s_page(office: Office) -> None:
    [taken] = office.take(sheet())
    with pytest.raises(Malformed, match="Nothing of it belongs here"):
        office.take(sheet(number="1:11-cv-00001"), lawsuit_id=taken.lawsuit.id)
    assert len(office.rows(DocketPaper)) == 1
    assert len(office.rows(Document)) == 2  # what was refused is kept all the same


def test_a_table_goes_into_the_lawsuit_it_is_taken_in_for(office: Office) -> None:
    [taken] = office.take(sheet())
    table = b"No.,Filed,Text\n3,12/10/2010,MOTION for Summary Judgment filed by Old Mill Project.\n"
    with pytest.raises(Malformed, match="names no case"):
        office.take(table)
    [more] = office.take(table, lawsuit_id=taken.lawsuit.id)
    assert more.added == 1
    [motion] = [each for each in office.rows(DocketEntry) if each.number == 3]
    assert (motion.kind, motion.filed_by) == (EntryKind.MOTION, Side.OURS)


def test_a_number_on_another_matter_is_told_only_to_who_is_on_it(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        other = makes.make_matter(session, office.cast.ada, title="The other matter")
        makes.make_lawsuit(session, other, docket_number="10-cv-4321")
    with pytest.raises(Malformed, match="is on the matter The other matter"):
        office.take(sheet())


def test_a_number_on_a_matter_of_others_leaves_no_trace(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        other = makes.make_matter(session, office.cast.mira, title="The other matter")
        makes.make_lawsuit(session, other, docket_number="10-cv-4321")
    [taken] = office.take(sheet())
    assert taken.added == 3


def test_what_was_seen_is_what_is_done(office: Office) -> None:
    seen = office.plan(sheet()).fingerprint
    office.take(sheet(ENTRIES[:1]))
    with pytest.raises(Overtaken):
        office.take(sheet(), seen=seen)


def test_a_reply_answers_the_opposition_and_an_order_decides_the_motion(office: Office) -> None:
    motion = "MOTION for Summary Judgment. Document filed by Old Mill Project."
    reply = "REPLY MEMORANDUM OF LAW in Support re: 3 MOTION . Document filed by Old Mill Project."
    briefs = (
        *ENTRIES,
        ("12/10/2010", "3", motion),
        ("12/20/2010", "4", "MEMORANDUM OF LAW in Opposition re: 3 MOTION. Document filed by X."),
        ("12/28/2010", "5", reply),
        ("01/10/2011", "6", "ORDER granting 3 Motion for Summary Judgment."),
    )
    office.take(sheet(briefs))
    by_number = {each.number: each for each in office.rows(DocketEntry)}
    assert by_number[4].answers_id == by_number[3].id
    assert by_number[5].answers_id == by_number[4].id
    assert by_number[6].decides_ids == [by_number[3].id]


def test_a_stranger_takes_nothing_in(office: Office) -> None:
    with pytest.raises(NotFound), office.desk.work(makes.actor_of(office.cast.eve)) as work:
        docket_plan.plan(work, office.matter.id, read_paper(sheet()), DocketImport())
