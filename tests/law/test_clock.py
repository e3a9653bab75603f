"""A component's clock, case by case: each worked by hand from a wall calendar."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from casemgr.domain.clock import Clock, ClockEvent
from casemgr.domain.clock_events import known_events
from casemgr.errors import LawError
from casemgr.law import engine
from casemgr.law.calls import answer
from casemgr.law.reader import the_law

Event = dict[str, Any]


def event(kind: str, on: str, **more: Any) -> Event:
    """One event of a clock call."""
    return {"kind": kind, "on": on, **more}


def clock(*events: Event, as_of: str, agency: str = "fbi", requested: str = "2019-11-18") -> Any:
    """The clock's answer on a day."""
    found = answer(
        {
            "do": "clock",
            "agency": agency,
            "requested_on": requested,
            "as_of": as_of,
            "events": list(events),
        }
    )
    assert "error" not in found, found
    return found


# Received Monday 2019-12-02: the twentieth working day is Tuesday 2019-12-31 (Christmas is out),
# the thirtieth Wednesday 2020-01-15 (New Year's Day is out).
RECEIVED = event("received", "2019-12-02")


def shown(found: Any, *keys: str) -> dict[str, Any]:
    """Only these fields of a clock."""
    return {key: found[key] for key in keys}


def test_nothing_received_is_not_started() -> None:
    found = clock(as_of="2019-12-02")

    assert shown(found, "state", "due", "due_range", "days_left", "may_sue") == {
        "state": "not_started",
        "due": None,
        "due_range": None,
        "days_left": None,
        "may_sue": False,
    }


@pytest.mark.parametrize(
    ("as_of", "state", "days_left", "may_sue"),
    [
        ("2019-12-01", "not_started", None, False),
        ("2019-12-02", "running", 20, False),
        ("2019-12-30", "running", 1, False),
        ("2019-12-31", "running", 0, False),
        ("2020-01-01", "overdue", 0, True),
        ("2020-01-02", "overdue", -1, True),
        ("2020-01-10", "overdue", -7, True),
    ],
)
def test_the_clock_runs_and_runs_out(
    as_of: str, state: str, days_left: int | None, may_sue: bool
) -> None:
    found = clock(RECEIVED, as_of=as_of)

    assert shown(found, "state", "days_left", "may_sue") == {
        "state": state,
        "days_left": days_left,
        "may_sue": may_sue,
    }
    if may_sue:
        assert shown(found, "may_sue_since", "sue_basis", "due", "fee_barred_from") == {
            "may_sue_since": "2020-01-01",
            "sue_basis": "constructive_exhaustion",
            "due": "2019-12-31",
            "fee_barred_from": "2020-01-01",
        }
        # Six years from 2019-12-31.
        assert found["limitations_end"] == "2025-12-31"


def test_a_clock_that_cannot_be_computed_tells_nothing() -> None:
    assert shown(Clock("not_started").as_dict(), "due", "steps") == {"due": None, "steps": []}


def test_the_request_of_2010_shows_its_range_and_readings() -> None:
    found = clock(
        event("received_by_designated", "2010-02-03"),
        agency="ice",
        requested="2010-02-03",
        as_of="2010-03-18",
    )

    assert found["state"] == "running"
    assert found["due_range"] == ["2010-03-04", "2010-03-18"]
    assert found["due"] == "2010-03-18"
    readings = {one["name"]: one["due"] for one in found["readings"]}
    assert readings["received the day it was sent"] == "2010-03-04"
    left_out = "received the day it was sent, snow and storm closures left out"
    assert readings[left_out] == "2010-03-10"


def test_the_request_of_2010_could_be_sued_on_from_the_day_after() -> None:
    found = clock(
        event("received_by_designated", "2010-02-03"),
        event("suit_filed", "2010-04-27"),
        agency="ice",
        requested="2010-02-03",
        as_of="2010-10-29",
    )

    assert shown(found, "state", "may_sue", "may_sue_since", "ignored") == {
        "state": "in_suit",
        "may_sue": True,
        "may_sue_since": "2010-03-19",
        "ignored": [],
    }


def test_the_right_component_sooner_than_ten_days_starts_the_clock() -> None:
    early = clock(event("received_by_designated", "2019-11-20"), RECEIVED, as_of="2019-12-10")
    late = clock(
        event("received_by_designated", "2019-11-20"),
        event("received", "2019-12-20"),
        as_of="2019-12-31",
    )

    assert early["due"] == "2019-12-31"
    # The tenth working day after 20 November is 5 December (Thanksgiving is out).
    assert late["due"] == "2020-01-06"
    assert late["due_range"] is None
    assert "tenth working day" in late["ignored"][0]["why"]


