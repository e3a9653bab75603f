"""Returns of service as clerks write them: who was served, when, how, and by what proof."""

from __future__ import annotations

from datetime import date

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


def test_a_waiver_is_no_service() -> None:
    [found] = returned(
        "WAIVER OF SERVICE RETURNED EXECUTED. River Company waiver sent on 5/4/2010, answer due "
        "7/6/2010."
    )
    assert (found.waived, found.method) == (True, "waiver")


def test_an_order_serves_nobody() -> None:
    assert returned("ORDER: the answer is due by 6/7/2010.") == ()


def test_the_two_attorneys_are_told_apart() -> None:
    assert is_us_attorney("U.S. Attorney's Office, S.D.N.Y.")
    assert not is_us_attorney("United States Attorney General")
    assert is_attorney_general("United States Attorney General")
