"""What the table of `casemgr test --full` says of changes the law's tests did not notice."""

from __future__ import annotations

import pytest

from tests.law.mutants import EQUIVALENT, Change, is_other_comparison, verdict

NOTICED = [Change(f"noticed {n}", "killed") for n in range(8)] + [Change("endless", "timeout")]
OTHER = Change("other", "survived", "return None")
WRONG = Change("wrong", "survived", "return day <= due", is_comparison=True)
SAME = Change("same", "survived", next(iter(EQUIVALENT)), is_comparison=True)


@pytest.mark.parametrize(
    ("changes", "sound", "row"),
    [
        ([*NOTICED, OTHER], True, "clock           10        9  90.0%  0"),
        ([*NOTICED[1:], OTHER], False, "clock            9        8  88.9%  0"),
        ([*NOTICED, WRONG], False, "clock           10        9  90.0%  1"),
        ([*NOTICED, SAME], True, "clock           10        9  90.0%  0"),
        ([], False, "clock            0        0   0.0%  0"),
    ],
)
def test_nine_changes_in_ten_and_every_comparison_must_be_noticed(
    changes: list[Change], sound: bool, row: str
) -> None:
    rows, is_sound = verdict({"clock": changes})

    assert rows[1] == row
    assert is_sound is sound


def test_a_comparison_nobody_noticed_is_named_with_its_line_or_its_proof() -> None:
    told = verdict({"clock": [*NOTICED, WRONG, SAME]})[0][2:]

    assert told[0] == "wrong: return day <= due"
    assert told[1].startswith("the same: same: ")
    assert EQUIVALENT[SAME.line] in told[1]


@pytest.mark.parametrize(
    ("after", "is_other"),
    [
        ("def f():\n    return a <= b and c is None", True),
        ("def f():\n    return a < b and c is not None", True),
        ("def f():\n    return a < b or c is None", False),
        ("def f():\n    return None", False),
    ],
)
def test_a_comparison_is_changed_where_another_stands_in_its_place(
    after: str, is_other: bool
) -> None:
    before = "def f():\n    return a < b and c is None"

    assert is_other_comparison(before, after) is is_other