def test_the_right_component_on_the_tenth_working_day_starts_the_clock_itself() -> None:
    designated = event("received_by_designated", "2019-11-20")

    tenth = clock(designated, event("received", "2019-12-05"), as_of="2019-12-31")
    next_day = clock(designated, event("received", "2019-12-06"), as_of="2019-12-31")

    assert (tenth["due"], tenth["ignored"]) == ("2020-01-06", [])
    assert (next_day["due"], len(next_day["ignored"])) == ("2020-01-06", 1)


def test_a_request_at_a_designated_component_may_have_been_passed_on_at_once() -> None:
    found = clock(event("received_by_designated", "2019-11-20"), as_of="2019-12-31")

    readings = {one["name"]: one["due"] for one in found["readings"]}
    # Twenty working days from 20 November; the due day is twenty from the tenth, 5 December.
    assert readings["routed the same day"] == "2019-12-19"
    assert found["due_range"] == ["2019-12-19", "2020-01-06"]
    assert readings["ten working days to reach the right component"] == "2020-01-06"


def test_ten_days_to_pass_a_request_on_may_be_read_as_calendar_days() -> None:
    found = clock(event("received_by_designated", "2019-11-18"), as_of="2019-12-02")

    # Ten calendar days end on 28 November, which is Thanksgiving; twenty working days follow.
    readings = {one["name"]: one["due"] for one in found["readings"]}
    assert readings["ten calendar days to reach the right component"] == "2019-12-27"


def test_an_uncertain_receipt_by_a_designated_component_gives_a_range() -> None:
    found = clock(
        event("received_by_designated", "2019-11-20", until_on="2019-11-22"),
        event("received", "2019-12-20"),
        as_of="2019-12-31",
    )

    # The tenth working day is 5 December at the soonest, 9 December at the latest.
    assert found["due_range"] == ["2020-01-06", "2020-01-08"]


def test_an_uncertain_receipt_gives_a_range_and_the_later_day() -> None:
    found = clock(event("received", "2019-12-02", until_on="2019-12-05"), as_of="2020-01-02")

    assert shown(found, "state", "due", "due_range") == {
        "state": "running",
        "due": "2020-01-06",
        "due_range": ["2019-12-31", "2020-01-06"],
    }


def test_a_question_stops_the_clock_and_the_answer_starts_it_again() -> None:
    question = event("information_request", "2019-12-09")
    reply = event("information_reply_received", "2019-12-16")

    waiting = clock(RECEIVED, question, as_of="2019-12-31")
    running = clock(RECEIVED, question, reply, as_of="2019-12-31")

    assert shown(waiting, "state", "due", "days_left") == {
        "state": "paused",
        "due": None,
        "days_left": None,
    }
    # Four days are used through Friday 6 December; sixteen more from Tuesday 17 December.
    assert shown(running, "state", "due") == {"state": "running", "due": "2020-01-09"}


def test_only_one_question_for_information_stops_the_clock() -> None:
    found = clock(
        RECEIVED,
        event("information_request", "2019-12-09", id="q1"),
        event("information_reply_received", "2019-12-16", id="a1"),
        event("information_request", "2019-12-18", id="q2"),
        as_of="2019-12-31",
    )

    assert (found["state"], found["due"]) == ("running", "2020-01-09")
    assert [one["id"] for one in found["ignored"]] == ["q2"]
    assert "one request for information only" in found["ignored"][0]["why"]


def test_fee_questions_stop_the_clock_without_number() -> None:
    found = clock(
        RECEIVED,
        event("fee_question", "2019-12-09"),
        event("fee_reply_received", "2019-12-10"),
        event("fee_question", "2019-12-12"),
        event("fee_reply_received", "2019-12-13"),
        as_of="2019-12-31",
    )

    # Two working days stand still twice.
    assert found["due"] == "2020-01-07"
    assert found["ignored"] == []


def test_two_questions_at_once_stop_the_same_days_only_once() -> None:
    found = clock(
        RECEIVED,
        event("fee_question", "2019-12-09"),
        event("information_request", "2019-12-10"),
        event("fee_reply_received", "2019-12-11"),
        event("information_reply_received", "2019-12-12"),
        as_of="2019-12-31",
    )

    assert found["due"] == "2020-01-07"


def test_a_question_on_the_last_day_still_stops_the_clock_and_later_it_does_not() -> None:
    last = clock(RECEIVED, event("information_request", "2019-12-31"), as_of="2020-01-03")
    late = clock(RECEIVED, event("information_request", "2020-01-02"), as_of="2020-01-03")

    assert last["state"] == "paused"
    assert (late["state"], late["due"]) == ("overdue", "2019-12-31")
    assert "already run out" in late["ignored"][0]["why"]


