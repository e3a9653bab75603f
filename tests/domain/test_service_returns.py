"""Returns of service as clerks write them: who was served, when, how, and by what proof."""

from __future__ import annotations

from datetime import date

import pytest

from casemgr.domain.service_returns import is_attorney_general, is_us_attorney, returned


def test_a_return_says_whom_when_how_and_who_took_it() -> None:
    [found] = returned(
        "AFFIDAVIT OF SERVICE of Summons and Complaint. United States Attorney served on 5/3/2010, "
        "answer due 7/2/2010. Service was accepted by Jo Reyes, Clerk. Service was made by "
        "certified mail. Document filed by Old Mill Project. (Moss, Eve) (Entered: 05/05/2010)"
    )
    assert (found.whom, found.on) == ("United States Attorney", date(2010, 5, 3))
    assert (found.method, found.accepted_by) == ("certified mail", "Jo Reyes, Clerk")
    assert (found.us_attorney, found.attorney_general, found.waived) == (True, False, False)
    assert found.answer_due == date(2010, 7, 2)
    assert "Accepted by Jo Reyes, Clerk." in found.proof


def test_everybody_of_one_return_is_told() -> None:
    found = returned(
        "SUMMONS RETURNED EXECUTED. River Agency served on 5/4/2010, answer due 6/3/2010; "
        "Attorney General of the United States served on 5/6/2010, answer due 6/7/2010."
    )
    assert [(each.whom, each.on.day) for each in found] == [
        ("River Agency", 4),
        ("Attorney General of the United States", 6),
    ]
    assert [each.attorney_general for each in found] == [False, True]


@pytest.mark.parametrize(
    ("says", "whom", "day"),
    [
        ("SUMMONS RETURNED EXECUTED. River Agency served on 5/4/2010.", "River Agency", 4),
        (
            (
                "AFFIDAVIT OF SERVICE of Summons and Complaint served on United States Attorney on "
                "5/3/2010. Document filed by Old Mill Project."
            ),
            "United States Attorney",
            3,
        ),
        (
            (
                "RETURN OF SERVICE/AFFIDAVIT of Summons and Complaint Executed on United States "
                "Attorney General. Date of Service Upon United States Attorney General 05/07/2010."
            ),
            "United States Attorney General",
            7,
        ),
        (
            (
                "CERTIFICATE OF SERVICE of Summons and Complaint served on May 3, 2010 upon the "
                "River Agency by certified mail."
            ),
            "River Agency",
            3,
        ),
        (
            "SUMMONS RETURNED EXECUTED as to River Agency, served by certified mail on 5/3/2010.",
            "River Agency",
            3,
        ),
    ],
)
def test_a_return_without_a_day_for_the_answer_still_says_who_was_served(
    says: str, whom: str, day: int
) -> None:
    [found] = returned(says)
    assert (found.whom, found.on, found.answer_due) == (whom, date(2010, 5, day), None)
    assert whom in found.proof


def test_one_return_may_give_a_day_for_one_answer_and_none_for_another() -> None:
    found = returned(
        "SUMMONS RETURNED EXECUTED. River Agency served on 5/4/2010, answer due 6/3/2010; "
        "U.S. Attorney served on 5/6/2010."
    )
    assert [(each.whom, each.answer_due) for each in found] == [
        ("River Agency", date(2010, 6, 3)),
        ("U.S. Attorney", None),
    ]


@pytest.mark.parametrize(
    "says",
    [
        "SUMMONS RETURNED UNEXECUTED as to River Agency. Tried on 5/3/2010.",
        "CERTIFICATE OF SERVICE of the motion served on River Agency on 5/3/2010.",
        "AFFIDAVIT OF SERVICE. Summons and Complaint served on 5/3/2010.",
        "DELETED DOCUMENT. SUMMONS RETURNED EXECUTED. River Agency served on 5/4/2010.",
    ],
)
def test_what_names_nobody_who_was_served_with_the_complaint_tells_of_no_service(says: str) -> None:
    assert returned(says) == ()


def test_a_waiver_is_no_service() -> None:
    [found] = returned(
        "WAIVER OF SERVICE RETURNED EXECUTED. River Company waiver sent on 5/4/2010, answer due "
        "7/6/2010."
    )
    assert (found.waived, found.method) == (True, "waiver")


def test_an_order_serves_nobody() -> None:
    assert returned("ORDER: the answer is due by 6/7/2010.") == ()


def test_the_us_attorney_in_letters_is_named_whole() -> None:
    [found] = returned(
        "AFFIDAVIT OF SERVICE. U.S. Attorney served on 5/3/2010, answer due 6/2/2010."
    )
    assert (found.whom, found.us_attorney) == ("U.S. Attorney", True)


def test_the_two_attorneys_are_told_apart() -> None:
    assert is_us_attorney("U.S. Attorney's Office, S.D.N.Y.")
    assert not is_us_attorney("United States Attorney General")
    assert is_attorney_general("United States Attorney General")
