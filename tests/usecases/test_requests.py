"""Requests: logged with their sending in one piece, and always somebody's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from casemgr.db.session import transaction
from casemgr.db.tables import Event, FoiaRequest, HistoryEntry, Person, Recipient, Track
from casemgr.desk import Desk
from casemgr.domain.duties import DutyKind
from casemgr.domain.words import EventKind, Role, SendMethod
from casemgr.errors import Malformed, NotFound, Refused
from casemgr.usecases import duties, people, requests
from casemgr.usecases.owners import OwnerInput
from casemgr.usecases.people import MembershipInput
from casemgr.usecases.requests import AS_SENT, NewRequest, RequestInput, Sending
from tests import makes

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
SENT = date(2010, 9, 8)


class Office:
    """Ada, Sam and Mira on a matter that Mira answers for, and two components in the directory."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        with transaction(desk.engine) as session:
            self.cast = cast = makes.make_cast(session)
            self.matter = makes.make_matter(session, cast.ada)
            self.sams = makes.make_membership(session, cast.sam, self.matter)
            makes.make_membership(session, cast.mira, self.matter, responsible=True)
            makes.make_agency(session, "ice")
            makes.make_agency(session, "fbi")

    def log(self, who: Any = None, **given: Any) -> FoiaRequest:
        facts = {"title": "Opt-out letters", "requested_on": SENT, **given}
        with self.desk.work(makes.actor_of(who or self.cast.sam)) as work:
            return requests.log_request(work, self.matter.id, NewRequest(**facts))


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(makes.make_desk(engine, tmp_path))


def sending(agency: str = "ice", **more: Any) -> Sending:
    return Sending(agency_id=agency, **{"sent_on": SENT, "method": SendMethod.PORTAL, **more})


def test_a_request_that_was_sent_is_told_on_the_track_of_each_component(office: Office) -> None:
    foia = office.log(
        sendings=[sending(proof="Number 7"), sending("fbi", sent_on=date(2010, 9, 9))],
        asks_fee_waiver=True,
    )

    with transaction(office.desk.engine) as session:
        tracks = session.exec(select(Track).order_by(Track.agency_id)).all()
        events = session.exec(select(Event).order_by(Event.happened_on)).all()
        copies = session.exec(select(Recipient).order_by(Recipient.agency_id)).all()
        told = session.exec(select(HistoryEntry.what)).all()
    assert [each.agency_id for each in tracks] == ["fbi", "ice"]
    assert {(each.track_id, each.kind, each.happened_on.day) for each in events} == {
        (track.id, kind, day)
        for track, day in zip(tracks, (9, 8), strict=True)
        for kind in (EventKind.SENT, EventKind.FEE_WAIVER_REQUESTED)
    }
    assert [(each.track_id, each.proof) for each in copies] == [
        (tracks[0].id, ""),
        (tracks[1].id, "Number 7"),
    ]
    assert foia.fee_waiver_because == AS_SENT
    assert foia.expedition_because == ""
    assert told.count("event.logged") == 4


def test_a_letter_that_asks_for_speed_starts_its_ten_days_with_the_receipt(office: Office) -> None:
    foia = office.log(sendings=[sending()], asks_expedition=True, expedition_because="Flights.")

    with transaction(office.desk.engine) as session:
        kinds = session.exec(select(Event.kind)).all()
    assert set(kinds) == {EventKind.SENT, EventKind.EXPEDITION_REQUESTED}
    assert foia.expedition_because == "Flights."


def test_each_line_of_a_sending_says_what_is_wrong_with_it(office: Office) -> None:
    with pytest.raises(Malformed) as wrong:
        office.log(
            agency_ids=["ice"],
            sendings=[
                sending(),
                sending("nsa"),
                sending("fbi", sent_on=date(2010, 9, 1)),
                sending("fbi", sent_on=date(2011, 1, 1)),
            ],
        )

    assert set(wrong.value.problems) == {
        "sendings.0.agency_id",
        "sendings.1.agency_id",
        "sendings.2.sent_on",
        "sendings.3.agency_id",
        "sendings.3.sent_on",
    }
    assert "before the day of the letter, September 8, 2010" in str(wrong.value)
    with transaction(office.desk.engine) as session:
        assert session.exec(select(FoiaRequest)).all() == []


def test_a_document_of_another_matter_is_none(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        other = makes.make_document(session, makes.make_matter(session, title="Another"))

    with pytest.raises(Malformed, match="no such document"):
        office.log(document_id=other.id)


def test_a_request_is_of_whoever_logs_it_until_it_is_given_to_somebody_else(
    office: Office,
) -> None:
    foia = office.log()
    assert foia.owner_id == office.cast.sam.id

    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        given = OwnerInput(owner_id=office.cast.mira.id)
        foia = requests.give_request(work, foia.id, given, version=foia.version)
        told = [line.facts for line in work.lines]
    assert foia.owner_id == office.cast.mira.id
    assert told == [{"title": "Opt-out letters", "to": "Mira Castellan"}]
    with office.desk.work(makes.actor_of(office.cast.ada)) as work:
        requests.change_request(work, foia.id, RequestInput(title="Opt-outs", requested_on=SENT))
        assert work.session.get_one(FoiaRequest, foia.id).owner_id == office.cast.mira.id


def test_only_somebody_on_the_matter_can_be_responsible(office: Office) -> None:
    foia = office.log()

    with (
        office.desk.work(makes.actor_of(office.cast.ada)) as work,
        pytest.raises(Malformed, match="no such person on this matter"),
    ):
        requests.give_request(work, foia.id, OwnerInput(owner_id=office.cast.eve.id))
    with (
        office.desk.work(makes.actor_of(office.cast.eve)) as work,
        pytest.raises(NotFound),
    ):
        requests.give_request(work, foia.id, OwnerInput(owner_id=office.cast.eve.id))


def test_a_guest_can_neither_log_nor_give(office: Office) -> None:
    with transaction(office.desk.engine) as session:
        gil = makes.make_person(session, "Gil Berger", Role.GUEST)
        makes.make_membership(session, gil, office.matter)
    foia = office.log()

    with pytest.raises(Refused):
        office.log(gil)
    with office.desk.work(makes.actor_of(gil)) as work, pytest.raises(Refused):
        requests.give_request(work, foia.id, OwnerInput(owner_id=gil.id))


def test_nobody_leaves_a_request_behind_without_an_owner(office: Office) -> None:
    foia = office.log()
    end = MembershipInput(until_on=makes.TODAY)

    with (
        office.desk.work(makes.actor_of(office.cast.mira)) as work,
        pytest.raises(Malformed, match="Look after the request: Opt-out letters"),
    ):
        people.change_member(work, office.sams.id, end)
    with transaction(office.desk.engine) as session:
        session.get_one(Person, office.cast.sam.id).active = False
    with office.desk.work() as work:
        [duty] = [each for each in duties.of_person(work, office.cast.sam.id) if each.id == foia.id]
        assert (duty.kind, duty.alone) == (DutyKind.REQUEST, True)
        duties.pass_on(work, office.cast.sam.id, "Sam has left.")
        assert work.session.get_one(FoiaRequest, foia.id).owner_id == office.cast.mira.id
        assert "request.given" in [line.what for line in work.lines]