def test_nothing_stopped_the_clock_before_the_last_day_of_2008() -> None:
    question = event("information_request", "2008-12-08")
    old = clock(
        event("received", "2008-12-01"), question, requested="2008-11-30", as_of="2009-01-02"
    )
    new = clock(
        event("received", "2009-01-05"),
        event("information_request", "2009-01-12"),
        requested="2008-12-31",
        as_of="2009-01-15",
    )

    assert (old["state"], old["due"]) == ("overdue", "2008-12-30")
    assert "Before 2008-12-31" in old["ignored"][0]["why"]
    assert new["state"] == "paused"


def test_a_pause_shows_the_day_of_the_question_and_a_new_beginning_as_readings() -> None:
    found = clock(
        RECEIVED,
        event("information_request", "2019-12-09"),
        event("information_reply_received", "2019-12-16"),
        as_of="2019-12-31",
    )

    readings = {one["name"]: one["due"] for one in found["readings"]}
    assert readings["day of the question counted"] == "2020-01-08"
    assert readings["period begins anew"] == "2020-01-15"


@pytest.mark.parametrize(
    ("noticed", "due", "ignored"),
    [
        ("2019-12-02", "2020-01-15", 0),
        ("2019-12-31", "2020-01-15", 0),
        ("2020-01-02", "2019-12-31", 1),
    ],
)
def test_an_extension_counts_if_noticed_on_or_before_the_twentieth_day(
    noticed: str, due: str, ignored: int
) -> None:
    found = clock(RECEIVED, event("extension_notice", noticed), as_of="2020-01-06")

    assert found["due"] == due
    assert len(found["ignored"]) == ignored


def test_an_extension_gives_ten_days_at_most_and_once() -> None:
    found = clock(
        RECEIVED,
        event("extension_notice", "2019-12-20", until="2020-03-01"),
        event("extension_notice", "2020-01-10"),
        as_of="2020-01-13",
    )

    assert found["due"] == "2020-01-15"
    whys = [one["why"] for one in found["ignored"]]
    assert "at most" in whys[0]
    assert "once" in whys[1]


def test_a_day_the_agency_names_is_its_claim_beside_the_computed_one() -> None:
    found = clock(
        RECEIVED, event("extension_notice", "2019-12-20", until="2020-01-08"), as_of="2020-01-06"
    )

    assert found["due"] == "2020-01-15"
    readings = {one["name"]: one["due"] for one in found["readings"]}
    assert readings["the day the agency named"] == "2020-01-08"
    assert found["ignored"] == []


def test_an_extension_during_a_pause_is_in_time() -> None:
    found = clock(
        RECEIVED,
        event("information_request", "2019-12-09"),
        event("extension_notice", "2020-02-03"),
        event("information_reply_received", "2020-02-10"),
        as_of="2020-02-11",
    )

    # Four days are used; twenty-six more from 11 February (Presidents' Day is out).
    assert found["due"] == "2020-03-18"


def test_a_decision_in_time_leaves_the_appeal_and_no_right_to_sue() -> None:
    found = clock(
        RECEIVED, event("determination", "2019-12-31", outcome="denied"), as_of="2020-02-03"
    )

    assert shown(found, "state", "may_sue", "lost_on", "days_left", "limitations_end") == {
        "state": "determined",
        "may_sue": False,
        "lost_on": None,
        "days_left": None,
        "limitations_end": None,
    }
    assert found["appeal"] == {
        "plan_by": "2020-03-30",
        "last_day": "2020-03-30",
        "counts_by": "sent",
        "cites": "28 C.F.R. § 16.8",
    }


@pytest.mark.parametrize(
    ("outcome", "adverse", "opens"),
    [
        ("granted", None, False),
        ("granted", True, True),
        ("partial", None, True),
        ("partial", False, False),
        ("no_records", None, True),
        ("glomar", None, True),
        ("improper", None, True),
        (None, None, True),
    ],
)
def test_an_adverse_decision_opens_the_window_to_appeal(
    outcome: str | None, adverse: bool | None, opens: bool
) -> None:
    decided = event("determination", "2019-12-31", outcome=outcome, adverse=adverse)

    assert (clock(RECEIVED, decided, as_of="2020-01-02")["appeal"] is not None) == opens


def test_a_late_decision_before_suit_takes_the_right_to_sue_away() -> None:
    late = event("determination", "2020-01-10", outcome="denied")

    before = clock(RECEIVED, late, as_of="2020-01-09")
    after = clock(RECEIVED, late, as_of="2020-01-10")

    assert shown(before, "may_sue", "lost_on") == {"may_sue": True, "lost_on": None}
    assert shown(after, "state", "may_sue", "may_sue_since", "sue_basis", "lost_on") == {
        "state": "determined",
        "may_sue": False,
        "may_sue_since": None,
        "sue_basis": None,
        "lost_on": "2020-01-10",
    }
    # What the clock said before stays told.
    assert any("2019-12-31: the requester may sue" in step["says"] for step in after["steps"])


