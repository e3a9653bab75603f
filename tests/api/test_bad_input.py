"""Whatever is sent: an answer beside the field, nothing half written, never a 5xx."""

from __future__ import annotations

from itertools import product
from typing import Any

from sqlmodel import func, select
from starlette.testclient import TestClient

from casemgr.db.tables import DocketEntry, Event, HistoryEntry, Lawsuit
from tests import makes
from tests.api.conftest import API, BY_PATH, OfficeBehindApi


def _errors(office: OfficeBehindApi, path: str, **changed: Any) -> dict[str, str]:
    given = {**office.example(BY_PATH[path]), **changed}
    answer = office.client(office.cast.ada).post(f"{API}/{path}", json=given)
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    errors: dict[str, str] = answer.json()["errors"]
    return errors


CASES: list[tuple[str, str, Any, str]] = [
    ("events", "happened_on", "10/29/2010", "is not a date"),
    ("events", "happened_on", "2010-02-30", "is not a date"),
    ("events", "happened_on", "2027-10-31", "October 31, 2027 is in the future"),
    ("events", "happened_on", "2010-02-01", "The request was sent on February 3, 2010"),
    ("events", "happened_on", 20100209, "is not a date"),
    ("events", "kind", "recieved", "is not one of the choices"),
    ("events", "until_on", "2010-02-01", "is before February 9, 2010"),
    ("events", "document_id", "DOC-0000000000", "no such document"),
    ("events", "says", "a\x00b", "control character"),
    ("events", "says", "a\x9bb", "control character"),  # begins an order to a terminal
    ("events", "says", "Denied \u202eon tnarg\u202c", "control character"),  # reads otherwise
    ("events", "colour", "red", "There is no such field"),
    ("requests", "agency_ids", ["nasa"], "There is no component 'nasa' in the directory"),
    ("requests", "title", "", "Give this"),
    ("requests", "title", "x" * 201, "at most 200"),
    ("requests", "fee_limit_cents", "500", "whole number"),
    ("requests", "fee_limit_cents", 10**30, "large"),
    ("requests", "records_until", "1999-01-01", "is before"),
    ("tracks", "agency_id", "nasa", "There is no component"),
    ("lawsuits", "docket_number", "ten Civ. 3488", "is not a docket number"),
    ("lawsuits", "court_id", "moon", "There is no court 'moon'"),
    ("docket-entries", "answers_id", "DE-0000000000", "no such docket entry"),
    ("docket-entries", "number", "12", "whole number"),
    ("docket-entries", "part", 2**70, "large"),
    ("services", "delivered_on", "2010-04-01", "complaint was filed on April 27, 2010"),
    ("services", "us_attorney", "yes", "true or false"),
    ("filings", "served_on", None, "Give the day of service"),
    ("hearings", "starts_at", "2010-11-09T14:00:00", "is not a moment"),
    ("hearings", "zone", "Mars/Olympus", "is no time zone"),
    ("productions", "exemptions", ["5", "10"], "is no exemption"),
    ("tasks", "person_id", "P-0000000000", "no such person on this matter"),
    ("flags", "subject_kind", "person", "Choose one of"),
    ("contacts", "email", "rosa at example", "right form"),
    ("contacts", "email", "ro\x00sa@example.org", "control character"),
    ("paragraphs", "position", 1, "There is a paragraph at 1 already"),
    ("exhibits", "label", "A", "There is an Exhibit A already"),
]


def test_the_field_is_named_and_nothing_is_written(full_office: OfficeBehindApi) -> None:
    before = _counts(full_office)

    for path, field, value, says in CASES:
        errors = _errors(full_office, path, **_with(path, field, value))
        named = [said for name, said in errors.items() if name.startswith(field)]
        assert any(says in said for said in named), (path, field, value, errors)

    assert _counts(full_office) == before


def test_a_body_that_is_no_json_or_no_text_is_answered_in_words(office: OfficeBehindApi) -> None:
    ada, nobody = office.client(office.cast.ada), TestClient(office.app)

    for field, path in (("address", "webhooks"), ("morning", "reminder-hours")):
        no_text = office.client(office.cast.mira).post(f"{API}/{path}", json={field: [[]]})
        assert no_text.status_code == 422
    for path in ("tasks", "letters", "lawsuits/LS-0000000000/papers"):
        answer = ada.post(f"{API}/{path}", content=b"{}", headers={"Content-Type": "text/plain"})
        assert answer.status_code == 422
        assert "Content-Type: application/json" in answer.json()["detail"]
        unnamed = {"Authorization": "Bearer junk"}
        assert nobody.post(f"{API}/{path}", content=b"{}", headers=unnamed).status_code < 500


