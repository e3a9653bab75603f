"""The clerk's dates beside ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from casemgr.db.session import transaction
from casemgr.dockets.reading import read_paper
from casemgr.domain.words import Side
from casemgr.files.kinds import Upload
from casemgr.usecases import docket_papers, orders
from casemgr.usecases.docket_plan import DocketImport
from casemgr.usecases.orders import OrderDateInput
from casemgr.usecases.views import reconciliation
from casemgr.usecases.views.compared import Compared, Verdict
from tests import makes
from tests.dockets.papers import ENTRIES, Entry, sheet

TODAY = date(2011, 3, 31)


class Office:
    """A matter with one docket, taken in from a sheet."""

    def __init__(self, engine: Engine, data: Path) -> None:
        self.desk = makes.make_desk(engine, data, as_of=TODAY)
        with transaction(engine) as session:
            self.cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, self.cast.ada)
            makes.make_court(session)
        self.ada = makes.actor_of(self.cast.ada)

    def compared(self, *entries: Entry) -> list[Compared]:
        page = sheet((ENTRIES[0], *entries))
        with self.desk.work(self.ada) as work:
            kept = docket_papers.keep_paper(
                work, self.desk.store, self.matter.id, Upload("d.html", page)
            )
            [taken] = docket_papers.take_in(work, kept.id, read_paper(page), DocketImport())
            self.lawsuit_id = taken.lawsuit.id
        return self.look()

    def look(self) -> list[Compared]:
        with self.desk.work(self.ada, reads_only=True) as work:
            found = reconciliation.look(work, self.lawsuit_id).dates
        return [each for each in found if each.stated is not None]


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    """Open the office."""
    return Office(engine, tmp_path)


def served(who: str, on: str, due: str) -> Entry:
    return (on, "2", f"SUMMONS RETURNED EXECUTED. {who} served on {on}, answer due {due}.")


def test_the_sixty_days_of_the_printed_form_are_told_from_the_thirty(office: Office) -> None:
    [answer] = office.compared(served("United States Attorney", "11/05/2010", "1/4/2011"))
    assert (answer.verdict, answer.counted) == (Verdict.DIFFER, date(2010, 12, 6))
    assert "the 60 days that Rule 12(a)(2) gives the United States" in answer.why


def test_an_answer_date_that_the_rule_gives_agrees(office: Office) -> None:
    [answer] = office.compared(served("River Company", "11/05/2010", "11/26/2010"))
    assert (answer.verdict, answer.rule) == (Verdict.AGREE, "frcp.12a1.answer")
    assert "record the service" in answer.why


@pytest.mark.parametrize(
    ("due", "cause"),
    [
        ("12/5/2010", "is a Sunday, on which nothing ends"),
        ("12/9/2010", "three days for the mail"),
        ("12/7/2010", "one day off"),
        ("12/20/2010", "45 days after it"),
    ],
)
def test_the_likely_cause_of_another_day_is_named(office: Office, due: str, cause: str) -> None:
    [answer] = office.compared(served("Department of Rivers", "11/05/2010", due))
    assert answer.verdict is Verdict.DIFFER
    assert cause in answer.why


def test_a_day_the_court_fixed_is_recorded_and_then_agrees(office: Office) -> None:
    [due] = office.compared(("12/03/2010", "2", "ORDER: as discussed. Motions due by 1/17/2011."))
    assert (due.verdict, due.can_be_recorded) == (Verdict.ONLY_THEIRS, True)
    with office.desk.work(office.ada) as work:
        given = OrderDateInput(title="Motions", whose=Side.OURS, fixed_for=date(2011, 1, 17))
        orders.record_order_date(work, office.lawsuit_id, given)
    [due] = office.look()
    assert (due.verdict, due.why) == (
        Verdict.AGREE,
        "The court fixed it, and it is on file as such.",
    )


def test_a_day_that_a_later_entry_moved_is_not_offered(office: Office) -> None:
    first, second = office.compared(
        ("12/03/2010", "2", "ORDER: Motions due by 1/17/2011."),
        ("01/10/2011", "3", "ORDER granting more time. Motions due by 2/1/2011."),
    )
    assert (first.verdict, first.why) == (
        Verdict.MOVED,
        "Dkt. 3 set February 1, 2011 instead.",
    )
    assert second.verdict is Verdict.ONLY_THEIRS


def test_an_entry_that_names_a_day_gone_by_moves_nothing_to_it(office: Office) -> None:
    first, _ = office.compared(
        ("12/03/2010", "2", "ORDER: Motions due by 4/18/2011."),
        ("03/01/2011", "3", "ORDER granting leave. Motions due by 1/17/2011."),
    )
    assert (first.verdict, first.can_be_recorded) == (Verdict.ONLY_THEIRS, True)


def test_a_day_may_be_extended_weeks_after_it_passed(office: Office) -> None:
    first, _ = office.compared(
        ("12/03/2010", "2", "ORDER: Motions due by 1/3/2011."),
        ("01/20/2011", "3", "ORDER: The deadline for the motions is extended to 2/3/2011."),
    )
    assert (first.verdict, first.why) == (
        Verdict.MOVED,
        "Dkt. 3 set February 3, 2011 instead.",
    )


def test_what_the_clerk_repeats_is_offered_once(office: Office) -> None:
    first, second = office.compared(
        ("12/03/2010", "2", "ORDER: The motion is due January 17, 2011. Motions due by 1/17/2011."),
        ("12/06/2010", "", "Set/Reset Deadlines: Motions due by 1/17/2011."),
    )
    assert [first.verdict, second.verdict] == [Verdict.ONLY_THEIRS, Verdict.AGAIN]


def test_a_motion_s_answer_date_is_recounted_by_the_local_rule(office: Office) -> None:
    [due] = office.compared(
        (
            "12/03/2010",
            "2",
            "MOTION to Dismiss filed by Old Mill Project. Responses due by 12/17/2010.",
        )
    )
    assert (due.verdict, due.rule) == (Verdict.AGREE, "lcr.nysd.6_1b.opposition")
    assert due.ours is not None


def test_a_day_that_a_later_entry_takes_away_is_not_offered(office: Office) -> None:
    report, conference, lifted, off = office.compared(
        (
            "12/03/2010",
            "2",
            (
                "ORDER: Status Report due by 1/17/2011. Status Conference set for 1/20/2011 at "
                "10:00 AM before Judge B."
            ),
        ),
        (
            "12/10/2010",
            "3",
            (
                "ORDER: The deadline of January 17, 2011 for the status report is vacated. The "
                "status conference set for 1/20/2011 is cancelled."
            ),
        ),
    )
    assert [(each.verdict, each.why) for each in (report, conference)] == [
        (Verdict.MOVED, "Dkt. 3 takes the day away."),
        (Verdict.MOVED, "Dkt. 3 calls it off."),
    ]
    assert [lifted.verdict, off.verdict] == [Verdict.AGREE, Verdict.AGREE]


def test_the_next_report_does_not_move_one_that_was_filed(office: Office) -> None:
    first, second = office.compared(
        ("12/03/2010", "2", "ORDER: Joint Status Report due by 1/10/2011."),
        ("01/10/2011", "3", "JOINT STATUS REPORT. Document filed by Rosa Alvarez."),
        ("01/11/2011", "4", "ORDER: Joint Status Report due by 3/10/2011."),
    )
    assert [first.verdict, second.verdict] == [Verdict.ONLY_THEIRS, Verdict.ONLY_THEIRS]


def test_a_reply_date_is_recounted_from_the_clerk_s_own_response(office: Office) -> None:
    response, reply = office.compared(
        (
            "12/03/2010",
            "2",
            (
                "MOTION to Dismiss filed by Old Mill Project. Responses due by 12/17/2010. Replies "
                "due by 12/27/2010."
            ),
        )
    )
    assert response.verdict is Verdict.AGREE
    assert (reply.verdict, reply.rule) == (Verdict.AGREE, "lcr.nysd.6_1b.reply")
    assert reply.counted == date(2010, 12, 27)


def test_an_answer_of_the_agency_is_theirs_to_file(office: Office) -> None:
    [answer] = office.compared(
        ("12/03/2010", "2", "STIPULATION AND ORDER: Defendants have until 1/3/2011 to answer.")
    )
    assert (answer.verdict, answer.whose) == (Verdict.ONLY_THEIRS, Side.THEIRS)


def test_a_conference_is_compared_by_day_and_hour(office: Office) -> None:
    [meeting] = office.compared(
        (
            "12/03/2010",
            "2",
            "ORDER. Status Conference set for 1/18/2011 at 10:00 AM before Judge B.",
        )
    )
    assert (meeting.verdict, meeting.why) == (
        Verdict.ONLY_THEIRS,
        "It is not on file: record it.",
    )


def test_dates_of_ours_that_the_docket_does_not_name_are_listed(office: Office) -> None:
    office.compared()
    with office.desk.work(office.ada, reads_only=True) as work:
        found = reconciliation.look(work, office.lawsuit_id)
    [service] = found.of(Verdict.ONLY_OURS)
    assert service.rule == "frcp.4m.service"
    assert "Ours has its proof" in service.why


def test_a_day_of_the_court_that_no_entry_names_is_not_said_to_be_counted(office: Office) -> None:
    office.compared()
    given = OrderDateInput(title="Produce", whose=Side.THEIRS, fixed_for=date(2011, 4, 18))
    with office.desk.work(office.ada) as work:
        orders.record_order_date(work, office.lawsuit_id, given)
        found = reconciliation.look(work, office.lawsuit_id)
    assert any(each.why.startswith("The court fixed it") for each in found.of(Verdict.ONLY_OURS))
