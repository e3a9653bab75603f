"""The days a docket names: the clerk's formulas, an order's sentences, and what only asks."""

from datetime import date, time

import pytest

from casemgr.domain.clerk_dates import Speaker, StatedKind, awaited, stated_dates


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
