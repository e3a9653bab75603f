"""Dockets as a docket service gives them."""

import json
from datetime import date

import pytest

from casemgr.dockets.service import read_service
from casemgr.dockets.shapes import Unreadable

ENTRY = {
    "date_filed": "2010-10-29",
    "entry_number": 1,
    "description": "COMPLAINT against River Agency.",
    "recap_documents": [
        {"document_number": "1", "attachment_number": None, "description": "Complaint",
         "pacer_doc_id": "127132041950"},
        {"document_number": "1", "attachment_number": 2, "description": "Exhibit A"},
    ],
}  # fmt: skip
DOCKET = {
    "court": "https://www.courtlistener.com/api/rest/v4/courts/nysd/",
    "docket_number": "1:10-cv-04321",
    "case_name": "Old Mill Project v. River Agency",
    "date_filed": "2010-10-29",
    "docket_entries": [ENTRY],
}


def read(said: object) -> tuple[object, ...]:
    [case] = read_service(json.dumps(said).encode()).cases
    return case.court_id, case.docket_number, [(e.number, e.part, e.short) for e in case.entries]


def test_a_docket_with_its_entries_is_read_with_their_attachments() -> None:
    assert read(DOCKET) == (
        "nysd",
        "1:10-cv-04321",
        [(1, None, "Complaint"), (1, 2, "Exhibit A")],
    )


def test_a_page_of_entries_is_of_the_case_it_is_imported_into() -> None:
    assert read({"count": 1, "results": [ENTRY]})[:2] == ("", "")
    assert read([ENTRY])[2] == [(1, None, "Complaint"), (1, 2, "Exhibit A")]


def test_what_juriscraper_wrote_is_read_too() -> None:
    said = {
        "court_id": "nysd",
        "docket_number": "1:10-cv-04321",
        "case_name": "Old Mill Project v. River Agency",
        "date_filed": "2010-10-29",
        "assigned_to_str": "Ruth B. Hale",
        "docket_entries": [
            {"date_filed": "2010-10-29", "date_entered": "2010-11-01", "document_number": "1",
             "description": "COMPLAINT  against\nRiver Agency."},
            {"date_filed": "2010-11-02", "document_number": None,
             "description": "Case Designated ECF."},
        ],
    }  # fmt: skip
    [case] = read_service(json.dumps(said).encode()).cases
    assert [(each.number, each.says) for each in case.entries] == [
        (1, "COMPLAINT against River Agency."),
        (None, "Case Designated ECF."),
    ]
    assert (case.judge, case.entries[0].entered_on) == ("Ruth B. Hale", date(2010, 11, 1))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"docket_number": "1:10-cv-', "not whole JSON"),
        (b"[" * 100_000, "not whole JSON"),
        (b"\xff\xfe\x00", "not whole JSON"),
        (b"{}", "holds no docket"),
        (b"[1, null, []]", "holds no docket"),
        (b'{"results": [{"name": "x"}]}', "holds no docket"),
    ],
)
def test_other_json_is_refused_in_words(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read_service(data)
