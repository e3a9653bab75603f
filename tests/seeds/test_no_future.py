"""No fact speaks of what came after it was known: a page of 2010 must not tell of 2011."""

from __future__ import annotations

import re
from datetime import date

from casemgr.usecases.seeds import Seeds

# Days that people set ahead of time: the papers of that day name them.
SET_AHEAD = {
    ("hearings", "hearing-2010-12-09"),
    ("documents", "ccr-release-2010-12"),
    ("documents", "sekhavat-declaration"),
}
# What we know of its day is known from a paper of the week after.
DATED_LATER = {("requests", "request-2015"), ("documents", "advisory-2015-03-16")}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (20[0-2]\d)\b")
# Where a fact comes from may be younger than the fact.
NOT_TOLD = {"id", "source", "proof"}


def test_no_text_names_a_year_after_it_was_known(seeds: Seeds) -> None:
    told_early = []
    for seed in seeds.rows:
        known = seed.values.get("known_on")
        if not isinstance(known, date) or (seed.section, seed.key) in SET_AHEAD:
            continue
        for column, value in seed.values.items():
            if column in NOT_TOLD or not isinstance(value, str):
                continue
            if any(int(year) > known.year for year in re.findall(r"\b20[0-2]\d\b", value)):
                told_early.append((seed.section, seed.key, column, value))

    assert len(seeds.rows) > 300
    assert told_early == []


def test_no_text_names_a_day_after_it_was_known(seeds: Seeds) -> None:
    told_early = [
        (seed.section, seed.key, column, said[0])
        for seed in seeds.rows
        if (seed.section, seed.key) not in SET_AHEAD | DATED_LATER
        and isinstance(known := seed.values.get("known_on"), date)
        for column, value in seed.values.items()
        if column not in NOT_TOLD and isinstance(value, str)
        for said in DAY.finditer(value)
        if date(int(said[3]), MONTHS.index(said[2]) + 1, int(said[1])) > known
    ]

    assert told_early == []
