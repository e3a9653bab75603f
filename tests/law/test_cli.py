"""`casemgr law` at the command line: what is printed, and with which exit status."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casemgr import __version__
from casemgr.domain.proofs import proof
from casemgr.law import engine
from casemgr.law.reader import the_law
from casemgr.law_cli import app

RUN = CliRunner()
CLOCK = {
    "agency": "ice",
    "requested_on": "2010-02-03",
    "as_of": "2010-10-29",
    "events": [
        {"kind": "received_by_designated", "on": "2010-02-03"},
        {"kind": "extension_notice", "on": "2010-06-01"},
        {"kind": "suit_filed", "on": "2010-04-27"},
    ],
}


def test_a_date_is_printed_with_its_reasons() -> None:
    done = RUN.invoke(app, ["due", "foia.determination", "--trigger", "2010-02-03"])

    assert done.exit_code == 0
    assert "Due: 2010-03-04    Careful date: 2010-03-10" in done.output
    assert "Washington's Birthday: not counted." in done.output
    assert "or 2010-03-10: snow and storm closures left out." in done.output


def test_every_part_of_a_question_can_be_asked() -> None:
    asked = [
        "due", "lcr.nysd.6_1a.opposition",
        "--trigger", "2012-10-19", "--trigger-until", "2012-10-22",
        "--court", "nysd", "--agency", "ice", "--service", "mail", "--law-as-of", "2012-10-01",
        "--closed", "2012-10-29", "--closed", "2012-10-30", "--whose", "theirs",
        "--requested-on", "2012-01-03", "--abroad", "--json",
    ]  # fmt: skip

    done = RUN.invoke(app, asked)

    found = json.loads(done.output)
    assert (found["due"], found["whose"], found["id"]) == ("2012-10-31", "theirs", None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["due", "foia.nothing", "--trigger", "2010-02-03"], "There is no rule 'foia.nothing'"),
        (["due", "foia.determination", "--trigger", "2010-02-31"], "no day of any calendar"),
        (["clock", "nowhere.json"], "cannot be read"),
        (["verify", "nowhere.json"], "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_status_two(arguments: list[str], says: str) -> None:
    done = RUN.invoke(app, arguments)

    assert done.exit_code == 2
    assert says in done.output


def test_what_nobody_verified_is_printed_with_its_caution() -> None:
    done = RUN.invoke(app, ["due", "lcr.nysd.6_1a.reply", "--trigger", "2013-11-18"])

    assert "Not verified" in done.output


def test_a_clock_is_read_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    file.write_text(json.dumps(CLOCK), encoding="utf-8")

    from_file = RUN.invoke(app, ["clock", str(file)])
    from_input = RUN.invoke(app, ["clock", "-"], input=json.dumps(CLOCK))

    assert from_file.exit_code == 0
    assert from_file.output == from_input.output
    for part in (
        "State: in suit",
        "due range: 2010-03-04 to 2010-03-18",
        "may sue: yes",
        "without effect: extension notice of 2010-06-01.",
    ):
        assert part in from_file.output


def test_a_file_that_holds_no_object_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "clock.json"
    file.write_text("[1]", encoding="utf-8")

    done = RUN.invoke(app, ["clock", str(file)])

    assert done.exit_code == 2
    assert "holds no JSON object" in done.output


def test_a_stored_proof_is_verified_and_a_changed_one_is_not(tmp_path: Path) -> None:
    law = the_law()
    answer = engine.due(law, "foia.determination", date(2010, 2, 3))
    inputs = {"do": "due", "rule": "foia.determination", "trigger": date(2010, 2, 3)}
    stored = proof(
        answer, inputs=inputs, law_version=law.version, engine_version=__version__
    ).as_dict()
    sound, changed = tmp_path / "sound.json", tmp_path / "changed.json"
    sound.write_text(json.dumps(stored), encoding="utf-8")
    changed.write_text(json.dumps({**stored, "due": "2010-03-05"}), encoding="utf-8")

    good, bad = RUN.invoke(app, ["verify", str(sound)]), RUN.invoke(app, ["verify", str(changed)])

    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert "Both counters give 2010-03-04." in good.output
    assert "was changed" in bad.output


def test_a_file_that_is_no_proof_is_refused() -> None:
    done = RUN.invoke(app, ["verify", "-"], input="{}")

    assert done.exit_code == 2
    assert "This is no proof: it lacks title" in done.output


def test_the_shipped_law_is_in_order() -> None:
    done = RUN.invoke(app, ["check"])

    assert done.exit_code == 0
    assert "0 wrong" in done.output.splitlines()[-1]
    assert "unverified  lcr.nysd.6_1a.reply" in done.output
