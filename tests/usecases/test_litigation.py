"""Recording a docket: what is written down, what is refused, which dates follow."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from casemgr.db.session import transaction
from casemgr.db.tables import Deadline, DocketEntry, Lawsuit
from casemgr.domain.words import EntryKind, Side
from casemgr.errors import Malformed, NotFound
from casemgr.usecases import litigation, orders, parties
from casemgr.usecases.litigation import DocketEntryInput, LawsuitInput
from tests import makes

MOTION = date(2010, 10, 28)


class Office:
    """A matter with a lawsuit filed on April 27, 2010."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, self.cast.ada)
            self.lawsuit = makes.make_lawsuit(session, self.matter)
        self.ada = makes.actor_of(self.cast.ada)

    def enter(self, kind: EntryKind, on: date, **more: object) -> DocketEntry:
        given = DocketEntryInput.model_validate(
            {"kind": kind, "filed_by": Side.OURS, "filed_on": on, "says": "Paper.", **more}
        )
        with self.desk.work(self.ada) as work:
            return litigation.record_docket_entry(work, self.lawsuit.id, given)

    def refused(self, kind: EntryKind, on: date, **more: object) -> dict[str, str]:
        with pytest.raises(Malformed) as wrong:
            self.enter(kind, on, **more)
        return wrong.value.problems

    def due(self, rule: str | None) -> list[date | None]:
        with Session(self.desk.engine) as session:
            rows = session.exec(select(Deadline)).all()
        return [each.due for each in rows if each.rule == rule and each.superseded_on is None]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Open the office."""
    return Office(engine, tmp_path)


def test_a_motion_makes_the_day_to_oppose_it(office: Office) -> None:
    office.enter(EntryKind.MOTION, MOTION)

    # The fourteenth day is Veterans Day.
    assert office.due("lcr.nysd.6_1b.opposition") == [date(2010, 11, 12)]


def test_time_runs_from_the_day_a_judgment_was_entered_on_the_docket(office: Office) -> None:
    filed, entered = date(2010, 10, 22), date(2010, 10, 26)
    office.enter(EntryKind.JUDGMENT, filed, entered_on=entered, filed_by=Side.COURT, hurts=["ours"])
    assert office.due("frap.4a1b.notice_of_appeal") == [date(2010, 12, 27)]  # the 60th is Christmas


def test_a_motion_counts_from_its_filing_whenever_it_was_entered(office: Office) -> None:
    office.enter(EntryKind.MOTION, MOTION, entered_on=date(2010, 10, 29))
    assert office.due("lcr.nysd.6_1b.opposition") == [date(2010, 11, 12)]


def test_a_paper_filed_on_a_weekend_is_kept_and_counted_from_that_day(office: Office) -> None:
    office.enter(EntryKind.MOTION, date(2010, 10, 23))  # a Saturday; the fourteenth day is one too
    assert office.due("lcr.nysd.6_1b.opposition") == [date(2010, 11, 8)]


def test_an_order_date_stands_on_a_holiday(office: Office) -> None:
    given = orders.OrderDateInput(
        title="Produce the letters", whose=Side.THEIRS, fixed_for=date(2011, 1, 17)
    )

    with office.desk.work(office.ada) as work:
        orders.record_order_date(work, office.lawsuit.id, given)

    assert office.due(None) == [date(2011, 1, 17)]


def test_what_cannot_stand_on_a_docket_is_refused(office: Office) -> None:
    complaint = office.enter(EntryKind.COMPLAINT, date(2010, 4, 27), number=1)

    for field, more in (
        ("filed_on", {"on": date(2010, 4, 26)}),
        ("filed_on", {"on": date(2010, 10, 30)}),
        ("number", {"number": 1}),
        ("number", {"part": 2}),
        ("answers_id", {"answers_id": "DE-0000000000"}),
        ("decides_ids", {"decides_ids": ["DE-0000000000"]}),
        ("document_id", {"document_id": "DOC-0000000000"}),
        ("until_on", {"until_on": date(2010, 4, 1), "certainty": "about"}),
        ("hurts", {"hurts": ["ours", "court"]}),
    ):
        on = more.pop("on", MOTION)
        assert field in office.refused(EntryKind.MOTION, on, **more), more  # type: ignore[arg-type]

    with Session(office.desk.engine) as session:
        assert [each.id for each in session.exec(select(DocketEntry))] == [complaint.id]


def test_a_court_files_no_complaint_and_owes_no_paper(office: Office) -> None:
    said = office.refused(EntryKind.COMPLAINT, MOTION, filed_by=Side.COURT)
    owed = orders.OrderDateInput(title="Rule", whose=Side.COURT, fixed_for=date(2011, 1, 17))

    with pytest.raises(Malformed) as wrong, office.desk.work(office.ada) as work:
        orders.record_order_date(work, office.lawsuit.id, owed)

    assert said == {"filed_by": "A court files no complaint. Choose whose it is."}
    assert "ours or theirs" in wrong.value.problems["whose"]


def test_an_answer_comes_after_what_it_answers(office: Office) -> None:
    motion = office.enter(EntryKind.MOTION, MOTION)

    said = office.refused(EntryKind.OPPOSITION, date(2010, 10, 27), answers_id=motion.id)

    assert "filed later, on October 28, 2010" in said["filed_on"]


def test_an_entry_of_another_lawsuit_is_no_entry_here(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        other = makes.make_lawsuit(session, office.matter, docket_number="10-cv-9002")
        entry = makes.make_docket_entry(session, other)

    foreign = office.refused(EntryKind.REPLY, MOTION, answers_id=entry.id)
    never = office.refused(EntryKind.REPLY, MOTION, answers_id="DE-0000000000")

    assert foreign == never


def test_a_docket_number_is_kept_in_one_form_and_as_typed(office: Office) -> None:
    given = LawsuitInput(court_id="nysd", docket_number="1:10-cv-03488-SAS", title="NDLON v. ICE")

    with office.desk.work(office.ada) as work:
        lawsuit: Lawsuit = litigation.record_lawsuit(work, office.matter.id, given)

    assert (lawsuit.docket_number, lawsuit.cited_as) == ("10-cv-3488", "1:10-cv-03488-SAS")
    with (
        pytest.raises(Malformed, match="10-cv-3488 is on this matter already"),
        office.desk.work(office.ada) as work,
    ):
        again = given.model_copy(update={"docket_number": "10 Civ. 3488"})
        litigation.record_lawsuit(work, office.matter.id, again)


def test_service_comes_after_the_complaint_and_starts_the_answer(office: Office) -> None:
    def serve(on: date) -> None:
        given = parties.ServiceInput(
            served_on_whom="United States Attorney", us_attorney=True, delivered_on=on
        )
        with office.desk.work(office.ada) as work:
            parties.record_service(work, office.lawsuit.id, given)

    with pytest.raises(Malformed, match="The complaint was filed on April 27, 2010"):
        serve(date(2010, 4, 26))
    serve(date(2010, 5, 3))

    # Thirty days, 5 U.S.C. § 552(a)(4)(C)
    assert office.due("foia.answer") == [date(2010, 6, 2)]


def test_a_stranger_records_nothing(office: Office) -> None:
    eve = makes.actor_of(office.cast.eve)
    given = DocketEntryInput(
        kind=EntryKind.MOTION, filed_by=Side.OURS, filed_on=MOTION, says="Motion."
    )

    with pytest.raises(NotFound), office.desk.work(eve) as work:
        litigation.record_docket_entry(work, office.lawsuit.id, given)

    with Session(office.desk.engine) as session:
        assert session.exec(select(DocketEntry)).all() == []
