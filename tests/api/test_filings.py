"""A filing through the API: what stops it, who may clear it, and strangers."""

from __future__ import annotations

import pytest

from casemgr.db.session import transaction
from casemgr.db.tables import Blob, FilingCheck
from casemgr.usecases import filing_packages
from tests import makes
from tests.api.conftest import API, OfficeBehindApi

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def found(office: OfficeBehindApi, declaration_id: str) -> str:
    """Put a finding on file as if the declaration had been looked through."""
    with transaction(office.desk.engine) as session:
        session.add(Blob(sha256="a" * 64, size=3, media_type="application/pdf"))
        session.flush()
        row = FilingCheck(
            matter_id=office.ids["matter_id"],
            declaration_id=declaration_id,
            sha256="a" * 64,
            findings=[{"code": "layer", "page": None, "says": "It has 1 layer."}],
            checked_at=makes.NOON,
            known_on=makes.TODAY,
        )
        session.add(row)
        session.flush()
        return row.id


@on_sqlite
def test_an_attorney_clears_what_was_found_and_nobody_else(full_office: OfficeBehindApi) -> None:
    office, cast = full_office, full_office.cast
    declaration = office.ids["declaration_id"]
    check = found(office, declaration)
    given = {"because": "The layer is a stamp of the agency."}
    for person, status in ((cast.eve, 404), (cast.sam, 403), (cast.ada, 403), (cast.mira, 200)):
        client = office.client(person)
        held = {"If-Match": '"1"'}
        said = client.post(f"{API}/filing-checks/{check}/clearing", json=given, headers=held)
        assert said.status_code == status, said.text
    cleared = office.client(cast.sam).get(f"{API}/filing-checks/{check}").json()
    assert (cleared["cleared_by"], cleared["because"]) == (cast.mira.id, given["because"])


@on_sqlite
def test_a_stranger_learns_nothing_of_a_filing(full_office: OfficeBehindApi) -> None:
    office = full_office
    declaration = office.ids["declaration_id"]
    for person in (office.cast.eve, office.cast.noor):
        client = office.client(person)
        for method, path in (("GET", "filing"), ("POST", "filing"), ("POST", "package")):
            body = {"json": {}} if path == "package" else {}
            said = client.request(method, f"{API}/declarations/{declaration}/{path}", **body)
            never = client.request(method, f"{API}/declarations/DC-7F3KQ2X8MP/{path}", **body)
            assert said.status_code == never.status_code == 404
            assert said.content == never.content


@on_sqlite
def test_a_package_asked_for_under_a_key_is_a_file_each_time(
    full_office: OfficeBehindApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filing_packages.Package("Paper.zip", b"PK\x03\x04\xff", "0" * 64)
    monkeypatch.setattr(filing_packages, "make", lambda *_: made)
    ada = full_office.client(full_office.cast.ada)
    address = f"{API}/declarations/{full_office.ids['declaration_id']}/package"

    answers = [ada.post(address, json={}, headers={"Idempotency-Key": "k"}) for _ in range(2)]

    assert [(each.status_code, each.content) for each in answers] == [(200, made.data)] * 2
