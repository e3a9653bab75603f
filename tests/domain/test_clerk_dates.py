"""The days a docket names: the clerk's formulas, an order's sentences, and what only asks."""

from datetime import date, time
from time import process_time as time_of_process

import pytest

from casemgr.domain.clerk_dates import awaited, stated_dates
from casemgr.domain.docket_days import Speaker, StatedKind
from casemgr.domain.service_returns import returned


def test_an_answer_date_says_whose_it_is_and_what_the_clerk_counted_from() -> None:
    [mill, river] = stated_dates(
        "WAIVER OF SERVICE RETURNED EXECUTED. Old Mill, LLC waiver sent on 1/15/2021, answer due "
        "3/16/2021; River Co. waiver sent on 1/18/2021, answer due 3/19/2021. Document filed by "
        "Ada Park..(Moss, Eve) (Entered: 01/20/2021)"
    )
    assert (mill.who, mill.what, mill.on) == ("Old Mill, LLC", "answer", date(2021, 3, 16))
    assert (mill.event, mill.event_on) == ("waiver sent", date(2021, 1, 15))
    assert river.who == "River Co."
    assert river.words == "River Co. waiver sent on 1/18/2021, answer due 3/19/2021"


@pytest.mark.parametrize(
    ("says", "what", "who", "on"),
    [
        ("ORDER granting 4 Motion. Motions due by 12/29/2021.", "Motions", "", (2021, 12, 29)),
        (
            "ORDER. Plaintiff's Responses due by 1/25/18.",
            "Responses",
            "Plaintiff",
            (2018, 1, 25),
        ),
        (
            "TRANSCRIPT of proceedings. Redaction Request due 11/15/2022.",
            "Redaction Request",
            "",
            (2022, 11, 15),
        ),
        (
            "Set/Reset Deadlines: Fact Discovery due by 7/30/2021.",
            "Fact Discovery",
            "",
            (2021, 7, 30),
        ),
        (
            "TRANSCRIPT. Redacted Transcript Deadline set for 11/25/2022.",
            "Redacted Transcript Deadline",
            "",
            (2022, 11, 25),
        ),
    ],
)
def test_the_clerk_s_due_dates_are_read(
    says: str, what: str, who: str, on: tuple[int, int, int]
) -> None:
    [found] = stated_dates(says)
    assert (found.what, found.who, found.on) == (what, who, date(*on))
    assert (found.kind, found.speaker) == (StatedKind.DUE, Speaker.CLERK)


def test_an_appointment_has_its_time_its_place_and_its_judge() -> None:
    [found] = stated_dates(
        "NOTICE: A Motion Hearing is set for 2/7/2018 at 2:00 PM in Courtroom 4, 1 Main Street, "
        "Salem, MA 01970 before Magistrate Judge Ruth B. Hale. (Doe, Jane)"
    )
    assert (found.what, found.on, found.at) == ("Motion Hearing", date(2018, 2, 7), time(14, 0))
    assert found.place == "Courtroom 4, 1 Main Street, Salem, MA 01970"
    assert found.before == "Magistrate Judge Ruth B. Hale"
    assert found.kind is StatedKind.APPOINTMENT


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("12:00 p.m.", time(12)),
        ("12:30 AM", time(0, 30)),
        ("9 a.m.", time(9)),
        ("04:00 PM", time(16)),
    ],
)
def test_times_are_read_on_the_clock_of_twelve_hours(written: str, at: time) -> None:
    [found] = stated_dates(f"ORDER. Conference continued to 3/6/2018 at {written}")
    assert found.at == at


