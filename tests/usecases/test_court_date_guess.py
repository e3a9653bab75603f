"""Which deadline on file a day on the docket seems to change: one for the same thing, or none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from casemgr.usecases.views.court_dates import may_change

DAY, OTHER = date(2010, 11, 5), date(2010, 12, 1)


@dataclass(frozen=True)
class Line:
    """A deadline that is still open."""

    key: str
    title: str
    due: date | None


OPEN = (
    Line("answer", "Answer the complaint, 10 Civ. 3488", DAY),
    Line("oppose", "Oppose the motion of October 28, 2010 (Dkt. 12)", DAY),
    Line("trial", "Trial", DAY),
    Line("one", "Joint status report", DAY),
    Line("two", "Status report of the agencies", DAY),
)


@pytest.mark.parametrize(
    ("what", "key"),
    [
        ("Responses", "oppose"),
        ("Answer", "answer"),
        ("Bench trial", "trial"),
        ("Joint status report", ""),  # two of them: which it is, a person decides
        ("Something else", ""),
    ],
)
def test_the_one_deadline_for_the_same_thing_is_meant(what: str, key: str) -> None:
    assert may_change(what, OTHER, OPEN) == key


def test_a_day_that_is_on_file_already_changes_nothing() -> None:
    assert may_change("Responses", DAY, OPEN) == ""
