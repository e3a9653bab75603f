"""Proofs, and the second counter that recounts them without sharing a line of counting."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from casemgr import __version__
from casemgr.domain.proofs import Proof, as_text, determination, fingerprint, proof, read_proof
from casemgr.law import engine
from casemgr.law.calls import answer, read_event
from casemgr.law.naive import federal_holiday, kept_on_friday, kept_on_monday, recount, works
from casemgr.law.reader import the_law
from casemgr.law.verify import verify

LAW = the_law()
FIRST, LAST = date(1998, 7, 1), date(2045, 12, 31)


def a_call(chance: random.Random) -> dict[str, Any]:
    """Some question to some rule, on some day its texts cover."""
    rule = LAW.rules[chance.choice(list(LAW.rules))]
    first = max(FIRST, rule.texts[0].since)
    trigger = first + timedelta(days=chance.randrange((LAST - first).days))
    call = {"do": "due", "rule": rule.id, "trigger": trigger.isoformat()}
    if chance.random() < 0.7:
        call["court"] = chance.choice(("nysd", "dcd", "mad", "cand", "ctd", "med", "txsd"))
    if chance.random() < 0.5:
        call["service"] = chance.choice(("personal", "mail", "electronic", "clerk"))
    if chance.random() < 0.3:
        call["closed"] = [
            (trigger + timedelta(days=chance.randrange(100))).isoformat() for _ in range(9)
        ]
    call["agency"] = chance.choice(("ice", "fbi"))
    return call | ({"abroad": True} if chance.random() < 0.1 else {})


def told(call: dict[str, Any]) -> str:
    """The day as `law batch` tells it, with all that goes with it."""
    return str(answer(call).get("due"))


def counted(call: dict[str, Any]) -> str:
    """The day alone: what there is time for a million times."""
    given = {key: call.get(key) for key in ("court", "agency", "service")}
    closed = [date.fromisoformat(day) for day in call.get("closed", ())]
    return str(
        engine.due(
            LAW, call["rule"], date.fromisoformat(call["trigger"]), closed=closed,
            abroad=call.get("abroad", False), **given,
        ).due
    )  # fmt: skip


def agree(size: int, seed: int, count: Callable[[dict[str, Any]], str]) -> None:
    """Ask both counters `size` questions."""
    chance = random.Random(seed)
    for _ in range(size):
        call = a_call(chance)
        assert count(call) == str(recount(LAW, call)), call


def test_both_counters_agree_on_random_questions() -> None:
    agree(3_000, seed=20100203, count=told)


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_both_counters_agree_on_a_million_random_questions() -> None:
    agree(1_000_000, seed=20110217, count=counted)


def test_both_know_the_same_working_days_in_every_year_held() -> None:
    federal, day = LAW.almanac.working, date(1971, 1, 1)
    while day.year <= 2060:
        assert works(day) == (federal.closed_for(day) is None), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("1983-01-17", works),
        ("1986-01-20", federal_holiday),
        ("2010-12-31", kept_on_friday),
        ("2021-06-18", kept_on_friday),
        ("2020-06-19", works),
        ("1975-11-11", works),
        ("1975-10-27", federal_holiday),
        ("2012-01-02", kept_on_monday),
    ],
)
def test_the_second_counters_own_holidays_are_right(day: str, what: Any) -> None:
    assert what(date.fromisoformat(day))


def a_proof(**call: Any) -> Proof:
    """The proof of one rule's answer."""
    asked = {**call, "trigger": date.fromisoformat(call["trigger"])}
    found = engine.due(LAW, **asked)
    return proof(
        found, inputs={"do": "due", **call}, law_version=LAW.version, engine_version=__version__
    )


def test_a_proof_survives_storage_and_is_recounted() -> None:
    made = a_proof(rule="lcr.nysd.6_1b.opposition", trigger="2010-10-28", court="nysd")

    stored = read_proof(json.loads(json.dumps(made.as_dict())))

    assert stored.is_intact
    assert verify(LAW, stored).holds
    assert verify(LAW, stored).says == ("Both counters give 2010-11-12.",)


@pytest.mark.parametrize("key", ["due", "rule", "law_version", "engine_version", "steps"])
def test_a_proof_that_was_changed_does_not_hold(key: str) -> None:
    stored = a_proof(rule="foia.determination", trigger="2010-02-03").as_dict()
    stored[key] = "2010-03-05" if key == "due" else []

    verdict = verify(LAW, read_proof(stored))

    assert not verdict.holds
    assert "changed" in verdict.says[0]


def test_a_wrong_date_under_a_right_hash_does_not_hold() -> None:
    honest = a_proof(rule="foia.determination", trigger="2010-02-03")
    content = {**honest.content, "due": "2010-03-05"}
    verdict = verify(LAW, Proof(content, fingerprint(content)))

    assert not verdict.holds
    assert "2010-03-04" in verdict.says[-1]


def test_a_clocks_date_is_proved_and_recounted_too() -> None:
    call: dict[str, Any] = {
        "do": "clock", "agency": "ice", "requested_on": "2019-11-18", "as_of": "2020-03-31",
        "events": [
            {"kind": "received_by_designated", "on": "2019-11-20"},
            {"kind": "fee_question", "on": "2019-12-09"},
            {"kind": "fee_reply_received", "on": "2019-12-30"},
            {"kind": "extension_notice", "on": "2020-01-06"},
        ],
    }  # fmt: skip
    clock = engine.clock(
        LAW, agency="ice", requested_on=date(2019, 11, 18), as_of=date(2020, 3, 31),
        events=[read_event(one) for one in call["events"]],
    )  # fmt: skip
    found = determination(clock, LAW.rules, {"requested_on": date(2019, 11, 18)})

    made = proof(found, inputs=call, law_version=LAW.version, engine_version=__version__)

    assert verify(LAW, made).holds
    assert made.content["due"] == clock.as_dict()["due"]


def test_a_proof_as_text_names_rule_days_readings_and_hash() -> None:
    made = a_proof(rule="foia.determination", trigger="2010-02-03")

    text = as_text(made)

    for part in ("Due: 2010-03-04", "Washington's Birthday: not counted.", "snow", made.sha256):
        assert part in text


def test_a_proof_of_an_unverified_text_says_so() -> None:
    text = as_text(a_proof(rule="lcr.nysd.6_1a.reply", trigger="2013-11-18"))

    assert "Not verified" in text
