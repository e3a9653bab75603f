"""What a rule's answer says besides the date: readings, the careful day, who must act."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casemgr.domain.almanac import Closure
from casemgr.domain.rules import Answer
from casemgr.errors import CalendarNotKnown, LawError
from casemgr.law.engine import due
from casemgr.law.reader import the_law


def ask(rule: str, trigger: str, **given: object) -> Answer:
    """Ask the law of the shipped files."""
    return due(the_law(), rule, date.fromisoformat(trigger), **given)  # type: ignore[arg-type]


def days(answer: Answer) -> dict[str, date]:
    """The readings of an answer by name."""
    return {reading.name: reading.due for reading in answer.readings}


def test_the_request_of_2010_shows_the_snow_days_as_a_reading() -> None:
    answer = ask("foia.determination", "2010-02-03")

    assert answer.due == date(2010, 3, 4)
    assert days(answer)["snow and storm closures left out"] == date(2010, 3, 10)
    assert (answer.whose, answer.safe) == ("theirs", date(2010, 3, 10))


def test_every_skipped_day_is_named_with_its_reason() -> None:
    answer = ask("foia.determination", "2010-02-03")

    skipped = {step.on: step.says for step in answer.steps if "not counted." in step.says}
    assert len([day for day in skipped if day and day > date(2010, 2, 3)]) == 9
    assert skipped[date(2010, 2, 15)] == "Washington's Birthday: not counted."


def test_the_opposition_of_2010_runs_past_veterans_day_and_shows_the_three_days() -> None:
    answer = ask("lcr.nysd.6_1b.opposition", "2010-10-28", court="nysd", service="electronic")

    assert answer.due == answer.safe == date(2010, 11, 12)
    assert days(answer) == {"three days for the manner of service": date(2010, 11, 15)}


def test_a_motion_whose_manner_of_service_is_unknown_shows_both_dates() -> None:
    answer = ask("lcr.nysd.6_1b.opposition", "2010-10-28", court="nysd", whose="theirs")

    assert answer.due == date(2010, 11, 12)
    assert answer.safe == date(2010, 11, 15)


def test_a_state_holiday_moves_the_last_day_but_never_the_careful_one() -> None:
    # 2013-02-12 is Lincoln's Birthday, a holiday of New York on which the clerk is open.
    answer = ask("frcp.72.objections", "2013-01-29", court="nysd")

    assert answer.due == date(2013, 2, 13)
    assert answer.safe == date(2013, 2, 12)
    assert days(answer)["state holiday not counted"] == date(2013, 2, 12)


def test_the_friday_before_a_saturday_holiday_moves_the_last_day_but_not_the_careful_one() -> None:
    answer = ask("frcp.72.objections", "2015-06-19", court="nysd")

    assert (answer.due, answer.safe) == (date(2015, 7, 6), date(2015, 7, 3))


def test_a_backward_count_that_ends_on_that_friday_has_the_thursday_as_its_careful_day() -> None:
    answer = ask("frcp.26f.conference", "2015-07-24", court="nysd")

    assert (answer.due, answer.safe) == (date(2015, 7, 3), date(2015, 7, 2))
    assert days(answer) == {"Friday before a Saturday holiday": date(2015, 7, 2)}


def test_a_backward_count_ignores_state_holidays_and_goes_earlier() -> None:
    # Twenty-one days before 2013-03-05 is 2013-02-12, Lincoln's Birthday.
    answer = ask("frcp.26f.conference", "2013-03-05", court="nysd")

    assert answer.due == date(2013, 2, 12)


def test_a_day_closed_by_executive_order_is_a_reading_until_the_clerk_is_closed_too() -> None:
    open_clerk = ask("frcp.72.objections", "2018-11-21", court="nysd")
    closed = ask("frcp.72.objections", "2018-11-21", court="nysd", closed=[date(2018, 12, 5)])

    assert open_clerk.due == date(2018, 12, 5)
    assert days(open_clerk)["day closed by executive order"] == date(2018, 12, 6)
    assert closed.due == date(2018, 12, 6)


def test_inauguration_day_is_a_holiday_in_the_district_of_columbia_only() -> None:
    assert ask("frcp.72.objections", "2021-01-06", court="dcd").due == date(2021, 1, 21)
    assert ask("frcp.72.objections", "2021-01-06", court="nysd").due == date(2021, 1, 20)


def test_an_appeal_keeps_the_holidays_of_the_circuit_clerk_too() -> None:
    # Election day 2013-11-05 is a holiday of New York, where the Second Circuit sits; the
    # District of Connecticut alone keeps no holiday that we hold.
    assert ask("frap.4a1a.notice_of_appeal", "2013-10-06", court="ctd").due == date(2013, 11, 6)
    assert ask("frcp.12a1.answer", "2013-10-15", court="ctd").due == date(2013, 11, 5)


def test_a_court_whose_state_is_not_held_says_so_and_answers() -> None:
    answer = ask("frcp.12a1.answer", "2017-06-19", court="txsd")

    assert answer.due == date(2017, 7, 10)
    assert "TX" in next(one.why for one in answer.readings if one.name == "state holidays not held")


def test_all_ninety_four_district_courts_answer() -> None:
    courts = [one for one in the_law().almanac.courts if not one.startswith("ca") or len(one) == 4]
    districts = [one for one in courts if one not in ("cadc", "cafc", "ca10", "ca11")]

    assert len(districts) == 94
    for court in districts:
        assert ask("frcp.12a1.answer", "2017-06-20", court=court).due == date(2017, 7, 11), court


@pytest.mark.parametrize(
    ("agency", "requested", "decided", "last_day", "plan_by"),
    [
        ("dhs", "2026-08-03", "2026-10-02", "2027-02-16", "2026-12-31"),
        ("fbi", "2026-08-03", "2026-10-02", "2026-12-31", "2026-12-31"),
        ("ice", "2010-02-03", "2010-05-03", "2010-07-02", "2010-07-02"),
        ("doj", "2015-05-03", "2015-09-01", "2015-10-31", "2015-10-31"),
        # The Act of 30 June 2016 binds before the regulations said so.
        ("dhs", "2016-07-01", "2016-10-03", "2017-01-01", "2017-01-01"),
        ("dhs", "2016-06-30", "2016-10-03", "2016-12-02", "2016-12-02"),
        ("eoir", "2017-02-02", "2017-04-03", "2017-07-02", "2017-07-02"),
        ("interior", "2020-01-06", "2020-03-02", "2020-07-08", "2020-05-31"),
        ("cia", "2020-01-06", "2020-03-02", "2020-05-31", "2020-05-31"),
    ],
)
def test_the_window_to_appeal_follows_the_regulation_of_the_request(
    agency: str, requested: str, decided: str, last_day: str, plan_by: str
) -> None:
    answer = ask(
        "foia.appeal_window", decided, agency=agency, requested_on=date.fromisoformat(requested)
    )

    assert (str(answer.due), str(answer.safe)) == (last_day, plan_by)


def test_no_window_is_guessed_where_no_regulation_is_held() -> None:
    with pytest.raises(LawError, match="No regulation of Department of State"):
        ask("foia.appeal_window", "2014-05-01", agency="state")


def test_what_nobody_verified_says_so() -> None:
    answer = ask("lcr.nysd.6_1a.reply", "2013-11-18", court="nysd")

    assert answer.status == "unverified"
    assert answer.caution
    assert answer.due == date(2013, 11, 20)
    assert answer.safe == date(2013, 11, 19)


def test_an_old_text_that_nobody_read_marks_only_its_own_dates() -> None:
    assert ask("frcp.15a3.respond", "2000-05-08").status == "unverified"
    assert ask("frcp.15a3.respond", "2015-05-08").status == "verified"


def test_the_text_is_that_of_the_day_unless_another_is_forced() -> None:
    assert ask("frcp.12a1.answer", "2009-11-02").text_since == date(1971, 1, 1)
    forced = ask("frcp.12a1.answer", "2009-11-02", law_as_of=date(2009, 12, 1))
    assert (forced.due, forced.text_since) == (date(2009, 11, 23), date(2009, 12, 1))


def test_a_text_that_began_while_the_period_ran_is_a_reading() -> None:
    answer = ask("frcp.59.motion", "2009-11-23", court="txsd")

    assert answer.due == date(2009, 12, 8)
    assert days(answer)["text of 2009-12-01"] == date(2009, 12, 21)


def test_an_uncertain_trigger_gives_the_careful_end() -> None:
    theirs = ask("foia.determination", "2010-02-03", trigger_until=date(2010, 2, 5))
    ours = ask("frcp.72.objections", "2017-08-11", trigger_until=date(2017, 8, 14))

    assert (theirs.due, theirs.safe) == (date(2010, 3, 8), date(2010, 3, 12))
    assert (ours.due, ours.safe) == (date(2017, 8, 25), date(2017, 8, 25))
    assert days(ours)["trigger on the last day"] == date(2017, 8, 28)


def test_ten_days_of_the_statute_are_working_days_with_the_other_reading_beside() -> None:
    for rule in ("foia.routing", "foia.tracking_number"):
        answer = ask(rule, "2010-02-03")
        assert answer.due == date(2010, 2, 18)
        assert days(answer)["calendar days"] == date(2010, 2, 13)


def test_interior_counts_the_day_of_receipt_and_the_law_does_not() -> None:
    answer = ask("foia.determination", "2024-07-01", agency="interior")

    assert answer.due == date(2024, 7, 30)
    assert days(answer)["receipt day counted"] == date(2024, 7, 29)
    assert "receipt day counted" not in days(ask("foia.determination", "2024-07-01", agency="fbi"))


def test_a_limit_of_six_years_counts_from_the_twentieth_working_day() -> None:
    answer = ask("foia.limitations", "1997-10-26")

    assert answer.due == date(2003, 11, 24)
    assert days(answer)["six years from the day after"] == date(2003, 11, 25)


def test_an_office_closure_of_the_clerk_moves_that_court_only() -> None:
    snow = Closure(date(2024, 1, 16), "office", "snow", "notice of the clerk", court="nysd")
    law = the_law().with_closures([snow])

    here = due(law, "frcp.72.objections", date(2024, 1, 2), court="nysd")
    there = due(law, "frcp.72.objections", date(2024, 1, 2), court="njd")

    assert (here.due, there.due) == (date(2024, 1, 17), date(2024, 1, 16))
    assert law.version != the_law().version


def test_an_office_closure_of_an_agency_is_a_reading_of_that_agency() -> None:
    fire = Closure(date(2024, 7, 10), "office", "fire", "letter of the agency", agency="ice")
    law = the_law().with_closures([fire])

    ice = due(law, "foia.determination", date(2024, 7, 1), agency="ice")
    fbi = due(law, "foia.determination", date(2024, 7, 1), agency="fbi")

    assert ice.due == fbi.due == date(2024, 7, 30)
    assert days(ice)["the agency's own closures entered by this office left out"] == date(
        2024, 7, 31
    )
    assert days(fbi) == {}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"rule": "foia.nothing"}, "There is no rule 'foia.nothing'"),
        ({"court": "zzz"}, "There is no court 'zzz'"),
        ({"agency": "zzz"}, "There is no agency 'zzz'"),
        ({"service": "pigeon"}, "There is no service 'pigeon'"),
        ({"whose": "nobody"}, "'ours' or 'theirs'"),
        ({"trigger_until": date(2009, 1, 1)}, "upside down"),
        ({"trigger": "1972-01-04"}, "no text for 1972-01-04"),
    ],
)
def test_what_is_not_known_is_refused_with_what_to_do(given: dict[str, object], says: str) -> None:
    asked: dict[str, object] = {"rule": "foia.determination", "trigger": "2010-02-03", **given}

    with pytest.raises(LawError, match=says):
        ask(str(asked.pop("rule")), str(asked.pop("trigger")), **asked)


def test_a_year_without_data_is_refused_and_never_guessed() -> None:
    with pytest.raises(CalendarNotKnown, match="holds the years 1971 to 2060; 2061"):
        ask("foia.determination", "2060-12-20")
    with pytest.raises(CalendarNotKnown):
        ask("frcp.60c1.motion", "2060-03-01")


def test_an_answer_that_was_given_cannot_be_changed() -> None:
    answer = ask("foia.determination", "2010-02-03")

    for name in ("due", "safe", "steps", "readings", "status", "caution", "rule"):
        with pytest.raises(AttributeError):
            setattr(answer, name, None)
    assert answer.due == date(2010, 3, 4)


@pytest.mark.parametrize(
    ("rule", "trigger", "given", "doubted"),
    [
        ("eaja.application", "1984-03-01", {}, "Pub. L. 96-481"),
        ("eaja.application", "1994-05-23", {}, None),
        ("lcr.nysd.6_3.reconsideration", "2008-03-03", {}, "Local Civil Rule 6.3 before"),
        ("lcr.nysd.6_3.reconsideration", "2011-07-11", {}, None),
        ("frcp.4m.service", "1993-04-26", {}, None),
        ("frcp.72.objections", "2000-05-01", {}, None),
        ("frcp.72.objections", "2000-05-01", {"service": "mail"}, "6(e) before 2001-12-01"),
        ("frcp.72.objections", "2012-05-18", {"service": "mail"}, None),
        ("foia.appeal_window", "2000-05-01", {"agency": "fbi"}, "28 C.F.R. § 16.9"),
        ("foia.appeal_window", "2010-05-03", {"agency": "fbi"}, None),
    ],
)
def test_an_old_text_that_nobody_read_says_so_and_one_that_was_read_does_not(
    rule: str, trigger: str, given: dict[str, object], doubted: str | None
) -> None:
    answer = ask(rule, trigger, **given)

    assert answer.status == ("verified" if doubted is None else "unverified")
    assert (doubted or "") in (answer.caution or "")


def test_a_doubt_that_is_a_sentence_of_its_own_is_told_as_one() -> None:
    caution = ask("foia.letters_day", "2010-05-20").caution or ""

    assert caution.endswith("read the letter again. Read the text before relying on this date.")
    assert "; No" not in caution
    assert ".." not in caution


@pytest.mark.parametrize("rule", ["frcp.72.objections", "frcp.15a1.amend", "foia.appeal_window"])
def test_what_was_asked_before_changes_no_answer(rule: str) -> None:
    chance, asked = random.Random(72), replace(the_law())
    for _ in range(60):
        trigger = date(2003, 6, 1) + timedelta(days=chance.randrange(9_000))
        given = {"court": "nysd", "agency": "dhs", "service": chance.choice((None, "mail"))}

        first_question = due(replace(the_law()), rule, trigger, **given)
        one_of_many = due(asked, rule, trigger, **given)

        assert one_of_many.as_dict() == first_question.as_dict()
