"""A long docket comes in parts of a hundred papers, and an entry is found in its own."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from casemgr.usecases.views.docket_rows import rows
from casemgr.usecases.views.lawsuit_rows import DocketPart


def docket(n: int) -> list[Any]:
    entries = [SimpleNamespace(id=f"DE-{i}", number=i, part=None, says="") for i in range(n, 0, -1)]
    return list(rows(entries))


def test_the_first_part_holds_the_newest_hundred() -> None:
    part = DocketPart.of(docket(250), 1, "")
    assert (part.parts, len(part.rows), part.rows[0].entry.id) == (3, 100, "DE-250")
    assert len(DocketPart.of(docket(250), 3, "").rows) == 50


def test_a_part_that_is_not_there_is_the_nearest_one() -> None:
    assert DocketPart.of(docket(250), 9, "").number == 3
    assert DocketPart.of(docket(250), -4, "").number == 1
    assert DocketPart.of(docket(0), 1, "").rows == []


def test_an_entry_is_found_in_its_part_and_one_that_is_nowhere_in_the_first() -> None:
    assert DocketPart.of(docket(250), 1, "DE-40").number == 3
    assert DocketPart.of(docket(250), 1, "DE-0").number == 1