def test_a_suit_before_the_late_decision_keeps_the_right() -> None:
    found = clock(
        RECEIVED,
        event("suit_filed", "2020-01-09"),
        event("determination", "2020-01-10", outcome="denied"),
        as_of="2020-02-03",
    )

    assert shown(found, "state", "may_sue", "sue_basis", "lost_on", "ignored") == {
        "state": "in_suit",
        "may_sue": True,
        "sue_basis": "constructive_exhaustion",
        "lost_on": None,
        "ignored": [],
    }


def test_a_decision_and_a_suit_of_one_day_count_in_that_order() -> None:
    found = clock(
        RECEIVED,
        event("suit_filed", "2020-01-10"),
        event("determination", "2020-01-10", outcome="denied"),
        as_of="2020-02-03",
    )

    assert found["lost_on"] == "2020-01-10"
    assert [one["kind"] for one in found["ignored"]] == ["suit_filed"]


def test_a_suit_before_the_time_has_run_is_premature() -> None:
    found = clock(RECEIVED, event("suit_filed", "2019-12-31"), as_of="2020-01-02")

    assert found["state"] == "in_suit"
    assert "before the administrative process" in found["ignored"][0]["why"]


DENIED = event("determination", "2019-12-31", outcome="denied")
SENT = event("appeal_sent", "2020-03-30")
ARRIVED = event("appeal_received", "2020-04-06")


@pytest.mark.parametrize(
    ("as_of", "state", "may_sue", "basis", "since"),
    [
        ("2020-03-30", "appeal_pending", False, None, None),
        ("2020-05-04", "appeal_pending", False, None, None),
        ("2020-05-05", "appeal_overdue", True, "appeal_overdue", "2020-05-05"),
    ],
)
def test_an_appeal_waits_twenty_working_days_and_then_the_requester_may_sue(
    as_of: str, state: str, may_sue: bool, basis: str | None, since: str | None
) -> None:
    found = clock(RECEIVED, DENIED, SENT, ARRIVED, as_of=as_of)

    assert shown(found, "state", "may_sue", "sue_basis", "may_sue_since") == {
        "state": state,
        "may_sue": may_sue,
        "sue_basis": basis,
        "may_sue_since": since,
    }
    if as_of > "2020-04-06":
        assert found["agency_appeal_due"] == "2020-05-04"
        # Six years from 2020-05-04.
        assert found["limitations_end"] == "2026-05-04"


def test_a_decision_on_the_appeal_exhausts() -> None:
    decided = event("appeal_determination", "2020-04-20", outcome="denied")

    found = clock(RECEIVED, DENIED, SENT, ARRIVED, decided, as_of="2020-04-20")

    assert shown(found, "state", "may_sue", "sue_basis", "may_sue_since", "limitations_end") == {
        "state": "exhausted",
        "may_sue": True,
        "sue_basis": "actual_exhaustion",
        "may_sue_since": "2020-04-20",
        "limitations_end": "2026-04-20",
    }


def test_a_late_decision_on_the_appeal_leaves_the_six_years_running_from_the_day_it_was_due() -> (
    None
):
    late = event("appeal_determination", "2020-06-01", outcome="denied")

    found = clock(RECEIVED, DENIED, SENT, ARRIVED, late, as_of="2020-06-01")

    assert shown(found, "agency_appeal_due", "limitations_end") == {
        "agency_appeal_due": "2020-05-04",
        "limitations_end": "2026-05-04",
    }


def test_an_appeal_granted_in_full_leaves_nothing_to_sue_on() -> None:
    granted = event("appeal_determination", "2020-04-20", outcome="granted")

    found = clock(RECEIVED, DENIED, SENT, ARRIVED, granted, as_of="2020-04-20")

    assert (found["state"], found["may_sue"]) == ("determined", False)


def test_an_appeal_after_the_window_does_not_count() -> None:
    found = clock(
        RECEIVED,
        DENIED,
        event("appeal_sent", "2020-03-31"),
        event("appeal_received", "2020-04-06"),
        as_of="2020-06-01",
    )

    assert (found["state"], found["agency_appeal_due"]) == ("determined", None)
    assert [one["kind"] for one in found["ignored"]] == ["appeal_sent", "appeal_received"]


