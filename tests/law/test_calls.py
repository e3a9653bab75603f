"""One line in, one line out: what is answered, what is refused, and with which sentence."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.law.calls import answer, answer_lines
from casemgr.law.reader import the_law


def ask(**call: Any) -> dict[str, Any]:
    """Answer one call."""
    return answer(call)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ({}, "There is no call None"),
        ({"do": "dance"}, "There is no call 'dance'"),
        ({"do": ["due"]}, "There is no call"),
        ({"do": "due", "trigger": "2010-02-03"}, "'rule' is missing"),
        ({"do": "due", "rule": "foia.determination"}, "'trigger' is missing"),
        ({"do": "due", "rule": "foia.determination", "trigger": "2010-02-30"}, "no day of any"),
        ({"do": "due", "rule": "foia.determination", "trigger": "3 Feb 2010"}, "write a date"),
        ({"do": "due", "rule": "foia.determination", "trigger": "20100203"}, "write a date"),
        (
            {"do": "due", "rule": "foia.determination", "trigger": "2010-02-03T10:00"},
            "without the hour",
        ),
        (
            {"do": "due", "rule": "foia.determination", "trigger": "2010-02-03", "corut": "nysd"},
            "no key 'corut'",
        ),
        (
            {"do": "due", "rule": "foia.determination", "trigger": "2010-02-03", "abroad": "yes"},
            "write true or false",
        ),
        (
            {"do": "due", "rule": "foia.determination", "trigger": "2010-02-03", "closed": "x"},
            "wants a list",
        ),
        ({"do": "count", "from": "2010-02-03", "n": -1, "unit": "days"}, "whole number"),
        ({"do": "count", "from": "2010-02-03", "n": True, "unit": "days"}, "whole number"),
        ({"do": "count", "from": "2010-02-03", "n": 1.5, "unit": "days"}, "whole number"),
        ({"do": "count", "from": "2010-02-03", "n": 1, "unit": "weeks"}, "one of working_days"),
        ({"do": "count", "from": "2010-02-03", "n": 1}, "'unit' is missing"),
        ({"do": "count", "from": "2010-02-03", "n": 10**12, "unit": "days"}, "outside every"),
        ({"do": "count", "from": "2010-02-03", "n": 10**12, "unit": "years"}, "outside every"),
        ({"do": "count", "from": "2010-02-03", "n": 10**9, "unit": "working_days"}, "2061 is"),
        ({"do": "count", "from": "2010-02-03", "n": 5, "unit": "hours"}, "Hours need a 'zone'"),
        ({"do": "count", "fixed": "2011-01-17", "n": 3}, "stands alone"),
        ({"do": "chain", "from": "2010-02-03", "steps": []}, "wants a list of periods"),
        ({"do": "chain", "from": "2010-02-03", "steps": [{"n": 3}]}, "needs a 'unit'"),
        (
            {"do": "chain", "from": "2010-02-03", "steps": [{"n": 3, "unit": "days", "x": 1}]},
            "no key 'x'",
        ),
        (
            {"do": "elapsed", "from": "2010-02-03", "to": "2010-02-01", "unit": "working_days"},
            "upside down",
        ),
        ({"do": "elapsed", "from": "2010-02-03", "to": "2010-02-04"}, "'unit' is missing"),
        (
            {"do": "clock", "agency": "ice", "requested_on": "2010-02-03", "as_of": "2010-03-01"},
            "'events' wants a list",
        ),
    ],
)
def test_what_cannot_be_answered_is_an_error_with_a_sentence(
    call: dict[str, Any], says: str
) -> None:
    found = answer({"id": 7, **call})

    assert set(found) == {"id", "error"}
    assert found["id"] == 7
    assert says in found["error"]


CLOCK = {"do": "clock", "agency": "ice", "requested_on": "2010-02-03", "as_of": "2010-12-01"}


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([{"kind": "recieved", "on": "2010-02-03"}], "'kind' is 'recieved'"),
        ([{"on": "2010-02-03"}], "needs a 'kind'"),
        ([{"kind": "received"}], "'on' is missing"),
        ([{"kind": "received", "on": "2010-02-03", "note": "x"}], "no key 'note'"),
        ([{"kind": "received", "on": "2010-02-01"}], "before the request"),
        (
            [{"kind": "received", "on": "2010-02-09", "until_on": "2010-02-04"}],
            "upside down",
        ),
        (
            [
                {"kind": "received", "on": "2010-02-09"},
                {"kind": "determination", "on": "2010-02-08", "outcome": "denied"},
            ],
            "before event 'received'",
        ),
        (
            [
                {"kind": "received", "on": "2010-02-09"},
                {"kind": "appeal_sent", "on": "2010-03-08"},
                {"kind": "appeal_determination", "on": "2010-03-07"},
            ],
            "before event 'appeal sent'",
        ),
        (
            [
                {"kind": "received", "on": "2010-02-09"},
                {"kind": "appeal_received", "on": "2010-03-08"},
                {"kind": "appeal_determination", "on": "2010-03-07"},
            ],
            "before event 'appeal received'",
        ),
        (
            [
                {"kind": "received", "on": "2010-02-09"},
                {"kind": "determination", "on": "2010-03-08", "outcome": "maybe"},
            ],
            "'outcome' is 'maybe'",
        ),
        ([{"kind": "received", "on": "2010-02-09", "id": {"a": 1}}], "'id' is"),
    ],
)
def test_events_that_cannot_be_are_refused(events: list[dict[str, Any]], says: str) -> None:
    assert says in answer({**CLOCK, "events": events})["error"]


JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12),
    st.sampled_from(("9999-12-31", "0001-01-01", "2010-02-03", "2010-02-03T10:00", "days", "none")),
    st.lists(st.sampled_from(("2010-02-05", "x", 3)), max_size=2),
    st.just([{"kind": "received", "on": "2010-02-03"}]), st.just([{"n": 2, "unit": "days"}]),
)  # fmt: skip
KEYS = st.sampled_from(
    (
        "rule",
        "trigger",
        "trigger_until",
        "court",
        "agency",
        "service",
        "law_as_of",
        "closed",
        "whose",
        "abroad",
        "requested_on",
        "from",
        "n",
        "unit",
        "direction",
        "roll",
        "zone",
        "fixed",
        "steps",
        "to",
        "stated",
        "as_of",
        "events",
        "id",
    )
)
SOUND: dict[str, dict[str, Any]] = {
    "due": {"rule": "foia.determination", "trigger": "2010-02-03"},
    "count": {"from": "2010-02-03", "n": 20, "unit": "days"},
    "chain": {"from": "2010-02-03", "steps": [{"n": 20, "unit": "days"}]},
    "elapsed": {"from": "2010-02-03", "to": "2010-03-03", "unit": "working_days"},
    "clock": {"agency": "ice", "requested_on": "2010-02-03", "as_of": "2010-03-03", "events": []},
}


@given(
    do=st.sampled_from(tuple(SOUND)),
    spoilt=st.dictionaries(KEYS, JUNK, max_size=3),
    rule=st.sampled_from(tuple(the_law().rules)),
)
def test_no_call_however_odd_breaks_the_batch(do: str, spoilt: dict[str, Any], rule: str) -> None:
    call = {"do": do, **SOUND[do], **({"rule": rule} if do == "due" else {}), **spoilt}

    found = answer(call)

    assert json.loads(json.dumps(found))["id"] == call.get("id") or call.get("id") != call.get("id")
    assert ("error" in found) != bool({"due", "n"} & set(found))


@pytest.mark.parametrize("rule", the_law().rules)
@pytest.mark.parametrize("trigger", ["0001-01-01", "1970-12-31", "2060-12-31", "9999-12-31"])
def test_no_rule_breaks_at_the_ends_of_the_calendar(rule: str, trigger: str) -> None:
    found = answer({"do": "due", "rule": rule, "trigger": trigger, "agency": "dhs"})

    assert "error" in found or found["due"] == "2061-01-01" or found["due"] <= "2060-12-31"


def test_a_batch_answers_every_line_in_order_and_goes_on_after_an_error() -> None:
    lines = [
        '{"id": 1, "do": "count", "fixed": "2011-01-17"}\n',
        "not json\n",
        "\n",
        "[1]\n",
        '{"id": "b", "do": "due", "rule": "foia.determination", "trigger": "2010-02-03"}\n',
    ]

    found = [json.loads(line) for line in answer_lines(lines)]

    assert [one["id"] for one in found] == [1, None, None, "b"]
    assert found[0]["due"] == "2011-01-17"
    assert "not JSON" in found[1]["error"]
    assert "JSON object" in found[2]["error"]
    assert found[3]["due"] == "2010-03-04"


def test_the_batch_command_needs_no_database_and_no_web() -> None:
    heavy = ("sqlmodel", "sqlalchemy", "fastapi", "weasyprint", "jinja2", "holidays")
    program = (
        "import sys\n"
        "from casemgr.law_cli import app\n"
        "try:\n    app(['batch'])\n"
        "except SystemExit as end:\n    assert not end.code\n"
        f"loaded = [one for one in {heavy!r} if one in sys.modules]\n"
        "assert not loaded, loaded\n"
    )
    line = '{"id": 1, "do": "due", "rule": "foia.answer", "trigger": "2013-03-18"}\n'

    done = subprocess.run(
        [sys.executable, "-c", program], input=line, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["due"] == "2013-04-17"


def test_seventy_two_hours_over_the_end_of_summer_time_end_an_hour_earlier_on_the_clock() -> None:
    call = {"do": "count", "n": 72, "unit": "hours", "zone": "America/New_York"}

    assert ask(**call, **{"from": "2007-11-02T10:23"})["due"] == "2007-11-05T09:23"
    assert ask(**call, **{"from": "2007-03-09T10:23"})["due"] == "2007-03-12T11:23"


def test_hours_take_the_zone_of_the_court() -> None:
    call = {"do": "count", "from": "2020-06-05T15:00", "n": 24, "unit": "hours", "court": "cand"}

    assert ask(**call)["due"] == "2020-06-08T15:00"
    assert "America/Los_Angeles" in ask(**call)["steps"][0]["says"]


def test_an_hour_the_clock_skipped_is_refused() -> None:
    call = {"do": "count", "from": "2020-03-08T02:30", "n": 1, "unit": "hours"}

    assert "does not exist" in ask(**call, zone="America/New_York")["error"]
    assert "no time zone" in ask(**call, zone="Mars/Base")["error"]


def test_hours_were_not_counted_before_2009() -> None:
    call = {"do": "count", "from": "2007-11-02T10:23", "n": 72, "unit": "hours"}

    found = ask(**call, zone="America/New_York", law_as_of="2008-01-01")

    assert "says nothing of hours" in found["error"]


@pytest.mark.parametrize(
    ("call", "due"),
    [
        # A backward count that ends on a Sunday goes back; a closed clerk moves it on again.
        ({"from": "2024-01-22", "n": 8, "unit": "days", "direction": "before"}, "2024-01-12"),
        (
            {
                "from": "2024-01-22",
                "n": 8,
                "unit": "days",
                "direction": "before",
                "closed": ["2024-01-12"],
            },
            "2024-01-16",
        ),
        # A Saturday and a holiday Monday, then three days for the mail.
        ({"from": "2024-08-02", "n": 29, "unit": "days", "service": "mail"}, "2024-09-06"),
        # Electronic service adds nothing since December 2016, and added three days before.
        ({"from": "2016-11-30", "n": 5, "unit": "days", "service": "electronic"}, "2016-12-08"),
        ({"from": "2016-12-01", "n": 5, "unit": "days", "service": "electronic"}, "2016-12-06"),
        ({"from": "2016-12-01", "n": 5, "unit": "days", "service": "personal"}, "2016-12-06"),
        # The old text left closed days out of ten days, and then added three for the mail.
        (
            {
                "from": "1987-04-10",
                "n": 10,
                "unit": "days",
                "service": "mail",
                "law_as_of": "1987-04-10",
            },
            "1987-04-27",
        ),
        # Latham: before 2009 a day on which the court was closed was left out on the way.
        (
            {
                "from": "1997-12-18",
                "n": 10,
                "unit": "days",
                "law_as_of": "1997-12-18",
                "closed": ["1997-12-26"],
            },
            "1998-01-06",
        ),
        # So it was on the tenth day itself: the three days of the mail came after the eleventh.
        (
            {
                "from": "1997-12-18",
                "n": 10,
                "unit": "days",
                "service": "mail",
                "law_as_of": "1997-12-18",
                "closed": ["1998-01-05"],
            },
            "1998-01-09",
        ),
        ({"from": "2024-01-31", "n": 1, "unit": "months"}, "2024-02-29"),
        ({"from": "2024-02-29", "n": 1, "unit": "years"}, "2025-02-28"),
        ({"from": "2024-02-03", "n": 0, "unit": "days"}, "2024-02-05"),
        ({"from": "2024-02-03", "n": 0, "unit": "days", "roll": "none"}, "2024-02-03"),
        ({"from": "2024-02-03", "n": 0, "unit": "working_days"}, "2024-02-05"),
        (
            {"from": "2024-02-05", "n": 3, "unit": "working_days", "direction": "before"},
            "2024-01-31",
        ),
        # The Monday of Patriots' Day in Massachusetts moves a forward period only.
        ({"from": "2008-04-14", "n": 7, "unit": "days", "court": "mad"}, "2008-04-22"),
        (
            {"from": "2008-04-28", "n": 7, "unit": "days", "court": "mad", "direction": "before"},
            "2008-04-21",
        ),
    ],
)
def test_a_bare_count_follows_rule_six(call: dict[str, Any], due: str) -> None:
    found = answer({"do": "count", **call})

    assert found.get("due") == due, found


def test_a_day_the_court_set_is_never_moved() -> None:
    for day in ("2011-01-17", "2011-02-25", "2024-12-25", "2024-06-15"):
        assert ask(do="count", fixed=day, court="nysd")["due"] == day


def test_an_agencys_own_number_is_recognised() -> None:
    span = {"do": "elapsed", "from": "2012-11-20", "to": "2013-09-30", "unit": "working_days"}

    assert ask(**span)["n"] == 216
    assert ask(**span, stated=216)["explained_by"] == "excludes_receipt_day"
    assert ask(**span, stated=217)["explained_by"] == "includes_receipt_day"
    assert ask(**span, stated=215)["explained_by"] == "excludes_closures"
    assert ask(**span, stated=314)["explained_by"] == "counts_calendar_days"
    assert ask(**span, stated=99)["explained_by"] is None


def test_days_closed_by_order_and_days_of_a_lapse_are_told_apart() -> None:
    span = {"do": "elapsed", "from": "2018-12-14", "to": "2019-09-30", "unit": "working_days"}

    found = ask(**span, stated=198)

    assert found["n"] == 199
    assert found["explained_by"] == "excludes_executive_order_days"
    assert found["conventions"]["excludes_closures"] < 198