def test_an_order_s_own_sentences_are_read_too() -> None:
    found = stated_dates(
        "ORDER: The deadline for the joint letter is extended to March 23, 2021. By November 18, "
        "2021, the parties shall file a status report. The Court will hold a conference on Friday, "
        "May 26, 2023, at 1:00 p.m. The trial will begin on Monday, June 26, 2023, at 9:00 a.m."
    )
    assert [(each.on, each.at, each.kind.value) for each in found] == [
        (date(2021, 3, 23), None, "due"),
        (date(2021, 11, 18), None, "due"),
        (date(2023, 5, 26), time(13), "appointment"),
        (date(2023, 6, 26), time(9), "appointment"),
    ]
    assert {each.speaker for each in found} == {Speaker.ORDER}


def test_an_appointment_that_is_off_is_told_apart() -> None:
    [found] = stated_dates(
        "ORDER: The status conference currently scheduled for October 12, 2021 is adjourned "
        "sine die."
    )
    assert (found.kind, found.on, found.what) == (
        StatedKind.CANCELLED,
        date(2021, 10, 12),
        "status conference",
    )


@pytest.mark.parametrize(
    "says",
    [
        "LETTER MOTION for Extension of Time to 1/25/2018, as Motions due by 2/1/2018",
        "Assented to MOTION to adjourn the conference set for 9/23/2022 at 1:00 PM",
        "PROPOSED Case Management Plan. Motions due by 5/5/2021.",
        "LETTER dated May 3, 2021: replies are due no later than seven days after service of them.",
    ],
)
def test_what_a_party_asks_for_fixes_no_date(says: str) -> None:
    assert stated_dates(says) == ()
    assert awaited(says) == ()


def test_what_the_clerk_s_system_adds_to_a_motion_is_read() -> None:
    found = stated_dates(
        "MOTION to Dismiss filed by River Agency. Motion Hearing set for 6/1/2022 09:00 AM in "
        "Courtroom 5 before Judge Ruth B. Hale. Responses due by 5/3/2022. Replies due by "
        "5/10/2022."
    )
    assert [(each.what, each.on) for each in found] == [
        ("Motion Hearing", date(2022, 6, 1)),
        ("Responses", date(2022, 5, 3)),
        ("Replies", date(2022, 5, 10)),
    ]


def test_a_day_that_is_in_no_calendar_is_left_out() -> None:
    assert stated_dates("ORDER. Motions due by 2/30/2021.") == ()


def test_a_period_that_waits_for_a_paper_is_read_with_what_it_waits_for() -> None:
    [found] = awaited(
        "ORDER: Oppositions are due January 26, 2022. Defendants' replies, if any, are due no "
        "later than seven days following the date of service of Plaintiff's oppositions."
    )
    assert (found.what, found.who) == ("replies", "Defendants")
    assert (found.count, found.unit, found.act, found.of) == (7, "days", "service", "oppositions")
    assert found.of_whom == "Plaintiff"


@pytest.mark.parametrize(
    ("period", "count", "unit"),
    [
        ("within 14 days of filing of the motion", 14, "days"),
        ("within fourteen (14) days after entry of the order", 14, "days"),
        ("no later than two weeks after filing of the report", 2, "weeks"),
        ("within five business days of receipt of the index", 5, "business days"),
    ],
)
def test_periods_are_read_in_figures_and_in_words(period: str, count: int, unit: str) -> None:
    [found] = awaited(f"ORDER. Objections are due {period}.")
    assert (found.count, found.unit) == (count, unit)


Due = tuple[str, str, str]  # the day, what is due, and whose it is