def test_an_appeal_that_must_be_received_counts_from_its_arrival() -> None:
    received = event("received", "2010-02-03")
    denied = event("determination", "2010-03-01", outcome="denied")
    sent = event("appeal_sent", "2010-04-29")
    given: dict[str, str] = {"agency": "ice", "requested": "2010-02-03", "as_of": "2010-05-10"}

    in_time = clock(received, denied, sent, event("appeal_received", "2010-04-30"), **given)
    too_late = clock(received, denied, sent, event("appeal_received", "2010-05-03"), **given)

    assert in_time["appeal"]["last_day"] == "2010-04-30"
    assert in_time["state"] == "appeal_pending"
    assert too_late["state"] == "determined"


def test_an_appeal_before_any_decision_counts_only_once_the_time_has_run() -> None:
    early = clock(RECEIVED, event("appeal_received", "2019-12-20"), as_of="2020-01-06")
    silent = clock(RECEIVED, event("appeal_received", "2020-01-03"), as_of="2020-01-06")

    assert (early["state"], early["agency_appeal_due"]) == ("overdue", None)
    assert "nothing to appeal yet" in early["ignored"][0]["why"]
    assert (silent["state"], silent["may_sue"]) == ("appeal_pending", True)
    assert silent["agency_appeal_due"] == "2020-02-03"


def test_an_extension_may_serve_the_appeal_if_it_was_not_used_before() -> None:
    notice = event("extension_notice", "2020-04-20")

    fresh = clock(RECEIVED, DENIED, SENT, ARRIVED, notice, as_of="2020-04-21")
    used = clock(
        RECEIVED,
        event("extension_notice", "2019-12-20"),
        DENIED,
        SENT,
        ARRIVED,
        notice,
        as_of="2020-04-21",
    )

    assert (fresh["agency_appeal_due"], fresh["ignored"]) == ("2020-05-18", [])
    assert used["agency_appeal_due"] == "2020-05-04"
    assert used["ignored"][0]["kind"] == "extension_notice"


def test_expedition_is_owed_ten_calendar_days_after_it_was_asked() -> None:
    found = clock(RECEIVED, event("expedition_requested", "2019-12-04"), as_of="2019-12-05")

    assert found["expedition_due"] == "2019-12-14"


@pytest.mark.parametrize("kind", ["withdrawn", "closed"])
def test_what_is_closed_is_closed_whatever_else_is_true(kind: str) -> None:
    found = clock(
        RECEIVED, event("suit_filed", "2020-01-09"), event(kind, "2020-02-01"), as_of="2020-02-03"
    )

    assert (found["state"], found["may_sue"]) == ("closed", False)


def test_events_later_than_the_day_are_not_yet_known() -> None:
    story = (RECEIVED, event("determination", "2019-12-20", outcome="denied"), SENT, ARRIVED)

    assert clock(*story, as_of="2019-12-19") == clock(RECEIVED, as_of="2019-12-19")


def test_the_order_of_typing_never_matters() -> None:
    story = (
        event("received_by_designated", "2019-11-20"),
        RECEIVED,
        event("information_request", "2019-12-09"),
        event("information_reply_received", "2019-12-09"),
        event("information_reply_received", "2019-12-10", id="b"),
        event("information_reply_received", "2019-12-10", id="a"),
    )
    expected = clock(*story, as_of="2020-01-06")

    assert [one["id"] for one in expected["ignored"]] == ["a", "b"]
    for order in permutations(story):
        assert clock(*order, as_of="2020-01-06") == expected


def test_adding_an_event_never_erases_what_was_told() -> None:
    story = (
        RECEIVED,
        event("information_request", "2019-12-09"),
        event("information_reply_received", "2019-12-16"),
        event("extension_notice", "2019-12-20"),
        event("determination", "2020-02-10", outcome="partial"),
        event("suit_filed", "2020-03-02"),
    )
    told: set[str] = set()
    for count in range(1, len(story) + 1):
        steps = clock(*story[:count], as_of=story[count - 1]["on"])["steps"]
        history = {step["says"] for step in steps if _is_history(step["says"])}
        assert told <= history
        told = history


def _is_history(says: str) -> bool:
    """Whether a step tells of an event, and not of the day of asking or the recount."""
    telling = ("the right component", "the agency", "a late decision", "the time had run")
    return says.startswith(telling)


def sentences(found: Any) -> list[str]:
    """What the steps of a clock say, each with its day."""
    return [f"{step['on']} {step['says']}" for step in found["steps"]]


def test_a_decision_on_the_last_day_is_told_to_be_in_time_and_the_day_after_late() -> None:
    last = clock(RECEIVED, event("determination", "2019-12-31"), as_of="2020-01-02")
    after = clock(RECEIVED, event("determination", "2020-01-01"), as_of="2020-01-02")

    assert "2019-12-31 the agency decided: in time." in sentences(last)
    assert "2020-01-01 the agency decided: late." in sentences(after)


