"""The contract: facts survive being kept, and say what is wrong with them by name."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from casemgr.errors import Malformed
from casemgr.letters import facts as f
from casemgr.letters.plain import from_wire, to_wire
from casemgr.letters.pool import Pool
from casemgr.letters.render import render
from tests.letters import sample_facts as sample
from tests.letters.conftest import SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_facts_kept_as_json_come_back_the_same(name: str) -> None:
    facts = SAMPLES[name][0]
    kept = json.loads(json.dumps(facts.plain(), default=date.isoformat))
    assert f.read(type(facts), kept) == facts


@pytest.mark.parametrize("name", SAMPLES)
def test_facts_cross_to_the_worker_unchanged(name: str) -> None:
    facts = SAMPLES[name][0]
    arrived = from_wire(to_wire(facts.plain()))
    assert f.read(type(facts), arrived) == facts


def test_what_is_wrong_is_named_fact_by_fact() -> None:
    kept = {**sample.DECLARATION.plain(), "jurat": "on the moon", "executed_on": "soon", "x": 1}
    del kept["title"]
    with pytest.raises(Malformed) as wrong:
        f.read(f.DeclarationFacts, kept)
    assert set(wrong.value.problems) == {"jurat", "executed_on", "x", "title"}


class Row:
    """Stands for a row of the database: it can do things."""


@pytest.mark.parametrize(
    "value",
    [
        Row(),
        Row,
        {"deep": [Row()]},
        b"bytes",
        {1: "a"},
        float("nan"),
        Decimal("1.5"),
        {1, 2},
        datetime(2010, 2, 3, tzinfo=ZoneInfo("UTC")),
        print,
    ],
)
def test_only_plain_facts_are_accepted_and_the_other_is_named(pool: Pool, value: object) -> None:
    with pytest.raises(Malformed, match=r"The fact who.* is a .*strings, numbers, dates"):
        render("letter.html", {"who": value}, title="T", pool=pool)


def test_a_paper_is_never_made_with_a_fact_missing(pool: Pool) -> None:
    facts = sample.DECLARATION.plain()
    del facts["caption"]["docket_number"]
    with pytest.raises(Malformed) as missing:
        render("declaration.html", facts, title="T", pool=pool)
    assert list(missing.value.problems) == ["docket_number"]
    assert "declaration.html" in str(missing.value)


def test_a_form_of_pdf_we_do_not_make_is_refused(pool: Pool) -> None:
    with pytest.raises(Malformed, match="Use pdf/ua-1"):
        render("letter.html", {}, title="T", pdf_variant="pdf/x-4", pool=pool)
