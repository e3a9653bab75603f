"""Any federal court can be chosen; a caption, a zone and the court above belong to each."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from casemgr.domain.federal_courts import describe
from casemgr.usecases.courts import federal


def test_there_are_ninety_four_districts_and_thirteen_circuits() -> None:
    found = federal().values()

    assert len([each for each in found if each.appeals_to]) == 94
    assert len([each for each in found if each.appeals_to is None]) == 13
    assert all(each.appeals_to is None or each.appeals_to in federal() for each in found)


def test_every_court_has_a_caption_of_two_lines_and_a_clock() -> None:
    for each in federal().values():
        head, _, district = each.caption.partition("\n")
        assert head.startswith("United States ")
        assert district
        assert datetime(2026, 7, 1, tzinfo=ZoneInfo(each.zone)).utcoffset() is not None
        assert each.cites_as.endswith((".", "Alaska", "Guam", "Idaho", "Iowa", "Ohio", "Utah"))


def test_a_court_sits_in_the_zone_of_its_seat() -> None:
    assert federal()["tned"].zone == "America/New_York"
    assert federal()["tnmd"].zone == "America/Chicago"
    assert federal()["azd"].zone == "America/Phoenix"


def test_a_district_divided_long_ago_is_none() -> None:
    assert describe("nyd", "New York", "D.N.Y.") is None
    assert "okd" not in federal()