def test_the_recount_tells_of_a_designated_component_only_where_its_ten_days_set_day_0() -> None:
    designated = event("received_by_designated", "2019-11-20")
    routed = "Thursday 2019-12-05 is working day 10: the clock starts at the latest."

    sooner = clock(designated, RECEIVED, as_of="2019-12-31")
    later = clock(designated, event("received", "2019-12-06"), as_of="2019-12-31")

    assert not any("designated component had" in one for one in sentences(sooner))
    assert f"2019-12-05 {routed}" in sentences(later)


def test_a_weekend_on_which_the_clock_stands_is_not_told_a_second_time() -> None:
    found = clock(
        RECEIVED,
        event("fee_question", "2019-12-07"),
        event("fee_reply_received", "2019-12-15"),
        as_of="2019-12-31",
    )

    weekends = [one for one in sentences(found) if one.endswith("day: not counted.")]
    assert [one[:10] for one in weekends][:2] == ["2019-12-21", "2019-12-22"]


def test_the_recount_names_every_day_from_receipt_to_the_last() -> None:
    found = clock(RECEIVED, as_of="2019-12-10")

    recount = [step["on"] for step in found["steps"] if step["says"].endswith("not counted.")]
    # 2 December itself, four weekends, Christmas.
    assert len(recount) == 1 + 8 + 1
    assert "2019-12-25" in recount


def test_the_law_of_the_request_chooses_ten_days_before_october_1997() -> None:
    old = clock(event("received", "1997-09-02"), requested="1997-08-29", as_of="1997-09-10")
    new = clock(event("received", "1997-10-06"), requested="1997-10-02", as_of="1997-10-10")

    assert (old["due"], new["due"]) == ("1997-09-16", "1997-11-04")


def test_an_agency_without_a_regulation_gets_a_clock_without_a_window() -> None:
    found = clock(
        event("received", "2012-01-03"),
        event("determination", "2012-01-20", outcome="denied"),
        agency="state",
        requested="2012-01-02",
        as_of="2012-02-01",
    )

    assert (found["state"], found["appeal"]) == ("determined", None)
    assert any("No regulation of Department of State" in one["says"] for one in found["steps"])


def test_a_notice_and_a_decision_of_one_day_count_in_that_order() -> None:
    found = clock(
        RECEIVED,
        event("determination", "2019-12-20", outcome="denied"),
        event("extension_notice", "2019-12-20"),
        as_of="2019-12-20",
    )

    assert (found["due"], found["ignored"]) == ("2020-01-15", [])


@pytest.mark.parametrize(
    ("noticed", "due"),
    [
        ("2020-04-06", "2020-05-04"),  # on the day the appeal arrived: the notice comes first
        ("2020-04-07", "2020-05-18"),
        ("2020-05-04", "2020-05-18"),  # on the twentieth working day
        ("2020-05-05", "2020-05-04"),
    ],
)
def test_an_extension_of_the_appeal_must_come_while_its_time_runs(noticed: str, due: str) -> None:
    found = clock(
        RECEIVED, DENIED, SENT, ARRIVED, event("extension_notice", noticed), as_of="2020-05-06"
    )

    assert found["agency_appeal_due"] == due


def test_an_extension_after_the_appeal_was_decided_is_without_effect() -> None:
    story = (RECEIVED, DENIED, SENT, ARRIVED, event("appeal_determination", "2020-04-20"))

    same_day = clock(*story, event("extension_notice", "2020-04-20"), as_of="2020-05-06")
    after = clock(*story, event("extension_notice", "2020-04-21"), as_of="2020-05-06")

    assert same_day["agency_appeal_due"] == "2020-05-18"
    assert after["agency_appeal_due"] == "2020-05-04"
    assert after["ignored"][0]["kind"] == "extension_notice"


def test_silence_after_the_limit_leaves_the_extension_to_the_appeal() -> None:
    silent = (RECEIVED, event("appeal_received", "2020-01-03"))

    found = clock(*silent, event("extension_notice", "2020-01-06"), as_of="2020-01-07")

    assert found["agency_appeal_due"] == "2020-02-18"


def test_an_uncertain_question_and_answer_give_a_range() -> None:
    found = clock(
        RECEIVED,
        event("information_request", "2019-12-09", until_on="2019-12-11"),
        event("information_reply_received", "2019-12-16", until_on="2019-12-18"),
        as_of="2019-12-31",
    )

    # Four working days stand at the least (11 to 16 December), eight at the most (9 to 18).
    assert found["due_range"] == ["2020-01-07", "2020-01-13"]
    assert found["due"] == "2020-01-13"