@pytest.mark.parametrize(
    ("says", "due"),
    [
        (
            (
                "RETURN OF SERVICE Executed as to the United States Attorney. Date of Service Upon "
                "United States Attorney on 4/3/2019. Answer due for ALL FEDERAL DEFENDANTS by "
                "5/3/2019."
            ),
            [("2019-05-03", "answer", "United States Attorney")],
        ),
        (
            (
                "STIPULATION AND ORDER that the time for defendants to answer, move or otherwise "
                "respond to the complaint is extended to and including June 9, 2010."
            ),
            [("2010-06-09", "answer, move or otherwise respond to the complaint", "Defendants")],
        ),
        (
            (
                "STIPULATION AND ORDER: the time of the defendants to answer is extended from May "
                "28, 2010 up to and including June 28, 2010."
            ),
            [("2010-06-28", "answer", "Defendants")],
        ),
        (
            (
                "MINUTE ORDER. Defendant shall have up to and including May 20, 2019, to answer "
                "the complaint."
            ),
            [("2019-05-20", "answer the complaint", "Defendant")],
        ),
        (
            "ORDER. The Government's time to respond is extended by 30 days, to November 5, 2010.",
            [("2010-11-05", "respond", "Government")],
        ),
        (
            "STIPULATION AND ORDER EXTENDING TIME: River Agency answer due 6/9/2010.",
            [("2010-06-09", "answer", "River Agency")],
        ),
        (
            "ENDORSEMENT: Granted. Defendants' opposition due 11/5/2010; reply due 11/12/2010.",
            [("2010-11-05", "opposition", "Defendants"), ("2010-11-12", "reply", "")],
        ),
        (
            (
                "ORDER: The Government shall produce the records on or before July 9, 2010, and an "
                "index by August 2, 2010."
            ),
            [("2010-07-09", "produce the records", "Government"), ("2010-08-02", "index", "")],
        ),
        (
            (
                "Set/Reset Deadlines: Rule 56.1 Statement due by 3/4/2011. Compliance Deadline "
                "8/1/2011."
            ),
            [
                ("2011-03-04", "Rule 56.1 Statement", ""),
                ("2011-08-01", "Compliance Deadline", ""),
            ],
        ),
        (
            "ORDER. Defendant's answer deadline is extended to May 3, 2019.",
            [("2019-05-03", "answer deadline", "Defendant")],
        ),
        (
            (
                "ORDER: Dispositive motions to be filed by 5/2/2016; responses by 6/1/2016; and "
                "replies by 6/15/2016."
            ),
            [
                ("2016-05-02", "Dispositive motions", ""),
                ("2016-06-01", "responses", ""),
                ("2016-06-15", "replies", ""),
            ],
        ),
        (
            (
                "MINUTE ORDER. Plaintiff's response shall be due by 5/1/2019. JOINT STATUS REPORT "
                "DUE BY 6/3/2019."
            ),
            [("2019-05-01", "response", "Plaintiff"), ("2019-06-03", "JOINT STATUS REPORT", "")],
        ),
        (
            (
                "ORDER: The parties shall meet and confer by June 3, 2019. Discovery shall be "
                "completed by July 1, 2019."
            ),
            [("2019-06-03", "meet and confer", "Parties"), ("2019-07-01", "Discovery", "")],
        ),
        (
            (
                "ORDER. Plaintiffs shall file their opposition on or before 3/4/2011, and "
                "Defendants shall file their reply on or before 3/18/2011."
            ),
            [
                ("2011-03-04", "file their opposition", "Plaintiffs"),
                ("2011-03-18", "file their reply", "Defendants"),
            ],
        ),
        (
            (
                "ORDER. Defendant shall (1) complete production by July 1, 2019; (2) file the "
                "index by August 1, 2019."
            ),
            [
                ("2019-07-01", "complete production", "Defendant"),
                ("2019-08-01", "file the index", ""),
            ],
        ),
        (
            (
                "ORDER: Government's brief by June 1, 2010; Plaintiffs' opposition by close of "
                "business on June 22, 2010. ICE is given until July 1, 2010 to produce the rest."
            ),
            [
                ("2010-06-01", "brief", "Government"),
                ("2010-06-22", "opposition", "Plaintiffs"),
                ("2010-07-01", "produce the rest", ""),
            ],
        ),
        (
            "Answer due from DEPARTMENT OF RIVERS on 6/1/2011.",
            [("2011-06-01", "Answer", "DEPARTMENT OF RIVERS")],
        ),
        (
            "ORDER: The deadline for the motions is extended to 2/3/2011.",
            [("2011-02-03", "motions", "")],
        ),
        (
            "Set/Reset Deadlines: Status Report due by 5/1/2019, 7/1/2019.",
            [("2019-05-01", "Status Report", ""), ("2019-07-01", "Status Report", "")],
        ),
        (
            "ORDER: Briefs are to be filed no later than 5:00 p.m. on Friday, November 5, 2010.",
            [("2010-11-05", "Briefs", "")],
        ),
        (
            (
                "ORDER. The parties' joint letter, due November 1, 2010, shall now be due on "
                "November 5, 2010."
            ),
            [("2010-11-05", "joint letter", "")],
        ),
    ],
)
def test_days_are_read_in_the_words_of_many_clerks_and_judges(says: str, due: list[Due]) -> None:
    found = [(each.on.isoformat(), each.what, each.who) for each in stated_dates(says)]
    assert [(on, what.removeprefix("an "), who) for on, what, who in found] == due


