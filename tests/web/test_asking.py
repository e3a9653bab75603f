"""A request logged without who asks gets its letter all the same."""

from __future__ import annotations

from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Organisation, Requester
from tests.web.conftest import Office


def _place(office: Office) -> str:
    return f"/requests/{office.request.id}/asking"


def test_who_asks_and_what_for_are_added_on_a_page_the_request_links_to(office: Office) -> None:
    sam, place = office.client(office.cast.sam), _place(office)
    assert f'href="{place}"' in sam.get(f"/requests/{office.request.id}").text

    new = sam.post(f"{place}/requesters", data={"name": "The Reed Clinic", "address": "1 Elm St"})
    point = sam.post(f"{place}/items", data={"says": "Every letter of opting out."})

    assert [new.status_code, point.status_code] == [303, 303]
    page = sam.get(place).text
    assert "<li>The Reed Clinic</li>" in page
    assert "Every letter of opting out." in page
    with transaction(office.desk.engine, reads_only=True) as session:
        clinic = session.exec(
            select(Organisation).where(Organisation.name == "The Reed Clinic")
        ).one()
        assert clinic.address == "1 Elm St"
        assert session.exec(
            select(Requester.request_id).where(Requester.organisation_id == clinic.id)
        ).all() == [office.request.id]


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(office: Office) -> None:
    sam, place = office.client(office.cast.sam), _place(office)

    neither = sam.post(f"{place}/requesters", data={"address": "1 Elm St"})
    empty = sam.post(f"{place}/items", data={"says": " "})
    sam.post(f"{place}/requesters", data={"name": "The Reed Clinic"})
    twice = sam.post(f"{place}/requesters", data={"name": "The Reed Clinic"})

    assert [neither.status_code, empty.status_code, twice.status_code] == [422, 422, 422]
    assert "Choose who asks, or type the name of one below." in neither.text
    assert "1 Elm St" in neither.text
    assert "This organisation asks already" in twice.text
    assert sam.get(place).text.count("<li>The Reed Clinic</li>") == 1


def test_nobody_else_finds_the_page(office: Office) -> None:
    assert office.client(office.cast.eve).get(_place(office)).status_code == 404
