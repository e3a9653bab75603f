"""Docket pages saved from a court's site."""

from datetime import date

import pytest

from casemgr.dockets.shapes import Unreadable
from casemgr.dockets.sheet import court_of, read_sheet
from tests.dockets.papers import sheet


def test_a_sheet_gives_the_case_its_entries_and_its_parties() -> None:
    [case] = read_sheet(sheet()).cases
    assert (case.court_id, case.docket_number) == ("nysd", "1:10-cv-04321")
    assert case.title == "Old Mill Project v. River Agency"
    assert (case.filed_on, case.judge) == (date(2010, 10, 29), "Ruth B. Hale")
    assert [(each.number, each.filed_on) for each in case.entries] == [
        (1, date(2010, 10, 29)),
        (None, date(2010, 11, 2)),
        (2, date(2010, 12, 3)),
    ]
    assert case.entries[0].entered_on == date(2010, 11, 1)
    [party] = case.parties
    assert (party.name, party.role, party.counsel[0].name) == (
        "Old Mill Project",
        "Plaintiff",
        "Eve Moss",
    )


def test_a_page_without_its_entries_is_told_to_be_cut_short() -> None:
    with pytest.raises(Unreadable, match="cut short"):
        read_sheet(sheet(entries=()))


def test_a_page_that_stops_in_its_table_is_doubted() -> None:
    whole = sheet()
    [doubt] = read_sheet(whole[: whole.index(b"ORDER: Motions due")]).doubts
    assert "stops in the middle of its table" in doubt
    assert read_sheet(whole).doubts == ()


@pytest.mark.parametrize("data", [b"<html><body>Log in</body></html>", b"", b"<html>"])
def test_a_page_of_no_court_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="which court"):
        read_sheet(data)


def test_a_page_of_a_court_without_a_case_is_refused() -> None:
    with pytest.raises(Unreadable, match="no docket sheet"):
        read_sheet(b"<html><a href='https://ecf.nysd.uscourts.gov/'>Home</a><p>Welcome</html>")


def test_the_court_is_the_one_most_of_the_page_s_addresses_are_of() -> None:
    text = "ecf.nysd.uscourts.gov ecf.nysd.uscourts.gov ecf.ca2.uscourts.gov"
    assert court_of(text) == "nysd"