def _with(path: str, field: str, value: Any) -> dict[str, Any]:
    changed = {field: value}
    if path == "events" and field == "happened_on":
        changed["kind"] = "acknowledged"
    if path == "events" and field == "until_on":
        changed["certainty"] = "about"
    if path == "requests" and field == "records_until":
        changed["records_from"] = "2000-01-01"
    return changed


def _counts(office: OfficeBehindApi) -> list[int]:
    with office.desk.work(reads_only=True) as work:
        return [
            work.session.exec(select(func.count()).select_from(table)).one()
            for table in (Event, DocketEntry, Lawsuit, HistoryEntry)
        ]


def test_a_decision_before_the_receipt_is_refused(full_office: OfficeBehindApi) -> None:
    errors = _errors(full_office, "events", kind="determination", happened_on="2010-02-05")

    assert errors["happened_on"].startswith(
        "The decision cannot come before the receipt of February 9, 2010."
    )


def test_a_letter_is_not_dated_after_its_receipt(full_office: OfficeBehindApi) -> None:
    ada = full_office.client(full_office.cast.ada)
    address = f"{API}/requests/{full_office.ids['request_id']}"
    held = {"If-Match": ada.get(address).headers["ETag"]}

    late = ada.patch(address, json={"requested_on": "2010-02-10"}, headers=held)
    right = ada.patch(address, json={"requested_on": "2010-02-09"}, headers=held)

    assert "had this request by February 9, 2010" in late.json()["errors"]["requested_on"]
    assert right.status_code == 200


def test_every_wrong_field_is_named_at_once(full_office: OfficeBehindApi) -> None:
    errors = _errors(full_office, "events", kind="x", happened_on="x", certainty="x", extra=1)

    assert set(errors) == {"kind", "happened_on", "certainty", "extra"}


RAW = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"\xff\xfe\x00",
    b'{"kind":"received","happened_on":"2010-02-09","says":"\xc3\x28"}',
    b'{"says":"\\ud800"}',
    b'{"says":"\\u0000"}',
    b'{"kind":NaN}',
    b'{"kind":1e999}',
    b'{"kind":' + b"9" * 6000 + b"}",
    b"[" * 5000 + b"]" * 5000,
    b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b'{"kind":"received","kind":"sent","happened_on":"2010-02-09"}',
]


def test_bytes_that_are_not_what_was_asked_for_are_refused(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)
    headers = {"Content-Type": "application/json"}

    for path, body in product(("events", "matters", "tokens", "letters"), RAW):
        answer = ada.post(f"{API}/{path}", content=body, headers=headers)
        assert answer.status_code in {400, 404, 422}, (path, answer.text)
        assert answer.headers["Content-Type"] == "application/problem+json"


NO_IDS = (
    "%00", "M-%00", "..", "%2e%2e%2fetc", "'; DROP TABLE matter", "é" * 50, "x" * 5000, "9" * 30,
)  # fmt: skip


def test_an_id_that_cannot_be_one_is_nothing(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    for path, row_id in product(("matters", "agencies", "history", "deadlines"), NO_IDS):
        assert ada.get(f"{API}/{path}/{row_id}").status_code == 404, (path, row_id)


def test_query_texts_that_cannot_be_are_refused(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    for query in ("matter=%00", "limit=0", "limit=abc", "limit=99999999999999999999", "after=%00"):
        assert ada.get(f"{API}/requests?{query}").status_code == 422, query


def test_a_body_too_large_is_refused(office: OfficeBehindApi) -> None:
    ada = office.client(office.cast.ada)

    answer = ada.post(f"{API}/matters", json={"title": "x" * 3_000_000})

    assert answer.status_code == 413


def test_another_sites_page_changes_nothing(office: OfficeBehindApi) -> None:
    client = office.client(office.cast.ada)
    secret = makes.make_session(office.desk, office.cast.ada)
    del client.headers["Authorization"]
    client.cookies.set(office.desk.cookie, secret)

    foreign = client.post(
        f"{API}/matters", json={"title": "T"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    ours = client.post(
        f"{API}/matters", json={"title": "T"}, headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert foreign.status_code == 403
    assert ours.status_code == 201
