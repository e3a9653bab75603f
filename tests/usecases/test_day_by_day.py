"""Both real matters lived day by day: each day shows what was known on it, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from casemgr.db import lists
from casemgr.db.session import open_engine
from casemgr.db.tables import Person
from casemgr.domain.words import DeadlineState, Side
from casemgr.fields import seeded_code
from casemgr.shipped import shipped
from casemgr.usecases.seeds import Seed, read_seeds
from casemgr.usecases.views import lawsuits, productions, reconciliation, searches
from casemgr.usecases.views.deadlines import Shown
from casemgr.usecases.views.lens import lens
from casemgr.usecases.views.matters import MatterLine
from casemgr.usecases.work import Work
from tests import makes

ONE_DAY = timedelta(days=1)
OF_A_SUIT = {
    "lawsuits", "parties", "appearances", "services", "docket_entries", "hearings", "order_dates",
    "productions", "lawsuit_statuses",
}  # fmt: skip
MATTERS = [seeded_code("M", key) for key in ("secure-communities", "pep")]


@pytest.fixture(scope="module")
def ada(planted_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Work]:
    """Look at the planted office as Ada, who is on both matters; nothing here writes."""
    folder = tmp_path_factory.mktemp("days")
    engine = open_engine(f"sqlite:///{shutil.copy(planted_file, folder / 'casemgr.sqlite3')}")
    desk = makes.make_desk(engine, folder)
    with desk.work(reads_only=True) as work:
        person = work.session.exec(select(Person).where(Person.name == "Ada Marlowe")).one()
        actor = makes.actor_of(person)
    with desk.work(actor, reads_only=True) as work:
        yield work
    engine.dispose()


@pytest.fixture(scope="module")
def told() -> list[Seed]:
    """Return the facts that a lawsuit's pages show, each with the day it was known."""
    rows = read_seeds(shipped("seeds")).rows
    return [each for each in rows if each.section in OF_A_SUIT and _matter(each) in MATTERS]


def _matter(seed: Seed) -> str:
    return str(seed.values.get("matter_id") or _LAWSUITS.get(str(seed.values.get("lawsuit_id"))))


_LAWSUITS = {
    seeded_code("LS", key): MATTERS[at]
    for at, keys in enumerate((("10-civ-3488", "11-711", "11-4804"), ("16-civ-387",)))
    for key in keys
}


def _days(told: list[Seed]) -> list[date]:
    known = {max(each.known_on, date(2010, 2, 2)) for each in told}
    return sorted({day for on in known for day in (on - ONE_DAY, on)})


def _shown(work: Work) -> str:
    """Return everything that the pages of both matters are made from."""
    seen = lens(work)
    found: list[Any] = []
    for page in lawsuits.pages_of(seen):
        if page.line.matter_id in MATTERS:
            found += [lawsuits.look(work, page.line.id), reconciliation.look(work, page.line.id)]
    known = {each.id for each in seen.rows(lists.MATTERS_OF_MINE, MatterLine)}
    for matter in sorted(known.intersection(MATTERS)):
        found += [productions.look(work, matter), searches.look(work, matter)]
    return repr(found)


def test_each_day_shows_what_was_known_and_nothing_that_came_after(
    ada: Work, told: list[Seed]
) -> None:
    days = _days(told)
    for day in days:
        ids = set(re.findall(r"\b[A-Z]{1,2}-[0-9A-Z]{6,}\b", _shown(ada.on(day))))
        for each in told:
            assert (each.id in ids) is (each.known_on <= day), (day, each.section, each.key)

    assert len(days) > 40


def _date(work: Work, key: str) -> Shown:
    for page in lawsuits.pages_of(lens(work)):
        for shown in page.deadlines:
            if shown.line.key == key:
                return shown
    raise LookupError(key)


def test_what_a_court_fixed_is_due_on_its_day_late_on_the_next_and_done_once_it_was_met(
    ada: Work, told: list[Seed]
) -> None:
    fixed = [each for each in told if each.section == "order_dates"]
    for each in fixed:
        key, on = f"{each.id}:order", each.values["fixed_for"]
        met = each.values.get("met_on") is not None
        states = [
            _date(ada.on(day), key).state for day in (each.known_on, on - ONE_DAY, on, on + ONE_DAY)
        ]
        waits, after = DeadlineState.DUE, DeadlineState.DONE if met else DeadlineState.OVERDUE
        assert states == [waits, waits, after if met else waits, after], each.key

    assert len(fixed) == 4


APPEAL, RECONSIDER = "frap.4a1b.notice_of_appeal", "lcr.nysd.6_3.reconsideration"


@pytest.mark.parametrize(
    ("key", "rule", "whose", "due", "done"),
    [
        ("dkt-41", APPEAL, Side.THEIRS, "2011-04-08", "2011-02-21"),
        ("dkt-99", RECONSIDER, Side.OURS, "2011-07-25", "2011-07-25"),
        (
            "opinion-2011-10-24",
            APPEAL,
            Side.THEIRS,
            "2011-12-23",
            "2011-11-18",
        ),
        # Some day until August 8 they moved too; nobody knew before that they had.
        ("dkt-99", RECONSIDER, Side.THEIRS, "2011-07-25", None),
        ("opinion-2017-04-19", RECONSIDER, Side.OURS, "2017-05-03", None),
    ],
)
def test_a_date_of_a_rule_waits_until_it_is_done_or_late(
    ada: Work, key: str, rule: str, whose: Side, due: str, done: str | None
) -> None:
    name, last = f"{seeded_code('DE', key)}:{rule}:{whose.value}", date.fromisoformat(due)
    ends = date.fromisoformat(done) if done else last + ONE_DAY
    before, after = (_date(ada.on(day), name) for day in (ends - ONE_DAY, ends))

    assert (before.line.due, before.state) == (last, DeadlineState.DUE)
    assert after.state is (DeadlineState.DONE if done else DeadlineState.OVERDUE)
