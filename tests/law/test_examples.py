"""Worked examples by courts, committees and agencies, and those beside each rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casemgr.domain.rules import Example, Rule
from casemgr.law.calls import answer
from casemgr.law.check import run_example
from casemgr.law.reader import the_law

LINES = (Path(__file__).parent / "examples.jsonl").read_text(encoding="utf-8").splitlines()
WORKED: list[dict[str, Any]] = [json.loads(line) for line in LINES]
BESIDE = [(rule, example) for rule in the_law().rules.values() for example in rule.examples]


def test_there_are_a_hundred_and_five_examples_by_others() -> None:
    assert len(WORKED) == 105
    assert all({"title", "author", "locator"} <= set(example["source"]) for example in WORKED)


@pytest.mark.parametrize("example", WORKED, ids=[example["name"] for example in WORKED])
def test_the_example_comes_out_as_its_author_says(example: dict[str, Any]) -> None:
    found = answer(example["call"])

    key = "n" if "n" in example else "due"
    assert found.get(key) == example[key], found


@pytest.mark.parametrize(
    ("rule", "example"), BESIDE, ids=[f"{rule.id}: {example.name}" for rule, example in BESIDE]
)
def test_the_example_beside_the_rule_holds(rule: Rule, example: Example) -> None:
    assert run_example(the_law(), rule, example) == example.due


def test_every_rule_has_an_example_a_source_and_a_reader() -> None:
    rules = the_law().rules

    assert len(rules) >= 43
    for rule in rules.values():
        assert rule.examples, rule.id
        assert rule.url.startswith("https://"), rule.id
        assert rule.checked_by, rule.id
        assert rule.status == "verified" or rule.doubt, rule.id