@pytest.mark.parametrize(
    ("answered", "stood"), [("2019-11-22", 0), ("2019-12-02", 0), ("2019-12-03", 1)]
)
def test_a_question_answered_before_the_clock_ran_is_no_time_it_stood_still(
    answered: str, stood: int
) -> None:
    found = clock(
        event("fee_question", "2019-11-20"),
        event("fee_reply_received", answered),
        RECEIVED,
        as_of="2019-12-31",
    )

    assert len([one for one in sentences(found) if "the clock stands, no day" in one]) == stood
    assert len([one for one in found["readings"] if one["name"] == "period begins anew"]) == 0


def test_a_question_answered_the_same_day_stops_that_day_only() -> None:
    found = clock(
        RECEIVED,
        event("fee_question", "2019-12-09"),
        event("fee_reply_received", "2019-12-09"),
        as_of="2019-12-31",
    )

    assert (found["due"], found["ignored"]) == ("2020-01-02", [])


@pytest.mark.parametrize("as_of", ["2019-12-10", "2019-12-31", "2020-03-02"])
def test_story_and_recount_are_told_in_order_of_days(as_of: str) -> None:
    question = event("fee_question", "2019-12-09")
    reply = event("fee_reply_received", "2019-12-12")

    told = clock(RECEIVED, question, reply, as_of=as_of)["steps"]

    days = [step["on"] for step in told]
    assert days == sorted(days)
    assert [step["on"] for step in told if "the clock is:" in step["says"]] == [as_of]


def test_the_steps_of_a_late_clock_read_the_same_on_every_later_day() -> None:
    def on(as_of: date) -> Clock:
        received = ClockEvent("received", date(2019, 12, 2))
        return engine.clock(
            the_law(), agency="fbi", requested_on=date(2019, 11, 18), as_of=as_of, events=[received]
        )

    first, later = on(date(2020, 1, 2)), on(date(2020, 6, 1))

    assert first.steps == later.steps
    assert first.closing is not None
    assert later.closing is not None
    assert later.closing.says == "on Monday 2020-06-01 the clock is: overdue."
    assert first.closing.on == date(2020, 1, 2)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (ClockEvent("recieved", date(2019, 12, 2)), "received_by_designated, received, expedition"),
        (ClockEvent("determination", date(2019, 12, 2), outcome="no"), "granted, partial, denied"),
    ],
)
def test_an_unknown_event_is_refused_with_those_there_are(wrong: ClockEvent, says: str) -> None:
    with pytest.raises(LawError, match=f"it is one of {says}"):
        known_events([wrong], date(2019, 11, 18), date(2020, 1, 2))


# Denied in time, and the appeal received on Thursday 2019-12-26: the twentieth working day for it
# is Monday 2020-01-27 (New Year's Day and King Day are out).
APPEALED = (
    RECEIVED,
    event("determination", "2019-12-20", outcome="denied"),
    event("appeal_sent", "2019-12-23"),
    event("appeal_received", "2019-12-26"),
)


@pytest.mark.parametrize(
    ("filed", "too_early"), [("2020-01-24", True), ("2020-01-27", True), ("2020-01-28", False)]
)
def test_a_suit_on_the_last_day_for_the_appeal_is_a_day_too_early(
    filed: str, too_early: bool
) -> None:
    found = clock(*APPEALED, event("suit_filed", filed), as_of="2020-02-03")

    assert found["agency_appeal_due"] == "2020-01-27"
    assert [one["kind"] for one in found["ignored"]] == ["suit_filed"] * too_early


@pytest.mark.parametrize(("filed", "too_early"), [("2020-01-09", True), ("2020-01-10", False)])
def test_a_suit_may_follow_the_denial_of_the_appeal_the_same_day(
    filed: str, too_early: bool
) -> None:
    denied = event("appeal_determination", "2020-01-10", outcome="denied")

    found = clock(*APPEALED, denied, event("suit_filed", filed), as_of="2020-02-03")

    assert [one["kind"] for one in found["ignored"]] == ["suit_filed"] * too_early


@pytest.mark.parametrize(("filed", "lost_on"), [("2020-02-28", None), ("2020-03-02", "2020-03-02")])
def test_a_late_decision_comes_before_a_suit_of_the_same_day(
    filed: str, lost_on: str | None
) -> None:
    # An appeal against silence, whose own time ran out on 2020-02-04.
    found = clock(
        RECEIVED,
        event("appeal_received", "2020-01-06"),
        event("determination", "2020-03-02", outcome="denied"),
        event("suit_filed", filed),
        as_of="2020-03-09",
    )

    assert (found["agency_appeal_due"], found["lost_on"]) == ("2020-02-04", lost_on)