@pytest.mark.parametrize(
    ("says", "kind", "what"),
    [
        (
            "MINUTE ORDER: The deadline of May 1, 2019 for the Joint Status Report is VACATED.",
            StatedKind.LIFTED,
            "Joint Status Report",
        ),
        (
            "Terminate Deadlines and Hearings: Status Report due by 5/1/2019.",
            StatedKind.LIFTED,
            "Status Report",
        ),
        (
            "MINUTE ORDER: The Status Conference set for 5/1/2019 is VACATED.",
            StatedKind.CANCELLED,
            "Status Conference",
        ),
    ],
)
def test_a_day_that_is_taken_away_is_told_apart(says: str, kind: StatedKind, what: str) -> None:
    [found] = stated_dates(says)
    assert (found.kind, found.what, found.on) == (kind, what, date(2019, 5, 1))


@pytest.mark.parametrize(
    "says",
    [
        "ENTERED IN ERROR.....Set/Reset Deadlines: Motions due by 3/3/2011.",
        "***DELETED DOCUMENT. Deleted document number 12 Order. Motions due by 3/3/2011.",
        "JOINT STATUS REPORT by RIVER AGENCY. The parties propose a report due by 5/17/2019.",
    ],
)
def test_what_does_not_hold_names_no_day(says: str) -> None:
    assert stated_dates(says) == ()


@pytest.mark.parametrize(
    "says",
    [
        (
            "ORDER RESCHEDULING: The conference previously scheduled for June 3, 2011 at 4:00 p.m. "
            "is adjourned until June 10, 2011, at 4:30 p.m."
        ),
        "ORDER. Conference adjourned from 6/3/2011 to 6/10/2011 at 04:30 PM before Judge B. Hale.",
        "ORDER: briefs are waived, and conference is set for 6/10/2011 at 4:30 p.m.",
    ],
)
def test_a_conference_that_moves_is_read_with_its_new_day(says: str) -> None:
    [found] = stated_dates(says)
    assert (found.what.casefold(), found.on, found.at) == (
        "conference",
        date(2011, 6, 10),
        time(16, 30),
    )


def test_a_period_that_runs_from_the_order_itself_is_told_apart() -> None:
    [found] = awaited("ORDER. The parties shall file a report within 14 days of this Order.")
    assert (found.what, found.count, found.unit, found.from_itself) == (
        "file a report",
        14,
        "days",
        True,
    )


def test_a_word_without_end_is_read_in_no_time() -> None:
    began = time_of_process()
    [found] = stated_dates(f"{'A' * 20_000} Responses due by 11/14/2010.")
    assert found.on == date(2010, 11, 14)
    assert returned(f"{'A' * 20_000} served on 11/14/2010") == ()
    assert time_of_process() - began < 5


def test_a_very_long_entry_is_read_in_no_time() -> None:
    says = "ORDER: " + "motion hearing set for 1/1/2011 at 1:00 PM in A " * 400
    began = time_of_process()
    assert stated_dates(says)
    assert time_of_process() - began < 5
