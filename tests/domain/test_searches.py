"""The search log: what the agency leaves unsaid stands as an empty cell, and nothing hides it."""

from __future__ import annotations

from datetime import date

from casemgr.domain.searches import Aspect, Row, Statement, table
from casemgr.domain.words import SaidIn


def says(said_in: SaidIn, custodian: str = "", system: str = "", **more: object) -> Statement:
    given = {
        "id": f"{said_in}-{custodian}-{system}",
        "component": "ICE",
        "terms": "",
        "records_from": None,
        "records_until": None,
        "method": "",
        "searched_by": "",
        **more,
    }
    return Statement(said_in=said_in, custodian=custodian, system=system, **given)  # type: ignore[arg-type]


def row_of(rows: list[Row], custodian: str, system: str) -> Row:
    return next(row for row in rows if (row.custodian, row.system) == (custodian, system))


DIRECTOR = says(SaidIn.DECLARATION, "Director", "E-mail", terms="opt out", method="Mail program")


def test_what_the_agency_does_not_say_is_an_empty_cell() -> None:
    (row,) = table([DIRECTOR])

    assert row.searched
    assert row.empties == (Aspect.DATES, Aspect.WHO)


def test_a_custodian_whom_nobody_searched_has_a_row_with_nothing_told() -> None:
    rows = table([DIRECTOR, says(SaidIn.ORDER, "Field offices", "E-mail", terms="opt out")])

    row = row_of(rows, "Field offices", "E-mail")
    assert (row.asked, row.searched) == (True, False)
    assert row.empties == tuple(Aspect)
    assert [each.says for each in row.cells[Aspect.TERMS].asked] == ["opt out"]


def test_one_custodians_other_system_is_not_taken_for_searched() -> None:
    rows = table([DIRECTOR, says(SaidIn.REQUEST, "Director", "Shared drive")])

    assert row_of(rows, "Director", "E-mail").searched
    assert not row_of(rows, "Director", "Shared drive").searched


def test_what_is_told_of_no_custodian_does_not_fill_the_row_of_one() -> None:
    rows = table(
        [
            says(SaidIn.REQUEST, "Director", "E-mail"),
            says(SaidIn.DECLARATION, "", "E-mail", terms="opt out"),
        ]
    )

    assert not row_of(rows, "Director", "E-mail").searched
    assert row_of(rows, "", "E-mail").searched


def test_what_was_asked_of_the_whole_component_counts_for_each_of_its_places() -> None:
    rows = table(
        [
            says(SaidIn.REQUEST, terms="opt out\nvoluntary"),
            DIRECTOR,
            says(SaidIn.DECLARATION, "Field offices", "E-mail", terms="OPT  OUT\nvoluntary"),
        ]
    )

    assert len(rows) == 2
    assert row_of(rows, "Director", "E-mail").terms_not_used == ("voluntary",)
    assert row_of(rows, "Field offices", "E-mail").terms_not_used == ()


def test_another_components_search_is_not_this_ones() -> None:
    rows = table([DIRECTOR, says(SaidIn.ORDER, "Director", "E-mail", component="FBI")])

    assert [(row.component, row.searched) for row in rows] == [("FBI", False), ("ICE", True)]


def test_one_place_spelled_two_ways_is_one_row() -> None:
    rows = table([DIRECTOR, says(SaidIn.DECLARATION, "director ", "E-MAIL", searched_by="A clerk")])

    (row,) = rows
    assert row.empties == (Aspect.DATES,)


def test_a_range_with_one_end_says_which_end_is_missing() -> None:
    until = says(SaidIn.DECLARATION, "Director", records_until=date(2010, 2, 3))

    assert until.says(Aspect.DATES) == "Until February 3, 2010; no beginning is said"
