"""A lawsuit on its own forms: any court, parties, counsel, statuses, related lawsuits, tracks."""

from __future__ import annotations

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from casemgr.db.tables import Appearance, Contact, Court, Lawsuit, LawsuitStatus, Party
from casemgr.domain.words import Role
from tests import makes
from tests.web.conftest import Office, text_of

# What SQL asks is tried on both kinds of database once; the rest is the same code.
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

NEW = {
    "court_id": "cacd",
    "docket_number": "2:11-cv-04804-ABC",
    "title": "Alvarez v. FBI",
    "filed_on": "6/1/2010",
    "source": "Docket sheet",
}


def test_a_lawsuit_in_a_court_that_was_not_on_file(office: Office, ada: TestClient) -> None:
    form = ada.get(f"/matters/{office.matter.id}/lawsuits/new").text
    assert "Central District of California" in form

    answer = ada.post(f"/matters/{office.matter.id}/lawsuits/new", data=NEW)

    assert answer.status_code == 303
    page = text_of(ada.get(answer.headers["location"]).text)
    assert "2:11-cv-04804-ABC, C.D. Cal." in page
    with office.rows() as session:
        court = session.get_one(Court, "cacd")
        assert (court.zone, court.appeals_to) == ("America/Los_Angeles", "ca9")
        number = select(Lawsuit.docket_number).where(Lawsuit.court_id == "cacd")
        assert session.exec(number).one() == "11-cv-4804"


@on_sqlite
def test_a_court_that_is_none_and_a_number_that_is_none_are_told(
    office: Office, ada: TestClient
) -> None:
    address = f"/matters/{office.matter.id}/lawsuits/new"

    no_court = ada.post(address, data={**NEW, "court_id": "narnia"})
    no_number = ada.post(address, data={**NEW, "docket_number": "the first one"})

    assert "There is no court 'narnia' in the directory." in text_of(no_court.text)
    assert "is not a docket number" in text_of(no_number.text)


@on_sqlite
def test_an_appeal_is_a_lawsuit_with_its_own_number(office: Office, ada: TestClient) -> None:
    given = {**NEW, "court_id": "ca2", "docket_number": "11-4804", "below_id": office.lawsuit.id}

    ada.post(f"/matters/{office.matter.id}/lawsuits/new", data=given)

    below = text_of(ada.get(f"/lawsuits/{office.lawsuit.id}").text)
    assert "11-4804, 2d Cir." in below


@on_sqlite
def test_counsel_whom_nobody_knew_goes_into_the_address_book(
    office: Office, ada: TestClient
) -> None:
    address = f"/lawsuits/{office.lawsuit.id}/record"
    nobody = ada.post(f"{address}/appearance", data={"side": "theirs"})
    given = {
        "name": "Jo Adams",
        "title": "Assistant United States Attorney",
        "side": "theirs",
        "source": "Dkt. 4",
    }
    assert ada.post(f"{address}/appearance", data=given).status_code == 303

    assert "Choose who appears, or type the name below." in text_of(nobody.text)
    assert "Jo Adams (theirs)" in text_of(ada.get(address).text)
    with office.rows() as session:
        contact = session.exec(select(Contact).where(Contact.name == "Jo Adams")).one()
        assert contact.source == ""  # everybody reads the book, and the paper is of the matter
        assert session.exec(select(Appearance.contact_id)).all() == [contact.id]


@on_sqlite
def test_one_of_us_appears_for_our_side_only_and_is_named_once(
    office: Office, ada: TestClient
) -> None:
    address = f"/lawsuits/{office.lawsuit.id}/record"
    given = {"person_id": office.cast.ada.id, "side": "theirs"}
    refused = ada.post(f"{address}/appearance", data=given)
    assert ada.post(f"{address}/appearance", data={**given, "side": "ours"}).status_code == 303

    assert "appear for our side only" in text_of(refused.text)
    assert "Ada Marlowe (ours)" in text_of(ada.get(address).text)
    with office.rows() as session:
        row = session.exec(select(Appearance)).one()
        assert row.person_id == office.cast.ada.id
    form = ada.get(f"{address}/appearance/{row.id}").text
    assert f'value="{office.cast.ada.id}" selected' in form


@on_sqlite
def test_a_party_is_recorded_with_its_other_names_and_corrected(
    office: Office, ada: TestClient
) -> None:
    address = f"/lawsuits/{office.lawsuit.id}/record/party"
    given = {"role": "defendant", "name": "FBI", "aliases": "Bureau\nF.B.I.", "position": "9"}
    assert ada.post(address, data=given).status_code == 303
    with office.rows() as session:
        row = session.exec(select(Party).where(Party.name == "FBI")).one()
        assert row.aliases == ["Bureau", "F.B.I."]

    form = ada.get(f"{address}/{row.id}").text
    first = ada.post(f"{address}/{row.id}", data={**given, "name": "The FBI", "version": "1"})
    late = ada.post(f"{address}/{row.id}", data={**given, "name": "Bureau", "version": "1"})

    assert "Bureau\nF.B.I." in form
    assert (first.status_code, late.status_code) == (303, 409)


@on_sqlite
def test_several_statuses_stand_side_by_side_with_their_sources(
    office: Office, ada: TestClient
) -> None:
    for says, source in (("stayed", "Dkt. 12"), ("open", "Court’s docket")):
        given = {"says": says, "source": source, "since_on": "10/1/2010"}
        ada.post(f"/lawsuits/{office.lawsuit.id}/record/status", data=given)

    page = text_of(ada.get(f"/lawsuits/{office.lawsuit.id}").text)

    assert "stayed, since Friday, October 1, 2010. Source: Dkt. 12" in page
    assert "open, since Friday, October 1, 2010. Source: Court’s docket" in page
    with office.rows() as session:
        assert len(session.exec(select(LawsuitStatus)).all()) == 2


@on_sqlite
def test_the_same_number_on_another_matter_is_told_to_whoever_may_know_of_it(
    office: Office, ada: TestClient
) -> None:
    with office.rows() as session:
        cast = office.cast
        for person in (cast.ada, cast.eve):
            other = makes.make_matter(session, session.merge(person), title="Another")
            makes.make_lawsuit(session, other, cited_as=f"{person.name} copy")

    page = text_of(ada.get(f"/lawsuits/{office.lawsuit.id}").text)

    assert f"on another matter too: {office.cast.ada.name} copy" in page
    assert f"{office.cast.eve.name} copy" not in page


@on_sqlite
def test_who_may_not_record_is_not_shown_the_forms(office: Office) -> None:
    with office.rows() as session:
        matter = session.merge(office.matter)
        guest = makes.make_person(session, "Gil Berger", Role.GUEST)
        makes.make_membership(session, guest, matter)
    gil = office.client(guest)

    assert gil.get(f"/lawsuits/{office.lawsuit.id}/record").status_code == 403
    assert "Parties, counsel and status" not in gil.get(f"/lawsuits/{office.lawsuit.id}").text
