"""Notices of electronic filing: one entry for each case, and nobody taken at his word."""

from datetime import date

import pytest

from casemgr.dockets.notice import is_notice, read_notice
from casemgr.dockets.shapes import PaperKind, Unreadable
from tests.dockets.papers import BLOCKS, notice


def test_a_notice_for_two_cases_is_two_entries() -> None:
    paper = read_notice(notice())
    assert paper.kind is PaperKind.NOTICE
    assert [
        (each.court_id, each.docket_number, each.title, each.entries[0].number)
        for each in paper.cases
    ] == [
        ("nysd", "1:10-cv-04321", "Old Mill Project v. River Agency", 7),
        ("nysd", "1:10-cv-05555", "Ada Park v. River Agency", 12),
    ]


def test_an_entry_has_the_clerk_s_whole_text_and_both_days() -> None:
    [entry] = read_notice(notice()).cases[0].entries
    assert entry.says == (
        "LETTER MOTION for Extension of Time to answer from Eve Moss. "
        "Case Number: is a label too.(Moss, Eve)"
    )
    assert (entry.filed_on, entry.entered_on) == (date(2010, 11, 8), date(2010, 11, 9))
    assert entry.short == "Motion for Extension of Time"


def test_a_paper_is_known_by_the_number_the_court_files_it_under() -> None:
    cases = read_notice(notice()).cases
    assert [each.entries[0].court_document for each in cases] == ["127032041950", ""]


@pytest.mark.parametrize(
    "sender",
    ["ecf@nysd.uscourts.gov.example.com", "ecf@uscourts-gov.example", "friend@example.org", ""],
)
def test_a_sender_that_is_no_court_is_told(sender: str) -> None:
    paper = read_notice(notice(sender=sender) if sender else notice().replace(b"From:", b"Not:"))
    assert paper.cases[0].court_id == ""
    [doubt] = paper.doubts
    assert "not from a court's address" in doubt


def test_a_court_s_own_address_raises_no_doubt() -> None:
    assert read_notice(notice(BLOCKS[0])).doubts == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Subject: lunch\n\nAt one?",
        notice("<p>Case Name: Old Mill Project</p>"),
        notice(BLOCKS[0].replace("LETTER", "").split("<p>")[0]),
    ],
)
def test_an_e_mail_that_is_no_notice_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no notice of electronic filing"):
        read_notice(data)


def test_a_notice_is_told_from_other_files_at_a_glance() -> None:
    assert is_notice(notice())
    assert not is_notice(b"No.,Filed,Text\n1,10/29/2010,COMPLAINT")
