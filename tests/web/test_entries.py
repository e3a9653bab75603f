"""A docket entry: the dates it makes or moves are seen and given away before it is saved."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Deadline, DocketEntry
from tests.web.conftest import Office, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

OPPOSITION = "lcr.nysd.6_1b.opposition"
MOTION = {
    "number": "13",
    "kind": "motion",
    "filed_by": "theirs",
    "filed_on": "10/29/2010",
    "certainty": "exact",
    "says": "Motion for a stay.",
}


def entries(office: Office) -> dict[int | None, DocketEntry]:
    with office.rows() as session:
        return {each.number: each for each in session.exec(select(DocketEntry))}


def made_by(office: Office, number: int) -> list[Deadline]:
    entry = entries(office)[number]
    with office.rows() as session:
        asked = select(Deadline).where(
            Deadline.docket_entry_id == entry.id,
            Deadline.superseded_on == None,  # noqa: E711
        )
        return list(session.exec(asked))


def test_the_dates_an_entry_makes_are_shown_with_their_proofs_and_not_saved(
    office: Office, sam: TestClient
) -> None:
    page = sam.post(f"/lawsuits/{office.lawsuit.id}/docket/dates", data=MOTION)

    said = text_of(page.text)
    assert page.status_code == 200
    assert "Oppose the motion of October 29, 2010 (Dkt. 13): Friday, November 12, 2010" in said
    assert "Nothing is saved yet." in said
    assert "day 14 after" in said
    assert 13 not in entries(office)


def test_dates_are_given_to_people_and_confirmed_with_the_entry(
    office: Office, ada: TestClient
) -> None:
    cast = office.cast
    sent = {
        **MOTION,
        f"seen-{OPPOSITION}": "1",
        f"keep-{OPPOSITION}": "1",
        f"owner-{OPPOSITION}-ours": cast.ada.id,
        f"second-{OPPOSITION}-ours": cast.mira.id,
        "confirmed": "1",
    }

    answer = ada.post(f"/lawsuits/{office.lawsuit.id}/docket/save", data=sent)

    assert answer.status_code == 303
    [row] = made_by(office, 13)
    assert (row.owner_id, row.second_id) == (cast.ada.id, cast.mira.id)
    assert row.confirmed_by == cast.ada.id
    assert row.checked_by is None


def test_a_date_that_is_unticked_is_not_made(office: Office, sam: TestClient) -> None:
    sent = {**MOTION, f"seen-{OPPOSITION}": "1"}

    sam.post(f"/lawsuits/{office.lawsuit.id}/docket/save", data=sent)

    assert made_by(office, 13) == []
    assert entries(office)[13].without_rules == [OPPOSITION]


def test_a_student_s_confirmation_is_refused_and_nothing_is_saved(
    office: Office, sam: TestClient
) -> None:
    answer = sam.post(
        f"/lawsuits/{office.lawsuit.id}/docket/save", data={**MOTION, "confirmed": "1"}
    )

    assert answer.status_code == 403
    assert 13 not in entries(office)


def test_what_is_wrong_is_said_beside_the_field(office: Office, sam: TestClient) -> None:
    for step in ("dates", "save"):
        answer = sam.post(
            f"/lawsuits/{office.lawsuit.id}/docket/{step}", data={**MOTION, "number": "12"}
        )
        assert answer.status_code == 422
        assert 'id="p-number"' in answer.text


def test_moving_a_trigger_shows_the_whole_difference_before_it_is_saved(
    office: Office, ada: TestClient
) -> None:
    entry = entries(office)[12]
    form = {**MOTION, "number": "12", "filed_by": "ours", "filed_on": "10/20/2010", "version": "1"}
    assert 'value="2010-10-28"' in ada.get(f"/docket-entries/{entry.id}/change").text

    page = ada.post(f"/docket-entries/{entry.id}/what-if", data=form)

    said = text_of(page.text)
    assert "Every date that moves" in said
    assert "Fri, Nov 12" in said
    assert "Wed, Nov 3" in said
    assert entries(office)[12].filed_on == date(2010, 10, 28)

    assert ada.post(f"/docket-entries/{entry.id}/change", data=form).status_code == 303
    [row] = made_by(office, 12)
    assert row.due == date(2010, 11, 3)
    late = ada.post(f"/docket-entries/{entry.id}/change", data={**form, "filed_on": "10/21/2010"})
    assert late.status_code == 409


def test_a_stranger_learns_nothing(office: Office) -> None:
    eve = office.client(office.cast.eve)
    entry = entries(office)[12]

    assert eve.get(f"/docket-entries/{entry.id}/change").status_code == 404
    assert eve.get(f"/lawsuits/{office.lawsuit.id}/docket/new").status_code == 404
    for step in ("dates", "save"):
        at = f"/lawsuits/{office.lawsuit.id}/docket/{step}"
        assert eve.post(at, data=MOTION).status_code == 404
