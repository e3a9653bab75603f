"""A request is somebody's: its page says whose, and lets it be given to another."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests import makes
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_request_is_given_to_somebody_of_its_matter(office: Office, sam: TestClient) -> None:
    place = f"/requests/{office.request.id}"
    assert "Responsible Nobody by name" in text_of(sam.get(place).text)

    form = sam.get(f"{place}/responsible").text
    [version] = re.findall(r'name="version" value="(\d+)"', form)
    given = {"owner_id": office.cast.mira.id, "version": version}
    done = sam.post(f"{place}/responsible", data=given)
    late = sam.post(f"{place}/responsible", data={**given, "owner_id": office.cast.ada.id})

    assert (done.status_code, late.status_code) == (303, 409)
    assert "Responsible Mira Castellan" in text_of(sam.get(place).text)
    assert "request.given" in office.history()


def test_nobody_off_the_matter_can_have_it_or_give_it(
    office: Office, sam: TestClient, eve: TestClient
) -> None:
    place = f"/requests/{office.request.id}/responsible"

    to_eve = sam.post(place, data={"owner_id": office.cast.eve.id})
    to_nobody = sam.post(place, data={"owner_id": ""})

    assert (to_eve.status_code, to_nobody.status_code) == (422, 422)
    assert "no such person on this matter" in text_of(to_eve.text)
    assert office.cast.eve.name not in sam.get(place).text
    assert {eve.get(place).status_code, eve.post(place, data={}).status_code} == {404}


def test_of_a_closed_matter_it_stays_whose_it_was(office: Office, sam: TestClient) -> None:
    with office.rows() as session:
        session.merge(office.matter).closed_on = makes.TODAY

    answer = sam.post(
        f"/requests/{office.request.id}/responsible", data={"owner_id": office.cast.ada.id}
    )

    assert answer.status_code == 409


def test_a_declaration_is_given_to_somebody_of_its_matter(
    office: Office, sam: TestClient, eve: TestClient
) -> None:
    place = f"/declarations/{office.declaration.id}"
    assert "Responsible Nobody by name" in text_of(sam.get(place).text)

    [version] = re.findall(r'name="version" value="(\d+)"', sam.get(f"{place}/responsible").text)
    given = {"owner_id": office.cast.mira.id, "version": version}
    to_eve = sam.post(f"{place}/responsible", data={**given, "owner_id": office.cast.eve.id})
    done = sam.post(f"{place}/responsible", data=given)
    late = sam.post(f"{place}/responsible", data={**given, "owner_id": office.cast.ada.id})

    assert (to_eve.status_code, done.status_code, late.status_code) == (422, 303, 409)
    assert "Responsible Mira Castellan" in text_of(sam.get(place).text)
    listed = sam.get(f"/matters/{office.matter.id}/declarations").text
    assert "Mira Castellan sees to it" in text_of(listed)
    assert eve.get(f"{place}/responsible").status_code == 404
