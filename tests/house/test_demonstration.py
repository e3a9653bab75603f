"""The first command a person types: what it makes, and that it makes it once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from casemgr.demo import _made_from
from casemgr.desk import open_desk
from casemgr.settings import settings
from casemgr.usecases.work import THE_OFFICE
from tests.house.sources import HOUSE

STATES = {"not_yet", "not_confirmed", "due", "overdue", "done", "superseded"}
KEYS = {"id", "matter", "title", "whose", "rule", "due", "safe", "readings", "state"}


@dataclass(frozen=True)
class Office:
    """A demonstration made once for all tests here."""

    data: Path
    said: str

    @property
    def summary(self) -> dict[str, Any]:
        told = json.loads((self.data / "demo.json").read_text(encoding="utf-8"))
        assert isinstance(told, dict)
        return told

    def files(self) -> dict[str, bytes]:
        """Return what it wrote for people: papers, mails and the summary."""
        wanted = [*self.data.glob("papers/*"), *self.data.glob("mail/*"), self.data / "demo.json"]
        return {str(file.relative_to(self.data)): file.read_bytes() for file in wanted}


def demo(data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "casemgr", "demo", "--no-serve", "--data", str(data), *more]
    return subprocess.run(line, cwd=HOUSE, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    data = tmp_path_factory.mktemp("demo") / "office"
    done = demo(data)
    assert done.returncode == 0, done.stderr
    return Office(data, done.stdout)


def deadlines(office: Office, rule: str | None, matter: str = "") -> list[dict[str, Any]]:
    found = [each for each in office.summary["deadlines"] if each["rule"] == rule]
    return [each for each in found if matter in each["matter"]]


def test_it_tells_what_it_made(office):
    summary = office.summary
    counts = ("matters", "requests", "tracks", "docket_entries", "reminders_sent")

    assert summary["as_of"] == "2010-10-29"
    assert all(type(summary[name]) is int and summary[name] > 0 for name in counts)
    assert summary["matters"] == 3
    assert "Docket entries" in office.said


def test_every_deadline_is_told_in_full(office):
    for deadline in office.summary["deadlines"]:
        assert set(deadline) == KEYS
        assert deadline["whose"] in {"ours", "theirs"}
        assert deadline["state"] in STATES
        days = [deadline["due"], deadline["safe"], *(each["due"] for each in deadline["readings"])]
        assert all(day is None or date.fromisoformat(day) for day in days)
        assert all(set(each) == {"name", "due", "why"} for each in deadline["readings"])
        assert all(each["why"] for each in deadline["readings"])


@pytest.mark.parametrize("component", ["ICE", "DHS", "FBI", "EOIR", "OLC"])
def test_each_component_had_to_decide_in_march_2010(office, component):
    """Received the day it was sent: 4 March; with the snow closures left out, 10 March."""
    asked = deadlines(office, "foia.determination", "Secure Communities")

    (found,) = [each for each in asked if each["title"].startswith(f"{component}:")]

    assert found["whose"] == "theirs"
    assert found["state"] == "overdue"
    assert {"2010-03-04", "2010-03-10"} <= {each["due"] for each in found["readings"]}


def test_the_opposition_shows_both_readings_until_service_is_known(office):
    """Fourteen days end on Veterans Day; three days more for electronic service end on a Sunday."""
    found = [
        each
        for each in deadlines(office, "lcr.nysd.6_1b.opposition")
        if each["state"] == "not_confirmed"
    ]

    assert len(found) == 1
    shown = {found[0]["due"], *(each["due"] for each in found[0]["readings"])}
    assert shown == {"2010-11-12", "2010-11-15"}


def test_a_day_the_court_set_stands_though_it_is_a_holiday(office):
    assert "2011-01-17" in {each["due"] for each in deadlines(office, None)}


def test_the_papers_are_there_as_told(office):
    letters = office.summary["letters"]

    assert {each["kind"] for each in letters} >= {"foia_request", "declaration", "deadline_report"}
    for each in letters:
        pdf = (office.data / each["file"]).read_bytes()
        assert hashlib.sha256(pdf).hexdigest() == each["sha256"]
        with pypdfium2.PdfDocument(pdf) as document:
            assert len(document) == each["pages"]


def test_a_mail_lies_in_the_folder_for_every_reminder_sent(office):
    mails = list(office.data.glob("mail/*.eml"))

    assert len(mails) == office.summary["reminders_sent"]


def test_run_again_it_changes_nothing_and_says_so(office):
    before = office.files()

    again = demo(office.data)

    assert again.returncode == 0, again.stderr
    assert "Nothing was changed" in again.stdout
    *table, last = again.stdout.splitlines()[-12:]
    assert table == office.said.splitlines()[-11:]
    assert last == "Nothing was changed: this office was made before."
    assert office.files() == before


def test_a_paper_that_was_lost_is_written_again_as_it_was(office):
    before = office.files()
    next(office.data.glob("papers/declaration*.pdf")).unlink()

    again = demo(office.data)

    assert "Nothing was changed" in again.stdout
    assert office.files() == before


def test_what_somebody_did_since_is_looked_at_and_looking_around_is_not(office):
    made = (office.data / ".made-from").read_text(encoding="ascii")
    desk = open_desk(settings({"CASEMGR_DATA": str(office.data)}))
    with desk.work(THE_OFFICE) as work:
        work.record("person.signed_out")
    after_looking = _made_from(desk)
    with desk.work(THE_OFFICE) as work:
        work.record("backup.made", title="office.backup")
    desk.engine.dispose()

    assert after_looking == made
    assert _made_from(desk) != made


def test_another_day_is_refused_with_what_to_do(office):
    before = office.files()

    refused = demo(office.data, "--as-of", "2011-01-17")

    assert refused.returncode == 2
    assert "--data" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert office.files() == before


@pytest.mark.parametrize("day", ["2010-01-31", "2021-01-01"])
def test_a_day_outside_the_story_is_refused(tmp_path, day):
    refused = demo(tmp_path / "office", "--as-of", day)

    assert refused.returncode == 2
    assert "2010-02-01" in refused.stderr
    assert not (tmp_path / "office").exists()