@pytest.mark.parametrize(
    ("noticed", "due"), [("2019-12-20", "2020-01-09"), ("2019-12-23", "2020-01-24")]
)
def test_a_notice_on_the_day_of_the_decision_is_not_yet_one_for_the_appeal(
    noticed: str, due: str
) -> None:
    # Nobody knows when the request arrived; the agency took the appeal up before it had decided.
    found = clock(
        event("appeal_received", "2019-12-10"),
        event("determination", "2019-12-20", outcome="denied"),
        event("extension_notice", noticed),
        event("appeal_determination", "2019-12-30", outcome="denied"),
        as_of="2020-01-06",
    )

    assert found["agency_appeal_due"] == due


def test_an_appeal_may_arrive_the_day_it_was_sent() -> None:
    found = clock(
        RECEIVED,
        event("determination", "2019-12-20", outcome="denied"),
        event("appeal_sent", "2019-12-26"),
        event("appeal_received", "2019-12-26"),
        as_of="2020-01-06",
    )

    assert (found["state"], found["agency_appeal_due"]) == ("appeal_pending", "2020-01-27")


DENIED_IN_TIME = event("determination", "2019-12-20", outcome="denied")


def test_an_appeal_may_be_made_on_the_day_of_the_decision() -> None:
    found = clock(
        RECEIVED, DENIED_IN_TIME, event("appeal_received", "2019-12-20"), as_of="2020-01-06"
    )

    assert (found["state"], found["ignored"]) == ("appeal_pending", [])


@pytest.mark.parametrize(("arrived", "counts"), [("2019-12-31", False), ("2020-01-01", True)])
def test_an_appeal_against_silence_counts_from_the_day_after_the_last(
    arrived: str, counts: bool
) -> None:
    found = clock(RECEIVED, event("appeal_received", arrived), as_of="2020-01-06")

    assert (found["agency_appeal_due"] is not None) is counts


def test_the_time_to_appeal_runs_from_the_last_decision_that_the_appeal_could_follow() -> None:
    again = event("determination", "2019-12-27", outcome="denied")

    found = clock(
        RECEIVED, DENIED_IN_TIME, again, event("appeal_sent", "2019-12-27"), as_of="2020-01-06"
    )

    assert found["appeal"]["last_day"] == "2020-03-26"


def test_an_appeal_that_came_too_late_is_not_saved_by_another_decision_after_it() -> None:
    # Ninety days from 20 December end on Thursday 19 March.
    late = event("appeal_sent", "2020-03-23")
    again = event("determination", "2020-04-01", outcome="denied")

    found = clock(RECEIVED, DENIED_IN_TIME, late, again, as_of="2020-04-10")

    assert found["state"] == "determined"
    assert found["ignored"][0]["why"] == "The time to appeal ended on 2020-03-19."


@pytest.mark.parametrize(("requested", "by"), [("2015-05-03", "received"), ("2015-05-04", "sent")])
def test_a_regulation_governs_requests_from_its_first_day(requested: str, by: str) -> None:
    found = clock(
        event("received", "2015-05-11"),
        event("determination", "2015-06-01", outcome="denied"),
        requested=requested,
        as_of="2015-06-08",
    )

    assert found["appeal"]["counts_by"] == by


def test_a_day_the_agency_names_that_is_the_computed_one_is_no_other_reading() -> None:
    found = clock(
        RECEIVED, event("extension_notice", "2019-12-20", until="2020-01-15"), as_of="2020-01-06"
    )

    assert (found["due"], found["ignored"]) == ("2020-01-15", [])
    assert "the day the agency named" not in {one["name"] for one in found["readings"]}


def test_a_receipt_between_a_day_and_itself_is_of_that_day() -> None:
    found = clock(event("received", "2019-12-02", until_on="2019-12-02"), as_of="2019-12-03")

    assert (found["due"], found["due_range"]) == ("2019-12-31", None)


@pytest.mark.parametrize(("asked", "due"), [("1997-10-01", None), ("1997-10-02", "1997-10-12")])
def test_expedition_is_owed_to_who_asked_from_the_first_day_of_the_statute(
    asked: str, due: str | None
) -> None:
    found = clock(
        event("received", "1997-09-02"),
        event("expedition_requested", asked),
        requested="1997-09-02",
        as_of="1997-10-03",
    )

    assert found["expedition_due"] == due


@pytest.mark.parametrize(
    ("requested", "barred"), [("2008-12-30", None), ("2008-12-31", "2009-01-31")]
)
def test_fees_are_barred_for_requests_from_the_first_day_of_the_statute(
    requested: str, barred: str | None
) -> None:
    found = clock(event("received", "2008-12-31"), requested=requested, as_of="2009-03-02")

    assert found["fee_barred_from"] == barred
